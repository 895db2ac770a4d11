"""Being a small provider, in the terms that a trustee board uses."""

import math

import pandas as pd

from pricing.questions.small_provider import volumes
from pricing.questions.small_provider.cash import Cash
from pricing.questions.small_provider.luck import clients
from pricing.questions.small_provider.luck.simulated_years import YEARS
from pricing.questions.small_provider.prime import SHORTFALLS, UnderPrime
from pricing.questions.small_provider.seats import Commissioner, LargeProvider, SmallCharity
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import count, hours, in_100, millions, of_100_years, percent, pounds, some_pounds

MIXES = {
    "everyone": "a mix like everyone under this price",
    "many_needs": "people with three needs or more only",
    "deprived": "people from the most deprived fifth of areas only",
    "high_risk": "people more likely than not to reoffend only",
}

WHO_COMES = {
    "drawn": "Who comes is luck too: each client is drawn from these people, and may need more or less than most.",
    "mix": "Exactly this mix comes: as many of each kind as there are among these people.",
}
DRAWN = (
    f"With these settings {YEARS:,} years are drawn and paid for one by one, so that a chance is known to within about "
    "one in 100."
)

NEVER = 5e-10
"""A chance up to which something is said not to happen at all."""


def weeks(year: Surplus, amount: float) -> str:
    """An amount of £, whichever way it goes, in weeks of running costs."""
    number = abs(year.weeks(amount))
    if math.isnan(number):
        return "nothing is spent"
    return f"{number:.1f} weeks of running costs" if number < 10 else f"{number:,.0f} weeks of running costs"


def loss_or_gain(amount: float) -> str:
    """What is left, or lost: "a loss of £3,000", "£3,000 left"."""
    return f"a loss of {pounds(-amount)}" if round(amount) < 0 else f"{pounds(amount)} left"


def brings(amount: float) -> str:
    """What a year does, as a verb: "brings a loss of £3,000", "leaves £3,000"."""
    return f"brings a loss of {pounds(-amount)}" if round(amount) < 0 else f"leaves {pounds(amount)}"


def would_bring(amount: float) -> str:
    """The same of a year that is not: "would bring a loss of £3,000", "would leave £3,000"."""
    return f"would bring a loss of {pounds(-amount)}" if round(amount) < 0 else f"would leave {pounds(amount)}"


def headline(year: Surplus) -> str:
    """Can we carry this? In one sentence."""
    lost, gone = year.chance_of_loss, year.chance_of_ruin
    if lost < NEVER:
        return f"This provider would not lose money in any year; an average year {brings(year.expected)}."
    times = in_100(gone).replace(" in ", " of ")
    never = "its reserves would not run out in a single year"
    ruin = never if gone < NEVER else f"its reserves would run out in {times}"
    return f"In {of_100_years(lost)} this provider would lose money, by price and luck together; {ruin}."


def paid_for_results(year: Surplus) -> str:
    """How much of what this provider is paid in an average year is for results; empty where nothing is paid."""
    whole = year.fee + year.expected_results
    if whole <= 0 or not round(year.expected_results):
        return ""
    share = year.expected_results / whole
    if share < 0:
        return f"In an average year {percent(-share)} as much as this provider is paid is taken back for results."
    return f"Share of what this provider is paid in an average year: {percent(share)}."


def come(scenario: Scenario) -> str:
    """How many clients come, of how many promised; between how many, where that is a range."""
    promised, delivered = clients.numbers(scenario)
    if scenario.volume_spread:
        low, high = volumes.ends(scenario)
        return f"{count(low)} to {count(high)} clients a year of {count(promised)} promised, each number as likely"
    if delivered != promised:
        return f"{of_clients(delivered)} a year of {count(promised)} promised"
    return f"{of_clients(promised)} a year"


def of_clients(number: float) -> str:
    """A number of clients: "1 client"."""
    return "1 client" if number == 1 else f"{count(number)} clients"


def counted_on(scenario: Scenario) -> str:
    """With how many clients a year is meant, where they are not those promised; "" where they are."""
    promised, delivered = clients.numbers(scenario)
    return "" if delivered == promised else f" with the {count(delivered)} that we count on"


