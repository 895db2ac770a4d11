"""Presets: every one can be priced, is a link like any other, and says what is published and what is assumed."""

import pytest
from hypothesis import given

from pricing.contract.payment_rule import from_clauses
from pricing.contract.results_pay import settle
from pricing.evaluate import evaluate
from pricing.people.shipped import load
from pricing.scenario import links
from pricing.scenario.presets import PRESETS, Preset
from pricing.scenario.scenario import Scenario, defaults
from tests.examples import in_turn
from tests.properties.test_identities import scenarios

BY_KEY = {preset.key: preset for preset in PRESETS}


@pytest.mark.parametrize(("key", "cohort"), in_turn(list(BY_KEY), ["greater_manchester", "georgia_parole"]))
def test_every_preset_can_be_priced_and_survives_its_link(key: str, cohort: str) -> None:
    scenario = BY_KEY[key].scenario(Scenario(cohort=cohort, hour_cost=50.0))
    assert (scenario.cohort, scenario.hour_cost) == (cohort, 50.0)
    assert links.read(links.from_url("?" + links.to_query(links.write(scenario)))).scenario == scenario
    assert evaluate(scenario, load(cohort)).totals["people"] > 0


@pytest.mark.parametrize("preset", PRESETS, ids=list(BY_KEY))
def test_every_preset_says_what_it_was_what_is_published_and_what_is_assumed(preset: Preset) -> None:
    for said in (preset.what, preset.published, preset.assumed):
        assert said.endswith(".")
    assert preset.title[0].isupper()


def test_presets_differ() -> None:
    assert len({preset.scenario(defaults()) for preset in PRESETS}) == len(PRESETS) == 8


@given(scenarios(mechanics=True))
def test_a_preset_sets_the_whole_contract_whatever_stood_before(reader: Scenario) -> None:
    for preset in PRESETS:
        found = preset.scenario(reader)
        assert found == preset.scenario(found)
        assert found.max_effect == reader.max_effect


def test_justice_reinvestment_pays_half_at_five_per_cent_and_stops_at_twenty() -> None:
    scenario = BY_KEY["justice_reinvestment"].scenario(defaults())
    people = load("greater_manchester")
    rule = from_clauses(settle(scenario, evaluate(scenario, people).terms, people).clauses[0])
    assert rule([0.049, 0.051, 0.10, 0.20, 0.25]) == pytest.approx([0, 0.026, 0.075, 0.175, 0.175], abs=1e-9)


def test_peterborough_pays_nothing_for_the_first_cohorts_fall_and_everything_past_the_trigger() -> None:
    scenario = BY_KEY["peterborough"].scenario(defaults())
    people = load("greater_manchester")
    rule = from_clauses(settle(scenario, evaluate(scenario, people).terms, people).clauses[0])
    assert rule([1 - 142 / 155, 0.11]) == pytest.approx([0, 0.11])
