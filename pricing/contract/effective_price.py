"""A contract that is not linear, settled for a cohort: its effective prices, its expected pay and its luck."""

from dataclasses import dataclass, replace

import numpy as np

from pricing.contract import equilibrium, results_pay
from pricing.contract.cohort_change import Changes
from pricing.contract.equilibrium import Equilibrium
from pricing.contract.provider import Provider
from pricing.contract.results_pay import ResultsContract
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price.outcomes import Response
from pricing.price.schedule import Terms
from pricing.price.support_hours import benchmark_hours, least_hours
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Mechanics:
    """What the clauses and the luck of a contract come to.

    Attributes
    ----------
    contract : results pay as a function of the cohort's true change.
    equilibrium : where the provider comes to rest.
    factor : effective price over the linear contract's, at the chosen effort.
    factors : the same by metric, for those that are paid.
    pay, pay_at_benchmark, pay_at_no_effect : expected results pay, £ per person at face value.
    terms : the effective prices as terms that can be applied to anybody: what one person's results add, and a lump
        that makes the whole cohort's pay what is expected at the chosen effort.
    """

    contract: ResultsContract
    equilibrium: Equilibrium
    factor: float
    factors: dict[str, float]
    pay: float
    pay_at_benchmark: float
    pay_at_no_effect: float
    terms: Terms


@dataclass(frozen=True, eq=False)
class KnownContract:
    """What is known of a contract before it is settled.

    ``contract`` itself, where only what support achieves has changed; effective prices ``near`` (metrics,), £ per
    person for a change of the whole baseline, where the rest that they lead to is asked for and not the best of all.
    """

    contract: ResultsContract | None = None
    near: FloatArray | None = None


NOTHING_KNOWN = KnownContract()


def settle(
    scenario: Scenario, terms: Terms, cohort: Cohort, mean_call: float, known: KnownContract = NOTHING_KNOWN
) -> Mechanics | None:
    """Settle a contract's clauses for a cohort; None where they leave pay linear in results, or nothing is paid."""
    if not results_pay.bends(scenario, terms, cohort):
        return None
    response = Response.of(scenario, cohort)
    needed = benchmark_hours(scenario, cohort, response, mean_call)
    least = least_hours(scenario, needed)
    contract = known.contract or results_pay.settle(scenario, terms, cohort, least)
    if contract.straight:
        return None
    changes = Changes.of(scenario, cohort, contract.metrics)
    provider = Provider(scenario, contract, changes, response, least)
    rests = equilibrium.find(provider, needed) if known.near is None else equilibrium.only(provider, known.near)
    return summed_up(provider, rests, changes.at(response.effect(needed)), terms)


def summed_up(provider: Provider, rests: Equilibrium, good: FloatArray, terms: Terms) -> Mechanics:
    """The :class:`Mechanics` at the rest that is chosen; ``good`` (metrics,) is the change at benchmark hours."""
    contract, chosen = provider.contract, rests.chosen
    return Mechanics(
        contract=contract,
        equilibrium=rests,
        factor=factor(provider, chosen.worth),
        factors={
            m: float(w / v) for m, w, v in zip(contract.metrics, chosen.worth, contract.value, strict=True) if v > 0
        },
        pay=chosen.pay,
        pay_at_benchmark=float(contract.expected(good)),
        pay_at_no_effect=float(contract.expected(np.zeros_like(good))),
        terms=effective_terms(provider, rests, terms),
    )


def factor(provider: Provider, worth: FloatArray) -> float:
    """Marginal £ over the linear contract's, for a fall in everyone's log-odds alike."""
    return float(worth @ provider.along / (provider.contract.value @ provider.along))


def effective_terms(provider: Provider, rests: Equilibrium, terms: Terms) -> Terms:
    """Terms at the margin of the chosen effort: prices of one more result, and the rest of the pay as a lump."""
    contract, chosen, cohort = provider.contract, rests.chosen, provider.changes.cohort
    lump = chosen.pay - float(chosen.worth @ (chosen.change + contract.standing))
    baselines = {m: terms.baselines.get(m, cohort.mean(cohort.probability)) for m in contract.metrics}
    return replace(
        terms,
        unit_prices=contract.unit_prices(chosen.worth),
        baselines=baselines,
        lump=lump / cohort.mean(provider.changes.weight),
    )
