"""What a room answered in pictures, rows and sentences: known numbers, strangers' words as text, every kind there."""

import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from consultation import door
from consultation.kinds import KINDS, names_of
from consultation.records import PriceTally, Question, SeatTally, SettingDots, Tally
from pages.kit.consultation import charts, result, words
from pages.topics.room.answer import asking
from pricing.scenario.scenario import Scenario
from tests.consultation import rooms

BAD = '<a href="http://192.0.2.1">x</a> <b>*y*</b>'


def drawn(figure: go.Figure) -> str:
    return str(figure.to_json())


def test_every_kind_of_question_is_asked_and_drawn() -> None:
    assert set(asking.ASK) == set(KINDS)
    assert set(charts.DRAWN) == set(result.HOW) == set(KINDS) - {"comment"}


def test_bars_carry_their_counts_and_name_the_models_answer() -> None:
    tally = Tally(replace(rooms.GUESS, right=1), 9, True, counts=(2, 7, 0))
    bars = charts.bars(tally)
    assert list(bars.data[0].x) == [2, 7, 0]
    labels = list(bars.layout.yaxis.ticktext)
    assert [charts.MODEL_ANSWER in label for label in labels] == [False, True, False]
    assert [f"<b>{n}</b>" in label for n, label in zip((2, 7, 0), labels, strict=True)] == [True] * 3
    assert words.finding(tally) == "7 of 9 chose “25 to 49”"
    assert list(words.rows(tally)["Given by"]) == ["2", "7", "0"]


def test_answers_that_lead_together_are_named_together() -> None:
    tally = Tally(rooms.GUESS, 9, True, counts=(4, 4, 1))
    assert words.finding(tally) == "4 of 9 chose “Fewer than 25”, and as many “25 to 49”"
    even = replace(tally, counts=(3, 3, 3))
    assert words.finding(even) == "3 of 9 chose “Fewer than 25”, and as many each of 2 other answers"


def test_prices_that_cannot_be_read_whole_are_not_counted() -> None:
    dots = (SettingDots("need_premium", 0.2, (0.1, 0.3), 0.2),)
    tally = Tally(rooms.PRICE, 3, True, price=PriceTally(("", "", ""), dots, "need_premium=0.2", unread=1))
    assert words.finding(tally) == "2 prices, which differ from the event’s in 1 setting"


def test_a_seat_that_may_not_be_told_has_no_bar_and_no_number() -> None:
    tally = Tally(rooms.SEAT, 9, True, counts=(None, 6, None), seats_left_out=True)
    assert list(charts.bars(tally).data[0].x) == [0, 6, 0]
    assert sum("not shown" in label for label in charts.bars(tally).layout.yaxis.ticktext) == 2
    assert words.finding(replace(tally, counts=(None, None, None))) == "9 answered; too few from each seat to show"


def test_a_number_is_a_dot_an_answer_with_its_median_and_its_middle_half() -> None:
    tally = Tally(rooms.NUMBER, 5, True, values=(0, 10, 10, 40, 100), median=10, low_quarter=10, high_quarter=40)
    figure = charts.number_line(tally)
    assert list(figure.data[0].x) == [0, 10, 10, 40, 100]
    assert list(figure.data[0].y) == [0, 0, 1, 0, 0], "two that are equal stand on each other"
    half = figure.layout.shapes[0]
    assert (half.x0, half.x1) == (10, 40)
    assert words.finding(tally) == "At least half of those who answered said 10% or less"
    assert list(words.rows(tally)["Answer"]) == ["0%", "10%", "10%", "40%", "100%"]
    assert words.number(replace(rooms.NUMBER, step=5.0, unit="people"), 1012.5) == "1,012.5 people"


@pytest.mark.parametrize("value", [0.0, 7.25, 49.999, 100.0])
def test_dots_that_are_as_good_as_equal_are_piled_and_none_is_lost(value: float) -> None:
    places, heights = charts.piled([value] * 40 + [value + 50], 0, 150)
    assert places == [value] * 40 + [value + 50]
    assert heights == [*range(40), 0]


