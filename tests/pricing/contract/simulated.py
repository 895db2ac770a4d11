"""A contract as it is written, played out: people drawn one by one after the support that they get, and what is paid.

Written from the words of the clauses and of the model, not from the code that works the same out in closed form.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from pricing.contract.results_pay import ResultsContract
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.price.metric_formulas import ALPHA, HARM_DISPERSION
from pricing.price.schedule import relativities
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario

AT_ONCE = 2_000_000
"""People drawn at once."""
TIE = 1e-9
INNER = {"whole": 1.0, "half": 0.5, "excess": 0.0}


@dataclass(frozen=True, eq=False)
class Played:
    """What was paid in each measure, (measures,), as a share of the results money; and of its rewards alone."""

    paid: FloatArray

    @property
    def expected(self) -> float:
        """Mean pay."""
        return float(self.paid.mean())

    @property
    def chance(self) -> float:
        """Share of measures that are paid anything."""
        return float((self.paid > 1e-7).mean())

    def error(self, times: float = 4.0) -> tuple[float, float]:
        """So many standard errors of the mean and of the chance."""
        chance = max(self.chance * (1 - self.chance), 1e-4)
        root = len(self.paid) ** 0.5
        return times * float(self.paid.std()) / root, times * chance**0.5 / root


@dataclass(frozen=True, eq=False)
class Crowd:
    """People by cell, with what is expected of each before and after a fall in log-odds of ``effect`` (cells,)."""

    scenario: Scenario
    cohort: Cohort
    metrics: tuple[str, ...]
    effect: FloatArray

    def expected(self, metric: str, effect: FloatArray | float) -> FloatArray:
        """What a person is expected to count, (cells,)."""
        people = self.cohort
        if metric == "binary":
            return np.asarray(expit(logit(people.probability) - effect) + 0 * people.rate)
        if metric == "progress":
            met = expit(logit(self.scenario.progress_base) + self.scenario.progress_effect * np.asarray(effect))
            return np.asarray(self.needs @ self.rates * met)
        each = people.severity if metric == "severity" else 1.0
        return np.asarray(each * people.rate * np.exp(-np.asarray(effect)))

    @property
    def needs(self) -> FloatArray:
        """How many needs a person has, (cells, kinds): of each kind where rates differ and kinds are known."""
        known = self.cohort.needs_by_kind if self.scenario.rates_differ else None
        return self.cohort.needs[:, None] if known is None else known

    @property
    def rates(self) -> FloatArray:
        """What a need of each kind counts, (kinds,)."""
        rates = np.array(list(self.scenario.rates.values()))
        return rates if self.needs.shape[1] == len(rates) else np.array([rates.mean()])

    @property
    def weight(self) -> FloatArray:
        """How many times a person's results count."""
        index = self.scenario.area_index
        return relativities(self.scenario, self.cohort.needs, self.cohort.deciles[index])[1]

    def base(self, metric: str) -> float:
        """The whole baseline of a person."""
        return self.cohort.mean(self.weight * self.expected(metric, 0.0))

    def measured(self, size: int, measures: int, luck: np.random.Generator, helped: bool = True) -> FloatArray:
        """Measured change on each metric in each measure of ``size`` people, (metrics, measures)."""
        each = max(AT_ONCE // size, 1)
        parts = [self._some(size, min(each, measures - start), luck, helped) for start in range(0, measures, each)]
        return np.concatenate(parts, axis=1)

    def _some(self, size: int, measures: int, luck: np.random.Generator, helped: bool) -> FloatArray:
        people, effect = self.cohort, self.effect if helped else np.zeros_like(self.effect)
        # Exactly this mix: every so manieth of the people in the order of what they count.
        order = np.lexsort((people.rate, people.probability, self.weight))
        place = luck.random((measures, size))
        if self.scenario.who_comes == "mix":
            place = (np.arange(size) + place[:, :1]) / size
        below = np.cumsum(people.people[order]) / people.people.sum()
        who = order[np.minimum(np.searchsorted(below, place, side="right"), len(below) - 1)]
        happened = self._happened(who, effect, luck)
        found = []
        for metric in self.metrics:
            better, before = METRICS[metric].better, self.expected(metric, 0.0)
            common = self.scenario.target == "one" and METRICS[metric].common_target
            target = np.full_like(before, people.mean(before)) if common else before
            fell = better * self.weight
            change = (fell[who] * (happened[metric] - target[who])).mean(axis=1)
            found.append(change / self.base(metric))
        return np.array(found)

    def _happened(self, who: FloatArray, effect: FloatArray, luck: np.random.Generator) -> dict[str, FloatArray]:
        """What each person drawn comes to, by metric, (measures, size)."""
        found: dict[str, FloatArray] = {}
        if "progress" in self.metrics:
            met = expit(logit(self.scenario.progress_base) + self.scenario.progress_effect * effect)[who]
            kinds = zip(self.needs.T.astype(np.int64), self.rates, strict=True)
            found["progress"] = np.sum([rate * luck.binomial(number[who], met) for number, rate in kinds], axis=0)
        if "binary" in self.metrics:
            p, rate = self.expected("binary", effect)[who], self.expected("frequency", effect)[who]
            reoffends = luck.random(who.shape) < p
            found["binary"] = reoffends.astype(float)
            count = often(p, rate, reoffends, luck) if len(self.metrics) > 1 else None
        else:
            rate = self.expected("frequency", effect)[who]
            count = luck.poisson(rate * luck.gamma(1 / ALPHA, ALPHA, who.shape)).astype(float)
        if count is not None:
            found["frequency"] = count
            if "severity" in self.metrics:
                uneven = np.ptp(self.cohort.severity) > 0
                harm = luck.gamma(np.maximum(count / HARM_DISPERSION, 1e-12)) * HARM_DISPERSION if uneven else count
                found["severity"] = np.where(count > 0, harm, 0.0) * self.cohort.severity[who]
        return found


def often(p: FloatArray, rate: FloatArray, reoffends: FloatArray, luck: np.random.Generator) -> FloatArray:
    """How often those who reoffend do: once, and n negative binomial times more; mean and variance are the curves'."""
    again = rate / p
    more = np.maximum(again - 1, 1e-9)
    bouts = np.clip((again + ALPHA * rate * again - (1 - p) * again**2 - more) / more**2, 1e-9, ALPHA * rate / more)
    count = 1.0 + luck.poisson(more * bouts * luck.gamma(1 / bouts))
    return np.where(again > 1, count, luck.random(p.shape) < np.minimum(again, 1.0)) * reoffends


def pays(scenario: Scenario, full: float, zone: float, measured: FloatArray) -> FloatArray:
    """What the words of a contract pay for a measured change, in shares of the baseline; ``full`` earns everything."""
    x, inner, wide = measured + TIE, INNER[scenario.pay_on], scenario.threshold
    start = max(zone, wide)
    if scenario.threshold_rule == "all_or_nothing":
        return limit(scenario, full, np.where(x >= start, full, 0.0))
    gain = x - (1 - inner) * start
    if scenario.threshold_rule == "steps" and wide >= 0.005:
        first = wide * np.ceil(start / wide - 1e-9)
        gain = wide * np.floor(x / wide) - (1 - inner) * first
        start = first
    loss = 0.0 if scenario.deductions == "none" else np.where(-measured >= zone, measured + (1 - inner) * zone, 0.0)
    earned = np.where(x >= start, gain, np.where(x < 0, loss, 0.0))
    return limit(scenario, full, earned)


def limit(scenario: Scenario, full: float, pay: FloatArray) -> FloatArray:
    """Pay between the most that can be deducted and the cap."""
    floored = scenario.most_deducted > 0 and scenario.deductions == "full" and scenario.target != "none"
    lowest = -scenario.most_deducted * full if floored else -np.inf
    lowest = 0.0 if scenario.deductions == "none" else lowest
    return np.clip(pay, lowest, scenario.results_cap * full if scenario.results_cap > 0 else np.inf)


def play(
    scenario: Scenario, contract: ResultsContract, cohort: Cohort, effect: FloatArray, measures: int, seed: int
) -> Played:
    """A contract played out ``measures`` times, once everyone's log-odds have fallen by ``effect`` (cells,)."""
    luck = np.random.default_rng(seed)
    crowd = Crowd(scenario, cohort, contract.metrics, effect)
    parts = 4 if scenario.measured_period == "quarter" else 1
    topped = parts == 4 and scenario.annual_top_up == "yes"
    size = max(round(max(scenario.measured_people / parts, 1.0)), 1)
    fell = np.array([crowd.measured(size, measures, luck) for _ in range(parts if topped else 1)])
    if scenario.baseline_people:
        of = crowd.measured(max(round(scenario.baseline_people), 1), measures, luck, helped=False)
        unhelped = Crowd(scenario, cohort, contract.metrics, np.zeros_like(effect))
        fell = fell - (of - standing(unhelped)[:, None])
    return Played(summed(scenario, contract, cohort, fell))


def standing(crowd: Crowd) -> FloatArray:
    """Change of the whole cohort against the target, (metrics,), after the crowd's effect."""
    found = []
    for metric in crowd.metrics:
        before, after = crowd.expected(metric, 0.0), crowd.expected(metric, crowd.effect)
        common = crowd.scenario.target == "one" and METRICS[metric].common_target
        target = crowd.cohort.mean(before) if common else before
        better = METRICS[metric].better
        found.append(crowd.cohort.mean(better * crowd.weight * (after - target)) / crowd.base(metric))
    return np.array(found)


def summed(scenario: Scenario, contract: ResultsContract, cohort: Cohort, fell: FloatArray) -> FloatArray:
    """Pay over the results money for measured changes (parts, metrics, measures)."""
    money, pay = contract.value @ contract.full, np.zeros(fell.shape[-1])
    if len(contract.metrics) > 1 and scenario.most_deducted > 0 and not scenario.bends_pay:
        earned = np.tensordot(contract.value, fell, (0, 1)) / money
        return np.asarray(limit(scenario, 1.0, earned).mean(axis=0))
    fixed = scenario.zone_points / 100 / cohort.mean(cohort.probability)
    for k, (metric, full) in enumerate(zip(contract.metrics, contract.full, strict=True)):
        zone = {"none": 0.0, "fixed": fixed, "interval": 1.959963984540054 * contract.noise[k]}[scenario.flat_zone]
        each = pays(scenario, full, zone, fell[:, k])
        past, held = each.mean(axis=0), np.minimum(each, 0.0).mean(axis=0)
        if len(fell) > 1:
            of_year = pays(
                scenario, full, zone / 2 if scenario.flat_zone == "interval" else zone, fell[:, k].mean(axis=0)
            )
            past, held = np.maximum(past, of_year), np.maximum(held, np.minimum(of_year, 0.0))
        if scenario.binary_hurdle == "yes" and metric == "frequency":
            gate = fell[:, contract.metrics.index("binary")].mean(axis=0)
            past = np.where(gate >= -TIE, past, held)
        pay = pay + contract.value[k] * past
    return pay / money
