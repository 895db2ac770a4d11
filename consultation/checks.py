"""What a question of each kind needs, and which answers it takes; every refusal is a sentence."""

import math
import unicodedata

from consultation.records import Question
from pricing import MODEL_VERSION
from pricing.errors import AnswerError, ExplorerError, ParameterError
from pricing.scenario import links
from pricing.scenario.links import TableName
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.scenario.spec import quoted

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
    """A number within the question's range, rounded to a hundredth of what its steps are written to."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not question.low <= value <= question.high:
        low, high = question.stated(question.low), question.stated(question.high)
        raise AnswerError(f"Answer with a number from {low} to {high}.")
    decimals = len(f"{question.step:.6f}".rstrip("0").partition(".")[2]) + 2
    return min(max(round(float(value), decimals), question.low), question.high) + 0.0


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
    """The answer that a price is: the query of its link.

    It holds no more than the price: what was set beside it of one provider and one place, such as its reserves, says
    who answered and is left out. Of a table of one's own there is the SHA-256, not the name.
    """
    query = links.write(scenario.price_alone())
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
