"""Settings in print: each number with its unit, and what is off says so."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.scenario.in_words import changes, said, stated, written
from pricing.scenario.scenario import Scenario, defaults, specs
from pricing.scenario.spec import printable


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("results_share", 0.2, "20%"),
        ("priced_reduction", 0.075, "7.5%"),
        ("contract_value", 2240.0, "£2,240"),
        ("social_cost", 123456.0, "£123,456"),
        ("area_multiplier", 1.5, "1.5×"),
        ("hours_scale", 50.0, "50 hours"),
        ("progress_base", 0.25, "0.25"),
        ("results_cap", 0.0, "no limit"),
        ("results_cap", 0.5, "50%"),
        ("need_premium", 0.0, "0%"),
        ("need_premium", 0.61803398875, "61.8034%"),
        ("target", "own", "Own target: each person's expected result"),
    ],
)
def test_a_value_carries_its_unit(name: str, value: float | str, words: str) -> None:
    assert written(specs()[name], value) == words


def test_changes_are_what_differs_from_the_defaults() -> None:
    assert changes(defaults()) == {}
    assert changes(Scenario(target="own", need_premium=0.3)) == {"need_premium": 0.3, "target": "own"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [("groups.csv", "groups.csv"), ("a\nb\x00", "a\ufffdb\ufffd"), ("W" * 60, "W" * 60), ("W" * 61, "W" * 59 + "…")],
)
def test_a_text_from_outside_stands_on_one_short_line(text: str, kept: str) -> None:
    assert printable(text) == kept


NUMBERS = {name: spec for name, spec in specs().items() if not spec.choices}


@given(st.data(), st.sampled_from(sorted(NUMBERS)))
def test_a_number_in_a_sentence_reads_back_as_what_was_set(data: st.DataObject, name: str) -> None:
    spec = NUMBERS[name]
    value = data.draw(st.floats(spec.low, spec.high))
    scenario = replace(defaults(), **{name: value})
    text = stated(scenario, name).replace(",", "").replace("−", "-").removeprefix("£")
    hundredths = text.endswith("%")
    assert hundredths == spec.unit.startswith("share")
    assert float(Decimal(text.removesuffix("%")).scaleb(-2 if hundredths else 0)) == value


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("results_share", 0.2, "20%"),
        ("results_share", 0.125, "12.5%"),
        ("results_share", 0.004, "0.4%"),
        ("results_share", 0.57, "57%"),
        ("contract_value", 2240.0, "£2,240"),
        ("contract_value", 2240.5, "£2,240.5"),
        ("area_multiplier", 1.25, "1.25"),
    ],
)
def test_a_setting_is_stated_with_the_digits_that_it_has(name: str, value: float, words: str) -> None:
    assert stated(Scenario(**{name: value}), name) == words


def test_no_sentence_rounds_a_setting() -> None:
    """No code formats a field of a scenario itself: it would round it."""
    fields = "|".join(NUMBERS)
    by_hand = re.compile(
        rf"(?:percent|pounds|pence|count|millions|money)\((?:\w+\.)*scenario\.(?:{fields})\)"
        rf"|\{{(?:\w+\.)*scenario\.(?:{fields}):[^}}]+\}}"
    )
    root = Path(__file__).resolve().parents[3]
    files = [path for folder in ("pages", "consultation", "pricing") for path in (root / folder).rglob("*.py")]
    found = {path.name: hit[0] for path in files if (hit := by_hand.search(path.read_text(encoding="utf-8")))}
    assert not found, f"use in_words.stated: {found}"


def test_a_setting_inside_a_sentence_has_one_colon() -> None:
    scenario = Scenario(metric="progress", rate_accommodation=5.0)
    assert said(scenario, ["rate_accommodation"]) == ["rate of a need met, a home: 5×"]
