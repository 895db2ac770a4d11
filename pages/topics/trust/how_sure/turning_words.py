"""Which assumption the verdict leans on and where it would turn, in words. No streamlit."""

import math
from collections.abc import Sequence

import pandas as pd

from pages.kit.markdown import lower_first, pence, percent, pounds, short_of_a_pound
from pages.kit.measures import Bar
from pricing.evaluate import Evaluation
from pricing.questions.how_sure.assumed_ranges import NEED, Ends
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import Spread
from pricing.questions.how_sure.tornado import ALPHA, Swing
from pricing.scenario.scenario import specs

ALPHA_LABEL = "How unevenly reoffences fall (alpha)"
CURVES_LABEL = "Risk curves, as fitted"
STYLES = dict.fromkeys(("Payback at low", "Payback at high"), "£%.2f")
ORIGINS = {"published": "leans on published figures", "assumption": "assumed"}


def label(name: str) -> str:
    """An assumption as the panel calls it."""
    return ALPHA_LABEL if name == ALPHA else specs()[name].label


def value_words(name: str, value: float) -> str:
    """A value of an assumption."""
    if name in ("need_drag", "area_drag"):
        return percent(value)
    if name == NEED:
        return pounds(value)
    return f"{value:.0f} h" if name == "hours_scale" else f"{value:.2f}"


def tornado_title(swings: Sequence[Swing]) -> str:
    """Which assumption moves the payback most."""
    most = swings[0]
    low, high = (pence(end) for end in sorted((most.at_low, most.at_high)))
    if low == high:
        return "None of the assumptions moves what an extra £1 pays back by a penny"
    return f"“{label(most.name)}” moves the payback most: from {low} to {high} over its range"


def turning(swing: Swing) -> str:
    """Where an assumption would turn the verdict, others at their central values."""
    ends, name = swing.ends, swing.name
    named = f"**{label(name)}**"
    if math.isnan(swing.turns_at):
        low, high = (value_words(name, value) for value in swing.searched)
        return f"{named}: no value from {low} to {high} turns the verdict."
    at, now, low, high = (value_words(name, v) for v in (swing.turns_at, ends.central, ends.low, ends.high))
    stands = f"where {now} is set" if at in change(name, swing.turns_at, ends) else f"{at}, where {now} is set"
    inside = "inside" if swing.turns_inside else "outside"
    where = f"That is {inside} its range of {low} to {high} ({ORIGINS[swing.declared.origin]})."
    if ends.low == ends.high:
        where = f"It is not varied here: its range is taken in parts of what is set, and {now} has none."
    return f"{named}: {lower_first(change(name, swing.turns_at, ends))} ({stands}). {where}"


def change(name: str, value: float, ends: Ends) -> str:
    """What would have to be so."""
    times = value / ends.central if ends.central else math.nan
    if name == "max_effect":
        return f"Support would have to be {'only ' if times < 1 else ''}{times:.1f} times as effective"
    if name == "hours_scale" and times < 1:
        return f"Support would have to work {1 / times:.1f} times as fast"
    if name == "hours_scale":
        return f"Support would have to take {times:.1f} times as long to work"
    said = {
        "need_drag": f"Each need would have to add {percent(value)} to the hours",
        "area_drag": f"Support would have to lose {percent(value)} of its effect in the most deprived tenth",
        NEED: f"People would have to need what {pounds(value)} a person pays for",
        ALPHA: f"Alpha would have to be {value:.2f}",
    }
    return said[name]


def ranges_table(swings: Sequence[Swing]) -> pd.DataFrame:
    """What was varied: each range, what it does to the payback, and whether it is published or assumed."""
    return pd.DataFrame(
        {
            "Assumption": [label(one.name) for one in swings],
            "Low": [value_words(one.name, one.ends.low) for one in swings],
            "Central (as set)": [value_words(one.name, one.ends.central) for one in swings],
            "High": [value_words(one.name, one.ends.high) for one in swings],
            "Payback at low": [one.at_low for one in swings],
            "Payback at high": [one.at_high for one in swings],
            "Origin": [
                "Leans on published figures" if one.declared.origin == "published" else "Assumed" for one in swings
            ],
            "Why": [one.declared.source for one in swings],
        }
    )


def reading(swings: Sequence[Swing], *, curves: bool) -> str:
    """How to read the tornado, and which of its ranges are assumed."""
    *some, last = [f"“{label(one.name)}”" for one in swings if one.declared.origin == "assumption"]
    fitted = f" The last bar holds 90 of {DRAWS} draws of the risk curves, the assumptions as set." if curves else ""
    return (
        "Each bar moves one assumption from its low value (ring) to its high value (dot) and leaves the others as they "
        "are set. The dotted lines are the payback as set, and £1. The "
        f"ranges of {', '.join(some)} and {last} are assumed; the other leans on published figures.{fitted}"
    )


def bars(swings: Sequence[Swing], curves: Spread | None) -> list[Bar]:
    """The bars of the tornado; ``curves`` are the draws of the risk curves alone, where there are any."""
    found = [
        Bar(
            label(one.name),
            value_words(one.name, one.ends.low),
            value_words(one.name, one.ends.high),
            one.at_low,
            one.at_high,
        )
        for one in swings
    ]
    if curves is not None:
        found.append(Bar(CURVES_LABEL, "", "", float(curves.low[0]), float(curves.high[0])))
    return found


def turning_intro(evaluation: Evaluation, swings: Sequence[Swing]) -> str:
    """What it would mean for the verdict to turn."""
    if all(math.isnan(one.turns_at) for one in swings):
        now = "less than £1" if short_of_a_pound(evaluation.payback) else "£1 or more"
        return f"An extra £1 pays back {now} now, and no one of these assumptions alone would change that:"
    if short_of_a_pound(evaluation.payback):
        return "An extra £1 pays back less than £1 now. It would pay back £1 if, with all else as set:"
    return "An extra £1 pays back £1 or more now. It would pay back only £1 if, with all else as set:"
