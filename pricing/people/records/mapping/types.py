"""What a map says: how each column of some records becomes the level of a factor, or an outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pricing.people.cells import Factor

REFUSE, LEAVE_OUT, NOT_KNOWN, AS_NO = "refuse", "leave_out", "not_known", "no"
WRONG = (REFUSE, LEAVE_OUT)
"""What becomes of a row that is wrong: nothing is built, or the row is left out and counted."""
NOT_KNOWN_LABEL = "Not known"


@dataclass(frozen=True)
class Condition:
    """A test of one column, true or false: its text is one of ``values``, or its number is within all bounds.

    A bound is None where it is not set; ``at_least`` and ``at_most`` include their own value.
    """

    column: str
    values: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    over: float | None = None
    under: float | None = None


@dataclass(frozen=True)
class ByValue:
    """The level by the column's text; ``lookup`` names the table whose codes these are, empty where it is none."""

    column: str
    levels: Mapping[str, int]
    lookup: str = ""


@dataclass(frozen=True)
class ByCut:
    """The level by the column's number: level k from ``cuts[k]`` to under ``cuts[k + 1]``, the last without end.

    ``read`` gives the number that a text stands for, as 10 for "10 or more".
    """

    column: str
    cuts: tuple[float, ...]
    read: Mapping[str, float]


@dataclass(frozen=True)
class ByWhole:
    """The level by a whole number from ``first``, which is level 0, to ``last``; ``capped``: more counts as last."""

    column: str
    first: int
    last: int
    capped: bool
    read: Mapping[str, float]


@dataclass(frozen=True)
class ByConditions:
    """Level 1 where any condition holds (or every one), else 0."""

    conditions: tuple[Condition, ...]
    every: bool


Reading = ByValue | ByCut | ByWhole | ByConditions


@dataclass(frozen=True)
class FactorMap:
    """A factor and how its level is read; ``wrong`` is what becomes of a row in which it cannot be."""

    factor: Factor
    reading: Reading
    wrong: str

    @property
    def ordered(self) -> bool:
        """Whether neighbouring levels are alike, so that small cells may be joined along them."""
        return isinstance(self.reading, ByCut | ByWhole) or self.factor.kind == "decile"


@dataclass(frozen=True)
class Outcomes:
    """How outcomes are read.

    ``reoffended`` gives level 1 or 0. ``reoffences`` and ``harm`` name the columns of counts and of harm-index days,
    empty where there is none; ``most`` is the largest count believed. ``implied_alpha`` and ``equal_severity`` stand
    in for what was not counted.
    """

    reoffended: ByValue | ByConditions
    reoffences: str = ""
    most: int = 1000
    harm: str = ""
    implied_alpha: float | None = None
    equal_severity: float | None = None


@dataclass(frozen=True)
class HoldOutRule:
    """Who is kept out of the fit that is checked: a share of people, or of cells, by a hash with this seed."""

    by: str
    share: float
    seed: str


@dataclass(frozen=True, eq=False)
class PlacesMap:
    """Where a cohort's people live.

    Attributes
    ----------
    area : the name of the whole. start : the borough that is shown first; empty: the first.
    rows : the table of deprivation, a row for each neighbourhood, under the explorer's own column names.
    shapes : by neighbourhood: its GeoJSON geometry, in degrees or in metres.
    """

    area: str
    start: str
    rows: tuple[Mapping[str, str], ...]
    shapes: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class RecordsMap:
    """A whole map; ``text`` is the TOML that it was read from.

    ``person``, ``period`` and ``number`` name columns (empty: none): who a row is about, the period in which a person
    may stand once, and the row's own number. ``missing`` are texts that stand for no value; ``keep`` the conditions
    that a row meets, all of them, to be counted; ``wrong`` what becomes of a row that is wrong;
    ``places`` where people live, with shapes, None without.
    """

    label: str
    outcome: str
    follow_up: str
    caution: str
    country: str
    notes: tuple[str, ...]
    person: str
    period: str
    number: str
    missing: tuple[str, ...]
    keep: tuple[Condition, ...]
    wrong: str
    outcomes: Outcomes
    hold_out: HoldOutRule
    factors: tuple[FactorMap, ...]
    text: str
    places: PlacesMap | None = None

    @property
    def counted(self) -> bool:
        """Whether reoffences were counted."""
        return bool(self.outcomes.reoffences)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the map names, once."""
        named = [self.person, self.period, self.number, self.outcomes.reoffences, self.outcomes.harm]
        readings: list[Reading] = [self.outcomes.reoffended, *(one.reading for one in self.factors)]
        named += [condition.column for condition in self.keep]
        for reading in readings:
            if isinstance(reading, ByConditions):
                named += [condition.column for condition in reading.conditions]
            else:
                named.append(reading.column)
        return tuple(dict.fromkeys(name for name in named if name))
