"""The kinds of question, each declared once: words, what a question needs, which answers it takes, how they count.

A new kind is an entry here, its functions in :mod:`.checks` and :mod:`.counted`, and a picture of its tally on the
pages; tests/consultation/test_kinds.py names what it still lacks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast

from consultation import checks, counted
from consultation.checks import AGREEMENT, one_line, price_answer
from consultation.records import AnswerValue, Question, RoomAnswer, RoomEvent, Tally
from pricing.errors import ParameterError
from pricing.scenario.spec import quoted

__all__ = ["AGREEMENT", "KINDS", "QuestionKind", "check", "declared", "names_of", "one_line", "price_answer"]


@dataclass(frozen=True)
class QuestionKind:
    """A kind of question.

    ``name`` and ``what`` are words for the facilitator who picks it. ``needs`` raises ParameterError for a question
    that lacks something. ``check`` returns an answer as it is kept; raises AnswerError with a sentence for whoever
    answered. ``count`` fills a tally that holds the question and how many answered. ``told`` is an answer as a table
    gives it. ``by_seat``: its result is told by seat too. ``has_choices``: its questions carry choices.
    """

    key: str
    name: str
    what: str
    needs: Callable[[Question], None]
    check: Callable[[Question, object], AnswerValue]
    count: Callable[[Tally, Sequence[RoomAnswer], RoomEvent], Tally]
    told: Callable[[Question, AnswerValue], str | float]
    by_seat: bool = True
    has_choices: bool = False


def chosen(question: Question, value: AnswerValue) -> str:
    """The words of a choice."""
    return question.choices[cast(int, value)]


def as_it_is(question: Question, value: AnswerValue) -> str | float:
    """A number or a text."""
    return value


def in_its_link(question: Question, value: AnswerValue) -> str:
    """A price stands in the column of links."""
    return ""


def registry(kinds: Sequence[QuestionKind]) -> Mapping[str, QuestionKind]:
    """Kinds by their keys; raises ValueError where two share one."""
    found = {kind.key: kind for kind in kinds}
    if len(found) < len(kinds):
        raise ValueError("two kinds of question have one key")
    return MappingProxyType(found)


KINDS: Mapping[str, QuestionKind] = registry(
    (
        QuestionKind(
            key="guess",
            name="Guess from the story",
            what="One of the choices of a step of the story, with the model’s answer beside the room’s.",
            needs=checks.needs_choices,
            check=checks.choice_of,
            count=counted.by_choice,
            told=chosen,
            has_choices=True,
        ),
        QuestionKind(
            key="choice",
            name="Choice",
            what="One of two to eight answers.",
            needs=checks.needs_choices,
            check=checks.choice_of,
            count=counted.by_choice,
            told=chosen,
            has_choices=True,
        ),
        QuestionKind(
            key="agreement",
            name="Agreement",
            what="How far one agrees with a statement, from 1 to 5.",
            needs=checks.needs_nothing,
            check=checks.agreement_of,
            count=counted.by_agreement,
            told=as_it_is,
        ),
        QuestionKind(
            key="number",
            name="Number",
            what="A number within a range, with a unit.",
            needs=checks.needs_range,
            check=checks.number_of,
            count=counted.by_number,
            told=as_it_is,
        ),
        QuestionKind(
            key="price",
            name="Price",
            what="The price that each person has set.",
            needs=checks.needs_nothing,
            check=checks.price_of,
            count=counted.by_price,
            told=in_its_link,
            by_seat=False,
        ),
        QuestionKind(
            key="comment",
            name="Comment",
            what="A few words; the room sees each only once you let it appear.",
            needs=checks.needs_nothing,
            check=checks.comment_of,
            count=counted.by_comment,
            told=as_it_is,
            by_seat=False,
        ),
    )
)
"""Kind of question -> what it is, in the order in which they are offered."""


def declared(question: Question) -> Question:
    """A question as it is kept, its words tidied and what its kind has no use for left out.

    Raises ParameterError for one that cannot be asked.
    """
    kind = KINDS.get(question.kind)
    if kind is None:
        raise ParameterError(f"There is no kind of question called {quoted(question.kind)}.")
    if question.seat and question.kind != "choice":
        raise ParameterError("Only a choice can ask for the seat.")
    found = replace(
        question,
        words=one_line(question.words, checks.LONGEST_QUESTION, "The question"),
        choices=tuple(one_line(one, checks.LONGEST_CHOICE, "A choice") for one in question.choices[:99])
        if kind.has_choices
        else (),
        unit=one_line(question.unit, checks.LONGEST_UNIT, "The unit") if question.unit else "",
        story=one_line(question.story, checks.LONGEST_UNIT, "The step") if question.story else "",
        state="waiting",
        right=None,
    )
    kind.needs(found)
    return found


def names_of(question: Question) -> tuple[str, ...]:
    """What each count of a question's tally is of, as plain text."""
    if question.kind == "agreement":
        return tuple(f"{place}, {words}" for place, words in enumerate(AGREEMENT, 1))
    return question.choices


def check(question: Question, value: object) -> AnswerValue:
    """An answer as it is kept; raises AnswerError."""
    return KINDS[question.kind].check(question, value)
