"""An old link says what changed since it was made; the changelog names the same versions as the model."""

import re
import tomllib
from pathlib import Path

import pytest

from pricing import MODEL_VERSION
from pricing.scenario import links, versions
from pricing.scenario.scenario import defaults

ROOT = Path(__file__).parents[3]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_version_in_the_changelog_has_its_sentence() -> None:
    named = re.findall(r"^## (\d+\.\d+\.\d+)$", CHANGELOG, re.MULTILINE)
    assert named == list(reversed(versions.CHANGED))
    assert named[0] == MODEL_VERSION == PROJECT["version"]
    assert all(said.endswith(".") for said in versions.CHANGED.values())


def test_an_old_link_says_what_changed_since() -> None:
    said = links.read({"need_premium": ["0.3"], "model": ["1.0.0"]})
    since = " ".join(f"In {name}, {what}" for name, what in list(versions.CHANGED.items())[1:])
    made = "This link was made with model version “1.0.0”"
    assert said.note == f"{made}; the figures here are from {MODEL_VERSION}. {since} {versions.kept('1.0.0')}"
    assert said.problems == ()
    assert said.scenario.need_premium == 0.3


@pytest.mark.parametrize("version", ["", MODEL_VERSION])
def test_a_link_of_today_says_nothing(version: str) -> None:
    assert links.read({"model": [version]}).note == ""


def test_a_link_from_a_later_model_says_so() -> None:
    major, minor, patch = (int(part) for part in MODEL_VERSION.split("."))
    for version in (f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}.0", f"{major + 1}.0.0", "10.0.0"):
        assert "newer than this explorer" in links.read({"model": [version]}).note


@pytest.mark.parametrize("version", ["0.9.0", "latest", "1.1", "1.1.0.0", "<b>", "9" * 60_000, "\x00\x1b[2J", "١.٢.٣"])
def test_an_unknown_version_is_named_and_harmless(version: str) -> None:
    found = links.read({"model": [version]})
    assert "does not know" in found.note
    assert found.note.isprintable()
    assert len(found.note) < 300
    assert found.scenario == defaults()
