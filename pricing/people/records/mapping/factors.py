"""The factors of a map: each kind with its own way to say the levels."""

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pricing.people.cells import Factor
from pricing.people.provenance import FOLDER
from pricing.people.records.mapping.toml_values import Table
from pricing.people.records.mapping.types import (
    AS_NO,
    LEAVE_OUT,
    NOT_KNOWN,
    NOT_KNOWN_LABEL,
    REFUSE,
    ByConditions,
    ByCut,
    ByValue,
    ByWhole,
    FactorMap,
    Reading,
)

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAKEN = ("held_out", "people", "reoffended", "reoffences", "reoffences_squared", "harm", "needs", "risk", "side")
SHIPPED = {"imd": FOLDER / "cohorts" / "greater_manchester" / "neighbourhoods.csv"}
"""Tables that a lookup may name without a file: ``imd`` holds the 1,702 neighbourhoods of Greater Manchester."""
TENTHS = tuple(str(tenth) for tenth in range(1, 11))
TENTH_LABELS = ("1 (most deprived)", *TENTHS[1:-1], "10 (least deprived)")
YES_NO = ("0", "1"), ("No", "Yes")
MOST_LEVELS, MOST_TOP = 5_000, 200
Read = tuple[Reading, tuple[str, ...], tuple[str, ...]]
"""How a level is read, the levels as cells.csv writes them, and their words."""


def read_factor(given: Table, wrong: str, beside: Path | None) -> FactorMap:
    """One factor; its mistakes are noted in ``given``. ``wrong`` is what becomes of rows unless it says otherwise."""
    key = given.words("key")
    given.where = f"factor {key or given.where}"
    if key and (not KEY.fullmatch(key) or key in TAKEN):
        given.wrong(f"key should be small letters, digits and _, and not {', '.join(TAKEN)}")
    kind = given.one_of("kind", tuple(KINDS), "category")
    reading, levels, labels = KINDS[kind](given, beside)
    bands = tuple(int(one) for one in given.numbers("bands")) if kind == "count" else ()
    if kind == "count" and (not bands or bands[0] != 0):
        given.wrong("bands should begin with 0, as [0, 1, 3, 6, 11, 21]")
    instead = {"category": (NOT_KNOWN,), "need": (AS_NO,)}.get(kind, ())
    wrong = given.one_of("wrong", (REFUSE, LEAVE_OUT, *instead), wrong)
    if wrong == NOT_KNOWN:
        levels, labels = (*levels, NOT_KNOWN), (*labels, NOT_KNOWN_LABEL)
    label = given.words("label", usual_label(key, kind))
    given.done()
    return FactorMap(Factor(key, label, kind, levels, labels, bands), reading, wrong)


def usual_label(key: str, kind: str) -> str:
    """What a factor is called unless a map says otherwise, as the built-in cohorts call theirs."""
    if key == "decile":
        return "Deprivation tenth"
    words = key.replace("_", " ").capitalize()
    return f"{words} need" if kind == "need" and not words.endswith(("need", "needs")) else words


def _category(given: Table, beside: Path | None) -> Read:
    cuts, read = given.numbers("cut"), given.numbers_of("read")
    if cuts:
        ends = [*cuts[1:], None]
        whole = all(cut == int(cut) for cut in cuts)
        bands = [_band(first, end, whole=whole) for first, end in zip(cuts, ends, strict=True)]
        levels = tuple(f"{first}-{end}" if end else f"{first}+" for first, end in bands)
        usual = tuple(_band_words(first, end, whole=whole) for first, end in bands)
        return ByCut(given.words("column"), cuts, read), levels, _labels(given, usual)
    return _by_values(given)


def _by_values(given: Table) -> Read:
    codes, levels = _values(given)
    return ByValue(given.words("column"), codes), levels, _labels(given, levels)


def _band(first: float, end: float | None, *, whole: bool) -> tuple[str, str]:
    """First and last of a band as text; the last of whole numbers is included, another is not."""
    if end is None:
        return f"{first:g}", ""
    return f"{first:g}", f"{end - 1:g}" if whole else f"{end:g}"


def _band_words(first: str, end: str, *, whole: bool) -> str:
    if not end:
        return f"{first} and over"
    if first == end:
        return first
    return f"{first} to {end}" if whole else f"{first} to under {end}"


