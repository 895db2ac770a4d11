"""Levels that hold too few people for a term of their own: joined with others or dropped, and said."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pricing.errors import RecordsError
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.people.cells import Cells, Factor, sums_by_level
from pricing.people.records.mapping.types import FactorMap
from pricing.people.reoffence_counts import Histogram

FEWEST_PEOPLE, FEWEST_OUTCOMES = 500, 50
"""People, and people with and without the outcome, below which no curve is fitted."""
FEWEST_IN_LEVEL = 30
"""People of a level on the fitted side below which it has no term of its own."""


def check_enough(cells: Cells) -> None:
    """Raise RecordsError where there is nothing to fit, or too little."""
    people, reoffended = float(cells.people.sum()), float(cells.outcomes["reoffended"].sum())
    if reoffended in (0, people):
        raise RecordsError(f"{'Nobody' if not reoffended else 'Everybody'} reoffended: there is no curve to fit.")
    fewest = min(reoffended, people - reoffended)
    if people < FEWEST_PEOPLE or fewest < FEWEST_OUTCOMES:
        raise RecordsError(
            f"{people:,.0f} people, {reoffended:,.0f} of whom reoffended, are too few for a curve: it takes "
            f"{FEWEST_PEOPLE} people, and {FEWEST_OUTCOMES} each who did and did not."
        )
    for side, words in ((cells.held_out, "held out"), (~cells.held_out, "fitted")):
        seen = float(cells.outcomes["reoffended"][side].sum())
        if seen in (0.0, float(cells.people[side].sum())):
            raise RecordsError(f"Of the people {words} nobody or everybody reoffended: change hold_out.seed or share.")
    for key, factor in cells.factors.items():
        if len(np.unique(cells.codes[key])) < 2:
            raise RecordsError(f"Everybody has the same level of {factor.label}: leave the factor out of the map.")


def settle(cells: Cells, maps: Sequence[FactorMap], *, joined: bool = False) -> tuple[Cells, tuple[str, ...]]:
    """Cells whose every level can carry a term, and sentences on what was joined or dropped.

    A level without anybody is dropped. A category's level with under 30 people on the fitted side, or of whom nobody
    or everybody reoffended, is joined with the next where levels have an order, else with the most common. A need that
    is so thin is dropped. ``joined``: after people of small cells were joined with others.
    """
    said: list[str] = []
    for one in maps:
        key, kind = one.factor.key, one.factor.kind
        if kind in ("category", "place"):
            cells = _without_empty(cells, key, said, joined=joined)
        if kind == "category":
            cells = _joined(cells, key, said, ordered=one.ordered)
        elif kind == "need" and _thin(cells, key).any():
            said.append(f"{cells.factors[key].label} is dropped: too few people have it, or do not, to tell its effect")
            cells = _dropped(cells, key)
    return merged(cells), tuple(said)


def _thin(cells: Cells, key: str) -> BoolArray:
    """Which levels are too thin on the fitted side, (levels,)."""
    fitted = cells.where(~cells.held_out)
    size = len(cells.factors[key].levels)
    people, seen = (sums_by_level(fitted.codes[key], fitted.outcomes[name], size) for name in ("people", "reoffended"))
    return np.asarray((people < FEWEST_IN_LEVEL) | (seen == 0) | (seen == people))


def _without_empty(cells: Cells, key: str, said: list[str], *, joined: bool) -> Cells:
    factor = cells.factors[key]
    people = sums_by_level(cells.codes[key], cells.people, len(factor.levels))
    if people.all():
        return cells
    if factor.kind == "category":
        empty = [factor.labels[level] for level in np.flatnonzero(people == 0)]
        who = "whoever is in small cells is joined with others, and nobody is left with" if joined else "nobody has"
        said.append(f"{factor.label}: {who} {', '.join(empty)}")
    return _relabelled(cells, key, [[level] for level in np.flatnonzero(people).tolist()])


def _joined(cells: Cells, key: str, said: list[str], *, ordered: bool) -> Cells:
    """Join thin levels, the thinnest first, until none is left; drop the factor where one level remains."""
    label = cells.factors[key].label
    while (thin := _thin(cells, key)).any():
        size = len(thin)
        if size <= 2:
            said.append(f"{label} is dropped: too few people differ in it to tell its effect")
            return _dropped(cells, key)
        people = sums_by_level(cells.codes[key], cells.people, size)
        level = int(np.argmin(np.where(thin, people, np.inf)))
        other = _neighbour(level, people) if ordered else int(np.argmax(np.where(np.arange(size) == level, -1, people)))
        names = cells.factors[key].labels
        said.append(f"{label}: {names[level]} has too few people for a term and is joined with {names[other]}")
        groups = [[one] for one in range(size) if one not in (level, other)]
        groups.append(sorted((level, other)))
        cells = _relabelled(cells, key, sorted(groups))
    return cells


def _neighbour(level: int, people: FloatArray) -> int:
    """The smaller of the two levels beside this one."""
    beside = [one for one in (level - 1, level + 1) if 0 <= one < len(people)]
    return min(beside, key=lambda one: float(people[one]))


def _relabelled(cells: Cells, key: str, groups: Sequence[Sequence[int]]) -> Cells:
    """The factor with a level per group of its former levels."""
    factor = cells.factors[key]
    new = np.zeros(len(factor.levels), dtype=np.int64)
    for place, group in enumerate(groups):
        new[list(group)] = place
    levels = tuple("/".join(factor.levels[one] for one in group) for group in groups)
    labels = tuple(" or ".join(factor.labels[one] for one in group) for group in groups)
    return with_codes(cells, replace(factor, levels=levels, labels=labels), new[cells.codes[key]])


def with_codes(cells: Cells, factor: Factor, codes: IntArray) -> Cells:
    """Cells with one factor changed; not yet merged."""
    factors = {key: factor if key == factor.key else one for key, one in cells.factors.items()}
    return replace(cells, factors=factors, codes={**cells.codes, factor.key: codes})


def _dropped(cells: Cells, key: str) -> Cells:
    """Cells without a factor; not yet merged."""
    return replace(
        cells,
        factors={name: one for name, one in cells.factors.items() if name != key},
        codes={name: codes for name, codes in cells.codes.items() if name != key},
    )


def merged(cells: Cells) -> Cells:
    """Cells that no longer differ as one, each side of the hold-out by itself, in the order of their levels."""
    stack = np.stack([*cells.codes.values(), cells.held_out.astype(np.int64)])
    found, cell = np.unique(stack, axis=1, return_inverse=True)
    cell = cell.ravel()
    return Cells(
        factors=cells.factors,
        codes={key: found[place] for place, key in enumerate(cells.codes)},
        held_out=found[-1].astype(bool),
        outcomes={name: sums_by_level(cell, sums, found.shape[1]) for name, sums in cells.outcomes.items()},
    )


def counts_of(histogram: Histogram | None) -> str:
    """The histogram as counts.csv holds it; empty where there is none."""
    if histogram is None:
        return ""
    rows = zip(histogram.held_out, histogram.reoffences, histogram.people, strict=True)
    lines = [f"{int(side)},{number:.10g},{int(people)}" for side, number, people in rows]
    return "\n".join(["held_out,reoffences,people", *lines]) + "\n"
