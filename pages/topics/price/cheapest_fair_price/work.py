"""What the parts work out beside the answer, kept between reruns: it does not move with the reader's own price."""

from dataclasses import replace

import pandas as pd

from pages.kit.kept import MOST_LARGE, cheapest, draws_of, kept, of_provider
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.cheapest import express, figures, left_out, patterns, rewarded, robust, specify
from pricing.questions.cheapest.answer import Answer, question
from pricing.questions.cheapest.figures import WithoutThem
from pricing.questions.cheapest.left_out import WithinPot
from pricing.questions.cheapest.promises import Kept
from pricing.questions.cheapest.rewarded import Rewarded
from pricing.questions.small_provider import bad_luck
from pricing.questions.small_provider.bad_luck import BadLuck
from pricing.scenario.promise import GROUP
from pricing.scenario.scenario import Scenario, defaults, specs

FRONTIER = {
    "explorer": "Left out, premiums",
    "most_people": "Left out, own prices, most people",
    "worst_off_first": "Left out, own prices, worst off first",
}
FRONTIER_STYLES = dict.fromkeys(("Share on results", *FRONTIER.values()), "percent")


def asked(found: Answer) -> Evaluation:
    """What the parts are kept by: the question, which stays as it is when today's price moves. Not to be shown."""
    return replace(found.evaluation, scenario=question(found.ground.scenario))


def shown(found: Answer) -> Weighed:
    """An answer with the luck of the reader's provider at its price, and what it rewards person by person."""
    luck, no_luck = None, "it is worked out for a price that a link can hold."
    try:
        luck = kept_luck(found.check) if found.check is not None else None
    except ExplorerError as problem:
        no_luck = str(problem)
    return Weighed(found, luck, no_luck, _rewarded(asked(found)))


@kept(MOST_LARGE)
def _rewarded(evaluation: Evaluation) -> Rewarded:
    found = cheapest(evaluation)
    return rewarded.under(found.ground, found.chosen.found.prices)


def kept_luck(check: Evaluation) -> BadLuck:
    """Luck does not hang on what is asked of the price: the question stands at its defaults."""
    usual = defaults().values()
    changes = {name: usual[name] for name, spec in specs().items() if spec.group == GROUP}
    return of_provider(_luck, replace(check, scenario=check.scenario.with_(**changes)), "needed")


def _luck(check: Evaluation, _: str) -> BadLuck:
    return bad_luck.bad_luck(check, express.reduction_at(check))


def in_round_numbers(found: Answer) -> tuple[Kept, Scenario] | None:
    """The price in round numbers, and as a scenario; None where it has no premiums or no link holds it."""
    return _in_round_numbers(asked(found))


@kept(MOST_LARGE)
def _in_round_numbers(evaluation: Evaluation) -> tuple[Kept, Scenario] | None:
    return figures.in_round_numbers(cheapest(evaluation))


def saved(found: Answer) -> WithoutThem:
    """What leaving people out of the promise would save."""
    return _saved(asked(found))


@kept(MOST_LARGE)
def _saved(evaluation: Evaluation) -> WithoutThem:
    return figures.saved(cheapest(evaluation))


def frontier(found: Answer) -> dict[str, FloatArray]:
    """Share of the people promised who are left out, along the share on results."""
    return _frontier(asked(found))


@kept(MOST_LARGE)
def _frontier(evaluation: Evaluation) -> dict[str, FloatArray]:
    found = cheapest(evaluation)
    return left_out.frontier(found.ground, figures.required(found), found.protected, patterns.of(found.ground))


def frontier_table(lost: dict[str, FloatArray]) -> pd.DataFrame:
    """The frontier as a table."""
    return pd.DataFrame({"Share on results": left_out.SHARES} | {FRONTIER[name]: lost[name] for name in FRONTIER})


def within(shown: Weighed) -> dict[str, WithinPot]:
    """To whom the promise is kept within the limits on share and budget, both ways to choose."""
    found = shown.found
    given = (found.ground, figures.required(found), found.protected, shown.pot_for_own_prices)
    return {"most_people": left_out.most_people(*given), "worst_off_first": left_out.worst_off_first(*given)}


def written_down(found: Answer) -> Scenario | None:
    """All needed hours written down for a fee that pays for them, without the checking; None where none is allowed.

    Where what people need follows from the contract value, that pays for just as many hours; else need has a cost.
    """
    ground = found.ground
    value = ground.scenario.contract_value if ground.scenario.need_follows_value else ground.mean_cost
    try:
        return ground.scenario.with_(specified_share=1.0, results_share=0.0, contract_value=value)
    except ExplorerError:
        return None


def break_even(found: Answer) -> FloatArray:
    """By group, the checking cost up to which writing its hours down is cheaper."""
    return specify.worth_paying(found.ground, figures.required(found))


def written(found: Answer) -> BoolArray:
    """The groups whose hours are cheaper to write down than to pay for at prices of their own, (groups,)."""
    ground = found.ground
    return specify.with_own_prices(ground, figures.required(found), ground.scenario.checking_cost).specified


def sure(found: Answer) -> Kept:
    """The premiums that keep the promise in most draws; raises ScenarioError where no scenario holds such a price."""
    return _sure(asked(found))


@kept(MOST_LARGE)
def _sure(evaluation: Evaluation) -> Kept:
    found = cheapest(evaluation)
    return robust.keep(found.ground, found.protected, draws_of)
