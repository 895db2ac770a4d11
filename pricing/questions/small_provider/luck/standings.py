"""What a contract pays for whatever happens to be counted: results pay to a person of whom nothing is counted."""

from pricing.contract.cohort_change import Changes
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price import schedule
from pricing.price.outcomes import Risk
from pricing.scenario.metrics import METRICS


def standings(evaluation: Evaluation, risk: Risk, on_results: FloatArray) -> dict[str, FloatArray]:
    """Results pay by metric to a person of whom nothing is counted: no reoffence and no need met. Arrays (cells,)."""
    scenario, terms = evaluation.scenario, evaluation.terms
    paid = {}
    for metric, price in terms.unit_prices.items():
        before = schedule.outcome(metric, risk, 0.0)
        zero = schedule.units(metric, scenario.target, risk, 0.0, terms.baselines[metric])
        paid[metric] = price * on_results * (zero - METRICS[metric].better * before)
    return paid


def value(evaluation: Evaluation, sent: Cohort) -> dict[str, float]:
    """£ per client that a change of the whole baseline earns: everyone's baseline, or with an own target their own."""
    scenario = evaluation.scenario
    base = sent if scenario.target == "own" else evaluation.cohort
    metrics = tuple(evaluation.terms.unit_prices)
    bases = Changes.of(scenario, base, metrics).base
    return {m: price * float(b) for (m, price), b in zip(evaluation.terms.unit_prices.items(), bases, strict=True)}
