"""The verdict for trustees, and what can be taken back, in words."""

import math
from collections.abc import Mapping

import pandas as pd

from pricing.questions.small_provider.said.words import NEVER, brings, loss_or_gain, of_clients
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.trustees import AtStake, Verdict
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import count, in_100, in_a_row, of_100_years, pounds, significant

READINGS = {
    "without": "Taken back, no limit",
    "limited": "Taken back up to the share",
    "success": "Paid on success only",
}
KINDS = {
    "reserves": "more reserves",
    "share": "a lower share",
    "clients": "another number of clients",
    "partners": "partners",
}
"""What might turn a no into a yes."""
PRIME_BEARS = (
    "The prime bears the whole risk on results: for them it pays what may be expected, however they turn out, and "
    "takes nothing back."
)
MORE = 3
"""People who reoffend beyond what was expected, for an example."""
READING = (
    "The same price and the same support; only what may be taken back differs. Ask which of the three your contract "
    "means by “so much on results”."
)


def share(part: float) -> str:
    """A share with as many decimals as half percents need."""
    return f"{100 * part:.1f}".removesuffix(".0") + "%"


def verdict(found: Verdict) -> str:
    """Can we carry this? Yes, or no and what alone would make it so."""
    said = answer(found)
    return said if found.carried else f"{said} {remedies(found)}"


def answer(found: Verdict) -> str:
    """Can we carry this? Yes or no, and why."""
    bad = f"the worst year in 20 {brings(-found.worst_year)}"
    loses = not found.carried and found.expected < -0.005
    why = (
        f"an average year {brings(found.expected)}"
        if loses
        else f"{bad}, and reserves may bear {pounds(found.bearable)}"
    )
    pooled = f", with results money pooled among {count(found.pool)} partners" if found.pool > 1 else ""
    return f"{'Yes' if found.carried else 'No'}, if you give people what they need{pooled}: {why}."


def meaning(found: Verdict, scenario: Scenario) -> str:
    """What a yes says, and that it does not say how rare a loss is; "" where nothing is said to lead to one."""
    turned = (found.reserves, found.share, found.clients, found.partners)
    if not found.carried and all(map(math.isnan, turned)):
        return ""
    would = "means" if found.carried else "would mean"
    said = (
        f"“Yes” {would} that reserves bear a bad year: an average year leaves no loss, and the worst in 20 takes no "
        f"more than {stated(scenario, 'luck_share')} of them."
    )
    if not found.loss > NEVER:
        return said
    if found.carried:
        return f"{said} It does not mean that a loss is rare."
    so_many = {"clients": of_clients(found.clients), "partners": f"{count(found.partners)} partners"}
    others = [f"with {so_many[name]} in {about_so_often(loss)}" for name, loss in found.losses]
    now = f"as the contract is{'' if math.isnan(found.reserves) else ', with any reserves,'}"
    each = in_a_row([f"{now} one comes in {of_100_years(found.loss)}", *others])
    return f"{said} It would not mean that a loss is rare: {each}."


def about_so_often(chance: float) -> str:
    """A chance that is known roughly: "about 44 of 100 years"; under 1 and over 99 are rough already."""
    said = of_100_years(chance)
    return f"about {said}" if said[0].isdigit() else said


def remedies(found: Verdict) -> str:
    """What alone would turn a no into a yes."""
    tried = of_clients(found.clients)
    each = [
        ("reserves", f"reserves at least {pounds(found.reserves)}", found.reserves),
        ("share", f"a share on results of {share(found.share)} (the highest that would do)", found.share),
        ("clients", f"{tried} (not every number was tried)", found.clients),
        ("partners", f"{count(found.partners)} partners", found.partners),
    ]
    turned = [said for _, said, value in each if not math.isnan(value)]
    told = [kind for name, kind in KINDS.items() if name not in found.untold]
    said = ""
    if turned:
        said = f"It would be yes with {in_a_row(turned, 'or')}."
    elif told:
        said = f"{'Neither' if told[1:] else 'Not even'} {in_a_row(told, 'nor')} would change that alone."
    if found.untold:
        untold = in_a_row([KINDS[name] for name in found.untold], "or")
        said += f" Whether {untold} alone would do is not worked out here: that takes long."
    return said.strip()


