"""The luck of one person: how results pay for a person varies, and with it a year's luck that all share.

Of a person it counts whether there is a reoffence, how many there are and their harm, and how many needs are met.

- Whether: a chance P. How many: negative binomial with mean lambda and alpha. Harm of each: gamma about its mean.
- Paid for both, whether and how many hang together: those who reoffend (P) do so 1 + n times, n negative binomial, so
  that the mean is lambda and the variance lambda + alpha lambda^2, as before, unless that would take a tail longer
  than before, or a variance below a count's own. Where the two curves disagree (lambda < P), the one who reoffends
  counts with chance lambda / P.
- Needs met: each with its own luck, apart from reoffending. A part of a need is a need with that chance.
- A common shock z moves all log-odds of reoffending up by z, those of a need being met down by z, and the mean number
  of reoffences by the factor exp(z). Paid for both, reoffences after the first grow by exp(k z), k such that a small
  shock moves the number of reoffences by exp(z) again. Each is centred so that its mean over shocks is the person's.
"""

from dataclasses import dataclass

import numpy as np

from pricing.contract.exact_sum.counts import SMALLEST, AnyArray, count_transform, log_size_of_count, power
from pricing.contract.exact_sum.people import People
from pricing.contract.exact_sum.shocks import Shocks, expit, recentred
from pricing.contract.exact_sum.units import Prices, Units
from pricing.people.cohort import FloatArray

SUREST = 600.0
"""Log-odds of what is sure."""
STEEPEST = 2.0
"""Most that reoffences after the first may follow a shock, in powers of it."""


@dataclass(frozen=True, eq=False)
class Risks:
    """A person's risks in years with shocks, each (years, 1).

    ``again`` is the mean number of reoffences of those who reoffend; at or below 1, it is the chance that there is one
    that counts.
    """

    probability: AnyArray
    rate: AnyArray
    again: AnyArray
    met: AnyArray


