"""The declaration of the parameters: complete, consistent, and strict about what comes from outside."""

import math
import re
from dataclasses import FrozenInstanceError, fields

import pytest

from pricing.errors import ParameterError, ScenarioError
from pricing.scenario.in_words import written
from pricing.scenario.rate_card import KINDS
from pricing.scenario.scenario import GROUPS, Scenario, defaults, parse, specs

NUMBERS = [name for name, spec in specs().items() if not spec.choices]
CHOICES = [name for name, spec in specs().items() if spec.choices]


@pytest.mark.parametrize("name", specs())
def test_every_parameter_is_fully_declared(name: str) -> None:
    spec = specs()[name]
    assert spec.label[0].isupper()
    assert spec.help.endswith((".", ":"))
    assert spec.unit
    assert spec.source
    assert spec.group in GROUPS
    assert spec.origin in {"published", "assumption", "choice"}
    spec.check(name, getattr(defaults(), name))


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_has_a_range_that_its_step_divides(name: str) -> None:
    spec = specs()[name]
    assert spec.low < spec.high
    steps = (spec.high - spec.low) / spec.step
    assert steps == pytest.approx(round(steps))
    offset = (getattr(defaults(), name) - spec.low) / spec.step
    assert offset == pytest.approx(round(offset))


@pytest.mark.parametrize("name", NUMBERS)
def test_what_a_number_stands_for_is_declared_and_stands_in_its_label_its_help_and_in_print(name: str) -> None:
    spec = specs()[name]
    assert all(spec.low <= number <= spec.high and written(spec, number) == said for number, said in spec.meant.items())
    assert spec.meanings in spec.asked
    own = spec.help.removesuffix(f" {spec.meanings}.")
    assert spec.help == f"{own} {spec.meanings}." if spec.meant else own
    assert not re.search(r"\b\d+(: | means (no|that no)| leaves)", own), "said in the help alone"
    assert spec.meant or not re.search(r"\bno (limit|cap|threshold)\b", spec.help + spec.source, re.IGNORECASE)


def test_five_parameters_stand_open() -> None:
    main = [name for name, spec in specs().items() if spec.group == "main"]
    assert main == ["cohort", "metric", "results_share", "need_premium", "area_multiplier"]


def test_labels_are_distinct() -> None:
    labels = [spec.label for spec in specs().values()]
    assert len(set(labels)) == len(labels)


NO_NUMBERS = ("nan", "inf", "-inf", "1e999", "-1e999", "", " ", "1_000", "１", "0x10", "£5", "1,5")


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_finite_number_is_refused_by_name(name: str) -> None:
    for text in NO_NUMBERS:  # a test for each would be a fifth of all tests
        with pytest.raises(ParameterError, match=name):
            raise AssertionError(f"{text!r} was read as {parse({name: text})}")


@pytest.mark.parametrize("name", NUMBERS)
def test_values_at_the_ends_are_taken_and_beyond_them_refused(name: str) -> None:
    spec = specs()[name]
    for value in (spec.low, spec.high):
        assert parse({name: repr(value)}) == {name: value}
    for value in (spec.low - spec.step, spec.high + spec.step):
        with pytest.raises(ParameterError, match=f"{name}: .* is outside"):
            Scenario(**{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", CHOICES)
def test_an_unknown_choice_is_refused_with_the_ones_there_are(name: str) -> None:
    with pytest.raises(ParameterError, match=next(iter(specs()[name].choices))):
        parse({name: "neither"})


@pytest.mark.parametrize("value", [True, None, "0.2", math.nan, [0.2]])
def test_a_number_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(ParameterError, match="results_share"):
        Scenario(results_share=value)  # type: ignore[arg-type]


def test_an_unknown_parameter_is_refused_by_name() -> None:
    with pytest.raises(ParameterError, match="“prise” is not a parameter"):
        parse({"prise": "1"})
    with pytest.raises(ParameterError, match="“prise” is not a parameter"):
        defaults().with_(prise=1.0)


@pytest.mark.parametrize(
    "settings",
    [
        {"metric": "frequency", "target": "none"},
        {"metric": "severity", "target": "none"},
        {"metric": "blend", "target": "none"},
        {f"blend_{m}": 0.0 for m in ("binary", "frequency", "severity", "progress")} | {"metric": "blend"},
    ],
)
def test_settings_that_contradict_each_other_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ScenarioError):
        Scenario(**settings)  # type: ignore[arg-type]


def test_a_blend_without_reoffences_needs_no_target() -> None:
    blend = Scenario(metric="blend", target="none", blend_frequency=0.0, blend_severity=0.0, blend_binary=0.75)
    assert blend.weights() == {"binary": 0.75, "progress": 0.25}


def test_a_scenario_is_a_value() -> None:
    assert Scenario(contract_value=2240) == defaults()
    assert hash(Scenario(contract_value=2240)) == hash(defaults())
    with pytest.raises(FrozenInstanceError):
        defaults().metric = "frequency"  # type: ignore[misc]


def test_an_out_of_range_value_from_outside_is_shown_short_and_printable() -> None:
    with pytest.raises(ParameterError) as problem:
        parse({"metric": "\x1b[31m" + "x" * 500})
    assert len(str(problem.value)) < 200
    assert str(problem.value).isprintable()


def test_present_value_discounts_by_the_month() -> None:
    assert Scenario(payment_lag_months=12.0, cost_of_capital=0.25).present_value == pytest.approx(0.8)
    assert Scenario(payment_lag_months=0.0).present_value == 1.0


def test_values_list_every_field() -> None:
    assert list(defaults().values()) == [field.name for field in fields(Scenario)] == list(specs())


@pytest.mark.parametrize("rate", [0.0, 1.4e-45])
def test_next_to_no_rate_for_every_need_met_is_none(rate: float) -> None:
    rates = {f"rate_{kind}": 0.0 for kind in KINDS} | {"rate_mental_health": rate}
    with pytest.raises(ScenarioError, match="at least one kind of need"):
        Scenario(metric="progress", **rates)  # type: ignore[arg-type]
