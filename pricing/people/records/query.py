"""The query that reduces records to cells where they are: one GROUP BY, in DuckDB's dialect or another's.

Its answer has a column per factor, then ``side`` (0 fitted, 1 held out), ``outcome`` (reoffences, or 0 and 1 where they
were not counted), ``people`` and ``harm`` (in ten-thousandths of a day, so that sums are exact on every engine).
Negative numbers say what is wrong (`flaws`).
"""

from collections.abc import Mapping
from functools import lru_cache

from pricing.people.records import flaws
from pricing.people.records.levels_sql import Columns, double, identifier, level, literal, truth
from pricing.people.records.mapping.read import PEOPLE
from pricing.people.records.mapping.types import RecordsMap

PEOPLE_COLUMN, HARM_COLUMN, ROW = "people", "harm", "explorer_row"
HARM_UNITS = 10_000
MOST_HARM = 1_000_000
HEX = 8
"""Hexadecimal digits of the hash that decide who is held out."""
FIRST_ROWS = 5


def cells(given: RecordsMap, kinds: Mapping[str, str], source: str) -> str:
    """The query for a map; ``kinds`` by column (see `levels_sql.Columns`), ``source`` is what stands after FROM."""
    keys = ", ".join(identifier(key) for key in answer_keys(given))
    return (
        f"{_levels(given, kinds, source, numbered=False)} SELECT {keys}, COUNT(*) AS {PEOPLE_COLUMN},"
        f" SUM({HARM_COLUMN}) AS {HARM_COLUMN} FROM levels GROUP BY {keys}"
    )


def first_rows(given: RecordsMap, kinds: Mapping[str, str], source: str) -> str:
    """The numbers of the first rows of each kind of flaw: columns place (of the key), kind, and the number."""
    keys = answer_keys(given)
    wrong = " OR ".join(f"{identifier(key)} < 0" for key in keys)
    each = " UNION ALL ".join(
        f"SELECT {place} AS place, {identifier(key)} AS kind, {ROW} FROM flawed WHERE {identifier(key)} < 0"
        for place, key in enumerate(keys)
    )
    ranked = f"SELECT *, ROW_NUMBER() OVER (PARTITION BY place, kind ORDER BY {ROW}) AS nth FROM ({each}) AS each_flaw"
    return (
        f"{_levels(given, kinds, source, numbered=True)}, flawed AS (SELECT * FROM levels WHERE {wrong})"
        f" SELECT place, kind, {ROW} FROM ({ranked}) AS ranked WHERE nth <= {FIRST_ROWS} ORDER BY place, kind, {ROW}"
    )


@lru_cache(maxsize=16)
def translated(sql: str, dialect: str) -> str:
    """The query in another engine's dialect, by sqlglot's name of it."""
    import sqlglot  # noqa: PLC0415 - half a second that only those pay who ask for it

    return sqlglot.transpile(sql, read="duckdb", write=dialect, pretty=True)[0]


def answer_keys(given: RecordsMap) -> tuple[str, ...]:
    """The columns that the answer is grouped by."""
    return (*(one.factor.key for one in given.factors), flaws.SIDE, flaws.OUTCOME)


def _levels(given: RecordsMap, kinds: Mapping[str, str], source: str, *, numbered: bool) -> str:
    """WITH ... levels: one row per record kept."""
    columns = Columns(kinds, given.missing)
    selected = [f"{level(one.reading, columns)} AS {identifier(one.factor.key)}" for one in given.factors]
    selected += [f"{_side(given, columns)} AS {flaws.SIDE}", f"{_outcome(given, columns)} AS {flaws.OUTCOME}"]
    selected.append(f"{_harm(given, columns)} AS {HARM_COLUMN}")
    where = _kept(given, columns)
    if numbered:
        selected.append(ROW)
    row = [_row(given)] if numbered else []
    twice = _twice(given, kinds, source, columns)
    numbers, joins = columns.numbers_sql(), " ".join(columns.joins)
    tables = [
        f"texts AS (SELECT {', '.join([*columns.texts_sql(), *row])} FROM {source})",
        f"numbers AS (SELECT {', '.join(['*', *numbers])} FROM texts)",
        *([f"twice AS ({twice[0]})"] if twice else []),
        f"levels AS (SELECT {', '.join(selected)} FROM numbers {joins} {twice[1] if twice else ''}{where})",
    ]
    return f"WITH {', '.join(tables)}"


def _row(given: RecordsMap) -> str:
    """The row's own number, where a column holds it; an engine that numbers rows puts it under that name."""
    if not given.number:
        return ROW
    text = f"CAST({identifier(given.number)} AS VARCHAR)"
    return f"CASE WHEN REGEXP_MATCHES({text}, '^[0-9]{{1,15}}$') THEN CAST({text} AS BIGINT) END AS {ROW}"


