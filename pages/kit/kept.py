"""Results kept between reruns: nothing is worked out twice, and a reader's own table stays in their visit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.cohort import Cohort
from pricing.people.shipped import RiskCurves
from pricing.questions.fairness import amplification, characteristics
from pricing.questions.fairness.characteristics import Characteristic
from pricing.questions.places import neighbourhoods, same_people
from pricing.questions.results_paid import ResultsCurve, ResultsPaid, by_area, results_paid
from pricing.questions.savings import spending
from pricing.questions.savings.spending import Offer, Refusal
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.uncertainty import draws as risk_draws
from pricing.uncertainty import how_sure
from pricing.uncertainty.how_sure import Draws
from pricing.uncertainty.strata import Strata, reduce

Found = TypeVar("Found")
KEPT = 48
"""Evaluations kept per process: about 1.5 MB each on the default cohort."""
KEPT_OFFERS = 12
"""Sets of offers kept per process: an evaluation for each of two."""
KEPT_DRAWS = 12
"""Sets of draws kept per process: about 2 to 5 MB each."""


@lru_cache(maxsize=KEPT)
def _of_price(scenario: Scenario) -> Evaluation:
    return evaluate(scenario, shipped.load(scenario.cohort))


@lru_cache(maxsize=KEPT)
def of_builtin(scenario: Scenario) -> Evaluation:
    """Evaluation of a scenario on the built-in cohort that it names; shared by all visits, and by all providers."""
    return replace(_of_price(scenario.price_alone()), scenario=scenario)


def of(scenario: Scenario, cohort: Cohort) -> Evaluation:
    """Evaluation of a scenario on a cohort; raises ScenarioError where the price has no meaning for it."""
    if scenario.cohort != OWN_TABLE:
        return of_builtin(scenario)
    key = (scenario, cohort.digest)
    if st.session_state.get("own_key") != key:
        st.session_state["own_evaluation"] = evaluate(scenario, cohort)
        st.session_state["own_key"] = key
    kept: Evaluation = st.session_state["own_evaluation"]
    return kept


def also(scenario: Scenario, cohort: Cohort) -> Evaluation:
    """Another scenario on the same people, beside the one that is shown; not kept for a reader's own table."""
    return evaluate(scenario, cohort) if scenario.cohort == OWN_TABLE else of_builtin(scenario)


@lru_cache(maxsize=KEPT)
def _results_of_builtin(scenario: Scenario) -> ResultsPaid:
    return results_paid(of_builtin(scenario))


def results(evaluation: Evaluation) -> ResultsPaid:
    """How the evaluated contract turns results into pay; kept for built-in cohorts."""
    own = evaluation.scenario.cohort == OWN_TABLE
    return results_paid(evaluation) if own else _results_of_builtin(evaluation.scenario)


@lru_cache(maxsize=KEPT)
def _areas_of_builtin(scenario: Scenario) -> dict[str, ResultsCurve]:
    return by_area(of_builtin(scenario))


def areas(evaluation: Evaluation) -> Mapping[str, ResultsCurve]:
    """The evaluated contract in small and large areas; kept for built-in cohorts."""
    own = evaluation.scenario.cohort == OWN_TABLE
    return by_area(evaluation) if own else _areas_of_builtin(evaluation.scenario)


def of_shown(scenario: Scenario) -> Evaluation:
    """The evaluation that this page shows already."""
    if scenario.cohort != OWN_TABLE:
        return of_builtin(scenario)
    shown: Evaluation = st.session_state["own_evaluation"]
    return shown


@lru_cache(maxsize=KEPT_OFFERS)
def _offers_of_builtin(scenario: Scenario) -> list[Offer | Refusal]:
    return spending.offers(of_builtin(scenario))


def offers(evaluation: Evaluation) -> list[Offer | Refusal]:
    """What a shared pot would pay for; kept for built-in cohorts."""
    own = evaluation.scenario.cohort == OWN_TABLE
    return spending.offers(evaluation) if own else _offers_of_builtin(evaluation.scenario)


