"""What a parameter is: its words, its range, its origin, and how a value from outside is checked."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, cast

from pricing.errors import ParameterError

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)

COUNTED = ("people", "providers", "needs", "tenths", "years")
"""Units of which there is no half: a link or a command that asks for one is refused."""

LONGEST = 60
"""Characters of a name that a reader gives a scenario."""

Declared = Mapping[str, Any]
"""Some of the fields of a :class:`Spec`, by name."""


@dataclass(frozen=True)
class Spec:
    """What a parameter is. Numbers have ``low``, ``high``, ``step``; choices have ``choices`` (value -> words).

    ``unit`` is the domain unit (shares run from 0 to 1, money in £). ``origin`` is one of published, assumption
    or choice (a choice is the reader's to make: no value is more true than another). ``neutral`` makes a parameter a
    premium: the value at which it raises nobody's price above anybody else's; None for all other parameters.
    ``meant`` are values that stand for something other than their size, such as 0 for "no limit" -> words; they stand
    wherever the number is asked for or printed.
    """

    label: str
    help: str
    unit: str
    group: str
    origin: str
    source: str
    symbol: str = ""
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    neutral: float | None = None
    meant: Mapping[float, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def counted(self) -> bool:
        """Whether a reader can set whole numbers only."""
        return self.unit in COUNTED

    def worded(self, value: float | str) -> str:
        """The words that the declaration has for a value: of a choice, or for what a number stands for; "" if none."""
        return self.choices[value] if isinstance(value, str) else self.meant.get(value, "")

    @property
    def meanings(self) -> str:
        """What numbers stand for something other than their size, as "0: no limit"; "" where none does."""
        return "; ".join(f"{number:.9g}: {said}" for number, said in self.meant.items())

    @property
    def measured(self) -> str:
        """The unit, and what numbers stand for that do not stand for their size."""
        return "; ".join(filter(None, (self.unit, self.meanings)))

    @property
    def asked(self) -> str:
        """The label of a box for this number."""
        return f"{self.label} ({self.measured})"

    def parse(self, name: str, text: str) -> float | str:
        """Read a value from text that came from outside; raises ParameterError naming what and why."""
        if self.choices:
            return cast(str, self.check(name, text))
        if not NUMBER.fullmatch(text):
            raise ParameterError(f"{name}: {quoted(text)} is not a number.")
        if not math.isfinite(float(text)):
            raise ParameterError(f"{name}: {quoted(text)} is too large a number.")
        if self.counted and float(text) % 1:
            raise ParameterError(f"{name}: {quoted(text)} is not a whole number of {self.unit}.")
        return cast(float, self.check(name, float(text)))

    def check(self, name: str, value: object) -> float | str:
        """Return ``value`` if it is allowed (a number as float); raises ParameterError otherwise."""
        if self.choices:
            if not isinstance(value, str) or value not in self.choices:
                options = ", ".join(self.choices)
                raise ParameterError(f"{name}: {quoted(value)} is not one of: {options}.")
            return value
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ParameterError(f"{name}: {quoted(value)} is not a finite number.")
        if not self.low <= value <= self.high:
            ends = f"{self.low:.9g} to {self.high:.9g}"
            raise ParameterError(
                f"{name}: {repr(float(value) + 0.0).removesuffix('.0')} is outside {ends} ({self.unit})."
            )
        return float(value) + 0.0  # + 0.0 turns -0.0 into 0.0, so that one number has one text


def printable(value: object) -> str:
    """A text from outside on one line: printable characters only, at most 60 of them."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value)[:61])
    return text if len(text) <= 60 else text[:59] + "…"


def quoted(value: object) -> str:
    """Show a value from outside in a sentence."""
    return f"“{printable(value)}”"


def name_of(text: str) -> str:
    """A name as it is kept: composed (NFC), without spaces around it or runs of them.

    Raises ParameterError for an empty or long name, or for characters that do not print: control characters, and
    those that turn the direction of the text around them.
    """
    if not all(c.isprintable() or unicodedata.category(c) == "Zs" for c in text):
        raise ParameterError(f"The name {quoted(text)} holds a character that does not print; type it without.")
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    if not name:
        raise ParameterError("A name is empty: type one.")
    if len(name) > LONGEST:
        raise ParameterError(f"The name {quoted(name)} has {len(name)} characters; a name has at most {LONGEST}.")
    return name


def words(label: str, help_: str) -> Declared:
    """What a reader sees: the label, and one sentence of help."""
    return {"label": label, "help": help_}


def scale(default: float, low: float, high: float, step: float, unit: str) -> Declared:
    """A default and a range; ``step`` is the step of a slider, not a limit on values."""
    return {"default": default, "low": low, "high": high, "step": step, "unit": unit}


def meaning(range_: Declared, meant: Mapping[float, str]) -> Declared:
    """A range in which some numbers stand for something other than their size (number -> words)."""
    return {**range_, "meant": MappingProxyType(meant)}


def published(source: str) -> Declared:
    """The default is a published figure."""
    return {"origin": "published", "source": source}


def assumption(source: str = "Assumption.") -> Declared:
    """The default is an assumption; ``source`` says what it is based on, if anything."""
    return {"origin": "assumption", "source": source}


def preference(source: str) -> Declared:
    """The value is the reader's to choose: none is more true than another."""
    return {"origin": "choice", "source": source}


def number(
    text: Declared, range_: Declared, origin: Declared, *, group: str, symbol: str = "", neutral: float | None = None
) -> Any:
    """A dataclass field that holds a number; one with a ``neutral`` value is a premium."""
    given = {**text, **range_, **origin, "group": group, "symbol": symbol, "neutral": neutral}
    default, spec = given.pop("default"), Spec(**given)
    if spec.meant:
        spec = replace(spec, help=f"{spec.help} {spec.meanings}.")
    return field(default=default, metadata={"spec": spec})


def choice(
    text: Declared, default: str, choices: Mapping[str, str], origin: Declared, *, group: str, symbol: str = ""
) -> Any:
    """A dataclass field that holds one of ``choices`` (value -> words a reader sees)."""
    spec = {**text, **origin, "unit": "choice", "group": group, "symbol": symbol}
    return field(default=default, metadata={"spec": Spec(**spec, choices=MappingProxyType(choices))})
