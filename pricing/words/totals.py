"""The totals of a price over everyone, in words: how each is named, and how it is written."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pricing.words.numbers import count, millions, pence, percent, pounds


def of_people(share: float) -> str:
    """A share of everyone."""
    return f"{percent(share)} of people"


TOTALS: Mapping[str, tuple[str, Callable[[float], str]]] = MappingProxyType(
    {
        "people": ("People", count),
        "payback": ("An extra £1 of support pays back", pence),
        "parked_share": ("It pays to do the minimum for", of_people),
        "withheld": ("Needed support that this price does not pay for", percent),
        "hours_rewarded": ("Hours of support rewarded, in all", count),
        "spend_at_chosen": ("The commissioner pays", millions),
        "a_head_at_chosen": ("The commissioner pays, for a person", pounds),
        "on_results_at_chosen": ("Share of what it pays that is for results", percent),
        "spend_at_benchmark": ("It would pay if everyone got what they need", millions),
        "a_head_at_benchmark": ("It would pay, for a person, if everyone got what they need", pounds),
        "on_results_at_benchmark": ("Share for results if everyone got what they need", percent),
        "reoffences_avoided_chosen": ("Reoffences avoided", count),
        "temptation": ("Gained by cutting support (temptation)", millions),
    }
)
"""Name in :data:`pricing.questions.comparison.TOTALS` -> words, and formatter."""
