"""One group's money: what a person of it brings in and costs, by hours of support. No streamlit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from pages.kit import charts, measures
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import millions

POINTS = 81


@dataclass(frozen=True)
class PersonsMoney:
    """One average person of a group, £ and hours per person.

    ``minimum``, ``chosen`` and ``benchmark`` are hours; ``payback`` is £ per extra £1, nan where no more is needed.
    """

    people: float
    fee: float
    deadweight: float
    minimum: float
    chosen: float
    benchmark: float
    payback: float
    chosen_results: float
    benchmark_results: float

    def steps(self, evaluation: Evaluation, *, at_benchmark: bool) -> list[tuple[str, float]]:
        """The money of one person from fee to margin, £, at the benchmark or at the hours that pay best."""
        scenario = evaluation.scenario
        hours = self.benchmark if at_benchmark else self.chosen
        results = self.benchmark_results if at_benchmark else self.chosen_results
        late = -(1 - scenario.present_value) * results
        standing = "Paid with no effect (deadweight)" if self.deadweight >= 0 else "Taken back before you begin"
        when = "Results are paid late" if results >= 0 else "Deductions fall due late"
        return [
            ("Fee for service", self.fee),
            (standing, self.deadweight),
            ("Results pay earned by support", results - self.deadweight),
            (when, late),
            ("Holding the case", -scenario.case_cost),
            ("Minimum hours", -scenario.hour_cost * self.minimum),
            ("Further hours", -scenario.hour_cost * (hours - self.minimum)),
        ]

    def margin(self, evaluation: Evaluation, *, at_benchmark: bool) -> float:
        """What is left per person, £."""
        return sum(amount for _, amount in self.steps(evaluation, at_benchmark=at_benchmark))


def rewards(scenario: Scenario) -> str:
    """What sets the hours shown: the price, or the price and a mission that gives more than pays."""
    return "and the provider's mission call for" if scenario.mission_weight > 0 else "rewards"


def doing_best(scenario: Scenario) -> str:
    """What the hours shown are, as the subject of a sentence."""
    if scenario.mission_weight > 0:
        return "giving what price and mission together call for, part of it at the provider's own cost,"
    return "doing what pays best"


def spending(evaluation: Evaluation, *, at_benchmark: bool) -> list[tuple[str, float]]:
    """What the commissioner pays for everyone, £ at face value, at the benchmark or at the hours that pay best."""
    totals = evaluation.totals
    spent = totals["spend_at_benchmark" if at_benchmark else "spend_at_chosen"]
    standing = "Paid with no effect (deadweight)" if totals["deadweight"] > -0.5 else "Taken back before anybody begins"
    return [
        ("Fees", totals["fee"]),
        (standing, totals["deadweight"]),
        ("Paid for change", spent - totals["fee"] - totals["deadweight"]),
    ]


def in_all(spent: list[tuple[str, float]]) -> str:
    """The sum of :func:`spending` in words, and what of it is paid for change."""
    amounts = [amount for _, amount in spent]
    total, change = sum(amounts), amounts[-1]
    if round(change) > round(total):  # what is taken back comes off it
        return f"{millions(total)}: {millions(change)} for change, less what is taken back"
    for_change = "none" if not round(change) else "all" if round(change) == round(total) else millions(change)
    return f"{millions(total)}, {for_change} of it for change"


def table(curve: "HoursCurve") -> pd.DataFrame:
    """The curve's numbers, £ per person."""
    margin = curve.income - curve.cost
    return pd.DataFrame({"Hours": curve.hours, "Money in": curve.income, "Money out": curve.cost, "Margin": margin})


def members(evaluation: Evaluation, codes: dict[str, int]) -> FloatArray:
    """People of each cell who belong to the group with these level codes; zero elsewhere."""
    inside = np.ones(len(evaluation.cohort.people), dtype=bool)
    for key, code in codes.items():
        inside &= evaluation.cohort.dimensions[key].codes == code
    return np.where(inside, evaluation.cohort.people, 0.0)


def average(evaluation: Evaluation, people: FloatArray) -> PersonsMoney:
    """The average person of a group; ``people`` (cells,) as from :func:`members`, not all zero."""
    found, schedule = evaluation.incentives, evaluation.schedule

    def mean(values: FloatArray) -> float:
        return float(np.average(values, weights=people))

    cost = float(people @ found.extra_cost)
    return PersonsMoney(
        people=float(people.sum()),
        fee=mean(schedule.fee),
        deadweight=mean(schedule.deadweight),
        minimum=mean(found.least_hours),
        chosen=mean(found.chosen_hours),
        benchmark=mean(found.benchmark_hours),
        payback=float(people @ found.extra_pay) / cost if cost > 0 else float("nan"),
        chosen_results=mean(found.results_at_chosen),
        benchmark_results=mean(found.results_at_benchmark),
    )


@dataclass(frozen=True)
class HoursCurve:
    """Money in and out of a group's average person as everyone in it gets more hours: arrays (points,), £."""

    hours: FloatArray
    income: FloatArray
    cost: FloatArray


def figure(account: PersonsMoney, curve: "HoursCurve") -> go.Figure:
    """Money in and out by hours, with the hours worth pointing at."""
    lines = (
        measures.Line("Money in", curve.hours, curve.income, measures.BLUE),
        measures.Line("Money out", curve.hours, curve.cost, measures.ORANGE, "dash"),
    )
    marks = (("Minimum", account.minimum), ("Pays best", account.chosen), ("Needed", account.benchmark))
    return charts.hours_curve(lines, marks)


def by_hours(evaluation: Evaluation, people: FloatArray, most: float) -> HoursCurve:
    """Income today (fee and discounted results) and cost of a group's people if each had ``hours``, up to ``most``."""
    inside = np.flatnonzero(people)
    scenario, account = evaluation.scenario, evaluation.account
    hours = np.linspace(scenario.minimum_hours, max(most, scenario.minimum_hours + 1), POINTS)
    margins = np.array([np.average(account.margin(x)[inside], weights=people[inside]) for x in hours])
    cost = scenario.cost_before_support + scenario.hour_cost * hours
    return HoursCurve(hours, margins + cost, cost)


def reading(scenario: Scenario) -> str:
    """How to read the commissioner's spending under the baseline that is set."""
    said = "Results at face value, nothing taken off for waiting."
    if not scenario.results_share:
        return said
    said += " Pay for what would happen with no support at all is called deadweight."
    if scenario.target != "one":
        return said
    return (
        f"{said} With one target for everyone, what is paid for people below it is taken back for people above it"
        + (", and a premium can tip the balance." if scenario.has_premium else ".")
    )
