"""Every parameter as a row, drawn from its declaration. No streamlit."""

import pandas as pd

from pricing.links import text_of
from pricing.parameters import GROUPS, Scenario, defaults, specs
from pricing.spec import Spec

ORIGINS = {"published": "Published", "assumption": "Assumed", "choice": "Yours to choose"}
CHANGED = "● changed"
EVERY = "All of them"
FILTERS = {"": EVERY, **GROUPS}
"""Group -> its words; the empty one stands for every group."""


def shown(spec: Spec, value: float | str) -> str:
    """A value as a reader meets it: the words of a choice, or the number."""
    return spec.choices[str(value)] if spec.choices else text_of(value)


def span(spec: Spec) -> str:
    """The range of a number, or the choices."""
    return " / ".join(spec.choices.values()) if spec.choices else f"{text_of(spec.low)} to {text_of(spec.high)}"


def changed(scenario: Scenario) -> list[str]:
    """Names of the parameters that stand at another value than their default."""
    usual = defaults().values()
    return [name for name, value in scenario.values().items() if value != usual[name]]


def table(scenario: Scenario, group: str) -> pd.DataFrame:
    """Parameters of a group (all for the empty one) in the order of declaration."""
    now, usual, moved = scenario.values(), defaults().values(), set(changed(scenario))
    rows = [
        {
            "Parameter": spec.label,
            "Now": shown(spec, now[name]),
            "Default": shown(spec, usual[name]),
            "Changed": CHANGED if name in moved else "",
            "Unit": spec.unit,
            "Range": span(spec),
            "Origin": ORIGINS[spec.origin],
            "Source": spec.source,
            "Name in links": name,
        }
        for name, spec in specs().items()
        if group in ("", spec.group)
    ]
    return pd.DataFrame(rows)


def summary(scenario: Scenario) -> str:
    """How many parameters are published, assumed and chosen, and which of them have been changed."""
    origins = [spec.origin for spec in specs().values()]
    counts = [f"{origins.count(origin)} {words.lower()}" for origin, words in ORIGINS.items()]
    moved = [f"{specs()[name].label.lower()}" for name in changed(scenario)]
    said = f"Changed from the default, and marked: {'; '.join(moved)}." if moved else "All stand at their defaults now."
    return f"{len(origins)} parameters: the defaults of {', '.join(counts[:-1])}, and {counts[-1]}. {said}"
