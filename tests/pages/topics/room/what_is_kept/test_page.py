"""What is kept, and why: the words agree with the store."""

from consultation import door
from consultation.kept import answers, tables
from pages.topics.room.what_is_kept.words import PARTS, ROWS
from tests.pages.visit import check, visit


def test_it_stands_without_a_database() -> None:
    at = visit("what_is_kept")
    check(at, "What is kept, and why")
    assert [heading.value for heading in at.header][1:-1] == list(PARTS)
    assert len(at.table[0].value) == len(ROWS)


def test_the_words_know_every_column_that_an_answer_and_an_event_have() -> None:
    """A column more has to be told here."""
    assert {column.name for column in tables.ANSWERS.columns} == {
        *("id", "question", "person", "value", "seat", "given", "model", "appears")
    }
    assert {column.name for column in tables.EVENTS.columns} == {
        *("id", "code", "secret_hash", "title", "link", "model", "started", "delete_on", "closed", "shown", "revision")
    }


def test_the_days_and_the_smallest_seat_are_the_doors() -> None:
    said = " ".join(" ".join(lines) for lines in PARTS.values())
    assert f"{door.FEWEST_DAYS} to {door.MOST_DAYS} days ahead, {door.USUAL_DAYS} days unless" in said
    assert "5 answers or more" in said
    assert answers.BROWSER.fullmatch("0" * 32)
