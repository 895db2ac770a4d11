"""Through the door, hostile or unlucky: a sentence each time, nothing lost, nothing shown that was not let through."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest

from consultation import door, limits
from consultation.kept import events, store
from consultation.records import Started
from pricing.errors import AnswerError, EventError, ParameterError
from pricing.scenario.scenario import Scenario
from tests.consultation import rooms
from tests.consultation.rooms import WORD, refusal

pytestmark = pytest.mark.usefixtures("database")


def test_an_event_from_start_to_end() -> None:
    made = rooms.started()
    code = made.event.code
    assert set(code) <= set(events.LETTERS)
    assert len(code) == 6
    assert len(made.secret) == 32
    assert door.event(f" {code[:3].lower()}-{code[3:]} ") == made.event
    assert door.facilitator(made.secret) == made.event
    assert made.event.on_the_wall is None
    assert (made.event.delete_on - made.event.started.date()).days == 90

    event = rooms.asked_of_all(made, 12)
    assert door.counts(code) == {one.id: 12 for one in event.questions}
    for question in event.questions:
        tally = door.tally(code, question.id)
        assert tally.answered == 12
        assert tally.seen == (question.kind != "comment")
        if question.kind in ("guess", "agreement", "choice") and not question.seat:
            assert sum(n or 0 for n in tally.counts) == 12
    price = door.tally(code, rooms.key(event, rooms.PRICE)).price
    assert price is not None
    assert [one.name for one in price.settings] == ["need_premium"]
    assert price.settings[0].own == 0.2
    number = door.tally(code, rooms.key(event, rooms.NUMBER))
    assert number.values == tuple(sorted(number.values))
    assert number.median is not None
    assert sum(value <= number.median for value in number.values) == 6

    assert door.close(made.secret).closed is not None
    assert door.close(made.secret) == door.event(code), "closing twice is closing once"
    door.delete(made.secret)
    refusal(lambda: door.event(code), EventError)


def test_an_event_tells_nothing_of_its_facilitators_own_figures() -> None:
    own = Scenario(cohort="own_table", need_premium=0.3, clients=17, reserves=4321)
    event = door.start("In Manchester", [rooms.CHOICE], own).event
    assert event.link == "need_premium=0.3&model=" + event.model


def test_wrong_closed_and_deleted_codes() -> None:
    made = rooms.started((rooms.CHOICE,))
    event = door.show(made.secret, made.event.questions[0].id)
    for wrong in ("", "ABCDEF", "O0I1L1", "A" * 10_000, "'; DROP TABLE event; --", "\0\0\0", "\ud800"):
        assert "No event has this code" in refusal(lambda wrong=wrong: door.event(wrong), EventError)
    door.close(made.secret)
    said = refusal(lambda: door.answer(event.code, event.shown, rooms.browser(1), 0), AnswerError)
    assert "takes no more answers" in said
    assert "closed" in refusal(lambda: door.show(made.secret, event.shown), EventError)
    door.delete(made.secret)
    for work in (
        lambda: door.answer(event.code, event.shown, rooms.browser(1), 0),
        lambda: door.tally(event.code, event.shown),
        lambda: door.counts(event.code),
        lambda: door.own_answers(event.code, rooms.browser(1)),
        lambda: door.facilitator(made.secret),
        lambda: door.delete(made.secret),
    ):
        refusal(work, EventError)


def everything_with(secret: str, question: str) -> list[Callable[[], object]]:
    """Everything that only a facilitator may do."""
    return [
        lambda: door.facilitator(secret),
        lambda: door.show(secret, question),
        lambda: door.stop(secret, question),
        lambda: door.reveal(secret, question),
        lambda: door.arrange(secret, [rooms.CHOICE]),
        lambda: door.comments(secret, question),
        lambda: door.let_appear(secret, question),
        lambda: door.facilitator_tally(secret, question),
        lambda: door.export(secret, "json"),
        lambda: door.close(secret),
        lambda: door.delete(secret),
    ]


def test_a_guessed_link_opens_nothing() -> None:
    made = rooms.started()
    question = made.event.questions[0].id
    hashed = events.hash_of(made.secret)
    for guess in (
        "",
        made.event.code,
        made.event.id,
        "0" * 32,
        made.secret[:-1],
        hashed,
        made.secret + "0",
        "%",
        "_" * 32,
    ):
        for work in everything_with(guess, question):
            assert "No event has this link" in refusal(work, EventError)
    assert door.event(made.event.code) == made.event


def test_another_events_facilitator_reaches_nothing_of_this_one() -> None:
    made, other = rooms.started(), rooms.started()
    event = rooms.asked_of_all(made, 3, until="stopped")
    comment = door.comments(made.secret, rooms.key(event, rooms.COMMENT))[0]
    for work in everything_with(other.secret, event.questions[1].id)[1:4]:
        assert "no such question" in refusal(work, EventError)
    refusal(lambda: door.facilitator_tally(other.secret, event.questions[1].id), EventError)
    refusal(lambda: door.let_appear(other.secret, comment.id), EventError)
    refusal(lambda: door.answer(other.event.code, event.questions[1].id, rooms.browser(1), 0), EventError)
    assert door.event(event.code) == event


def seen_by_the_room(code: str, browser: str) -> str:
    """Everything that a person without the secret can be told, as text."""
    event = door.event(code)
    tallies = [door.tally(code, one.id) for one in event.questions]
    return repr([event, tallies, door.counts(code), door.own_answers(code, browser)])


def test_nobody_in_the_room_reads_what_is_not_let_through() -> None:
    made = rooms.started((rooms.NUMBER, rooms.COMMENT, rooms.PRICE, rooms.GUESS))
    event = made.event
    number, comment, price, guess = (one.id for one in event.questions)
    for question, value in ((number, 13.25), (comment, WORD), (price, door.price_answer(Scenario(need_premium=0.77)))):
        door.show(made.secret, question)
        door.answer(event.code, question, rooms.browser(1), value)
    door.show(made.secret, guess)
    seen = seen_by_the_room(event.code, rooms.browser(2))
    for hidden in ("13.25", WORD, "0.77", made.secret, events.hash_of(made.secret)):
        assert hidden not in seen
    assert WORD in seen_by_the_room(event.code, rooms.browser(1)), "its author may"
    (one,) = door.comments(made.secret, comment)
    door.let_appear(made.secret, one.id)
    assert WORD in seen_by_the_room(event.code, rooms.browser(2))
    door.let_appear(made.secret, one.id, False)
    assert WORD not in seen_by_the_room(event.code, rooms.browser(2))
    assert "no such comment" not in seen
    door.reveal(made.secret, number)
    assert "13.25" in seen_by_the_room(event.code, rooms.browser(2))
    assert "0.77" not in seen_by_the_room(event.code, rooms.browser(2))


def test_a_comment_that_was_changed_is_hidden_again() -> None:
    made = rooms.started((rooms.COMMENT,))
    event = door.show(made.secret, made.event.questions[0].id)
    first = door.answer(event.code, event.shown, rooms.browser(1), "Fair enough")
    door.let_appear(made.secret, first.id)
    door.answer(event.code, event.shown, rooms.browser(1), "Fair enough")
    assert len(door.tally(event.code, event.shown).comments) == 1, "the same again changes nothing"
    door.answer(event.code, event.shown, rooms.browser(1), WORD)
    assert door.tally(event.code, event.shown).comments == ()
    refusal(lambda: door.let_appear(made.secret, "0" * 32), EventError)


def test_a_comment_that_was_changed_after_the_facilitator_read_it_does_not_appear_unread() -> None:
    made = rooms.started((rooms.COMMENT,))
    event = door.show(made.secret, made.event.questions[0].id)
    door.answer(event.code, event.shown, rooms.browser(1), "Fair enough")
    (read,) = door.comments(made.secret, event.shown)
    door.answer(event.code, event.shown, rooms.browser(1), WORD)
    assert "changed it" in refusal(lambda: door.let_appear(made.secret, read.id), EventError)
    assert WORD not in seen_by_the_room(event.code, rooms.browser(2))
    (changed,) = door.comments(made.secret, event.shown)
    door.let_appear(made.secret, changed.id)
    assert WORD in seen_by_the_room(event.code, rooms.browser(2))


def test_a_stopped_question_takes_nothing_and_keeps_what_it_has() -> None:
    made = rooms.started((rooms.CHOICE, rooms.NUMBER))
    first, second = (one.id for one in made.event.questions)
    code, one = made.event.code, rooms.browser(1)
    assert "takes no answers now" in refusal(lambda: door.answer(code, first, one, 0), AnswerError)
    door.show(made.secret, first)
    door.answer(code, first, one, 0)
    door.answer(code, first, one, 2)
    event = door.show(made.secret, second)
    assert [question.state for question in event.questions] == ["stopped", "open"]
    for value in (0, 1):
        assert "takes no answers now" in refusal(lambda value=value: door.answer(code, first, one, value), AnswerError)
    refusal(lambda: door.skip(code, first, one), AnswerError)
    assert door.own_answers(code, one)[first].value == 2
    door.show(made.secret, first)
    door.answer(code, first, one, 1)
    event = door.reveal(made.secret, first)
    assert door.tally(code, first).counts == (0, 1, 0)
    assert door.show(made.secret, first).question(first) == event.question(first), "shown again, and open never again"
    refusal(lambda: door.answer(code, first, one, 2), AnswerError)


def test_who_comes_late_can_still_say_the_seat() -> None:
    made = rooms.started((rooms.SEAT, rooms.CHOICE, rooms.NUMBER))
    seat, choice, number = (one.id for one in made.event.questions)
    code = made.event.code
    for question in (seat, choice):
        door.show(made.secret, question)
    event = door.show(made.secret, number)
    assert [one.id for one in event.open_questions] == [seat, number]
    door.answer(code, number, rooms.browser(1), 10)
    door.answer(code, seat, rooms.browser(1), 2)
    assert door.own_answers(code, rooms.browser(1))[number].seat == 2, "an answer that is not revealed takes it over"
    door.skip(code, seat, rooms.browser(1))
    assert door.own_answers(code, rooms.browser(1))[number].seat is None
    door.stop(made.secret, seat)
    refusal(lambda: door.answer(code, seat, rooms.browser(1), 1), AnswerError)


def test_the_same_answer_twice_is_one() -> None:
    made = rooms.started((rooms.NUMBER,))
    event = door.show(made.secret, made.event.questions[0].id)
    first = door.answer(event.code, event.shown, rooms.browser(1), 40)
    with ThreadPoolExecutor(8) as pool:
        again = list(pool.map(lambda _: door.answer(event.code, event.shown, rooms.browser(1), 40), range(16)))
    assert set(again) == {first}
    assert door.counts(event.code) == {event.shown: 1}


def test_more_than_thirty_a_minute_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = rooms.started((rooms.NUMBER,))
    event = door.show(made.secret, made.event.questions[0].id)
    clock = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: clock[0])
    for number in range(30):
        clock[0] += 0.1
        door.answer(event.code, event.shown, rooms.browser(1), number)
    said = refusal(lambda: door.answer(event.code, event.shown, rooms.browser(1), 99), AnswerError)
    assert "more than 30 answers in a minute" in said
    door.answer(event.code, event.shown, rooms.browser(2), 1)
    assert door.own_answers(event.code, rooms.browser(1))[event.shown].value == 29
    clock[0] += 57.1
    door.answer(event.code, event.shown, rooms.browser(1), 50)


def test_two_facilitators_at_once_leave_the_event_whole() -> None:
    made = rooms.started((rooms.CHOICE, rooms.NUMBER, rooms.AGREEMENT, rooms.COMMENT))
    keys = [one.id for one in made.event.questions]
    draws = [Random(seed) for seed in range(4)]

    def lead(draw: Random) -> None:
        for _ in range(10):
            draw.choice((door.show, door.stop))(made.secret, draw.choice(keys))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lead, draws))
    event = door.event(made.event.code)
    assert sum(one.state == "open" for one in event.questions) <= 1
    assert event.on_the_wall is not None
    assert event.revision >= 10
    assert all(one.id == event.shown for one in event.open_questions)


def test_questions_are_reordered_added_and_dropped_while_it_runs() -> None:
    made = rooms.started((rooms.CHOICE, rooms.NUMBER, rooms.AGREEMENT))
    choice, number, agreement = made.event.questions
    door.show(made.secret, choice.id)
    event = door.arrange(made.secret, [agreement, choice, rooms.COMMENT])
    assert [one.kind for one in event.questions] == ["agreement", "choice", "comment"]
    assert event.on_the_wall is not None
    assert event.on_the_wall.words == choice.words
    assert "stays" in refusal(lambda: door.arrange(made.secret, [rooms.COMMENT]), EventError)
    refusal(lambda: door.arrange(made.secret, [*event.questions, number]), EventError)
    refusal(lambda: door.arrange(made.secret, []), ParameterError)
    refusal(lambda: door.arrange(made.secret, [*event.questions, rooms.SEAT, rooms.SEAT]), ParameterError)


def test_a_guess_is_told_with_the_models_answer_once_revealed() -> None:
    made = rooms.started((rooms.GUESS, rooms.CHOICE))
    guess, choice = (one.id for one in made.event.questions)
    refusal(lambda: door.reveal(made.secret, guess, 1), EventError)
    door.show(made.secret, guess)
    refusal(lambda: door.reveal(made.secret, guess, 3), EventError)
    event = door.reveal(made.secret, guess, 1)
    assert event.questions[0].right == 1
    door.show(made.secret, choice)
    refusal(lambda: door.reveal(made.secret, choice, 1), EventError)


def test_nothing_is_kept_by_which_a_browser_or_a_secret_is_known(database: str) -> None:
    made = rooms.started()
    rooms.asked_of_all(made, 2)
    other = rooms.started()
    rooms.asked_of_all(other, 2)

    def everything(connection: store.Connection) -> str:
        return repr(
            [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in ("event", "question", "answer")]
        )

    kept = store.the_store().read(everything)
    assert made.secret not in kept
    assert rooms.browser(1) not in kept
    people = store.the_store().read(lambda c: c.exec_driver_sql("SELECT DISTINCT person FROM answer").all())
    assert len(people) == 4, "the same two browsers at two events are four people"
    seconds = store.the_store().read(lambda c: c.exec_driver_sql("SELECT given FROM answer").scalars().all())
    assert {str(moment)[17:19] for moment in seconds} == {"00"}


def test_an_event_goes_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    made, kept = rooms.started(days=30), rooms.started(days=31)
    rooms.asked_of_all(made, 2)
    today = store.now()
    for days, there in ((29, True), (30, False)):
        for module in (store, events):
            monkeypatch.setattr(module, "now", lambda days=days: today + timedelta(days=days))
        if there:
            assert door.event(made.event.code).code == made.event.code
    refusal(lambda: door.event(made.event.code), EventError)
    assert door.event(kept.event.code) == kept.event
    left = store.the_store().read(lambda c: c.exec_driver_sql("SELECT count(*) FROM answer").scalar())
    assert left == 0


def test_no_log_holds_what_was_answered(
    caplog: pytest.LogCaptureFixture, database: str, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.DEBUG)
    made = started_with_a_comment()
    door.delete(made.secret)
    refusal(lambda: door.answer(made.event.code, made.event.questions[0].id, rooms.browser(1), WORD), EventError)
    said = caplog.text
    if database.startswith("postgresql"):
        server = request.getfixturevalue("postgresql")
        with pytest.raises(RuntimeError, match="failed"):
            server.psql("SELECT * FROM answer_of_nobody")
        assert "answer_of_nobody" in server.log(), "its log says what goes wrong"
        said += server.log()
    for hidden in (WORD, made.secret, rooms.browser(1)):
        assert hidden not in said


def started_with_a_comment() -> Started:
    made = rooms.started((rooms.COMMENT,))
    event = door.show(made.secret, made.event.questions[0].id)
    door.answer(event.code, event.shown, rooms.browser(1), WORD)
    door.export(made.secret, "csv")
    return made
