"""Checked against history: every row in words, with its verdict and its link, whatever the reader has set."""

import pytest

from pages.kit.markdown import escape
from pages.topics.trust.checked_against_history.contracts_list import VERDICTS, heading
from pricing.questions.history import checks
from pricing.questions.history.check import Row
from pricing.scenario.scenario import Scenario, defaults
from tests.pages.visit import check, visit_with, words

TITLE = "Checked against history"
PAGE = "checked_against_history"
ROWS = checks.rows()


@pytest.fixture(scope="module")
def said() -> list[str]:
    at = visit_with(PAGE, defaults())
    check(at, TITLE)
    return words(at)


def test_the_count_stands_on_top(said: list[str]) -> None:
    assert f"#### {checks.summary(ROWS)}" in said


@pytest.mark.parametrize("row", ROWS, ids=[row.key for row in ROWS])
def test_every_row_is_told(said: list[str], row: Row) -> None:
    assert f"**{heading(row)}**" in said
    assert f"**Cannot be checked.** {escape(row.unchecked)}" in said
    assert f"**Published.** {escape(row.published)}" in said
    assert any(all(escape(finding.words) in text for finding in row.findings) for text in said)
    assert f"**Inputs.** {escape(f'{row.inputs} {row.basis}')}" in said


def test_each_verdict_has_its_mark_and_its_word(said: list[str]) -> None:
    shown = [text.strip("*") for text in said if text.strip("*") in VERDICTS.values()]
    assert shown == [VERDICTS[row.verdict] for row in ROWS]
    assert all(len(text) > 3 for text in VERDICTS.values())


def test_what_the_reader_has_set_changes_nothing(said: list[str]) -> None:
    at = visit_with(PAGE, Scenario(cohort="georgia_parole", metric="frequency", results_share=0.8, threshold=0.1))
    check(at, TITLE)
    assert words(at) == said
