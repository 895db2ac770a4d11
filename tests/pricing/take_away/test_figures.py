"""A price in figures: each is that of the model, with its range and that of the price A, in report and workbook."""

import io
import math

import openpyxl
import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.comparison import TOTALS
from pricing.questions.how_sure import how_sure
from pricing.questions.savings.appraisal import appraise
from pricing.questions.savings.costs import AGENCIES
from pricing.questions.savings.saved import savings
from pricing.scenario.scenario import Scenario
from pricing.take_away import figures, printed, workbook
from tests.pricing.take_away import covers

B, A = Scenario(target="own", results_share=0.5), Scenario(benchmark="guideline")


@pytest.fixture(scope="module")
def rows() -> dict[str, figures.Figure]:
    return {row.what: row for found in figures.rows(covers.of(B, a=A)).values() for row in found}


def test_the_figures_are_those_of_both_prices(rows: dict[str, figures.Figure]) -> None:
    gm = shipped.load("greater_manchester")
    b, a = evaluate(B, gm), evaluate(A.with_(benchmark="fair_share"), gm)
    for name in (*figures.REWARDS, *figures.MONEY):
        row = rows[figures.LABELS[name][0]]
        assert (row.value, row.beside) == (TOTALS[name](b), TOTALS[name](a))
    draws = how_sure.draw(b, how_sure.strata_for(B, gm)).by()
    for name, spread in (("payback", draws.payback), ("parked_share", draws.parked), ("withheld", draws.withheld)):
        row = rows[figures.LABELS[name][0]]
        assert (row.low, row.high) == (spread.low[0], spread.high[0])
        assert row.low <= row.value <= row.high
    books, cash, net, ratio, money = (rows[what] for what in (*figures.SAVED, *figures.VALUE))
    assert books.value == savings(b, at_benchmark=False).agencies
    assert books.beside == savings(a, at_benchmark=False).agencies
    low = evaluate(B.with_(max_effect=0.2), gm)
    assert books.low == pytest.approx(savings(low, at_benchmark=False).agencies)
    assert cash.value == pytest.approx(B.cashable * books.value)
    value, beside, least = (appraise(found, at_benchmark=False) for found in (b, a, low))
    assert (net.value, net.beside, net.low) == (value["society"].net, beside["society"].net, least["society"].net)
    assert (ratio.value, money.value) == (value["society"].ratio, value["cash"].ratio)
    for row in (books, net, ratio, money):
        assert row.low < row.value < row.high


def test_settings_of_who_saves_are_named_where_the_savings_lean_on_them() -> None:
    said = figures.reading(covers.of(B.with_(cashable=0.5, contract_year="2013")).evaluation)
    assert "the contract’s taken to be of 2013/14 (assumed)" in said
    assert "; part of savings that is cashable: 50%" in said
    assert "differ from their defaults" not in figures.reading(covers.of(B).evaluation)


def test_the_workbook_holds_every_agency_by_borough() -> None:
    made = covers.of(B.with_(cashable_by="each", cash_nhs=0.6, pot_members="each", puts_nhs=0.5))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(made)))["Who saves"]
    head, *found = sheet.iter_rows(values_only=True)
    assert len(found) == 11 * len(AGENCIES)
    rows = [dict(zip(head, row, strict=True)) for row in found]
    nhs = [row for row in rows if row["Agency"] == "NHS"]
    saved = savings(made.evaluation, at_benchmark=False).by_agency["nhs"]
    assert nhs[0]["Saved"] == pytest.approx(saved)
    assert nhs[0]["Put in"] == pytest.approx(0.5 * 0.6 * saved)
    for name in ("Saved", "Becomes cash", "Put in", "Kept"):
        assert sum(row[name] for row in nhs[1:]) == pytest.approx(nhs[0][name])
    assert {row["Saved"] for row in rows if row["Agency"] == "Councils"} == {"not known"}


def test_the_report_and_the_workbook_hold_them(rows: dict[str, figures.Figure]) -> None:
    made = covers.of(B, a=A)
    text = printed.write(made)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(made)))["Figures"]
    assert [cell.value for cell in sheet[1]] == ["About", "Figure", "Unit", "This price", "Low", "High", "A"]
    cells = {row[1]: row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1]}
    assert set(cells) == set(rows)
    for what, row in rows.items():
        assert (cells[what][3], cells[what][6]) == pytest.approx((row.value, row.beside))
        assert cells[what][4] == (None if math.isnan(row.low) else pytest.approx(row.low))
        assert f"<td>{row.texts['value']}</td><td>{row.texts['sure']}</td><td>{row.texts['beside']}</td>" in text


def test_without_a_nothing_is_said_of_one() -> None:
    made = covers.of(B)
    assert all(math.isnan(row.beside) for found in figures.rows(made).values() for row in found)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(made)))["Figures"]
    assert [cell.value for cell in sheet[1]][-1] == "High"
    assert "with A beside it" not in printed.write(made)


def test_savings_of_people_elsewhere_say_so() -> None:
    assert "held against a crime’s cost in England (unit costs)" in figures.reading(
        covers.of(B.with_(cohort="georgia_parole")).evaluation
    )
    assert "English" not in figures.reading(covers.of(B).evaluation)
