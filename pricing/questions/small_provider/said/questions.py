"""Questions to ask the prime: one page to take into a meeting, filled with a scenario's numbers."""

from textwrap import fill

from pricing.questions.small_provider.cash import Cash
from pricing.questions.small_provider.prime import MODELLED, SHORTFALLS, UnderPrime
from pricing.questions.small_provider.said.words import MIXES, counted_on, give_or_take, loss_or_gain, lowest, weeks
from pricing.scenario.in_words import stated, unit_now
from pricing.scenario.scenario import Scenario, specs
from pricing.words import need
from pricing.words.numbers import hours, in_100, percent, pounds

TITLE = "Questions to ask the prime contractor"
WIDTH = 92
NOTE = (
    "Filled with the numbers of one scenario in the pricing-structure explorer, under stated assumptions; they do not "
    "forecast what anyone will do. The last line holds the version of the model and every setting."
)
EXIT = "How do we get out?"


def questions(scenario: Scenario, found: UnderPrime, bank: Cash) -> list[tuple[str, str]]:
    """Each question with why it matters, in this scenario's numbers."""
    return [
        ("How many people will you send us, and what do you pay if fewer come?", volumes(scenario, found)),
        (
            "Who will they be, and who decides?",
            f"We have priced for {MIXES[scenario.client_mix]}. If you send us people with more needs than that, we "
            "need another price.",
        ),
        (
            "What do you keep, and what do we get for it?",
            f"At {stated(scenario, 'prime_fee')} of every payment you keep {pounds(found.kept_by_prime)} a year "
            "of what "
            "the commissioner may be expected to pay for our clients.",
        ),
        ("Whose is the luck?", luck(scenario, found)),
        ("What can be taken back from us, and up to what?", taken_back(scenario, found)),
        (
            "When are we paid?",
            f"Results are paid {stated(scenario, 'payment_lag_months')} "
            f"{unit_now(scenario, 'payment_lag_months')} after the work, and "
            f"{stated(scenario, 'up_front') if scenario.up_front else 'none'} of what is expected comes up front. Our "
            f"bank balance would be lowest in month {bank.trough_month}, at {pounds(bank.trough)}.",
        ),
        ("What counts as a result, whose people is it measured on, and what is it compared with?", measure(scenario)),
        ("What is the lowest price at which we do not subsidise the contract?", price(scenario, found)),
        (
            "Will you ask us to do less for somebody?",
            f"We take people to need {hours(found.hours_needed)} hours of support a year on average: "
            f"{need.source(scenario)}. This price rewards {hours(found.hours_rewarded)}.",
        ),
        (
            EXIT,
            f"The contract runs for {stated(scenario, 'contract_months')} months. What notice must we give, who "
            "takes on "
            "our clients, and what becomes of results that are not yet paid?",
        ),
    ]


def volumes(scenario: Scenario, found: UnderPrime) -> str:
    """What fewer clients than promised would mean."""
    fewer, fewest = (percent(shortfall) for shortfall in SHORTFALLS)
    full, less, least = (loss_or_gain(found.left_at(volume)) for volume in found.lowest_value)
    return (
        f"We plan for {persons(scenario)} a year. Transforming Rehabilitation's numbers ran "
        f"{fewer} to "
        f"{fewest} below plan, where {percent(MODELLED)} had been modelled (NAO). In an average year we would have "
        f"{full} if all come, {less} with {fewer} fewer, {least} with {fewest} fewer{give_or_take(scenario)}, since "
        f"{stated(scenario, 'fixed_share')} of our planned costs cannot be shed."
    )


def persons(scenario: Scenario) -> str:
    """The people promised: "1 person"."""
    number = stated(scenario, "clients")
    return "1 person" if number == "1" else f"{number} people"


def luck(scenario: Scenario, found: UnderPrime) -> str:
    """What the risk that is passed down means for a year."""
    now = found.now
    return (
        f"You pass down {stated(scenario, 'risk_passed')} of the risk on results. In an average "
        f"year{counted_on(scenario)} we would have {loss_or_gain(now.expected)}, in the worst year in 20 "
        f"{loss_or_gain(-now.worst_year)}. The chance of a loss is {in_100(now.chance_of_loss)}. Our free reserves are "
        f"{stated(scenario, 'reserves')}, {weeks(now, scenario.reserves)}."
    )


def taken_back(scenario: Scenario, found: UnderPrime) -> str:
    """What a limit on deductions means for the worst year."""
    bad = f"In the worst year in 20{counted_on(scenario)} we would have {loss_or_gain(-found.now.worst_year)}."
    if scenario.results_share and not scenario.risk_passed:
        return (
            f"We understand that you bear the whole risk on results, so that nothing is ever taken back from us. {bad}"
        )
    if not scenario.results_share or scenario.target == "none" or scenario.deductions == "none":
        return f"We understand that nothing is ever taken back, so that at worst we are paid the fee alone. {bad}"
    if not scenario.as_one_providers().most_deducted:
        return (
            "As the contract stands there is no limit: we may have to repay more than the whole share on results. "
            f"{bad} Is no more than that share at risk?"
        )
    limit = stated(scenario.as_one_providers(), "most_deducted")
    return f"We understand that no more than {limit} of the results money can be taken back in a year. {bad}"


def measure(scenario: Scenario) -> str:
    """What the scenario takes a result to be."""
    metric, target = (specs()[name].choices[getattr(scenario, name)] for name in ("metric", "target"))
    return (
        f"We have taken it to be: {metric[0].lower()}{metric[1:]}. Compared with: {target[0].lower()}{target[1:]}. "
        "Measured on our clients alone it is swayed by luck; measured on your whole area, by what others do."
    )


def price(scenario: Scenario, found: UnderPrime) -> str:
    """The contract value at which giving people what they need costs the provider nothing."""
    full, _, least = (lowest(found, volume) for volume in found.lowest_value)
    return (
        "To give people what they need and lose nothing by it in an average year, we need a contract value, before "
        f"your fee, of {full} per person if all who are promised come, and of {least} if {percent(SHORTFALLS[1])} "
        f"fewer do. It is now {stated(scenario, 'contract_value')}."
    )


def page(scenario: Scenario, found: UnderPrime, bank: Cash, heading: str) -> str:
    """The whole page as text to take away; ``heading`` names version and settings."""
    asked = [
        f"{number}. {question}\n{fill(why, WIDTH, initial_indent='   ', subsequent_indent='   ')}"
        for number, (question, why) in enumerate(questions(scenario, found, bank), 1)
    ]
    return "\n\n".join([f"{TITLE}\n{'=' * len(TITLE)}", fill(NOTE, WIDTH), *asked, heading.strip()]) + "\n"