def why_so_many(found: Verdict, scenario: Scenario) -> str:
    """Why the number of clients that is named would do where the present one does not; "" where it is not plain."""
    (average, worst), now = found.there, scenario.clients
    luck = average + worst
    if found.expected < -0.005:
        a_year = scenario.set_up_cost * 12 / scenario.contract_months
        spread = found.clients > now and found.expected + a_year >= 0
        return "More clients can do, because the cost of setting up is spread over more people." if spread else ""
    if found.clients < now and luck < found.luck:
        return (
            "Fewer clients can do where more cannot, because the reserves stay the same and less money is at stake: "
            f"the worst year in 20 is about £{significant(luck)} below an average year with "
            f"{of_clients(found.clients)}, and about £{significant(found.luck)} below one with {of_clients(now)}."
        )
    if found.clients > now and luck / found.clients < found.luck / now:
        return (
            "More clients can do where fewer cannot, because luck evens out between them: the worst year in 20 is "
            f"about £{significant(luck / found.clients)} a client below an average year with "
            f"{of_clients(found.clients)}, and about £{significant(found.luck / now)} with {of_clients(now)}."
        )
    return ""


def taken_back(stake: AtStake, scenario: Scenario) -> str:
    """What can be taken back, up to what, and what a few more people who reoffend cost."""
    if not scenario.results_share:
        return "Nothing is paid on results, so nothing can be taken back."
    if scenario.held == "prime" and not scenario.risk_passed:
        return PRIME_BEARS
    if scenario.target == "none":
        return "Every success is paid for and nothing is ever taken back; without successes there is the fee alone."
    one = "One need fewer or more that is met" if stake.need else "One person more or fewer who reoffends"
    one += ", at the mean rate of these clients’ needs," if stake.need and scenario.rates_apart else ""
    more = than_at_the_baseline(MORE, stake)
    limited = not (math.isinf(stake.lowest) and math.isinf(stake.highest))
    said = f"{one} moves results pay by about {pounds(stake.one_more)}{' until it reaches a limit' if limited else ''}"
    if math.isinf(stake.lowest):
        end = f"{more}: you repay {pounds(MORE * stake.one_more)}, and there is no limit to what you may owe."
    elif MORE * stake.one_more > -stake.lowest > 0:
        more = than_at_the_baseline(math.ceil(-stake.lowest / stake.one_more - 1e-9), stake)
        end = f"{more}: you repay {pounds(-stake.lowest)}, the most that can be taken back in a year."
    elif stake.lowest < 0:
        end = (
            f"{more}: you repay {pounds(MORE * stake.one_more)}, and never more than {pounds(-stake.lowest)} in a year."
        )
    else:
        end = "Nothing is ever taken back: at worst there is no results money."
    top = "" if math.isinf(stake.highest) else f" Results can pay {pounds(stake.highest)} a year at most."
    return f"{said}; the results money is {pounds(stake.money)} a year. {end}{top}"


def than_at_the_baseline(number: int, stake: AtStake) -> str:
    """That so many people more reoffend, or needs fewer are met, from 1 to MORE."""
    said = ("One", "Two", "Three")[number - 1]
    if stake.need:
        return f"{said} {'need fewer is' if number == 1 else 'needs fewer are'} met than at the baseline"
    return f"{said} {'person more reoffends' if number == 1 else 'people more reoffend'} than at the baseline"


def readings_table(found: Mapping[str, Surplus]) -> pd.DataFrame:
    """The readings of a share on results, side by side."""
    return pd.DataFrame(
        [
            (
                READINGS[name],
                loss_or_gain(year.expected),
                loss_or_gain(-year.worst_year),
                in_100(year.chance_of_loss),
            )
            for name, year in found.items()
        ],
        columns=["If results fall short", "Average year", "Worst year in 20", "Chance of a loss"],
    )
