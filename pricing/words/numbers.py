"""Numbers and findings in words, for pages, the command line and what a reader takes away."""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np

from pricing import MODEL_VERSION
from pricing.evaluate import Evaluation
from pricing.scenario import in_words
from pricing.scenario.in_words import stated
from pricing.scenario.metrics import METRICS
from pricing.scenario.scenario import Scenario

LAST_DIGITS = 1e-6
"""£ by which £1 may be missed by the last digits of a sum."""
NOT_SHOWN = "–"
FEW = 0.05
"""A smaller share of people is hardly any, in a verdict."""
SMALL_PRICE = 50.0
"""£; under it a price in whole pounds may be off by a percent or more."""
LIMITS = (
    "These figures say what a price rewards under stated assumptions. They do not forecast what any provider will do."
)
"""The sentence on how every result may be read."""


def pounds(amount: float) -> str:
    """Whole pounds, with a true minus sign."""
    return shown(amount, 0, before="£")


def some_pounds(amount: float) -> str:
    """Whole pounds of an amount above 0: what rounds to none is "less than £1"."""
    return "less than £1" if round(amount) == 0 else pounds(amount)


def signed(amount: float) -> str:
    """Whole pounds with a sign: +£12 is received, −£12 is paid."""
    return ("+" if math.isfinite(amount) and round(amount) > 0 else "") + pounds(amount)


def pence(amount: float) -> str:
    """Pounds and pence, with a true minus sign."""
    return shown(amount, 2, before="£")


def short_of_a_pound(amount: float) -> bool:
    """Whether an amount is less than £1, and not for its last digits alone: there a payback turns the verdict."""
    return amount < 1 - LAST_DIGITS


def millions(amount: float) -> str:
    """Large sums: £1.23m; under a million, whole pounds."""
    return shown(amount / 1e6, 2, before="£", after="m") if 1e6 <= abs(amount) < math.inf else pounds(amount)


def about(amount: float) -> str:
    """£ to three figures: savings are expected values, no more exact than that."""
    if amount == 0 or math.isnan(amount):
        return pounds(amount)
    rounded = round(amount, 2 - math.floor(math.log10(abs(amount))))
    if abs(rounded) < 1e6:
        return pounds(rounded)
    decimals = max(0, 2 - math.floor(math.log10(abs(rounded) / 1e6)))
    return f"{'−' if rounded < 0 else ''}£{abs(rounded) / 1e6:,.{decimals}f}m"


def significant(number: float) -> str:
    """A number read off a curve or drawn: two figures of it, so that it does not look more exact than it is."""
    if number <= 0:
        return count(number)
    size = 10 ** max(math.floor(math.log10(number)) - 1, 0)
    return count(size * round(number / size))


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return shown(100 * share, 0, after="%")


def in_days(day: date) -> str:
    """A date in words: 5 March 2026."""
    return f"{day.day} {day:%B %Y}"


def hours(count: float) -> str:
    """Hours, with one decimal below ten."""
    return shown(count, 1 if count < 10 and count != round(count) else 0) if math.isfinite(count) else NOT_SHOWN


def points(change: float) -> str:
    """Percentage points, to one decimal."""
    return shown(change, 1, after=" points")


def count(number: float) -> str:
    """A number of people or events."""
    return shown(number, 0)


def counted(number: float, one: str, many: str) -> str:
    """A number of what is counted, with its word: "1 person", "2,300 people"."""
    written = count(number)
    return f"{written} {one if written == '1' else many}"


def shown(number: float, decimals: int, before: str = "", after: str = "") -> str:
    """A number with so many decimals between its units: its minus a true one and in front of all; never −0.

    Where it is undefined, or without bounds, a dash stands for it.
    """
    if not math.isfinite(number):
        return NOT_SHOWN
    sign = "−" if round(number, decimals) < 0 else ""
    return f"{sign}{before}{abs(number):,.{decimals}f}{after}"


def version_line() -> str:
    """The line under every page."""
    return f"Model version {MODEL_VERSION}. {LIMITS}"


def unit(metric: str, target: str) -> str:
    """What one unit of a metric is."""
    return METRICS[metric].unit_under(target)


def prices(evaluation: Evaluation) -> str:
    """The price per unit of each metric that is paid."""
    target, paid = evaluation.scenario.target, evaluation.terms.unit_prices.items()
    return in_a_row([f"{price_of_one(price)} per {unit(metric, target)}" for metric, price in paid])


