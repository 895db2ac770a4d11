"""A year's results pay to one provider whose own clients are measured, clauses and all.

Where pay follows results one for one, it is what is counted times its price, down to the most that can be deducted in
the year. Where other clauses bend it, the contract is
held by the provider itself, so its own clients' measured change goes through the contract's rule: exactly, for the
distribution of what is counted is known. A blend under clauses, and quarterly measures under clauses, are refused:
their parts hang together in ways that one distribution does not hold.
"""

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.payment_rule import PaymentRule, from_clauses
from pricing.contract.results_pay import clauses_of
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.people.cohort import Cohort, FloatArray
from pricing.questions.small_provider.clients import Clients, who
from pricing.questions.small_provider.distribution import Distribution
from pricing.questions.small_provider.hurdle_passed import by_reoffenders
from pricing.questions.small_provider.lattice import counted
from pricing.scenario.metrics import GATED
from pricing.uncertainty.strata import take

TIE = 1e-9
"""Share of the baseline by which a count that stands on a threshold may miss it: the last digits of a quotient."""
PARTS = 8
"""Points for each step of a lattice on which amounts do not fall, once a rule with jumps goes over it."""


def results_pay(evaluation: Evaluation, clients: Clients, sigma: float) -> Distribution:
    """Results pay of a year, £ at face value, before a prime; ``sigma`` of the common shock.

    Raises ScenarioError for a clause that cannot be followed.
    """
    scenario = evaluation.scenario
    standing = clients.total(clients.standing)
    if not scenario.results_share:
        return Distribution.sure(0.0)
    if not scenario.bends_pay:
        pay = counted(clients, sigma).moved(1.0, standing)
        return limited(pay, least(evaluation, clients)) if scenario.limits_deductions else pay
    check(evaluation)
    (metric,) = clients.value
    rule, whole = rule_of(evaluation, clients, metric), clients.delivered * clients.value[metric]
    if scenario.binary_hurdle == "yes" and metric == GATED:
        most = int(np.floor(clients.delivered * baseline(evaluation) + TIE))
        passed, held_up = by_reoffenders(clients, sigma, most)
        low = bent(held_up, rule.at_most(0.0), whole, standing)
        high = bent(passed, rule, whole, standing)
        return Distribution.of(np.append(high[0], low[0]), np.append(high[1], low[1]))
    return Distribution.of(*bent(counted(clients, sigma), rule, whole, standing))


def check(evaluation: Evaluation) -> None:
    """Raises ScenarioError for clauses whose effect on one provider's luck is not worked out."""
    scenario = evaluation.scenario
    if len(scenario.weights()) > 1:
        raise ScenarioError(
            "One provider's luck under a blend of metrics is worked out only where pay follows results one for one: "
            "take the clauses out, or choose one metric."
        )
    if scenario.measured_period == "quarter":
        raise ScenarioError(
            "One provider's luck under a flat zone, threshold, hurdle, cap or an end to deductions is worked "
            "out for results measured once a year: measure by the year, or take the clauses out."
        )


def least(evaluation: Evaluation, clients: Clients) -> float:
    """£ below which the year's results pay does not fall: the limit on deductions as a share of the results money."""
    scenario, metrics = evaluation.scenario, tuple(clients.value)
    cohort = compared_with(evaluation)
    full = Changes.of(scenario, cohort, metrics).at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    money = clients.delivered * float(np.array([clients.value[m] for m in metrics]) @ full)
    return -scenario.most_deducted * money


def limited(pay: Distribution, lowest: float) -> Distribution:
    """The same pay, but never less than ``lowest`` £."""
    if pay.values[0] - pay.width / 2 >= lowest:
        return pay
    values, chances = spread_out(pay)
    return Distribution.of(np.maximum(values, lowest), chances)


def spread_out(pay: Distribution) -> tuple[FloatArray, FloatArray]:
    """Amounts and chances; each amount that stands for a stretch of them is cut into PARTS."""
    if not pay.width:
        return pay.values, pay.chances
    about = pay.width * ((np.arange(PARTS) + 0.5) / PARTS - 0.5)
    return (pay.values[:, None] + about).ravel(), np.repeat(pay.chances / PARTS, PARTS)


def bent(pay: Distribution, rule: PaymentRule, whole: float, standing: float) -> tuple[FloatArray, FloatArray]:
    """What a ``rule`` makes of counted ``pay``, and the chances; a change of the whole baseline is ``whole`` £."""
    values, chances = spread_out(pay)
    return whole * rule((values + standing) / whole + TIE), chances


def rule_of(evaluation: Evaluation, clients: Clients, metric: str) -> PaymentRule:
    """The contract's rule for the change on a ``metric`` of the provider's own clients, a share of the baseline."""
    scenario, cohort = evaluation.scenario, compared_with(evaluation)
    changes = Changes.of(scenario, cohort, (metric,))
    full = changes.at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    noise = np.sqrt(changes.variance(metric, metric) / clients.delivered) / changes.base
    return from_clauses(clauses_of(scenario, baseline(evaluation), float(full[0]), float(noise[0])))


def compared_with(evaluation: Evaluation) -> Cohort:
    """The people whose baseline is the target: everyone, or with an own target those like the provider's clients."""
    cohort = evaluation.cohort
    if evaluation.scenario.target != "own":
        return cohort
    return take(cohort, np.flatnonzero(who(evaluation.scenario, cohort)))


def baseline(evaluation: Evaluation) -> float:
    """The share who reoffend at the baseline."""
    cohort = compared_with(evaluation)
    return cohort.mean(cohort.probability)
