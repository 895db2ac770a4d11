"""The cheapest fair price beside a general search; run ``python -m benchmarks.bench_cheapest [evaluations]``.

Processor time, since threads of other programmes stretch the clock. The peer is what a user would do instead: scipy's
differential evolution over the five parameters of a price, each try held through ``evaluate``.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import numpy as np
from scipy.optimize import Bounds, differential_evolution

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.cheapest import covering, express, figures, ground
from pricing.questions.cheapest.answer import answer
from pricing.questions.small_provider.bad_luck import bad_luck
from pricing.resources.shelf import SHELF
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario, specs

ROUNDS, TRIES = 5, 1500
"""Times that an answer is worked out; evaluations that the general search may take, unless said."""
BOUNDS = {
    "results_share": (0.0, 1.0),
    "priced_reduction": (0.01, 0.30),
    "need_premium": (0.0, 1.0),
    "multiple_needs_premium": (0.0, 1.0),
    "area_multiplier": (1.0, 3.0),
}
SHORT = 1e5
"""£ per person that a shortfall of £1 in the lowest payback counts as."""


def processor(task: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median milliseconds of processor of a task, after one warm-up."""
    task()
    taken = []
    for _ in range(rounds):
        start = process_time()
        task()
        taken.append(1e3 * (process_time() - start))
    return median(taken)


def searched(evaluation: Evaluation, tries: int) -> tuple[float, float, int]:
    """The general search: £ per person of the best price that pays every group back, seconds, and evaluations."""
    given = ground.take(evaluation.scenario, evaluation.cohort)
    there = covering.protected_groups(given, evaluation.scenario.smallest_group)
    fixed = {"target": "own", "uplift_applies_to": "results", "total_spend": "fixed"}
    feasible = [np.inf]

    def cost(point: FloatArray) -> float:
        changes = dict(zip(BOUNDS, map(float, point), strict=True))
        tried = evaluate(evaluation.scenario.with_(**fixed, **changes), evaluation.cohort)
        spend = tried.totals["spend_at_benchmark"] / tried.totals["people"]
        payback = tried.pooled(given.codes, len(there))["payback"][there]
        short = max(0.0, evaluation.scenario.promise_floor - float(np.nanmin(payback)))
        # The provider covers its cost over everyone: results are worth less to it for being paid late.
        fee = (1 - changes["results_share"]) * evaluation.scenario.contract_value
        loss = max(0.0, given.mean_cost - fee - given.scenario.present_value * (spend - fee))
        if short + loss < 1e-3:
            feasible.append(spend)
        return spend + SHORT * short + 10 * loss

    start, population = process_time(), 10
    rounds = max(1, tries // (population * len(BOUNDS)) - 1)
    found = differential_evolution(
        cost,
        Bounds(*map(list, zip(*BOUNDS.values(), strict=True))),
        maxiter=rounds,
        popsize=population,
        rng=1,
        polish=False,
        tol=0,
    )
    return min(feasible), process_time() - start, int(found.nfev)


def luck_of(name: str, people: Cohort, metric: str) -> str:
    """A line about what luck takes and allows of the answer on a metric, with nothing at hand from before."""
    check = answer(evaluate(Scenario(cohort=name, metric=metric), people)).check
    if check is None:
        return f"{name} {metric:12} no link holds this price"

    def anew() -> float:
        SHELF.empty()
        return bad_luck(check, express.reduction_at(check)).level

    return f"{name} {metric:12} luck   {processor(anew):4.0f} ms of processor ({anew():.1%} of the price can be borne)"


def main() -> None:
    """Print the answer's processor time by promise for each built-in cohort, luck's, and the general search's."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else TRIES
    for name in shipped.names():
        people = shipped.load(name)
        for promise in specs()["promise"].choices:
            evaluation = evaluate(Scenario(cohort=name, promise=promise), people)
            found = answer(evaluation)
            whole = processor(lambda asked=evaluation: answer(asked))  # type: ignore[misc]
            saved = processor(lambda of=found: figures.saved(of), 1)  # type: ignore[misc]
            print(
                f"{name} {promise:12} answer {whole:4.0f} ms of processor (£{found.chosen.cost:,.2f} a person); "
                f"what leaving groups out saves {saved:4.0f} ms"
            )
        for metric in (metric for metric in METRICS if metric != "progress"):
            print(luck_of(name, people, metric))
        evaluation = evaluate(Scenario(cohort=name), people)
        cost, seconds, tried = searched(evaluation, tries)
        print(f"{name} payback      differential evolution {seconds:.1f} s, {tried} evaluations: £{cost:,.2f} a person")


if __name__ == "__main__":
    main()
