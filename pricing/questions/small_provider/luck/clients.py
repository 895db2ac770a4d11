"""The people that one provider is sent in a year, and what each of them brings it.

Each client is drawn from the people that the provider works with, so that who comes is luck too; or the clients are
exactly their mix: as many whole people as are sent, each standing for an equal slice of them. Slices are cut so that
risks, prices and costs within one are alike, and put together again they are the people themselves: every mean, of
risks and of £, is kept exactly. What grouping costs the luck is held in
tests/pricing/questions/small_provider/luck/test_clients.py: under 1% of its standard deviation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import expit

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.cohort import Cohort
from pricing.people.strata import take
from pricing.price import schedule
from pricing.price.metric_formulas import ALPHA, HARM_DISPERSION, per_event
from pricing.price.outcomes import Response, Risk
from pricing.price.rate_card import PaidNeeds
from pricing.price.schedule import MANY_NEEDS
from pricing.questions.small_provider.luck.slices import Slices, cut, drawn
from pricing.questions.small_provider.luck.standings import standings, value
from pricing.resources.by_content import ByContent
from pricing.resources.kept_with import kept_with
from pricing.scenario.in_words import stated
from pricing.scenario.metrics import METRICS, Event, by_event
from pricing.scenario.scenario import Scenario

MOST = 40
"""Segments at most."""
SAME = 1e-9
"""Relative difference of £ that are the same."""
HOURS = {"needed": "benchmark_hours", "pays_best": "chosen_hours"}
"""What the provider may do: give the support that is needed (what good looks like), or what pays best."""


@dataclass(frozen=True, eq=False)
class Clients(ByContent):
    """One provider's clients of a year in segments of people alike. Arrays (segments,), £ at face value per client.

    Money is what the contract pays, before a prime contractor: of every payment the provider keeps ``kept``, and of
    results pay ``at_risk`` depends on results, the rest being paid as expected whatever happens.

    Attributes
    ----------
    people : clients who come: whole numbers, or where they are ``drawn`` how many may be expected of each segment.
    promised : how many were planned for.
    hours : of support given. probability, rate, severity : risks after it (reoffending; reoffences; harm of each).
    alpha : negative binomial alpha of the number of reoffences. dispersion : squared coefficient of variation of the
        harm of one reoffence.
    needs, met : needs per client by what each counts, and the chance that each is met.
    fee, cost : £ that comes, and £ that is spent, whatever happens.
    standings : £ of results pay to a client of whom nothing is counted, by metric. prices : £ for each reoffender,
        reoffence, harm-index day (below 0) and need met at a rate of 1, by metric.
    value : £ per client that a change of the whole baseline would earn, by metric.
    """

    people: FloatArray
    promised: int
    hours: FloatArray
    probability: FloatArray
    rate: FloatArray
    severity: FloatArray
    alpha: FloatArray
    needs: PaidNeeds
    met: FloatArray
    fee: FloatArray
    cost: FloatArray
    standings: Mapping[str, FloatArray]
    prices: Mapping[str, FloatArray]
    value: Mapping[str, float]
    dispersion: FloatArray
    kept: float = 1.0
    at_risk: float = 1.0
    drawn: bool = False

    @property
    def delivered(self) -> int:
        """How many clients come."""
        return round(float(self.people.sum()))

    @cached_property
    def standing(self) -> FloatArray:
        """£ of results pay to a client of whom nothing is counted, (segments,)."""
        return np.asarray(sum(self.standings.values(), np.zeros_like(self.rate)))

    @cached_property
    def brought(self) -> FloatArray:
        """£ of results pay that a client brings by coming, beyond the mean, (segments,): 0 where the mix is fixed."""
        if not self.drawn:
            return np.zeros_like(self.rate)
        beyond = self.standing - self.mean(self.standing)
        return np.where(np.abs(beyond) > SAME * np.abs(self.standing).max(), beyond, 0.0)

    @property
    def beside(self) -> FloatArray:
        """£ per client that reach the provider beside results pay: the fee that it keeps, less what is spent."""
        return self.kept * self.fee - self.cost

    @property
    def counts(self) -> dict[str, FloatArray]:
        """What each metric is expected to count, per client."""
        return {key: np.sum(self.apart(metric.event), axis=0) for key, metric in METRICS.items()}

    @property
    def expected_results(self) -> FloatArray:
        """Expected results pay where it is linear in results, £ per client."""
        counts = self.counts
        return np.asarray(self.standing + sum(price * counts[m] for m, price in self.prices.items()))

    @property
    def per_reoffence(self) -> tuple[FloatArray, FloatArray]:
        """£ for one reoffence, at or below 0: whatever its harm, and for its mean harm."""
        nothing = np.zeros_like(self.rate)
        prices = by_event(self.prices)
        return prices.get("reoffence", nothing), prices.get("harm", nothing) * self.severity

    def total(self, values: FloatArray) -> float:
        """Sum over the clients who come of ``values`` (segments,), which are per client."""
        return float(self.people @ values)

    def mean(self, values: FloatArray) -> float:
        """Mean of ``values`` (segments,) over clients."""
        return self.total(values) / float(self.people.sum())

    def of_number(self, number: int) -> "Clients":
        """So many of these clients who are drawn, in the same segments."""
        if number == self.delivered:
            return self
        return replace(self, people=self.people * (number / float(self.people.sum())))

    def like(self, number: int, most: int = MOST) -> "Clients":
        """``number`` clients of the same people, in at most ``most`` segments; all means are kept, and so is spread.

        Prices are weighted by what they pay for, so that expected pay is kept. The alpha is such that the variance of
        pay for reoffences is that of the people who are put together: the mean of theirs, and where they are drawn
        what lies between them.
        """
        slices = drawn(self.people, self.money, number, most) if self.drawn else self.sliced(number, most)
        counts = self.counts
        rate = slices.mean(self.rate)
        severity, dispersion = slices.mean(self.severity, per=self.rate), slices.mean(self.dispersion)
        if self.drawn:
            # The harm of a reoffence differs by whose it is, too.
            square = slices.mean(self.severity**2 * (1 + self.dispersion), per=self.rate)
            dispersion = np.divide(square, severity**2, out=1 + dispersion, where=severity > 0) - 1
            dispersion = np.where(dispersion > SAME, dispersion, 0.0)
        grouped = replace(
            self,
            people=slices.people,
            hours=slices.mean(self.hours),
            probability=slices.mean(self.probability),
            rate=rate,
            severity=severity,
            dispersion=dispersion,
            alpha=slices.mean(self.alpha),
            needs=replace(self.needs, number=np.stack([slices.mean(n) for n in self.needs.number.T], axis=1)),
            met=slices.mean(self.met, per=self.needs.weight),
            fee=slices.mean(self.fee),
            cost=slices.mean(self.cost),
            standings={m: slices.mean(standing) for m, standing in self.standings.items()},
            prices={m: slices.mean(price, per=counts[m]) for m, price in self.prices.items()},
        )
        once, again = grouped.spread
        spread = slices.mean(sum(self.spread, np.zeros_like(self.rate)))
        if self.drawn:
            pay = self.expected_results
            spread += np.maximum(slices.mean(pay**2) - slices.mean(pay) ** 2, 0.0)
        # People whose counts are few and prices differ may spread by less than counts of the mean price do.
        factor = np.divide(np.maximum(spread - once, 0.0), again, out=np.ones_like(again), where=again > 0)
        return replace(grouped, alpha=grouped.alpha * factor)

    @property
    def money(self) -> list[FloatArray]:
        """What makes clients unlike each other, £ by segment: pay expected by metric, its spread, and what is sure.

        Of what is skewed a root is taken, so that neither the few at its end nor the many at its start are neglected.
        """
        spread = np.sqrt(sum(self.spread, np.zeros_like(self.rate)))
        paid = [np.abs(price) * each for m, price in self.prices.items() for each in self.apart(METRICS[m].event)]
        skewed = [*paid, spread]
        return [*(np.sqrt(each * self.mean(each)) for each in skewed), self.standing, self.beside]

    def apart(self, event: Event) -> list[FloatArray]:
        """What is expected of an ``event``, per client: of needs one for each rate, which makes clients unlike."""
        if event == "need":
            return [self.met * number * rate for number, rate in zip(self.needs.number.T, self.needs.rate, strict=True)]
        return [{"reoffender": self.probability, "reoffence": self.rate, "harm": self.rate * self.severity}[event]]

    def of_one(self, event: Event) -> list[FloatArray]:
        """£ for one of what an ``event`` counts, (segments,); needs are several, one for each rate."""
        price = by_event(self.prices)[event]
        return [price * rate for rate in self.needs.paid.rate] if event == "need" else [price]

    def sliced(self, number: int, most: int) -> Slices:
        """Slices of these people that stand for ``number`` whole clients."""
        paid: list[FloatArray] = []
        reoffences = self.rate * np.abs(sum(self.per_reoffence, np.zeros_like(self.rate)))
        for metric in self.prices:
            event = METRICS[metric].event
            paid += [reoffences] if event in ("reoffence", "harm") else self.apart(event)
        return cut(self.people, [*paid, *self.prices.values()], number, most)

    @property
    def spread(self) -> tuple[FloatArray, FloatArray]:
        """Variance of a client's pay for reoffences: if they came one by one, and what their coming in bouts adds."""
        count, harm = self.per_reoffence
        once = self.rate * ((count + harm) ** 2 + self.dispersion * harm**2)
        return once, self.alpha * self.rate**2 * (count + harm) ** 2