@dataclass(frozen=True, eq=False)
class OnePerson:
    """A person of one segment.

    ``log_odds`` of reoffending and ``met`` of a need being met, without a shock; ``rate`` of reoffences and ``more``
    of them after the first, per factor of the shock, which the latter follow to the power ``follows``; ``once`` the
    chance that a reoffender counts; ``bouts`` the alpha of reoffences after the first.
    """

    log_odds: float
    rate: float
    alpha: float
    more: float
    follows: float
    once: float
    bouts: float
    needs: float
    met: float
    prices: Prices
    joint: bool

    def at(self, z: AnyArray) -> Risks:
        """Risks in years with shocks ``z`` (years,), real or complex."""
        z = z[:, None]
        again = 1 + self.more * np.exp(self.follows * z) if self.more > SMALLEST else np.full_like(z, self.once)
        return Risks(
            probability=expit(self.log_odds + z),
            rate=np.asarray(self.rate * np.exp(z)),
            again=np.asarray(again),
            met=expit(self.met - z),
        )

    def transform(self, units: Units, risks: Risks) -> AnyArray:
        """Transform of the person's pay, (years, points), complex where the units are."""
        one, each = units.reoffender, units.reoffence
        whole: AnyArray = np.ones((len(risks.probability), 1))
        if self.joint:
            first = 1.0 if one is None else one
            whole = 1 + risks.probability * (first * self._count(each, risks) - 1)
        elif one is not None:
            whole = 1 + risks.probability * (one - 1)
        elif each is not None:
            whole = count_transform(self.alpha, risks.rate * (each - 1))
        if units.need is not None and self.needs > 0:
            met = 1 + risks.met * (units.need - 1)
            if self.needs >= 1:
                whole = whole * power(met, self.needs // 1)
            if self.needs % 1:
                whole = whole * (1 + self.needs % 1 * (met - 1))
        return whole if units.apart is None else whole * units.apart

    def log_size(self, units: Units, risks: Risks) -> FloatArray:
        """Logarithm of what the transform's modulus does not exceed between each shock and the next.

        (years - 1, points); with one year, at that shock. Each factor is taken at the worse end of the stretch, since
        each rises or falls all the way, or falls and rises again.
        """
        one, each = units.reoffender, units.reoffence
        whole: FloatArray = np.zeros((max(len(risks.probability) - 1, 1), 1))
        if self.joint and each is not None:
            counted = np.abs(self._count(each, risks))
            whole = whole + worse(np.log1p(risks.probability * (np.minimum(counted, 1.0) - 1)))
        elif self.joint or one is not None:
            whole = whole + worse(log_size_of_chance(risks.probability, one))
        elif each is not None:
            whole = whole + worse(log_size_of_count(self.alpha, risks.rate * (each - 1)))
        if units.need is not None and self.needs >= 1:
            whole = whole + self.needs // 1 * worse(log_size_of_chance(risks.met, units.need))
        return whole

    def _count(self, each: AnyArray | None, risks: Risks) -> AnyArray | float:
        """Transform of the pay for the reoffences of one who reoffends."""
        if each is None:
            return 1.0
        if self.more <= SMALLEST:
            return np.asarray(1 + risks.again * (each - 1))
        return np.asarray(each * count_transform(self.bouts, (risks.again - 1) * (each - 1)))

    def moments(self, risks: Risks) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of the person's pay, each (years,)."""
        p, rate, price = risks.probability[:, 0], risks.rate[:, 0], self.prices.per_reoffence
        first, noise = self.prices.reoffender or 0.0, self.prices.dispersion * (self.prices.harm or 0.0) ** 2
        if self.joint:
            again = risks.again[:, 0]
            spread = np.where(again > 1, again - 1 + self.bouts * (again - 1) ** 2, again * (1 - again))
            there = first + price * again
            mean, variance = p * there, p * (price**2 * spread + noise * again) + p * (1 - p) * there**2
        else:
            mean = p * first + rate * price
            variance = p * (1 - p) * first**2 + rate * (price**2 + noise) + self.alpha * rate**2 * price**2
        need, met, part = self.prices.need or 0.0, risks.met[:, 0], self.needs % 1
        mean = (self.prices.apart or 0.0) + mean + need * self.needs * met
        variance = variance + need**2 * (self.needs * met * (1 - met) + part * (1 - part) * met**2)
        return mean, variance


def worse(values: FloatArray) -> FloatArray:
    """The larger of each row and the next; a single row as it is."""
    return np.maximum(values[1:], values[:-1]) if len(values) > 1 else values


def log_size_of_chance(chance: FloatArray, unit: AnyArray | None) -> FloatArray:
    """Logarithm of the modulus of 1 + chance (unit - 1)."""
    if unit is None:
        return np.zeros((len(chance), 1))
    return np.asarray(np.log((1 + chance * (unit.real - 1)) ** 2 + (chance * unit.imag) ** 2) / 2)


def each_person(people: People, sigma: float, joint: bool = False) -> list[OnePerson]:
    """One person of each segment, for shocks of standard deviation ``sigma``; all are joint if one wants to be."""
    odds = np.clip(recentred(people.probability, sigma), -SUREST, SUREST)
    met = np.clip(recentred(people.met, sigma), -SUREST, SUREST)
    shocks = Shocks.of(sigma)
    paid = set(people.prices)
    joint = joint or ("binary" in paid and bool(paid & {"frequency", "severity"}))
    return [one_person(people, segment, (odds, met), shocks, joint) for segment in range(len(people.people))]


def one_person(
    people: People, segment: int, log_odds: tuple[FloatArray, FloatArray], shocks: Shocks, joint: bool
) -> OnePerson:
    """One person of a ``segment``, given everyone's centred ``log_odds`` of reoffending and of a need being met."""
    p, rate, alpha = (float(a[segment]) for a in (people.probability, people.rate, people.alpha))
    price = {m: float(prices[segment]) for m, prices in people.prices.items()}
    again = rate / p if p > 0 else 1.0
    more = max(again - 1, 0.0)
    spread = again + alpha * rate * again - (1 - p) * again**2
    follows = min(rate / more, STEEPEST) if more > SMALLEST else 0.0
    chances = expit(log_odds[0][segment] + shocks.z)
    # Those who reoffend more often in a bad year are more as well: the product keeps its mean.
    grown = more * p / float(shocks.weights @ (chances * np.exp(follows * shocks.z))) if more > SMALLEST else more
    severity = price.get("severity")
    return OnePerson(
        log_odds=float(log_odds[0][segment]),
        rate=rate / float(shocks.weights @ np.exp(shocks.z)),
        alpha=alpha,
        more=grown,
        follows=follows,
        once=min(again, 1.0),
        bouts=min(max((spread - more) / more**2, 0.0), alpha * rate / more) if more > SMALLEST else 0.0,
        needs=float(people.needs[segment]),
        met=float(log_odds[1][segment]),
        prices=Prices(
            reoffender=price.get("binary"),
            reoffence=price.get("frequency"),
            harm=None if severity is None else severity * float(people.severity[segment]),
            need=price.get("progress"),
            apart=float(people.apart[segment]) if people.drawn else None,
            dispersion=people.dispersion,
        ),
        joint=joint,
    )
