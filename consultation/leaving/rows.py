"""An event with everything that was answered, and its answers as rows: none tells where its author sat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consultation.kinds import KINDS
from consultation.records import Question, RoomAnswer, RoomEvent, Tally
from consultation.tallies import in_full, seats_shown, settled
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE

NOT_SHOWN = "not shown"
"""In place of a seat from which too few answered, or that may still change."""
NOT_GIVEN = "not given"
COLUMNS = ("question", "kind", "answer", "seat", "minute", "link", "model", "appears")


@dataclass(frozen=True)
class WholeEvent:
    """An event, all answers to each of its questions by the question's id, and where links lead."""

    event: RoomEvent
    answers: Mapping[str, tuple[RoomAnswer, ...]]
    address: str = ""

    def tally(self, question: Question) -> Tally:
        """What came of a question."""
        return in_full(self.event, question, self.answers[question.id])

    def link(self, query: str) -> str:
        """A price's query as a link."""
        return f"{self.address}?{query}"


@dataclass(frozen=True)
class AnswerRow:
    """An answer as it leaves. ``minute`` is UTC; ``link`` a price's, "" for other kinds; ``appears`` a comment's."""

    question: str
    kind: str
    answer: str | float
    seat: str
    minute: str
    link: str
    model: str
    appears: bool | None


def of(whole: WholeEvent) -> list[AnswerRow]:
    """A row an answer: questions in their order, the answers to each by their random ids."""
    return [row for question in whole.event.questions for row in of_question(whole, question)]


def of_question(whole: WholeEvent, question: Question) -> list[AnswerRow]:
    """The rows of one question."""
    given = sorted(whole.answers[question.id], key=lambda one: one.id)
    seats = seats_of(whole.event, question, given)
    kind = KINDS[question.kind]
    found = []
    for one, seat in zip(given, seats, strict=True):
        told = kind.told(question, one.value)
        found.append(
            AnswerRow(
                question=question.words,
                kind=question.kind,
                answer=seat if question.seat else told,
                seat=seat,
                minute=minute(one.given),
                link=whole.link(str(one.value)) if question.kind == "price" else "",
                model=one.model,
                appears=one.appears if question.kind == "comment" else None,
            )
        )
    return found


def minute(moment: datetime) -> str:
    """A time to the minute, UTC."""
    return f"{moment:%Y-%m-%dT%H:%MZ}"


def seats_of(event: RoomEvent, question: Question, given: list[RoomAnswer]) -> list[str]:
    """The seat of each answer, as far as it may be told: of 5 or more, and of answers that change no more.

    The answers to the question of the seat itself are told where there are 5 or more as well: a table of who was there
    would give back what the other rows leave out.
    """
    if event.seat is None:
        return [""] * len(given)
    if not settled(event, question) and not question.seat:
        return [NOT_SHOWN] * len(given)
    names = event.seat.choices
    shown = seats_shown([one.seat for one in given], len(names))
    places = [len(names) if one.seat is None else one.seat for one in given]
    return [(*names, NOT_GIVEN)[place] if shown[place] else NOT_SHOWN for place in places]


def on_own_table(query: str) -> bool:
    """Whether a price was set on a table of its reader's own."""
    return links.read(links.from_url(query)).scenario.cohort == OWN_TABLE
