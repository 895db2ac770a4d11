"""Luck or skill? The same provider, doing exactly what was promised: what luck alone does to its pay.

The provider gives the support that is needed and so earns, on average, what its contract expects. The contract is
taken to cover its cost on average, no more and no less, so that a year paid under cost is luck and nothing else. That
happens in about half of all years whatever the size; what size changes is by how much. Results pay, clauses and all, is
in proportion to the share on results, so one distribution answers for every share.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.price import schedule
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.own_result import drawn_years, results_pay
from pricing.questions.small_provider.surplus import WORST

LINE = 0.20
"""The share on results at which even larger voluntary organisations had their ceiling (GMCVO, 2013)."""
MARGIN = 269 / 3700
"""The profit that Transforming Rehabilitation's owners expected: £269m of up to £3.7bn (NAO)."""
NUMBERS = np.array([10.0, 20, 50, 100, 200, 500, 1000, 2000, 5000])
"""Numbers of clients along which luck is followed."""
SHARES = np.linspace(0.0, 1.0, 21)
"""Shares on results along which it is followed."""
BESIDE = 2
"""Numbers of clients on either side of the provider's own that are looked at: chances jump from one to the next."""
JUMP = 0.002
"""A chance of one amount from which on one client more or fewer may move the chance of a short year: 1 in 500."""
FEW = 10
"""Amounts up to which the least and the most are not those of a limit."""
SEGMENTS = 12
"""Segments at most: along a curve, a twelfth of the people at a time is near enough."""

PART = 0.25
"""Of the work of one answer, what a place on a curve takes: where years are drawn, 5,000 of them, so that the standard
error of a chance is at most 0.7 in 100."""


@dataclass(frozen=True, eq=False)
class LuckBySize:
    """Luck by number of clients.

    Attributes
    ----------
    numbers : clients a year, (numbers,). short : chance of being paid less than its cost, where the contract covers it
        on average. short_with_margin : the same where it pays MARGIN more than that.
    bad_year : £ that luck takes in the worst year in 20. bearable : £ that the chosen share of reserves would bear,
        reserves growing with clients. unbearable : chance that luck takes more than that.
    enough : number of clients from which on the bad year is bearable, read off between ``numbers``; nan if beyond them.
    floor : bad year per client with ever more clients, £: what the common shock alone takes.
    near : the provider's own number of clients, and where chances jump from one to the next (and no years are
        drawn) those next to it, (neighbours,). near_short : ``short`` there.
    """

    numbers: FloatArray
    short: FloatArray
    short_with_margin: FloatArray
    bad_year: FloatArray
    bearable: FloatArray
    unbearable: FloatArray
    enough: float
    floor: float
    near: FloatArray
    near_short: FloatArray


@dataclass(frozen=True, eq=False)
class LuckByShare:
    """Luck of the provider's own number of clients by share on results.

    Attributes
    ----------
    shares : share on results, (shares,). share_bad_year : £ that luck takes in the worst year in 20.
        share_short_with_margin : chance of being paid less than its cost where the contract pays MARGIN more than that.
    line_bad_year : bad year at the LINE of the consultation answer, £.
    """

    shares: FloatArray
    share_bad_year: FloatArray
    share_short_with_margin: FloatArray
    line_bad_year: float


@dataclass(frozen=True, eq=False)
class LuckAlone:
    """One provider's luck if all its pay were for results: ``pay`` £ about its mean, and what it costs to run."""

    pay: Distribution
    cost: float

    def below(self, amount: float, share: float) -> float:
        """Chance that luck takes more than ``amount`` £ with that ``share`` on results."""
        return self.pay.below(-amount / share) if share > 0 else 0.0

    @property
    def bad_year(self) -> float:
        """£ that luck takes in the worst year in 20."""
        return max(-self.pay.quantile(WORST), 0.0)

    @property
    def jumps(self) -> bool:
        """Whether some amount of pay, between a least and a most of many, is so likely that chances jump at it."""
        inside = self.pay.chances[1:-1] if len(self.pay.chances) > FEW else self.pay.chances
        return not self.pay.width and float(inside.max()) > JUMP