def provider(scenario: Scenario) -> str:
    """The provider that the page is about, in a line."""
    held = "held directly" if scenario.held == "direct" else "under a prime contractor"
    alone = ", before any pooling with its partners" if scenario.partners > 1 else ""
    return (
        f"This provider: {come(scenario)}, {MIXES[scenario.client_mix]}, "
        f"{stated(scenario, 'reserves')} in reserve, {held}{alone}. {WHO_COMES[scenario.who_comes]}"
    )


def middle_of_range(scenario: Scenario) -> str:
    """How many clients stand for a range of them, where a question is about one number; "" where it is known."""
    if not scenario.volume_spread:
        return ""
    return f" Here {count(clients.numbers(scenario)[1])} clients, the middle of the range, stand for all of it."


def cash_title(found: Cash) -> str:
    """When the bank balance is lowest, and how low."""
    when = "at the start" if found.trough_month == 0 else f"in month {found.trough_month}"
    if found.trough < 0:
        return f"The bank balance falls {some_pounds(-found.trough)} below zero {when}"
    return f"The bank balance never falls below {pounds(found.trough)}, where it stands {when}"


def cash_reading(found: Cash, scenario: Scenario) -> str:
    """What a loan would cost, and the share paid up front that would make it needless."""
    rate = stated(scenario, "cost_of_capital")
    if found.trough >= 0:
        said = "No loan is needed if results come as expected. "
    else:
        said = (
            f"A loan of up to {some_pounds(found.loan)}, interest added to what is owed, would fill the gap and cost "
            f"{pounds(found.interest)} at {rate} a year. "
        )
        if found.owed_at_end > 1:
            said += (
                f"{pounds(found.owed_at_end)} of it would still be owed at the end: the work does not earn it back. "
            )
        said += up_front(found)
    return said + (
        "Costs are paid as people are supported and results are paid later, less what was paid up front. "
        + worst(found)
    )


def worst(found: Cash) -> str:
    """What the dashed line is, and that it is not the worst that can happen where money is taken back."""
    last = pounds(found.every_year_bad[-1])
    return f"The dashed line is what happens if every year were the worst in 20: {last} at the end."


def up_front(found: Cash) -> str:
    """The share of results paid up front that keeps the balance above zero."""
    if math.isnan(found.enough_up_front):
        return "Not even paying all results money up front would keep the balance above zero. "
    return (
        f"If {percent(math.ceil(100 * found.enough_up_front - 1e-9) / 100)} of expected results money came up front, "
        "the balance would stay above zero without a loan. "
    )


def cash_table(found: Cash) -> pd.DataFrame:
    """The balance by month, £."""
    return pd.DataFrame(
        {
            "Month": found.months.astype(int),
            "Balance, £": found.balance,
            "Balance if every year were the worst in 20, £": found.every_year_bad,
            "Balance with a loan's interest, £": found.with_loan,
        }
    )


def year_title(year: Surplus) -> str:
    """What a year may leave, from a bad one to a good one."""
    low, high = year.money.quantile(0.05), year.money.quantile(0.95)
    if low == high:
        return f"Every year {brings(low)}"
    return f"In 90 of 100 years what is left lies between {pounds(low)} and {pounds(high)}"


def year_reading(year: Surplus) -> str:
    """What comes in and goes out in a year, and how to read the picture."""
    setting_up = f" and {pounds(year.set_up)} as the year's part of setting up" if year.set_up >= 0.5 else ""
    return (
        f"Expected: {pounds(year.fee)} in fees and {pounds(year.expected_results)} for results, against "
        f"{pounds(year.costs)} of running costs{setting_up}, so {loss_or_gain(year.expected)}. Hatched bars are years "
        f"with a loss. The worst 5 years in 100 lose {pounds(year.worst_mean)} on average."
        if year.worst_mean > 0
        else f"Expected: {pounds(year.fee)} in fees and {pounds(year.expected_results)} for results, against "
        f"{pounds(year.costs)} of running costs{setting_up}, so {loss_or_gain(year.expected)}."
    )


