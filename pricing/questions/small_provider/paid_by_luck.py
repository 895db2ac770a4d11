"""How likely one provider is paid for results although support has changed nothing."""

from dataclasses import replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.own_result import results_pay

LEAST_PAID = 1.0
"""£ of results pay in a year from which results count as paid for."""


def no_effect(evaluation: Evaluation) -> Evaluation:
    """The same contract with support that changes nothing: whoever does what pays best gives none."""
    none = np.zeros_like(evaluation.incentives.chosen_hours)
    return replace(evaluation, incentives=replace(evaluation.incentives, chosen_hours=none))


def paid_by_luck(evaluation: Evaluation) -> float:
    """Chance that the scenario's provider is paid for results in a year in which support has changed nothing."""
    idle = no_effect(evaluation)
    pay = results_pay(idle, sent.of(idle, "pays_best"), evaluation.scenario.common_shock)
    return 1 - pay.below(LEAST_PAID)
