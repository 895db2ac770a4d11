"""Cautions on settings that defeat their purpose, each in one sentence with its number."""

import math
from dataclasses import dataclass

from pricing.contract.pay_limits import PayLimits
from pricing.evaluate import Evaluation, evaluate
from pricing.scenario.in_words import stated
from pricing.scenario.metrics import METRICS
from pricing.words.numbers import pence, pounds, some_pounds
from pricing.words.spend import spend

MOST_NAMED = 6
"""Levels of support that a sentence lists; the page on results lists them all."""
MOSTLY = 0.5
"""From this share of results pay on, deadweight is "most" of it."""

ROUNDING = 0.005
"""£ a person by which a provider may lose money and count as losing none."""


@dataclass(frozen=True)
class Caution:
    """A finding: a stable ``code``, a short ``title``, and a ``sentence`` that says what happens and why."""

    code: str
    title: str
    sentence: str


def find(evaluation: Evaluation) -> list[Caution]:
    """Every caution that the evaluated price deserves."""
    checks = (
        premium_under_one_target,
        starts_beyond_limit,
        premium_on_fee_alone,
        mostly_deadweight,
        worth_less_than_cost,
        beyond_set_aside,
        loses_at_best,
        trap,
    )
    return [caution for check in checks if (caution := check(evaluation)) is not None]


def premium_under_one_target(evaluation: Evaluation) -> Caution | None:
    """A premium on results multiplies what is lost on people above a common target (model, section 3)."""
    scenario, cohort = evaluation.scenario, evaluation.cohort
    paid = scenario.premiums_apply_to("results") and scenario.results_share > 0
    compared = any(METRICS[metric].common_target for metric in scenario.weights())
    if scenario.target != "one" or not scenario.has_premium or not paid or not compared:
        return None
    losing = evaluation.schedule.deadweight < 0
    people = cohort.total((losing & (evaluation.schedule.results_relativity > 1)).astype(float))
    if people == 0:
        return None
    return Caution(
        "premium_under_one_target",
        "The premium raises losses too",
        f"With one target for everyone, {people:,.0f} people with a premium start above it, and the premium "
        "multiplies what is deducted for them as well as what they can earn. An own target avoids this.",
    )


def starts_beyond_limit(evaluation: Evaluation) -> Caution | None:
    """A common target with premiums deducts more before any support than can be deducted: first results earn nothing.

    It is a matter of the target alone, whatever luck adds.
    """
    bent, scenario = evaluation.mechanics, evaluation.scenario
    if bent is None or not scenario.limits_deductions:
        return None
    contract = bent.contract
    start = float(contract.value @ contract.standing)
    most = -PayLimits.of(scenario, float(contract.value @ contract.full)).lowest
    if start >= -most:
        return None
    return Caution(
        "starts_beyond_limit",
        "Deductions begin beyond their limit",
        f"Before any support, one target for everyone with these premiums would deduct {pounds(-start)} a person, and "
        f"no more than {pounds(most)} can be deducted. Results that only make up for the difference earn nothing. An "
        "own target avoids this.",
    )


def premium_on_fee_alone(evaluation: Evaluation) -> Caution | None:
    """The caution where premiums are on the fee alone, which leaves payback unchanged (model, section 4)."""
    scenario = evaluation.scenario
    if scenario.premiums_apply_to("results") or not scenario.has_premium:
        return None
    without = evaluate(scenario.without_premiums(), evaluation.cohort)
    same = (
        "support pays back the same with it as without it"
        if math.isnan(evaluation.payback)
        else f"an extra £1 of support pays back {pence(evaluation.payback)} with the premium and "
        f"{pence(without.payback)} without it"
    )
    return Caution(
        "premium_on_fee_alone",
        "A premium on the fee changes who is wanted, not who is helped",
        f"It moves money between people, but {same}: the fee is paid whether or not the support is given.",
    )


def mostly_deadweight(evaluation: Evaluation) -> Caution | None:
    """The caution where most results pay is for what would have happened anyway (deadweight)."""
    results = evaluation.cohort.total(evaluation.incentives.results_at_chosen)
    deadweight = evaluation.totals["deadweight"]
    if results <= 0 or deadweight / results < MOSTLY:
        return None
    return Caution(
        "mostly_deadweight",
        "Most results pay is for what would have happened anyway (deadweight)",
        f"{pence(deadweight / results)} of every £1 paid for results would be paid with no extra support at all.",
    )


def worth_less_than_cost(evaluation: Evaluation) -> Caution | None:
    """The caution where the contract pays less than cases and minimum hours cost."""
    scenario, hours = evaluation.scenario, evaluation.cohort.mean(evaluation.incentives.least_hours)
    least = scenario.cost_before_support + scenario.hour_cost * hours
    if scenario.contract_value >= least:
        return None
    return Caution(
        "below_cost",
        "The contract pays less than the minimum costs",
        f"Holding a case and giving the minimum costs {pounds(least)} a person; the contract is worth "
        f"{stated(scenario, 'contract_value')}.",
    )


def beyond_set_aside(evaluation: Evaluation) -> Caution | None:
    """The caution where the price is expected to cost more than the contract value, by the support it rewards."""
    cost, value = spend(evaluation)["chosen"].a_head, evaluation.scenario.contract_value
    if round(cost) <= value:
        return None
    return Caution(
        "beyond_set_aside",
        "This price costs more than was set aside",
        f"With the support that it rewards it is expected to cost {pounds(cost)} a person: the contract value of "
        f"{stated(evaluation.scenario, 'contract_value')} does not limit what is paid.",
    )


def loses_at_best(evaluation: Evaluation) -> Caution | None:
    """The caution where a provider loses money on everyone together even with the support that the price rewards.

    Where the contract does not even pay for the minimum, that is said instead.
    """
    scenario = evaluation.scenario
    left = evaluation.cohort.mean(evaluation.incentives.margin_at_chosen)
    if left > -ROUNDING or worth_less_than_cost(evaluation) is not None:
        return None
    rewarded = (
        "With the support that it and the mission that is set reward, a provider"
        if scenario.mission_weight > 0
        else "Even doing what pays best, a provider"
    )
    cheap = round(spend(evaluation)["chosen"].a_head) < scenario.contract_value
    saving = " That it is expected to cost less than was set aside is no saving: part of the work is not paid for."
    return Caution(
        "loses_at_best",
        "This price pays less than the support costs",
        f"{rewarded} loses {some_pounds(-left)} a person on average, at today's value: it pays to hand the contract "
        f"back, or to ask for more.{saving if cheap else ''}",
    )


def trap(evaluation: Evaluation) -> Caution | None:
    """The caution where effort has several local optima: the start decides which one is reached."""
    bent = evaluation.mechanics
    if bent is None or not bent.equilibrium.others:
        return None
    ends, mean = bent.equilibrium, evaluation.cohort.mean
    title = "This contract has several places to stop at"
    if ends.chosen is not ends.from_minimum:
        title = "This contract rewards good work only if everyone is already doing it"
    named = [f"{mean(rest.hours):,.0f} hours a person ({pounds(rest.profit)})" for rest in ends.rests[:MOST_NAMED]]
    more = f", and {len(ends.rests) - MOST_NAMED} more" if len(ends.rests) > MOST_NAMED else ""
    return Caution(
        "trap",
        title,
        f"At each of {len(ends.rests)} levels of support nothing pays better nearby; in brackets, what results pay "
        f"leaves once that support is paid for: {', '.join(named)}{more}. Where everyone starts decides which one is "
        f"reached. {mean(ends.chosen.hours):,.0f} hours leave the provider most, and are what the other pages show.",
    )
