"""How far savings depend on what support can change, in a sentence."""

import math

from pages.kit import kept
from pages.kit.markdown import about, percent
from pages.topics.money.who_pays_who_saves.words import events
from pricing.evaluate import Evaluation
from pricing.questions.how_sure.assumed_ranges import around
from pricing.questions.savings.appraisal import appraise
from pricing.questions.savings.pot import Pot
from pricing.questions.savings.saved import savings

VARIED = "max_effect"


def off(fall: float) -> str:
    """A fall in log-odds as a share off the odds."""
    return percent(-math.expm1(-fall))


def sentence(evaluation: Evaluation, *, at_benchmark: bool) -> str:
    """Reoffences avoided, the pot and net present value where support can change less, or more, all else as it is.

    Where the range ends at what is set, there is no less, or no more.
    """
    ends = around(VARIED, evaluation.scenario)
    cases = [
        f"If support can change {word} (at most {off(value)} off the odds of reoffending, not {off(ends.central)}): "
        f"{worth(evaluation, value, at_benchmark=at_benchmark)}."
        for word, value in (("less", ends.low), ("more", ends.high))
        if off(value) != off(ends.central)
    ]
    only = "Only this assumption is varied here; the page “How sure” varies more at once."
    return " ".join(["**How sure.**", *cases, only])


def worth(evaluation: Evaluation, value: float, *, at_benchmark: bool) -> str:
    """What is avoided, put in and gained where support can change so much, a fall in log-odds."""
    other = kept.of(evaluation.scenario.with_(**{VARIED: value}), evaluation.cohort)
    pot = Pot(savings(other, at_benchmark=at_benchmark))
    net = about(appraise(other, at_benchmark=at_benchmark)["society"].net)
    return (
        f"{events(other, pot.savings.avoided)} reoffences avoided, {about(pot.put_in)} in the pot and {net} gained by "
        "society beyond what the support costs (net present value)"
    )
