"""Who pays and who saves, in words and tables. No streamlit."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from pages.kit.groups import smallest_shown
from pages.kit.markdown import NOT_SHOWN, about, count, counted, lower_first, pence, percent
from pricing.evaluate import Evaluation
from pricing.questions.savings import costs
from pricing.questions.savings.appraisal import contract_prices
from pricing.questions.savings.costs import AGENCIES, year_words
from pricing.questions.savings.places import DIMENSION, FEWEST_EVENTS, TOGETHER, Place
from pricing.questions.savings.pot import FIRST_FALL, AgencyShare, Pot, cashable
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario

POUNDS = ("Saved", "Becomes cash", "Put in", "Kept", "All agencies", *(agency.label for agency in AGENCIES))
"""Columns of £ in the tables of savings."""
CASHABLE = "Cashable (%, assumed)"
ON_NO_BOOKS = "On no agency's books"
UNIT_STYLES = dict.fromkeys((a.label for a in AGENCIES), "£%.2f") | {"Source's total": "£%.2f"}


def one_decimal(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{share:.1%}"


def events(evaluation: Evaluation, number: float) -> str:
    """A number of reoffences; small ones are not shown, but for a reader's own table."""
    if number == 0:
        return "none"
    if number < FEWEST_EVENTS and smallest_shown(evaluation):
        return f"fewer than {FEWEST_EVENTS}"
    return count(number) if number >= FEWEST_EVENTS else f"{number:.1f}"


def prices(scenario: Scenario) -> str:
    """The year whose prices £ are in."""
    return f"{year_words(int(scenario.price_year))} prices"


def headline(evaluation: Evaluation, pot: Pot, *, at_benchmark: bool) -> str:
    """Who saves, and what a pot could hold, in one sentence."""
    found = pot.savings
    fewer = f"{events(evaluation, found.avoided)} of {count(found.reoffences)} expected reoffences"
    first = (
        f"With the support that people need, {fewer} would be avoided"
        if at_benchmark
        else f"{rewarded(evaluation.scenario)} would avoid {fewer}"
    )
    if not found.agencies:
        return f"{first}: nothing comes off agencies’ books"
    into = f"{about(pot.put_in)} of it into the pot" if round(pot.put_in) else "none of it into the pot"
    off = "next to nothing" if about(found.agencies) == about(0.0) else about(found.agencies)
    return f"{first}: {off} off agencies’ books, {into}"


def rewarded(scenario: Scenario) -> str:
    """The support of those who do what pays best, which a price that pays nothing on results does not reward."""
    if scenario.results_share > 0:
        return "The minimum and the support that this price rewards beyond it"
    return "Nothing is paid on results; the support that is given all the same"


def whole(pot: Pot) -> str:
    """What kind of figures these are, and what all of it comes to."""
    people = counted(pot.savings.people, "person", "people")
    who = "this person" if people == "1 person" else f"these {people}"
    return (
        f"Expected values for {who}, in {prices(pot.scenario)}. To society the "
        f"reoffences avoided are worth {about(pot.savings.society)}."
    )


def title_of_agencies(pot: Pot) -> str:
    """Which agency saves most, and the local part."""
    found, most = pot.savings, max(pot.by_agency, key=lambda share: share.saved)
    name = most.agency.label if most.agency.label.isupper() else lower_first(most.agency.label)
    if found.agencies <= 0:
        return "No agency saves anything: no reoffence would be avoided"
    return (
        f"Most is saved on {name}, {about(most.saved)} of {about(found.agencies)}; "
        f"local agencies together save {about(found.local)}"
    )


def reading_of_agencies(pot: Pot) -> str:
    """What the bars show, with the price years and what they leave out."""
    scenario, given = pot.scenario, costs.unit_costs().year
    times = costs.uprating(given, int(scenario.price_year))
    said = (
        f"Solid: becomes cash ({cashable_words(scenario)}). Hatched: saved, but "
        f"not cash. In {prices(scenario)}: what a crime cost in {year_words(given)} (unit costs) × {times:.3f}, for "
        f"inflation by the Treasury's measure (the GDP deflator); {crimes(scenario)} per proven reoffence. The other "
        f"{about(pot.savings.elsewhere)} is on no agency's books here: victims, the economy, and crimes behind the "
        "proven ones."
    )
    if pot.savings.exceeds_society:
        said += " With these figures some reoffences cost agencies more than society's cost in the panel: check both."
    return said


