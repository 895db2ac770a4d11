"""Fair timing inside one run."""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

ROUNDS = 9


def timed(tasks: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """Median seconds of each task after one warm-up, taken in turn so that a busy moment falls on all of them."""
    for task in tasks:
        task()
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for taken, task in zip(seconds, tasks, strict=True):
            start = perf_counter()
            task()
            taken.append(perf_counter() - start)
    return [median(taken) for taken in seconds]
