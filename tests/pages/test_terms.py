"""Terms of the field are in the glossary, and a plain word stands beside each on every page where it is met."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pages.kit.glossary import GLOSSARY
from tests.pages.visit import ROOT

TERMS: dict[str, tuple[str, str]] = {
    "log-odds": ("Log-odds", r"\bodds of|logarithm"),
    "standard deviations?": ("Standard deviation", r"usual|swing|typical"),
    "standard error": ("Standard error", r"typical|off by"),
    "collar": ("Collar", r"keeps pay near|within|moves no farther"),
    "footprint": ("Footprint", r"one price|area"),
    "hurdle": ("Hurdle", r"before|until|only if|fewer people|no .*pay|caps"),
    "index offences?": ("Index offence", r"brought|like the|first"),
    "face value": ("Face value", r"\bwait|as paid"),
    "Theil": ("Theil index", r"unevenly|between groups|within"),
    "Brier": ("Brier score", r"squared error"),
    "AUC": ("AUC (area under the curve)", r"area under the curve|higher risk"),
    "calibration": ("Calibration", r"perfect|come true|as many|right"),
    "slope index": ("Slope index of inequality", r"steep"),
    "concentration index": ("Concentration index", r"who gets|more goes"),
    "negative binomial": ("Negative binomial", r"number of|chance of"),
    "odds ratio": ("Odds ratio", r"times|odds"),
    "cashable": ("Cashable", r"cash|spend"),
    "deadweight": ("Deadweight", r"no .*(effect|support)|(happened|succeed) anyway"),
    "net present value": ("Net present value", r"less|beyond"),
    "(?<!net )present values?": ("Present value", r"later .*less"),
    "benefit.cost ratio": ("Benefit–cost ratio", r"for each £1"),
    "discount(ed| rate)": ("Discount rate", r"later"),
    "optimism bias": ("Optimism bias", r"promise too much"),
    "GDP deflator": ("GDP deflator", r"inflation"),
    "medians?": ("Median", r"middle|half"),
    "unit costs?": ("Unit cost", r"a crime(’s)? costs?"),
}
"""A term as it is written -> its entry in the glossary, and what must stand in the same words on the page."""
ON_SCREEN = (
    "pages",
    "pricing/scenario",
    "pricing/words",
    "pricing/questions",
    "pricing/take_away",
    "consultation",
)
FOR_ENGINEERS = ("glossary.py", "model_words.py")
"""The glossary itself, and the formulas of the model."""


def texts(file: Path) -> Iterator[str]:
    """The words in a module that can reach a screen: whole strings, their holes as "…", without docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    notes = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes | inside:
            yield node.value


@cache
def shown() -> dict[Path, list[str]]:
    """The words of each folder: those of one page, of what pages share, or of the panel."""
    found: dict[Path, list[str]] = {}
    for folder in ON_SCREEN:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if file.name not in FOR_ENGINEERS:
                found.setdefault(file.parent, []).extend(text for text in texts(file) if " " in text)
    return found


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_in_the_glossary_and_explained_where_it_is_met(term: str) -> None:
    entry, plain = TERMS[term]
    assert entry in GLOSSARY
    for folder, said in shown().items():
        met = [text for text in said if re.search(rf"\b{term}\b", text, re.IGNORECASE)]
        explained = any(re.search(plain, text, re.IGNORECASE | re.DOTALL) for text in met)
        assert explained or not met, (folder.name, met)
