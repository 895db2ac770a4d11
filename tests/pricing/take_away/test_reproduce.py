"""The command and the Python give what they say, and whatever a table is called stays inside its quotes."""

import ast
import contextlib
import io
import json
import shlex
from pathlib import Path

import pytest
from hypothesis import given

from pricing import MODEL_VERSION
from pricing.__main__ import main
from pricing.command.evaluate import totals
from pricing.questions.savings import appraisal
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.scenario.spec import printable
from pricing.take_away import reproduce
from pricing.take_away.cover import Cover
from pricing.words import spend
from tests.examples import examples
from tests.pricing.take_away import covers
from tests.properties.test_identities import scenarios

SCENARIOS = [
    Scenario(),
    Scenario(cohort="georgia_parole", metric="frequency", target="own", need_premium=0.30000000000000004),
    Scenario(cohort=OWN_TABLE, target="own", hour_cost=33),
    covers.extreme(),
]


def words_of(cover: Cover) -> list[str]:
    """The command without the interpreter that it begins with."""
    words = shlex.split(reproduce.command(cover))
    assert words[:3] == [reproduce.PYTHON, "-m", "pricing"]
    return words[3:]


def output(script: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(script, "again.py", "exec"), {"__name__": "__main__"})
    return said.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the reader's table lies, under its own name."""
    (tmp_path / covers.FILE.name).write_bytes(covers.FILE.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_command_gives_the_same_numbers(scenario: Scenario, capsys: pytest.CaptureFixture[str]) -> None:
    cover = covers.of(scenario)
    assert main(words_of(cover)) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["scenario"] == scenario.values()
    assert found["totals"] == totals(cover.evaluation)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_python_gives_the_same_numbers(scenario: Scenario) -> None:
    cover = covers.of(scenario)
    script = reproduce.python(cover)
    lines = output(script).splitlines()
    evaluation = cover.evaluation
    assert lines[0] == f"An extra £1 of support pays back £{evaluation.payback:.2f}"
    assert lines[1] == spend.sentence(evaluation)
    assert lines[2] == appraisal.sentence(evaluation)
    assert f"# {lines[2].rstrip('.')} when this was made" in script
    assert lines[3] == f"It pays to do the minimum for {evaluation.totals['parked_people']:,.0f} people"
    assert "\n".join(lines[4:]) == evaluation.groups("needs", "decile").to_string()
    assert f"# £{evaluation.payback:,.2f} when this was made" in script


def test_both_refuse_another_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    cover = covers.of(Scenario())
    words, script = words_of(cover), reproduce.python(cover)
    monkeypatch.setattr("pricing.MODEL_VERSION", "9.9.9")
    monkeypatch.setattr("pricing.command.options.MODEL_VERSION", "9.9.9")
    with pytest.raises(SystemExit, match=rf"Made with model {MODEL_VERSION}; this is 9\.9\.9"):
        output(script)
    assert main(words) == 2
    assert f"--model “{MODEL_VERSION}”: this is model 9.9.9" in capsys.readouterr().err


def test_another_table_of_that_name_is_refused(folder: Path) -> None:
    script = reproduce.python(covers.of(covers.OWN))
    (folder / covers.FILE.name).write_bytes(covers.FILE.read_bytes().replace(b"350", b"351"))
    with pytest.raises(SystemExit, match="not the table"):
        output(script)


def test_every_line_of_the_cover_is_a_comment() -> None:
    cover = covers.of(Scenario(need_premium=0.3))
    script = reproduce.python(cover)
    for what, text in cover.lines():
        assert f"# {what}: {text}\n" in script
    assert cover.warnings


@pytest.mark.parametrize("name", covers.HOSTILE)
def test_a_hostile_name_stays_one_word(name: str) -> None:
    cover = covers.of(covers.OWN, covers.HOSTILE[name])
    kept = printable(covers.HOSTILE[name])
    assert words_of(cover)[3:] == ["--baseline", f"./{kept}"]
    usual = reproduce.python(covers.of(covers.OWN))
    script = reproduce.python(cover)
    texts = [node.value for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Constant)]
    assert kept in texts
    shape = [type(node) for node in ast.walk(ast.parse(script))]
    assert shape == [type(node) for node in ast.walk(ast.parse(usual))]


@examples(15)
@given(scenarios(mechanics=True, cohort="greater_manchester"))
def test_only_what_differs_is_set(scenario: Scenario) -> None:
    from dataclasses import replace

    cover = covers.of(Scenario())
    cover = replace(cover, evaluation=replace(cover.evaluation, scenario=scenario))
    found = dict(pair.split("=", 1) for pair in words_of(cover)[3:] if pair != "--set")
    usual = Scenario().values()
    assert set(found) == {name for name, value in scenario.values().items() if value != usual[name]}
    called = ast.parse(reproduce.python(cover))
    calls = [node for node in ast.walk(called) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Scenario"]
    assert Scenario(**{key.arg: ast.literal_eval(key.value) for key in calls[0].keywords}) == scenario  # type: ignore[arg-type]
