"""SQL, in DuckDB's dialect, that turns a row's columns into levels: whole numbers, or negative ones for what is wrong.

Each column enters once as text without outer spaces, null where nothing stands in it, and where a number is wanted
once as a double. Nothing is cast that was not matched first, so that no engine can fail on a value or tell it.
"""

from collections.abc import Callable, Mapping, Sequence

from pricing.people.records import flaws
from pricing.people.records.mapping.types import ByConditions, ByCut, ByValue, ByWhole, Condition, Reading

NUMBER = r"^[+-]?([0-9]{1,15}([.][0-9]{0,15})?|[.][0-9]{1,15})([eE][+-]?[0-9]{1,2})?$"
"""A number as it may stand in text; [.] since engines differ about backslashes."""
JOINED_FROM = 40
"""Values of one reading from which they are joined as a table and not listed in a CASE."""
TEXT, NUMERIC = "text", "number"
"""What a column holds where the records are."""


def identifier(name: str) -> str:
    """A name in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Text in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def listed(values: Sequence[str]) -> str:
    """Texts as the inside of IN (...)."""
    return ", ".join(literal(value) for value in values)


def double(value: float) -> str:
    """A number as a double: no engine then reads it as a decimal."""
    return f"CAST({value!r} AS DOUBLE)"


class Columns:
    """The columns that a query reads, each once as text ``x3`` and as number ``n3``, under names of its own.

    ``kinds`` says of each column whether the records hold numbers (``number``) or anything else (``text``).
    """

    def __init__(self, kinds: Mapping[str, str], missing: Sequence[str]) -> None:
        self._kinds, self._missing = kinds, tuple(missing)
        self._texts: dict[str, int] = {}
        self._numbers: dict[tuple[str, tuple[tuple[str, float], ...]], int] = {}
        self.joins: list[str] = []

    def text(self, column: str) -> str:
        """The name of the column's text."""
        return f"x{self._texts.setdefault(column, len(self._texts))}"

    def number(self, column: str, read: Mapping[str, float] | None = None) -> str:
        """The name of the column's number; ``read`` gives numbers for texts."""
        self.text(column)
        key = column, tuple((read or {}).items())
        return f"n{self._numbers.setdefault(key, len(self._numbers))}"

    def texts_sql(self) -> list[str]:
        """The columns as texts."""
        return [f"{self._as_text(column)} AS x{place}" for column, place in self._texts.items()]

    def numbers_sql(self) -> list[str]:
        """The numbers, read from the texts."""
        found = []
        for (column, read), place in self._numbers.items():
            text = self.text(column)
            given = " ".join(f"WHEN {text} = {literal(word)} THEN {double(value)}" for word, value in read)
            plain = f"WHEN REGEXP_MATCHES({text}, {literal(NUMBER)}) THEN CAST({text} AS DOUBLE)"
            found.append(f"CASE {given} {plain} END AS n{place}")
        return found

    def _as_text(self, column: str) -> str:
        name = identifier(column)
        if self._kinds.get(column) == NUMERIC:
            # 3.0 and 3 are one text on every engine; not-a-number is no value.
            value = f"CAST({name} AS DOUBLE)"
            whole = f"{value} = FLOOR({value}) AND ABS({value}) < 1e15"
            plain = f"CASE WHEN {whole} THEN CAST(CAST({name} AS BIGINT) AS VARCHAR) ELSE CAST({name} AS VARCHAR) END"
            empty = ["NaN", "nan"]
        else:
            plain, empty = f"TRIM(CAST({name} AS VARCHAR))", [""]
        return f"CASE WHEN {plain} IN ({listed([*empty, *self._missing])}) THEN NULL ELSE {plain} END"

    def joined(self, column: str, levels: Mapping[str, int]) -> str:
        """Join a table of values and levels; the name of the level, null where the value is not in it."""
        name = f"v{len(self.joins)}"
        rows = ", ".join(f"({literal(value)}, {level})" for value, level in levels.items())
        self.joins.append(f"LEFT JOIN (VALUES {rows}) AS {name}(k, c) ON {self.text(column)} = {name}.k")
        return f"{name}.c"


