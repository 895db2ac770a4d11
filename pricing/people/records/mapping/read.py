"""A map in TOML, read into its types. It comes from outside: every mistake in it is named at once."""

import tomllib
from pathlib import Path

from pricing.errors import MapError
from pricing.people.records.mapping.factors import read_factor
from pricing.people.records.mapping.places import KEY, read_places
from pricing.people.records.mapping.toml_values import Table
from pricing.people.records.mapping.types import REFUSE, WRONG, ByConditions, ByValue, HoldOutRule, Outcomes, RecordsMap

MOST_BYTES = 200_000
MOST_FACTORS = 40
PEOPLE, CELL = "person", "cell"
ASSUMED = "say implied_alpha (how unevenly reoffences fall; 1.6 is usual)"
EQUAL = "say equal_severity (mean harm of a reoffence in days of the Cambridge index)"
CAUTION = "People from a reader's own records, as their map says."


def read_file(path: Path) -> RecordsMap:
    """Read a map; tables that it names stand beside it. Raises MapError."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise MapError(f"The map {path.name} cannot be read: {problem.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise MapError(f"The map {path.name} has {len(data):,} bytes; at most {MOST_BYTES:,} are read.")
    try:
        return read(data.decode("utf-8-sig"), path.parent)
    except UnicodeDecodeError:
        raise MapError(f"The map {path.name} is not text in UTF-8.") from None


def read(text: str, beside: Path | None = None) -> RecordsMap:
    """Read a map from TOML; ``beside`` is the folder of the tables that it names, None where none may be read.

    Raises
    ------
    MapError : with every mistake.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise MapError(f"The map is not TOML: {problem}.") from None
    mistakes: list[str] = []
    found = _whole(Table(raw, "", mistakes), text, beside)
    if mistakes:
        said = "; ".join(one.removeprefix(": ") for one in mistakes)
        raise MapError(f"The map has {len(mistakes)} mistake{'s' * (len(mistakes) > 1)}: {said}.")
    return found


def _whole(top: Table, text: str, beside: Path | None) -> RecordsMap:
    rows = top.table("rows")
    person, wrong = rows.words("person", ""), rows.one_of("wrong", WRONG, REFUSE)
    factors = top.tables("factors")
    if not 1 <= len(factors) <= MOST_FACTORS:
        top.wrong(f"there should be from 1 to {MOST_FACTORS} [[factors]]")
    found = RecordsMap(
        label=top.words("label"),
        outcome=top.words("outcome"),
        follow_up=top.words("follow_up"),
        caution=top.words("caution", CAUTION),
        country=top.words("country", "England"),
        notes=top.texts("notes"),
        person=person,
        period=rows.words("period", ""),
        number=rows.words("number", ""),
        missing=rows.texts("missing"),
        keep=tuple(one.condition() for one in rows.tables("keep")),
        wrong=wrong,
        outcomes=_outcomes(top.table("outcomes")),
        hold_out=_hold_out(top.table("hold_out"), person),
        factors=tuple(read_factor(one, wrong, beside) for one in factors),
        text=text,
        places=read_places(top.table("places"), beside),
    )
    if found.period and not person:
        rows.wrong("period says when a person may stand once, and no person is named")
    _check_factors(top, found)
    rows.done()
    top.done()
    return found


def _check_factors(top: Table, found: RecordsMap) -> None:
    """Note keys given twice, and more needs than the model knows."""
    keys = [one.factor.key for one in found.factors]
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            top.wrong(f"the factor {key} is declared {keys.count(key)} times")
    needs = sum(one.factor.kind == "need" for one in found.factors)
    if needs > 5:
        top.wrong(f"there are {needs} needs; the model knows at most 5")
    if found.places is not None and not any(
        one.factor.key == KEY and one.factor.kind == "place" for one in found.factors
    ):
        top.wrong(f"places needs the factor {KEY}, of kind place: where each person lives")
    for one in found.factors:
        if (one.factor.key == "decile") != (one.factor.kind == "decile"):
            top.wrong(f"the factor {one.factor.key}: kind decile goes with the key decile, and no other")


def _outcomes(given: Table) -> Outcomes:
    reoffended = given.table("reoffended")
    reading: ByValue | ByConditions
    if {"yes", "no"} & set(reoffended.raw):
        reading = reoffended.yes_no()
        reoffended.done()
    else:
        reading = ByConditions((reoffended.condition(),), every=True)
    counts, harm = given.table("reoffences"), given.table("harm")
    found = Outcomes(
        reoffended=reading,
        reoffences=counts.words("column", "" if not counts.raw else None),
        most=counts.whole("most", 1, 30_000, 1000),
        harm=harm.words("column", "" if not harm.raw else None),
        implied_alpha=given.number("implied_alpha", 0.02, 50),
        equal_severity=given.number("equal_severity", 0.001, 10_000),
    )
    if not found.reoffences and found.implied_alpha is None:
        given.wrong(f"without a column of reoffences, {ASSUMED}")
    if not found.harm and found.equal_severity is None:
        given.wrong(f"without a column of harm, {EQUAL}")
    if found.harm and not found.reoffences:
        given.wrong("harm is counted over reoffences: name their column too")
    for table in (counts, harm, given):
        table.done()
    return found


def _hold_out(given: Table, person: str) -> HoldOutRule:
    share = given.number("share", 0.05, 0.5, 0.3)
    found = HoldOutRule(
        by=given.one_of("by", (PEOPLE, CELL), PEOPLE if person else CELL),
        share=0.3 if share is None else share,
        seed=given.words("seed", "2026"),
    )
    if found.by == PEOPLE and not person:
        given.wrong("by = 'person' needs rows.person, the column that says who a row is about")
    given.done()
    return found
