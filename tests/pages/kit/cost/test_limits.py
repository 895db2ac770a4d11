"""Limits of work are those of one machine, and a slower one may say so."""

import os
import subprocess
import sys

import pytest

from pages.kit.cost.limits import SLOWER, slower


@pytest.mark.parametrize(("said", "times"), [("", 1.0), (" ", 1.0), ("1", 1.0), ("2.5", 2.5), (" 10 ", 10.0)])
def test_a_slower_server_says_how_much(monkeypatch: pytest.MonkeyPatch, said: str, times: float) -> None:
    monkeypatch.setenv(SLOWER, said)
    assert slower() == times


@pytest.mark.parametrize("said", ["fast", "0", "0.5", "-2", "11", "nan", "inf", "1,5"])
def test_what_is_no_such_number_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(SLOWER, said)
    with pytest.raises(ValueError, match=f"{SLOWER} must be a number from 1 to 10"):
        slower()


def test_a_server_does_not_start_with_no_such_number() -> None:
    """Or its readers would be shown the traceback."""
    said = subprocess.run(
        [sys.executable, "-c", "import pages.kit.cost.quotas"],
        env=os.environ | {SLOWER: "fast"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.endswith(
        f"{SLOWER} must be a number from 1 to 10: how many times the usual limits work may take here.\n"
    )
