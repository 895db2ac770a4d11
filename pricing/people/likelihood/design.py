"""The design matrix of a curve, known by its levels and never written out whole. Needs numpy only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Design:
    """An intercept and, for each factor, a row of a table by level.

    Attributes
    ----------
    rows : by factor: what each level puts into the design, (levels, columns); columns follow the intercept in order.
    codes : by factor: the level of each cell, (cells,).
    """

    rows: Mapping[str, FloatArray]
    codes: Mapping[str, IntArray]

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.codes[next(iter(self.rows))])

    @property
    def terms(self) -> int:
        """Number of columns, the intercept among them."""
        return 1 + sum(int(rows.shape[1]) for rows in self.rows.values())

    def spans(self) -> Iterator[tuple[str, slice]]:
        """Each factor and its columns."""
        start = 1
        for key, rows in self.rows.items():
            yield key, slice(start, start + rows.shape[1])
            start += rows.shape[1]

    def times(self, coefficients: FloatArray) -> FloatArray:
        """The linear predictor, (cells,), of ``coefficients`` (terms,)."""
        found = np.full(self.cells, coefficients[0])
        for key, span in self.spans():
            found += (self.rows[key] @ coefficients[span])[self.codes[key]]
        return found

    def sums(self, values: FloatArray, group: IntArray | None = None, groups: int = 1) -> FloatArray:
        """Sums of design rows times ``values`` (cells,) over the cells of each group, (groups, terms).

        ``group`` (cells,) is each cell's; without it there is one.
        """
        at = np.zeros(1, dtype=np.int64) if group is None else group
        found = np.empty((groups, self.terms))
        found[:, 0] = np.bincount(np.broadcast_to(at, values.shape), values, groups)
        for key, span in self.spans():
            levels = len(self.rows[key])
            by_level = np.bincount(at * levels + self.codes[key], values, groups * levels)
            found[:, span] = by_level.reshape(groups, levels) @ self.rows[key]
        return found

    def gram(self, weights: FloatArray) -> FloatArray:
        """Sum over cells of ``weights`` (cells,) times the outer product of the design row, (terms, terms).

        From the sums of weights at each pair of levels, so that it costs as much for a factor of many columns as for
        one of few, and holds one number a cell.
        """
        found = np.empty((self.terms, self.terms))
        found[0] = found[:, 0] = self.sums(weights)[0]
        spans = list(self.spans())
        for place, (key, span) in enumerate(spans):
            rows, codes = self.rows[key], self.codes[key]
            at_level = np.bincount(codes, weights, len(rows))
            found[span, span] = rows.T @ (rows * at_level[:, np.newaxis])
            for other, beside in spans[place + 1 :]:
                levels = len(self.rows[other])
                pairs = np.bincount(codes * levels + self.codes[other], weights, len(rows) * levels)
                found[span, beside] = rows.T @ pairs.reshape(len(rows), levels) @ self.rows[other]
                found[beside, span] = found[span, beside].T
        return found
