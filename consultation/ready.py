"""The consultation's questions, ready to be asked: what GMCVO's members were asked in 2013, in today's explorer."""

from consultation.records import Question
from pricing.scenario.metrics import METRICS

SEATS = (
    "Commissioner",
    "Prime contractor or large provider",
    "Small charity",
    "Person with experience of the system",
    "Somebody else",
)


def ready_set() -> tuple[Question, ...]:
    """The ready questions in the order in which they are asked; the facilitator may drop, add and reorder."""
    return (
        Question("choice", "From which seat do you speak? You may skip this.", SEATS, seat=True),
        Question(
            "number",
            "What is the largest share of a contract that your organisation could bear to have paid on results?",
            low=0,
            high=100,
            step=1,
            unit="%",
        ),
        Question("choice", "Which measure of results should be paid for?", tuple(m.choice for m in METRICS.values())),
        Question("agreement", "The price has to know the place: more where homes and jobs are scarce."),
        Question("price", "Set the price that you would sign, and send it."),
        Question("comment", "What did this leave out?"),
    )
