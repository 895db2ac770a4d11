"""What the page for a phone in the room says. No streamlit."""

from consultation.records import Question

NO_CODE = "Type the code that stands on the wall: six letters and digits."
NOTHING = "Nothing is asked just now. The next question appears here by itself."
CLOSED = "This event is closed. Thank you. What you answered is kept until the date on this page."
FORGETFUL = "This browser keeps nothing: after a reload you would count as another person."
FINDING = "One moment: your browser is being asked whether it has answered before."
OWN_TABLE = "The price is set on a table of your own. The table is not sent: only the settings and its fingerprint are."


def range_of(question: Question) -> str:
    """What is asked for in the box of a number: its unit and its ends; of a percentage, how one is typed."""
    said = f"From {question.stated(question.low)} to {question.stated(question.high)}"
    if question.unit != "%":
        return said
    half_way = question.low + question.step * round((question.high - question.low) / question.step / 2)
    return f"{said}. For {question.stated(half_way)} type {digits(half_way)}"


def digits(value: float) -> str:
    """A number as it is typed, without its unit."""
    return f"{value:.9f}".rstrip("0").rstrip(".")


def state(question: Question, *, closed: bool) -> str:
    """Why a question takes no answers; of a ``closed`` event no result is revealed any more."""
    if question.revealed or question.kind == "comment" or closed:
        return "This question takes no more answers."
    return "This question takes no more answers. The result appears here once the facilitator reveals it."
