"""The tool that draws hostile links, files and commands names what is put in its way: one that looks away is none."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from pricing import MODEL_VERSION
from pricing.take_away.scenario_file import SCHEMA
from tests.hostile import __main__ as tool
from tests.hostile import draw_files, draw_links, found, one_command, planted
from tests.hostile.draw_commands import CLOSED, GONE, KEPT, HostileCommand
from tests.hostile.draw_files import HostileFile
from tests.hostile.draw_links import WHOLE, HostileLink, Part
from tests.hostile.found import Found, Target
from tests.hostile.measured import LOOP

HERE = ("tests.hostile.planted",)
SETTING = Part("hour_cost", "61", WHOLE)


def link_to(fault: str) -> HostileLink:
    """A link with a setting, that meets a fault."""
    return HostileLink("glossary", f"hour_cost=61&name={fault}", (SETTING,))


def scenario_file(values: dict[str, float]) -> HostileFile:
    """A scenario as a file."""
    document = {"schema": SCHEMA, "model": MODEL_VERSION, "scenario": values}
    return HostileFile("scenario.json", json.dumps(document).encode(), ())


def test_each_fault_that_is_put_in_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A traceback, a setting repaired in silence, too much work and the like, each in a real server."""
    with tool.explorer(tmp_path, HERE, ()) as target:

        def said_of(fault: str) -> str:
            monkeypatch.setattr(draw_links, "link", lambda _: link_to(fault))
            tool.tried("x/link/0", {"link": lambda luck: found.by_link(target, luck)})
            return capsys.readouterr().out

        said_of("nothing")  # the first page of a server reads its libraries
        assert said_of("nothing") == ""
        assert said_of(planted.PRINTS) == ""  # the server alone tells of it, at the end
        assert "failed: : This app has encountered an error." in said_of(planted.FAILS)
        assert "silent on whole 'hour_cost'='61'; it has '50'" in said_of(planted.REPAIRS)
        assert said_of(planted.HANGS).startswith("SLOW  x/link/0: ")
        assert "undefined in markdown.body: 'It pays £nan.'" in said_of(planted.SAYS_NAN)
        assert said_of(planted.HOLDS_UP) == ""
        monkeypatch.setattr(draw_files, "scenario", lambda _: scenario_file({"hour_cost": planted.NOT_TAKEN}))
        tool.tried("x/file/0", {"file": lambda luck: found.by_scenario(target, luck)})
        assert "silent: hour_cost=61.5 became '50'" in capsys.readouterr().out
    assert tool.of_the_server(tmp_path, target) == 1
    assert "ValueError: put into the log" in capsys.readouterr().out
    assert target.spent(LOOP) >= planted.HELD


def test_what_was_wrong_or_slow_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """And a look that fails is wrong too: no draw is passed over."""

    def fails(_: Random) -> Found:
        raise RuntimeError("no such button")

    ways: dict[str, Callable[[Random], Found]] = {"link": lambda _: Found(3.0, "it"), "file": fails}
    results = [tool.tried(name, ways)[1] for name in ("x/link/0", "x/file/0")]
    assert tool.report({"link": results[:1], "file": results[1:]}) == 1
    said = capsys.readouterr().out
    assert "SLOW  x/link/0: 3.00 s" in said
    assert "WRONG x/file/0: what looks at it failed: RuntimeError: no such button" in said
    assert "1 links: 0 wrong, 1 over 2 s of processor, 3.00 in the mean; 0 pages without a figure" in said


def test_draws_end_when_their_time_is_over_and_can_be_gone_on_with() -> None:
    arguments = tool.read(["--seed", "x", "--links", "3", "--commands", "2", "--first", "70"])
    assert list(tool.names(arguments)) == [
        *(f"x/link/{number}" for number in (70, 71, 72)),
        *(f"x/command/{number}" for number in (70, 71)),
    ]
    assert not list(tool.names(tool.read(["--minutes", "0"])))
    assert {tool.way(f"x/command/{number}") for number in (48, 49, 50)} == {"command", "started"}


@pytest.mark.parametrize(
    ("words", "output", "errors"),
    [
        (("parameters",), CLOSED, KEPT),
        (("evaluate", "--set", "x=1"), KEPT, GONE),
    ],
)
def test_a_fork_ends_as_what_a_shell_starts(words: tuple[str, ...], output: str, errors: str, tmp_path: Path) -> None:
    """The cheap way to try a command stands for the real one."""
    command = HostileCommand(words, {"table.csv": b"x"}, output, errors, "ascii")
    cheap = one_command.run(one_command.forks(), command, tmp_path / "forked")
    real = one_command.run(None, command, tmp_path / "started")
    assert (cheap.code, cheap.output, cheap.errors) == (real.code, real.output, real.errors)


def test_a_target_that_tells_nothing_is_timed_as_nothing() -> None:
    assert Target("http://127.0.0.1").spent("x") == 0
