"""Who saves, for the workbook: every agency over everyone and by borough, and which settings that leans on."""

import pandas as pd

from pricing.evaluate import Evaluation
from pricing.questions.savings.places import by_place
from pricing.questions.savings.pot import AgencyShare, Pot, cashable
from pricing.questions.savings.saved import savings
from pricing.scenario import in_words
from pricing.scenario.local_pot import GROUP
from pricing.scenario.scenario import Scenario, specs

EVERYWHERE = "Everywhere"
SHARE = "Cashable share (assumed)"
POUNDS = ("Saved", "Becomes cash", "Put in", "Kept")
MOST_NAMED = 3
"""Settings of who saves that a sentence names; more than these are counted."""


def table(evaluation: Evaluation) -> pd.DataFrame:
    """£ of each agency, over everyone and then by borough, at the support that the price rewards."""
    pot = Pot(savings(evaluation, at_benchmark=False))
    rows = [row(EVERYWHERE, share, pot.scenario) for share in pot.by_agency]
    for place in by_place(evaluation, pot, at_benchmark=False):
        rows += [row(place.name, share, pot.scenario) for share in place.shares]
    return pd.DataFrame(rows)


def row(where: str, share: AgencyShare, scenario: Scenario) -> dict[str, object]:
    """One agency in one place; a cost that is not known says so."""
    pounds = (share.saved, share.cash, share.put_in, share.kept)
    known: tuple[object, ...] = ("not known",) * len(pounds) if share.open else pounds
    told = {"Where": where, "Agency": share.agency.label, SHARE: cashable(scenario, share.agency)}
    return {**told, **dict(zip(POUNDS, known, strict=True)), "Whose budget": share.agency.holder}


def changed(scenario: Scenario) -> str:
    """The settings of who saves that are not at their defaults, in a sentence; "" where all are."""
    named = [name for name in in_words.changes(scenario) if specs()[name].group == GROUP]
    if len(named) > MOST_NAMED:
        return f"Of who saves, {len(named)} settings differ from their defaults; the link holds them."
    said = in_words.said(scenario, named)
    return f"Of who saves, these differ from their defaults: {'; '.join(said)}." if said else ""
