"""Several years in a row, in words. No streamlit."""

import numpy as np
import pandas as pd

from pages.kit.markdown import count, pounds
from pricing.questions.small_provider import volumes
from pricing.questions.small_provider.several_years import NEVER, SeveralYears
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import in_100

NUMBERS = ("no", "one year", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FORMATS = {"Chance that reserves run out in this year": "percent", "Chance that they have run out": "percent"}


def over(years: int) -> str:
    """So many years of a contract, at the start of a sentence."""
    return "In its one year" if years == 1 else f"Over {NUMBERS[years]} years"


def title(found: SeveralYears) -> str:
    """In how many futures the reserves run out, and when most often."""
    chance = found.chance_of_ruin
    if chance < NEVER:
        return f"{over(found.years)} the reserves never run out"
    said = f"{over(found.years)}, in {in_100(chance).replace(' in ', ' of ')} futures the reserves run out"
    return said if found.years == 1 else f"{said}; most often in year {found.most_often}"


def reading(found: SeveralYears, scenario: Scenario) -> str:
    """What is left at the end, what is counted, and what is taken to stay from year to year."""
    return (
        f"Reserves of {pounds(found.reserves)} become {at_the_end(found)}. The inner band holds half of all futures, "
        "both bands 90 of 100. Each year has the same price and the same kind of people; what it leaves is added to "
        "the reserves for the year of the work, whenever it is paid. Once reserves are gone the charity stops, so a "
        f"good year after that does not save it. {shared(scenario)}{come(scenario)}{rest(scenario)}"
    )


def at_the_end(found: SeveralYears) -> str:
    """What reserves are at the end: in a bad case, in the middle one, in a good one."""
    bad, middle, good = (left(amount) for amount in found.at_the_end)
    if bad == middle == good:
        return f"{bad}, in the best case in 20 as in the worst"
    return f"{bad} in the worst case in 20, {middle} in the middle case and {good} in the best in 20"


def left(amount: float) -> str:
    """Reserves at the end of the contract."""
    return "nothing" if amount < 0.5 else pounds(amount)


def shared(scenario: Scenario) -> str:
    """What of a year's luck that all share is left in the next."""
    if not scenario.common_shock:
        return "Nothing hits everyone at once, so every year is drawn anew. "
    if not scenario.shock_persists:
        return (
            "A bad year for everyone is over when the year is; where jobs or homes stay scarce, reserves run out "
            "more often: how much of a bad year is left in the next can be set above, under the rest of this provider. "
        )
    if scenario.shock_persists == 1:
        return "What hits everyone at once is taken to stay for the whole contract. "
    return (
        "What hits everyone at once stays in part: from one year to the next it is correlated by "
        f"{stated(scenario, 'shock_persists')}. "
    )


def come(scenario: Scenario) -> str:
    """Between how many the number of clients lies, where it is a range."""
    if not scenario.volume_spread:
        return ""
    numbers = volumes.ends(scenario)
    return f"In each year between {count(numbers[0])} and {count(numbers[1])} clients come, each number as likely. "


def rest(scenario: Scenario) -> str:
    """What is left out of a contract that is no whole number of years."""
    if scenario.contract_months % 12 == 0:
        return ""
    return f"The contract lasts {stated(scenario, 'contract_months')} months; its whole years are followed. "


def table(found: SeveralYears) -> pd.DataFrame:
    """Reserves and the chance that they run out, by year."""
    names = ("Worst in 20, £", "Worst quarter, £", "Middle, £", "Best quarter, £", "Best in 20, £")
    bands = dict(zip(names, found.bands, strict=True))
    out, upto = (np.append(0.0, each) for each in (found.runs_out, found.ruin))
    in_year, run_out = FORMATS
    return pd.DataFrame({"Year": np.arange(found.years + 1), in_year: out, run_out: upto, **bands})
