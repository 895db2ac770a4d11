"""The levers of a price in words: what one step of each changes, and which is the next. No streamlit."""

import math

import pandas as pd

from pages.kit.markdown import count, millions, pence
from pricing.questions.levers import PriceStep, next_step
from pricing.scenario.in_words import written
from pricing.scenario.scenario import Scenario, specs

SMALL_CHANGE = 0.5
"""£ in a year up to which a price costs the same."""
READING = (
    "One step of each lever, all else as it is set. What the commissioner pays is for a year’s people with the support "
    "that the price rewards. Under £1 are people in groups, by needs and deprivation, where an extra £1 of the support "
    "they need pays back less; groups too small to be shown are left out."
)


def moved(lever: PriceStep, scenario: Scenario) -> str:
    """A step: from what it is set at to what it would be."""
    spec = specs()[lever.name]
    return f"{written(spec, getattr(scenario, lever.name))} → {written(spec, lever.value)}"


def cost(lever: PriceStep) -> str:
    """What a step adds to the cost of a year."""
    extra = lever.extra_cost
    if abs(extra) < SMALL_CHANGE:
        return "no more"
    return f"{millions(abs(extra))} {'more' if extra > 0 else 'less'}"


def title(found: list[PriceStep], scenario: Scenario) -> str:
    """The next step, named, with what it does and costs."""
    if not found[0].before.under:
        return "No group is left under £1: no step is needed for that"
    lever = next_step(found)
    if lever is None:
        return (
            "No single step of a lever leaves fewer people under £1, or raises what an extra £1 of support pays back "
            "on average by half a penny"
        )
    before, after = lever.before, lever.after
    if round(lever.lifted) > 0:
        does = f"{count(lever.lifted)} people are no longer left under £1"
    elif pence(after.payback) == pence(before.payback):
        does = "an extra £1 pays back a little more on average"
    else:
        does = f"an extra £1 pays back {pence(after.payback)} on average, not {pence(before.payback)}"
    return (
        f"The next step: “{specs()[lever.name].label}”, {moved(lever, scenario)}. Then {does}, for {cost(lever)} a year"
    )


def rows(found: list[PriceStep], scenario: Scenario) -> pd.DataFrame:
    """A row for each lever."""
    return pd.DataFrame([row(lever, scenario) for lever in found])


def row(lever: PriceStep, scenario: Scenario) -> dict[str, str]:
    """One lever: its step, and each number before and after it."""
    before, after = lever.before, lever.after
    return {
        "Lever": specs()[lever.name].label,
        "One step": moved(lever, scenario),
        "The commissioner pays": cost(lever),
        "An extra £1 pays back": to(pence(before.payback), pence(after.payback)),
        "People under £1": to(count(before.under), count(after.under)),
    }


def to(before: str, after: str) -> str:
    """A number before and after a step; one where both read alike."""
    return after if before == after else f"{before} → {after}"


def tested(found: list[PriceStep]) -> bool:
    """Whether anybody needs more than the minimum, so that there is a payback to raise."""
    return bool(found) and not math.isnan(found[0].before.payback)
