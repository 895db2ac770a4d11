"""The workbook, read back with another library: the model's numbers as numbers, and never a formula."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from pricing import MODEL_VERSION
from pricing.people.cells import SMALLEST_GROUP
from pricing.price import schedule
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults, specs
from pricing.take_away import workbook
from pricing.take_away.cover import Cover
from pricing.words import groups
from tests.pricing.take_away import covers


def opened(cover: Cover) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.write(cover)))


def cells(book: Workbook) -> Iterator[Cell]:
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    head, *found = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in found]


@pytest.mark.parametrize("cohort", covers.EVERY)
def test_its_numbers_are_the_models(cohort: str) -> None:
    scenario = Scenario(cohort=cohort, need_premium=0.3, metric="blend", target="own")
    cover = covers.of(scenario)
    book = opened(cover)
    assert book.sheetnames == [
        "Read me",
        "Figures",
        "Settings",
        "Schedule",
        "Groups",
        "Who saves",
        "Cheapest fair price",
        "Assumptions",
    ]
    assert all(sheet.freeze_panes == "B2" for sheet in book.worksheets[1:])

    settings = {str(row["Name in links"]): row for row in rows(book, "Settings")}
    assert list(settings) == list(specs())
    for name, spec in specs().items():
        value, usual = getattr(scenario, name), getattr(defaults(), name)
        row = settings[name]
        assert row["Now"] == (spec.choices[value] if spec.choices else pytest.approx(value, rel=1e-15))
        assert bool(row["Changed"]) == (value != usual)
        assert row["Source"] == spec.source

    wanted = schedule.published(scenario, cover.evaluation.terms).to_numpy().tolist()
    assert [list(row.values()) for row in rows(book, "Schedule")] == [pytest.approx(row) for row in wanted]

    table = groups.table(cover.evaluation, "needs", "decile")
    found = rows(book, "Groups")
    assert list(found[0]) == list(table.columns)
    for column in table.columns[2:]:
        there = table[column].notna()
        assert [row[column] for row in found if row[column] is not None] == pytest.approx(table[column][there].tolist())
    if cohort != OWN_TABLE:
        assert min(float(str(row["People"])) for row in found) >= SMALLEST_GROUP


@pytest.mark.parametrize("cohort", covers.EVERY)
def test_assumptions_say_what_they_lean_on(cohort: str) -> None:
    cover = covers.of(Scenario(cohort=cohort))
    found = {str(row["Assumption"]): row for row in rows(opened(cover), "Assumptions")}
    assert {spec.label for spec in specs().values() if spec.origin == "assumption"} < set(found)
    effect = found[specs()["max_effect"].label]
    assert (effect["Low"], effect["Now"], effect["High"]) == pytest.approx((0.2, 0.5, 0.65))
    texts = [row[workbook.LEANS_ON] for row in rows(opened(cover), "Assumptions")]
    assert texts[-1] in (cover.evaluation.cohort.caution, *cover.evaluation.cohort.notes)


def test_it_says_what_it_is() -> None:
    cover = covers.of(Scenario(need_premium=0.3))
    book = opened(cover)
    said = [cell.value for cell in cells(book) if cell.parent.title == "Read me"]
    assert cover.warnings
    for text in (MODEL_VERSION, "24 November 2026", cover.link, *cover.said):
        assert text in said
    assert any(cover.evaluation.cohort.caution in str(text) for text in said)
    assert book.properties.created is not None
    assert book.properties.created.date() == covers.DAY


@pytest.mark.parametrize("name", covers.HOSTILE)
def test_a_hostile_name_stays_a_short_text(name: str) -> None:
    book = opened(covers.of(covers.OWN, covers.HOSTILE[name]))
    for cell in cells(book):
        assert cell.data_type in ("s", "n"), cell.coordinate
        assert cell.hyperlink is None
        if isinstance(cell.value, str):
            assert cell.value[0] not in "=+-@"
            assert len(cell.value) < 4000
            assert cell.value.isprintable()


def test_the_same_cover_gives_the_same_bytes() -> None:
    assert workbook.write(covers.of(Scenario())) == workbook.write(covers.of(Scenario()))
