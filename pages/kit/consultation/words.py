"""A room's questions and what it answered, in words and rows. Strangers wrote most of them. No streamlit."""

import re

import pandas as pd

from consultation.kinds import names_of
from consultation.records import AnswerValue, PriceTally, Question, RoomEvent, SettingDots, Tally
from pages.kit import change_words
from pages.kit.markdown import NOT_SHOWN, count, escape
from pricing.scenario import links
from pricing.scenario.scenario import specs
from pricing.words.numbers import in_days, in_force

LEFT_OUT = "Seats with fewer than 5 answers, and what would give those away, are not shown."
NO_SEAT = "Nothing is shown by seat: that takes 5 answers from a seat, and none may be worked out from the others."
NO_MORE = "No more are taken."
ROOMS_MIDDLE = "The room’s middle (median), or commonest choice"
MODEL_ANSWER = "the model’s answer"
ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
JOINER = "\u2060"
STATES = {
    "waiting": "Not shown yet.",
    "open": "Open: it takes answers.",
    "stopped": "Stopped: it takes no answers, and the room has not seen the result.",
    "revealed": "Revealed: the room sees the result.",
}


def plain(text: str) -> str:
    """A stranger's text as markdown that means nothing but itself, its line ends kept.

    What looks like an address would become a link though every character is escaped: a word joiner, which nobody sees,
    stands in it.
    """
    apart = ADDRESS.sub(JOINER, text)
    return "  \n".join(escape(line.strip()) for line in apart.splitlines())


def kept(event: RoomEvent) -> str:
    """What is kept of an answer, by whom and until when: two sentences for whoever answers."""
    return (
        "Your answers, the price you send and the time to the minute are kept by whoever runs this explorer until "
        f"{in_days(event.delete_on)}, and then deleted. No name, no account and no address of your device is asked "
        "for or kept with them; a random number in your browser lets you come back and change them."
    )


def invitation(event: RoomEvent) -> str:
    """What the phones in the room are invited to, as markdown; "" once nothing is asked and nothing is to come."""
    if event.open_questions:
        what = "To answer"
    elif event.closed is None and any(one.state == "waiting" for one in event.questions):
        what = "For the next question"
    else:
        return ""
    return f"**{what}, open this on your phone. Code of the event: {event.code}**"


def answered(number: int, noun: str = "answered") -> str:
    """How many have answered; a count is of browsers."""
    return f"{count(number)} {noun}"


def number(question: Question, value: float) -> str:
    """A number with its unit, as the files have it too."""
    return question.stated(value)


def of_answer(question: Question, value: AnswerValue) -> str:
    """An answer as plain text."""
    if question.kind in ("guess", "choice"):
        return question.choices[int(value)]
    if question.kind == "agreement":
        return names_of(question)[int(value) - 1]
    if question.kind == "number":
        return number(question, float(value))
    return in_force(links.read(links.from_url(str(value))).scenario) if question.kind == "price" else str(value)


def to_choose(question: Question) -> tuple[str, ...]:
    """What an answer is chosen from, as plain text, for a wall; nothing where that goes without saying."""
    if question.kind == "number":
        return (f"From {number(question, question.low)} to {number(question, question.high)}",)
    return names_of(question)


def finding(tally: Tally) -> str:
    """What came of a question, with its number, as markdown."""
    question = tally.question
    if not tally.answered:
        return "Nobody has answered"
    if question.kind == "number" and tally.median is not None:
        return _of_numbers(tally, escape(number(question, tally.median)))
    if question.kind == "agreement" and tally.median is not None:
        return (
            f"The {'one' if tally.answered == 1 else 'middle'} answer is {tally.median:g}, where 5 is “agree strongly”"
        )
    return _of_prices(tally) if question.kind == "price" else _of_choices(tally)


def _of_numbers(tally: Tally, middle: str) -> str:
    """Answers may be equal to the median: no more than "at least half" is true of all of them."""
    if tally.answered == 1:
        return f"The one answer is {middle}"
    if tally.values and tally.values[0] == tally.values[-1]:
        return f"All {count(tally.answered)} answered {middle}"
    return f"At least half of those who answered said {middle} or less"


