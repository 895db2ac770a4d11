"""A scenario's settings in words: every parameter as a row, drawn from its declaration."""

import pandas as pd

from pricing.links import text_of
from pricing.parameters import Scenario, defaults, specs
from pricing.spec import Spec

ORIGINS = {"published": "Published", "assumption": "Assumed", "choice": "Yours to choose"}
CHANGED = "● yes"


def shown(spec: Spec, value: float | str) -> str:
    """A value as a reader meets it: the words of a choice, or the number."""
    return spec.choices[str(value)] if spec.choices else text_of(value)


def span(spec: Spec) -> str:
    """The range of a number, or the choices."""
    return " / ".join(spec.choices.values()) if spec.choices else f"{text_of(spec.low)} to {text_of(spec.high)}"


def changes(scenario: Scenario) -> dict[str, float | str]:
    """The parameters that stand at another value than their default, in the order of declaration."""
    usual = defaults().values()
    return {name: value for name, value in scenario.values().items() if value != usual[name]}


def table(scenario: Scenario, group: str = "") -> pd.DataFrame:
    """Parameters of a group (all for the empty one) in the order of declaration."""
    now, usual, moved = scenario.values(), defaults().values(), changes(scenario)
    rows = [
        {
            "Parameter": spec.label,
            "Changed": CHANGED if name in moved else "",
            "Now": shown(spec, now[name]),
            "Default": shown(spec, usual[name]),
            "Unit": spec.unit,
            "Origin": ORIGINS[spec.origin],
            "Source": spec.source,
            "Range": span(spec),
            "Name in links": name,
        }
        for name, spec in specs().items()
        if group in ("", spec.group)
    ]
    return pd.DataFrame(rows)