def cashable_words(scenario: Scenario) -> str:
    """What share of savings becomes cash, and that it is assumed."""
    if scenario.cashable_by == "one":
        return f"{stated(scenario, 'cashable')}, an assumption of this scenario"
    return "a share for each agency, which are assumptions of this scenario"


def crimes(scenario: Scenario) -> str:
    """How many crimes stand behind a proven reoffence."""
    number = scenario.crimes_per
    return "1 crime" if number == 1 else f"{number:g} crimes"


def told_apart(share: float, line: float) -> str:
    """A share as a percentage, with as many decimals as part it from a line that it is not on."""
    decimals = next(n for n in range(1, 9) if share == line or f"{share:.{n}%}" != f"{line:.{n}%}" or n == 8)
    return f"{share:.{decimals}%}"


def title_of_pot(pot: Pot) -> str:
    """What goes in at this price, and what stays."""
    fall = f"At a fall of {told_apart(pot.savings.fall, FIRST_FALL)}"
    if pot.put_in > 0:
        return f"{fall}, {about(pot.put_in)} goes into the pot and {about(pot.kept)} stays with those who put in"
    if pot.scenario.pot_rule == "reinvestment" and pot.cash > 0:
        return f"{fall} nothing goes into the pot: the rule begins at {percent(FIRST_FALL)}"
    return f"{fall} nothing goes into the pot"


def reading_of_pot(pot: Pot) -> str:
    """What the curve shows, and the least that has to hold for everyone to gain."""
    if nobody_puts_in(pot.scenario):
        return "Nobody puts anything in: every share that goes in is 0. Set one above for each agency that pays in."
    reading = (
        "Cash saved by those who put in, and what goes into the pot, if reoffending fell by more or less than "
        "here. The gap between the lines is what they keep. Each could put in up to what becomes cash in the table "
        "below and not lose. "
    )
    if pot.scenario.pot_rule == "reinvestment":
        return reading + (
            "The rule is Greater Manchester's Justice Reinvestment: nothing below a fall of 5%; at 5% half of the "
            "savings; beyond it all further savings, up to a fall of 20%. It looks at the expected fall: luck in "
            "measuring is left out."
        )
    if pot.scenario.pot_members == "each":
        return reading + "Each puts in a share of its own of every pound of cash, from the first reoffence."
    return reading + f"{stated(pot.scenario, 'pot_share')} of every pound of cash goes in, from the first reoffence."


def nobody_puts_in(scenario: Scenario) -> bool:
    """Whether every share that goes into the pot is 0."""
    if scenario.pot_members == "each":
        return not any(getattr(scenario, f"puts_{agency.key}") for agency in AGENCIES)
    return scenario.pot_rule == "share" and not scenario.pot_share


def part_of(share: float) -> str:
    """A share of an amount; one that would read as nothing is under the least that is written."""
    return "under 0.1%" if 0 < share < 0.0005 else one_decimal(share)


def what_it_buys(pot: Pot) -> str:
    """What the pot is beside the contract, the hours that it would buy, and what else it could do."""
    if pot.put_in <= 0:
        return "The pot is empty: it pays for nothing."
    people, scenario = pot.savings.people, pot.scenario
    base = contract_prices(scenario)
    share = pot.put_in / (people * base * scenario.contract_value)
    bought = pot.put_in / (base * scenario.hour_cost)
    same = scenario.contract_year == scenario.price_year
    brought = "" if same else f" ({pence(base * scenario.contract_value)} in {prices(scenario)})"
    return (
        f"The pot comes to {pence(pot.put_in / people)} per person, {part_of(share)} of the contract's "
        f"{stated(scenario, 'contract_value')}{brought}. Spent on support alone it would buy {count(bought)} hours. "
        "Or it could go into the price: below, the richest contracts whose extra cost is covered by the pot that they "
        "fill, both where it pays best to be. Each opens here, or as a link to share."
    )


