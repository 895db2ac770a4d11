"""Two shares on results, and the fall that a price is set for, in words."""

import math

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.evaluate import Evaluation
from pricing.scenario.in_words import stated
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import in_a_row, percent
from pricing.words.spend import spend


def of_what_is_paid(evaluation: Evaluation) -> float:
    """Share of what is paid that is results money when everyone gets what they need; nan where nothing is paid."""
    return spend(evaluation)["benchmark"].on_results


def as_paid(evaluation: Evaluation) -> str:
    """The share of what is paid that is results money, in a sentence; empty where nothing is paid on results."""
    if not evaluation.scenario.results_share:
        return ""
    share = of_what_is_paid(evaluation)
    if math.isnan(share):
        return "When people get what they need, nothing is paid once what is taken back comes off."
    if share < 0:
        return f"When people get what they need, {percent(-share)} of what is paid is taken back for results besides."
    return f"Share of what is paid when people get what they need: {percent(share)}."


def written(scenario: Scenario) -> str:
    """The share on results as it is written."""
    if not scenario.results_share:
        return "Nothing is paid on results."
    return f"Written share on results: {stated(scenario, 'results_share')}."


def both(evaluation: Evaluation) -> str:
    """The share on results as it is written, and as it is paid."""
    return f"{written(evaluation.scenario)} {as_paid(evaluation)}".rstrip()


def falls(evaluation: Evaluation) -> dict[str, float]:
    """Fall in each metric that is paid, a share of its baseline, that earns the results money; a rise of needs met."""
    scenario, cohort = evaluation.scenario, evaluation.cohort
    metrics = tuple(evaluation.terms.unit_prices)
    effect = np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction))
    return dict(zip(metrics, map(float, Changes.of(scenario, cohort, metrics).at(effect)), strict=True))


def moves(metric: str, fall: float) -> str:
    """How far what a metric counts falls or rises, in words."""
    return f"{METRICS[metric].counted} {'rise' if METRICS[metric].rises else 'fall'} by {fall:.2%}"


def priced_fall(evaluation: Evaluation) -> str:
    """What the reduction that the price is set for is taken off, and what it comes to in what is paid for."""
    if not evaluation.scenario.results_share:
        return ""
    each = in_a_row([moves(metric, fall) for metric, fall in falls(evaluation).items()])
    taken = f"{100 * evaluation.scenario.priced_reduction:.2f}".rstrip("0").rstrip(".")
    return f"The price is set for {taken}% off everyone's odds of reoffending: then {each}."
