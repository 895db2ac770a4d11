"""The ratios of a risk curve in sentences and a table: how much each thing weighs, other things equal. No streamlit."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pages.kit.markdown import count, lower_first, upper_first
from pages.topics.people.risk_curves.words import level_words
from pricing.people.cells import Factor
from pricing.people.risk_curves import Curve, Ratio

TIMES = {
    "binary": "times the odds",
    "frequency": "times as many reoffences",
    "severity": "times the harm",
}
BY_AREA = ("Low, by area", "High, by area")
STYLES = dict.fromkeys(("Ratio", "Low", "High", *BY_AREA), "%.2f")


def name(ratio: Ratio, factors: Mapping[str, Factor]) -> str:
    """Who a ratio is about."""
    return level_words(ratio.factor, factors[ratio.factor].label, ratio.label)


def label(ratio: Ratio, factors: Mapping[str, Factor]) -> str:
    """The same in a few words, for a chart: the level alone where it says enough."""
    factor = factors[ratio.factor]
    if factor.kind == "need":
        return factor.label
    return ratio.label if factor.kind == "category" and factor.key != "age" else upper_first(name(ratio, factors))


def table(ratios: Sequence[Ratio], factors: Mapping[str, Factor], by_area: Sequence[Ratio] = ()) -> pd.DataFrame:
    """Each ratio in words and in numbers; ``by_area`` are the same with errors clustered by area, where they are."""
    named = [name(ratio, factors) for ratio in ratios]
    beside = [level_words(r.factor, factors[r.factor].label, r.against) for r in ratios]
    areas = dict(zip(BY_AREA, ([r.low for r in by_area], [r.high for r in by_area]), strict=True)) if by_area else {}
    return pd.DataFrame(
        {
            "Who": [upper_first(name) for name in named],
            "Beside others": [f"{r.estimate:.2f} {TIMES[r.kind]}, {r.low:.2f} to {r.high:.2f}" for r in ratios],
            "The others": [upper_first(name) for name in beside],
            "Ratio": [r.estimate for r in ratios],
            "Low": [r.low for r in ratios],
            "High": [r.high for r in ratios],
            **areas,
        }
    )


def errors(curve: Curve, ratios: Sequence[Ratio], by_area: Sequence[Ratio], area: Factor | None) -> str:
    """Which errors the intervals rest on, and how they compare with errors clustered by area."""
    spread = ", whatever the spread of their reoffences (robust errors)" if curve.kind == "frequency" else ""
    used = f"The intervals, here and on every page, take people as independent of each other{spread}."
    if not by_area or area is None:
        return f"{used} The records hold too few areas to check whether people of one area are more alike than that."
    wider = np.median([width(a) / width(r) for a, r in zip(by_area, ratios, strict=True)]) - 1
    how = "as wide" if abs(wider) < 0.005 else f"{abs(wider):.0%} {'wider' if wider > 0 else 'narrower'}"
    return (
        f"{used} The last two columns allow people of one area to be alike (errors clustered by {count(curve.areas)} "
        f"areas; by: {lower_first(area.label)}): the interval in the middle is then {how}."
    )


def width(ratio: Ratio) -> float:
    """Width of an interval on the log scale."""
    return float(np.log(ratio.high / ratio.low))


def finding(ratios: Sequence[Ratio], factors: Mapping[str, Factor]) -> str:
    """The title of the ratios: how many are told apart from no difference, and which need weighs most."""
    apart = sum(not ratio.low <= 1 <= ratio.high for ratio in ratios)
    needs = [ratio for ratio in ratios if factors[ratio.factor].kind == "need"]
    most = max(needs, key=lambda ratio: ratio.estimate)
    return (
        f"{apart} of {len(ratios)} differences can be told from none; of the needs, {name(most, factors)[5:]} "
        f"weighs most: {most.estimate:.2f} {TIMES[most.kind]}, {most.low:.2f} to {most.high:.2f}"
    )