def by_agency(pot: Pot) -> pd.DataFrame:
    """Who saves, who puts in, and what each is left with; what is on nobody's books, and the sum."""
    rows = [(s.agency.label, *amounts(pot.scenario, s), s.agency.holder) for s in pot.by_agency]
    found, cash = pot.savings, sum(s.cash for s in pot.by_agency)
    nobody = (ON_NO_BOOKS, math.nan, found.elsewhere, 0.0, 0.0, 0.0, "Victims, the economy, unproven crimes")
    rows += [nobody, ("All", math.nan, found.society, cash, pot.put_in, cash - pot.put_in, "")]
    return pd.DataFrame(rows, columns=["Agency", CASHABLE, "Saved", "Becomes cash", "Put in", "Kept", "Whose budget"])


def amounts(scenario: Scenario, share: AgencyShare) -> tuple[float, ...]:
    """Cashable share, then £ saved, of it cash, put in and kept; nan where the cost is not known."""
    assumed = 100 * cashable(scenario, share.agency)
    return (assumed, *((math.nan,) * 4 if share.open else (share.saved, share.cash, share.put_in, share.kept)))


def unit_table() -> pd.DataFrame:
    """The unit costs as published, by offence group, with their rows and what was assumed."""
    found = costs.unit_costs()
    labels = {agency.key: agency.label for agency in AGENCIES}
    table = pd.DataFrame(found.pounds, columns=[labels[key] for key in costs.PUBLISHED])
    table.insert(0, "Offence group", found.offences)
    table["Source's total"] = found.stated_total
    table["Prices of"] = year_words(found.year)
    table["Rows of the database"] = found.codes
    table["Assumed"] = [words or NOT_SHOWN for words in found.assumed]
    return table


def title_of_boroughs(places: Sequence[Place], pot: Pot) -> str:
    """Which borough's agencies save most, and the whole."""
    most = max((one for one in places if one.name != TOGETHER), key=lambda one: one.local)
    return f"Most is saved in {most.name}, {about(most.local)}; all boroughs together {about(pot.savings.local)}"


def reading_of_boroughs(evaluation: Evaluation) -> str:
    """What the bars show, and whether people's boroughs are assumed or known."""
    fitted = evaluation.cohort.fitted
    if fitted is not None and fitted.declaration.synthetic:
        return (
            "What local agencies save, by the borough where people live. People are placed by an assumption, so a "
            "difference between boroughs is a result of that, not a finding."
        )
    return "What local agencies save, by the borough where people live, as the records of these people have it."


def no_boroughs(evaluation: Evaluation) -> str:
    """Why nothing is split by place."""
    if DIMENSION in evaluation.cohort.dimensions:
        return f"No borough has {FEWEST_EVENTS} reoffences avoided of its own, so nothing is split by borough."
    return "These people come without a borough, so nothing is split by place."


def borough_table(evaluation: Evaluation, places: Sequence[Place], money: str = "saved") -> pd.DataFrame:
    """The boroughs and their sum, £ of ``money`` by agency. Councils stand empty while their cost is open."""
    table = pd.DataFrame(
        {
            "Borough": [one.name for one in places],
            "People": [one.people for one in places],
            "Reoffences avoided": [round(one.avoided) for one in places],
            **{
                agency.label: [getattr(one.shares[row], money) for one in places] for row, agency in enumerate(AGENCIES)
            },
            "All agencies": [sum(getattr(share, money) for share in one.shares) for one in places],
        }
    )
    if not evaluation.scenario.council_cost:
        table["Councils"] = np.nan
    # The sum before rounding, as in the headline.
    total = table.sum(numeric_only=True, min_count=1).to_dict() | {
        "Reoffences avoided": round(sum(one.avoided for one in places))
    }
    return pd.concat([table, pd.DataFrame([{"Borough": "All", **total}])], ignore_index=True)
