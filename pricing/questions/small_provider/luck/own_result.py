"""A year's results pay to one provider whose own clients are measured, clauses and all.

Where pay follows results one for one, it is what is counted times its price; limits to a year's pay (a cap, the most
that can be deducted) are a clamp of that sum, for any metric and any blend. Other clauses apply to the measured change
of the provider's own clients: exactly for one metric measured by the year, otherwise over years that are drawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.measured import noise_of, of_the_year
from pricing.contract.pay_limits import UNLIMITED, PayLimits
from pricing.contract.payment_rule import LINEAR, Clauses, PaymentRule, from_clauses
from pricing.contract.results_pay import clauses_of
from pricing.contract.top_up import QUARTERS
from pricing.evaluate import Evaluation
from pricing.people.cohort import Cohort
from pricing.people.strata import take
from pricing.questions.small_provider.luck import simulated_years
from pricing.questions.small_provider.luck.beside import beside_alone, is_sure
from pricing.questions.small_provider.luck.clients import Clients, who, with_others
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.joint import Joint, each_number, jointly
from pricing.questions.small_provider.luck.lattice import TooLongError
from pricing.questions.small_provider.luck.simulated_years import Rules
from pricing.questions.small_provider.volumes import Volumes
from pricing.resources import effort
from pricing.resources.shelf import shelved
from pricing.scenario.metrics import GATED

FEWEST_YEARS = 500
"""Years that are drawn for a part of an answer, at least."""
SHARED = 3.0
"""Times the work that each of several numbers of clients may take if they share it, as part of one answer."""
CLOSE = 4.0
"""Times as many clients as the fewest, up to which one lattice suits several numbers of them."""
TIE = 1e-9
"""Share of the baseline by which a count that stands on a threshold may miss it: the last digits of a quotient."""


def results_pay(evaluation: Evaluation, clients: Clients, sigma: float, part: float = 1.0) -> Distribution:
    """Results pay of a year, £ at face value, before a prime; ``sigma`` of the common shock, ``part`` as in `year`.

    Exact, but under the clauses of `drawn_years` and where that takes too long.
    """
    nothing = np.zeros_like(clients.fee)
    return year(evaluation, replace(clients, fee=nothing, cost=nothing), sigma, part=part).sum()


def year(
    evaluation: Evaluation, clients: Clients, sigma: float, others: int = 0, *, glance: bool = False, part: float = 1.0
) -> Joint:
    """Results pay of the clients and of ``others`` like them, with what is beside the clients' own results.

    £ at face value, before a prime, but what is beside is what reaches the provider. Exact, but under the clauses of
    `drawn_years` and where that takes too long: those years are drawn. So are those of a ``glance``, and where less
    than all of the work is allowed.
    ``part`` of the work that one answer may take: less than 1 where these clients are one of several that may come.
    """
    scenario = evaluation.scenario.as_one_providers()
    together = with_others(clients, others)
    if not scenario.results_share:
        return Joint(np.zeros(1), *beside_alone(clients))
    drawn = drawn_years(evaluation)
    known = None if drawn else linear.known(clients, sigma, others, part)
    if known is not None:
        return bent(evaluation, together, known)
    allowed = effort.part()
    part, glance = part * allowed, glance or allowed < 1
    if drawn:
        return simulated_years.year(clients, sigma, rules(evaluation, together), others, years_for(part))
    return bent(evaluation, together, (drawn_linear if glance else linear)(clients, sigma, others, part))


def years(evaluation: Evaluation, come: Volumes, sigma: float, part: float = 1.0) -> list[Joint]:
    """The `year` of each number of clients who may ``come``: they share the work, or a ``part`` of it."""
    summed = evaluation.scenario.as_one_providers().results_share > 0 and not drawn_years(evaluation)
    found = linear_each.known(come, sigma, part) if summed else None
    if found is None and (not summed or effort.part() < 1):
        parts = zip(come.clients, come.chances, strict=True)
        return [year(evaluation, clients, sigma, part=part * float(chance)) for clients, chance in parts]
    found = found or linear_each(come, sigma, part)
    return [bent(evaluation, clients, pay) for clients, pay in zip(come.clients, found, strict=True)]


def bent(evaluation: Evaluation, clients: Clients, found: Joint) -> Joint:
    """What the limits, or the other clauses, make of the pay that is ``found`` for these clients in the year."""
    scenario = evaluation.scenario.as_one_providers()
    if scenario.only_limited:
        return kept_within(found, pay_limits(evaluation, clients))
    (metric,) = clients.value
    rule, whole = rule_of(evaluation, clients, metric), clients.delivered * clients.value[metric]
    if not whole:  # clients without a need, where needs met are paid for: there is nothing to earn
        return found
    return found.paid(lambda pay: whole * rule(pay / whole + TIE))


@shelved(3)
def linear_each(come: Volumes, sigma: float, part: float) -> list[Joint]:
    """`linear` for each number of clients who may ``come``; where they are drawn, those that are close at once."""
    if len(come.clients) == 1 or not come.clients[0].drawn or is_sure(come.clients[0]):
        return [
            linear(one, sigma, 0, part * float(chance)) for one, chance in zip(come.clients, come.chances, strict=True)
        ]
    found, chances = [], list(come.chances)
    for close in together(come.clients):
        some, chances = chances[: len(close)], chances[len(close) :]
        try:
            pays = each_number(close, sigma, part=part * SHARED / len(come.clients))
            found += [replace(pay, pay=pay.pay + one.total(one.standing)) for one, pay in zip(close, pays, strict=True)]
        except TooLongError:
            found += [linear(one, sigma, 0, part * chance) for one, chance in zip(close, some, strict=True)]
    return found


def together(every: Sequence[Clients]) -> list[list[Clients]]:
    """Numbers of clients, fewest first, in groups that one lattice suits: the most are CLOSE times the fewest."""
    groups: list[list[Clients]] = []
    for one in every:
        if not groups or one.delivered > CLOSE * groups[-1][0].delivered:
            groups.append([])
        groups[-1].append(one)
    return groups


@shelved(4)
def linear(clients: Clients, sigma: float, others: int, part: float) -> Joint:
    """The same where pay follows results one for one; years are drawn where the exact sum would take too long.

    Kept for clients alike, whatever contract they are of: a page asks for one sum under several limits. Nothing may be
    left out of a call, since what is kept goes by the arguments as they are written.
    """
    together = with_others(clients, others)
    try:
        found = jointly(clients, sigma, others, part)
        return replace(found, pay=found.pay + together.total(together.standing))
    except TooLongError:
        return drawn_linear(clients, sigma, others, part)


def years_for(part: float) -> int:
    """Years that are drawn for a ``part`` of an answer: all parts together are as sure as one answer alone."""
    return max(round(part * simulated_years.YEARS), FEWEST_YEARS)


def drawn_linear(clients: Clients, sigma: float, others: int, part: float) -> Joint:
    """The same over years that are drawn. The mean is known, so that luck of the draw moves none."""
    together = with_others(clients, others)
    plain = Rules(dict.fromkeys(clients.value, LINEAR), None, 1, None)
    found = simulated_years.year(clients, sigma, plain, others, years_for(part))
    return replace(found, pay=found.pay + together.total(together.expected_results) - found.mean_pay)


def kept_within(found: Joint, stays: PayLimits) -> Joint:
    """The same pay as the limits leave it."""
    half = found.width / 2
    ends = np.array([found.pay.min() - half, found.pay.max() + half])
    return found if np.array_equal(stays.within(ends), ends) else found.paid(stays.within)


def drawn_years(evaluation: Evaluation) -> bool:
    """Whether a contract's clauses are followed over years that are drawn, since no one distribution can hold them."""
    scenario, paid = evaluation.scenario.as_one_providers(), evaluation.terms.unit_prices
    if not scenario.results_share or scenario.only_limited:
        return False
    hurdle = scenario.binary_hurdle == "yes" and GATED in paid
    return hurdle or len(paid) > 1 or scenario.measured_period == "quarter"


