"""What 100 draws of risks and assumptions take beside one evaluation; run ``python -m benchmarks.bench_uncertainty``.

The peer is a plain evaluation on every cell. A hundred of those is what the draws would take without strata.
"""

from collections.abc import Callable
from functools import partial
from time import perf_counter

from benchmarks.timing import timed
from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.people.strata import Strata
from pricing.questions.how_sure import draws
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import HowSure, draw, strata_for
from pricing.questions.how_sure.tornado import tornado
from pricing.scenario.scenario import METRICS, Scenario


def by_needs_and_place(evaluation: Evaluation, strata: Strata) -> HowSure:
    """What a page shows: the draws by number of needs and deprivation tenth."""
    return draw(evaluation, strata).by("decile", "needs")


def main() -> None:
    """Print medians by metric for each built-in cohort."""
    for name in shipped.names():
        people = shipped.load(name)
        start = perf_counter()
        draws.fitted(name)
        print(f"{name}: draws of its risks, once per process, {1e3 * (perf_counter() - start):.0f} ms")
        for metric in (*METRICS, "blend"):
            scenario = Scenario(cohort=name, metric=metric)
            evaluation = evaluate(scenario, people)
            strata = strata_for(scenario, people)
            shown = partial(by_needs_and_place, evaluation, strata)
            tasks: list[Callable[[], object]] = [
                partial(evaluate, scenario, people),
                shown,
                partial(tornado, evaluation),
            ]
            plain, drawn, swung = (1e3 * seconds for seconds in timed(tasks))
            print(
                f"  {metric:10} evaluate {plain:5.1f} ms; {DRAWS} draws on {len(strata.people)} strata {drawn:5.1f} ms "
                f"({DRAWS * plain / drawn:.0f} times faster than {DRAWS} evaluations); tornado {swung:5.1f} ms"
            )


if __name__ == "__main__":
    main()
