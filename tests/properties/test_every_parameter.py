"""Every parameter, and every choice of one, moves something that a page or a command shows: none is inert."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from pricing.command import results, savings
from pricing.command import small_provider as provider
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.questions.cheapest import robust, specify
from pricing.questions.cheapest.answer import Answer, answer
from pricing.questions.how_sure.how_sure import draw, strata_for
from pricing.questions.results_paid import results_paid
from pricing.questions.savings.costs import AGENCIES
from pricing.questions.small_provider import cash, consortium, luck_or_skill, prime, seats, several_years, surplus
from pricing.scenario.metrics import METRICS
from pricing.scenario.rate_card import KINDS
from pricing.scenario.scenario import OWN_TABLE, Scenario, specs
from pricing.words import followed
from tests.cohorts import six_groups, thinned

Output = Callable[[Evaluation], Any]
OUTPUTS: Mapping[str, Output] = {
    "evaluate": lambda found: [found.totals, found.groups("needs", "decile").to_numpy()],
    "followed": followed.sentence,
    "savings": lambda found: savings.view(found, at_benchmark=True),
    "cheapest": lambda found: cheapest(answer(found)),
    "year": lambda found: provider.of_year(surplus.of(found)),
    "cash": lambda found: cash.cash(cash.plan(found.scenario, surplus.of(found))),
    "years": several_years.of,
    "seats": seats.commissioner,
    "results": lambda found: [getattr(results_paid(found), name) for name in results.FIGURES],
    "prime": prime.under_prime,
    "together": consortium.of,
    "luck": luck_or_skill.by_size,
    "sure": lambda found: sure(answer(found)),
}
"""What pages and commands show of an evaluation, the quickest first. A new question of the explorer adds a line."""

MATTERS_WITH: Mapping[str, Mapping[str, float | str]] = {
    **{f"blend_{metric}": {"metric": "blend"} for metric in METRICS},
    "area_shape": {"area_multiplier": 2.0},
    "uplift_applies_to": {"need_premium": 0.5},
    "total_spend": {"need_premium": 0.5},
    "progress_base": {"metric": "progress"},
    "progress_effect": {"metric": "progress"},
    **{f"rate_{kind}": {"metric": "progress"} for kind in KINDS},
    "measured_period": {"measured_people": 5000.0},
    "annual_top_up": {"measured_people": 5000.0, "measured_period": "quarter", "flat_zone": "fixed"},
    "zone_points": {"flat_zone": "fixed"},
    "most_deducted": {"measured_people": 20.0},
    "pay_on": {"flat_zone": "fixed"},
    "threshold_rule": {"threshold": 0.05},
    **{f"cash_{agency.key}": {"cashable_by": "each", "council_cost": 100.0} for agency in AGENCIES},
    **{f"puts_{agency.key}": {"pot_members": "each", "council_cost": 100.0} for agency in AGENCIES},
    "cashable_by": {"cash_police": 0.5},
    "promise_people": {"promise": "most_people"},
}
"""The settings that a parameter needs to make a difference, where the defaults leave it none."""


SEEN_FIRST: Mapping[str, str] = {
    "holds_in": "sure",
    "luck_share": "luck",
    "partners": "together",
    **dict.fromkeys(("fixed_share", "prime_fee"), "prime"),
}
"""The output that shows a parameter which none of the quicker ones shows: asked first, since those take seconds."""


def cheapest(found: Answer) -> Any:
    """The figures of the cheapest fair price: what is allowed, what is protected, what each family costs."""
    chosen = [found.chosen.cost, found.floor_within(100.0)]
    written = specify.all_specified(found.ground, found.ground.scenario.checking_cost)
    return [written, found.allowed, found.protected, {name: kept.cost for name, kept in found.kept.items()}, chosen]


def sure(found: Answer) -> Any:
    """What the price costs that keeps its promise in most draws."""
    return robust.keep(found.ground, found.protected, lambda one: draw(one, strata_for(one.scenario, one.cohort))).cost


FEW = 20
"""Cells of each cohort: whether a parameter moves anything hangs on kinds of people, not on how many there are."""


@cache
def people(name: str) -> Cohort:
    return six_groups() if name == OWN_TABLE else thinned(shipped.load(name), FEW)


@cache
def evaluated(scenario: Scenario) -> Evaluation:
    return evaluate(scenario, people(scenario.cohort))


@cache
def shown(scenario: Scenario, output: str) -> str:
    """An output in full, without the scenario that it is of."""
    try:
        return json.dumps(provider.plain(OUTPUTS[output](evaluated(scenario))), default=repr)
    except ScenarioError as refused:
        return str(refused)


def differ(name: str, one: Scenario, *others: Scenario) -> bool:
    """Whether any output tells any of the others apart, that differ in a parameter.

    One is asked about all of them before the next, the quickest first unless another is known to show it.
    """
    outputs = dict.fromkeys((SEEN_FIRST.get(name, next(iter(OUTPUTS))), *OUTPUTS))
    return any(shown(one, output) != shown(other, output) for output in outputs for other in others)


def others(scenario: Scenario, name: str) -> Iterator[Scenario]:
    """The scenario with every other choice, or with numbers from all of the range; prices of no meaning are left out.

    No target is one for a metric that needs one; so are results that the reduction priced for would not earn.
    """
    spec = specs()[name]
    values = spec.choices or np.linspace(spec.low, spec.high, 3).tolist()
    for value in values:
        try:
            other = scenario.with_(**{name: value})
            evaluated(other)
        except ScenarioError:
            continue
        if other != scenario:
            yield other


@pytest.mark.parametrize("name", sorted(specs()))
def test_a_parameter_moves_something_that_is_shown(name: str) -> None:
    scenario = Scenario(**MATTERS_WITH.get(name, {}))
    if specs()[name].choices:
        inert = [getattr(other, name) for other in others(scenario, name) if not differ(name, scenario, other)]
        assert not inert, f"{name} moves nothing at {inert}"
    else:
        assert differ(name, scenario, *others(scenario, name)), f"{name} moves nothing"


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_further_cost_of_each_person_counts_wherever_that_of_a_case_does(
    output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person costs before support is asked in one place: £139 added there are £139 more for a case."""
    further = 139.0
    usual = shown(Scenario(), output)
    monkeypatch.setattr(Scenario, "cost_before_support", property(lambda scenario: scenario.case_cost + further))
    assert shown(Scenario(case_cost=Scenario().case_cost - further), output) == usual


def test_what_a_parameter_needs_to_matter_are_parameters() -> None:
    named = {*MATTERS_WITH, *(name for settings in MATTERS_WITH.values() for name in settings)}
    assert named | set(SEEN_FIRST) <= set(specs())
    assert set(SEEN_FIRST.values()) <= set(OUTPUTS)
