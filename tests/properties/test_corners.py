"""Random corners of all parameters and of own tables: no failure, and no undefined number in print (S8)."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import corners
from benchmarks.bench_corners import COMMANDS, PLACES, UNDEFINED, by_command, on_page
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE
from pricing.words import numbers, written
from tests.examples import EXPLORING, examples

COHORT = None if EXPLORING else OWN_TABLE
"""Of a table of one's own in the gate, which takes a tenth of the time; of any people when exploring."""
WRITERS = (
    numbers.pounds,
    numbers.signed,
    numbers.pence,
    numbers.millions,
    numbers.percent,
    numbers.hours,
    numbers.points,
    numbers.count,
)


@given(st.integers(0, 10**9))
@examples(14)
def test_no_command_fails_or_prints_an_undefined_number(number: int) -> None:
    luck = Random(number)
    scenario = corners.scenario(luck, COHORT)
    if not EXPLORING:  # thousands of clients take seconds
        scenario = scenario.with_(clients=min(scenario.clients, 60.0))
    data, _ = corners.people(scenario, luck)
    link = links.to_query(links.write(scenario))
    assert not by_command(COMMANDS[number % len(COMMANDS)], scenario, data, luck, link).wrong, link


@given(st.integers(0, 10**9))
@examples(5)
def test_no_page_fails_or_shows_an_undefined_number(number: int) -> None:
    luck = Random(number)
    scenario = corners.scenario(luck, COHORT)
    _, people = corners.people(scenario, luck)
    link = links.to_query(links.write(scenario))
    assert not on_page(PLACES[number % len(PLACES)], scenario, people, link).wrong, link


@given(st.floats())
@examples(200)
def test_a_number_in_words_is_never_undefined_and_never_minus_nothing(value: float) -> None:
    for write in WRITERS:
        assert not UNDEFINED.search(write(value)), write.__name__


@pytest.mark.parametrize("write", WRITERS)
def test_what_rounds_to_nothing_has_no_sign(write: object) -> None:
    assert not {"-", "−"} & set(write(-1e-9))  # type: ignore[operator]
    assert write(float("nan")) == numbers.NOT_SHOWN  # type: ignore[operator]


def test_what_is_written_to_files_holds_no_minus_nothing() -> None:
    table = pd.DataFrame({"name": ["a", "b", "c"], "£": [-0.0, np.nan, -1.5], "n": [0, 1, 2]})
    assert written.as_csv(table) == "name,£,n\na,0.0,0\nb,,1\nc,-1.5,2\n"
    assert "-0" not in written.as_json({"a": [-0.0, {"b": np.float64(-0.0)}], "c": (-0.0, None, "-x")})
    with pytest.raises(ValueError):
        written.as_json({"a": float("nan")})


@pytest.mark.parametrize("text", ["£nan", "−£0", "-0.00", "pays −0% more", "about inf", "None", '"lost": -0.0,'])
def test_undefined_numbers_are_recognised(text: str) -> None:
    assert UNDEFINED.search(text)


@pytest.mark.parametrize("text", ["−£0.05", "-0.5", "2026-01-05", "None of these", "£0", "10-04", "−0.004 points"])
def test_others_are_not(text: str) -> None:
    assert not UNDEFINED.search(text)
