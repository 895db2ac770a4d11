"""What a change of price did, in words: its settings, a row each, and the totals that it moved. No streamlit."""

from typing import cast

import pandas as pd

from pricing.questions.comparison import Comparison, Setting
from pricing.scenario.in_words import shown
from pricing.scenario.scenario import specs
from pricing.scenario.spec import Spec
from pricing.words.totals import TOTALS


def before_and_after(found: Comparison) -> str:
    """What a change did, in three numbers."""
    said = []
    for name in ("payback", "parked_share", "spend_at_chosen"):
        (label, write), (a, b) = TOTALS[name], found.totals[name]
        said.append(f"{label[0].lower() if name != 'payback' else label[0]}{label[1:]} {write(a)} → {write(b)}")
    return "; ".join(said) + "."


def setting_value(spec: Spec, value: float | str) -> str:
    """A setting's value as a reader meets it: shares as percentages, a number that stands for words as them."""
    if said := spec.worded(value):
        return said
    return f"{100 * cast(float, value):.6g}%" if spec.unit.startswith("share") else shown(spec, value)


def unit(spec: Spec) -> str:
    """What goes with a setting's value."""
    return "" if spec.choices else spec.unit.removeprefix("share").strip()


def setting_rows(settings: tuple[Setting, ...]) -> pd.DataFrame:
    """The settings that differ, a row each, in words."""
    rows = []
    for setting in settings:
        spec = specs()[setting.name]
        sides = {side: setting_value(spec, value) for side, value in (("A", setting.a), ("B", setting.b))}
        rows.append({"Setting": spec.label, **sides, "Unit": unit(spec)})
    return pd.DataFrame(rows, columns=["Setting", "A", "B", "Unit"])
