"""People, risk, payback, support and margin by group, with small numbers hidden."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.people.small_numbers import RULE, Rule, rule_for, shown_counts, shown_rates, shown_total
from pricing.price.incentives import ratio
from pricing.questions.fairness.characteristics import Characteristic
from pricing.questions.fairness.turning_away import turned_away

EVERYONE = "Everyone"
MEANS = ("risk", "reoffences", "benchmark_hours", "chosen_hours", "margin_at_chosen", "margin_at_benchmark", "parked")
Z95 = float(ndtri(0.975))


@dataclass(frozen=True, eq=False)
class MayBeShown:
    """Which figures of a characteristic's groups may be shown: (groups,) each, and of everyone."""

    count: np.ndarray
    rate: np.ndarray
    seen: np.ndarray
    turned_away: np.ndarray
    parked: np.ndarray
    everyone: bool


def table(evaluation: Evaluation, characteristic: Characteristic) -> pd.DataFrame:
    """One row per group in reading order, then everyone; nan where too few people stand behind a figure.

    Groups that nobody is in are left out where a table is shown whole; elsewhere they look like any small one.

    Columns: group; people; risk, share expected to reoffend without support; reoffences, per person; seen, share who
    did reoffend, with seen_low and seen_high, a 95% interval for the luck of the draw of people; benchmark_hours and
    chosen_hours, per person; payback, £ per £1; withheld, share of the hours needed; margin_at_chosen and
    margin_at_benchmark, £ per person; parked and turned_away, shares of people.
    """
    weights = characteristic.weights
    whole = np.vstack([weights, weights.sum(axis=0)])
    people = whole.sum(axis=1)
    found = pd.DataFrame({"group": [*characteristic.levels, EVERYONE], "people": people})
    for name, values in per_cell(evaluation).items():
        found[name] = ratio(whole @ values, people)
    incentives = evaluation.incentives
    found["payback"] = ratio(whole @ incentives.extra_pay, whole @ incentives.extra_cost)
    missing = np.maximum(incentives.benchmark_hours - incentives.chosen_hours, 0)
    found["withheld"] = ratio(whole @ missing, whole @ incentives.benchmark_hours)
    seen = characteristic.reoffended
    reoffended = np.full(len(people), np.nan) if seen is None else np.append(seen, seen.sum())
    found["seen"] = ratio(reoffended, people)
    found["seen_low"], found["seen_high"] = wilson(reoffended, people)
    found = hidden(found, shown(evaluation, characteristic))
    return found[found["people"] != 0].reset_index(drop=True)


def per_cell(evaluation: Evaluation) -> dict[str, FloatArray]:
    """What is averaged over people, per cell."""
    cohort = evaluation.cohort
    return {
        "risk": cohort.probability,
        "reoffences": cohort.rate,
        **{name: np.asarray(getattr(evaluation.incentives, name), dtype=np.float64) for name in MEANS[2:]},
        "turned_away": turned_away(evaluation).cells.astype(np.float64),
    }


def shown(evaluation: Evaluation, characteristic: Characteristic) -> MayBeShown:
    """Which figures may be shown, so that the others cannot be worked out (see :mod:`pricing.people.small_numbers`)."""
    rule, people = rule_for(evaluation.cohort), characteristic.people
    return MayBeShown(
        count=shown_counts(people, rule),
        rate=shown_rates(people, rule),
        seen=shown_rates(people, rule, characteristic.reoffended),
        turned_away=_of_some(characteristic, turned_away(evaluation).cells, rule),
        parked=_of_some(characteristic, evaluation.incentives.parked, rule),
        everyone=shown_total(people, rule),
    )


def small_hidden(evaluation: Evaluation) -> bool:
    """Whether what is too small is hidden: not in a reader's own table of risks, which is shown whole."""
    return rule_for(evaluation.cohort) == RULE


def _of_some(characteristic: Characteristic, cells: np.ndarray, rule: Rule) -> np.ndarray:
    """Where the share of people in ``cells`` may be shown; none and all may, as the price alone says so."""
    return shown_rates(characteristic.people, rule, characteristic.weights @ cells.astype(np.float64), modelled=True)


def hidden(found: pd.DataFrame, may: MayBeShown) -> pd.DataFrame:
    """The table with nan for all that may not be shown."""
    special = dict.fromkeys(("seen", "seen_low", "seen_high"), may.seen)
    special |= {"people": may.count, "turned_away": may.turned_away, "parked": may.parked}
    for name in found.columns.drop("group"):
        visible = np.append(special.get(name, may.rate), may.everyone)
        found[name] = found[name].where(visible)
    return found


def wilson(events: FloatArray, people: FloatArray) -> tuple[FloatArray, FloatArray]:
    """95% interval (Wilson) of the share ``events / people``; nan where there are no people."""
    share = ratio(events, people)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (share + Z95**2 / (2 * people)) / (1 + Z95**2 / people)
        half = Z95 / (1 + Z95**2 / people) * np.sqrt(share * (1 - share) / people + Z95**2 / (4 * people**2))
    return middle - half, middle + half
