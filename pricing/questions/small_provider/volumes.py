"""How many clients come, as a range: each number in it as likely as any other, drawn anew for every year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray, IntArray
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import CELLS, Distribution, in_cells
from pricing.resources.by_content import ByContent
from pricing.resources.kept_with import kept_with
from pricing.resources.pause import pause
from pricing.scenario.metrics import counts_reoffences
from pricing.scenario.scenario import Scenario

APART, FARTHEST = 0.1, 1.0
"""From one place to the next it is this part of the clients more; from some number on as its root grows, up to the
other: luck of more people is more like the normal, so that places may lie farther apart."""
SPARSE = 0.4
"""Places where luck is smooth, or each of them is much work: where results money is pooled, and over several years."""
FINE, TIMES = 1 / 16, 3.0
"""Part of the range that may lie between two places however few clients come, if they are TIMES as many at most."""
NUMBERS = 256
"""Numbers of clients between the places, at most: beyond, each stands for some about it."""
SEGMENTS = 20
"""Segments of clients at each number in a range, at most: all together are as many as several known numbers have."""
COUNTED = 10
"""Segments where reoffences are paid for and clients are drawn: each segment takes a sum over two counts.

Over 20 random corners no worst year in 20, mean or chance of a loss, nor the standard deviation, moved by more than
COUNTED_ERROR against SEGMENTS (largest .015, of years that are simulated); money in standard deviations of the year.
A mix that is fixed keeps SEGMENTS: slices of whole people that are so few moved its standard deviation by .025.
"""
COUNTED_ERROR = 0.02
PARTS = 2
"""Points that stand for an amount which is spread evenly, once it is laid over others at many numbers."""
POINTS = 1024
"""Amounts of one place, at most."""


@dataclass(frozen=True)
class Lumps:
    """How unlike each other the luck of one number of clients and the next is.

    ``followed`` numbers are each followed, if there are no more; ``many`` clients from whom places lie farther apart.
    """

    followed: int
    many: float


SMOOTH, FEW_AMOUNTS, JUDGED, GLANCED = Lumps(9, 12.5), Lumps(33, 50.0), Lumps(24, 200.0), Lumps(3, 12.5)
"""Where many amounts may be paid; where few are, or clients are exactly a mix; where the measured change is judged; and
for a rough answer where many amounts may be paid."""


@dataclass(frozen=True, eq=False)
class Volumes(ByContent):
    """How many clients may come, and the clients at some places between the fewest and the most.

    Attributes
    ----------
    clients : at each place, fewest first.
    numbers : of clients who come, each as likely as any other, (numbers,); not whole where each stands for some.
    weights : of each place in the luck of each number, (places, numbers); they sum to 1 over the places.
    """

    clients: tuple[Clients, ...]
    numbers: FloatArray
    weights: FloatArray

    @property
    def chances(self) -> FloatArray:
        """The part of all chances for which each place stands, (places,)."""
        return np.asarray(self.weights.mean(axis=1))

    def within(self, low: int, high: int) -> "Volumes":
        """The same places if any number from ``low`` to ``high`` may come."""
        at, numbers = np.array([clients.delivered for clients in self.clients]), between(low, high)
        # What one of n clients brings is as wide as 1 / sqrt(n) where their luck is their own.
        wide, places = -(numbers**-0.5), -(at**-0.5)
        weights = np.array([np.interp(wide, places, one) for one in np.eye(len(at))])
        return replace(self, numbers=numbers, weights=weights)

    def mean(self, totals: Sequence[float]) -> float:
        """Mean over the numbers of what is a total at each place and in proportion to clients between them."""
        each = np.array(totals) / [clients.delivered for clients in self.clients]
        return float((each @ self.weights) @ self.numbers) / len(self.numbers)


@kept_with
def of(
    evaluation: Evaluation,
    hours: str = "needed",
    apart: float = APART,
    segments: int | None = None,
    lumps: Lumps | None = None,
) -> Volumes:
    """The clients of the scenario's provider, at places ``apart``; one where their number is known.

    Each in at most so many ``segments``, if not in as many as are usual; ``lumps`` where luck is not as its own. Raises
    ScenarioError as :func:`clients.numbers` does.
    """
    scenario = evaluation.scenario
    _, number = sent.numbers(scenario)
    if not scenario.volume_spread:
        come = sent.of(evaluation, hours, segments or sent.MOST)
        return Volumes((come,), np.array([float(number)]), np.ones((1, 1)))
    low, high = ends(scenario)
    at = places(low, high, lumps or lumps_of(evaluation), apart)
    return at_places(evaluation, hours, at, segments).within(low, high)


def across(evaluation: Evaluation, hours: str, volumes: Sequence[float]) -> Volumes:
    """The same at places that serve the ranges about each of these ``volumes``; its numbers lie in any of them."""
    every = [ends(evaluation.scenario.with_(volume_delivered=volume)) for volume in volumes]
    low, high = min(low for low, _ in every), max(high for _, high in every)
    at = places(low, high, lumps_of(evaluation), widest=min(high - low for low, high in every))
    return at_places(evaluation, hours, at).within(low, high)


def lumps_of(evaluation: Evaluation) -> Lumps:
    """How unlike each other the luck of one number of clients and the next is, for the scenario's provider."""
    scenario = evaluation.scenario
    if not scenario.as_one_providers().only_limited:
        return JUDGED
    many = scenario.who_comes == "drawn" and counts_reoffences(evaluation.terms.unit_prices)
    return SMOOTH if many else FEW_AMOUNTS


