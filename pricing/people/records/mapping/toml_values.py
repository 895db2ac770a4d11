"""Values of a map as TOML gives them, taken with their type; every mistake is noted, none raised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

from pricing.people.records.mapping.types import ByValue, Condition

BOUNDS = {"from": "at_least", "to": "at_most", "over": "over", "under": "under"}
"""A condition's bounds: the words in the map, and the fields."""
LARGEST = 1e15
"""The largest number, either way, that a map may name."""


def as_text(value: object) -> str | None:
    """A value of a column as text: words, a number or true and false; None for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip(" ") if isinstance(value, str | int | float) else None


def is_number(value: object) -> bool:
    """Whether a value is a number that a level can be told by: neither infinite nor not-a-number."""
    return type(value) in (int, float) and -LARGEST <= cast(float, value) <= LARGEST


@dataclass
class Table:
    """A table of the map, what it is called in a sentence, and the list that mistakes in it are added to."""

    raw: Mapping[str, Any]
    where: str
    mistakes: list[str]
    known: set[str] = field(default_factory=set)

    def wrong(self, what: str) -> None:
        """Note a mistake."""
        self.mistakes.append(f"{self.where}: {what}")

    def words(self, key: str, usual: str | None = None) -> str:
        """Words under ``key``; a mistake where they are missing without ``usual``, empty, or no words."""
        self.known.add(key)
        if key not in self.raw and usual is not None:
            return usual
        found = self.raw.get(key)
        if not isinstance(found, str) or not found.strip():
            self.wrong(f"{key} is missing" if found is None else f"{key} should be words in quotes")
            return ""
        return found.strip()

    def number(self, key: str, low: float, high: float, usual: float | None = None) -> float | None:
        """A number from ``low`` to ``high``; ``usual`` where it is not set."""
        self.known.add(key)
        found = self.raw.get(key, usual)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or not low <= found <= high:
            self.wrong(f"{key} should be a number from {low:g} to {high:g}")
            return usual
        return float(found)

    def whole(self, key: str, low: int, high: int, usual: int) -> int:
        """A whole number from ``low`` to ``high``."""
        found = self.number(key, low, high, usual)
        if found is None or found != int(found):
            self.wrong(f"{key} should be a whole number")
            return usual
        return int(found)

    def one_of(self, key: str, choices: Iterable[str], usual: str) -> str:
        """One of the choices."""
        found = self.words(key, usual)
        if found and found not in choices:
            self.wrong(f"{key} should be one of {', '.join(choices)}")
            return usual
        return found or usual

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of values as texts; empty where it is not set."""
        self.known.add(key)
        found = self.raw.get(key, [])
        texts = [as_text(value) for value in found] if isinstance(found, list) else [None]
        if None in texts:
            self.wrong(f"{key} should be a list of values, as [1, 2] or ['a', 'b']")
            return ()
        return tuple(text for text in texts if text is not None)

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of rising numbers; empty where it is not set."""
        self.known.add(key)
        found = self.raw.get(key, [])
        plain = isinstance(found, list) and all(is_number(one) for one in found)
        if not plain or any(a >= b for a, b in pairwise(found)):
            self.wrong(f"{key} should be a list of rising numbers")
            return ()
        return tuple(float(one) for one in found)

    def numbers_of(self, key: str) -> dict[str, float]:
        """Texts and the numbers that they stand for."""
        self.known.add(key)
        found = self.raw.get(key, {})
        if not isinstance(found, dict) or not all(map(is_number, found.values())):
            self.wrong(f"{key} should give numbers for texts, as {{'10 or more' = 10}}")
            return {}
        return {text.strip(" "): float(one) for text, one in found.items()}

    def tables(self, key: str) -> list["Table"]:
        """A list of tables; empty where it is not set."""
        self.known.add(key)
        found = self.raw.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.wrong(f"{key} should be a list of tables, as [{{column = 'a', from = 1}}]")
            return []
        return [Table(one, f"{self.where}, {key} {place}", self.mistakes) for place, one in enumerate(found, 1)]

    def table(self, key: str) -> "Table":
        """A table; empty where it is not set."""
        self.known.add(key)
        found = self.raw.get(key, {})
        if not isinstance(found, dict):
            self.wrong(f"{key} should be a table")
            found = {}
        return Table(found, key if not self.where else f"{self.where}, {key}", self.mistakes)

    def done(self) -> None:
        """Note every key that nothing asked for."""
        for key in self.raw:
            if key not in self.known:
                self.wrong(f"{key} is not known; there are {', '.join(sorted(self.known))}")

    def yes_no(self) -> ByValue:
        """Level 1 or 0 by the values of one column; its other keys are left to the caller."""
        column, yes, no = self.words("column"), self.texts("yes"), self.texts("no")
        if not (yes and no) or set(yes) & set(no):
            self.wrong("yes and no should both list values, and share none")
        return ByValue(column, {**dict.fromkeys(no, 0), **dict.fromkeys(yes, 1)})

    def condition(self) -> Condition:
        """The table as a condition on one column."""
        values = self.texts("in")
        bounds = {name: self.number(word, -LARGEST, LARGEST) for word, name in BOUNDS.items()}
        if bool(values) == any(bound is not None for bound in bounds.values()):
            self.wrong("say either in = [...], or from, to, over or under")
        found = Condition(self.words("column"), values, **bounds)
        self.done()
        return found