def year_table(year: Surplus) -> pd.DataFrame:
    """The distribution of the surplus."""
    return pd.DataFrame({"Left at the end of the year, £": year.money.values, "Chance": year.money.chances})


def prime_title(found: UnderPrime, scenario: Scenario) -> str:
    """What is left as promised and at either shortfall."""
    full, fewer, fewest = (loss_or_gain(found.left_at(volume)) for volume in found.lowest_value)
    few, most = SHORTFALLS
    promised = clients.numbers(scenario)[0]
    everyone = "the one client comes" if promised == 1 else f"all {count(promised)} clients come"
    if full == fewer == fewest:
        said = f"{full} if {everyone}, and the same with {percent(few)} or {percent(most)} fewer"
    else:
        said = f"{full} if {everyone}, {fewer} with {percent(few)} fewer, {fewest} with {percent(most)} fewer"
    return f"In an average year under the prime there is {said}{give_or_take(scenario)}"


def give_or_take(scenario: Scenario) -> str:
    """How far each number of clients may be out, where it is a range; "" where it is known."""
    if not scenario.volume_spread:
        return ""
    return f", each give or take {stated(scenario, 'volume_spread')} of those promised"


def prime_reading(found: UnderPrime, scenario: Scenario) -> str:
    """What the prime keeps, and what a shortfall does."""
    held = "" if scenario.held == "prime" else "This contract is now held directly; these are the terms of a prime. "
    follows = ", which would rise with it" if scenario.need_follows_value else ""
    return (
        f"{held}The prime keeps {pounds(found.kept_by_prime)} a year and passes down "
        f"{stated(scenario, 'risk_passed')} of the risk on results. "
        f"{stated(scenario, 'fixed_share')} of planned costs are spent even if fewer clients come. "
        "Volumes ran 16 to 48% below plan in Transforming Rehabilitation (NAO), the shaded range. All at face value: "
        "waiting for the money costs extra, as under Cash. The lowest price holds the support that is needed now, "
        f"{hours(found.hours_needed)} hours a person a year{follows}."
    )


def lowest(found: UnderPrime, volume: float) -> str:
    """The lowest contract value in a metric's words."""
    value = found.lowest_value[volume]
    return "none" if math.isnan(value) else pounds(value)


def prime_table(found: UnderPrime) -> pd.DataFrame:
    """Money by volume, £ a year."""
    return pd.DataFrame(
        {
            "Share of the clients promised who come": found.volumes,
            "Expected to be left, £": found.left,
            "Left in the worst year in 20, £": found.bad_year,
        }
    )


def commissioner(seat: Commissioner) -> list[tuple[str, str]]:
    """The figures of who pays."""
    per = "none is avoided" if math.isnan(seat.per_reoffence) else pounds(seat.per_reoffence)
    return [
        ("Pays in a year, for everyone", millions(seat.spend)),
        ("Of it for what would have happened anyway", millions(max(seat.deadweight, 0.0))),
        ("Pays for each reoffence avoided", per),
        ("People in groups where an extra £1 pays back less than £1", percent(seat.left_behind)),
        ("Chance that this provider is paid even if its support changed nothing", in_100(seat.by_luck)),
    ]


def large(seat: LargeProvider) -> list[tuple[str, str]]:
    """The figures of a large provider."""
    return [
        ("Clients in a year, everyone", count(seat.clients)),
        ("Left per person, doing what pays best", pounds(seat.margin)),
        ("Left per person, giving what is needed", pounds(seat.done_right)),
        ("Gained per person by cutting support (temptation)", pounds(seat.temptation)),
        ("People for whom it pays to do the minimum", percent(seat.parked)),
    ]


def charity(seat: SmallCharity, year: Surplus) -> list[tuple[str, str]]:
    """The figures of a small charity."""
    return [
        ("Chance of a loss in a year", in_100(seat.loss)),
        ("Chance that reserves run out", in_100(seat.ruin)),
        ("Worst year in 20", f"{loss_or_gain(seat.bad_year)} ({weeks(year, seat.bad_year)})"),
        ("Lowest bank balance", f"{pounds(seat.trough)} in month {seat.trough_month}"),
        ("Given by its mission in a year for nothing", pounds(seat.gift)),
    ]
