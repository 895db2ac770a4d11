"""The price that keeps its promise in most of the draws of what is uncertain, in words. No streamlit."""

import numpy as np

from pages.kit.markdown import count, percent, pounds
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.questions.cheapest import robust
from pricing.questions.cheapest.promises import Kept
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import Draws
from pricing.scenario.in_words import stated


def says(shown: Weighed, sure: Kept) -> str:
    """What being sure costs, and whether that is within the limits on cost and share."""
    asked = shown.found.ground.scenario
    over = []
    if sure.share > asked.most_on_results + 1e-9:
        over.append(f"the {stated(asked, 'most_on_results')} that may hang on results")
    if sure.cost > shown.budget * (1 + 1e-9):
        over.append(f"the {pounds(shown.budget)} that may be spent")
    more = f" That is more than {' and more than '.join(over)}." if over else ""
    return (
        f"To keep the promise to each group in at least {asked.holds_in * DRAWS / 100:.0f} of {DRAWS} draws of what is "
        "uncertain (the risk curves, how support works, and how much of it people need), premiums and a multiplier "
        f"cost {pounds(sure.cost)} a person, {percent(sure.share)} of it on results.{more}"
    )


def together(shown: Weighed, draws: Draws) -> str:
    """In how many draws the price as found keeps its promise to every group at once."""
    found = shown.found
    drawn = robust.drawn(found.ground, draws)[:, found.protected]
    kept = np.all((drawn >= found.ground.scenario.promise_floor * (1 - 1e-9)) | np.isnan(drawn), axis=1)
    return (
        "The price found if all is as assumed keeps its promise to every group at once in "
        f"{count(float(kept.sum()))} of {DRAWS} draws."
    )
