"""How well curves predict people they have not seen, in sentences and a table. No streamlit."""

import math
from collections.abc import Sequence

import pandas as pd

from pages.kit.markdown import count, upper_first
from pages.topics.people.risk_curves.words import KINDS
from pricing.people.hold_out import EVERYONE, HoldOut, ObservedExpected
from pricing.words.numbers import shown

MEASURED = {**KINDS, "severity": "Harm of all reoffences (severity)"}
COUNTED = {"binary": "people who reoffended", "frequency": "reoffences", "severity": "days of harm"}
GROUPINGS = {EVERYONE: "Everyone", "risk": "Tenth of risk", "needs": "Number of needs", "decile": "Deprivation tenth"}
READING = (
    "Each point is what was observed over what the curves expected: 1.0 is perfect, above it more happened than they "
    "expected. The thick bar is where the point would lie in 95 of 100 samples if the curves were right."
)


def interval(bounds: tuple[float, float]) -> str:
    """Both ends of an interval; in words where there were too few people to tell it."""
    if any(math.isnan(bound) for bound in bounds):
        return "too few to say what"
    return " to ".join(shown(bound, 2) for bound in bounds)


def finding(report: HoldOut, kind: str) -> str:
    """The title: expected beside observed."""
    risk = [group for group in report.groups if group.factor == "risk" and group.kind == kind]
    observed, expected = (count(sum(getattr(g, name) for g in risk)) for name in ("observed", "expected"))
    ends = {
        "binary": f"{expected} to reoffend: {observed} did",
        "frequency": f"{expected} reoffences: {observed} came",
        "severity": f"{expected} harm-index days: {observed} came",
    }
    return f"Among {count(report.people)} people they had not seen, the curves expected {ends[kind]}"


def sentences(report: HoldOut) -> list[str]:
    """How well the curves predict, for somebody who does not know the terms, with the terms."""
    better = max(1 - report.brier / report.brier_base_rate, 0.0)
    intercept = shown(report.intercept, 2)
    return [
        "**Do they put people in the right order?** Take one person who reoffended and one who did not: "
        f"{report.auc * 100:.0f} times in 100 the curves give the first the higher risk. Tossing a coin would, 50 "
        f"times. (Area under the curve, AUC: {report.auc:.3f}.)",
        f"**Do they set people apart as far as they should?** {spread_words(report)} (Calibration slope "
        f"{report.slope:.2f}, 95% interval {interval(report.slope_interval)}; 1 is perfect, under 1 exaggerates.)",
        f"**Is the level right?** {level_words(report)} (Calibration intercept, the level of those as likely as not to "
        f"reoffend: {intercept}, 95% interval {interval(report.intercept_interval)}; 0 is perfect.)",
        f"**How far off are they?** Their average squared error (Brier score) is {report.brier:.3f}; giving everyone "
        f"the same risk would make it {report.brier_base_rate:.3f}. They take away {better:.0%} of the error and leave "
        "the rest: they describe groups, and say little about any one person.",
    ]


def spread_words(report: HoldOut) -> str:
    low, high = report.slope_interval
    if low <= 1 <= high:
        return "Yes, as far as can be told."
    return "They exaggerate the differences." if high < 1 else "They understate the differences."


def level_words(report: HoldOut) -> str:
    """Whether as many reoffended as expected, as the totals say; and whether those as likely as not to did."""
    everyone = next(g for g in report.groups if g.factor == EVERYONE and g.kind == "binary")
    low, high = report.intercept_interval
    apart = "" if low <= 0 <= high else "little" if low > 0 else "much"
    if everyone.outside:
        return f"Not quite: they expect somewhat too {'little' if everyone.ratio > 1 else 'much'} reoffending."
    if apart:
        return f"In all, as far as can be told; of those as likely as not to reoffend they expect somewhat too {apart}."
    return "Yes, as far as can be told."


def totals(groups: Sequence[ObservedExpected]) -> str:
    """Whether the totals come out: observed over expected of everyone, by kind."""
    said = [
        f"{COUNTED[g.kind]} {g.ratio:.2f} times what was expected ({interval((g.low, g.high))} would be luck)"
        for g in groups
        if g.factor == EVERYONE
    ]
    return (
        f"**Do the totals come out?** Observed: {'; '.join(said)}. 1 is perfect; 95 in 100 samples would lie in the "
        "interval if the curves were right."
    )


def outside(groups: Sequence[ObservedExpected]) -> list[str]:
    """Names every group that lies outside its interval, a sentence for each kind of risk that was checked."""
    said = []
    for kind in dict.fromkeys(group.kind for group in groups):
        checked = [group for group in groups if group.kind == kind and group.factor != EVERYONE]
        shown = [group for group in checked if not math.isnan(group.low + group.high)]
        out = [f"{GROUPINGS[g.factor].lower()} {g.label}, {g.ratio:.2f} times" for g in shown if g.outside]
        named = (
            f"{'; '.join(out)} what was expected: outside the 95% interval."
            if out
            else "no group lies outside its interval."
        )
        narrow = "" if kind == "binary" else " These intervals are somewhat too narrow."
        said.append(
            f"**{MEASURED[kind]}: which groups are off?** {upper_first(named)} Of {len(shown)} groups, one or two "
            f"would be by chance alone.{narrow}"
        )
    return said


def table(groups: Sequence[ObservedExpected]) -> pd.DataFrame:
    """The check in numbers, a row per group."""
    return pd.DataFrame(
        {
            "Measured": [MEASURED[g.kind] for g in groups],
            "Grouped by": [GROUPINGS[g.factor] for g in groups],
            "Group": [g.label for g in groups],
            "People": [g.people for g in groups],
            "Observed": [g.observed for g in groups],
            "Expected": [round(g.expected, 1) for g in groups],
            "Observed / expected": [round(g.ratio, 3) for g in groups],
            "Low": [round(g.low, 3) for g in groups],
            "High": [round(g.high, 3) for g in groups],
            "Outside": ["yes" if g.outside else "" for g in groups],
        }
    )
