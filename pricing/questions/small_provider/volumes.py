"""How many clients come, as a range: each number in it as likely as any other, drawn anew for every year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray, IntArray
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.with_evaluation import kept_with
from pricing.scenario.metrics import counts_reoffences
from pricing.scenario.scenario import Scenario

NUMBERS = 9
"""Numbers of clients that stand for the range, at most and odd; a range of no more is followed in full."""
SEGMENTS = 20
"""Segments of clients at each number in a range, at most: all together are as many as several known numbers have."""
COUNTED = 10
"""Segments where reoffences are paid for and clients are drawn: each segment takes a sum over two counts.

Over 20 random corners no worst year in 20, mean or chance of a loss, nor the standard deviation, moved by more than
COUNTED_ERROR against SEGMENTS (largest .015, of years that are simulated); money in standard deviations of the year.
A mix that is fixed keeps SEGMENTS: slices of whole people that are so few moved its standard deviation by .025.
"""
COUNTED_ERROR = 0.02
PARTS = 8
"""Points that stand for an amount which is spread evenly."""


@dataclass(frozen=True, eq=False)
class Volumes:
    """Clients by how many of them come, few first, and the chance of each number, (numbers,)."""

    clients: tuple[Clients, ...]
    chances: FloatArray


@kept_with
def of(evaluation: Evaluation, hours: str = "needed", most: int = NUMBERS, segments: int | None = None) -> Volumes:
    """The clients of the scenario's provider, at ``most`` so many numbers of them; one where it is known.

    Each in at most so many ``segments``, if not in as many as are usual. Raises ScenarioError as
    :func:`clients.numbers` does.
    """
    scenario = evaluation.scenario
    if not scenario.volume_spread:
        return Volumes((sent.of(evaluation, hours, segments or sent.MOST),), np.ones(1))
    promised, _ = sent.numbers(scenario)
    numbers, chances = between(scenario, most)
    everyone = sent.mix(evaluation, hours)
    counted = everyone.drawn and counts_reoffences(evaluation.terms.unit_prices)
    kinds = segments or (COUNTED if counted else SEGMENTS)
    if everyone.drawn:
        some = replace(everyone.like(int(numbers[0]), kinds), promised=promised)
        return Volumes(tuple(some.of_number(int(number)) for number in numbers), chances)
    come = [replace(everyone.like(int(number), kinds), promised=promised) for number in numbers]
    return Volumes(tuple(come), chances)


def between(scenario: Scenario, most: int = NUMBERS) -> tuple[IntArray, FloatArray]:
    """Numbers of clients in the range, and the chance of each; at least one client comes."""
    low, high = ends(scenario)
    if high - low < most:
        return np.arange(low, high + 1), np.full(high + 1 - low, 1 / (high + 1 - low))
    # Simpson's rule: an odd number of numbers, evenly spaced, that keep the mean and the spread.
    weights = np.ones(most)
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    return np.floor(np.linspace(low, high, most) + 0.5).astype(np.int64), weights / weights.sum()


def ends(scenario: Scenario) -> tuple[int, int]:
    """The fewest and the most clients who come."""
    low, high = (scenario.volume_delivered + way * scenario.volume_spread for way in (-1, 1))
    fewest, most = (max(int(np.floor(scenario.clients * end + 0.5)), 1) for end in (low, high))
    return fewest, most


def mixed(found: Sequence[Distribution], chances: FloatArray) -> Distribution:
    """One of these sums of money, each with its chance."""
    if len(found) == 1:
        return found[0]
    points = [points_of(each) for each in found]
    values = np.concatenate([each[0] for each in points])
    return Distribution.of(values, np.concatenate([c * each[1] for c, each in zip(chances, points, strict=True)]))


def points_of(money: Distribution) -> tuple[FloatArray, FloatArray]:
    """Amounts and chances; each amount that stands for a stretch of them is cut into PARTS."""
    if not money.width:
        return money.values, money.chances
    about = money.width * ((np.arange(PARTS) + 0.5) / PARTS - 0.5)
    return (money.values[:, None] + about).ravel(), np.repeat(money.chances / PARTS, PARTS)
