"""The kinds of question, each declared once: its words, what a question of it needs, which answers it takes.

How a kind is tallied is in :mod:`.tallies`, how an answer leaves in :mod:`.written_answers`; both go by these keys.
"""

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing import MODEL_VERSION
from pricing.consultation.records import AnswerValue, Question
from pricing.errors import AnswerError, ExplorerError, ParameterError
from pricing.scenario import links
from pricing.scenario.links import TableName
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.scenario.spec import printable, quoted

FEWEST_CHOICES, MOST_CHOICES = 2, 8
AGREEMENT = ("disagree strongly", "disagree", "neither", "agree", "agree strongly")
"""The words of 1 to 5."""
MOST_COMMENT = 500
"""Characters of a comment."""
LONGEST_QUESTION, LONGEST_CHOICE, LONGEST_UNIT = 300, 80, 20
MOST_LINK = 8000
"""Characters of a price's link: every parameter spelled out takes about 2,500."""
JOINERS = "\u200c\u200d"
"""Characters that do not print and stand inside words of some languages and inside emoji."""


@dataclass(frozen=True)
class QuestionKind:
    """A kind of question: its name, what it is for, what a question of it needs, which answers it takes.

    ``declared`` raises ParameterError for a question that lacks something. ``check`` returns an answer as it is kept;
    raises AnswerError with a sentence for whoever answered.
    """

    key: str
    name: str
    what: str
    declared: Callable[[Question], None]
    check: Callable[[Question, object], AnswerValue]


def one_line(text: object, most: int, what: str) -> str:
    """A text of a facilitator on one line, spaces tidied; raises ParameterError where it is none or too long."""
    if not isinstance(text, str):
        raise ParameterError(f"{what}: write a text.")
    tidied = " ".join(unicodedata.normalize("NFC", text).split())
    if not all(c.isprintable() or c in JOINERS for c in tidied):
        raise ParameterError(f"{what}: {quoted(tidied)} holds a character that does not print; type it without.")
    if not tidied:
        raise ParameterError(f"{what} is empty: type one.")
    if len(tidied) > most:
        raise ParameterError(f"{what} has {len(tidied):,} characters; it may have {most}.")
    return tidied


def needs_nothing(question: Question) -> None:
    """A kind whose questions are words alone."""


def needs_choices(question: Question) -> None:
    """Two to eight different choices."""
    count = len(question.choices)
    if not FEWEST_CHOICES <= count <= MOST_CHOICES:
        raise ParameterError(f"A question has {FEWEST_CHOICES} to {MOST_CHOICES} choices; this one has {count}.")
    if len(set(question.choices)) < count:
        raise ParameterError("Two choices of a question are the same: change one.")


def needs_range(question: Question) -> None:
    """A lowest and a highest number, in steps."""
    low, high, step = question.low, question.high, question.step
    if not (all(map(math.isfinite, (low, high, step))) and low < high and 0 < step <= high - low):
        raise ParameterError("A number needs a lowest value below its highest, and a step that fits between them.")


def choice_of(question: Question, value: object) -> int:
    """The number of one of the choices, from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < len(question.choices):
        raise AnswerError(f"Choose one of the {len(question.choices)} answers.")
    return value


def agreement_of(question: Question, value: object) -> int:
    """1 to 5."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= len(AGREEMENT):
        raise AnswerError("Choose a number from 1 (disagree strongly) to 5 (agree strongly).")
    return value


def number_of(question: Question, value: object) -> float:
    """A number within the question's range."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not question.low <= value <= question.high:
        unit = f" {question.unit}" if question.unit else ""
        raise AnswerError(f"Answer with a number from {question.low:,.9g} to {question.high:,.9g}{unit}.")
    return float(value) + 0.0


def price_of(question: Question, value: object) -> str:
    """The query of a link that holds a price: nothing beside its settings, its model and, of a table, its hash."""
    if not isinstance(value, str) or len(value) > MOST_LINK:
        raise AnswerError("This is no price of the explorer: open a price and send it from there.")
    try:
        link = links.read(links.from_url(value))
    except ExplorerError:
        raise AnswerError("This link cannot be read as a price: open the price and send it from there.") from None
    if link.problems:
        raise AnswerError("This price cannot be kept as it stands: open the price again and send it from there.")
    if link.model != MODEL_VERSION:
        raise AnswerError(
            "This price was set under another version of the model: open it again and send it from there."
        )
    return price_answer(link.scenario, link.table)


def price_answer(scenario: Scenario, table: TableName | None = None) -> str:
    """The answer that a price is: the query of its link. Of a table of one's own it holds the SHA-256, not the name."""
    query = links.write(scenario)
    if scenario.cohort == OWN_TABLE and table is not None:
        query[links.TABLE_DIGEST] = table.digest
    return links.to_query(query)


def comment_of(question: Question, value: object) -> str:
    """A text of at most 500 characters; line ends stay, other characters that do not print are refused."""
    if not isinstance(value, str):
        raise AnswerError("Write a comment.")
    if len(value) > 4 * MOST_COMMENT:  # before anything is done with it
        raise AnswerError(f"A comment may have {MOST_COMMENT} characters; this one has {len(value):,}.")
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\t", " ").strip()
    if not text:
        raise AnswerError("The comment is empty: write a few words.")
    if len(text) > MOST_COMMENT:
        raise AnswerError(f"A comment may have {MOST_COMMENT} characters; this one has {len(text):,}.")
    if not all(c.isprintable() or c == "\n" or c in JOINERS or unicodedata.category(c) == "Zs" for c in text):
        raise AnswerError("The comment holds a character that does not print; write it without.")
    return text


KINDS: Mapping[str, QuestionKind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            QuestionKind(
                "guess",
                "Guess from the story",
                "One of the choices of a step of the story, with the model’s answer beside the room’s.",
                needs_choices,
                choice_of,
            ),
            QuestionKind("choice", "Choice", "One of two to eight answers.", needs_choices, choice_of),
            QuestionKind(
                "agreement", "Agreement", "How far one agrees with a statement, 1 to 5.", needs_nothing, agreement_of
            ),
            QuestionKind("number", "Number", "A number within a range, with a unit.", needs_range, number_of),
            QuestionKind("price", "Price", "The price that each person has set.", needs_nothing, price_of),
            QuestionKind(
                "comment",
                "Comment",
                "A few words; each is seen only once you let it appear.",
                needs_nothing,
                comment_of,
            ),
        )
    }
)
"""Kind of question -> what it is, in the order in which they are offered."""


def declared(question: Question) -> Question:
    """A question as it is kept, its words tidied; raises ParameterError for one that cannot be asked."""
    kind = KINDS.get(question.kind)
    if kind is None:
        raise ParameterError(f"{printable(question.kind)} is not a kind of question.")
    if question.seat and question.kind != "choice":
        raise ParameterError("Only a choice can ask for the seat.")
    found = Question(
        kind=question.kind,
        words=one_line(question.words, LONGEST_QUESTION, "The question"),
        choices=tuple(one_line(one, LONGEST_CHOICE, "A choice") for one in question.choices),
        low=float(question.low),
        high=float(question.high),
        step=float(question.step),
        unit=one_line(question.unit, LONGEST_UNIT, "The unit") if question.unit else "",
        seat=question.seat,
        story=question.story,
        id=question.id,
    )
    kind.declared(found)
    return found


def check(question: Question, value: object) -> AnswerValue:
    """An answer as it is kept; raises AnswerError."""
    return KINDS[question.kind].check(question, value)
