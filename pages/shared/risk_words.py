"""Risk curves in sentences and tables: what a curve shows, and what its ratios mean. No streamlit."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pages.shared.risk_charts import SMALL_GROUP, write
from pages.shared.wording import pence
from pricing.along_curve import AlongCurve, AreaCase
from pricing.cells import Declaration, Factor
from pricing.risk import Ratio

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
TIMES = {
    "binary": "times the odds",
    "frequency": "times as many reoffences",
    "severity": "times the harm",
}
RATIO_STYLES = dict.fromkeys(("Ratio", "Low", "High"), "%.2f")
ASSUMED = {"low": "Low: place adds nothing", "central": "Central", "high": "High"}


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def level_words(key: str, label: str, level: str) -> str:
    """A level in a sentence: "3 needs", "6 previous sanctions", "the most deprived tenth", "age: 18 to 20"."""
    if key == "needs":
        return {"0": "no needs", "1": "1 need"}.get(level, f"{level} needs")
    if key == "decile":
        ends = {"1 (most deprived)": "the most deprived tenth", "10 (least deprived)": "the least deprived tenth"}
        return ends.get(level, f"deprivation tenth {level}")
    if key == "sex":
        return lower_first(level)
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
    risk = (
        f"This person's {implied}{NOUNS[curve.kind]} runs from {write(curve.kind, curve.fitted[low])} ({at_low}) "
        f"to {write(curve.kind, curve.fitted[high])} ({at_high})"
    )
    ends = [curve.payback[i] for i in (low, high)]
    if any(math.isnan(end) for end in ends):
        return risk
    return f"{risk}, the payback of an extra £1 from {pence(ends[0])} to {pence(ends[1])}"


def stretches(curve: AlongCurve) -> str:
    """Where it pays to disinvest, in a sentence; and where there is no payback to speak of."""
    undefined = np.isnan(curve.payback)
    unsaid = " Where no payback is drawn, this person needs no more than the minimum." if undefined.any() else ""
    if undefined.all():
        return "This person needs no more than the contractual minimum, so there is no payback to draw."
    if not curve.below:
        return f"At every point an extra £1 pays back £1 or more: nowhere does it pay to disinvest.{unsaid}"
    if sum(last - first + 1 for first, last in curve.below) == len(curve.labels):
        return "Every point pays back less than £1 (shaded): it pays to disinvest along the whole of it."
    return f"It pays to disinvest (less than £1 back, shaded) here: {'; '.join(runs(curve))}.{unsaid}"


def runs(curve: AlongCurve) -> list[str]:
    """The levels at which it pays to disinvest; those in an order as "from … to …"."""

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
        "People in group": np.where(seen.people >= SMALL_GROUP, seen.people, np.nan)[group],
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


def area_sentence(cases: Sequence[AreaCase], area: Ratio) -> str:
    """What the effect of place rests on."""
    central = next(case for case in cases if case.name == "central")
    return (
        f"That place itself adds to the risk is an assumption: {central.odds_ratio:.2f} times the odds for each "
        "standard deviation of deprivation (the published mean of studies, small and uncertain, p = .15). The people "
        "were drawn at random from that, and among them the odds in the most deprived tenth came out at "
        f"{area.estimate:.2f} times those in the least ({area.low:.2f} to {area.high:.2f}). Under a low, a central and "
        "a high case, each turning about the mean deprivation, this person's chance of reoffending would be:"
    )


def no_gradient(area: Ratio) -> str:
    """What real records say of place where they cannot tell one place from another; empty where they can."""
    if not area.low <= 1 <= area.high:
        return ""
    return (
        f"The odds in the most deprived tenth are {area.estimate:.2f} times those in the least ({area.low:.2f} to "
        f"{area.high:.2f}): no gradient by area can be claimed from these records. The payback still changes along the "
        "curve, because support is taken to achieve less in deprived places and the price may pay more there."
    )


def area_table(cases: Sequence[AreaCase]) -> pd.DataFrame:
    """The person's probability in two places under each assumed effect of place."""
    return pd.DataFrame(
        {
            "Case (assumed)": [ASSUMED[case.name] for case in cases],
            "Odds per standard deviation": [f"× {case.odds_ratio:.2f}" for case in cases],
            "Most deprived tenth": [f"{case.most_deprived:.1%}" for case in cases],
            "Least deprived tenth": [f"{case.least_deprived:.1%}" for case in cases],
        }
    )


def ratio_name(ratio: Ratio, factors: Mapping[str, Factor]) -> str:
    """Who a ratio is about."""
    return level_words(ratio.factor, factors[ratio.factor].label, ratio.label)


def ratio_label(ratio: Ratio, factors: Mapping[str, Factor]) -> str:
    """The same in a few words, for a chart: the level alone where it says enough."""
    factor = factors[ratio.factor]
    if factor.kind == "need":
        return factor.label
    return ratio.label if factor.kind == "category" and factor.key != "age" else upper_first(ratio_name(ratio, factors))


def ratio_table(ratios: Sequence[Ratio], factors: Mapping[str, Factor]) -> pd.DataFrame:
    """Each ratio in words and in numbers."""
    named = [ratio_name(ratio, factors) for ratio in ratios]
    beside = [level_words(r.factor, factors[r.factor].label, r.against) for r in ratios]
    return pd.DataFrame(
        {
            "Who": [upper_first(name) for name in named],
            "Beside others": [f"{r.estimate:.2f} {TIMES[r.kind]}, {r.low:.2f} to {r.high:.2f}" for r in ratios],
            "The others": [upper_first(name) for name in beside],
            "Ratio": [r.estimate for r in ratios],
            "Low": [r.low for r in ratios],
            "High": [r.high for r in ratios],
        }
    )


def ratios_finding(ratios: Sequence[Ratio], factors: Mapping[str, Factor]) -> str:
    """The title of the ratios: how many are told apart from no difference, and which need weighs most."""
    apart = sum(not ratio.low <= 1 <= ratio.high for ratio in ratios)
    needs = [ratio for ratio in ratios if factors[ratio.factor].kind == "need"]
    most = max(needs, key=lambda ratio: ratio.estimate)
    return (
        f"{apart} of {len(ratios)} differences can be told from none; of the needs, {ratio_name(most, factors)[5:]} "
        f"weighs most: {most.estimate:.2f} {TIMES[most.kind]}, {most.low:.2f} to {most.high:.2f}"
    )
