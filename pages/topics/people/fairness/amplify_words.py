"""Whether a price amplifies inequality, in words: slopes, shares of support, groups turned away. No streamlit."""

import math
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from pages.kit.markdown import millions, percent, pounds
from pages.kit.measures import BLUE, ORANGE, TEAL, Line
from pricing.people.cohort import Cohort
from pricing.questions.fairness.amplification import UNCHANGED, Amplification, Parts
from pricing.questions.fairness.characteristics import Characteristic
from pricing.questions.fairness.turning_away import TurnedAway
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import Spread
from pricing.words.numbers import counted, shown

ORDERS = {
    "needs": ("Number of needs", "people with the fewest needs", "people with the most needs", "needs"),
    "decile": ("Deprivation", "the least deprived places", "the most deprived places", "place"),
}
"""Ranking -> its name, its two ends, and what the inequality is by."""
LINES = {
    "minimum": ("Minimum", ORANGE, "dot"),
    "chosen": ("This price", BLUE, "solid"),
    "benchmark": ("Needed", TEAL, "dash"),
}


NO_ORDER = "All stand at one place in this order, or too few at some, so its ends cannot be compared"
GISTS = (
    "How steep (slope index of inequality).",
    "Who gets the support (concentration index).",
    "Between groups or within (Theil index)",
    "Turning away every loss-making group.",
)
"""What each finding begins with."""


def per_hundred(value: float, places: int = 0) -> str:
    """Reoffences per 100 people, from one person's."""
    return shown(100 * value, places)


def title(found: Amplification) -> str:
    """Whether the price amplifies inequality along an order of need, with the two slopes."""
    chosen, minimum = (float(found.slopes[name].central[0]) for name in ("chosen", "minimum"))
    _, least, most, by = ORDERS[found.ranking]
    if math.isnan(chosen):
        return NO_ORDER
    places = 1 if UNCHANGED <= abs(chosen - minimum) < 0.05 else 0
    against = ", the same as if all got the minimum"
    if found.verdict != "leaves":
        against = f", against {than_others(minimum, places)} if all got the minimum"
    apart = f"{most} have {than_others(chosen, places)} reoffences per 100 people than {least}{against}"
    if min(chosen, minimum) < -UNCHANGED:  # those in most need reoffend less: a flatter line need be no less inequality
        return f"Under this price {apart}"
    little = " a little" if abs(chosen - minimum) < 0.05 * abs(minimum) else ""
    verb = {
        "amplifies": f"amplifies inequality by {by}{little}",
        "narrows": f"narrows inequality by {by}{little}",
        "leaves": f"leaves inequality by {by} as it is",
    }[found.verdict]
    return f"This price {verb}: {apart}"


def than_others(slope: float, places: int) -> str:
    """How many more reoffences per 100 people, or how many fewer: a number that is below nothing is not more."""
    return f"{per_hundred(abs(slope), places)} {'fewer' if round(100 * slope, places) < 0 else 'more'}"


def reading(found: Amplification) -> str:
    """How to read the lines."""
    _, least, most, _ = ORDERS[found.ranking]
    return (
        f"Expected reoffences per 100 people, from {least} at the left to {most} at the right, if everybody got the "
        "contractual minimum, what this price rewards, or what they need. Where the solid line lies on the dotted one, "
        "this price adds nothing to the minimum."
    )


def lines(found: Amplification) -> list[Line]:
    """A line per footing, per 100 people; the dotted one last, so that it shows on the one it lies on."""
    places = np.arange(float(len(found.levels)))
    return [
        Line(LINES[footing][0], places, 100 * found.reoffences[footing], *LINES[footing][1:])
        for footing in ("chosen", "benchmark", "minimum")
    ]


def ticks(found: Amplification) -> list[str]:
    """The levels, short enough to stand side by side on a phone."""
    return (
        [str(level) for level in range(len(found.levels))]
        if found.ranking == "needs"
        else [level.split()[0] for level in found.levels]
    )


def axis(found: Amplification) -> str:
    """What the levels are."""
    return "Number of needs" if found.ranking == "needs" else "Deprivation tenth, the most deprived last"


def table(found: Amplification) -> pd.DataFrame:
    """The lines as a table."""
    words = pd.DataFrame({ORDERS[found.ranking][0]: found.levels})
    words["People"] = np.where(found.visible, found.people, np.nan)
    for footing, (label, _, _) in LINES.items():
        words[f"Reoffences per 100 people: {label.lower()}"] = 100 * found.reoffences[footing]
    return words


STYLES = {"People": "localized"} | {
    f"Reoffences per 100 people: {label.lower()}": "%.0f" for label, _, _ in LINES.values()
}


