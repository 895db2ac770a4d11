"""From counted records to a cohort: what was wrong refused or said, curves fitted, people held out described."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pricing.errors import DataError, RecordsError
from pricing.people.area_map import AreaMap
from pricing.people.cells import NO_MAP, Cells, Declaration
from pricing.people.cohort import Cohort
from pricing.people.fitted import RiskCurves
from pricing.people.records import flaws
from pricing.people.records.counted import Counted
from pricing.people.records.engines.engine import Progress, unheard
from pricing.people.records.mapping.types import RecordsMap
from pricing.people.records.thin import check_enough, settle
from pricing.people.reoffence_counts import Histogram
from pricing.people.shipped import ready

DISCLOSES = "Small numbers are not joined: these figures may disclose; do not share them."
FEW_IN_CELL = 5
"""People a cell below which cells are too fine to be of use."""


@dataclass(frozen=True, eq=False)
class Built:
    """A cohort built from records.

    Attributes
    ----------
    given : the map.
    counted : the records reduced to cells, as they were before thin levels were joined.
    curves : declaration, cells, curves and hold-out: what pages on curves take.
    histogram : people by number of reoffences; None where they were not counted.
    said : sentences on levels joined, terms dropped, rows left out, and how fine the cells are.
    may_disclose : whether small cells and counts are in it as they were, and not joined.
    """

    given: RecordsMap
    counted: Counted
    curves: RiskCurves
    histogram: Histogram | None
    said: tuple[str, ...]
    may_disclose: bool

    @cached_property
    def cohort(self) -> Cohort:
        """The people, ready to price, under the name of their declaration."""
        return ready(self.curves, self.curves.declaration.name, self.counted.digest)


@dataclass(frozen=True, eq=False)
class Settled:
    """Cells whose every level can carry a term, with what was said on the way.

    ``smallest`` above 0: no cell and no count under it is left in them.
    """

    counted: Counted
    given: RecordsMap
    cells: Cells
    histogram: Histogram | None
    said: tuple[str, ...]
    smallest: int = 0


def build(counted: Counted, given: RecordsMap, name: str, progress: Progress = unheard) -> Built:
    """Fit the curves on counted records, under a ``name`` as folders have it.

    Raises
    ------
    RecordsError : rows are wrong that the map does not settle, or there is too little to fit.
    """
    return fit(settled(counted, given), name, progress)


def settled(counted: Counted, given: RecordsMap) -> Settled:
    """Counted records with levels that can carry a term; raises RecordsError as :func:`build` does."""
    refuse(counted.refused)
    check_enough(counted.cells)
    cells, dropped = settle(counted.cells, given.factors)
    return Settled(counted, given, cells, counted.histogram, said(counted, given, cells, dropped))


def fit(settled: Settled, name: str, progress: Progress = unheard) -> Built:
    """Curves and hold-out of settled cells; raises RecordsError where they cannot be fitted."""
    from pricing.people.fitting import check, fit_curves  # noqa: PLC0415 - a second that only those pay who fit

    cells, histogram = settled.cells, settled.histogram
    try:
        progress("fitting curves", 0.0)
        curves = fit_curves(cells, histogram)
        progress("fitting curves", 0.55)
        hold_out = check(cells, histogram)
        progress("fitting curves", 1.0)
    except DataError as problem:
        raise RecordsError(f"No curve could be fitted: {problem}") from None
    fitted = RiskCurves(declaration(settled, name), cells, curves, hold_out)
    return Built(settled.given, settled.counted, fitted, histogram, settled.said, may_disclose=not settled.smallest)


def refuse(wrong: Sequence[flaws.Flaw]) -> None:
    """Raise RecordsError that names all that is wrong."""
    if wrong:
        raise RecordsError(
            f"Nothing was built: {flaws.sentences(wrong)}. Mend the map or the records, or leave such rows out "
            "(wrong = “leave_out” in the map)."
        )


def said(counted: Counted, given: RecordsMap, cells: Cells, dropped: Sequence[str]) -> tuple[str, ...]:
    """Sentences, without full stops, on what was read, settled and dropped."""
    kept = "that the map keeps " if given.keep else ""
    lines = [f"{counted.rows:,} rows {kept}were read, {counted.left_out:,} of them left out"]
    lines += [flaw.words for flaw in counted.wrong]
    lines += dropped
    return (*lines, summed_up(cells))


def summed_up(cells: Cells) -> str:
    """How many people are in how many cells, and advice where cells are too fine to be of use."""
    people, number = float(cells.people.sum()), len(cells.people)
    finer = "; band factors more coarsely" if people < FEW_IN_CELL * number else ""
    return f"{people:,.0f} people are in {number:,} cells, {people / number:,.1f} people each on average{finer}"


def declaration(settled: Settled, name: str) -> Declaration:
    """What ``cohort.toml`` will say."""
    given, smallest = settled.given, settled.smallest
    small = f"Cells of under {smallest} people were joined with their neighbours." if smallest else DISCLOSES
    return Declaration(
        name=name,
        label=given.label,
        outcome=given.outcome,
        follow_up=given.follow_up,
        synthetic=False,
        caution=given.caution if smallest else f"{given.caution} {DISCLOSES}",
        notes=(*given.notes, *(f"{line}." for line in settled.said), *([small] if smallest else [])),
        limits=(),
        country=given.country,
        area_map=None if given.places is None else AreaMap(given.places.area, name, given.places.start),
        no_map="" if given.places is not None else NO_MAP,
        race="",
        factors=settled.cells.factors,
        area_odds_ratios={},
        implied_alpha=given.outcomes.implied_alpha if not given.counted else None,
        equal_severity=given.outcomes.equal_severity if not given.outcomes.harm else None,
    )
