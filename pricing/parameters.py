"""The parameters of a scenario: the single declaration of each.

A field of :class:`Scenario` is at once the argument, the widget key, the name in a link, the ``--set`` name and
the row on the evidence page. To add a parameter, add one field.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from pricing.errors import ParameterError, ScenarioError

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
OWN_TABLE = "own_table"
METRICS = ("binary", "frequency", "severity", "progress")

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "main": "The price",
        "contract": "The contract",
        "blend": "The blend of metrics",
        "premiums": "Premiums in detail",
        "costs": "What support costs",
        "support": "What support achieves",
        "good": "What good looks like",
        "timing": "When results are paid",
    }
)


@dataclass(frozen=True)
class Spec:
    """What a parameter is. Numbers have ``low``, ``high``, ``step``; choices have ``choices`` (value -> words).

    ``unit`` is the domain unit (shares run from 0 to 1, money in £). ``origin`` is one of published, assumption
    or choice (a choice is the reader's to make: no value is more true than another).
    """

    label: str
    help: str
    unit: str
    group: str
    origin: str
    source: str
    symbol: str = ""
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def parse(self, name: str, text: str) -> float | str:
        """Read a value from text that came from outside; raises ParameterError naming what and why."""
        if self.choices:
            return cast(str, self.check(name, text))
        if not NUMBER.fullmatch(text):
            raise ParameterError(f"{name}: {quoted(text)} is not a number.")
        return cast(float, self.check(name, float(text)))

    def check(self, name: str, value: object) -> float | str:
        """Return ``value`` if it is allowed (a number as float); raises ParameterError otherwise."""
        if self.choices:
            if not isinstance(value, str) or value not in self.choices:
                options = ", ".join(self.choices)
                raise ParameterError(f"{name}: {quoted(value)} is not one of: {options}.")
            return value
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ParameterError(f"{name}: {quoted(value)} is not a finite number.")
        if not self.low <= value <= self.high:
            raise ParameterError(f"{name}: {value:g} is outside {self.low:g} to {self.high:g} ({self.unit}).")
        return float(value)


def quoted(value: object) -> str:
    """Show a value from outside in a sentence: printable characters only, at most 60 of them."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def number(default: float, bounds: tuple[float, float, float], **spec: Any) -> Any:
    """A numeric field; ``bounds`` is (low, high, step)."""
    low, high, step = bounds
    return field(default=default, metadata={"spec": Spec(low=low, high=high, step=step, **spec)})


def choice(default: str, choices: Mapping[str, str], **spec: Any) -> Any:
    """A field with named alternatives; ``choices`` maps each value to the words a reader sees."""
    spec = {"unit": "choice", "origin": "choice", **spec}
    return field(default=default, metadata={"spec": Spec(choices=MappingProxyType(choices), **spec)})


def weight(metric: str) -> Any:
    """The weight of one metric in a blend; the four are normalised to sum to 1."""
    return number(
        0.25,
        (0.0, 1.0, 0.05),
        label=f"Weight of the {metric} metric",
        help="Used only when the metric is a blend; the four weights are scaled to sum to 1.",
        unit="weight",
        group="blend",
        origin="choice",
        source="Equal weights, for want of a reason to prefer one.",
        symbol="w",
    )


@dataclass(frozen=True)
class Scenario:
    """One complete setting of the explorer. Raises ParameterError or ScenarioError when it makes no sense.

    Published defaults cite their source; the rest are declared as assumptions or choices.
    """

    cohort: str = choice(
        "greater_manchester",
        {
            "greater_manchester": "Greater Manchester (illustrative)",
            "georgia_parole": "Georgia parole, USA (real records)",
            OWN_TABLE: "My own table of risks",
        },
        label="People",
        help="Whose risks the price is applied to.",
        group="main",
        source="See the data section of the Evidence page.",
    )
    metric: str = choice(
        "binary",
        {
            "binary": "Reoffended or not (binary)",
            "frequency": "Number of reoffences (frequency)",
            "severity": "Harm of reoffences (severity)",
            "progress": "Needs met (progress)",
            "blend": "A blend of the four",
        },
        label="What counts as a result",
        help="The measure that results are paid on.",
        group="main",
        source="Transforming Rehabilitation paid mostly on the binary rate.",
    )
    results_share: float = number(
        0.20,
        (0.0, 1.0, 0.05),
        label="Share of the contract paid on results",
        help="The rest is paid as a fee for service, whatever the results.",
        unit="share",
        group="main",
        origin="published",
        source="The ceiling that GMCVO's members could bear (consultation answer, 2013).",
        symbol="X",
    )
    need_premium: float = number(
        0.0,
        (0.0, 1.0, 0.05),
        label="Premium per complex need",
        help="How much more is paid for each need a person has: housing, work, drugs, alcohol, mental health.",
        unit="share per need",
        group="main",
        origin="choice",
        source="None by default; GMCVO's answer (2013) calls such premiums possible but not enough.",
    )
    area_multiplier: float = number(
        1.0,
        (1.0, 3.0, 0.05),
        label="Multiplier for the most deprived areas",
        help="How many times the price is paid for a person who lives in the most deprived tenth of areas.",
        unit="× for the most deprived tenth",
        group="main",
        origin="choice",
        source="None by default; no UK scheme was found with one.",
    )
    contract_value: float = number(
        2240.0,
        (500.0, 10000.0, 10.0),
        label="Contract value",
        help="What the commissioner sets aside per person per year, fee and results together.",
        unit="£ per person per year",
        group="contract",
        origin="published",
        source="Transforming Rehabilitation: £3.7bn over 7 years for 236,000 people a year.",
        symbol="V",
    )
    target: str = choice(
        "one",
        {
            "none": "No target: every success is paid",
            "one": "One target: the average of everyone",
            "own": "Own target: each person's expected result",
        },
        label="What results are compared with (baseline)",
        help="A result is the difference from this baseline.",
        group="contract",
        source="Transforming Rehabilitation compared each area with one baseline.",
    )
    priced_reduction: float = number(
        0.075,
        (0.01, 0.30, 0.005),
        label="Reduction the price is set for",
        help="If every person's reoffending falls by this share, the results money is earned in full.",
        unit="share",
        group="contract",
        origin="published",
        source="Peterborough social impact bond: pooled payment threshold of 7.5%.",
    )
    blend_binary: float = weight("binary")
    blend_frequency: float = weight("frequency")
    blend_severity: float = weight("severity")
    blend_progress: float = weight("progress")
    multiple_needs_premium: float = number(
        0.0,
        (0.0, 2.0, 0.05),
        label="Extra premium for three needs or more",
        help="Paid once, on top of the premium per need.",
        unit="share",
        group="premiums",
        origin="choice",
        source="None by default.",
    )
    area_shape: str = choice(
        "line",
        {
            "line": "Evenly, tenth by tenth",
            "worst_fifth": "Only in the most deprived fifth",
            "steep": "Steeply, towards the most deprived",
        },
        label="How the multiplier rises with deprivation",
        help="An even rise has no cliff between neighbours; the other two concentrate the money.",
        group="premiums",
        source="An even line, the shape without a cliff.",
        symbol="s",
    )
    area_index: str = choice(
        "overall",
        {
            "overall": "Overall deprivation",
            "employment": "Employment deprivation",
            "housing": "Housing and services deprivation",
        },
        label="Which deprivation sets the multiplier",
        help="Which decile of the English Indices of Deprivation 2025 the multiplier follows.",
        group="premiums",
        source="The overall index is the one most schemes use.",
    )
    uplift_applies_to: str = choice(
        "both",
        {"fee": "The fee only", "results": "Results only", "both": "Fee and results"},
        label="Premiums apply to",
        help="Where premiums and multiplier are paid.",
        group="premiums",
        source="Both by default.",
    )
    total_spend: str = choice(
        "fixed",
        {"fixed": "Fixed: premiums move money", "grows": "Grows: premiums add money"},
        label="Total to spend",
        help="Fixed: what some groups gain, others lose. Grows: premiums come on top.",
        group="premiums",
        source="Fixed by default: budgets are.",
    )
    hour_cost: float = number(
        40.0,
        (15.0, 120.0, 1.0),
        label="Cost of an hour of support",
        help="Staff, premises and overheads for one hour with one person.",
        unit="£ per hour",
        group="costs",
        origin="assumption",
        source="Assumption.",
        symbol="c",
    )
    case_cost: float = number(
        600.0,
        (0.0, 3000.0, 10.0),
        label="Cost of holding a case",
        help="What each person costs before any extra support.",
        unit="£ per person",
        group="costs",
        origin="published",
        source="Near NAO 2008: £652 a year for supervision alone.",
    )
    minimum_hours: float = number(
        6.0,
        (0.0, 100.0, 1.0),
        label="Contractual minimum",
        help="Hours of support that the contract obliges the provider to give each person.",
        unit="hours per person",
        group="costs",
        origin="assumption",
        source="Assumption.",
        symbol="m",
    )
    max_effect: float = number(
        0.5,
        (0.05, 1.0, 0.05),
        label="Most that support can change",
        help="The largest fall in the log-odds of reoffending. 0.5 means odds multiplied by 0.61.",
        unit="log-odds",
        group="support",
        origin="assumption",
        source="Below the treated odds ratio of .56 in Bourgon & Armstrong 2005; later reviews find less.",
        symbol="θ",
    )
    hours_scale: float = number(
        50.0,
        (5.0, 300.0, 5.0),
        label="Hours for most of the effect",
        help="After this many hours, 63% of the possible change has been reached.",
        unit="hours",
        group="support",
        origin="assumption",
        source="Assumption.",
        symbol="h",
    )
    need_drag: float = number(
        0.2,
        (0.0, 1.0, 0.05),
        label="Extra hours per need",
        help="How many more hours the same effect takes for each need a person has.",
        unit="share per need",
        group="support",
        origin="assumption",
        source="Assumption.",
    )
    area_drag: float = number(
        0.36,
        (0.0, 0.9, 0.02),
        label="Effect lost in the most deprived areas",
        help="Where homes and jobs are scarce the same support achieves less: by this share, in the worst tenth.",
        unit="share, least to most deprived",
        group="support",
        origin="assumption",
        source="Assumption.",
    )
    progress_base: float = number(
        0.25,
        (0.05, 0.9, 0.05),
        label="Needs met anyway",
        help="Chance that a need is met without extra support.",
        unit="probability",
        group="support",
        origin="assumption",
        source="Assumption.",
    )
    progress_effect: float = number(
        2.0,
        (0.0, 2.0, 0.1),
        label="How support helps meet needs",
        help="Rise in the log-odds that a need is met, per unit fall in the log-odds of reoffending.",
        unit="log-odds per unit of effect",
        group="support",
        origin="assumption",
        source="Assumption.",
    )
    mission_weight: float = number(
        0.0,
        (0.0, 1.0, 0.01),
        label="Pull of the provider's mission",
        help="Share of a reoffence's cost to society that the provider feels as its own. A charity's is above 0.",
        unit="share",
        group="good",
        origin="choice",
        source="0 shows what the price alone rewards.",
    )
    social_cost: float = number(
        32000.0,
        (1000.0, 100000.0, 500.0),
        label="Cost of a reoffence to society",
        help="Economic and social cost; most of it is not cash that any one agency saves.",
        unit="£ per proven reoffence",
        group="good",
        origin="published",
        source="MoJ 2019: £18.1bn / 559,659 reoffences (2016/17 cohort), in 2017/18 prices.",
    )
    benchmark: str = choice(
        "fair_share",
        {
            "fair_share": "A fair share of what the contract pays for",
            "socially_worthwhile": "As long as an hour saves society its cost",
            "guideline": "Hours by risk: 0, 100, 200, 300",
        },
        label="Support a person needs (benchmark)",
        help="The support that the price is judged against.",
        group="good",
        source="A fair share needs no view on social value; the guideline follows Sperber and others 2013.",
    )
    need_weight: float = number(
        0.35,
        (0.0, 2.0, 0.05),
        label="Weight of a need in a fair share",
        help="How much larger a person's fair share of hours is for each need.",
        unit="share per need",
        group="good",
        origin="assumption",
        source="Assumption.",
    )
    payment_lag_months: float = number(
        22.0,
        (0.0, 36.0, 1.0),
        label="Months until results are paid",
        help="From delivering the support to being paid for its results.",
        unit="months",
        group="timing",
        origin="published",
        source="Transforming Rehabilitation's first results took 22 months.",
    )
    cost_of_capital: float = number(
        0.08,
        (0.0, 0.30, 0.01),
        label="Cost of waiting for money",
        help="What money paid a year late is worth less to the provider.",
        unit="share per year",
        group="timing",
        origin="assumption",
        source="Assumption.",
    )

    def __post_init__(self) -> None:
        for name, spec in specs().items():
            object.__setattr__(self, name, spec.check(name, getattr(self, name)))
        weights = self.weights()
        if sum(weights.values()) <= 0:
            raise ScenarioError("A blend needs at least one metric with a weight above 0.")
        unpriced = [m for m in ("frequency", "severity") if weights.get(m, 0) > 0]
        if self.target == "none" and unpriced:
            raise ScenarioError(
                f"The {' and '.join(unpriced)} metric needs a target to compare with: without one, "
                "there is no number of reoffences to count down from. Choose one target or an own target."
            )

    def weights(self) -> dict[str, float]:
        """The share of results money on each metric that is paid, summing to 1."""
        if self.metric != "blend":
            return {self.metric: 1.0}
        raw = {m: cast(float, getattr(self, f"blend_{m}")) for m in METRICS}
        whole = sum(raw.values())
        return {m: w / whole for m, w in raw.items() if w > 0}

    @property
    def present_value(self) -> float:
        """Worth to the provider, today, of £1 of results paid after the lag (model, section 3)."""
        return cast(float, (1 + self.cost_of_capital) ** (-self.payment_lag_months / 12))

    def values(self) -> dict[str, float | str]:
        """Every field and its value, in the order of declaration."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def with_(self, **changes: float | str) -> "Scenario":
        """The same scenario with some values changed; raises ParameterError for an unknown name."""
        unknown = [name for name in changes if name not in specs()]
        if unknown:
            raise ParameterError(f"{quoted(unknown[0])} is not a parameter.")
        return replace(self, **cast(dict[str, Any], changes))


@cache
def specs() -> Mapping[str, Spec]:
    """The declaration of every parameter, by name."""
    return MappingProxyType({f.name: f.metadata["spec"] for f in fields(Scenario)})


@cache
def defaults() -> Scenario:
    """The scenario that a reader meets first."""
    return Scenario()


def parse(texts: Mapping[str, str]) -> dict[str, float | str]:
    """Read ``name -> text`` from outside; raises ParameterError at the first that cannot be honoured."""
    values: dict[str, float | str] = {}
    for name, text in texts.items():
        spec = specs().get(name)
        if spec is None:
            raise ParameterError(f"{quoted(name)} is not a parameter.")
        values[name] = spec.parse(name, text)
    return values
