"""What an event, a question, an answer and a tally are. Times are UTC; an answer's is cut to its minute."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

State = Literal["waiting", "open", "stopped", "revealed"]
"""Where a question stands: not shown yet; taking answers; taking none; taking none ever again, its result seen."""
AnswerValue = int | float | str
"""What an answer holds: the number of a choice from 0 (guess, choice), 1 to 5 (agreement), a number, the query of a
link (price), or text (comment)."""


@dataclass(frozen=True)
class Question:
    """A question of an event. What the facilitator writes is ``kind`` to ``story``; the rest is the store's.

    ``kind`` is a key of :data:`consultation.kinds.KINDS`; ``choices`` are those of a guess or a choice;
    ``low`` to ``unit`` are a number's. ``seat``: this choice asks from where the person speaks; at most one an event.
    ``story`` is the key of the step of the story that a guess belongs to. ``right`` is the model's own choice of a
    guess, from 0; None until it is revealed with one.
    """

    kind: str
    words: str
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    unit: str = ""
    seat: bool = False
    story: str = ""
    id: str = ""
    state: State = "waiting"
    right: int | None = None

    def stated(self, value: float) -> str:
        """A number with the question's unit and all of its digits, to nine decimals: told as it is kept."""
        written = f"{value:,.9f}".rstrip("0").rstrip(".")
        return f"{'0' if written == '-0' else written}{'' if self.unit in ('', '%') else ' '}{self.unit}"

    @property
    def revealed(self) -> bool:
        """Whether the room may see the result."""
        return self.state == "revealed"


@dataclass(frozen=True)
class RoomEvent:
    """A consultation event as anybody in the room may know it.

    ``code`` is what the room types; ``link`` the query of the event's own price; ``model`` the model version under
    which it was started; ``delete_on`` the day from which nothing of it is kept; ``closed`` when it was closed, None
    while it is on; ``shown`` the id of the question on the wall, "" where there is none. ``revision`` rises with each
    thing that the facilitator does: a result that was worked out is good while it stays, if its question is revealed.
    """

    id: str
    code: str
    title: str
    link: str
    model: str
    started: datetime
    delete_on: date
    closed: datetime | None
    shown: str
    revision: int
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """The question with this id."""
        return next((one for one in self.questions if one.id == key), None)

    @property
    def on_the_wall(self) -> Question | None:
        """The question that is shown now, open or not."""
        return self.question(self.shown)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Those that take answers: the one on the wall, if it is open, and the seat until it is stopped."""
        return () if self.closed else tuple(one for one in self.questions if one.state == "open")

    @property
    def seat(self) -> Question | None:
        """The question that asks for the seat."""
        return next((one for one in self.questions if one.seat), None)


@dataclass(frozen=True)
class Started:
    """A new event, and the secret of its facilitator: 32 characters of 0-9 and a-f, told this once."""

    event: RoomEvent
    secret: str


@dataclass(frozen=True)
class RoomAnswer:
    """An answer as its author or the facilitator may read it.

    ``id`` is random and tells nothing of its author; ``seat`` the number of the choice of the seat question, None if
    unsaid; ``given`` is cut to its minute; ``appears``: a comment that the facilitator lets appear.
    """

    id: str
    question: str
    value: AnswerValue
    seat: int | None
    given: datetime
    model: str
    appears: bool = False


@dataclass(frozen=True)
class SeatTally:
    """The tally of those who speak from one seat: 5 answers or more, or it is not there at all."""

    seat: str
    answered: int
    counts: tuple[int, ...] = ()
    median: float | None = None


@dataclass(frozen=True)
class SettingDots:
    """A setting of the price in which an answer differs from the event's own: each answer's value in turn.

    ``room`` is the room's median, or its commonest choice. Where several choices are as common as each other they are
    all ``tied``, in the order in which they are declared, and ``room`` is the event's own if it is one of them, else
    the first.
    """

    name: str
    own: float | str
    values: tuple[float | str, ...]
    room: float | str
    tied: tuple[str, ...] = ()

    def told(self, write: Callable[[float | str], str]) -> str:
        """``room`` in words, with the choices that were chosen as often; ``write`` writes a value of the setting."""
        others = " and ".join(write(value) for value in self.tied if value != self.room)
        return write(self.room) + (f" (chosen as often: {others})" if others else "")


@dataclass(frozen=True)
class PriceTally:
    """Prices that a room chose. Links are queries, sorted by the random ids of their answers.

    ``middle`` is the price whose every setting is the room's median (its commonest choice where a setting is one);
    "" where nobody has answered. Every price is held against the event's people. ``own_tables`` counts those that were
    set on a table of the reader's own; ``unread`` links that this version cannot honour in full, which are among
    ``links`` alone; ``read`` counts the others. ``notes`` say what changed in results since an answer was given.
    """

    links: tuple[str, ...] = ()
    settings: tuple[SettingDots, ...] = ()
    middle: str = ""
    own_tables: int = 0
    unread: int = 0
    notes: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """How many prices are counted."""
        return len(self.links) - self.unread


@dataclass(frozen=True)
class Tally:
    """What came of a question.

    ``answered`` counts browsers. Everything else is empty until the question is revealed, except for the facilitator
    and for comments that were let appear. ``counts`` has an entry a choice (or agreement from 1 to 5); None is one too
    small to be shown, in the seat's own question alone. ``values`` are a number's answers in order of size, n of them;
    ``median`` is of a number or of agreement, half-way between two where n is even. ``low_quarter`` and
    ``high_quarter`` are the answers at place n // 4, from 0, from either end: at least a quarter of all are as small as
    the one, at least a quarter as large as the other, and at least half lie from the one to the other. ``by_seat``
    holds the seats with 5 answers or more; ``seats_left_out`` says that others are not shown, so that nothing small can
    be worked out.
    """

    question: Question
    answered: int
    seen: bool = False
    counts: tuple[int | None, ...] = ()
    values: tuple[float, ...] = ()
    median: float | None = None
    low_quarter: float | None = None
    high_quarter: float | None = None
    price: PriceTally | None = None
    comments: tuple[RoomAnswer, ...] = ()
    by_seat: tuple[SeatTally, ...] = ()
    seats_left_out: bool = False


@dataclass(frozen=True)
class RoomFile:
    """A file that leaves an event: its name, its media type and its content."""

    name: str
    media: str
    content: bytes


@dataclass(frozen=True)
class Listed:
    """An event in the list of all: how many browsers answered anything, and how many answers there are."""

    event: RoomEvent
    people: int
    answers: int
