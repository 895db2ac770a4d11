"""The measures of fairness of a price under a few other terms, for the same money."""

from collections.abc import Mapping
from dataclasses import dataclass

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.questions.fairness.amplification import RANKINGS, amplification
from pricing.questions.fairness.turning_away import turned_away

CHANGES: Mapping[str, Mapping[str, float | str]] = {
    "As it is": {},
    "An own target": {"target": "own"},
    "A frequency rate with an own target": {"metric": "frequency", "target": "own"},
    "A premium of 30% per need, on results": {"need_premium": 0.3, "uplift_applies_to": "results"},
    "An own target, with half of the price on results": {"target": "own", "results_share": 0.5},
}


@dataclass(frozen=True)
class Alternative:
    """One change to a price and its results.

    ``payback`` £ per extra £1; ``hours`` rewarded per person; ``slopes`` by ranking, expected reoffences per person
    from least to most need; ``turned_away`` share of people in groups that lose money.
    """

    words: str
    payback: float
    hours: float
    slopes: Mapping[str, float]
    turned_away: float


def alternatives(evaluation: Evaluation) -> tuple[Alternative, ...]:
    """The price as it is, then each change that makes it another one and has a meaning."""
    found: list[Alternative] = []
    seen = set()
    for words, changes in CHANGES.items():
        try:
            scenario = evaluation.scenario.with_(**changes)
            other = evaluate(scenario, evaluation.cohort) if changes else evaluation
        except ScenarioError:
            continue
        if scenario not in seen:
            found.append(alternative(words, other))
            seen.add(scenario)
    return tuple(found)


def alternative(words: str, evaluation: Evaluation) -> Alternative:
    """The measures of one price."""
    return Alternative(
        words=words,
        payback=evaluation.payback,
        hours=evaluation.cohort.mean(evaluation.incentives.chosen_hours),
        slopes={ranking: float(amplification(evaluation, ranking).slopes["chosen"].central[0]) for ranking in RANKINGS},
        turned_away=turned_away(evaluation).share,
    )
