"""What is taken away in these tests: every kind of people, and the names that somebody hostile would give a table."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pricing.evaluate import Evaluation, evaluate
from pricing.people import own_table, shipped
from pricing.scenario.scenario import OWN_TABLE, Scenario, specs
from pricing.take_away import cover
from pricing.take_away.cover import Cover

FILE = Path(__file__).resolve().parents[2] / "tables" / "five_groups.csv"
DAY = date(2026, 11, 24)
ADDRESS = "https://explorer.example.org/"
HOSTILE = {
    "formula": "=cmd|' /C calc'!A0.csv",
    "plus": "+1+1",
    "at": "@SUM(1,1)*cmd",
    "markup": "<img src=x onerror=alert(1)></td></table><script>alert(1)</script>.csv",
    "template": "{{ 7 * 7 }}{% raw %}{name}%s.csv",
    "shell": "'; touch pwned; echo $(touch pwned) `touch pwned` \".csv",
    "option": "--set=hour_cost=1.csv",
    "python": "')\nraise SystemExit('pwned')\n#.csv",
    "comment": 'x"""\n\rimport os\x0b\x0c\x1c\x85\u2028print("pwned")',
    "controls": "a\x00\x07\x1b[31m\ud800\u202e\ufeffb.csv",
    "60 kB": "W" * 60_000 + ".csv",
}


def extreme(**fixed: Any) -> Scenario:
    """A scenario in which nearly everything differs from its default, by numbers with many digits."""
    values: dict[str, Any] = {
        name: list(spec.choices)[-1] if spec.choices else spec.low + (spec.high - spec.low) * 0.61803398875
        for name, spec in specs().items()
    }
    values |= {name: float(round(values[name])) for name, spec in specs().items() if spec.counted}
    return Scenario(**(values | {"metric": "blend", "target": "one", "cohort": "greater_manchester"} | fixed))


@lru_cache(maxsize=64)
def held(scenario: Scenario, name: str) -> Evaluation:
    """The evaluation of a scenario; ``name`` is that of a reader's own table."""
    own = scenario.cohort == OWN_TABLE
    return evaluate(scenario, own_table.read(FILE.read_bytes(), name) if own else shipped.load(scenario.cohort))


def of(scenario: Scenario, name: str = FILE.name, a: Scenario | None = None) -> Cover:
    """The cover of a scenario on the day of these tests, beside ``a``; ``name`` is that of a reader's own table."""
    pinned = None if a is None else held(a.with_need_of(scenario), name)
    return cover.of(held(scenario, name), DAY, ADDRESS, pinned=pinned)


OWN = Scenario(cohort=OWN_TABLE)
EVERY = [*shipped.names(), OWN_TABLE]
