"""The provider's year by the share on results: one distribution answers for every share, where it may."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.price import schedule
from pricing.questions.small_provider import surplus
from pricing.questions.small_provider.bad_luck import at_a_glance, pooled_year
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.luck.clients import SAME, Clients
from pricing.questions.small_provider.luck.joint import Joint
from pricing.questions.small_provider.surplus import Surplus


def anew(evaluation: Evaluation) -> Callable[[float], Surplus]:
    """The provider's year by the share on results, worked out from the beginning."""

    def year(share: float) -> Surplus:
        there = at_share(evaluation, share)
        return pooled_year(there, sent.of(there))

    return year


def roughly(evaluation: Evaluation, people: Clients) -> Callable[[float], Surplus]:
    """The same at a glance: the ``people`` of the present share, in the same segments, at the prices of another.

    At given hours results pay is in proportion to the share, and the fee to the rest.
    """
    now = evaluation.scenario.results_share

    def year(share: float) -> Surplus:
        there, level = at_share(evaluation, share), share / now
        if now == 1:  # there is no fee that says whose would be higher
            return at_a_glance(there, sent.of(there))
        moved = replace(
            people,
            fee=people.fee * (1 - share) / (1 - now),
            prices={m: level * price for m, price in people.prices.items()},
            standings={m: level * standing for m, standing in people.standings.items()},
            value={m: level * value for m, value in people.value.items()},
        )
        return at_a_glance(there, moved)

    return year


def at_share(evaluation: Evaluation, share: float) -> Evaluation:
    """The evaluation with another share on results, for what a provider is paid at given hours."""
    other = evaluation.scenario.with_(results_share=share)
    return replace(evaluation, scenario=other, terms=schedule.settle(other, evaluation.cohort))


def by_share(
    evaluation: Evaluation, people: Clients, results: tuple[Joint, float]
) -> Callable[[float], Surplus] | None:
    """The provider's year by the share on results, where one distribution answers for every share.

    At given hours results pay is in proportion to the share and the fee to the rest. None where people are drawn whose
    fees differ, so that who comes moves the fee: the year is another one at each share.
    """
    scenario, (found, part) = evaluation.scenario, results
    free = sent.of(at_share(evaluation, 0.0))
    if people.drawn and np.ptp(free.fee) > SAME * free.fee.max():
        return None

    def year(share: float) -> Surplus:
        fee, level = (1 - share) * free.mean(free.fee), share / scenario.results_share
        beside = found.beside + people.kept * (people.delivered * fee - people.total(people.fee))
        moved = replace(found, pay=level * found.pay, width=level * found.width, beside=beside)
        return surplus.from_year(evaluation, replace(people, fee=np.full_like(people.fee, fee)), moved, part)

    return year
