"""What a contract measures of people like a cohort, and what its rule pays under the luck in that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.contract.cohort_change import Changes
from pricing.contract.counted.baseline import BaselineError, CountedSum
from pricing.contract.counted.events import Events
from pricing.contract.counted.few_people.few_past_hurdle import MOST_PERSONS, few_past_hurdle
from pricing.contract.counted.few_people.few_quarters import few_quarters
from pricing.contract.counted.few_people.one_by_one import MOST_CELLS, ONE_BY_ONE, OneByOne
from pricing.contract.counted.hurdle_of_counts import MANY, ByRule, CountedHurdle, MeasuredBaseline
from pricing.contract.counted.offenders import Offenders
from pricing.contract.counted.poisson_binomial import Count
from pricing.contract.counted.quarters_of_counts import topped_up_count
from pricing.contract.counted.topped_hurdle import MOST_PAST_HURDLE, topped_hurdle
from pricing.contract.counted.tries import Tries
from pricing.contract.effort_line import APART, EffortLine
from pricing.contract.hurdle import Hurdle, HurdleByChange
from pricing.contract.pay_limits import PayLimits
from pricing.contract.pay_under_luck import EXACT_UP_TO, LEVELS, Exact, LuckByChange, Normal, Paid
from pricing.contract.payment_rule import LINEAR, Clauses, from_clauses
from pricing.contract.top_up import QUARTERS, ToppedUp, topped_up
from pricing.errors import ScenarioError
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cohort import Cohort
from pricing.price.metric_formulas import beyond_curves, per_event
from pricing.scenario.in_words import exact
from pricing.scenario.metrics import GATE, GATED, METRICS, counts_reoffences
from pricing.scenario.scenario import Scenario

MOST_COUNTED = {"reoffender": EXACT_UP_TO, "need": EXACT_UP_TO, "reoffence": 5000, "harm": 20000}
"""People measured at a time up to whom what is counted has its own distribution: the more skewed, the more. More where
few reoffend, as `felt` has it.
So it is with a baseline: of as many people both may come out alike, which is what pay without a threshold hangs on."""
RARE = 0.2
"""Share who reoffend under which it is those who do that are few."""
LEAST_EXPECTED = 0.1
"""Reoffences that have to be expected in one measure: with fewer, nine measures of ten see none."""


def people_measured(scenario: Scenario) -> float:
    """People in one measure, at least one; 0 where the measure is without luck."""
    if not scenario.measured_people:
        return 0.0
    return max(scenario.measured_people / (QUARTERS if scenario.measured_period == "quarter" else 1), 1.0)


def people_of_baseline(scenario: Scenario) -> float:
    """People that the baseline was measured on, at least one; 0 where it is known exactly."""
    return max(scenario.baseline_people, 1.0) if scenario.baseline_people else 0.0


def felt(people: float, cohort: Cohort) -> float:
    """How many people of whom RARE reoffend send as many reoffenders as so many ``people`` do; no more than them."""
    return people * min(cohort.mean(cohort.probability) / RARE, 1.0)


def hold_enough_to_measure(scenario: Scenario, cohort: Cohort, metrics: Sequence[str]) -> None:
    """Raise ScenarioError where a measure of reoffences or of their harm is of next to none."""
    if not counts_reoffences(metrics):
        return
    rate = cohort.mean(cohort.rate)
    for people, where in ((people_measured(scenario), "a measure"), (people_of_baseline(scenario), "the baseline")):
        if 0 < people * rate < LEAST_EXPECTED:
            number = "1 person" if people == 1 else f"{exact(people)} people"
            expected = exact(float(f"{people * rate:.2g}"))
            raise ScenarioError(
                f"Of the {number} in {where}, {expected} reoffences are expected: more than nine times in ten there is "
                "none, whatever anybody does. Measure more people at a time, or pay for another result."
            )


def noise_of(people: float, changes: Changes) -> FloatArray:
    """Standard deviation, as a share of the baseline, of each metric measured on so many people; 0 without luck."""
    if not people:
        return np.zeros(len(changes.metrics))
    return changes.of_base(np.sqrt(np.diag(changes.covariance()) / people))


def limited_together(measured: "Measured", value: FloatArray, full: FloatArray, standing: FloatArray) -> Paid:
    """A blend whose deductions are limited in sum; ``value``, ``full``, ``standing`` as in `ResultsContract`."""
    scenario, changes = measured.scenario, measured.changes
    whole = float(value.sum())
    weight = value / whole / changes.base
    limits = PayLimits.of(scenario, float(value @ full) / whole).over(LINEAR)

    def variance(people: float, effect: FloatArray | None = None) -> float:
        return float(weight @ changes.covariance(effect) @ weight) / people if people else 0.0

    people, before = people_measured(scenario), variance(people_of_baseline(scenario))
    levels = measured.levels(value / whole)
    each = tuple(Normal(limits, float(np.sqrt(variance(people, effect) + before))) for _, effect in levels)
    return over(np.array([change for change, _ in levels]) + standing @ value / whole, each)


CLOSE = 0.02
"""Of the way, how far levels are apart at least: a smooth line through two that are closer would swing."""
Level = tuple[float, FloatArray | None]
"""A true change, and the effect (cells,) that brings it about; none for the people as they were."""


def between(way: FloatArray, some: IntArray) -> list[int]:
    """Of ``some`` places those between both ends of the ``way`` (places,), rising on it and not CLOSE to each other."""
    inside = some[(way[some] > CLOSE) & (way[some] < 1 - CLOSE)]
    inside = inside[np.argsort(way[inside], kind="stable")]
    found: list[int] = inside[np.diff(way[inside], append=2.0) > CLOSE].tolist()
    return found


def over(at: FloatArray, each: tuple[Paid, ...]) -> Paid:
    """What pays at each level, as one; ``at`` are changes against the target."""
    return each[0] if len(each) == 1 else LuckByChange(at, each)


@dataclass(frozen=True)
class Measured:
    """How far luck carries what a contract measures of people like a cohort, along a ``line`` if there is one."""

    scenario: Scenario
    changes: Changes
    line: EffortLine | None = None

    def levels(self, weight: FloatArray) -> list[Level]:
        """The people as they were, and on to where support does all it can; changes on metrics in sum by ``weight``.

        Places nearest LEVELS; the first alone where there is no line, no luck or no effect.
        """
        if self.line is None or not self.scenario.measured_people:
            return [(0.0, None)]
        places = self.line.supported
        at = self.line.changed[places] @ weight
        if at[-1] - at[0] < APART:
            return [(0.0, None)]
        way = (at - at[0]) / (at[-1] - at[0])
        some = between(way, np.unique(np.abs(np.subtract.outer(LEVELS, way)).argmin(axis=1)))
        return [(float(at[k]), self.line.places[places][k]) for k in (0, *some, len(way) - 1)]

    def of_metric(self, metric: str) -> list[Level]:
        """The same by the change on one metric."""
        return self.levels(np.array([float(each == metric) for each in self.changes.metrics]))

    def noise(self, metric: str, people: float, effect: FloatArray | None = None) -> float:
        """Standard deviation of the change on a ``metric`` measured on so many people, after an ``effect``."""
        if not people:
            return 0.0
        base = float(self.changes.base[self.changes.metrics.index(metric)])
        return float(np.sqrt(self.changes.variance(metric, metric, effect) / people) / base)

    def noises(self, metric: str) -> tuple[FloatArray, FloatArray]:
        """True changes of the levels of a ``metric``, and its noise in one measure at each."""
        people, levels = people_measured(self.scenario), self.of_metric(metric)
        noises = [self.noise(metric, people, effect) for _, effect in levels]
        return np.array([change for change, _ in levels]), np.array(noises)

    def pays(self, metric: str, clauses: Clauses, standing: float) -> Paid:
        """The rule with its luck: an exact count of few people, or normal; topped up by the year where it is so.

        ``standing`` is the change against the target with no effect.
        """
        scenario, people = self.scenario, people_measured(self.scenario)
        rule, few = from_clauses(clauses), self.count(metric, round(people))
        before = people_of_baseline(scenario)
        of_few = self.count(metric, round(before))
        baseline = None if of_few is None else BaselineError.of(of_few)
        of_baseline = self.noise(metric, before) if baseline is None else 0.0
        if tops_up(scenario):
            rules, most = (rule, from_clauses(of_the_year(scenario, clauses))), self.of_metric(metric)[-1][0]
            error = BaselineError.normal(of_baseline) if of_baseline else baseline
            if isinstance(few, OneByOne):
                return few_quarters(few, rules, standing, error, most)
            whole = self.count(metric, QUARTERS * round(people))
            if few is not None and whole is not None:
                return topped_up_count((few, whole), rules, standing, error, most)
        elif few is not None:
            return Exact(rule, few, of_baseline, standing, baseline)
        at, noises = self.noises(metric)
        each = tuple(self._normal(clauses, float(noise), of_baseline, baseline) for noise in noises)
        return over(at + standing, each)

    def _normal(
        self, clauses: Clauses, noise: float, of_baseline: float, baseline: BaselineError | None
    ) -> Normal | ToppedUp:
        """Many people, with this ``noise`` in one measure."""
        if not tops_up(self.scenario):
            return Normal(from_clauses(clauses), float(np.hypot(noise, of_baseline)), baseline)
        topped = topped_up(clauses, of_the_year(self.scenario, clauses), noise)
        return replace(topped, noise=float(np.hypot(topped.noise, of_baseline)), baseline=baseline)

    def count(self, metric: str, people: int) -> CountedSum | None:
        """What a ``metric`` counts among so many ``people``, where they are few enough to be counted exactly."""
        past_hurdle = metric == GATED or metric not in self.scenario.weights()
        return None if self.scenario.binary_hurdle == "yes" and past_hurdle else self.counted(metric, people)

    def counted(self, metric: str, people: int) -> CountedSum | None:
        """The same, whether it is judged past a hurdle or not."""
        changes, event = self.changes, METRICS[metric].event
        if not 0 < (people if event == "need" else felt(people, changes.cohort)) <= MOST_COUNTED.get(event, 0):
            return None
        alike = float(np.ptp(changes.weight * per_event(metric, changes.risk))) == 0
        # Of more, few reoffend: who comes then is little of their luck, and a lattice that holds all would be long.
        alike = alike and people <= EXACT_UP_TO
        if event == "reoffender" and alike and changes.drawn and not changes.own_target:
            return Count.like(changes.cohort, people, drawn=True)
        line = self.line.by(metric) if self.line else None
        tried = event == "need" or (event == "reoffender" and (not alike or changes.drawn))
        if event == "reoffender" and not tried:
            return Count.like(changes.cohort, people, line=line)
        found = (Tries if tried else Events).like(changes, metric, people, line)
        # What comes in whole steps is exact as it is.
        few = people <= ONE_BY_ONE and len(changes.weight) <= MOST_CELLS and changes.drawn and found.width > 0
        return OneByOne.like(changes, metric, people, line) if few else found

    def hurdle(self, clauses: Clauses, standing: tuple[float, float]) -> Hurdle | HurdleByChange | CountedHurdle:
        """The binary hurdle on frequency pay, judged on the same measure: the year's where the year tops up.

        Few people are counted exactly. ``standing`` of reoffences and of reoffenders.
        """
        scenario, changes = self.scenario, self.changes
        topped = tops_up(scenario)
        people = round(people_measured(scenario)) * (QUARTERS if topped else 1)
        if 0 < felt(people, changes.cohort) <= MOST_PAST_HURDLE:
            line = self.line.by(GATED) if self.line else None
            offenders, baselines = Offenders.like(changes, people, line), self._baselines()
            most, by_year = self.of_metric(GATED)[-1][0], of_the_year(scenario, clauses)
            few = changes.drawn and people <= MOST_PERSONS and len(changes.weight) <= MOST_CELLS
            if few and (topped or not offenders.whole):
                size = (people // QUARTERS, QUARTERS) if topped else (people, 1)
                rules = from_clauses(clauses), from_clauses(by_year if topped else clauses)
                return few_past_hurdle(changes, size, rules, baselines[1], self.of_metric(GATED), standing[0])
            if topped:
                return topped_hurdle((changes, line), offenders, (clauses, by_year), baselines, standing, most)
            pays = ByRule(from_clauses(clauses), offenders, baselines[0], standing[0])
            return CountedHurdle(pays, offenders, baselines[0], standing, most)
        levels = self.of_metric(GATED)
        each = tuple(self._normal_hurdle(clauses, effect) for _, effect in levels)
        at = np.array([change for change, _ in levels]) + standing[0]
        return each[0] if len(each) == 1 else HurdleByChange(at, each)

    def _normal_hurdle(self, clauses: Clauses, effect: FloatArray | None) -> Hurdle:
        """A hurdle for many people after an ``effect``: what is measured and the hurdle are of the same people."""
        changes, people, before = self.changes, people_measured(self.scenario), people_of_baseline(self.scenario)
        wider = self._wider(effect)
        noises = wider * self.noise(GATED, people, effect), self._wider(None) * self.noise(GATED, before)
        paid = self._normal(clauses, *noises, None)
        of_year = people * (QUARTERS if tops_up(self.scenario) else 1)
        noise = float(np.hypot(self.noise(GATE, of_year, effect), self.noise(GATE, before)))
        correlation = changes.correlation(GATE, GATED, effect) / wider
        least = Offenders.like(changes, round(of_year)).least(round(before))
        if isinstance(paid, ToppedUp):
            return Hurdle(paid.gated, paid.held, paid.rewarded, paid.paid, paid.noise, noise, correlation, least)
        return replace(Hurdle.on(paid.rule, paid.noise, noise, correlation), least=least)

    def _wider(self, effect: FloatArray | None) -> float:
        """How many times as far luck carries reoffences, once those who reoffend are known, as it does by the curves.

        Without this, what is measured and the hurdle would go together by more than 1 in some tables.
        """
        changes = self.changes
        risk = changes.risk if effect is None else changes.risk.after(effect)
        more = changes.cohort.mean(changes.weight**2 * beyond_curves(risk))
        return float(np.sqrt(1 + more / changes.variance(GATED, GATED, effect)))

    def _baselines(self) -> tuple[MeasuredBaseline, MeasuredBaseline]:
        """The errors of a hurdle's baseline, at few nodes and at many."""
        before = round(people_of_baseline(self.scenario))
        if not before:
            return MeasuredBaseline.known(), MeasuredBaseline.known()
        if felt(before, self.changes.cohort) > MOST_COUNTED[METRICS[GATE].event]:
            of = before, self.noise(GATED, before), self.noise(GATE, before), self.changes.correlation(GATE, GATED)
            return MeasuredBaseline.normal(*of), MeasuredBaseline.normal_at_many(*of)
        people = Offenders.like(self.changes, before)
        return MeasuredBaseline.counted(people), MeasuredBaseline.counted(people, MANY)


def tops_up(scenario: Scenario) -> bool:
    """Whether a year tops its quarters up: without luck they are as good as it is."""
    by_quarter = scenario.annual_top_up == "yes" and scenario.measured_period == "quarter"
    return by_quarter and bool(scenario.measured_people)


def of_the_year(scenario: Scenario, by_quarter: Clauses) -> Clauses:
    """The clauses of the annual measure that tops up a quarterly one: luck is half as wide, and so is its interval."""
    return replace(by_quarter, zone=by_quarter.zone / 2) if scenario.flat_zone == "interval" else by_quarter
