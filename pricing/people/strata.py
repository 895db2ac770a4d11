"""Fewer, larger cells that stand for a cohort under every draw.

A hundred draws of 8,000 cells take half a second; of some 400 strata, a twentieth of that. Strata part people by the
number of needs, the deprivation tenth and the risk, as finely as their number allows. A group, however readers group
people, is a mix of strata. What is lost is measured in the tests of `how_sure`; none of it at the central values,
where `questions/how_sure` puts it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort

MOST = 600
"""Strata at most."""
CLASSES: Sequence[tuple[tuple[int, ...], tuple[int, ...], int]] = (
    *(((1, 2, 3, 4, 5), tuple(range(2, 11)), bands) for bands in (20, 14, 10, 7, 5, 3, 2)),
    ((2, 3), (3, 5, 7, 9), 5),
    ((2, 3), (3, 7), 3),
)
"""From fine to coarse: first needs and first deciles of each class after the first, and the number of risk bands.

All keep apart what a price may tell apart: three needs or more, and the two most deprived tenths.
"""
EVERY_NEED = (1, 2, 3, 4, 5)
CLASSES_BY_RATE: Sequence[tuple[tuple[int, ...], tuple[int, ...], int]] = (
    *((EVERY_NEED, tuple(range(2, 11)), bands) for bands in (20, 14, 10, 7, 5, 3, 2, 1)),
    (EVERY_NEED, (3, 5, 7, 9), 2),
    *((EVERY_NEED, deciles, 1) for deciles in ((3, 5, 7, 9), (3, 7))),
)
"""The same where one need is paid more than another: what needs count is kept apart, and risk as far as it can be."""


@dataclass(frozen=True, eq=False)
class RiskDraws:
    """Baseline risks of a cohort's cells, each (rows, cells): row 0 as fitted or given, then one row per draw.

    There is row 0 alone where the risks are a reader's own: nothing was fitted, so nothing is drawn.
    """

    probability: FloatArray
    rate: FloatArray
    severity: FloatArray


def given(cohort: Cohort) -> RiskDraws:
    """The risks of a cohort, taken as they are."""
    return RiskDraws(cohort.probability[np.newaxis], cohort.rate[np.newaxis], cohort.severity[np.newaxis])


@dataclass(frozen=True, eq=False)
class Strata:
    """A cohort reduced to strata.

    Attributes
    ----------
    people, needs : people in each stratum, and their mean number of needs; (strata,).
    needs_by_kind : their mean number of each kind of need, (strata, kinds); None where that is not known.
    deciles : by area index, their mean decile; (strata,).
    risks : baseline risks, (rows, strata); a row per draw after the central one, or the central one alone. A stratum's
        severity is that of all its reoffences.
    stratum : which stratum each cell is in, (cells,).
    """

    people: FloatArray
    needs: FloatArray
    deciles: dict[str, FloatArray]
    risks: RiskDraws
    stratum: IntArray
    needs_by_kind: FloatArray | None = None

    def stacked(self, rows: int) -> Cohort:
        """The strata ``rows`` times over, one below the other, each time with the next row of risks."""

        def tiled(values: FloatArray) -> FloatArray:
            return np.tile(values, rows)

        def filled(risk: FloatArray) -> FloatArray:
            return np.broadcast_to(risk, (rows, len(self.people))).ravel()

        return Cohort(
            name="strata",
            label="strata",
            caution="",
            notes=(),
            digest="",
            people=tiled(self.people),
            needs=tiled(self.needs),
            deciles={index: tiled(decile) for index, decile in self.deciles.items()},
            probability=filled(self.risks.probability),
            rate=filled(self.risks.rate),
            severity=filled(self.risks.severity),
            dimensions={},
            needs_by_kind=None if self.needs_by_kind is None else np.tile(self.needs_by_kind, (rows, 1)),
        )

    def pooled(self, values: FloatArray, cohort: Cohort, group: IntArray, groups: int) -> FloatArray:
        """Sums over the people of each group, (rows, groups), of ``values`` (rows, strata) that each of them has.

        ``group`` (cells,) is the code of each cell's group. Few strata meet a group, hence the sparse product.
        """
        members = csr_array((cohort.people, (group, self.stratum)), shape=(groups, len(self.people)))
        return np.asarray((members @ values.T).T)


def reduce(cohort: Cohort, risks: RiskDraws, index: str, most: int = MOST, rates: tuple[float, ...] = ()) -> Strata:
    """Strata by needs, decile of the area ``index``, risk, and what needs count where ``rates`` by kind differ."""
    stratum = np.unique(parted(cohort, index, most, rates), return_inverse=True)[1]
    order = np.argsort(stratum, kind="stable")
    starts = np.searchsorted(stratum[order], np.arange(stratum.max() + 1))

    def total(values: FloatArray) -> FloatArray:
        return np.add.reduceat(np.take(values, order, axis=-1), starts, axis=-1)

    people = total(cohort.people)
    rate, known = total(cohort.people * risks.rate), cohort.needs_by_kind
    return Strata(
        people=people,
        needs=total(cohort.people * cohort.needs) / people,
        deciles={name: total(cohort.people * decile) / people for name, decile in cohort.deciles.items()},
        risks=RiskDraws(
            probability=total(cohort.people * risks.probability) / people,
            rate=rate / people,
            severity=total(cohort.people * risks.rate * risks.severity) / rate,
        ),
        stratum=stratum,
        needs_by_kind=None if known is None else (total(cohort.people * known.T) / people).T,
    )


def take(people: Cohort, cells: IntArray) -> Cohort:
    """Only these ``cells`` of a stack, which has no dimensions."""
    return replace(
        people,
        people=people.people[cells],
        needs=people.needs[cells],
        needs_by_kind=None if people.needs_by_kind is None else people.needs_by_kind[cells],
        deciles={index: decile[cells] for index, decile in people.deciles.items()},
        probability=people.probability[cells],
        rate=people.rate[cells],
        severity=people.severity[cells],
    )


def counted_needs(cohort: Cohort, rates: tuple[float, ...]) -> IntArray:
    """Code of what each cell's needs count at ``rates`` by kind, (cells,); one for all where that is not known."""
    if not rates or cohort.needs_by_kind is None:
        return np.zeros(len(cohort.people), dtype=np.int64)
    return np.asarray(np.unique(np.round(cohort.needs_by_kind @ np.array(rates), 9), return_inverse=True)[1])


def parted(cohort: Cohort, index: str, most: int, rates: tuple[float, ...] = ()) -> IntArray:
    """Code of each cell's stratum, (cells,): the finest of CLASSES that makes at most ``most``, or the coarsest."""
    # Rounded, so that the last digit, which may differ between machines, moves nobody into another band.
    order = np.argsort(np.round(cohort.probability, 9), kind="stable")
    below = np.cumsum(cohort.people[order]) - cohort.people[order] / 2
    share = np.empty(len(order))
    share[order] = below / cohort.people.sum()
    counted = counted_needs(cohort, rates)
    codes, kinds = np.zeros(len(order), dtype=np.int64), int(counted.max()) + 1
    for needs, deciles, bands in CLASSES if kinds == 1 else CLASSES_BY_RATE:
        parts = (
            np.digitize(cohort.needs, needs),
            np.digitize(cohort.deciles[index], deciles),
            (bands * share).astype(np.int64),
            counted,
        )
        codes = np.ravel_multi_index(parts, (6, 10, bands, kinds))
        if len(np.unique(codes)) <= most:
            break
    return codes
