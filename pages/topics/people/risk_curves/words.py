"""A risk curve in sentences and a table. No streamlit."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pages.kit.markdown import lower_first, pence
from pricing.people.cells import SMALLEST_COUNT, Declaration, Factor
from pricing.people.shipped import SEXES
from pricing.questions.risk_and_return import AlongCurve

KINDS = {
    "binary": "Reoffending or not (binary)",
    "frequency": "How many reoffences (frequency)",
    "severity": "Harm per reoffence (severity)",
}
NOUNS = {
    "binary": "chance of reoffending",
    "frequency": "number of reoffences",
    "severity": "harm per reoffence in harm-index days",
}


def write(kind: str, value: float) -> str:
    """A risk as a reader sees it: a percentage, a number per person, or days."""
    if np.isnan(value):
        return "–"
    return {"binary": f"{value:.0%}", "frequency": f"{value:.2f}", "severity": f"{value:,.0f}"}[kind]


def level_words(key: str, label: str, level: str) -> str:
    """A level in a sentence: "3 needs", "6 previous sanctions", "the most deprived tenth", "age: 18 to 20"."""
    if key == "needs":
        return {"0": "no needs", "1": "1 need"}.get(level, f"{level} needs")
    if key == "decile":
        ends = {"1 (most deprived)": "the most deprived tenth", "10 (least deprived)": "the least deprived tenth"}
        return ends.get(level, f"deprivation tenth {level}")
    if key == "sex":
        return lower_first(SEXES.get(level.lower(), level))
    if level in ("Yes", "No"):
        return f"{'with' if level == 'Yes' else 'without'} {lower_first(label)}"
    if key == "previous":
        return f"{level} {lower_first(label).removesuffix('s') if level == '1' else lower_first(label)}"
    return f"{lower_first(label)}: {lower_first(level)}"


def heading(declared: Declaration, kind: str, *, implied: bool) -> str:
    """What the upper panel measures."""
    words = {
        "binary": f"Chance of {lower_first(declared.outcome)}",
        "frequency": f"Reoffences per person within {declared.follow_up}",
        "severity": "Harm per reoffence, in harm-index days",
    }
    return words[kind] + (" (implied, not observed)" if implied else "")


def legend(curve: AlongCurve, *, synthetic: bool) -> dict[str, str]:
    """What circles and line, or diamonds, stand for; circles are missing where nothing was counted."""
    fitted = {"fitted": "fitted, this person"}
    return fitted if curve.implied else {"seen": "illustrative people" if synthetic else "observed", **fitted}


def finding(curve: AlongCurve) -> str:
    """The title: how far the risk runs, and what £1 pays back at both ends."""
    low, high = int(np.argmin(curve.fitted)), int(np.argmax(curve.fitted))
    at_low, at_high = (level_words(curve.factor, curve.label, curve.labels[i]) for i in (low, high))
    implied = "implied " if curve.implied else ""
    least, most = (write(curve.kind, curve.fitted[place]) for place in (low, high))
    noun = f"This person's {implied}{NOUNS[curve.kind]}"
    risk = f"{noun} runs from {least} ({at_low}) to {most} ({at_high})" if least != most else f"{noun} is {least}"
    ends = [curve.payback[i] for i in (low, high)]
    if any(math.isnan(end) for end in ends):
        return risk
    first, last = map(pence, ends)
    return f"{risk}, the payback of an extra £1 " + (f"from {first} to {last}" if first != last else f"is {first}")


def stretches(curve: AlongCurve) -> str:
    """Where it pays to cut support, in a sentence; and where there is no payback to speak of."""
    undefined = np.isnan(curve.payback)
    unsaid = " Where no payback is drawn, this person needs no more than the minimum." if undefined.any() else ""
    if undefined.all():
        return "This person needs no more than the contractual minimum, so there is no payback to draw."
    if not curve.below:
        return f"At every point an extra £1 pays back £1 or more: nowhere does it pay to cut support.{unsaid}"
    if sum(last - first + 1 for first, last in curve.below) == len(curve.labels):
        return "Every point pays back less than £1 (shaded): it pays to cut support along the whole of it."
    return f"It pays to cut support (less than £1 back, shaded) here: {'; '.join(runs(curve))}.{unsaid}"


def runs(curve: AlongCurve) -> list[str]:
    """The levels at which it pays to cut support; those in an order as "from … to …"."""

    def named(code: int) -> str:
        return level_words(curve.factor, curve.label, curve.labels[code])

    if not curve.ordered:
        return [named(code) for first, last in curve.below for code in range(first, last + 1)]
    return [named(first) if first == last else span(curve, first, last) for first, last in curve.below]


def span(curve: AlongCurve, first: int, last: int) -> str:
    """A run of levels: "from 1 to 5 needs", "age: 30 to 34 up to 50 and over"."""
    start, end = curve.labels[first], level_words(curve.factor, curve.label, curve.labels[last])
    if curve.factor in ("previous", "needs"):
        return f"from {start} to {end}"
    if curve.factor == "decile":
        return f"from {level_words(curve.factor, curve.label, start)} to {end}"
    return f"{lower_first(curve.label)}: {start} up to {curve.labels[last]}"


def reading(curve: AlongCurve, declared: Declaration, adds: Sequence[str]) -> str:
    """How to read the picture; ``adds`` are the needs in the order in which the number of needs adds them."""
    parts = [stretches(curve), seen_words(curve, declared), interval_words(curve)]
    if not curve.implied and (few := int(np.sum(np.isnan(curve.seen.mean)))):
        parts.append(f"{few} point{'s are' if few > 1 else ' is'} left out: fewer than 30 people.")
    if curve.factor == "needs":
        parts.append(f"Needs are added the most common first: {', '.join(lower_first(need) for need in adds)}.")
    if len(curve.seen.labels) < len(curve.labels):
        parts.append("The axis is stretched where there are few, as in the fit. People are counted in bands.")
    return " ".join(parts)


def seen_words(curve: AlongCurve, declared: Declaration) -> str:
    """What the circles are, or why there are none."""
    if curve.implied:
        return (
            f"The {NOUNS[curve.kind]} was not recorded: it is implied by the chance of at least one, through the "
            f"negative binomial link with alpha {declared.implied_alpha:g} (an assumption), so no points are shown."
        )
    who = "illustrative people, not real ones," if declared.synthetic else "everyone in the records"
    line = "The line" if curve.ordered else "The diamond"
    return (
        f"Circles are {who} with that value, whatever else is true of them. {line} is one person with the profile "
        "above, so the two need not meet."
    )


def interval_words(curve: AlongCurve) -> str:
    """What bars and band say, in plain words."""
    if curve.implied and curve.ordered:
        marks = "The band shows 95% intervals"
    else:
        marks = "Bars and band show 95% intervals" if curve.ordered else "Bars show 95% intervals"
    return f"{marks}: drawn afresh from as many people, 95 in 100 such intervals would hold the true value."


def profile_words(factors: Mapping[str, Factor], profile: Mapping[str, int], varied: str) -> str:
    """The person whose curve it is, in a line, without what the curve varies."""
    needs = [f for f in factors.values() if f.kind == "need" and f.key in profile]
    others = [f for f in factors.values() if f.kind not in ("need", "place") and f.key != varied]
    said = [level_words(f.key, f.label, f.labels[profile[f.key]]) for f in others]
    words = [{"men": "a man", "women": "a woman"}.get(text, text) for text in said]
    if varied != "needs":
        held = [lower_first(f.label) for f in needs if profile[f.key] and f.key != varied]
        words.append(
            " and ".join(held) if held else "no other need" if varied in {f.key for f in needs} else "no needs"
        )
    return "The person: " + "; ".join(words) + "."


def curve_table(curve: AlongCurve) -> tuple[pd.DataFrame, dict[str, str]]:
    """The numbers behind the picture, a row per level, and how its columns are written."""
    seen, group = curve.seen, curve.seen.group
    columns = {
        curve.label: list(curve.labels),
        "Fitted": curve.fitted,
        "Fitted, low": curve.low,
        "Fitted, high": curve.high,
        "Payback per £1": curve.payback,
        "Group": [seen.labels[g] for g in group],
        "People in group": np.where(seen.people >= SMALLEST_COUNT, seen.people, np.nan)[group],
        "Everyone in group": seen.mean[group],
        "Group, low": seen.low[group],
        "Group, high": seen.high[group],
    }
    written = {"binary": "percent", "frequency": "%.2f", "severity": "%.0f"}[curve.kind]
    risks = ("Fitted", "Fitted, low", "Fitted, high", "Everyone in group", "Group, low", "Group, high")
    return pd.DataFrame(columns), {
        **dict.fromkeys(risks, written),
        "Payback per £1": "£%.2f",
        "People in group": "localized",
    }
