"""One contract from three seats: who pays for it, a provider large enough to spread risk, and a small charity.

Each seat sees its own figures and raises its own flags: a finding whose number passes a limit that is declared
in :mod:`pricing.questions.small_provider.seat_flags` and told beside it.
"""

from dataclasses import dataclass, replace

import numpy as np

from pricing.evaluate import Evaluation
from pricing.questions.small_provider.cash import Cash
from pricing.questions.small_provider.luck import clients as sent
from pricing.questions.small_provider.paid_by_luck import paid_by_luck
from pricing.questions.small_provider.prime import mean_of_clients
from pricing.questions.small_provider.seat_flags import (
    BY_LUCK,
    MANY,
    RISKY,
    RUINOUS,
    TEMPTING,
    Flag,
    Raised,
    money,
    raised,
)
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario.in_words import stated
from pricing.words import cautions
from pricing.words.numbers import of_100_years, short_of_a_pound, some_pounds


@dataclass(frozen=True)
class Commissioner:
    """The seat of who pays, where providers do what pays best; £ a year for everyone under the price.

    ``spend`` at face value; ``deadweight`` the part of it that is results pay with no effect at all; ``idle`` its
    share of results pay; ``avoided`` reoffences; ``per_reoffence`` £ spent for each, nan where none is avoided;
    ``left_behind`` share of people in groups (needs and deprivation tenth) in which an extra £1 of support pays back
    less; ``minimum`` share for whom it pays to do the minimum; ``by_luck`` chance that this scenario's provider is
    paid for results with no effect.
    """

    spend: float
    deadweight: float
    idle: float
    avoided: float
    per_reoffence: float
    left_behind: float
    minimum: float
    by_luck: float
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class LargeProvider:
    """The seat of a provider that has everyone as its clients and capital of its own; £ per person per year, today.

    ``clients`` a year; ``margin`` doing what pays best; ``done_right`` giving what is needed; ``temptation`` gained by
    cutting support; ``parked`` share for whom it pays to do the minimum; ``unwanted`` share who lose it money
    whatever it does.
    """

    clients: float
    margin: float
    done_right: float
    temptation: float
    parked: float
    unwanted: float
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class SmallCharity:
    """The seat of the scenario's provider, which gives what is needed; £ a year.

    ``loss`` and ``ruin`` chances of a loss and that reserves run out; ``bad_year`` surplus of the worst year in 20;
    ``trough`` lowest bank balance, £, in month ``trough_month``; ``gift`` what its mission gives the contract for
    nothing: what cutting support to what pays best would gain; ``income`` expected; ``expected`` surplus.
    """

    loss: float
    ruin: float
    bad_year: float
    expected: float
    income: float
    trough: float
    trough_month: int
    gift: float
    flags: tuple[Flag, ...] = ()


def commissioner(evaluation: Evaluation) -> Commissioner:
    """The seat of who pays; raises ScenarioError as :func:`surplus.of` does."""
    totals = evaluation.totals
    spend, avoided = totals["spend_at_chosen"], totals["reoffences_avoided_chosen"]
    results, deadweight = spend - totals["fee"], totals["deadweight"]
    groups = evaluation.groups("needs", "decile")
    seat = Commissioner(
        spend=spend,
        deadweight=deadweight,
        idle=min(max(deadweight / results, 0.0), 1.0) if results > 0 else 0.0,
        avoided=avoided,
        per_reoffence=spend / avoided if avoided > 1e-9 else float("nan"),
        left_behind=float(groups.loc[groups["payback"].map(short_of_a_pound), "people"].sum() / totals["people"]),
        minimum=totals["parked_people"] / totals["people"],
        by_luck=paid_by_luck(evaluation),
    )
    return replace(seat, flags=raised(flags_of_commissioner(seat, evaluation.scenario.social_cost)))


def flags_of_commissioner(seat: Commissioner, social_cost: float) -> list[Raised]:
    """Flags of the seat of who pays; ``social_cost`` £ of one reoffence."""
    return [
        (
            seat.minimum > MANY,
            "minimum",
            f"For {seat.minimum:.0%} of people it pays to do the minimum (limit {MANY:.0%}): what is paid for is not "
            "what people need.",
        ),
        (
            seat.idle > cautions.MOSTLY,
            "deadweight",
            f"{seat.idle:.0%} of results pay is for what would have happened anyway (limit {cautions.MOSTLY:.0%}): "
            "it buys no change.",
        ),
        (
            seat.by_luck > BY_LUCK,
            "luck",
            "If support changed nothing, this provider would still be paid for results in "
            f"{of_100_years(seat.by_luck)} (limit {100 * BY_LUCK:.0f}): results on so few people do not show who does "
            "good work.",
        ),
        (
            bool(seat.per_reoffence > social_cost),
            "dear",
            f"A reoffence avoided costs {money(seat.per_reoffence)} (limit {money(social_cost)}, what one costs "
            "society): the price pays for more than it saves anyone.",
        ),
        (
            bool(np.isnan(seat.per_reoffence)),
            "nothing_bought",
            "No reoffence is avoided where providers do what pays best: the money buys no change.",
        ),
    ]