def slope(found: Amplification) -> str:
    """The slope index under three footings, and what it means."""
    _, least, most, _ = ORDERS[found.ranking]
    if math.isnan(found.slopes["chosen"].central[0]):
        return f"**{GISTS[0]}** {NO_ORDER}."
    falls = any(float(ends[0]) < 0 for one in found.slopes.values() for ends in (one.central, one.low))
    write, change = (rise_or_fall, "change") if falls else (per_hundred, "rise")
    said = {name: ranged(slope, write) for name, slope in found.slopes.items()}
    return (
        f"**{GISTS[0]}** From {least} to {most}, expected reoffences {change} by "
        f"{said['chosen']} per 100 people under this price, {said['minimum']} at the minimum, and {said['benchmark']} "
        f"with the support that people need. This price is steeper than the minimum in {found.amplified} of {DRAWS} "
        "draws."
    )


def rise_or_fall(value: float) -> str:
    """Reoffences per 100 people, from one person's, with a sign: + where they rise."""
    return ("+" if math.isfinite(value) and round(100 * value) > 0 else "") + per_hundred(value)


def concentration(found: Amplification) -> str:
    """The concentration index of hours against that of need."""
    _, _, most, _ = ORDERS[found.ranking]
    rewarded, needed = (float(found.concentration[name].central[0]) for name in ("chosen", "benchmark"))
    said = {name: ranged(index, index_words) for name, index in found.concentration.items()}
    if math.isnan(rewarded) or math.isnan(needed):
        return f"**{GISTS[1]}** No hours are rewarded, or none are needed, so there is no share of them to tell."
    if abs(rewarded) < 0.005:
        sense = "Hours are much the same for all"
    else:
        sense = f"More hours go to {most}" if rewarded > 0 else f"Fewer hours go to {most}"
    short = "less than need asks for" if rewarded < needed else "at least what need asks for"
    return (
        f"**{GISTS[1]}** {said['chosen']} under this price, {said['benchmark']} in "
        f"what people need; 0 is the same for all, and above 0 more goes to {most}. {sense}: {short}."
    )


def between(characteristic: Characteristic, parts: Mapping[str, Parts]) -> str:
    """Theil's T between and within the groups of a characteristic."""
    if math.isnan(parts["chosen"].theil.share_between):
        words = "Everybody is rewarded the same hours, so there is nothing to part between groups and within them."
    else:
        share = ranged(parts["chosen"].share_between, part_words)
        needed = f"of that in the hours needed, {ranged(parts['benchmark'].share_between, part_words)}"
        if math.isnan(parts["benchmark"].theil.share_between):
            needed = "everybody needs the same hours"
        words = (
            f"Of the inequality in the hours that pay best, {share} lies between these groups and the rest within "
            f"them; {needed}."
        )
        small = part_is_small(parts["chosen"])
        words += " So the support rewarded hardly follows it." if small else " So the support rewarded does follow it."
    name = characteristic.label[0].lower() + characteristic.label[1:]
    return f"**{GISTS[2]}, by {name}.** {words}"


def part_is_small(parts: Parts) -> bool:
    """Whether less than a twentieth of the inequality lies between groups."""
    return parts.theil.share_between < 0.05


def turning_away(gone: TurnedAway, gain: Spread) -> str:
    """What turning away every loss-making group would bring, and whom it would leave."""
    if gone.losing == 0:
        words = "No group by needs and place loses money when a provider does what pays best: nothing is gained by it."
    elif math.isnan(gone.people):
        words = "Too few people are in such groups, or outside them, to say more."
    else:
        words = (
            f"Of {counted(gone.groups, 'group', 'groups')} by needs and place, {gone.losing} "
            f"{'loses' if gone.losing == 1 else 'lose'} money even when a provider does what pays "
            f"best: {counted(gone.people, 'person', 'people')}, {percent(gone.share)} of all. Not taking them would "
            f"save {millions(gone.gain)}, {ranged(gain, pounds)} per person of the whole cohort."
        )
    return f"**{GISTS[3]}** {words}"


def ranged(spread: Spread, write: Callable[[float], str]) -> str:
    """A value with the range that holds 90 of 100 draws, where there is one."""
    low, high = float(spread.low[0]), float(spread.high[0])
    said, ends = write(float(spread.central[0])), (write(low), write(high))
    return said if math.isnan(low) or ends[0] == ends[1] == said else f"{said} ({ends[0]} to {ends[1]})"


def part_words(share: float) -> str:
    """A share that may be very small."""
    return "under 1%" if 0 < share < 0.005 else percent(share)


def index_words(value: float) -> str:
    """An index, to two decimals."""
    return shown(value, 2)


def ranges_note(cohort: Cohort) -> str:
    """What the ranges are over."""
    support = "how support works and how much of it people need"
    moved = support if cohort.fitted is None else f"the risk curves, of {support}"
    return (
        f"Ranges in brackets hold 90 of {DRAWS} draws of {moved}; the people are taken as they are. They do not say "
        "how far other people would differ. Within groups by anything but needs and place, people are moved together "
        "with all others of the same needs, place and risk."
    )
