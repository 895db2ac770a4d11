"""Every metric has everything: what a new one lacks is named here, and nothing is ever worth £0 in silence."""

from dataclasses import fields, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any, get_args

import numpy as np
import pytest

from pages.kit import by_metric
from pricing.errors import ScenarioError
from pricing.people import shipped
from pricing.price import metric_formulas, schedule
from pricing.price.metric_formulas import Stake
from pricing.price.outcomes import Risk
from pricing.scenario import metrics
from pricing.scenario.metrics import METRICS, SEARCH_OF, SEARCHES, Event, Metric, registry
from pricing.scenario.scenario import Scenario, specs
from pricing.words.numbers import unit

COHORT = shipped.load("greater_manchester")
RISK = Risk.of(Scenario(), COHORT)
EFFECT = 0.3
TOY = Metric("toy", "Toys (toy)", "fewer toys", "harm", "toys", "toy avoided", "")


@pytest.mark.parametrize("key", METRICS)
def test_a_metric_is_declared_whole(key: str) -> None:
    metric = METRICS[key]
    assert metric.key == key
    assert all(getattr(metric, f.name) != "" for f in fields(metric) if f.name != "success")
    assert metric.search in SEARCHES
    assert f"blend_{key}" in specs(), f"give {key} a weight in a blend: pricing.scenario.terms"
    assert specs()["metric"].choices[key] == metric.choice
    assert key in metric_formulas.FORMULAS, f"give {key} its formulas: pricing.price.metric_formulas"


@pytest.mark.parametrize("pair", list(combinations(get_args(Event), 2)))
def test_how_two_events_vary_together_is_declared_once(pair: tuple[Event, Event]) -> None:
    assert (pair in metric_formulas.COVARIANCES) + (pair[::-1] in metric_formulas.COVARIANCES) == 1


@pytest.mark.parametrize("key", METRICS)
def test_a_metric_is_one_or_an_amount_of_each_of_its_events(key: str) -> None:
    amount = metric_formulas.per_event(key, RISK)
    assert np.all(np.asarray(amount) > 0)
    together = metric_formulas.covariance(key, key)(RISK)
    np.testing.assert_allclose(together, metric_formulas.formulas(key).variance(RISK), rtol=1e-12)


def test_the_registry_is_the_only_list_of_metrics() -> None:
    assert set(SEARCH_OF) == {metric.event for metric in METRICS.values()}
    assert set(specs()["metric"].choices) == {*METRICS, metrics.BLEND}
    assert {name for name, spec in specs().items() if spec.group == "blend"} == {f"blend_{key}" for key in METRICS}
    assert set(metric_formulas.FORMULAS) == set(METRICS)
    assert len(by_metric.STYLES) >= len(METRICS), "draw one more line in pages.kit.by_metric"


@pytest.mark.parametrize("key", METRICS)
def test_a_unit_is_worth_its_price_whichever_way_it_is_worked_out(key: str) -> None:
    """What is paid for more of the count, and the worth that hours answer to, are one amount, and not nothing."""
    on_results = np.linspace(0.5, 2.0, len(COHORT.people))
    worth = schedule.worth_of({key: 3.0}, on_results, RISK)
    effect = np.full_like(COHORT.rate, EFFECT)
    better = METRICS[key].better * (schedule.outcome(key, RISK, effect) - schedule.outcome(key, RISK, 0.0))
    assert better.sum() > 0
    np.testing.assert_allclose(worth.gain(effect), 3.0 * on_results * better, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("key", METRICS)
def test_units_rise_by_what_the_count_changes_for_the_better(key: str) -> None:
    effect = EFFECT
    better = METRICS[key].better * (schedule.outcome(key, RISK, effect) - schedule.outcome(key, RISK, 0.0))
    for target in ("none", "one", "own"):
        rise = schedule.units(key, target, RISK, effect, 0.7) - schedule.units(key, target, RISK, 0.0, 0.7)
        np.testing.assert_allclose(rise, better, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("key", METRICS)
def test_a_metric_needs_a_target_exactly_where_it_has_no_words_without_one(key: str) -> None:
    if METRICS[key].needs_target:
        with pytest.raises(ScenarioError, match=key):
            Scenario(metric=key, target="none")
    else:
        assert unit(key, "none") == METRICS[key].success
        Scenario(metric=key, target="none")


@pytest.mark.parametrize("key", METRICS)
def test_the_hours_are_searched_for_as_the_worth_of_the_metric_asks(key: str) -> None:
    """Binary and needs met bend the worth, which has no closed form then; needs met may have several peaks."""
    stake = metric_formulas.formulas(key).stake(RISK)
    asked = "peaked" if stake.need is not None else "searched" if stake.reoffender is not None else "closed"
    assert METRICS[key].search == asked


@pytest.mark.parametrize("step", ["outcome", "units", "worth", "variance"])
def test_a_fifth_metric_without_formulas_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    five = registry((*METRICS.values(), TOY))
    for module in (metrics, schedule, metric_formulas):
        monkeypatch.setattr(module, "METRICS", five)
    asks: dict[str, Any] = {
        "outcome": lambda: schedule.outcome("toy", RISK, 0.0),
        "units": lambda: schedule.units("toy", "own", RISK, 0.1, 0.0),
        "worth": lambda: schedule.worth_of({"toy": 10.0, "binary": 1.0}, np.ones_like(COHORT.rate), RISK),
        "variance": lambda: metric_formulas.covariance("binary", "toy")(RISK),
    }
    with pytest.raises(ScenarioError, match="toy"):
        asks[step]()


def test_what_is_paid_on_one_event_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "METRICS", registry((*METRICS.values(), TOY)))
    assert metrics.by_event({"severity": 1.0, "binary": 4.0, "toy": 2.0}) == {"harm": 3.0, "reoffender": 4.0}


def test_a_metric_that_is_no_amount_of_each_event_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most three counted: its worth would be that of all reoffences, and its luck another."""
    capped = replace(metric_formulas.counting("reoffence"), count=lambda risk, y: np.minimum(risk.reoffences(y), 1.0))
    monkeypatch.setattr(metric_formulas, "FORMULAS", {**metric_formulas.FORMULAS, "frequency": capped})
    with pytest.raises(ScenarioError, match="frequency metric is not an amount of each reoffence"):
        metric_formulas.per_event("frequency", RISK)


def test_a_fifth_metric_with_formulas_is_paid_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the harm, at half the price, is worth what harm is."""
    double = metric_formulas.counting("harm", lambda risk: 2.0)
    monkeypatch.setattr(schedule, "METRICS", registry((*METRICS.values(), TOY)))
    monkeypatch.setattr(metric_formulas, "FORMULAS", MappingProxyType({**metric_formulas.FORMULAS, "toy": double}))
    flat = np.ones_like(COHORT.rate)
    effect = np.full_like(flat, EFFECT)
    found = schedule.worth_of({"toy": 0.5}, flat, RISK).gain(effect)
    np.testing.assert_allclose(found, schedule.worth_of({"severity": 1.0}, flat, RISK).gain(effect))


def test_a_metric_that_is_worth_nothing_cannot_be_written_down() -> None:
    with pytest.raises(ScenarioError):
        Stake()
