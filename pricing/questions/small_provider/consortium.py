"""Together: what a consortium of providers of one size gains by pooling its results money, and what it cannot.

Each partner brings as many clients as the scenario's provider; the results of all are paid for together and the money
is shared evenly. A partner's own luck is spread over all; the luck that all clients share is not. That floor only the
commissioner can lower. And a partner's own extra result now brings it one part in so many: pooling halves the luck of
four, and quarters what each is paid for doing better. Luck here is that of results pay; what a partner spends on those
who happen to come to it is its own, and is in its chance of a loss.
"""

from dataclasses import dataclass

import numpy as np

from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider import surplus
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import Clients, who
from pricing.questions.small_provider.luck.distribution import Distribution
from pricing.questions.small_provider.luck.moments import moments
from pricing.questions.small_provider.luck.own_result import results_pay, year
from pricing.questions.small_provider.luck.shocks import Shocks
from pricing.questions.small_provider.luck_or_skill import LINE, PART, sized
from pricing.questions.small_provider.surplus import WORST, Surplus

SIZES = (1, 2, 4, 8, 15, 30, 50)
"""Numbers of partners along which pooling is followed."""
LOST_BESIDE = 15.0
"""Times own luck that the common shock is where own luck is lost beside it: under 1% of the variance."""
COLLAR = 0.5
"""Half-width of the collar shown, in a partner's results money: pay moves no farther from what is expected."""


@dataclass(frozen=True)
class RiskAndPayback:
    """What a commissioner can do. £ a year to one partner of the consortium as it is.

    ``bad_year`` £ that luck takes in the worst year in 20; ``payback`` £ to a partner per £1 of its own extra support.
    """

    bad_year: float
    payback: float


@dataclass(frozen=True, eq=False)
class Together:
    """A consortium by its number of partners; £ a year to one partner, arrays (sizes,).

    Attributes
    ----------
    partners : how many there are, the scenario's own number among them; ``own`` is its place.
    sd : standard deviation of pay. bad_year : £ that luck takes in the worst year in 20. chance_of_loss : of a year.
    floor_sd : standard deviation that is left with ever more partners: the common shock.
    removed : share of the lone partner's standard deviation that pooling takes away.
    payback : £ that come back to a partner per £1 of its own extra support; nan where nobody needs more.
    lower_share : the share on results at the LINE, or half of it where it is no higher. ``share`` is that share.
    comparison : a live comparison group, itself without luck, that moves with the shock. collar : see COLLAR.
    """

    partners: FloatArray
    own: int
    sd: FloatArray
    bad_year: FloatArray
    chance_of_loss: FloatArray
    floor_sd: float
    payback: FloatArray
    share: float
    lower_share: RiskAndPayback
    comparison: RiskAndPayback
    collar: RiskAndPayback

    @property
    def removed(self) -> FloatArray:
        """Share of the lone partner's standard deviation that pooling takes away, (sizes,)."""
        alone = self.sd[0]
        return 1 - self.sd / alone if alone > 0 else np.zeros_like(self.sd)


def of(evaluation: Evaluation) -> Together:
    """The scenario's provider in consortia. Raises ScenarioError as :func:`surplus.of` does."""
    scenario, sigma = evaluation.scenario, evaluation.scenario.common_shock
    alone = sent.of(evaluation)
    partners = np.array(sorted({*SIZES, round(scenario.partners)}))
    own = int(np.searchsorted(partners, round(scenario.partners)))
    members = [member(evaluation, alone, int(n), sigma) for n in partners]
    lucks = [each.luck for each in members]
    back = own_payback(evaluation) * alone.kept * alone.at_risk
    share = LINE if scenario.results_share > LINE else scenario.results_share / 2
    bad_year = np.array([luck_of(each) for each in lucks])
    less = share / scenario.results_share if scenario.results_share > 0 else 1.0
    still = member(evaluation, alone, int(partners[own]), 0.0)
    return Together(
        partners=partners.astype(float),
        own=own,
        sd=np.array([each.sd for each in lucks]),
        bad_year=bad_year,
        chance_of_loss=np.array([each.year.chance_of_loss for each in members]),
        floor_sd=floor_sd(evaluation, alone),
        payback=back / partners,
        share=share,
        lower_share=RiskAndPayback(less * float(bad_year[own]), less * back / float(partners[own])),
        comparison=RiskAndPayback(luck_of(still.luck), back / float(partners[own])),
        collar=collared(evaluation, alone, lucks[own], back / float(partners[own])),
    )


