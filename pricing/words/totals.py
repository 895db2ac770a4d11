"""The totals of a price over everyone, in words: how each is named, and how it is written."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pricing.evaluate import Evaluation
from pricing.words.numbers import NOT_SHOWN, count, millions, pence, percent, pounds
from pricing.words.spend import share_for_results

OF_PEOPLE = " of people"


def of_people(share: float) -> str:
    """A share of everyone."""
    return f"{percent(share)}{OF_PEOPLE}"


TOTALS: Mapping[str, tuple[str, Callable[[float], str]]] = MappingProxyType(
    {
        "people": ("People", count),
        "payback": ("An extra £1 of support pays back", pence),
        "parked_share": ("It pays to do the minimum for", of_people),
        "withheld": ("Needed support that this price does not pay for", percent),
        "hours_rewarded": ("Hours of support rewarded, in all", count),
        "spend_at_chosen": ("The commissioner pays", millions),
        "a_head_at_chosen": ("The commissioner pays, for a person", pounds),
        "on_results_at_chosen": ("Share of what it pays that is for results", share_for_results),
        "spend_at_benchmark": ("It would pay if everyone got what they need", millions),
        "a_head_at_benchmark": ("It would pay, for a person, if everyone got what they need", pounds),
        "on_results_at_benchmark": ("Share for results if everyone got what they need", share_for_results),
        "reoffences_avoided_chosen": ("Reoffences avoided", count),
        "temptation": ("Gained by cutting support (temptation)", millions),
    }
)
"""Name in :data:`pricing.questions.comparison.TOTALS` -> words, and formatter."""


def under_verdict(evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """The three numbers that stand under a verdict, as (what it is, text).

    What £1 pays back; for whom the minimum pays; what needed support is not paid for. The last two are not told where
    nobody needs more than the minimum.
    """
    tested = not math.isnan(evaluation.payback)
    values = {
        "payback": evaluation.payback,
        "parked_share": evaluation.totals["parked_people"] / evaluation.totals["people"],
        "withheld": evaluation.withheld,
    }
    written = {name: TOTALS[name][1](value) for name, value in values.items()}
    return tuple(
        (TOTALS[name][0], text if tested or name == "payback" else NOT_SHOWN) for name, text in written.items()
    )