def _twice(given: RecordsMap, kinds: Mapping[str, str], source: str, columns: Columns) -> tuple[str, str] | None:
    """Who stands more than once (in a period): the query, and how it is joined; None where nobody can be told apart.

    It reads the source by itself and only what it needs: an engine would keep in memory whatever is read twice.
    """
    if not given.person:
        return None
    own = Columns(kinds, given.missing)
    person, kept = own.text(given.person), _kept(given, own)
    who, on = [f"{person} AS who"], f"{columns.text(given.person)} = twice.who"
    if given.period:
        who.append(f"COALESCE({own.text(given.period)}, '') AS span")
        on += f" AND COALESCE({columns.text(given.period)}, '') = twice.span"
    texts = f"(SELECT {', '.join(own.texts_sql())} FROM {source}) AS own_texts"
    numbers = f"(SELECT {', '.join(['*', *own.numbers_sql()])} FROM {texts}) AS own_numbers"
    groups = ", ".join(one.rpartition(" AS ")[0] for one in who)
    query = f"SELECT {', '.join(who)} FROM {numbers}{kept} GROUP BY {groups} HAVING COUNT(*) > 1"
    return query, f"LEFT JOIN twice ON {on}"


def _kept(given: RecordsMap, columns: Columns) -> str:
    """WHERE ... for the rows that the map keeps; empty where it keeps all."""
    found = " AND ".join(f"({truth(condition, columns)}) = 1" for condition in given.keep)
    return f" WHERE {found}" if found else ""


def threshold(share: float) -> str:
    """The hexadecimal digits under which a hash is held out."""
    return f"{round(share * 16**HEX):0{HEX}x}"


def _side(given: RecordsMap, columns: Columns) -> str:
    if not given.person:
        return "0"
    person, rule = columns.text(given.person), given.hold_out
    digits = f"SUBSTRING(MD5({literal(rule.seed + ':')} || {person}), 1, {HEX})"
    held = f"CASE WHEN {digits} < {literal(threshold(rule.share))} THEN 1 ELSE 0 END" if rule.by == PEOPLE else "0"
    return (
        f"CASE WHEN {person} IS NULL THEN {flaws.NO_PERSON} WHEN twice.who IS NOT NULL THEN {flaws.TWICE}"
        f" ELSE {held} END"
    )


def _outcome(given: RecordsMap, columns: Columns) -> str:
    """Reoffences, or 0 and 1; negative for the first thing that is wrong."""
    said = f"({level(given.outcomes.reoffended, columns)})"
    cases = [f"WHEN {said} < 0 THEN {said}"]
    if not given.counted:
        return f"CASE {' '.join(cases)} ELSE {said} END"
    text, number = columns.text(given.outcomes.reoffences), columns.number(given.outcomes.reoffences)
    cases += [
        f"WHEN {text} IS NULL THEN {flaws.NO_COUNT}",
        f"WHEN {number} IS NULL OR {number} <> FLOOR({number}) OR {number} < 0 THEN {flaws.UNREAD_COUNT}",
        f"WHEN {number} > {double(given.outcomes.most)} THEN {flaws.TOO_MANY}",
        f"WHEN {said} = 0 AND {number} > 0 THEN {flaws.COUNT_WITHOUT}",
        f"WHEN {said} = 1 AND {number} = 0 THEN {flaws.NONE_WITH}",
    ]
    if given.outcomes.harm:
        harm, days = columns.text(given.outcomes.harm), columns.number(given.outcomes.harm)
        cases += [
            f"WHEN {harm} IS NULL AND {number} > 0 THEN {flaws.NO_HARM}",
            f"WHEN {harm} IS NOT NULL AND ({days} IS NULL OR {days} < 0 OR {days} > {double(MOST_HARM)})"
            f" THEN {flaws.UNREAD_HARM}",
            f"WHEN {days} > 0 AND {number} = 0 THEN {flaws.HARM_WITHOUT}",
        ]
    return f"CASE {' '.join(cases)} ELSE CAST({number} AS INTEGER) END"


def _harm(given: RecordsMap, columns: Columns) -> str:
    """Harm in whole units, 0 where there is none or it cannot be read."""
    if not given.outcomes.harm:
        return "0"
    days = columns.number(given.outcomes.harm)
    sound = f"{days} >= 0 AND {days} <= {double(MOST_HARM)}"
    return f"CASE WHEN {sound} THEN CAST(FLOOR({days} * {double(HARM_UNITS)} + {double(0.5)}) AS BIGINT) ELSE 0 END"