def at_places(evaluation: Evaluation, hours: str, at: IntArray, segments: int | None = None) -> Volumes:
    """So many clients as are ``at`` each place, each of which stands for itself."""
    promised, _ = sent.numbers(evaluation.scenario)
    everyone = sent.mix(evaluation, hours)
    counted = everyone.drawn and counts_reoffences(evaluation.terms.unit_prices)
    kinds = segments or (COUNTED if counted else SEGMENTS)
    if everyone.drawn:
        some = replace(everyone.like(int(at[0]), kinds), promised=promised)
        come = tuple(some.of_number(int(number)) for number in at)
    else:
        come = tuple(replace(everyone.like(int(number), kinds), promised=promised) for number in at)
    return Volumes(come, at.astype(np.float64), np.eye(len(at)))


def ends(scenario: Scenario) -> tuple[int, int]:
    """The fewest and the most clients who come; at least one does."""
    low, high = (scenario.volume_delivered + way * scenario.volume_spread for way in (-1, 1))
    fewest, most = (max(int(np.floor(scenario.clients * end + 0.5)), 1) for end in (low, high))
    return fewest, most


def between(low: int, high: int) -> FloatArray:
    """Numbers of clients from ``low`` to ``high``, all of them or the middles of NUMBERS equal parts."""
    parts = min(high + 1 - low, NUMBERS)
    return low - 0.5 + (np.arange(parts) + 0.5) * (high + 1 - low) / parts


def places(low: int, high: int, lumps: Lumps, apart: float = APART, widest: float | None = None) -> IntArray:
    """Numbers of clients, both ends among them, so close that luck between two of them is of the kind of both.

    ``widest`` range that they serve, if not from ``low`` to ``high``.
    """
    if high - low < lumps.followed:
        return np.arange(low, high + 1)
    fine, at = FINE * (high - low if widest is None else widest), [low]
    while at[-1] < high:
        here = at[-1]
        part = min(apart * max(here / lumps.many, 1.0) ** 0.5, FARTHEST)
        step = int(max(1.0, part * here, min((TIMES - 1) * here, fine)))
        at.append(here + step if here + 1.5 * step < high else high)
    return np.array(at)


def mixed(each: Sequence[Distribution], come: Volumes, plus: FloatArray) -> Distribution:
    """Money of all clients who may ``come``, and ``plus`` £ at each number, from that of one client at each place.

    Between two places a client brings in each share of the years what lies between theirs. Where every number has a
    place, that is exact.
    """
    lower = np.argmax(come.weights > 0, axis=0)
    values, chances = [], []
    for place in np.unique(lower):
        pause()
        some = np.flatnonzero(lower == place)
        one, other, chance = side_by_side(each[place], each[min(place + 1, len(each) - 1)])
        here, numbers = come.weights[place, some], come.numbers[some]
        money = np.multiply.outer(numbers * here, one) + np.multiply.outer(numbers * (1 - here), other)
        values.append((money + plus[some, None]).ravel())
        chances.append(np.tile(chance / len(come.numbers), len(some)))
    if sum(each.size for each in values) > CELLS:
        return in_cells(values, chances)
    return Distribution.of(np.concatenate(values), np.concatenate(chances))


def side_by_side(one: Distribution, other: Distribution) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Amounts of two sums at the same shares of the years, worst first, and the chance of each pair."""
    if one is other:
        values, chances = points_of(one)
        return values, values, chances
    (first, of_first), (second, of_second) = points_of(one), points_of(other)
    upto = [np.cumsum(chances) / chances.sum() for chances in (of_first, of_second)]
    ends = np.union1d(*upto)
    chances = np.diff(ends, prepend=0.0)
    middles = ends - chances / 2
    places = [np.minimum(np.searchsorted(each, middles), len(each) - 1) for each in upto]
    return first[places[0]], second[places[1]], chances


def points_of(money: Distribution) -> tuple[FloatArray, FloatArray]:
    """Amounts and chances, about POINTS of them; each that stands for a stretch is cut into PARTS."""
    if len(money.values) > POINTS:
        money = in_cells([money.values], [money.chances], POINTS)
    if not money.width:
        return money.values, money.chances
    about = money.width * ((np.arange(PARTS) + 0.5) / PARTS - 0.5)
    return (money.values[:, None] + about).ravel(), np.repeat(money.chances / PARTS, PARTS)
