"""The scenario as a file: every scenario survives it, its schema says the same, and a hostile file is named."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pricing import MODEL_VERSION
from pricing.errors import ExplorerError, ScenarioFileError
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults, specs
from pricing.take_away import scenario_file
from pricing.take_away.cover import Cover
from pricing.take_away.scenario_file import SCHEMA, read, schema, write
from tests.pricing.take_away import covers
from tests.properties.test_identities import scenarios

VALID = Draft202012Validator(schema())
DEFAULT = covers.of(Scenario())


def file(inside: Any, **others: Any) -> bytes:
    return json.dumps({"schema": SCHEMA, "model": MODEL_VERSION, "scenario": inside} | others).encode()


@given(scenarios(mechanics=True, cohort="greater_manchester"))
def test_a_scenario_survives_its_file(scenario: Scenario) -> None:
    found = DEFAULT.evaluation
    text = write(Cover(_with(found, scenario), covers.DAY, "", "", None, ()))
    VALID.validate(json.loads(text))
    link = read(text.encode())
    assert link.scenario == scenario
    assert link.problems == ()


def _with(evaluation: Any, scenario: Scenario) -> Any:
    """The evaluation under another scenario's name: what is in it does not stand in the file."""
    from dataclasses import replace

    return replace(evaluation, scenario=scenario)


@pytest.mark.parametrize("cohort", covers.EVERY)
def test_a_file_says_what_it_is(cohort: str) -> None:
    cover = covers.of(Scenario(cohort=cohort, need_premium=0.3))
    document = json.loads(write(cover))
    VALID.validate(document)
    assert (document["model"], document["made"], document["link"]) == (MODEL_VERSION, "2026-11-24", cover.link)
    assert cover.evaluation.cohort.caution in document["people"]
    assert document["warnings"] == list(cover.said)
    link = read(write(cover).encode())
    assert (link.table, link.problems) == (cover.table, ())
    assert (link.table is not None) == (cohort == OWN_TABLE)


def test_the_schema_is_drawn_from_the_declarations() -> None:
    Draft202012Validator.check_schema(schema())
    properties = schema()["properties"]["scenario"]["properties"]
    assert list(properties) == list(specs())
    assert {name: said["default"] for name, said in properties.items()} == defaults().values()


VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 20_000),
    st.text(max_size=8),
    st.booleans(),
    st.none(),
    st.sampled_from([choice for spec in specs().values() for choice in spec.choices]),
    st.sampled_from([end for spec in specs().values() for end in (spec.low, spec.high)]),
)


@given(st.sampled_from(list(specs())), VALUES)
def test_the_schema_refuses_exactly_what_a_parameter_refuses(name: str, value: Any) -> None:
    document = {"schema": SCHEMA, "model": MODEL_VERSION, "scenario": {name: value}}
    try:
        specs()[name].check(name, value)
        allowed = True
    except ExplorerError:
        allowed = False
    assert VALID.is_valid(document) == allowed
    said = read(json.dumps(document).encode()).problems
    assert any(line.startswith(f"{name}: ") for line in said) == (not allowed)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON: line 1"),
        (b"\xff\xfe{}", "not UTF-8 text: byte 1"),
        (b"PK\x03\x04", "not JSON"),
        (b"[]", "not a scenario of this explorer"),
        (b"null", "not a scenario of this explorer"),
        (b"{}", "not a scenario of this explorer"),
        (b'{"schema": "other", "scenario": {}}', "not a scenario of this explorer"),
        (b"[" * 60_000, "nested more than"),
        (b'{"a":' * 60, "nested more than"),
        (b" " * 100_001, "100,001 bytes; a scenario file has at most 100,000"),
        (file({})[:-1], "not JSON"),
        (file([]), "“scenario” is not one object"),
        (file({}, table="x"), "“table” is not one object"),
        (file({}).replace(b"{}", b'{}, "scenario": {}'), "“scenario” is not one object"),
    ],
)
def test_what_is_no_scenario_file_gets_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(ScenarioFileError, match=said) as refused:
        read(data)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (file({"prise": 1}), "“prise” is not a parameter."),
        (file({"need_premium": 9}), "need_premium: 9 is outside 0 to 1"),
        (file({"need_premium": "0.2"}), "need_premium: “0.2” is not a finite number."),
        (file({"need_premium": True}), "need_premium: “True” is not a finite number."),
        (file({"need_premium": [[0.2]]}), "is not a finite number."),
        (file({"hour_cost": float("nan")}), "hour_cost: “nan” is not a finite number."),
        (file({"need_premium": 7777}).replace(b"7777", b"1" * 5000), "need_premium: “inf” is not a finite number."),
        (file({"target": "=cmd|x"}), "target: “=cmd|x” is not one of: none, one, own."),
        (file({"metric": "frequency", "target": "none"}), "Target and blend weights were left at their defaults."),
        (file({"hour_cost": 7777}).replace(b"7777", b'20, "hour_cost": 30'), "hour_cost is given 2 times"),
        (file({"W" * 60_000: 1}), "W…” is not a parameter."),
        (file({}, **{"<img src=x>\n": 1}), "“<img src=x>\ufffd” is not a part of a scenario file."),
        (file({}, model=7), "model is not one text."),
        (file({"cohort": OWN_TABLE}, table={"name": "x.csv", "sha256": "<b>"}), "“<b>” is not a SHA-256."),
        (file({"cohort": OWN_TABLE}, table={"name": ["x"], "sha256": "ab" * 32}), "name is not one text."),
    ],
)
def test_what_cannot_be_honoured_is_named_and_the_rest_is_kept(data: bytes, said: str) -> None:
    found = read(data.replace(b'"scenario": {', b'"scenario": {"area_multiplier": 1.5, ').replace(b", }", b"}"))
    assert any(said in problem for problem in found.problems)
    assert all(problem.isprintable() and len(problem) < 300 for problem in found.problems)
    assert found.scenario.area_multiplier == 1.5
    assert (found.scenario.need_premium, found.scenario.hour_cost) == (0, 40)


