"""A year's results pay to one provider whose own clients are measured, clauses and all.

Where pay follows results one for one, it is what is counted times its price; limits to a year's pay (a cap, the most
that can be deducted) are a clamp of that sum, for any metric and any blend. Other clauses apply to the measured change
of the provider's own clients: exactly for one metric measured by the year, otherwise over years that are drawn.
"""

from dataclasses import replace

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.pay_limits import PayLimits
from pricing.contract.payment_rule import Clauses, PaymentRule, from_clauses
from pricing.contract.results_pay import clauses_of, of_the_year
from pricing.contract.top_up import QUARTERS
from pricing.evaluate import Evaluation
from pricing.people.cohort import Cohort, FloatArray
from pricing.people.strata import take
from pricing.questions.small_provider.luck import simulated_years
from pricing.questions.small_provider.luck.clients import Clients, mix, who
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.hurdle_passed import by_reoffenders
from pricing.questions.small_provider.luck.lattice import counted
from pricing.questions.small_provider.luck.simulated_years import Rules
from pricing.scenario.metrics import GATED
from pricing.scenario.scenario import Scenario

TIE = 1e-9
"""Share of the baseline by which a count that stands on a threshold may miss it: the last digits of a quotient."""
PARTS = 8
"""Points for each step of a lattice on which amounts do not fall, once a rule with jumps goes over it."""


def results_pay(evaluation: Evaluation, clients: Clients, sigma: float) -> Distribution:
    """Results pay of a year, £ at face value, before a prime; ``sigma`` of the common shock.

    Exact, but for a blend under other clauses than limits and for quarters under clauses: those years are drawn.
    """
    scenario = evaluation.scenario.as_one_providers()
    standing = clients.total(clients.standing)
    if not scenario.results_share:
        return Distribution.sure(0.0)
    if not scenario.bends_pay:
        pay = counted(clients, sigma).moved(1.0, standing)
        return limited(pay, least(evaluation, clients)) if scenario.limits_deductions else pay
    if clamped(scenario):
        pay, money = counted(clients, sigma).moved(1.0, standing), results_money(evaluation, clients)
        return within(pay, *limits(scenario, money))
    if len(clients.value) > 1 or scenario.measured_period == "quarter":
        return simulated_years.results_pay(clients, sigma, rules(evaluation, clients))
    (metric,) = clients.value
    rule, whole = rule_of(evaluation, clients, metric), clients.delivered * clients.value[metric]
    if scenario.binary_hurdle == "yes" and metric == GATED:
        most = int(np.floor(clients.delivered * baseline(evaluation) + TIE))
        passed, held_up = by_reoffenders(clients, sigma, most)
        low = bent(held_up, rule.at_most(0.0), whole, standing)
        high = bent(passed, rule, whole, standing)
        return Distribution.of(np.append(high[0], low[0]), np.append(high[1], low[1]))
    return Distribution.of(*bent(counted(clients, sigma), rule, whole, standing))


def clamped(scenario: Scenario) -> bool:
    """Whether limits to a year's pay are all that bends it: a cap, a limit on deductions, or none at all."""
    plain = scenario.with_(results_cap=0.0, deductions="full")
    return not plain.bends_pay and scenario.measured_period == "year"


def limits(scenario: Scenario, money: float) -> tuple[float, float]:
    """£ between which a year's pay stays, of the results ``money``; infinite where there is no limit."""
    stays = PayLimits.of(scenario, money)
    return stays.lowest, stays.highest


def within(pay: Distribution, lowest: float, highest: float) -> Distribution:
    """The same pay, but never less than ``lowest`` £ nor more than ``highest``."""
    values, chances = spread_out(pay)
    return Distribution.of(np.clip(values, lowest, highest), chances)


def rules(evaluation: Evaluation, clients: Clients) -> Rules:
    """The contract's clauses for years of the provider's own clients that are drawn."""
    scenario = evaluation.scenario.as_one_providers()
    periods = QUARTERS if scenario.measured_period == "quarter" else 1
    clauses = {m: clauses_for(evaluation, m, clients.delivered / periods) for m in clients.value}
    tops = scenario.annual_top_up == "yes" and periods > 1
    return Rules(
        standing={m: standing_of(evaluation, m) for m in clients.value},
        period={m: from_clauses(each) for m, each in clauses.items()},
        year={m: from_clauses(of_the_year(scenario, each)) for m, each in clauses.items()} if tops else None,
        periods=periods,
        hurdle=baseline(evaluation) if scenario.binary_hurdle == "yes" else None,
    )


def standing_of(evaluation: Evaluation, metric: str) -> float:
    """£ of results pay on one ``metric`` for a client of whom nothing is counted."""
    alone = replace(evaluation.terms, unit_prices={metric: evaluation.terms.unit_prices[metric]})
    everyone = mix(replace(evaluation, terms=alone), "needed")
    return everyone.mean(everyone.standing)


def results_money(evaluation: Evaluation, clients: Clients) -> float:
    """£ of a year's results money for these clients: what the fall that the price is set for earns."""
    scenario, metrics = evaluation.scenario, tuple(clients.value)
    cohort = compared_with(evaluation)
    full = Changes.of(scenario, cohort, metrics).at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    return clients.delivered * float(np.array([clients.value[m] for m in metrics]) @ full)


def least(evaluation: Evaluation, clients: Clients) -> float:
    """£ below which the year's results pay does not fall: the limit on deductions as a share of the results money."""
    return -evaluation.scenario.as_one_providers().most_deducted * results_money(evaluation, clients)


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
    return from_clauses(clauses_for(evaluation, metric, clients.delivered))


def clauses_for(evaluation: Evaluation, metric: str, people: float) -> Clauses:
    """The contract's clauses for so many ``people`` who are measured at once."""
    scenario, cohort = evaluation.scenario.as_one_providers(), compared_with(evaluation)
    changes = Changes.of(scenario, cohort, (metric,))
    full = changes.at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    noise = np.sqrt(changes.variance(metric, metric) / people) / changes.base
    return clauses_of(scenario, baseline(evaluation), float(full[0]), float(noise[0]))


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
