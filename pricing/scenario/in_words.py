"""A scenario's settings in words: every parameter as a row, drawn from its declaration."""

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from pricing.scenario.links import text_of
from pricing.scenario.metrics import BLEND, METRICS
from pricing.scenario.scenario import Scenario, defaults, specs
from pricing.scenario.spec import Spec

ORIGINS = {"published": "Published", "assumption": "Assumed", "choice": "Yours to choose"}
CHANGED = "● yes"
TERMS = ("main", "contract", "blend", "rate_card", "premiums", "mechanics")
OTHER_TERMS = ("payment_lag_months",)
"""Groups whose parameters are terms of the price, and terms that stand in other groups."""
PLAIN = ("weight", "probability")
"""Units that are not printed beside a number."""
SINGULAR = {
    "crimes": "crime",
    "hours": "hour",
    "hours per person": "hour per person",
    "months": "month",
    "needs": "need",
    "people": "person",
    "people a year": "person a year",
    "percentage points": "percentage point",
    "providers": "provider",
    "tenths": "tenth",
    "years": "year",
}
"""What one of a unit is called."""


def shown(spec: Spec, value: float | str) -> str:
    """A value for display: the words of a choice, or the number."""
    return spec.choices[str(value)] if spec.choices else text_of(value)


def written(spec: Spec, value: float | str) -> str:
    """A value with its unit, to six digits, as it stands in print; in its declaration's words, if it has any."""
    if isinstance(value, str) or spec.worded(value):
        return spec.worded(value)
    if spec.unit.startswith("share"):
        return f"{100 * value:,.6g}%"
    number = f"{value:,.6g}" if value < 100_000 else f"{value:,.0f}"
    if spec.unit.startswith("£"):
        return f"£{number}"
    if spec.unit.startswith("×"):
        return f"{number}×"
    return number if spec.unit in PLAIN else f"{number} {unit_of(spec, value)}"


def unit_of(spec: Spec, value: float | str) -> str:
    """The unit of a value, of one thing alone in the singular."""
    return SINGULAR.get(spec.unit, spec.unit) if value == 1 else spec.unit


def unit_now(scenario: Scenario, name: str) -> str:
    """The unit of a setting as it stands."""
    return unit_of(specs()[name], getattr(scenario, name))


def said(scenario: Scenario, names: Iterable[str]) -> list[str]:
    """Settings and what they stand at, as parts of a sentence: "premium per complex need: 30%"."""
    told = ((specs()[name], getattr(scenario, name)) for name in names)
    return [f"{inside(spec.label)}: {written(spec, value)}" for spec, value in told]


def inside(label: str) -> str:
    """The name of a setting inside a sentence, where one colon is enough: "rate of a need met, a home"."""
    return f"{label[:1].lower()}{label[1:]}".replace(": ", ", ")


def exact(value: float | Decimal) -> str:
    """A number with all its digits, thousands apart: a text that reads back as the same number."""
    text = f"{value if isinstance(value, Decimal) else Decimal(repr(float(value))):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def percentage(share: float) -> str:
    """A share as a percentage with all its digits: 0.125 is 12.5%, whatever 100 times it comes to in binary."""
    return f"{exact(Decimal(repr(float(share))).scaleb(2))}%"


def stated(scenario: Scenario, name: str) -> str:
    """A setting inside a sentence, with as many digits as it has: rounded, it would contradict what was set.

    Shares are percentages and amounts carry their sign; any other number stands without its unit.
    """
    spec, value = specs()[name], getattr(scenario, name)
    if isinstance(value, str):
        return shown(spec, value)
    if spec.unit.startswith("share"):
        return percentage(value)
    return f"£{exact(value)}" if spec.unit.startswith("£") else exact(value)


def span(spec: Spec) -> str:
    """The range of a number, or the choices."""
    return " / ".join(spec.choices.values()) if spec.choices else f"{text_of(spec.low)} to {text_of(spec.high)}"


def changes(scenario: Scenario) -> dict[str, float | str]:
    """The parameters that stand at another value than their default, in the order of declaration."""
    usual = defaults().values()
    return {name: value for name, value in scenario.values().items() if value != usual[name]}


def terms_changed(scenario: Scenario) -> list[str]:
    """The terms of the price that are not at their default and bear on it, in the order of declaration.

    Weights count only in a blend, and rates of needs only where needs met are paid for. Whom the price is held
    against, and what is assumed of support, are no terms.
    """
    counted = {
        "blend": scenario.metric == BLEND,
        "rate_card": any(METRICS[metric].event == "need" for metric in scenario.weights()),
    }
    groups = [group for group in TERMS if counted.get(group, True)]
    moved = [name for name in changes(scenario) if name != "cohort"]
    return [name for name in moved if specs()[name].group in groups or name in OTHER_TERMS]


def table(scenario: Scenario, group: str = "") -> pd.DataFrame:
    """Parameters of a group (all for the empty one) in the order of declaration."""
    now, usual, moved = scenario.values(), defaults().values(), changes(scenario)
    rows = [
        {
            "Parameter": spec.label,
            "Changed": CHANGED if name in moved else "",
            "Now": shown(spec, now[name]),
            "Default": shown(spec, usual[name]),
            "Unit": spec.measured,
            "Origin": ORIGINS[spec.origin],
            "Source": spec.source,
            "Range": span(spec),
            "Name in links": name,
        }
        for name, spec in specs().items()
        if group in ("", spec.group)
    ]
    return pd.DataFrame(rows)
