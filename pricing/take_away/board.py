"""What a board of trustees has to know of a contract, for one provider: numbers and sentences for a report.

The provider gives what people need, throughout: trustees ask what a contract means if they do right by it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pricing.evaluate import Evaluation
from pricing.questions.small_provider import cash, prime, surplus, trustees
from pricing.questions.small_provider.cash import Cash
from pricing.questions.small_provider.prime import SHORTFALLS, UnderPrime
from pricing.questions.small_provider.said.words import MIXES, brings, come, give_or_take, up_front, weeks, would_bring
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.trustees import AtStake, Verdict
from pricing.scenario import in_words
from pricing.scenario.in_words import stated, unit_now
from pricing.scenario.provider import GROUP
from pricing.scenario.scenario import BESIDE, Scenario, specs
from pricing.words import need
from pricing.words.numbers import hours, in_100, percent, pounds, some_pounds

DIRECT = (
    "A prime contractor holds a contract and passes part of the work, and of the risk, to others. This contract is set "
    "as held directly. The questions are filled with what a prime would leave of it, on the terms set for one; put to "
    "a commissioner, all but “What do you keep” can be asked as they stand."
)
MOST_LISTED = 8
"""Settings of the price that are listed at most."""
PRIME = "Filled with this provider's numbers, under the terms of its prime."


@dataclass(frozen=True, eq=False)
class Board:
    """What is found for the scenario's provider.

    ``fewer`` £ expected to be left in a year by how many of the clients promised, as a share, do not come; ``bank`` the
    balance by month as the contract is held; ``readings`` the year under other limits on what can be taken back.
    """

    verdict: Verdict
    stake: AtStake
    year: Surplus
    bank: Cash
    readings: Mapping[str, Surplus]
    prime: UnderPrime
    fewer: Mapping[float, float]


def find(evaluation: Evaluation) -> Board:
    """Everything that the report says; raises ScenarioError as :func:`surplus.of` and :func:`cash.plan` do."""
    scenario = evaluation.scenario
    cash.check(scenario.contract_months, scenario.payment_lag_months)
    year = surplus.of(evaluation)
    under = prime.under_prime(evaluation, year=year)
    return Board(
        verdict=trustees.verdict(evaluation),
        stake=trustees.at_stake(evaluation),
        year=year,
        bank=cash.cash(cash.plan(scenario, year)),
        readings=trustees.readings(evaluation, "needed"),
        prime=under,
        fewer={short: left_with(evaluation, under, short) for short in SHORTFALLS},
    )


def left_with(evaluation: Evaluation, under: UnderPrime, shortfall: float) -> float:
    """£ expected to be left in a year in which a share ``shortfall`` of the clients promised do not come."""
    come = round(1 - shortfall, 2)
    if evaluation.scenario.held == "prime":
        return under.left_at(come)
    scenario = evaluation.scenario.with_(volume_delivered=come)
    return surplus.of(replace(evaluation, scenario=scenario)).expected


def asked(scenario: Scenario, found: Board) -> list[tuple[str, str]]:
    """What the contract asks of the provider, and what it offers: (what, how much)."""
    year, choices = found.year, {name: spec.choices for name, spec in specs().items()}
    lag = f"{stated(scenario, 'payment_lag_months')} {unit_now(scenario, 'payment_lag_months')}"
    early = stated(scenario, "up_front") if scenario.up_front else "none"
    held = f"held {choices['held'][scenario.held].lower()}"
    share = f"{stated(scenario, 'results_share')} of the contract is written on results"
    results = f"{pounds(year.expected_results)} expected where people get what they need; {share}"
    return [
        ("People to support", f"{come(scenario)}: {MIXES[scenario.client_mix]}"),
        (
            "Support for each",
            f"{hours(found.prime.hours_needed)} hours a year on average: {need.source(scenario)}",
        ),
        (
            "For how long",
            f"{stated(scenario, 'contract_months')} months, {held}",
        ),
        ("It costs you", f"{pounds(year.costs)} a year, and {stated(scenario, 'set_up_cost')} once, to set up"),
        ("Fees, whatever the results", f"{pounds(year.fee)} a year"),
        ("For results", results if scenario.results_share else "nothing: none of the contract is on results"),
        ("What counts as a result", choices["metric"][scenario.metric]),
        ("Compared with", choices["target"][scenario.target]),
        ("Results are paid", f"{lag} after the work; {early} of what is expected comes up front"),
    ]


def numbers(found: Board) -> list[tuple[str, str]]:
    """The three numbers of what can be lost."""
    year = found.year
    return [
        ("Chance of a loss in a year", in_100(year.chance_of_loss)),
        ("Chance that one year uses up the reserves", in_100(year.chance_of_ruin)),
        ("Left in the worst year in 20", pounds(-year.worst_year)),
    ]


def must_be_true(scenario: Scenario, found: Board) -> list[tuple[str, str]]:
    """What these figures lean on, each with what it means for this provider."""
    few, most = (f"{brings(left)} with {percent(short)} fewer" for short, left in found.fewer.items())
    support = (
        f"{hours(found.prime.hours_needed)} hours of support each a year, at {stated(scenario, 'hour_cost')} an hour"
    )
    statements = [
        (
            "As many people come as were promised.",
            f"An average year {few}, and {most}{give_or_take(scenario)}: Transforming Rehabilitation's numbers ran "
            f"that far below plan (NAO). {stated(scenario, 'fixed_share')} of planned costs are spent all the same.",
        ),
        (
            "They are the people that you have priced for.",
            f"That is {MIXES[scenario.client_mix]}, who need {support}, on average.",
        ),
        ("Support works as well as is assumed.", results_line(scenario, found.year)),
        (
            "The reserves are there to be lost.",
            f"There are {stated(scenario, 'reserves')} ({weeks(found.year, scenario.reserves)}); you let the worst "
            f"year in 20 take {stated(scenario, 'luck_share')} of them.",
        ),
        ("The contract says what can be taken back.", limit_line(found)),
        ("You can wait for the money.", waiting_line(scenario, found.bank)),
    ]
    if scenario.partners > 1:
        pooled = f"The verdict counts on sharing the results money among {stated(scenario, 'partners')} providers."
        statements.append(("Your partners stay.", f"{pooled} The other figures are before any sharing."))
    return statements


def results_line(scenario: Scenario, year: Surplus) -> str:
    """How little results may bring before an average year makes a loss."""
    if not scenario.results_share:
        return "Nothing is paid on results, so none of this contract's money hangs on it."
    least = year.expected_results - year.expected
    said = f"Results are expected to {bring(year.expected_results)} a year. An average year makes no loss"
    if year.expected < 0:
        return f"{said} only if they {bring(least)}."
    if round(least) > 0:
        return f"{said} as long as they {bring(least)}."
    return f"{said} even if they {bring(least)}."


def bring(amount: float) -> str:
    """What results do to the year's money."""
    if round(amount) == 0:
        return "bring nothing"
    return f"bring {pounds(amount)}" if amount > 0 else f"take back {pounds(-amount)}"


