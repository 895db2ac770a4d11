"""The same reduction by a plain loop over rows, written apart from the query: the reference of every engine."""

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from pricing.people.records import flaws, query
from pricing.people.records.mapping.types import ByConditions, ByCut, ByValue, ByWhole, Condition, Reading, RecordsMap

NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,2})?", re.ASCII)
Row = Mapping[str, str | None]


def text_of(row: Row, column: str, given: RecordsMap) -> str | None:
    found = (row[column] or "").strip(" ")
    return None if found == "" or found in given.missing else found


def number_of(text: str | None, read: Mapping[str, float]) -> float | None:
    if text is None:
        return None
    if text in read:
        return read[text]
    return float(text) if NUMBER.fullmatch(text) else None


def holds(row: Row, condition: Condition, given: RecordsMap) -> int:
    text = text_of(row, condition.column, given)
    if text is None:
        return flaws.MISSING
    if condition.values:
        return int(text in condition.values)
    number = number_of(text, {})
    if number is None:
        return flaws.UNREAD
    low, high, over, under = condition.at_least, condition.at_most, condition.over, condition.under
    return int(
        (low is None or number >= low)
        and (high is None or number <= high)
        and (over is None or number > over)
        and (under is None or number < under)
    )


def level_of(row: Row, reading: Reading, given: RecordsMap) -> int:  # noqa: C901, PLR0911 - one return a rule
    if isinstance(reading, ByConditions):
        each = [holds(row, one, given) for one in reading.conditions]
        settles = 0 if reading.every else 1
        if settles in each:
            return settles
        return min(each) if min(each) < 0 else 1 - settles
    text = text_of(row, reading.column, given)
    if text is None:
        return flaws.MISSING
    if isinstance(reading, ByValue):
        return reading.levels.get(text, flaws.LACKING if reading.lookup else flaws.UNKNOWN)
    number = number_of(text, reading.read)
    if number is None:
        return flaws.UNREAD
    if isinstance(reading, ByCut):
        return flaws.OUTSIDE if number < reading.cuts[0] else sum(number >= cut for cut in reading.cuts) - 1
    assert isinstance(reading, ByWhole)
    if number != math.floor(number):
        return flaws.UNREAD
    if number < reading.first or (number > reading.last and not reading.capped):
        return flaws.OUTSIDE
    return int(min(number, reading.last)) - reading.first


def outcome_of(row: Row, given: RecordsMap) -> int:  # noqa: C901, PLR0911 - one return a rule, in the order they are told
    said = level_of(row, given.outcomes.reoffended, given)
    if said < 0 or not given.counted:
        return said
    text = text_of(row, given.outcomes.reoffences, given)
    if text is None:
        return flaws.NO_COUNT
    number = number_of(text, {})
    if number is None or number != math.floor(number) or number < 0:
        return flaws.UNREAD_COUNT
    if number > given.outcomes.most:
        return flaws.TOO_MANY
    if bool(number) != bool(said):
        return flaws.NONE_WITH if said else flaws.COUNT_WITHOUT
    if given.outcomes.harm:
        harm = text_of(row, given.outcomes.harm, given)
        days = number_of(harm, {})
        if harm is None and number:
            return flaws.NO_HARM
        if harm is not None and (days is None or not 0 <= days <= query.MOST_HARM):
            return flaws.UNREAD_HARM
        if days and not number:
            return flaws.HARM_WITHOUT
    return int(number)


def harm_of(row: Row, given: RecordsMap) -> int:
    days = number_of(text_of(row, given.outcomes.harm, given), {}) if given.outcomes.harm else None
    return math.floor(days * query.HARM_UNITS + 0.5) if days is not None and 0 <= days <= query.MOST_HARM else 0


def reduce(
    rows: Iterable[Row], given: RecordsMap
) -> tuple[dict[str, np.ndarray], dict[tuple[str, int], tuple[int, ...]]]:
    """The answer that an engine should give, and the first rows of each flaw; rows need the map's own number."""
    kept = [row for row in rows if all(holds(row, one, given) == 1 for one in given.keep)]
    who = Counter(text_of(row, given.person, given) for row in kept) if given.person else Counter()
    limit = round(given.hold_out.share * 16**8)
    groups: dict[tuple[int, ...], list[int]] = defaultdict(lambda: [0, 0])
    first: dict[tuple[str, int], list[int]] = defaultdict(list)
    keys = query.answer_keys(given)
    for row in kept:
        person = text_of(row, given.person, given) if given.person else ""
        digits = hashlib.md5(f"{given.hold_out.seed}:{person}".encode()).hexdigest()[:8]
        side = int(int(digits, 16) < limit) if given.person and given.hold_out.by == "person" else 0
        if given.person:
            side = flaws.NO_PERSON if person is None else flaws.TWICE if who[person] > 1 else side
        levels = tuple(level_of(row, one.reading, given) for one in given.factors)
        found = (*levels, side, outcome_of(row, given))
        groups[found][0] += 1
        groups[found][1] += harm_of(row, given)
        for key, code in zip(keys, found, strict=True):
            if code < 0:
                first[key, code].append(int(str(row[given.number])))
    columns = dict(zip(keys, np.array(list(groups), dtype=np.int64).reshape(-1, len(keys)).T, strict=True))
    sums = np.array(list(groups.values()), dtype=np.int64).reshape(-1, 2)
    answer = columns | {query.PEOPLE_COLUMN: sums[:, 0], query.HARM_COLUMN: sums[:, 1]}
    return answer, {key: tuple(sorted(places)[: query.FIRST_ROWS]) for key, places in first.items()}