@lru_cache(maxsize=KEPT)
def _of_provider_of_builtin(work: Callable[[Evaluation, str], Any], scenario: Scenario, hours: str) -> Any:
    return waited_for(work, of_builtin(scenario), hours)


def waited_for(work: Callable[[Evaluation, str], Found], evaluation: Evaluation, hours: str) -> Found:
    """What takes a moment to work out, and with some clauses seconds: the page says so meanwhile."""
    with st.spinner("Working out every chance"):
        return work(evaluation, hours)


def of_provider(work: Callable[[Evaluation, str], Found], evaluation: Evaluation, hours: str) -> Found:
    """What ``work`` finds for the scenario's provider, which gives ``hours``; kept for built-in cohorts."""
    if evaluation.scenario.cohort == OWN_TABLE:
        return waited_for(work, evaluation, hours)
    found: Found = _of_provider_of_builtin(work, evaluation.scenario, hours)
    return found


def curves(scenario: Scenario) -> RiskCurves:
    """The fitted risk curves of the scenario's built-in cohort; read once per process."""
    return shipped.curves(scenario.cohort)


@lru_cache(maxsize=8)
def strata(name: str, index: str, most: int) -> Strata:
    """The strata of a built-in cohort on which draws run."""
    return reduce(shipped.load(name), risk_draws.fitted(name), index, most)


@lru_cache(maxsize=KEPT_DRAWS)
def draws_of_builtin(scenario: Scenario) -> Draws:
    """The draws of a scenario on the built-in cohort that it names; shared by all visits."""
    return how_sure.draw(of_builtin(scenario), strata_of(scenario, shipped.load(scenario.cohort)))


def strata_of(scenario: Scenario, cohort: Cohort) -> Strata:
    """The strata on which the draws of a scenario run; those of a reader's own table are not kept."""
    if scenario.cohort == OWN_TABLE:
        return how_sure.strata_for(scenario, cohort)
    return strata(scenario.cohort, scenario.area_index, how_sure.most_strata(scenario))


def draws_of(evaluation: Evaluation) -> Draws:
    """What a price rewards in each draw of what is uncertain."""
    if evaluation.scenario.cohort == OWN_TABLE:
        return how_sure.draw(evaluation, strata_of(evaluation.scenario, evaluation.cohort))
    return draws_of_builtin(evaluation.scenario)


@lru_cache(maxsize=4)
def _characteristics_of_builtin(name: str) -> tuple[Characteristic, ...]:
    return characteristics.of(shipped.load(name))


def characteristics_of(cohort: Cohort) -> tuple[Characteristic, ...]:
    """What people are looked at by on the fairness page; kept for built-in cohorts."""
    return characteristics.of(cohort) if cohort.name == OWN_TABLE else _characteristics_of_builtin(cohort.name)


@lru_cache(maxsize=KEPT_DRAWS)
def _fairness_of_builtin(scenario: Scenario) -> amplification.Drawn:
    return amplification.drawn(of_builtin(scenario), strata_of(scenario, shipped.load(scenario.cohort)))


def fairness_draws(evaluation: Evaluation) -> amplification.Drawn:
    """Reoffences, hours and margins in each draw of what is uncertain."""
    scenario = evaluation.scenario
    if scenario.cohort == OWN_TABLE:
        return amplification.drawn(evaluation, strata_of(scenario, evaluation.cohort))
    return _fairness_of_builtin(scenario)


@lru_cache(maxsize=KEPT)
def everywhere(scenario: Scenario) -> pd.DataFrame:
    """What a price rewards for the same people in every neighbourhood; shared, so callers must not change it."""
    tenths = neighbourhoods.load().tenths
    return same_people.everywhere(of_builtin(scenario), tenths["overall"], tenths[scenario.area_index])
