"""Golden results: every total, price and group of a few scenarios, so that no figure changes unnoticed.

To renew them after a change that is meant, run ``make golden`` and say what changed, and why, in CHANGELOG under
"Results changed".
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pricing import MODEL_VERSION
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario.scenario import Scenario

FILE = Path(__file__).with_name("results.json")
SCENARIOS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "need and place": {"metric": "frequency", "target": "own", "need_premium": 0.3, "area_multiplier": 1.5},
    "severity, steep, growing": {
        "metric": "severity",
        "area_multiplier": 2,
        "area_shape": "steep",
        "total_spend": "grows",
    },
    "progress without a target": {"metric": "progress", "target": "none", "results_share": 0.5, "contract_value": 5000},
    "a flat zone and luck": {"flat_zone": "fixed", "measured_people": 5000, "results_share": 0.5},
    "a cap and a limit that bind": {
        "results_cap": 1.0,
        "most_deducted": 0.25,
        "measured_people": 500,
        "results_share": 0.6,
    },
    "blend with a mission": {"metric": "blend", "mission_weight": 0.05, "benchmark": "socially_worthwhile"},
    "fee alone, worst fifth by housing": {
        "need_premium": 0.2,
        "area_multiplier": 1.5,
        "area_shape": "worst_fifth",
        "area_index": "housing",
        "uplift_applies_to": "fee",
        "benchmark": "guideline",
    },
}


def results(cohort: str, settings: dict[str, Any]) -> dict[str, Any]:
    found = evaluate(Scenario(cohort=cohort, **settings), shipped.load(cohort))
    groups = found.groups("needs").drop(columns="needs")
    return {
        "prices": dict(found.terms.unit_prices),
        "totals": found.totals,
        "payback": found.payback,
        "withheld": found.withheld,
        "by needs": {str(name): [float(v) for v in column] for name, column in groups.items()},
    }


def everything() -> dict[str, Any]:
    cohorts = shipped.names()
    found = {f"{cohort}: {name}": results(cohort, s) for cohort in cohorts for name, s in SCENARIOS.items()}
    return {"model": MODEL_VERSION, "results": found}


def moved(found: Any, kept: Any, where: str, beside: float = 0.0) -> Iterator[str]:
    """What is not as it is kept, in a line each; ``beside`` is the largest number that it stands among."""
    if isinstance(kept, dict) and isinstance(found, dict):
        largest = max((abs(value) for value in kept.values() if isinstance(value, float)), default=0.0)
        for name in kept | found:
            place = f"{where}, {name}" if where else name
            if name in kept and name in found:
                yield from moved(found[name], kept[name], place, largest)
            else:
                yield f"{place}: {'is new' if name in found else 'is gone'}"
        return
    # 1e-6 leaves room for another machine's linear algebra; sums that cancel are pence of millions.
    largest = (
        max([beside, *(abs(value) for value in kept if not math.isnan(value))]) if isinstance(kept, list) else beside
    )
    if found != pytest.approx(kept, rel=1e-6, abs=1e-9 * largest, nan_ok=True):
        yield f"{where}: {kept} → {found}"


def test_results_are_the_golden_ones_of_this_model_version() -> None:
    kept, found = json.loads(FILE.read_text(encoding="utf-8")), everything()
    assert found["model"] == kept["model"]
    assert list(moved(found["results"], kept["results"], "")) == []


def test_what_moved_is_told_and_nothing_else() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))["results"]
    found = json.loads(FILE.read_text(encoding="utf-8"))["results"]
    name = "greater_manchester: defaults"
    found[name]["payback"] *= 1 + 1e-5
    found[name]["prices"]["other"] = 1.0
    found["northshire: defaults"] = found.pop("georgia_parole: defaults")
    told = list(moved(found, kept, ""))
    assert f"{name}, prices, other: is new" in told
    assert any(line.startswith(f"{name}, payback: {kept[name]['payback']} → ") for line in told)
    assert "georgia_parole: defaults: is gone" in told
    assert "northshire: defaults: is new" in told
    assert len(told) == 4


if __name__ == "__main__":
    if "--show" in sys.argv:
        known = json.loads(FILE.read_text(encoding="utf-8"))["results"]
        sys.stdout.writelines(f"{line}\n" for line in moved(everything()["results"], known, ""))
    else:
        FILE.write_text(json.dumps(everything(), indent=1) + "\n", encoding="utf-8")
