"""The fixed part of the hostile suite, the same draws everywhere; ``make hostile`` draws anew, and many more."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from pricing.scenario import links
from pricing.scenario.scenario import specs
from tests.conftest import Server
from tests.hostile import draw_commands, draw_links, found, held, held_commands, one_command
from tests.hostile.draw_links import BENT, WHOLE, WRONG, HostileLink, Part
from tests.hostile.found import Target
from tests.hostile.one_command import Ended
from tests.hostile.visitor import Visit


def draws(kind: str, number: int) -> Iterator[tuple[str, Random]]:
    """So many draws of a kind, each with the name by which ``--again`` draws it once more."""
    for place in range(number):
        name = f"gate/{kind}/{place}"
        yield name, Random(name)


def test_no_hostile_link_fails_or_is_repaired_in_silence(app_server: Server) -> None:
    for name, luck in draws("link", 12):
        assert not found.by_link(Target(app_server.url), luck).wrong, name
    assert "Traceback" not in app_server.log()


def test_no_hostile_file_fails_or_is_repaired_in_silence(app_server: Server) -> None:
    for name, luck in draws("file", 6):
        assert not found.by_file(Target(app_server.url), luck).wrong, name
    assert "Traceback" not in app_server.log()


def test_every_hostile_command_ends_with_one_line_and_the_right_code(tmp_path: Path) -> None:
    context = one_command.forks()
    for place, (name, luck) in enumerate(draws("command", 12)):
        assert not found.by_command(context, luck, tmp_path / f"{place}").wrong, name


def test_what_is_held_can_fail(app_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that no page took or named, a stranger's words as the page's own, a failed command: each is found."""
    with Visit(app_server.url) as visit:
        visit.open("glossary", "need_premium=0.3&name=Ours")
        assert not list(held.whole(visit))
        good, lost = Part("need_premium", "0.3", WHOLE), Part("hour_cost", "61", WHOLE)
        assert not list(held.nothing_in_silence(visit, HostileLink("glossary", "", (good,))))
        assert (
            len(list(held.nothing_in_silence(visit, HostileLink("glossary", "", (lost, Part("x", "1", WRONG)))))) == 2
        )
        told = next(said.text for said in visit.said() if (said.kind, said.field) == ("markdown", "body"))
        with monkeypatch.context() as patch:
            patch.setattr(held, "TEMPTING", (told,))
            assert list(held.as_text(visit.said(), [told]))
        visit.title = "Streamlit"
        assert list(held.whole(visit))


@pytest.mark.parametrize(("text", "kind"), [("None", BENT), (" on e\t", BENT), ("nobody", WRONG), ("", WRONG)])
def test_a_choice_in_other_letters_is_no_wrong_one(text: str, kind: str) -> None:
    """Of a page that copies no link nobody can see that it was taken: drawn as wrong, it was called passed over."""
    assert draw_links.kind_of(text, specs()["target"]) == kind
    assert (links.read({"target": [text]}).problems == ()) == (kind == BENT)


@pytest.mark.parametrize(
    "ended",
    [
        Ended(1, "", "Traceback (most recent call last):\n", 0.0),
        Ended(2, "", "error: one.\nerror: two.\n", 0.0),
        Ended(2, "{}\n", "error: one.\n", 0.0),
        Ended(2, "", "error: one\x1b[2J.\n", 0.0),
        Ended(0, '{"scenario": {"hour_cost": 30.0}}\n', "", 0.0),
        Ended(0, "paid nan\n", "", 0.0),
        Ended(0, "no end", "", 0.0),
        Ended(141, "", "", 0.0),
    ],
    ids=str,
)
def test_what_is_held_of_commands_can_fail(ended: Ended, tmp_path: Path) -> None:
    command = draw_commands.HostileCommand(("evaluate",), {}, asked=(("hour_cost", "61"),))
    assert list(held_commands.faults(command, ended, tmp_path))
