"""Results by seat: of 5 or more, and never so that anything gives a smaller one back, by subtraction or by waiting."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import door
from consultation.leaving import rows
from consultation.leaving.rows import NOT_SHOWN, WholeEvent
from consultation.records import Question, RoomAnswer, RoomEvent
from consultation.tallies import FEWEST, for_the_room, in_full, seats_shown
from pricing import MODEL_VERSION
from tests.consultation import rooms
from tests.examples import examples

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC).replace(tzinfo=None)
SEATS = len(rooms.SEAT.choices)


def event_of(*questions: Question) -> RoomEvent:
    kept = tuple(replace(one, id=f"q{place}", state="revealed") for place, one in enumerate(questions))
    return RoomEvent(
        "e", "ABCDEF", "A", f"model={MODEL_VERSION}", MODEL_VERSION, NOW, date(2027, 1, 1), None, "", 0, kept
    )


def answers_of(question: Question, seats: list[int | None], draw: Random) -> tuple[RoomAnswer, ...]:
    values = [seat if question.seat else rooms.value_for(question, draw) for seat in seats]
    return tuple(
        RoomAnswer(f"{draw.getrandbits(64):016x}", question.id, value, seat, NOW, MODEL_VERSION)  # type: ignore[arg-type]
        for value, seat in zip(values, seats, strict=True)
    )


SEATS_TAKEN = st.lists(st.sampled_from([*range(SEATS), None]), max_size=40)


@given(SEATS_TAKEN)
@examples(200)
def test_what_is_left_out_is_no_single_seat_and_no_small_one(seats: list[int | None]) -> None:
    counts = Counter(SEATS if seat is None else seat for seat in seats)
    shown = seats_shown(seats, SEATS)
    hidden = [count for seat, count in counts.items() if not shown[seat]]
    assert all(counts[seat] >= FEWEST for seat in range(SEATS + 1) if shown[seat])
    if len(seats) >= 2 * FEWEST and hidden:
        assert len(hidden) >= 2
        assert sum(hidden) >= FEWEST
    if all(count >= FEWEST for count in counts.values()):
        assert not hidden


@given(SEATS_TAKEN, st.sampled_from([rooms.CHOICE, rooms.GUESS, rooms.AGREEMENT]), st.integers(0, 10**6))
@examples(100)
def test_subtraction_gives_back_no_answers_of_fewer_than_five(
    seats: list[int | None], question: Question, seed: int
) -> None:
    event = event_of(rooms.SEAT, question)
    asked = event.questions[1]
    tally = for_the_room(event, asked, answers_of(asked, seats, Random(seed)))
    rest = tally.answered - sum(one.answered for one in tally.by_seat)
    assert rest == 0 or rest >= FEWEST or not tally.by_seat
    assert tally.seats_left_out == (rest > 0)
    for place, total in enumerate(tally.counts):
        assert (total or 0) >= sum(one.counts[place] for one in tally.by_seat)
    assert all(sum(one.counts) == one.answered >= FEWEST for one in tally.by_seat)


@given(SEATS_TAKEN, st.integers(0, 10**6))
@examples(100)
def test_the_seats_themselves_are_counted_from_five(seats: list[int | None], seed: int) -> None:
    said = [seat for seat in seats if seat is not None]
    event = event_of(rooms.SEAT)
    tally = for_the_room(event, event.questions[0], answers_of(event.questions[0], said, Random(seed)))
    counts = Counter(said)
    shown = [n for n in tally.counts if n is not None]
    hidden = [counts[place] for place, n in enumerate(tally.counts) if n is None]
    assert all(n == 0 or n >= FEWEST for n in shown)
    assert all(tally.counts[place] in (None, counts[place]) for place in range(SEATS))
    if hidden and len(said) >= FEWEST:
        assert sum(hidden) >= FEWEST
    assert len(hidden) != 1


@given(SEATS_TAKEN, st.integers(0, 10**6))
@examples(50)
def test_the_files_tell_no_more_of_a_seat_than_the_page(seats: list[int | None], seed: int) -> None:
    event, draw = event_of(rooms.SEAT, rooms.CHOICE, rooms.COMMENT), Random(seed)
    said = [seat for seat in seats if seat is not None]
    answers = {one.id: answers_of(one, said if one.seat else seats, draw) for one in event.questions}
    whole = WholeEvent(event, answers)
    for question in event.questions:
        told = Counter(row.seat for row in rows.of_question(whole, question))
        hidden = told.pop(NOT_SHOWN, 0)
        assert all(count >= FEWEST for count in told.values())
        assert hidden == 0 or hidden >= FEWEST or not told
        if question.seat:
            assert {row.answer for row in rows.of_question(whole, question)} == {
                *told,
                *([NOT_SHOWN] if hidden else []),
            }
        elif question.kind == "choice":
            tally = in_full(event, question, answers[question.id])
            names = {one.seat.replace("No seat given", rows.NOT_GIVEN): one.answered for one in tally.by_seat}
            assert told == names


@pytest.mark.usefixtures("file")
def test_waiting_tells_nobody_of_whom_the_last_answer_is() -> None:
    """Who looks before and after one answer, or one change of seat, sees no table by seat move by it."""
    made = rooms.started((rooms.SEAT, rooms.CHOICE))
    seat, choice = (one.id for one in made.event.questions)
    code = made.event.code
    door.show(made.secret, seat)
    for number in range(12):
        door.answer(code, seat, rooms.browser(number), number % 2)
    door.show(made.secret, choice)
    looks = []
    for number in range(12):
        door.answer(code, choice, rooms.browser(number), number % 3)
        looks.append(door.facilitator_tally(made.secret, choice))
    door.stop(made.secret, choice)
    looks.append(door.facilitator_tally(made.secret, choice))
    assert not any(one.by_seat for one in looks), "the facilitator sees it once nothing changes any more"
    said = json.loads(door.export(made.secret, "json").content)["questions"][1]
    assert {one["seat"] for one in said["answers"]} == {NOT_SHOWN}

    door.reveal(made.secret, choice)
    before = door.tally(code, choice)
    assert [one.answered for one in before.by_seat] == [6, 6]
    door.answer(code, seat, rooms.browser(0), 2)
    door.skip(code, seat, rooms.browser(1))
    assert door.tally(code, choice) == before