def _values(given: Table) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """The level of each value, and the levels: ``levels`` are their own values, ``values`` lists those of each."""
    given.known |= {"levels", "values"}
    if "values" in given.raw:
        each = given.table("values")
        levels = tuple(each.raw)
        lists = {level: each.texts(level) for level in levels}
        texts = [(text, place) for place, level in enumerate(levels) for text in lists[level]]
    else:
        levels = given.texts("levels")
        texts = [(level, place) for place, level in enumerate(levels)]
    if not 2 <= len(levels) <= MOST_LEVELS or len({text for text, _ in texts}) != len(texts):
        given.wrong(
            f"say levels = ['a', 'b'], values = {{a = ['A'], b = ['B']}} or cut = [18, 21], with from 2 to "
            f"{MOST_LEVELS:,} levels and no value twice"
        )
    return dict(texts), levels


def _labels(given: Table, usual: tuple[str, ...]) -> tuple[str, ...]:
    labels = given.texts("labels") or usual
    if len(labels) != len(usual) or len(set(labels)) != len(labels):
        given.wrong(f"labels should be {len(usual)} different words")
        return usual
    return labels


def _count(given: Table, beside: Path | None) -> Read:
    top = given.whole("top", 1, MOST_TOP, 40)
    levels = tuple(str(number) for number in range(top + 1))
    reading = ByWhole(given.words("column"), 0, top, capped=True, read=given.numbers_of("read"))
    return reading, levels, (*levels[:-1], f"{top} or more")


def _need(given: Table, beside: Path | None) -> Read:
    given.known |= {"any", "all", "yes", "no", "column"}
    found = [name for name in ("any", "all", "yes") if name in given.raw]
    if len(found) != 1:
        given.wrong("say one of any = [...], all = [...], or column with yes = [...] and no = [...]")
    if "yes" in given.raw:
        return given.yes_no(), *YES_NO
    conditions = tuple(one.condition() for name in ("any", "all") for one in given.tables(name))
    if found and not conditions:
        given.wrong(f"{found[0]} should list at least one condition")
    return ByConditions(conditions, every="all" in given.raw), *YES_NO


def _decile(given: Table, beside: Path | None) -> Read:
    if "lookup" not in given.raw:
        return ByWhole(given.words("column"), 1, 10, capped=False, read={}), TENTHS, TENTH_LABELS
    column, name, codes = _lookup(given, beside)
    wrong = sorted({value for value in codes.values() if value not in TENTHS})
    if wrong:
        given.wrong(f"the table {name} has {len(wrong)} values that are not tenths from 1 to 10")
    return ByValue(column, {c: int(v) - 1 for c, v in codes.items() if v in TENTHS}, name), TENTHS, TENTH_LABELS


def _place(given: Table, beside: Path | None) -> Read:
    if "lookup" not in given.raw:
        return _by_values(given)
    column, name, codes = _lookup(given, beside)
    levels = tuple(sorted(set(codes.values()), key=in_order))
    place = {level: code for code, level in enumerate(levels)}
    return ByValue(column, {code: place[value] for code, value in codes.items()}, name), levels, levels


def in_order(value: str) -> tuple[int, str]:
    """Numbers by size, words by letter."""
    return (len(value), value) if value.isdigit() else (0, value)


def _lookup(given: Table, beside: Path | None) -> tuple[str, str, dict[str, str]]:
    """The column to look up, the table's name, and its value by code; mistakes noted where it cannot be used."""
    lookup = given.table("lookup")
    column, name, key, value = (lookup.words(word) for word in ("column", "table", "key", "value"))
    lookup.done()
    path = SHIPPED.get(name) or (beside / name if beside is not None and name == Path(name).name else None)
    if path is None:
        lookup.wrong(f"there is no table {name}: the name of a file beside the map, or {', '.join(SHIPPED)}")
        return column, name, {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(row[key].strip(" "), row[value].strip(" ")) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error, AttributeError):
        lookup.wrong(f"the table {name} cannot be read")
        return column, name, {}
    except KeyError as missing:
        lookup.wrong(f"the table {name} has no column {missing}")
        return column, name, {}
    if len(dict(rows)) != len(rows):
        lookup.wrong(f"the table {name} has a code in {key} more than once")
    return column, name, {code: found for code, found in rows if code}


KINDS: Mapping[str, Callable[[Table, Path | None], Read]] = {
    "category": _category,
    "count": _count,
    "need": _need,
    "decile": _decile,
    "place": _place,
}
"""How each kind reads its levels."""