def _of_choices(tally: Tally) -> str:
    most = max((n for n in tally.counts if n is not None), default=0)
    if not most:
        return f"{answered(tally.answered)}; too few from each seat to show"
    leading = [name for name, n in zip(names_of(tally.question), tally.counts, strict=True) if n == most]
    if len(leading) > 1:
        as_many = f"“{escape(leading[1])}”" if len(leading) == 2 else f"each of {len(leading) - 1} other answers"
        return f"{count(most)} of {count(tally.answered)} chose “{escape(leading[0])}”, and as many {as_many}"
    return f"{count(most)} of {count(tally.answered)} chose “{escape(leading[0])}”"


def _of_prices(tally: Tally) -> str:
    settings = tally.price.settings if tally.price else ()
    unread = tally.price.unread if tally.price else 0
    read = tally.answered - unread
    if not read:
        return "None of the prices that were sent can be read by this version"
    if not settings:
        only = f"The one price that {'can be read' if unread else 'was sent'} is the event’s own"
        return only if read == 1 else f"{count(read)} prices, all the event’s own"
    prices = "price, which differs" if read == 1 else "prices, which differ"
    noun = "setting" if len(settings) == 1 else "settings"
    return f"{count(read)} {prices} from the event’s in {count(len(settings))} {noun}"


def rows(tally: Tally) -> pd.DataFrame:
    """A result as a table, its texts plain."""
    question = tally.question
    if question.kind == "number":
        return number_rows(tally)
    if question.kind == "price":
        return setting_rows(tally.price or PriceTally())
    names = [
        f"{name} ({MODEL_ANSWER})" if question.right == place else name for place, name in enumerate(names_of(question))
    ]
    return pd.DataFrame({"Answer": names, "Given by": [NOT_SHOWN if n is None else count(n) for n in tally.counts]})


def number_rows(tally: Tally) -> pd.DataFrame:
    """The middle of a number's answers, and its ends."""
    if not tally.values:
        return pd.DataFrame({"Of the room": [], "Answer": []})
    quarters = (tally.values[0], tally.low_quarter, tally.median, tally.high_quarter, tally.values[-1])
    said = (
        "Lowest",
        "A quarter or more at or under",
        "Half or more at or under",
        "Three quarters or more at or under",
        "Highest",
    )
    written = [number(tally.question, float(value or 0.0)) for value in quarters]
    return pd.DataFrame({"Of the room": said, "Answer": written})


def setting_rows(prices: PriceTally) -> pd.DataFrame:
    """Settings in which any price differs from the event's own."""
    return pd.DataFrame(
        [(specs()[one.name].label, _said(one, one.own), _middle(one), _spread(one)) for one in prices.settings],
        columns=["Setting", "The event’s own", ROOMS_MIDDLE, "From, to"],
    )


def _said(dots: SettingDots, value: float | str) -> str:
    return change_words.setting_value(specs()[dots.name], value)


def _middle(dots: SettingDots) -> str:
    return dots.told(lambda value: _said(dots, value))


def _spread(dots: SettingDots) -> str:
    if isinstance(dots.own, str):
        return "; ".join(dict.fromkeys(_said(dots, value) for value in dots.values))
    ends = (min(map(float, dots.values)), max(map(float, dots.values)))
    return " to ".join(dict.fromkeys(_said(dots, end) for end in ends))


def seat_rows(tally: Tally) -> pd.DataFrame:
    """A result by seat, of the seats that may be shown, its texts plain."""
    if tally.question.kind == "number":
        return pd.DataFrame(
            [(one.seat, count(one.answered), number(tally.question, one.median or 0.0)) for one in tally.by_seat],
            columns=["Seat", "Answered", "Half or more at or under"],
        )
    return pd.DataFrame(
        [
            (name, *(count(one.counts[place]) for one in tally.by_seat))
            for place, name in enumerate(names_of(tally.question))
        ],
        columns=["Answer", *(one.seat for one in tally.by_seat)],
    )
