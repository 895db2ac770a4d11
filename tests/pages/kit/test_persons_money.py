"""One group's money and the groups of people: every figure on a page sums to the model's own."""

import numpy as np
import pytest

from pages.kit import by_metric, groups, markdown, persons_money
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario, specs
from tests.cohorts import six_groups


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return evaluate(Scenario(need_premium=0.2), shipped.load("greater_manchester"))


@pytest.fixture(scope="module")
def dearer() -> Evaluation:
    """Every parameter of what support costs away from its default: a cost that is off by default is counted too."""
    costs = {name: (spec.low + spec.high) / 2 for name, spec in specs().items() if spec.group == "costs"}
    assert {"hour_cost", "case_cost"} <= set(costs)
    return evaluate(Scenario(need_premium=0.2, **costs), shipped.load("greater_manchester"))  # type: ignore[arg-type]


@pytest.mark.parametrize("at_benchmark", [False, True])
def test_a_groups_steps_sum_to_its_margin_whatever_support_costs(dearer: Evaluation, at_benchmark: bool) -> None:
    people = persons_money.members(dearer, {"needs": 2, "decile": 0})
    account = persons_money.average(dearer, people)
    margins = dearer.incentives.margin_at_benchmark if at_benchmark else dearer.incentives.margin_at_chosen
    assert account.margin(dearer, at_benchmark=at_benchmark) == pytest.approx(np.average(margins, weights=people))


@pytest.mark.parametrize("at_benchmark", [False, True])
def test_a_groups_steps_sum_to_its_margin(found: Evaluation, at_benchmark: bool) -> None:
    people = persons_money.members(found, {"needs": 2, "decile": 0})
    account = persons_money.average(found, people)
    margins = found.incentives.margin_at_benchmark if at_benchmark else found.incentives.margin_at_chosen
    assert account.margin(found, at_benchmark=at_benchmark) == pytest.approx(np.average(margins, weights=people))
    row = found.groups("needs", "decile").query("needs == 2 and decile == 0").iloc[0]
    assert account.people == row["people"]
    assert account.payback == pytest.approx(row["payback"])
    assert account.chosen == pytest.approx(row["chosen_hours"])


def test_money_by_hours_meets_the_margin_at_the_minimum(found: Evaluation) -> None:
    people = persons_money.members(found, {"needs": 0, "decile": 0})
    curve = persons_money.by_hours(found, people, 60.0)
    at_minimum = np.average(found.incentives.margin_at_minimum, weights=people)
    assert curve.hours[0] == found.scenario.minimum_hours
    assert curve.income[0] - curve.cost[0] == pytest.approx(at_minimum)
    assert curve.hours[-1] == 60.0


@pytest.mark.parametrize("at_benchmark", [False, True])
def test_spending_sums_to_the_total(found: Evaluation, at_benchmark: bool) -> None:
    spent = sum(amount for _, amount in persons_money.spending(found, at_benchmark=at_benchmark))
    assert spent == pytest.approx(found.totals["spend_at_benchmark" if at_benchmark else "spend_at_chosen"])


def test_groups_of_fewer_than_thirty_people_are_not_shown(found: Evaluation) -> None:
    shown = groups.grid(found, "decile", "needs", "payback")
    counts = groups.grid(found, "decile", "needs", "people")
    assert np.nanmin(counts) >= 30
    assert np.array_equal(np.isnan(shown), np.isnan(counts))
    assert groups.table(found, "decile", "needs")["People"].min() >= 30
    assert "fewer than 30" in groups.people_short(found)


def test_a_readers_own_table_is_shown_whole() -> None:
    own = evaluate(Scenario(cohort="own_table"), six_groups())
    assert int(np.sum(~np.isnan(groups.grid(own, "decile", "needs", "payback")))) == 6
    assert groups.people_short(own) == ""


def test_the_extremes_are_named_in_words(found: Evaluation) -> None:
    low, high = groups.extremes(found, "decile", "needs", "payback")
    assert low.startswith("£0.")
    assert " for people with " in low
    assert "deprived tenth" in high or "deprivation tenth" in high


def test_the_four_metrics_are_set_side_by_side() -> None:
    people = shipped.load("greater_manchester")
    lines = by_metric.lines(Scenario(target="own"), people)
    assert [line.label for line in lines] == [key.capitalize() for key in METRICS]
    assert "£" in by_metric.title(lines)
    assert [line.label for line in by_metric.lines(Scenario(target="none"), people)] == ["Binary", "Progress"]
    missing = [each.key for each in METRICS.values() if not each.success]
    assert f"no {' or '.join(missing)}" in by_metric.note(Scenario(target="none"), people)


def test_the_verdict_follows_the_price() -> None:
    people = six_groups()
    poor = evaluate(Scenario(cohort="own_table"), people)
    assert markdown.verdict(poor).startswith("This price rewards doing the minimum for 100% of people")
    generous = Scenario(
        target="own", results_share=1.0, contract_value=4000.0, needed_budget=4000.0, case_cost=2900.0, hour_cost=30.0
    )
    assert "rewards giving people the support they need" in markdown.verdict(evaluate(generous, people))
    idle = evaluate(Scenario(cohort="own_table", minimum_hours=100.0, hour_cost=120.0), people)
    assert "Nobody here needs more" in markdown.verdict(idle)


def test_spending_is_read_under_the_baseline_that_is_set() -> None:
    assert "With one target" not in persons_money.reading(Scenario(target="own"))
    assert persons_money.reading(Scenario()).endswith("taken back for people above it.")
    assert persons_money.reading(Scenario(need_premium=0.3)).endswith("and a premium can tip the balance.")
    assert "deadweight" not in persons_money.reading(Scenario(results_share=0.0))


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((1000.0, 0.0, 500.0), "£1,500, £500 of it for change"),
        ((1000.0, 0.0, 0.2), "£1,000, none of it for change"),
        ((0.0, 0.0, 500.0), "£500, all of it for change"),
        ((100.0, -300.0, 500.0), "£300: £500 for change, less what is taken back"),
    ],
)
def test_no_part_of_what_is_paid_is_more_than_all_of_it(amounts: tuple[float, ...], said: str) -> None:
    assert persons_money.in_all([("", amount) for amount in amounts]) == said


def test_what_pays_nothing_is_said_once_and_not_for_each_metric() -> None:
    people = shipped.load("greater_manchester")
    said = by_metric.title(by_metric.lines(Scenario(results_share=0.0), people))
    assert said == "With nothing paid for results, no measure pays any support back"