def by_size(evaluation: Evaluation) -> LuckBySize:
    """Luck of providers like the scenario's, of other sizes. Raises ScenarioError as :func:`surplus.of` does."""
    scenario = evaluation.scenario
    whole = all_on_results(evaluation)
    clients = sent.of(whole)
    passed = clients.kept * clients.at_risk

    @cache
    def at(number: float) -> LuckAlone:
        return luck(whole, sized(clients, int(number)), scenario.common_shock, passed)

    along = [at(number) for number in NUMBERS]
    near = {float(clients.delivered): at(float(clients.delivered))}
    if near[clients.delivered].jumps and not drawn_years(whole):
        beside = clients.delivered + np.arange(-BESIDE, BESIDE + 1.0)
        near = {number: at(number) for number in beside[beside >= 1]}
    share = scenario.results_share
    bearable = scenario.luck_share * scenario.reserves * NUMBERS / clients.delivered
    bad_year = share * np.array([each.bad_year for each in along])
    return LuckBySize(
        numbers=NUMBERS,
        short=np.array([each.below(0.0, share) for each in along]),
        short_with_margin=np.array([each.below(MARGIN * each.cost, share) for each in along]),
        bad_year=bad_year,
        bearable=bearable,
        unbearable=np.array([each.below(b, share) for each, b in zip(along, bearable, strict=True)]),
        enough=crossing(NUMBERS, bad_year - bearable),
        floor=share * floor(whole, clients, along[-1].pay),
        near=np.array(list(near)),
        near_short=np.array([each.below(0.0, share) for each in near.values()]),
    )


def by_share(evaluation: Evaluation) -> LuckByShare:
    """Luck of the scenario's provider at other shares on results. Raises ScenarioError as :func:`surplus.of` does."""
    whole = all_on_results(evaluation)
    clients = sent.of(whole)
    own = luck(whole, clients, evaluation.scenario.common_shock, clients.kept * clients.at_risk, part=1.0)
    return LuckByShare(
        shares=SHARES,
        share_bad_year=SHARES * own.bad_year,
        share_short_with_margin=np.array([own.below(MARGIN * own.cost, s) for s in SHARES]),
        line_bad_year=LINE * own.bad_year,
    )


def all_on_results(evaluation: Evaluation) -> Evaluation:
    """The same contract with all of its money on results; hours and all else as they were."""
    scenario = evaluation.scenario.with_(results_share=1.0)
    return replace(evaluation, scenario=scenario, terms=schedule.settle(scenario, evaluation.cohort))


def sized(clients: Clients, number: int) -> Clients:
    """``number`` such clients, all of whom come."""
    return replace(clients.like(number, SEGMENTS), promised=number)


def luck(whole: Evaluation, clients: Clients, sigma: float, passed: float, part: float = PART) -> LuckAlone:
    """The luck of a provider of which ``passed`` is the share of results pay that depends on results."""
    pay = results_pay(whole, clients, sigma, part)
    return LuckAlone(pay.moved(passed, -passed * pay.mean), clients.total(clients.cost))


def floor(whole: Evaluation, clients: Clients, wide: Distribution) -> float:
    """£ per client that the common shock takes in a bad year in 20 however many clients there are.

    ``wide`` is the luck of the most that are followed.
    """
    many, passed = int(NUMBERS[-1]), clients.kept * clients.at_risk
    if whole.scenario.common_shock == 0 or passed == 0:
        return 0.0
    still = luck(whole, sized(clients, many), 0.0, passed).pay
    if wide.sd == 0:
        # Every year stands at the limit on deductions.
        return 0.0
    common = np.sqrt(max(wide.sd**2 - still.sd**2, 0.0))
    return float(max(-wide.quantile(WORST), 0.0) * common / wide.sd / many)


def crossing(at: FloatArray, gap: FloatArray) -> float:
    """Where a ``gap`` has fallen to 0 for good, between the places ``at`` (logarithmic); nan if it has not."""
    if gap[-1] > 0:
        return float("nan")
    over = np.flatnonzero(gap > 0)
    if not len(over):
        return float(at[0])
    last = int(over[-1])
    part = gap[last] / (gap[last] - gap[last + 1])
    return float(np.ceil(at[last] * (at[last + 1] / at[last]) ** part))