def level(reading: Reading, columns: Columns) -> str:
    """The level that a reading gives, as an expression."""
    return WAYS[type(reading)](reading, columns)


def _by_value(reading: ByValue, columns: Columns) -> str:
    text = columns.text(reading.column)
    other = flaws.LACKING if reading.lookup else flaws.UNKNOWN
    head = f"CASE WHEN {text} IS NULL THEN {flaws.MISSING}"
    if len(reading.levels) >= JOINED_FROM:
        return f"{head} ELSE COALESCE({columns.joined(reading.column, reading.levels)}, {other}) END"
    by_level: dict[int, list[str]] = {}
    for value, code in reading.levels.items():
        by_level.setdefault(code, []).append(value)
    cases = " ".join(f"WHEN {text} IN ({listed(values)}) THEN {code}" for code, values in by_level.items())
    return f"{head} {cases} ELSE {other} END"


def _head(column: str, number: str, columns: Columns) -> str:
    return f"CASE WHEN {columns.text(column)} IS NULL THEN {flaws.MISSING} WHEN {number} IS NULL THEN {flaws.UNREAD}"


def _by_cut(reading: ByCut, columns: Columns) -> str:
    number = columns.number(reading.column, reading.read)
    codes = [flaws.OUTSIDE, *range(len(reading.cuts) - 1)]
    cases = " ".join(
        f"WHEN {number} < {double(cut)} THEN {code}" for cut, code in zip(reading.cuts, codes, strict=True)
    )
    return f"{_head(reading.column, number, columns)} {cases} ELSE {len(reading.cuts) - 1} END"


def _by_whole(reading: ByWhole, columns: Columns) -> str:
    number = columns.number(reading.column, reading.read)
    above = reading.last - reading.first if reading.capped else flaws.OUTSIDE
    return (
        f"{_head(reading.column, number, columns)} WHEN {number} <> FLOOR({number}) THEN {flaws.UNREAD}"
        f" WHEN {number} < {double(reading.first)} THEN {flaws.OUTSIDE}"
        f" WHEN {number} > {double(reading.last)} THEN {above}"
        f" ELSE CAST({number} AS INTEGER) - {reading.first} END"
    )


def truth(condition: Condition, columns: Columns) -> str:
    """A condition as 1, 0, or negative where it cannot be told."""
    text = columns.text(condition.column)
    if condition.values:
        yes = f"{text} IN ({listed(condition.values)})"
        return f"CASE WHEN {text} IS NULL THEN {flaws.MISSING} WHEN {yes} THEN 1 ELSE 0 END"
    number = columns.number(condition.column)
    signs = {">=": condition.at_least, "<=": condition.at_most, ">": condition.over, "<": condition.under}
    within = " AND ".join(f"{number} {sign} {double(bound)}" for sign, bound in signs.items() if bound is not None)
    return f"{_head(condition.column, number, columns)} WHEN {within} THEN 1 ELSE 0 END"


def _by_conditions(reading: ByConditions, columns: Columns) -> str:
    """One that settles it settles it, whatever the others are; else what cannot be told is told."""
    each = [truth(condition, columns) for condition in reading.conditions]
    settles = 0 if reading.every else 1

    def some(code: int) -> str:
        return f"WHEN {' OR '.join(f'({one}) = {code}' for one in each)} THEN {code}"

    return f"CASE {some(settles)} {some(flaws.UNREAD)} {some(flaws.MISSING)} ELSE {1 - settles} END"


WAYS: Mapping[type, Callable[..., str]] = {
    ByValue: _by_value,
    ByCut: _by_cut,
    ByWhole: _by_whole,
    ByConditions: _by_conditions,
}
