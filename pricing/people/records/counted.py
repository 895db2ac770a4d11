"""An engine's answer as cells, a histogram of reoffences, and what is wrong, by kind."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pricing.errors import RecordsError
from pricing.people.arrays import BoolArray, FloatArray, IntArray
from pricing.people.cells import Cells, sums_by_level
from pricing.people.records import flaws, query
from pricing.people.records.engines.engine import Engine, Grouped, Progress, unheard
from pricing.people.records.flaws import Flaw
from pricing.people.records.mapping.read import CELL
from pricing.people.records.mapping.types import AS_NO, LEAVE_OUT, NOT_KNOWN, REFUSE, FactorMap, RecordsMap
from pricing.people.reoffence_counts import Histogram

DONE = {
    REFUSE: "",
    LEAVE_OUT: "left out",
    NOT_KNOWN: "counted as “Not known”",
    AS_NO: "counted as no need",
}


@dataclass(frozen=True, eq=False)
class Counted:
    """Records reduced to cells.

    Attributes
    ----------
    cells : every row that is sound, or was made so as the map says, in the order of its levels.
    histogram : people by number of reoffences; None where they were not counted.
    wrong : what is wrong, by kind; rows of those with ``instead`` are in or out as it says.
    rows, left_out : rows that the map keeps, and those of them that are not in the cells.
    digest : SHA-256 (hex) of cells and histogram: the same people, whatever the engine.
    """

    cells: Cells
    histogram: Histogram | None
    wrong: tuple[Flaw, ...]
    rows: int
    left_out: int
    digest: str

    @property
    def refused(self) -> tuple[Flaw, ...]:
        """What is wrong and was not settled: nothing may be built."""
        return tuple(flaw for flaw in self.wrong if not flaw.instead)


def count(engine: Engine, given: RecordsMap, *, leave_out: bool = False, progress: Progress = unheard) -> Counted:
    """Reduce the records to cells where they are.

    ``leave_out``: rows that are wrong are left out where the map does not say what else becomes of them.

    Raises
    ------
    RecordsError : a column is missing, there are no rows, or the engine fails. What is wrong in rows is not raised.
    """
    kinds = engine.kinds()
    engine.refuse_two_of_one_name(given.columns)
    missing = [name for name in given.columns if name not in kinds]
    if missing:
        raise RecordsError(
            f"The records lack {len(missing)} column{'s' * (len(missing) > 1)} that the map names:"
            f" {', '.join(missing)}. Does the first row hold the columns' names, as the map writes them?"
        )
    answer = engine.run(query.cells(given, kinds, engine.source(numbered=False)), progress)
    first: dict[tuple[str, int], tuple[int, ...]] = {}
    keys = query.answer_keys(given)
    if any((answer[key] < 0).any() for key in keys) and (engine.numbers_rows or given.number):
        found = engine.run(query.first_rows(given, kinds, engine.source(numbered=True)), progress)
        for place, kind, row in zip(found["place"], found["kind"], found[query.ROW], strict=True):
            first[keys[place], int(kind)] = (*first.get((keys[place], int(kind)), ()), int(row))
    return counted(answer, given, first, leave_out=leave_out)


def counted(
    answer: Grouped, given: RecordsMap, first: Mapping[tuple[str, int], tuple[int, ...]], *, leave_out: bool = False
) -> Counted:
    """What an answer of `query.cells` holds; ``first`` are the first rows of each flaw, by its key and kind."""
    people, keys = answer[query.PEOPLE_COLUMN], query.answer_keys(given)
    if not people.sum():
        raise RecordsError("There are no rows, or the map keeps none of them.")
    rule = dict.fromkeys(keys, given.wrong) | {one.factor.key: one.wrong for one in given.factors}
    rule = {key: LEAVE_OUT if leave_out and found == REFUSE else found for key, found in rule.items()}
    codes = {key: answer[key].copy() for key in keys}
    wrong, sound = [], np.ones(len(people), dtype=bool)
    for one in given.factors:
        codes[one.factor.key], settled = _settled(codes[one.factor.key], one, rule[one.factor.key])
        sound &= settled
    sound &= (codes[flaws.SIDE] >= 0) & (codes[flaws.OUTCOME] >= 0)
    for key in keys:
        wrong += _flaws(key, answer[key], people, given, rule[key], first)
    groups = {key: values[sound] for key, values in codes.items()}
    harm = answer[query.HARM_COLUMN][sound]
    cells, histogram = to_cells(groups, people[sound], harm, given)
    rows = int(people.sum())
    return Counted(cells, histogram, tuple(wrong), rows, rows - int(people[sound].sum()), digest(cells, histogram))


def _settled(codes: IntArray, one: FactorMap, rule: str) -> tuple[IntArray, BoolArray]:
    """Codes with what is not known in its own level where the map says so, and which are sound."""
    level = {NOT_KNOWN: len(one.factor.levels) - 1, AS_NO: 0}.get(rule)
    if level is None:
        return codes, codes >= 0
    return np.where(codes < 0, level, codes), np.ones(len(codes), dtype=bool)


def _flaws(
    key: str,
    codes: IntArray,
    people: IntArray,
    given: RecordsMap,
    rule: str,
    first: Mapping[tuple[str, int], tuple[int, ...]],
) -> list[Flaw]:
    labels = {one.factor.key: one.factor.label for one in given.factors}
    label = labels.get(key, given.outcome)
    kinds = sorted({int(kind) for kind in np.unique(codes[codes < 0])}, reverse=True)
    rows = {kind: int(people[codes == kind].sum()) for kind in kinds}
    return [Flaw(key, label, kind, rows[kind], first.get((key, kind), ()), DONE[rule]) for kind in kinds]


def to_cells(
    groups: Mapping[str, IntArray], people: IntArray, harm: IntArray, given: RecordsMap
) -> tuple[Cells, Histogram | None]:
    """Cells in the order of their levels, from groups that differ in outcomes too; all arrays have shape (groups,)."""
    keys = [one.factor.key for one in given.factors]
    found, cell = _distinct([*(groups[key] for key in keys), groups[flaws.SIDE]])
    outcome = groups[flaws.OUTCOME]
    sums = {"people": people, "reoffended": people * (outcome > 0)}
    if given.counted:
        sums |= {"reoffences": people * outcome, "reoffences_squared": people * outcome**2}
    # Bins of whole numbers as doubles are exact up to 2**53.
    outcomes = {name: sums_by_level(cell, as_float(values), found.shape[1]) for name, values in sums.items()}
    if given.outcomes.harm:
        outcomes["harm"] = sums_by_level(cell, as_float(harm), found.shape[1]) / query.HARM_UNITS
    cells = Cells(
        factors={one.factor.key: one.factor for one in given.factors},
        codes={key: found[place] for place, key in enumerate(keys)},
        held_out=found[-1].astype(bool),
        outcomes=outcomes,
    )
    if given.hold_out.by == CELL:
        cells = Cells(cells.factors, cells.codes, _held_out_cells(cells, given), cells.outcomes)
    if not given.counted:
        return cells, None
    side = cells.held_out[cell].astype(np.int64)
    pairs, place = _distinct([side, outcome])
    counts = sums_by_level(place, as_float(people), pairs.shape[1])
    return cells, Histogram(pairs[0].astype(bool), pairs[1].astype(np.float64), counts)


def as_float(values: IntArray) -> FloatArray:
    """The same numbers as doubles."""
    return np.asarray(values, dtype=np.float64)


def _distinct(columns: Sequence[IntArray]) -> tuple[IntArray, IntArray]:
    """Distinct combinations, (columns, combinations), in order, and which each row is, (rows,)."""
    shape = [int(column.max(initial=0)) + 1 for column in columns]
    if np.prod([float(size) for size in shape]) < 2**62:
        index = np.ravel_multi_index(list(columns), shape)
        found, place = np.unique(index, return_inverse=True)
        return np.array(np.unravel_index(found, shape), dtype=np.int64), place
    found, place = np.unique(np.stack(columns), axis=1, return_inverse=True)
    return found.astype(np.int64), place.ravel()


def _held_out_cells(cells: Cells, given: RecordsMap) -> BoolArray:
    """Which cells are held out, by a hash of their levels: the same on every engine."""
    limit, seed = query.threshold(given.hold_out.share), given.hold_out.seed
    names = zip(*(cells.codes[key].tolist() for key in cells.factors), strict=True)
    hashes = (hashlib.md5(f"{seed}:{codes}".encode(), usedforsecurity=False).hexdigest() for codes in names)
    return np.array([one[: query.HEX] < limit for one in hashes], dtype=bool)


def digest(cells: Cells, histogram: Histogram | None) -> str:
    """SHA-256 (hex) over levels, sides, sums and histogram."""
    found = hashlib.sha256("|".join(f"{key}:{','.join(one.levels)}" for key, one in cells.factors.items()).encode())
    arrays = [*cells.codes.values(), cells.held_out, *cells.outcomes.values()]
    if histogram is not None:
        arrays += [histogram.held_out, histogram.reoffences, histogram.people]
    for values in arrays:
        whole = np.round(values.astype(np.float64) * query.HARM_UNITS)
        found.update(np.ascontiguousarray(whole).astype("<i8").tobytes())
    return found.hexdigest()
