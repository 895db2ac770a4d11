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
    """Reoffences avoided, the pot and net present value where support can change less, or more, all else as it is."""
    ends = around(VARIED, evaluation.scenario)
    said = []
    for value in (ends.low, ends.high):
        other = kept.of(evaluation.scenario.with_(**{VARIED: value}), evaluation.cohort)
        pot = Pot(savings(other, at_benchmark=at_benchmark))
        worth = about(appraise(other, at_benchmark=at_benchmark)["society"].net)
        said.append(
            f"{events(other, pot.savings.avoided)} reoffences avoided, {about(pot.put_in)} in the pot and {worth} "
            "gained by society beyond what the support costs (net present value)"
        )
    return (
        f"**How sure.** If support can change less (at most {off(ends.low)} off the odds of reoffending, not "
        f"{off(ends.central)}): {said[0]}. If it can change more ({off(ends.high)}): {said[1]}. Only this assumption "
        "is varied here; the page “How sure” varies more at once."
    )