def large_provider(evaluation: Evaluation) -> LargeProvider:
    """The seat of a provider that has everyone as its clients, and so spreads its luck."""
    totals, found, mean = evaluation.totals, evaluation.incentives, evaluation.cohort.mean
    seat = LargeProvider(
        clients=totals["people"],
        margin=mean(found.margin_at_chosen),
        done_right=mean(found.margin_at_benchmark),
        temptation=mean(found.temptation),
        parked=totals["parked_people"] / totals["people"],
        unwanted=totals["avoided_people"] / totals["people"],
    )
    return replace(seat, flags=raised(flags_of_large(seat, evaluation.scenario.contract_value)))


def flags_of_large(seat: LargeProvider, value: float) -> list[Raised]:
    """Flags of the seat of a large provider; ``value`` £ of the contract per person per year."""
    return [
        (
            seat.temptation > TEMPTING * value,
            "temptation",
            f"Cutting support to what pays best gains {money(seat.temptation)} a person, "
            f"{seat.temptation / value:.0%} of the contract value (limit {TEMPTING:.0%}): its owners are paid for it.",
        ),
        (
            seat.done_right < 0 <= seat.margin,
            "right_loses",
            f"Giving what is needed loses {money(-seat.done_right)} a person (limit £0), doing what pays best makes "
            f"{money(seat.margin)}: whoever cuts support can underbid whoever does not.",
        ),
        (
            seat.margin < 0,
            "walks_away",
            f"Even doing what pays best loses {money(-seat.margin)} a person (limit £0): it pays to hand the contract "
            "back, or to ask for more.",
        ),
        (
            seat.unwanted > MANY,
            "creaming",
            f"{seat.unwanted:.0%} of people lose it money whatever it does (limit {MANY:.0%}): it pays not to take "
            "them on (creaming).",
        ),
    ]


def small_charity(evaluation: Evaluation, year: Surplus, bank: Cash) -> SmallCharity:
    """The seat of the scenario's provider; ``year`` and ``bank`` where it gives what is needed."""
    number = sent.numbers(evaluation.scenario)[1]
    seat = SmallCharity(
        loss=year.chance_of_loss,
        ruin=year.chance_of_ruin,
        bad_year=-year.worst_year,
        expected=year.expected,
        income=year.fee + year.expected_results,
        trough=bank.trough,
        trough_month=bank.trough_month,
        gift=number * mean_of_clients(evaluation, evaluation.incentives.temptation),
    )
    return replace(seat, flags=raised(flags_of_charity(seat, evaluation)))


def who_pays(expected: float) -> str:
    """Who pays for a charity's years that lose money, and for the contract, where its average year does; £."""
    if round(expected) < 0:
        return f"an average year loses {money(-expected)}, so that its reserves or other work pay for this contract"
    return f"in those years its reserves or other work pay, though an average year leaves {money(expected)}"


def flags_of_charity(seat: SmallCharity, evaluation: Evaluation) -> list[Raised]:
    """Flags of the seat of a small charity."""
    scenario = evaluation.scenario
    number = sent.numbers(scenario)[1]
    share = scenario.results_share
    return [
        (
            seat.loss > RISKY,
            "loss",
            f"It loses money in {of_100_years(seat.loss)} (limit {100 * RISKY:.0f}): {who_pays(seat.expected)}.",
        ),
        (
            seat.ruin > RUINOUS,
            "ruin",
            f"In {of_100_years(seat.ruin)} one year alone takes all of its {stated(scenario, 'reserves')} of "
            f"reserves (limit {100 * RUINOUS:.0f}): everything else that it does goes with them.",
        ),
        (
            seat.trough < 0,
            "cash",
            f"Its bank balance is {some_pounds(-seat.trough)} below zero in month {seat.trough_month} (limit £0): "
            "wages cannot be paid with results that are not yet paid for.",
        ),
        (
            seat.gift > TEMPTING * scenario.contract_value * number,
            "gift",
            f"Its mission gives the contract {money(seat.gift)} a year for nothing (limit {TEMPTING:.0%} of the "
            "contract value): what it could keep by doing only what pays best.",
        ),
        (
            share > RISKY + 1e-9,
            "results_share",
            f"{stated(scenario, 'results_share')} of the contract hangs on results (limit {RISKY:.0%}): the "
            "consultation answer of 2013 found that smaller organisations struggle even at the limit.",
        ),
    ]
