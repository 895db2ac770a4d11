"""People cut into slices that stand for whole clients, alike within each."""

from dataclasses import dataclass

import numpy as np

from pricing.people.arrays import FloatArray, IntArray
from pricing.resources.pause import pause

CellWeights = tuple[IntArray, FloatArray]
"""The cells that a slice has people of, and how many of each, (cells,)."""


@dataclass(frozen=True, eq=False)
class Slices:
    """Slices of people: entry j puts ``weight`` people of ``cell`` into segment ``code``; all (entries,).

    ``people`` (segments,) is how many clients each segment stands for, or is expected to where they are drawn.
    """

    cell: IntArray
    weight: FloatArray
    code: IntArray
    people: FloatArray

    def mean(self, values: FloatArray, per: FloatArray | None = None) -> FloatArray:
        """Mean of ``values`` (cells,) in each segment, weighted by ``per`` (cells,) as well; 0 where that is 0."""
        weight = self.weight if per is None else self.weight * per[self.cell]
        whole = np.bincount(self.code, weights=weight)
        part = np.bincount(self.code, weights=weight * values[self.cell])
        return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def drawn(people: FloatArray, keys: list[FloatArray], number: int, most: int) -> Slices:
    """At most ``most`` segments from which ``number`` clients are drawn; few kinds of ``people`` (cells,) stay as is.

    Cut again and again, where most of the spread of ``keys`` is left (each in its own standard deviations), at the mean
    of the key that spreads most there. How many clients each segment is expected to send need not be whole, so that
    those who are unlike the rest may have one of their own.
    """
    cells = np.flatnonzero(people > 0)
    share = people[cells] / people[cells].sum()
    spreads = [float(np.sqrt(np.cov(key[cells], aweights=share, ddof=0))) for key in keys]
    scaled = [key[cells] / s for key, s in zip(keys, spreads, strict=True) if s > 1e-9 * np.abs(key).max()]
    code = np.arange(len(cells))
    if len(cells) > most:
        code = split(np.array(scaled), share, most) if scaled else np.zeros_like(cells)
    come = number * np.bincount(code, weights=share).astype(np.float64)
    return Slices(cells, people[cells], code, come)


def split(keys: FloatArray, share: FloatArray, most: int) -> IntArray:
    """The segment of each cell, (cells,), for ``keys`` (keys, cells) and the ``share`` of people in each cell."""
    code = np.zeros(len(share), dtype=np.int64)
    left = [spread_within(keys, share)]
    while len(left) < most and max(within.max() for within in left) > 0:
        pause()
        at = int(np.argmax([within.max() for within in left]))
        inside = np.flatnonzero(code == at)
        key = keys[int(np.argmax(left[at])), inside]
        # Rounded, so that the last digit, which may differ between machines, moves nobody across a cut.
        above = inside[np.round(key - np.average(key, weights=share[inside]), 6) > 0]
        if not len(above):
            left[at] = np.zeros(len(keys))
            continue
        code[above] = len(left)
        left[at] = spread_within(keys[:, code == at], share[code == at])
        left.append(spread_within(keys[:, above], share[above]))
    return code


def spread_within(keys: FloatArray, share: FloatArray) -> FloatArray:
    """Sum of squares of each key about its mean, (keys,); what the last digits leave over is nothing."""
    whole = share.sum()
    mean = keys @ share / whole
    found = ((keys - mean[:, None]) ** 2) @ share
    return np.where(found > 1e-12 * whole * (keys**2).max(axis=1), found, 0.0)


def cut(people: FloatArray, keys: list[FloatArray], number: int, most: int) -> Slices:
    """Cut ``people`` (cells,) into segments that stand for whole clients, ``number`` in all and alike by ``keys``.

    Halved again and again where a key, in its standard deviations over everyone, spreads most. A cell on a cut goes to
    both sides in part, so that each segment holds just the share of people that its clients are of all clients.
    """
    cells = np.flatnonzero(people > 0)
    spreads = [np.sqrt(np.cov(key[cells], aweights=people[cells], ddof=0)) for key in keys]
    # Rounded, so that the last digit, which may differ between machines, moves nobody across a cut.
    scaled = [np.round(k / s, 9) for k, s in zip(keys, spreads, strict=True) if s > 1e-9 * np.abs(k).max()]
    todo = [(cells, people[cells], number, min(most, number))]
    done: list[tuple[IntArray, FloatArray, int]] = []
    while todo:
        pause()
        cell, weight, clients, segments = todo.pop()
        if segments == 1:
            done.append((cell, weight, clients))
            continue
        few = segments // 2
        first = min(max(round(clients * few / segments), few), clients - (segments - few))
        below, above = halved(cell, weight, scaled, first / clients)
        todo += [(*above, clients - first, segments - few), (*below, first, few)]
    return Slices(
        cell=np.concatenate([cell for cell, _, _ in done]),
        weight=np.concatenate([weight for _, weight, _ in done]),
        code=np.repeat(np.arange(len(done)), [len(cell) for cell, _, _ in done]),
        people=np.array([float(clients) for _, _, clients in done]),
    )


def halved(cell: IntArray, weight: FloatArray, keys: list[FloatArray], share: float) -> tuple[CellWeights, CellWeights]:
    """The ``share`` of people that is lowest on the key that spreads most, and the rest."""
    if keys:
        spread = [float(weight @ k[cell] ** 2) - float(weight @ k[cell]) ** 2 / float(weight.sum()) for k in keys]
        order = np.argsort(keys[int(np.argmax(spread))][cell], kind="stable")
        cell, weight = cell[order], weight[order]
    upto = np.cumsum(weight)
    at = upto[-1] * share
    j = min(int(np.searchsorted(upto, at)), len(cell) - 1)
    part = at - (upto[j] - weight[j])
    below = np.append(weight[:j], part)
    above = np.append(weight[j] - part, weight[j + 1 :])
    return (cell[: j + 1], below), (cell[j:], above)
