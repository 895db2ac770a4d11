"""The cheapest fair price in the files: the numbers of the answer, the question beside it, and refusals in words."""

import io

import numpy as np
import openpyxl
import pytest

from pricing.questions.cheapest.answer import Answer, answer
from pricing.scenario.promise import GROUP
from pricing.scenario.scenario import Scenario, specs
from pricing.take_away import cheapest_price, workbook
from pricing.words.numbers import percent, pounds
from tests.pricing.take_away import covers


@pytest.mark.parametrize("schedules", specs()["schedules"].choices)
def test_the_sheet_holds_the_schedule_and_hides_small_groups(schedules: str) -> None:
    cover = covers.of(Scenario(schedules=schedules, smallest_group=1.0))
    found = answer(cover.evaluation)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(cover)))["Cheapest fair price"]
    head, *rows = sheet.iter_rows(values_only=True)
    column = {str(name): number for number, name in enumerate(head)}
    seen, required, paid = (
        found.ground.people >= 30,
        "Required, £ per person fewer who reoffends",
        "Paid, £ per person fewer who reoffends",
    )
    assert 0 < seen.sum() < len(seen)
    for group, row in enumerate(rows[: len(seen)]):
        assert row[column["Number of needs"]] == found.ground.needs[group]
        assert (row[column["People"]] is None) != seen[group]
        assert (row[column[required]] is None) != seen[group]
        assert (row[column[paid]] is None) == (schedules == "own" and not seen[group])
        if seen[group]:
            assert row[column[paid]] == pytest.approx(found.chosen.found.prices[0, group], rel=1e-12)
    assert all(row[column["Sets the price"]] in (None, "yes") for row in rows)


@pytest.mark.parametrize("metric", ["binary", "frequency", "blend"])
def test_the_workbook_says_the_answer_and_its_question(metric: str) -> None:
    cover = covers.of(Scenario(metric=metric, most_on_results=0.35, promise_floor=0.9))
    found = answer(cover.evaluation)
    asked = cheapest_price.question(cover.evaluation)
    labels = [spec.label for name, spec in specs().items() if spec.group == GROUP and name != "promise_people"]
    assert asked.startswith(labels[0])
    assert all(f"; {label[0].lower()}{label[1:]}: " in asked for label in labels[1:])
    assert "£0.9" in asked
    said = cheapest_price.sentences(cover.evaluation, found)
    for text in (pounds(found.chosen.cost), percent(found.chosen.share), "35%", pounds(found.allowed["share"])):
        assert text in " ".join(said)
    assert any("another kind of price" in line for line in said) == (metric == "blend")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(cover)))["Cheapest fair price"]
    assert [cell.value for cell in sheet["A"][1 : len(said) + 2]] == [asked, *said]


def test_enough_and_not_enough_go_with_the_limits() -> None:
    for most, spent in ((0.2, 2000.0), (1.0, 4000.0), (0.5, 2530.0)):
        evaluation = covers.of(Scenario(most_on_results=most, most_spent=spent)).evaluation
        found = answer(evaluation)
        limits = cheapest_price.sentences(evaluation, found)[1]
        assert limits.count("not enough") == list(found.within.values()).count(False)


@pytest.mark.parametrize(
    "refused",
    [
        Scenario(metric="progress"),
        Scenario(smallest_group=500.0, area_index="housing", metric="progress"),
        Scenario(specified_share=1.0),
    ],
)
def test_what_has_no_answer_says_why(refused: Scenario) -> None:
    cover = covers.of(refused)
    reason = cheapest_price.found(cover.evaluation)
    assert isinstance(reason, str)
    assert cheapest_price.sentences(cover.evaluation, reason) == [reason]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(cover)))["Cheapest fair price"]
    assert sheet["A3"].value == reason


def test_the_shares_are_those_of_the_price_evaluated_again() -> None:
    evaluation = covers.of(Scenario()).evaluation
    found = cheapest_price.found(evaluation)
    assert isinstance(found, Answer)
    assert found.check is not None
    totals = found.check.totals
    assert (
        f"for {percent(totals['parked_people'] / totals['people'])} of"
        in cheapest_price.sentences(evaluation, found)[2]
    )
    assert np.isfinite(found.check.withheld)
