"""The accessibility statement: it says what was tested and what does not pass, with the versions that really run."""

import re
from importlib.metadata import version
from pathlib import Path

import axe_playwright_python

from pages.topics.trust.accessibility.words import NOT_PASSED, NOT_TESTED, TESTED, TESTED_ON, TESTED_WITH
from tests.pages.visit import check, visit, words


def test_the_statement_stands() -> None:
    at = visit("accessibility")
    check(at, "Accessibility")
    said = " ".join(words(at))
    assert all(line in said for line in (*TESTED, *NOT_PASSED, *NOT_TESTED, TESTED_ON))
    assert all(f"{name} {number}" in said for name, number in TESTED_WITH.items())


def test_its_versions_are_those_that_the_tests_run_with() -> None:
    """Whoever brings in another version has to test again, and to say so with the date."""
    script = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    found = re.search(r"axe v(\d+\.\d+\.\d+)", script)
    assert found is not None
    assert found[1] == TESTED_WITH["axe-core"]
    assert version("streamlit") == TESTED_WITH["Streamlit"]
