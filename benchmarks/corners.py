"""Corners of all parameters, and of a reader's own table, drawn at random: what a link or a file can hold."""

from collections.abc import Mapping
from random import Random

from pricing.errors import ScenarioError, TableError
from pricing.people import own_table, shipped
from pricing.people.cohort import Cohort
from pricing.scenario.scenario import OWN_TABLE, Scenario, specs
from pricing.scenario.spec import Spec

LEFT_ALONE = (0.0, 0.5, 0.85)
"""Share of the parameters that stay at their defaults: a corner of a few of them is reached by no corner of all."""
EDGES: Mapping[str, tuple[str, ...]] = {
    "people": ("1e9", "1e-6", "1", "350"),
    "probability": (".999999", "1e-12", ".5"),
    "rate": ("999", "1", ".02"),
    "severity": ("1", "100000", "1e-6"),
}
"""What a column of a table holds at its edges."""


def value(luck: Random, spec: Spec, usual: float | str, left_alone: float) -> float | str:
    """The default, an end of the range, anything between, or any choice."""
    if luck.random() < left_alone:
        return usual
    if spec.choices:
        return luck.choice(sorted(spec.choices))
    between = luck.uniform(spec.low, spec.high)
    return luck.choice((spec.low, spec.high, usual, float(round(between)) if spec.counted else round(between, 4)))


def scenario(luck: Random, cohort: str | None = None) -> Scenario:
    """A corner that has a meaning: one that contradicts itself is drawn again."""
    usual = Scenario().values()
    left_alone = luck.choice(LEFT_ALONE)
    while True:
        drawn = {name: value(luck, spec, usual[name], left_alone) for name, spec in specs().items()}
        drawn["cohort"] = cohort or luck.choice(sorted(specs()["cohort"].choices))
        try:
            return Scenario(**drawn)  # type: ignore[arg-type]
        except ScenarioError:
            continue


def row(luck: Random) -> str:
    """One group of a table: at the edges of what is allowed, or inside."""
    edge = luck.random() < 0.3
    chance = luck.uniform(0.02, 0.9)
    inside = {
        "people": f"{luck.uniform(1, 900):.0f}",
        "probability": f"{chance:.4f}",
        "rate": f"{chance * luck.uniform(1, 8):.4f}",
        "severity": f"{luck.uniform(1, 60):.2f}",
    }
    cells = {name: luck.choice(EDGES[name]) if edge and luck.random() < 0.5 else text for name, text in inside.items()}
    place = f"{luck.randint(0, 5)},{luck.randint(1, 10)}"
    return f"{cells['people']},{place},{cells['probability']},{cells['rate']},{cells['severity']}"


def table(luck: Random) -> tuple[bytes, Cohort]:
    """A table of one to thirty groups that the door lets in, as a file and as people."""
    while True:
        rows = [row(luck) for _ in range(luck.choice((1, 2, 5, 30)))]
        data = "\n".join(("people,needs,decile,probability,rate,severity", *rows)).encode()
        try:
            return data, own_table.read(data, "corner.csv")
        except TableError:
            continue


def people(drawn: Scenario, luck: Random) -> tuple[bytes, Cohort]:
    """The people of a corner, and the file that holds them; empty for those that are shipped."""
    return table(luck) if drawn.cohort == OWN_TABLE else (b"", shipped.load(drawn.cohort))