@dataclass(frozen=True, eq=False)
class Member:
    """One partner: the ``luck`` of what it is paid for results, £ of those that luck moves, and its ``year``."""

    luck: Distribution
    year: Surplus


def member(evaluation: Evaluation, alone: Clients, partners: int, sigma: float) -> Member:
    """One of ``partners`` such providers, who share evenly what they earn together for results.

    Alone it is the provider of the verdict, whose year is worked out in full: it has one chance of a loss.
    """
    number = followed(alone, partners, sigma)
    work = 1.0 if partners == 1 else PART
    found, part = year(evaluation, alone, sigma, number - alone.delivered, part=work), alone.delivered / number
    luck = found.pay_alone.moved(part * alone.kept * alone.at_risk)
    return Member(luck, surplus.from_year(evaluation, alone, found, part))


def followed(alone: Clients, partners: int, sigma: float) -> int:
    """Clients of so many ``partners`` who are followed: all, but for those who would make no difference."""
    return min(partners * alone.delivered, most_followed(alone, sigma))


def most_followed(alone: Clients, sigma: float) -> int:
    """Clients beyond whom own luck is lost beside the common shock, so that more of them need not be followed."""
    if sigma == 0:
        return max(SIZES) * alone.delivered
    means, variances = moments(alone, Shocks(sigma * np.array([-1.0, 0.0, 1.0]), np.ones(3), sigma))
    shift, own = 0.5 * float(np.ptp(means)), float(variances.min())
    if shift == 0:
        return max(SIZES) * alone.delivered
    return max(alone.delivered, int(alone.delivered * LOST_BESIDE**2 * own / shift**2))


def luck_of(money: Distribution) -> float:
    """£ that luck takes in the worst year in 20."""
    return max(money.mean - money.quantile(WORST), 0.0)


def own_payback(evaluation: Evaluation) -> float:
    """£ paid back per extra £1 of needed support to people like the provider's clients."""
    codes = who(evaluation.scenario, evaluation.cohort).astype(np.int64)
    return float(evaluation.pooled(codes, 2)["payback"][1])


def floor_sd(evaluation: Evaluation, alone: Clients) -> float:
    """Standard deviation of one partner's pay among ever more partners: the common shock's own."""
    many = max(SIZES)
    sigma = evaluation.scenario.common_shock
    passed = alone.kept * alone.at_risk
    wide, still = (pay_of(evaluation, alone, many, s).sd for s in (sigma, 0.0))
    return passed * float(np.sqrt(max(wide**2 - still**2, 0.0)))


def pay_of(evaluation: Evaluation, alone: Clients, partners: int, sigma: float) -> Distribution:
    """One partner's part of the results pay of ``partners`` such providers, before a prime."""
    number = followed(alone, partners, sigma)
    return results_pay(evaluation, sized(alone, number), sigma, PART).moved(alone.delivered / number)


def collared(evaluation: Evaluation, alone: Clients, money: Distribution, back: float) -> RiskAndPayback:
    """A collar: pay is kept within COLLAR of what is expected, and an extra result is paid for only inside."""
    scenario = evaluation.scenario
    reach = COLLAR * alone.kept * alone.delivered * scenario.results_share * scenario.contract_value
    inside = 1 - money.below(money.mean - reach) - (1 - money.below(money.mean + reach))
    values = np.clip(money.values, money.mean - reach, money.mean + reach)
    held = Distribution.of(values, money.chances)
    return RiskAndPayback(max(money.mean - held.quantile(WORST), 0.0), back * inside)