def price_of_one(price: float) -> str:
    """The price of one unit: whole pounds, and pence too where a rounded pound would be a percent of it or more."""
    return pence(price) if 0 < abs(price) < SMALL_PRICE else pounds(price)


def in_a_row(things: Sequence[str], joined: str = "and") -> str:
    """Things one after another, with commas and a word before the last."""
    *first, last = things
    return f"{', '.join(first)} {joined} {last}" if first else last


def this_price(evaluation: Evaluation) -> str:
    """What rewards support, to begin a sentence: where a mission is set, it is not the price alone."""
    return "With the mission that is set, this price" if evaluation.scenario.mission_weight > 0 else "This price"


def verdict(evaluation: Evaluation) -> str:
    """The current price in one sentence; where average and people point apart, it says what lies behind either."""
    totals, payback, price = evaluation.totals, evaluation.payback, this_price(evaluation)
    if math.isnan(payback):
        return "Nobody here needs more than the contractual minimum, so this price is not put to the test."
    share = totals["parked_people"] / totals["people"]
    if not short_of_a_pound(payback) and share < FEW:
        return (
            f"{price} rewards giving people the support they need: an extra £1 pays back {pence(payback)} on "
            f"average, and for {percent(1 - share)} of people it does not pay to do the minimum."
        )
    if (apart := average_apart(evaluation)) is not None:
        return apart
    return (
        f"{price} rewards doing the minimum for {percent(share)} of people: an extra £1 of the support "
        f"they need pays back {pence(payback)} on average."
    )


def average_apart(evaluation: Evaluation) -> str | None:
    """The verdict where the average payback and the share of people at the minimum point apart; None elsewhere.

    The average is good and yet the minimum pays for many, or it is poor and yet the minimum pays for hardly any of
    those who need more.
    """
    found, payback, price = evaluation.incentives, evaluation.payback, this_price(evaluation)
    parked = evaluation.totals["parked_people"]
    share = percent(parked / evaluation.totals["people"])
    if not short_of_a_pound(payback):
        others, left = evaluation.pooled(found.parked.astype(np.int64), 2)["payback"]
        return (
            f"{price} rewards doing the minimum for {share} of people: an extra £1 of the support they need pays "
            f"back {pence(left)} for them and {pence(others)} for the others, which is {pence(payback)} on average."
        )
    needing = evaluation.cohort.total((found.benchmark_hours > found.least_hours).astype(float))
    if parked >= FEW * needing:
        return None
    unpaid = f"{percent(evaluation.withheld)} of it is not paid for"
    if share != percent(0):
        unpaid += f"; for {share} of people it rewards doing the minimum"
    return (
        f"{price} rewards more than the minimum, but not all of the support that people need: an extra £1 of all of "
        f"it pays back {pence(payback)} on average, and {unpaid}."
    )


def uncounted(terms: int) -> str:
    """How many more terms differ from their defaults, as the end of a list."""
    return (
        "and 1 more term that is not at its default"
        if terms == 1
        else f"and {terms} more terms that are not at their defaults"
    )


def in_force(scenario: Scenario, most: int | None = None) -> str:
    """The whole price in a line: what is set aside, the share on results, and every term that is not at its default.

    With ``most``, no more than so many terms are named, and the others are counted.
    """
    share = stated(scenario, "results_share")
    said = [f"{stated(scenario, 'contract_value')} per person per year set aside, {share} of it on results"]
    named = [name for name in in_words.terms_changed(scenario) if name not in ("contract_value", "results_share")]
    said += in_words.said(scenario, named[:most])
    if most is not None and len(named) > most:
        said.append(uncounted(len(named) - most) if most else "")
    return "; ".join(filter(None, said)) + "."


def in_100(chance: float) -> str:
    """A chance in words: "41 in 100", and near either end what can honestly be said."""
    if math.isnan(chance):
        return NOT_SHOWN
    times = 100 * chance
    if times < 1e-7:
        return "0 in 100"
    if times < 0.5:
        return "under 1 in 100"
    if 99.5 <= times < 100 - 1e-7:
        return "over 99 in 100"
    return f"{max(round(times), 1)} in 100"  # a half, which is rounded to even, is no certainty


def of_100_years(chance: float) -> str:
    """A chance as the subject of a sentence on years: "41 of 100 years"."""
    return in_100(chance).replace(" in ", " of ") + " years"
