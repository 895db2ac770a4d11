"""A fifth metric is an entry in the registry, a weight in a blend and its formulas: everything else follows.

Days in court: a reoffence takes one and a half, twice as many as severe; so two metrics count one event.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WITH_FIVE = """
import json
from dataclasses import make_dataclass

from pricing.scenario import metrics

COURT = metrics.Metric(
    key="court", choice="Days in court (court)", pays_for="fewer days in court", event="reoffence",
    counted="days in court", unit="day in court avoided", success="",
)
metrics.METRICS = metrics.registry((*metrics.METRICS.values(), COURT))

from pricing.scenario import terms

WEIGHT = terms.weight("court", 0.25, terms.EQUAL)
terms.ContractTerms = make_dataclass(
    "ContractTerms", [("blend_court", float, WEIGHT)], bases=(terms.ContractTerms,), frozen=True
)

from pricing.price import metric_formulas

metric_formulas.FORMULAS = {
    **metric_formulas.FORMULAS,
    "court": metric_formulas.counting("reoffence", lambda risk: 1.5 * (1 + (risk.severity > 20))),
}
"""
ASKED = """
import numpy as np
import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.small_provider.luck import clients, own_result
from pricing.scenario.scenario import Scenario
from pricing.words import shares
from tests.pages import cheap_visits
from tests.pages.visit import open_part, visit, words

cheap_visits.make(pytest.MonkeyPatch())
GM = shipped.load("greater_manchester")
scenarios = {
    "court": Scenario(metric="court", most_lost=0.0),
    "blend": Scenario(metric="blend", target="own", need_premium=0.3),
    "clauses": Scenario(metric="court", measured_people=400.0, deductions="none", threshold=0.05),
    "both": Scenario(metric="blend", measured_people=2000.0, measured_period="quarter", flat_zone="interval"),
}
found = {}
for name, scenario in scenarios.items():
    evaluation = evaluate(scenario, GM)
    some = clients.of(evaluation)
    luck = [] if name == "both" else own_result.results_pay(evaluation, some, scenario.common_shock)
    found[name] = {
        "payback": evaluation.payback,
        "expected": some.total(some.expected_results),
        "luck": luck and [luck.mean, luck.sd],
        "words": shares.priced_fall(evaluation),
    }
said = {}
PAGES = {
    "set_the_price": "blend", "how_results_are_paid": "court", "small_provider": "court", "evidence": "court",
    "places": "blend", "presenter": "court",
}
for page, metric in PAGES.items():
    at = visit(page, metric=metric)
    said[f"{page} {metric}"] = [" ".join(words(at)), [str(error.value) for error in at.exception]]
drawn = open_part(visit("who_it_pays_to_help", metric="court"), "who_it_pays_to_help", "four_measures")
lines = [str(error.value) for error in drawn.exception], " ".join(words(drawn))
print(json.dumps({"found": found, "said": said, "lines": lines}))
"""


@pytest.fixture(scope="module")
def five() -> dict[str, Any]:
    """What an explorer with the fifth metric finds, and says on its pages."""
    run = subprocess.run(
        [sys.executable, "-c", WITH_FIVE + ASKED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_it_is_priced_alone_and_in_a_blend(five: dict[str, Any]) -> None:
    for name, found in five["found"].items():
        assert found["payback"] > 0, name
        assert "days in court fall by" in found["words"]
    assert "reoffences fall by" in five["found"]["blend"]["words"]


def test_one_providers_luck_is_about_what_is_expected(five: dict[str, Any]) -> None:
    alone = five["found"]["court"]
    assert alone["luck"][0] == pytest.approx(alone["expected"], rel=0.02, abs=200)
    assert all(five["found"][name]["luck"][1] > 0 for name in ("court", "blend", "clauses"))


def test_pages_open_and_name_it(five: dict[str, Any]) -> None:
    for page, (said, errors) in five["said"].items():
        assert not errors, (page, errors)
        assert said
    assert five["lines"][0] == []
    assert "(court)" in five["lines"][1]
