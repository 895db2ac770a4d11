"""``python -m pricing cheapest``: for every measure and promise it says what the domain finds."""

import csv
import io
import json
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest

from pricing.__main__ import main
from pricing.command.cheapest import KEYS_HELP, of_check
from pricing.evaluate import evaluate
from pricing.people import own_table, shipped
from pricing.people.cohort import Cohort
from pricing.questions.cheapest import figures, specify
from pricing.questions.cheapest.answer import Answer, answer
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.take_away import cheapest_price
from tests.pricing.take_away import covers

SETTINGS = [
    {},
    {"cohort": OWN_TABLE, "metric": "frequency", "promise": "last_pound"},
    {"cohort": OWN_TABLE, "metric": "blend"},
    {"metric": "progress", "smallest_group": 500.0},
    {"cohort": "georgia_parole", "schedules": "own", "most_on_results": 1.0},
    {"cohort": OWN_TABLE, "promise": "no_loss", "most_on_results": 0.9, "most_spent": 2600.0},
    {"cohort": OWN_TABLE, "promise": "most_people", "contract_value": 900.0},
    {"cohort": OWN_TABLE, "flat_zone": "fixed"},
]


def people(scenario: Scenario) -> Cohort:
    if scenario.cohort == OWN_TABLE:
        return own_table.read(covers.FILE.read_bytes(), covers.FILE.name)
    return shipped.load(scenario.cohort)


def found_of(**settings: Any) -> Answer:
    scenario = Scenario(**settings)
    return answer(evaluate(scenario, people(scenario)))


def run(capsys: pytest.CaptureFixture[str], settings: dict[str, Any], *words_: str) -> str:
    own = settings.get("cohort") == OWN_TABLE
    of = ["--baseline", str(covers.FILE)] if own else ["--cohort", settings["cohort"]] if "cohort" in settings else []
    sets = [word for name, value in settings.items() if name != "cohort" for word in ("--set", f"{name}={value}")]
    assert main(["cheapest", *of, *sets, *words_]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: "-".join(map(str, settings.values())) or "default")
def test_the_command_says_what_is_found(capsys: pytest.CaptureFixture[str], settings: dict[str, Any]) -> None:
    document = json.loads(run(capsys, settings))
    found = found_of(**settings)
    assert not {key for key in document if key not in KEYS_HELP}
    assert document["cheapest"][found.family]["cost"] == found.chosen.cost
    assert sum(row["people"] for row in document["schedule"]) == document["benchmark"]["people"]
    assert document["within"] == found.within
    assert document["give"].keys() == {name for name, kept_to in found.within.items() if not kept_to}
    assert document["give"].get("budget", found.chosen.cost) == found.chosen.cost
    luck = document["check"]
    if luck and luck.get("reserves"):
        assert luck["reserves"] * found.ground.scenario.luck_share == pytest.approx(luck["bad_year"])
        assert luck["bad_year"] > luck["bearable"]
    if document["link"]:
        opened = links.read(parse_qs(document["link"]))
        assert not opened.problems
        again = evaluate(opened.scenario, people(opened.scenario))
        assert document["check"]["spend_at_benchmark"] == pytest.approx(found.chosen.cost, abs=0.01)
        assert again.totals["spend_at_benchmark"] == pytest.approx(found.check.totals["spend_at_benchmark"])  # type: ignore[union-attr]
    else:
        assert document["link_refused"]
    sure = document["sure"]
    assert "refused" in sure or sure["cost"] >= document["cheapest"]["explorer"]["cost"]


def test_csv_is_the_schedule(capsys: pytest.CaptureFixture[str]) -> None:
    comment, _, table = run(capsys, {}, "--format", "csv").partition("\n")
    assert comment.startswith("# pricing-structure explorer; model ")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert sum(row["sets_price"] == "True" for row in rows) == 3
    assert all(float(row["price"]) >= float(row["required"]) * (1 - 1e-9) for row in rows if row["protected"] == "True")


def test_a_promise_that_no_price_keeps_gets_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cheapest", "--set", "metric=progress"]) == 2
    assert "No price on this measure can keep the promise to 1,043 people" in capsys.readouterr().err


@pytest.mark.parametrize("promise", ["payback", "last_pound", "most_people", "no_loss"])
def test_a_limit_is_kept_to_by_what_the_price_pays(promise: str) -> None:
    kept = found_of(promise=promise).chosen
    cost, share = kept.cost, kept.share
    for step in (-0.02, 0.02):
        limited = found_of(promise=promise, most_spent=cost * (1 + step), most_on_results=min(1.0, share + step))
        assert limited.chosen.cost == pytest.approx(cost)
        assert limited.within == {"share": step > 0 or share + step >= share, "budget": step > 0}
        said = cheapest_price.sentences(limited.evaluation, limited)[1]
        assert said.count("not enough") == list(limited.within.values()).count(False)


def test_all_may_hang_on_results() -> None:
    found = found_of(most_on_results=1.0)
    assert "inf" not in " ".join(cheapest_price.sentences(found.evaluation, found))


@pytest.mark.parametrize("floor", [0.4, 1.0, 1.7])
def test_the_break_even_goes_with_the_floor(floor: float) -> None:
    found = found_of(promise_floor=floor)
    even = figures.specified(found).break_even[found.protected]
    np.testing.assert_allclose(even, floor * specify.break_even(found.ground)[found.protected], rtol=1e-12)


def test_people_whom_no_price_reaches_leave_a_cost_that_is_known() -> None:
    whole = figures.specified(found_of(metric="progress", smallest_group=500.0))
    assert np.isfinite([whole.everything, whole.own.cost, whole.pattern.cost]).all()
    assert whole.own.cost <= whole.everything + 1e-9


@pytest.mark.parametrize("cohort", shipped.names())
def test_what_luck_takes_is_in_proportion_to_the_floor(cohort: str) -> None:
    """Half the promise stakes half the money: luck takes half, where costs are sure and nothing limits a loss."""
    taken = [
        of_check(found_of(cohort=cohort, most_lost=0.0, who_comes="mix", promise_floor=floor))["bad_year"]  # type: ignore[index]
        for floor in (1.0, 0.5)
    ]
    assert taken[1] == pytest.approx(taken[0] / 2, rel=1e-6)
    if cohort == "greater_manchester":
        assert taken[0] == pytest.approx(449608, abs=1)
