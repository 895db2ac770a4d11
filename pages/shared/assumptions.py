"""Every parameter as a row, drawn from its declaration. No streamlit."""

import pandas as pd

from pages.shared.wording import lower_first
from pricing.links import text_of
from pricing.parameters import GROUPS, Scenario, defaults, specs
from pricing.spec import Spec

ORIGINS = {"published": "Published", "assumption": "Assumed", "choice": "Yours to choose"}
CHANGED = "● yes"
EVERY = "All of them"
WIDTHS = {"Parameter": 230, "Changed": 70, "Now": 130, "Default": 130, "Unit": 120, "Origin": 110, "Source": 460}
"""How wide the columns stand, in pixels."""
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


def summary(scenario: Scenario) -> str:
    """How many parameters are published, assumed and chosen, and which of them have been changed."""
    origins = [spec.origin for spec in specs().values()]
    published, assumed, chosen = (origins.count(origin) for origin in ORIGINS)
    moved = [lower_first(specs()[name].label) for name in changed(scenario)]
    said = f"Changed from the default, and marked: {'; '.join(moved)}." if moved else "All stand at their defaults now."
    return (
        f"{len(origins)} parameters: {published} have a published default, {assumed} an assumed one, and {chosen} are "
        f"yours to choose. {said}"
    )
