"""Somebody with a pencil: everything that subtraction, and counts being at least 0, can tell of what was hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from pricing.people.arrays import BoolArray, FloatArray

CLOSE = 1e-6
MOST_JOINED = 8
"""Hidden groups up to which every union of them is tried."""


@dataclass
class Attack:
    """Unknown counts of the finest groups (cells,), and what was published: sums over some of them."""

    cells: int
    sums: list[FloatArray] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def learn(self, members: FloatArray, value: float) -> None:
        """Take note of a published sum over ``members`` (cells,), 1 or 0."""
        self.sums.append(np.asarray(members, dtype=float).ravel())
        self.values.append(value)

    def most(self, members: FloatArray) -> float:
        """The most that a sum over ``members`` can be, given all that was published; inf where nothing limits it."""
        found = linprog(
            -np.asarray(members, dtype=float).ravel(), A_eq=np.array(self.sums), b_eq=self.values, method="highs"
        )
        return np.inf if found.fun is None else -float(found.fun)

    def left_open(self, members: FloatArray) -> FloatArray:
        """How far each of ``members`` (sums, cells) is from what additions and subtractions give, (sums,); 0: told."""
        _, sizes, rows = np.linalg.svd(np.array(self.sums), full_matrices=False)
        basis = rows[sizes > CLOSE]
        return np.asarray(np.linalg.norm(members - members @ basis.T @ basis, axis=1))


def unions(hidden: Sequence[FloatArray]) -> Iterator[FloatArray]:
    """Every union of up to eight hidden groups that do not overlap."""
    few = list(hidden)[:MOST_JOINED]
    for size in range(1, len(few) + 1):
        for joined in combinations(few, size):
            members = np.sum(joined, axis=0)
            if members.max() <= 1:
                yield members


def lines(shape: tuple[int, ...], axis: int) -> list[FloatArray]:
    """The members of each group of a table along ``axis``, each of ``shape``: its rows for 0, its columns for 1."""
    found = []
    for place in range(shape[axis]):
        members = np.zeros(shape)
        members[(slice(None),) * axis + (place,)] = 1
        found.append(members)
    return found


def given_back(people: FloatArray, parts: Sequence[tuple[Sequence[FloatArray], BoolArray]], limit: float) -> list[str]:
    """What is wrong with tables of the same ``people``: hidden small groups that are known to be under the limit.

    Each of ``parts`` are groups, by their members, and which of them were shown. The total of all is shown too, where
    it reaches the limit. Tried are the most that each hidden group can be, and every union that subtraction gives.
    """
    attack = Attack(people.size)
    if people.sum() >= limit:
        attack.learn(np.ones(people.shape), float(people.sum()))
    each = [
        (members, float(np.sum(people * members)), bool(visible))
        for groups, shown in parts
        for members, visible in zip(groups, np.ravel(shown), strict=True)
    ]
    for members, count, visible in each:
        if visible:
            attack.learn(members, count)
    wrong = [f"{count:g} is shown" for _, count, visible in each if visible and count < limit]
    hidden = [members for members, count, visible in each if not visible and count < limit]
    return wrong + (told(people, attack, hidden, limit) if attack.sums else [])


def told(people: FloatArray, attack: Attack, hidden: Sequence[FloatArray], limit: float) -> list[str]:
    """What an attack tells of ``hidden`` groups: which are known to be small, and which unions."""
    wrong = [
        f"{np.sum(people * members):g} is known to be under {limit:g}"
        for members in hidden
        if attack.most(members) < limit - CLOSE
    ]
    joined = np.array(list(unions(hidden))).reshape(-1, people.size)
    counts = joined @ people.ravel()
    return wrong + [
        f"{count:g} is told by subtraction"
        for count, open_ in zip(counts, attack.left_open(joined), strict=True)
        if count < limit and open_ < CLOSE
    ]
