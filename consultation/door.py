"""The one way into what rooms say: pages and commands call these functions and nothing below them.

Everyone in the room has an event's ``code``; whoever has its ``secret`` is its facilitator. Every function may raise
StoreError (no database to be had) and EventError (wrong, closed or deleted); each error is a sentence for a reader.
Nothing of an answer stands in an error or a log. Modules that need sqlalchemy are imported inside them.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from consultation import kinds, limits, revisions
from consultation.kept import place
from consultation.records import (
    Question,
    RoomAnswer,
    RoomEvent,
    RoomFile,
    Started,
    Tally,
)
from pricing import MODEL_VERSION
from pricing.errors import ParameterError
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "Question",
    "RoomAnswer",
    "RoomEvent",
    "RoomFile",
    "Started",
    "Tally",
]

FEWEST_DAYS, USUAL_DAYS, MOST_DAYS = 30, 90, 365
LONGEST_TITLE, MOST_QUESTIONS = 80, 30
FORMS = ("csv", "xlsx", "html", "json")
"""Endings of the files in which an event leaves; :mod:`.leaving.forms` has their words."""


# What a facilitator does


def start(title: str, questions: Sequence[Question], scenario: Scenario, days: int = USUAL_DAYS) -> Started:
    """Start an event about a price, its questions waiting; raises ParameterError for words that cannot be kept.

    ``scenario`` is the event's own price, beside which the room's are shown: kept without what stands beside the price,
    and from a table of one's own on the shipped people. Everything is deleted after ``days`` days, 30 to 365.
    """
    title = kinds.one_line(title, LONGEST_TITLE, "The title")
    declared = [kinds.declared(one) for one in questions]
    _check_number(declared)
    if isinstance(days, bool) or not isinstance(days, int) or not FEWEST_DAYS <= days <= MOST_DAYS:
        raise ParameterError(f"An event is kept {FEWEST_DAYS} to {MOST_DAYS} days.")
    from consultation.kept import events, store

    secret = events.new_secret()
    own = scenario.price_alone()
    own = own.with_(cohort=defaults().cohort) if own.cohort == OWN_TABLE else own
    values = {
        "secret_hash": events.hash_of(secret),
        "title": title,
        "link": links.to_query(links.write(own)),
        "model": MODEL_VERSION,
        "delete_on": store.last_day(days),
    }

    def work(connection: "Connection") -> RoomEvent:
        events.start(connection, values, declared)
        return events.by_secret(connection, secret)

    return Started(store.the_store().write(work), secret)


def _check_number(questions: Sequence[Question]) -> None:
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise ParameterError(f"An event has 1 to {MOST_QUESTIONS} questions.")
    if sum(one.seat for one in questions) > 1:
        raise ParameterError("Two questions ask for the seat: keep one.")


def facilitator(secret: str) -> RoomEvent:
    """The event that this secret leads; the same error for a wrong, a guessed and a deleted one."""
    from consultation.kept import events, store

    return store.the_store().read(lambda connection: events.by_secret(connection, secret))


def _lead(secret: str, work: Callable[["Connection", RoomEvent], None]) -> RoomEvent:
    """Do something as a facilitator, while no other facilitator of the event does; the event as it then stands."""
    from consultation.kept import events, store

    def whole(connection: "Connection") -> RoomEvent:
        work(connection, events.by_secret(connection, secret, lock=True))
        return events.by_secret(connection, secret)

    return store.the_store().write(whole)


def show(secret: str, question: str) -> RoomEvent:
    """Put a question on the wall and open it; the one that was open before stops (the seat's stays open).

    A stopped question opens again; one whose result was revealed is shown with it and takes no answers.
    """
    from consultation.kept import events

    return _lead(secret, lambda connection, event: events.show(connection, event, events.asked(event, question)))


def stop(secret: str, question: str) -> RoomEvent:
    """Let a question take no more answers. It stays on the wall."""
    from consultation.kept import events

    return _lead(secret, lambda connection, event: events.stop(connection, event, events.asked(event, question)))


def reveal(secret: str, question: str, right: int | None = None) -> RoomEvent:
    """Let the room see the result of a question; it stops for good. ``right`` is the model's choice of a guess."""
    from consultation.kept import events

    return _lead(
        secret, lambda connection, event: events.reveal(connection, event, events.asked(event, question), right)
    )


def arrange(secret: str, questions: Sequence[Question]) -> RoomEvent:
    """Reorder, add and drop questions of a running event: those without an id are new, those left out are dropped.

    Raises EventError where a question is left out that was shown, ParameterError for words that cannot be kept.
    """
    from consultation.kept import events

    _check_number(questions)
    declared = [kinds.declared(one) for one in questions]
    return _lead(secret, lambda connection, event: events.arrange(connection, event, declared))


def comments(secret: str, question: str) -> tuple[RoomAnswer, ...]:
    """All comments on a question, seen or not, by their random ids: for the facilitator's eyes."""
    return facilitator_tally(secret, question).comments


def let_appear(secret: str, comment: str, appears: bool = True) -> RoomEvent:
    """Let the room see a comment by its id, or see it no longer. A comment that is changed is hidden again."""
    from consultation.kept import answers, events

    def work(connection: "Connection", event: RoomEvent) -> None:
        answers.let_appear(connection, event, comment, appears=appears)
        events.changed(connection, event)

    return _lead(secret, work)


def close(secret: str) -> RoomEvent:
    """End an event: it takes no answers; results that were revealed stay to be seen until it is deleted."""
    from consultation.kept import events

    return _lead(secret, events.close)


def delete(secret: str) -> None:
    """Delete an event with all its questions and answers, at once and for good."""
    from consultation.kept import events, store

    the_store = store.the_store()
    the_store.write(lambda connection: events.remove(connection, events.by_secret(connection, secret, lock=True)))
    the_store.forget()


def facilitator_tally(secret: str, question: str) -> Tally:
    """What came of a question so far, revealed or not: for the facilitator's eyes."""
    from consultation import tallies
    from consultation.kept import answers, events, store

    def work(connection: "Connection") -> Tally:
        event = events.by_secret(connection, secret)
        asked = events.asked(event, question)
        return tallies.in_full(event, asked, answers.to(connection, asked))

    return store.the_store().read(work)


def export(secret: str, form: str, address: str = "") -> RoomFile:
    """An event as a file, in one of :data:`FORMS`; ``address`` is where the explorer is served, without a query.

    Seats stand in it as in results by seat; the report holds what the room was let see and nothing else.
    """
    from consultation.kept import answers, events, store
    from consultation.leaving import forms, rows

    def work(connection: "Connection") -> rows.WholeEvent:
        found = events.by_secret(connection, secret)
        return rows.WholeEvent(found, answers.every(connection, found), address)

    return forms.made(store.the_store().read(work), form)


# What anybody in the room does


def event(code: str) -> RoomEvent:
    """The event with this code, however it was typed; raises EventError where there is none."""
    from consultation.kept import events, store

    return store.the_store().read(lambda connection: events.by_code(connection, code))


def revision(code: str) -> int:
    """The revision of an event as it was at most a second ago, at next to no cost: every phone asks all the time."""
    code = code[:LONGEST_TITLE]
    return revisions.of(code, lambda: event(code).revision)


def counts(code: str) -> dict[str, int]:
    """How many browsers answered each question, by its id: all questions in one look."""
    from consultation.kept import answers, events, store

    return store.the_store().read(lambda connection: answers.counts(connection, events.by_code(connection, code)))


def tally(code: str, question: str) -> Tally:
    """What the room may see of a question: a count, the result once revealed, comments that were let appear."""
    from consultation import tallies
    from consultation.kept import answers, events, store

    def work(connection: "Connection") -> Tally:
        found = events.by_code(connection, code)
        asked = events.asked(found, question)
        if not asked.revealed and asked.kind != "comment":  # a wall asks every two seconds
            return Tally(asked, answers.counts(connection, found)[asked.id])
        return tallies.for_the_room(found, asked, answers.to(connection, asked))

    return store.the_store().read(work)


def answer(code: str, question: str, browser: str, value: object) -> RoomAnswer:
    """Keep an answer, or change it: when this returns, it is on the disk. Raises AnswerError where it is refused.

    ``browser`` is the random id that a browser keeps, 16 to 64 letters, digits, "-" and "_"; only its hash with the
    event's id is stored. ``value``: the number of a choice from 0 (guess, choice), 1 to 5 (agreement), a number,
    the query of a link (price; :func:`price_answer` writes it), a text (comment). At most 30 a minute a browser.
    """
    from consultation.kept import answers, events, store

    def work(connection: "Connection") -> RoomAnswer:
        found = events.by_code(connection, code)
        asked = events.asked(found, question)
        return answers.give(connection, found, asked, answers.person(found, browser), kinds.check(asked, value))

    limits.count(browser)
    return store.the_store().write(work)


def skip(code: str, question: str, browser: str) -> None:
    """Take an answer back while its question is open."""
    from consultation.kept import answers, events, store

    def work(connection: "Connection") -> None:
        found = events.by_code(connection, code)
        answers.skip(connection, found, events.asked(found, question), answers.person(found, browser))

    limits.count(browser)
    store.the_store().write(work)


def own_answers(code: str, browser: str) -> dict[str, RoomAnswer]:
    """A browser's own answers, by the id of their question."""
    return sat_down(code, browser)[1]


def sat_down(code: str, browser: str) -> tuple[RoomEvent, dict[str, RoomAnswer]]:
    """An event and a browser's own answers, in one look: what a phone needs to draw its page."""
    from consultation.kept import answers, events, store

    def work(connection: "Connection") -> tuple[RoomEvent, dict[str, RoomAnswer]]:
        found = events.by_code(connection, code)
        return found, answers.own(connection, found, answers.person(found, browser))

    return store.the_store().read(work)


price_answer = kinds.price_answer
"""The answer that a price is: the query of its link, of a reader's own table the hash alone."""


def where() -> str:
    """One line on where answers are kept, without a password; nothing is opened."""
    return place.in_words()


def ready() -> None:
    """Open the store; raises StoreError with a sentence where there is none to be had."""
    from consultation.kept import store

    store.the_store()