def pay_limits(evaluation: Evaluation, clients: Clients) -> PayLimits:
    """The limits, £, to the results pay of these clients in a year."""
    scenario = evaluation.scenario.as_one_providers()
    return UNLIMITED if scenario.target == "none" else PayLimits.of(scenario, results_money(evaluation, clients))


def rules(evaluation: Evaluation, clients: Clients) -> Rules:
    """The contract's clauses for years of the provider's own clients that are drawn."""
    scenario = evaluation.scenario.as_one_providers()
    periods = QUARTERS if scenario.measured_period == "quarter" else 1
    clauses = {m: clauses_for(evaluation, m, clients.delivered / periods) for m in clients.value}
    tops = scenario.annual_top_up == "yes" and periods > 1
    return Rules(
        period={m: from_clauses(each) for m, each in clauses.items()},
        year={m: from_clauses(of_the_year(scenario, each)) for m, each in clauses.items()} if tops else None,
        periods=periods,
        hurdle=baseline(evaluation) if scenario.binary_hurdle == "yes" else None,
    )


def results_money(evaluation: Evaluation, clients: Clients) -> float:
    """£ of a year's results money for these clients: what the fall that the price is set for earns."""
    return money_by_reduction(evaluation, clients)(evaluation.scenario.priced_reduction)


def money_by_reduction(evaluation: Evaluation, clients: Clients) -> Callable[[float], float]:
    """The same by the reduction that the price is set for."""
    cohort, metrics = compared_with(evaluation), tuple(clients.value)
    changes = Changes.of(evaluation.scenario, cohort, metrics)
    values = np.array([clients.value[m] for m in metrics])

    def money(reduction: float) -> float:
        full = changes.at(np.full_like(cohort.rate, -np.log1p(-reduction)))
        return clients.delivered * float(values @ full)

    return money


def rule_of(evaluation: Evaluation, clients: Clients, metric: str) -> PaymentRule:
    """The contract's rule for the change on a ``metric`` of the provider's own clients, a share of the baseline."""
    return from_clauses(clauses_for(evaluation, metric, clients.delivered))


def clauses_for(evaluation: Evaluation, metric: str, people: float) -> Clauses:
    """The contract's clauses for so many ``people`` who are measured at once."""
    scenario, cohort = evaluation.scenario.as_one_providers(), compared_with(evaluation)
    changes = Changes.of(scenario, cohort, (metric,))
    full = changes.at(np.full_like(cohort.rate, -np.log1p(-scenario.priced_reduction)))
    noise = noise_of(people, changes)
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