def test_prices_are_dots_per_setting_with_the_events_own_as_a_ring() -> None:
    shares = SettingDots("results_share", 0.2, (0.2, 0.4, 0.4), 0.4)
    metrics = SettingDots("metric", "binary", ("binary", "frequency", "frequency"), "frequency")
    tally = Tally(rooms.PRICE, 3, True, price=PriceTally(("a", "b", "c"), (shares, metrics), "a"))
    figure = charts.price_dots(tally)
    assert list(figure.data[0].x) == [0.2, 0.4, 0.4]
    assert list(figure.data[1].x) == [0.2]
    assert list(figure.data[2].x) == [0, 1, 1]
    assert words.setting_rows(tally.price)[words.ROOMS_MIDDLE].iloc[0] == "40%"
    assert words.finding(tally) == "3 prices, which differ from the event’s in 2 settings"


def test_one_price_and_one_setting_are_said_as_one() -> None:
    one = SettingDots("results_share", 0.2, (0.4,), 0.4)
    tally = Tally(rooms.PRICE, 1, True, price=PriceTally(("a",), (one,), "a"))
    assert words.finding(tally) == "1 price, which differs from the event’s in 1 setting"


@pytest.mark.parametrize("text", ["See https://x.example/a", "HTTP://x.example", "WWW.x.example", "a@x.example"])
def test_an_address_in_a_strangers_words_is_no_link(text: str) -> None:
    shown = words.plain(text).replace("\\", "")
    assert shown.replace(words.JOINER, "") == text
    assert not re.search(r"://|www\.|\w@\w", shown, re.IGNORECASE)


def test_strangers_words_are_text_in_pictures_and_sentences() -> None:
    choice = Tally(Question("choice", BAD, (BAD, "other")), 1, True, counts=(1, 0))
    number = Tally(replace(rooms.NUMBER, unit=BAD[:20]), 1, True, (), (5.0,), 5.0, 5.0, 5.0)
    for figure in (charts.bars(choice), charts.number_line(number)):
        assert "<a" not in drawn(figure)
        assert "\\u003ca" not in drawn(figure)
        assert "&lt;a" in drawn(figure)
    assert "\\<a href\\=" in words.finding(choice)
    assert words.plain("# a\n   1. b\n\n```c") == "\\# a  \n1\\. b  \n  \n\\`\\`\\`c"


def test_nobody_has_answered() -> None:
    for question in rooms.EACH:
        counts = (0,) * len(names_of(question))
        assert words.finding(Tally(question, 0, True, counts=counts)) == "Nobody has answered"


@pytest.mark.parametrize("name", ["rows", "seat_rows"])
def test_every_column_of_a_table_has_a_name(name: str) -> None:
    """A table whose first column has none is no table to a page."""
    for question in rooms.EACH[:-1]:
        tally = Tally(question, 1, True, counts=(1,) * len(names_of(question)), values=(5.0,), median=5.0)
        assert all(getattr(words, name)(tally).columns), question.kind


@pytest.mark.parametrize("names", [("Seat", "Answer"), ("Answer", "index")])
def test_a_table_by_seat_takes_every_name_of_a_seat_and_a_choice(names: tuple[str, ...]) -> None:
    found = tuple(SeatTally(name, 5 + place, (5, place)) for place, name in enumerate(names))
    table = words.seat_rows(Tally(Question("choice", "Which?", names), 11, True, counts=(10, 1), by_seat=found))
    assert list(table.columns) == ["Answer", *names]
    assert table.to_numpy().tolist() == [[names[0], "5", "5"], [names[1], "0", "1"]]


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        (rooms.CHOICE, rooms.CHOICE.choices),
        (rooms.NUMBER, ("From 0% to 100%",)),
        (rooms.PRICE, ()),
        (rooms.COMMENT, ()),
    ],
    ids=lambda one: getattr(one, "kind", ""),
)
def test_a_wall_says_what_can_be_answered(question: Question, offered: tuple[str, ...]) -> None:
    assert words.to_choose(question) == offered
    assert words.to_choose(rooms.AGREEMENT)[0] == "1, disagree strongly"


def test_a_price_that_was_sent_is_told_in_words() -> None:
    sent = door.price_answer(Scenario(results_share=0.25, need_premium=0.3))
    said = words.of_answer(rooms.PRICE, sent)
    assert said.startswith("£2,240 per person per year set aside, 25% of it on results; ")
    assert "30%" in said
