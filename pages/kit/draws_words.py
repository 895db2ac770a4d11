"""How sure, in words that people use: draws, ranges, and where the verdict would turn. No streamlit."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pages.kit import groups
from pages.kit.markdown import count, counted, pence, percent, verdict
from pages.kit.measures import Measure
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import Draws, HowSure, Spread, group_codes
from pricing.words import followed

STYLES = {
    "Draws under £1": "%.0f",
    "Draws in which it pays to do the minimum": "%.0f",
    "Payback, low": "£%.2f",
    "Payback, high": "£%.2f",
}
COUNTED = {
    "payback": f"the group's payback is under £1 in 83 of {DRAWS} draws of what is uncertain.",
    "parked": f"it pays to do the minimum for at least half of the group in 83 of {DRAWS} draws of what is uncertain.",
}
"""Measure of a map -> what (83) in one of its cells says."""


def counts(sure: HowSure, measure: str) -> FloatArray | None:
    """In how many draws what a map shows is so, by group; none for a measure that has no line to cross."""
    return {"payback": sure.under_one, "parked": sure.pays_minimum}.get(measure)


def verdict_with_draws(evaluation: Evaluation, everyone: HowSure) -> str:
    """The verdict, and in how many draws it holds."""
    under = everyone.under_one[0]
    said = verdict(evaluation)
    return said if math.isnan(under) else f"{said} The payback is under £1 in {count(under)} of {DRAWS} draws."


def span(everyone: HowSure, measure: str) -> str | None:
    """The range of a measure that holds 90 of 100 draws; none where it is undefined."""
    spread: Spread = getattr(everyone, measure)
    low, high = float(spread.low[0]), float(spread.high[0])
    write = pence if measure == "payback" else percent
    return None if math.isnan(low) else f"{from_to(write(low), write(high))} in 90 of {DRAWS} draws"


def from_to(low: str, high: str) -> str:
    """A range in words, as one value where both its ends read alike."""
    return low if low == high else f"{low} to {high}"


def grid(evaluation: Evaluation, values: FloatArray, rows: str, columns: str) -> FloatArray:
    """Values by group of two dimensions as (levels of rows, levels of columns); nan where there are too few people."""
    shown = ~np.isnan(groups.grid(evaluation, rows, columns, "people"))
    return np.where(shown, values.reshape(shown.shape), np.nan)


def cells(values: FloatArray, counts: FloatArray, measure: Measure) -> list[list[str]]:
    """What stands in the cells of a map, with in how many of the draws it is so; both (rows, columns)."""

    def cell(value: float, number: float) -> str:
        marked = measure.mark(value).replace("\n", "")
        return marked if math.isnan(number) else f"{marked}\n({number:.0f})"

    return [[cell(*both) for both in zip(*rows, strict=True)] for rows in zip(values, counts, strict=True)]


def map_note(measure: str) -> str:
    """How to read the draws in a map."""
    if measure in COUNTED:
        return f"{groups.MEANING[measure]} A cell with (83) says: {COUNTED[measure]}"
    return "How sure is shown for the payback and for doing the minimum; this measure stands at its central value."


def table(evaluation: Evaluation, sure: HowSure, *keys: str) -> pd.DataFrame:
    """The groups of :func:`groups.table` with their draws beside them."""
    found = evaluation.groups(*keys)
    found = found[found["people"] >= groups.smallest_shown(evaluation)]
    shape = [len(evaluation.cohort.dimensions[key].levels) for key in keys]
    codes = np.ravel_multi_index(tuple(found[key].to_numpy() for key in keys), shape)
    values = (sure.under_one, sure.pays_minimum, sure.payback.low, sure.payback.high)
    columns = {name: value[codes] for name, value in zip(STYLES, values, strict=True)}
    return groups.table(evaluation, *keys).assign(**columns)


def of_one_group(evaluation: Evaluation, sure: HowSure, codes: Mapping[str, int]) -> str:
    """One group in the draws: ``codes`` in the order of the dimensions that ``sure`` is by."""
    shape = [len(evaluation.cohort.dimensions[key].levels) for key in codes]
    code = int(np.ravel_multi_index(tuple(codes.values()), shape))
    low, high = sure.payback.low[code], sure.payback.high[code]
    said = f"In {count(sure.pays_minimum[code])} of {DRAWS} draws it pays to do the minimum for this group."
    return said if np.isnan(low) else f"{said} Its payback is {from_to(pence(low), pence(high))} in 90."


def surest(evaluation: Evaluation, sure: HowSure) -> str:
    """In how many groups of people the payback is under £1 in nearly all, or in hardly any, of the draws."""
    under = sure.under_one
    people = evaluation.pooled(*group_codes(evaluation.cohort, ("decile", "needs")))["people"]
    under = under[(people > 0) & (people >= groups.smallest_shown(evaluation)) & ~np.isnan(under)]
    if not len(under):
        return f"{groups.nothing_shown(evaluation)}."
    firm, safe = int(np.sum(under >= 95)), int(np.sum(under <= 5))
    return (
        f"Of {counted(len(under), 'group', 'groups')} by needs and place, {firm or 'none'} "
        f"{'pays' if firm == 1 else 'pay'} back less than £1 in 95 of {DRAWS} draws or "
        f"more, {safe or 'none'} in 5 or fewer, and {len(under) - firm - safe or 'none'} in between."
    )


def of_followed(draws: Draws) -> str:
    """The group that a reader follows in the draws; "" where none is followed, or it is too small to be shown."""
    scenario, cohort = draws.evaluation.scenario, draws.evaluation.cohort
    found = followed.of(draws.evaluation)
    if found is None or math.isnan(found.payback):
        return ""
    sure = draws.of_groups(followed.who(scenario, cohort).astype(np.int64), 2)
    low, high = sure.payback.low[1], sure.payback.high[1]
    return (
        f"For {followed.name(scenario)} an extra £1 pays back less than £1 in {count(sure.under_one[1])} of {DRAWS} "
        f"draws: {from_to(pence(low), pence(high))} in 90 of them."
    )


def covered(evaluation: Evaluation, *, implied: bool) -> list[str]:
    """What the draws vary, and how."""
    support = (
        "**How support works**: four assumptions, each between its low and its high. Half of the draws lie on each "
        "side of the value in the panel, the nearer to it the more of them, and the range moves with that value."
    )
    need = (
        "**What people need**: the budget of which they need a fair share, from half to twice the hours, spread as "
        "those four. All of that is assumed: need is stated, not measured. Where nobody of a group needs more than the "
        "minimum in a draw, the draw has no payback for it."
        if evaluation.scenario.benchmark == "fair_share"
        else "**Not what people need**: it is a guideline’s hours here, or those worth it to society, which have no "
        "range of their own. Above it is measured in other ways."
    )
    if evaluation.cohort.fitted is None:
        own = "**Not the risks**: a table of risks brings them with it. Nothing is fitted: the assumptions vary alone."
        return [support, need, own]
    curves = (
        "**The risk curves**: every fitted coefficient, by how well the people in the data pin it down, the spread of "
        "the harm per reoffence included."
    )
    alpha = (
        "**Alpha**, which turns a chance of reoffending into a number of reoffences where none was counted: assumed."
        if implied
        else "**Not alpha**: reoffences were counted for these people, so no risk that is priced depends on it."
    )
    return [curves, support, need, alpha]


NOT_COVERED = (
    "**Whether the model is right**: the shape of the risk curves and of the effect of support is taken as it is.",
    "**Other measures of what people need**: a fair share, a guideline, or what is worth it to society. "
    "“If people need more, or less”, above, holds the price against each.",
    "**Other assumptions**: what an hour costs, how support helps meet needs, the cost of waiting. Move them in the "
    "panel.",
    "**Who will come**: the people are those of the cohort. Luck in a small group is not in the draws.",
    "**The last digit**: draws run on a few hundred groups of like people. On every cell of the cohort, a range of the "
    "payback ends within 2p of the one shown, a count of draws under £1 is mostly within 3, and a share within 3 "
    "points (10 under a blend).",
)
"""What the draws leave out, whoever the people are."""
CURVES_TOGETHER = (
    "**Curves together**: each curve is drawn apart from the others. For groups by anything but needs, place and risk, "
    "what the curves leave open is that of people with the same needs, place and risk."
)
NOT_REAL = (
    "**Illustrative people**: draws say how well the curves are known, not how well such people resemble real ones."
)


def not_covered(*, fitted: bool, synthetic: bool) -> list[str]:
    """What the draws leave out, for people whose risks were ``fitted`` and who may be ``synthetic``."""
    return [*NOT_COVERED, *([CURVES_TOGETHER] if fitted else []), *([NOT_REAL] if synthetic else [])]
