"""How results are paid, in words: what is paid with no true change, and what is not paid on results. No streamlit."""

import math

from pages.kit.markdown import NOT_SHOWN, count, pence, percent
from pricing.contract.counted.topped_hurdle import MOST_PAST_HURDLE
from pricing.contract.measured import felt, tops_up
from pricing.contract.top_up import QUARTERS
from pricing.evaluate import Evaluation
from pricing.questions.results_paid import ResultsPaid
from pricing.scenario.metrics import METRICS
from pricing.words.numbers import some_pounds

NOTHING = (
    "Nothing is paid on results: the whole price is a fee, and it stays the same whatever happens. There is no result "
    "to earn and no luck to bear. Raise the share paid on results in the panel to see how it would be paid."
)

BEST = "where it pays best to be"
"""Where what a result earns is told."""


def people(number: float) -> str:
    """A number of people: "1 person"."""
    return "1 person" if count(number) == "1" else f"{count(number)} people"


def deadweight_share(evaluation: Evaluation) -> float:
    """Share of results pay that would be paid with no extra support; nan where none is paid or more is taken back."""
    paid = evaluation.cohort.total(evaluation.incentives.results_at_chosen)
    deadweight = evaluation.totals["deadweight"]
    return deadweight / paid if paid > 0 and deadweight >= 0 else float("nan")


def metrics(evaluation: Evaluation, found: ResultsPaid) -> list[tuple[str, str, str | None]]:
    """The numbers beside what a result earns: how much is paid with no true change, and with what luck it is so."""
    if evaluation.scenario.target == "none":
        return [("Of results pay, paid with no extra support", percent(deadweight_share(evaluation)), None)]
    share = percent(found.luck_share) if found.luck_share <= 1 and round(found.rewards) else NOT_SHOWN
    luck = f"{people(found.measured)} measured at a time" if found.noise_points else "without luck in the measure"
    return [
        ("Chance of reward with no true change", percent(found.chance_of_luck), luck),
        ("Of rewards, paid with no true change", share, luck),
    ]


def areas(found: ResultsPaid, small: float, large: float) -> str:
    """What the panels of chances are of, with so many people a year, and that the numbers above know no such luck."""
    without = "" if found.noise_points else ", and luck is in the measure, which the numbers above are without"
    return (
        f"The same contract where {count(small)} or {count(large)} people are measured in a year{without}. The dotted "
        "line and the number above each panel are a true fall of 4 points. The steeper the curve, the less luck "
        "decides."
    )


def unearned(evaluation: Evaluation, found: ResultsPaid) -> str:
    """What would be paid with no true change, and why."""
    if evaluation.scenario.target == "none":
        share = deadweight_share(evaluation)
        if math.isnan(share):
            return ""
        return f"There is no target: {pence(share)} of every £1 for results is paid with no extra support at all."
    if round(found.luck) == 0 and not (round(found.rewards) and round(found.luck_share, 2)):
        return "With no true change at all, no rewards are to be expected."
    why = "by luck in measuring" if found.noise_points else "because of where the target stands, not by luck"
    said = f"With no true change at all, rewards of {some_pounds(found.luck)} a person would be paid, {why}"
    if found.luck_share <= 1:
        part = "under 1%" if 0 < found.luck_share < 0.005 else percent(found.luck_share)
        said += f": {part} of what is expected in rewards where it pays best"
    return f"{said}."


def approximate(evaluation: Evaluation, found: ResultsPaid) -> str:
    """That luck past a hurdle is not counted person by person where very many are measured, and by how much it errs.

    Against simulated measures of 8,000 and of 20,000 people: pay off by .8 and 1.2% of the results money, chances by
    1.2 and .2 in 100.
    """
    scenario = evaluation.scenario
    people = found.measured * (QUARTERS if tops_up(scenario) else 1)
    if scenario.binary_hurdle != "yes" or felt(people, evaluation.cohort) <= MOST_PAST_HURDLE:
        return ""
    return (
        " Luck past the hurdle, which pays only if no more people reoffend, is taken as normal for more than "
        f"{count(MOST_PAST_HURDLE)} people: in contracts that were tried, pay was off by up to about 1p in each £1 of "
        "the results money, the chance of pay by 1 in 100."
    )


def needs_met(evaluation: Evaluation) -> str:
    """What the fall along the bottom is where needs met are paid for; empty where they are not."""
    if not any(METRICS[metric].rises for metric in evaluation.terms.unit_prices):
        return ""
    return "Needs that are met are paid for here: the fall in reoffending is the one that comes with them. "
