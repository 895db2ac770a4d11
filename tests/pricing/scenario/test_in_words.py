"""Settings in print: each number with its unit, and what is off says so."""

import pytest

from pricing.scenario.in_words import changes, written
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
        ("results_cap", 0.0, "no cap"),
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