def with_others(clients: Clients, others: int) -> Clients:
    """The clients and ``others`` like them."""
    return more_like(clients, clients.delivered + others) if others else clients


@kept_with
def more_like(clients: Clients, number: int) -> Clients:
    """So many of the same clients, in as many segments; kept, since a year asks for them twice."""
    return clients.like(number, len(clients.people))


@kept_with
def of(evaluation: Evaluation, hours: str = "needed", most: int = MOST) -> Clients:
    """The clients of the scenario's provider who get the ``hours`` that are needed, or that pay best (HOURS).

    Raises ScenarioError where nobody would be sent.
    """
    promised, number = numbers(evaluation.scenario)
    return replace(mix(evaluation, hours).like(number, most), promised=promised)


def mix(evaluation: Evaluation, hours: str) -> Clients:
    """Everyone from whom the provider's clients come, cell by cell; people in their number in the cohort."""
    scenario, sent = evaluation.scenario, who(evaluation.scenario, evaluation.cohort)
    cohort = take(evaluation.cohort, np.flatnonzero(sent))
    given = getattr(evaluation.incentives, HOURS[hours])[sent]
    effect = Response.of(scenario, cohort).effect(given)
    risk = Risk.of(scenario, cohort)
    on_fee, on_results = schedule.relativities(scenario, cohort.needs, cohort.deciles[scenario.area_index])
    prices = evaluation.terms.unit_prices
    each = {metric: per_event(metric, risk) for metric in prices}
    direct = scenario.held == "direct"
    return Clients(
        people=cohort.people,
        promised=0,
        hours=given,
        probability=risk.reoffending(effect),
        rate=risk.reoffences(effect),
        severity=cohort.severity,
        alpha=np.full_like(given, ALPHA),
        needs=risk.needs,
        met=expit(risk.met_base + risk.met_slope * effect),
        fee=evaluation.terms.fee(on_fee),
        cost=scenario.cost_before_support + scenario.hour_cost * given,
        standings=standings(evaluation, risk, on_results),
        prices={m: METRICS[m].better * q * each[m] * on_results for m, q in prices.items()},
        value=value(evaluation, cohort),
        dispersion=np.full_like(given, HARM_DISPERSION if np.ptp(evaluation.cohort.severity) > 0 else 0.0),
        kept=1.0 if direct else 1 - scenario.prime_fee,
        at_risk=1.0 if direct else scenario.risk_passed,
        drawn=scenario.who_comes == "drawn",
    )


def numbers(scenario: Scenario) -> tuple[int, int]:
    """Clients promised, and clients who come; raises ScenarioError where there are none."""
    promised = int(np.floor(scenario.clients + 0.5))
    number = int(np.floor(scenario.clients * scenario.volume_delivered + 0.5))
    if not number:
        raise ScenarioError(
            f"No client comes: {stated(scenario, 'volume_delivered')} of {promised} promised. "
            "Promise more, or let more come."
        )
    return promised, number


def who(scenario: Scenario, cohort: Cohort) -> BoolArray:
    """Which cells a provider's clients come from, (cells,); raises ScenarioError where there are no such people."""
    mixes = {
        "everyone": (np.ones_like(cohort.people, dtype=bool), "at all"),
        "many_needs": (cohort.needs >= MANY_NEEDS, "with three needs or more"),
        "deprived": (cohort.deciles["overall"] <= 2, "from the most deprived fifth of areas"),
        "high_risk": (cohort.probability > 0.5, "more likely than not to reoffend"),
    }
    sent, words = mixes[scenario.client_mix]
    if not sent.any():
        raise ScenarioError(f"Nobody under “People” is {words}, so this provider would be sent no one.")
    return np.asarray(sent)