def limit_line(found: Board) -> str:
    """What can be taken back by these settings, and the worst year under another limit."""
    lowest, other = found.stake.lowest, found.readings
    if lowest >= 0 or not other:
        return "In these figures nothing is ever taken back. See that yours says so."
    if math.isinf(lowest):
        limited = would_bring(-other["limited"].worst_year)
        return (
            "In these figures there is no limit. If no more than the share on results could be lost, the worst year in "
            f"20 {limited}."
        )
    without = would_bring(-other["without"].worst_year)
    return (
        f"In these figures no more than {pounds(-lowest)} can be taken back in a year. See that yours says so: without "
        f"a limit the worst year in 20 {without}."
    )


def waiting_line(scenario: Scenario, bank: Cash) -> str:
    """Whether the reserves last until results are paid, and what else would do."""
    if bank.trough >= 0:
        return f"If results come as expected, the bank balance never falls below {pounds(bank.trough)}."
    when = "at the start" if bank.trough_month == 0 else f"in month {bank.trough_month}"
    rate = stated(scenario, "cost_of_capital")
    return (
        f"Even if results come as expected, {some_pounds(-bank.trough)} is missing {when}: a loan at {rate} a year, "
        f"interest added to what is owed, costs {pounds(bank.interest)}. {up_front(bank)}"
    ).strip()


def own_settings(scenario: Scenario) -> list[tuple[str, str, bool]]:
    """Every setting of the provider: its label, its value, and whether it differs from the default."""
    changed, values = in_words.changes(scenario), scenario.values()
    return [
        (spec.label, in_words.written(spec, values[name]), name in changed)
        for name, spec in specs().items()
        if spec.group == GROUP
    ]


def of_price(scenario: Scenario) -> str:
    """What of the price differs from its defaults, in a line; where it is much, how much."""
    changed = [name for name in in_words.changes(scenario) if specs()[name].group not in BESIDE]
    if not changed:
        return "The price and the people stand at their defaults."
    if len(changed) > MOST_LISTED:
        return f"Of the price and the people {len(changed)} settings differ from their defaults; the link holds them."
    return (
        f"Of the price and the people these differ from their defaults: {'; '.join(in_words.said(scenario, changed))}."
    )
