"""Answers and questions that cannot be kept as they come: each is refused with a sentence, before anything is kept."""

import pytest

from consultation import door
from pricing import MODEL_VERSION
from pricing.errors import AnswerError, ParameterError
from tests.consultation import rooms
from tests.consultation.rooms import WORD, refusal

pytestmark = pytest.mark.usefixtures("file")


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (rooms.CHOICE, (-1, 3, 0.0, True, "One", None, [0], float("nan"), 10**400)),
        (rooms.AGREEMENT, (0, 6, 2.5, True, "3", None)),
        (rooms.NUMBER, (-0.001, 100.001, float("nan"), float("inf"), True, "5", None, 10**400)),
        (
            rooms.PRICE,
            (
                f"need_premium={WORD}",
                f"{WORD}=1&model={MODEL_VERSION}",
                "need_premium=0.3",
                f"need_premium=9&model={MODEL_VERSION}",
                "need_premium=0.3&model=9.9.9",
                "a=" * 50_000,
                f"model={MODEL_VERSION}&" * 2000,
                7,
                None,
            ),
        ),
        (
            rooms.COMMENT,
            (
                WORD * 12_000,
                "x" * 501,
                "",
                " \n ",
                f"{WORD}\0",
                f"{WORD}\x1b[31m",
                f"\u202e{WORD}",
                f"{WORD}\ud800",
                f"{WORD}\x07",
                None,
                7,
            ),
        ),
    ],
    ids=lambda one: one.kind if hasattr(one, "kind") else "",
)
def test_what_is_out_of_range_is_refused(question: door.Question, values: tuple[object, ...]) -> None:
    made = rooms.started((question,))
    event = door.show(made.secret, made.event.questions[0].id)
    for value in values:
        refusal(lambda value=value: door.answer(event.code, event.shown, rooms.browser(1), value), AnswerError)
    assert door.counts(event.code) == {event.shown: 0}


@pytest.mark.parametrize(
    "text",
    ["<b>&amp;</b>", "=1+1", "a\nb", "naïve “quotes”", "👩🏽‍⚕️", "{{ 7*7 }} $x$ [a](b)", "x" * 500, "می‌خواهم"],
)
def test_a_comment_is_kept_as_it_was_written(text: str) -> None:
    made = rooms.started((rooms.COMMENT,))
    event = door.show(made.secret, made.event.questions[0].id)
    assert door.answer(event.code, event.shown, rooms.browser(1), f" {text}\r\n").value == text
    assert [one.value for one in door.comments(made.secret, event.shown)] == [text]


@pytest.mark.parametrize(
    "browser", ["", "short", "x" * 65, "ünïcödé-ünïcödé-x", "a b c d e f g h i j", "x'; DROP TABLE--xx"]
)
def test_a_browser_without_a_proper_id_is_told_so(browser: str) -> None:
    made = rooms.started((rooms.NUMBER,))
    event = door.show(made.secret, made.event.questions[0].id)
    assert "reload" in refusal(lambda: door.answer(event.code, event.shown, browser, 1), AnswerError)


@pytest.mark.parametrize(
    ("questions", "title", "days"),
    [
        ((), "A", 90),
        ((rooms.CHOICE,) * 31, "A", 90),
        ((rooms.CHOICE,), "", 90),
        ((rooms.CHOICE,), "x" * 81, 90),
        ((rooms.CHOICE,), "A\0", 90),
        ((rooms.CHOICE,), "A", 29),
        ((rooms.CHOICE,), "A", 366),
        ((door.Question("choice", "A?", ("One",)),), "A", 90),
        ((door.Question("choice", "A?", tuple("abcdefghi")),), "A", 90),
        ((door.Question("choice", "A?", ("a", " a")),), "A", 90),
        ((door.Question("choice", " ", ("a", "b")),), "A", 90),
        ((door.Question("number", "A?", low=1, high=1, step=1),), "A", 90),
        ((door.Question("number", "A?", low=0, high=float("inf"), step=1),), "A", 90),
        ((door.Question("number", "A?", low=0, high=1, step=float("nan")),), "A", 90),
        ((door.Question("number", "A?", low=0, high=1, step=1, seat=True),), "A", 90),
        ((door.Question("essay", "A?"),), "A", 90),
        ((rooms.SEAT, rooms.SEAT), "A", 90),
    ],
)
def test_what_cannot_be_asked_is_refused(questions: tuple[door.Question, ...], title: str, days: int) -> None:
    refusal(lambda: door.start(title, questions, rooms.OWN, days), ParameterError)
