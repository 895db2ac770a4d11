"""The story in six steps, from who these people are to what it would take. No streamlit."""

from collections.abc import Callable
from dataclasses import dataclass

from pages.kit.markdown import percent, pounds
from pages.topics.begin.story.answers import (
    MULTIPLIER,
    PREMIUM,
    premium_for_needs,
    two_streets,
    what_counts,
    what_flat_pays,
    what_it_takes,
    who_they_are,
)
from pages.topics.begin.story.step_answer import Hold, StepAnswer
from pricing.scenario.metrics import how_many
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True)
class Step:
    """A step: what it is about, a question to guess at, and how it is answered; ``page``, at its
    ``part``, is where one plays with it; ``plays`` is whether one does so on the spot, too.
    """

    key: str
    title: str
    text: str
    question: str
    choices: tuple[str, ...]
    answer: Callable[[Hold], StepAnswer]
    page: str
    invitation: str
    part: str = ""
    plays: bool = False


STEPS = (
    Step(
        "people",
        "Who are these people?",
        "The box above says who they are. Each may have complex needs, such as housing, work, drugs or mental health. "
        "Some have none of them.",
        "Of 100 of these people, how many have two needs or more?",
        ("Fewer than 25", "25 to 49", "50 to 74", "75 or more"),
        who_they_are,
        "risk_curves",
        "See how each need moves the risk",
    ),
    Step(
        "flat",
        "What does a flat price pay back for them?",
        f"A commissioner sets aside {pounds(Scenario().contract_value)} a person. "
        f"{percent(Scenario().results_share)} of it depends on results: did fewer people reoffend than the average of "
        "everyone? The rest is a fee. Support costs money; some of that comes back as results pay.",
        "For people with the most needs, how much comes back for an extra £1 of support that they need?",
        ("Less than 50p", "50p to 74p", "75p to 99p", "£1 or more"),
        what_flat_pays,
        "start_here",
        "Play with this price",
    ),
    Step(
        "premium",
        "A premium for needs: does it cure this?",
        f"People with more needs bring in less, so pay more for them: {percent(PREMIUM)} more for each need. "
        "The commissioner puts the premium on the fee, where it is safe.",
        "For people with the most needs, what happens to what an extra £1 of support pays back?",
        ("It falls", "It does not move", "It rises"),
        premium_for_needs,
        "set_the_price",
        "Move the premium between fee and results",
    ),
    Step(
        "place",
        "The place matters: the same person, two streets",
        "Now the premium is on results, and each person is compared with what is expected of someone like them (an own "
        "target). Take two groups with the same number of needs. One lives in the most deprived tenth of areas, where "
        "homes and jobs are scarce; the other in the least.",
        "For which of the two does an extra £1 of support pay back more?",
        (
            "For the most deprived",
            "The same for both",
            "For the least deprived, by up to a quarter",
            "For the least deprived, by more than a quarter",
        ),
        two_streets,
        "who_it_pays_to_help",
        "Move the multiplier for place",
    ),
    Step(
        "counts",
        "Reoffended or not: what is a result?",
        "So far only one thing counted: did a person reoffend at all (binary)? Of women released from custody in 2006, "
        "45.0% reoffended, of men 46.6%. But women did so 218.6 times for every 100, men 207.5 (Ministry of Justice). "
        "Now count every reoffence (frequency), for the same money.",
        "For people with the most needs, what happens to what an extra £1 of support pays back?",
        ("It falls", "It rises by up to half", "It rises by more than half", "It at least doubles"),
        what_counts,
        "who_it_pays_to_help",
        f"Compare all {how_many()} measures",
        part="four_measures",
    ),
    Step(
        "takes",
        "What would it take?",
        f"Put the pieces together. Every reoffence counts, each person has an own target, each need adds "
        f"{percent(PREMIUM)} and the most deprived tenth counts {MULTIPLIER:g} times. The fee is the rest of the "
        "contract, as before.",
        "What share of the contract must depend on results before an extra £1 pays back £1 on average?",
        ("20% or less", "21% to 40%", "41% to 60%", "More than 60%, or no share is enough"),
        what_it_takes,
        "start_here",
        "Start from this contract and do better",
        plays=True,
    ),
)