def test_the_same_value_twice_is_no_contradiction() -> None:
    found = read(file({"hour_cost": 7777}).replace(b"7777", b'20, "hour_cost": 20.0'))
    assert (found.scenario.hour_cost, found.problems) == (20, ())


def test_many_problems_are_cut_short() -> None:
    found = read(file({f"x{number}": 1 for number in range(500)}))
    assert "492 more" in found.problems[-1]


@pytest.mark.parametrize("name", covers.HOSTILE)
def test_a_hostile_table_name_comes_back_harmless(name: str) -> None:
    cover = covers.of(covers.OWN, covers.HOSTILE[name])
    found = read(write(cover).encode())
    assert found.table == cover.table
    assert found.problems == ()
    assert found.table is not None
    assert found.table.name.isprintable()
    assert len(found.table.name) <= 60


SCALARS = st.none() | st.booleans() | st.floats() | st.text(max_size=5)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@given(ANYTHING)
def test_no_json_breaks_the_reader(inner: Any) -> None:
    for data in (json.dumps(inner).encode(), file({"hour_cost": inner}), file({}, table=inner, model=inner)):
        try:
            found = read(data)
        except ScenarioFileError:
            continue
        assert all(problem.isprintable() for problem in found.problems)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with pytest.raises(ScenarioFileError):
        read(data)


def test_depth_leaves_out_what_stands_in_strings() -> None:
    assert scenario_file.depth(r'{"[[[[\"[[": [1, {"a": "{{"}]}') == 3


def depth_by_character(text: str) -> int:
    """The same, one character after another."""
    deepest = level = 0
    inside = escaped = False
    for one in text:
        if not inside and one in "[]{}":
            level += 1 if one in "[{" else -1
        if one == '"' and not escaped:
            inside = not inside
        escaped = inside and one == "\\" and not escaped
        deepest = max(deepest, level)
    return deepest


@given(st.text(alphabet='[]{}"\\\na', max_size=60))
def test_depth_is_what_a_reader_of_characters_finds(text: str) -> None:
    assert scenario_file.depth(text) == depth_by_character(text)


@pytest.mark.parametrize("piece", ['\\"', '"\\', '"', "\\", '"a'])
def test_depth_of_the_longest_file_is_found_in_one_pass(piece: str) -> None:
    """Half a minute and more a piece where each quote is tried again; hundredths of a second in one pass."""
    text = piece * (scenario_file.MOST_BYTES // len(piece))
    assert scenario_file.depth(text + "[[[") == depth_by_character(text + "[[[")


def test_a_file_of_another_version_says_what_changed_since() -> None:
    old, unknown = read(file({}, model="1.0.0")), read(file({}, model="0.9.0"))
    assert old.note.startswith("This file was made with model version “1.0.0”; the figures here are from")
    assert "does not know" in unknown.note
    assert (old.problems, unknown.problems) == ((), ())
