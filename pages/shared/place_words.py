"""Places in words and tables. No streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pages.shared import charts, groups
from pages.shared.charts import Measure
from pages.shared.wording import count, pence, percent, pounds, signed
from pricing.cohort import BoolArray, FloatArray
from pricing.evaluate import Evaluation
from pricing.parameters import Scenario, specs
from pricing.places import multipliers
from pricing.places.boroughs import Boroughs
from pricing.places.footprint import Footprint, Prices
from pricing.places.multipliers import Cliffs, Moved
from pricing.places.neighbourhoods import DOMAINS, Authority, Neighbourhoods

OWED = (
    "Contains National Statistics and OS data © Crown copyright and database right. Boundaries (Office for National "
    "Statistics) and the English Indices of Deprivation 2025 (Ministry of Housing, Communities and Local "
    "Government) are "
    "under the Open Government Licence v3.0. Outlines are simplified."
)
MEASURES: Mapping[str, Measure] = {
    name: charts.MEASURES[name] for name in ("payback", "margin_at_benchmark", "withheld", "parked")
} | {"moved": Measure("Money that the multiplier moves", "signed", 0.0)}
TENTH, WORST = "Tenth", "In worst fifth"
TENTH_NOTE = (
    "Deprivation by domain, published 2025: the tenth of England's neighbourhoods it is in; 1 is the most deprived."
)
WORST_NOTE = "Deprivation by domain, published 2025: the share of its neighbourhoods in England's most deprived fifth."
INDEX_WORDS = {"overall": "overall deprivation", "employment": "employment", "housing": "housing and services"}
INDEX_LABELS = {"overall": "Overall", "employment": "Employment", "housing": "Housing"}
SHAPE_WORDS = {"line": "Evenly", "worst_fifth": "Most deprived fifth only", "steep": "Steeply"}
SAME_PEOPLE = (
    "Every neighbourhood is shown for the same people: the needs and risks of all of Greater Manchester, as if they "
    "lived there. Under five of the illustrative people live in any one, too few to say anything of them."
)
STYLES = {
    "Payback per £1": "£%.2f",
    "Margin when done right": "£%.0f",
    "Support withheld": "percent",
    "Pays to do the minimum": "percent",
    "£ moved by the multiplier": "%.0f",
    "Needs per person": "%.2f",
}
COLUMNS = {
    "people": "People",
    "parked_people": "Of them left behind",
    "payback": "Payback per £1",
    "margin_at_benchmark": "Margin when done right",
    "withheld": "Support withheld",
    "parked": "Pays to do the minimum",
    "moved": "£ moved by the multiplier",
    "needs": "Needs per person",
}


def meaning(measure: str, compared: Scenario) -> str:
    """What a measure is, in a sentence."""
    if measure == "moved":
        return (
            "£ per person per year that the multiplier brings into a place or takes out of it, against the same price "
            "without one. " + as_if_note(compared)
        )
    return groups.MEANING[measure].replace(groups.BELOW_NOTE, "Under £1 it pays to disinvest.")


def as_if_note(compared: Scenario) -> str:
    """Which multiplier the money is for."""
    index = INDEX_WORDS[compared.area_index]
    return f"The multiplier is {compared.area_multiplier:.2f}× for the most deprived tenth, by {index}."


def map_title(names: tuple[str, ...], values: FloatArray, measure: Measure) -> str:
    """The lowest and the highest place, with their numbers."""
    there = np.flatnonzero(~np.isnan(values))
    if not len(there):
        return f"{measure.label}: nothing to show here"
    low, high = there[np.argmin(values[there])], there[np.argmax(values[there])]
    if measure.write(values[low]) == measure.write(values[high]):
        return f"{measure.label}: {measure.write(values[low])} everywhere"
    if len(names) > 20:
        return f"{measure.label}: from {measure.write(values[low])} to {measure.write(values[high])}, street by street"
    return (
        f"{measure.label}: {measure.write(values[low])} in {names[low]}, {measure.write(values[high])} in {names[high]}"
    )


def borough_table(found: Boroughs, moved: FloatArray, first: str) -> pd.DataFrame:
    """The boroughs and all of them, the chosen measure first."""
    table = found.table.assign(moved=moved)
    table = table[["borough", first, *(name for name in COLUMNS if name != first)]]
    return table.rename(columns={"borough": "Borough", **COLUMNS})


def neighbourhood_table(places: Neighbourhoods, found: pd.DataFrame, first: str) -> pd.DataFrame:
    """Every neighbourhood, the chosen measure first, with the tenths of deprivation."""
    borough = [places.boroughs[code] for code in places.borough]
    table = pd.DataFrame({"Neighbourhood": places.names, "Borough": borough})
    for name in (first, *(name for name in MEASURES if name != first)):
        table[COLUMNS[name]] = found[name].to_numpy()
    table["Overall tenth"] = places.tenths["overall"].astype(int)
    for key, label in DOMAINS.items():
        table[f"{label} (tenth)"] = places.domains[key].astype(int)
    return table.sort_values(["Borough", "Neighbourhood"])


def domain_table(places: Neighbourhoods, name: str) -> pd.DataFrame:
    """A neighbourhood's tenths by domain, or the share of a borough's that are in the most deprived fifth, in words."""
    domains = {"Overall": places.tenths["overall"]} | {label: places.domains[key] for key, label in DOMAINS.items()}
    if name in places.names:
        at = places.names.index(name)
        return pd.DataFrame({"Deprivation": list(domains), TENTH: [str(int(t[at])) for t in domains.values()]})
    inside = places.borough == places.boroughs.index(name)
    worst = [percent(float(np.mean(tenth[inside] <= 2))) for tenth in domains.values()]
    return pd.DataFrame({"Deprivation": list(domains), WORST: worst})


def of_borough(found: Boroughs, name: str) -> str:
    """A borough's people and what the price rewards for them."""
    row = {str(k): v for k, v in found.table.set_index("borough").loc[name].to_dict().items()}
    if np.isnan(row["payback"]) and np.isnan(row["needs"]):
        return f"{name} has too few people here for its figures to be shown."
    few = np.isnan(row["parked"])
    behind = (
        "How many are left behind is too small a number to show."
        if few
        else f"For {percent(row['parked'])} of them ({count(row['parked_people'])}) it pays to do the minimum."
    )
    return (
        f"{count(row['people'])} of the illustrative people live in {name}, with {row['needs']:.1f} needs on average. "
        f"An extra £1 of support pays back {pence(row['payback'])}; done right, {pounds(row['margin_at_benchmark'])} a "
        f"person is left. {behind}"
    )


def of_neighbourhood(places: Neighbourhoods, found: pd.DataFrame, name: str) -> str:
    """What the price rewards for the same people if they lived there."""
    row = {str(k): float(v) for k, v in found.iloc[places.names.index(name)].items()}
    return (
        f"If Greater Manchester's people lived in {name}, an extra £1 of support would pay back "
        f"{pence(row['payback'])}, "
        f"done right {pounds(row['margin_at_benchmark'])} a person would be left, {percent(row['withheld'])} of "
        "the hours "
        f"they need would not pay, and for {percent(row['parked'])} of them it would pay to do the minimum."
    )


def money_here(by_index: Mapping[str, float]) -> str:
    """What each multiplier moves in or out of a place."""
    said = ", ".join(f"{signed(amount)} by {INDEX_WORDS[index]}" for index, amount in by_index.items())
    return f"Money moved per person: {said}."


def moved_title(compared: Scenario, moved: Mapping[str, Moved], levels: tuple[str, ...], shown: BoolArray) -> str:
    """Who gains and who loses most under the scenario's own index."""
    money = np.where(shown, moved[compared.area_index].by_borough, np.nan)
    if np.all(np.isnan(money)):
        return "Too few people to show what the multiplier moves"
    high, low = int(np.nanargmax(money)), int(np.nanargmin(money))
    return (
        f"By {INDEX_WORDS[compared.area_index]}, {levels[high]} gains {pounds(money[high])} a person and "
        f"{levels[low]} {'loses' if money[low] < 0 else 'gains'} {pounds(abs(money[low]))}"
    )


def moved_reading(compared: Scenario, moved: Mapping[str, Moved], levels: tuple[str, ...], shown: BoolArray) -> str:
    """How the three multipliers differ."""
    money = np.where(shown, [moved[index].by_borough for index in INDEX_WORDS], np.nan)
    spread = np.nanmax(money, axis=0, initial=-np.inf, where=~np.isnan(money)) - np.nanmin(
        money, axis=0, initial=np.inf, where=~np.isnan(money)
    )
    most = int(np.argmax(np.where(shown, spread, -1)))
    values = ", ".join(f"{signed(money[row, most])} by {word}" for row, word in enumerate(INDEX_WORDS.values()))
    total = (
        "What some gain others lose: over all people it sums to zero."
        if compared.total_spend == "fixed"
        else "The total grows, so the multiplier takes from nobody: it adds to what is spent."
    )
    return (
        f"£ per person that a multiplier of {compared.area_multiplier:.2f}× moves into each borough, for the fee "
        "and for "
        f"results if everyone reaches the reduction they are priced for. {total} The choice matters most in "
        f"{levels[most]}: {values}."
    )


def moved_table(
    moved: Mapping[str, Moved], levels: tuple[str, ...], people: FloatArray, shown: BoolArray
) -> pd.DataFrame:
    """The same, with each borough's total."""
    table = pd.DataFrame({"Borough": levels, "People": people})
    for index, words in INDEX_WORDS.items():
        money = np.where(shown, moved[index].by_borough, np.nan)
        table[f"£ per person by {words}"] = money
        table[f"£ in all by {words}"] = money * people
    return table


def cliff_words(compared: Scenario, steps: Cliffs, places: Neighbourhoods) -> str:
    """The largest step between neighbours, where it is, and how many there are."""
    if not len(steps.top):
        return "No two neighbours differ under this multiplier."
    one, other = places.pairs[steps.top[0]]
    tenths = places.tenths[compared.area_index]
    poor, rich = (one, other) if tenths[one] < tenths[other] else (other, one)
    return (
        f"{places.names[poor]} (tenth {tenths[poor]:.0f} by {INDEX_WORDS[compared.area_index]}) and "
        f"{places.names[rich]} "
        f"(tenth {tenths[rich]:.0f}) share a border of {places.border[steps.top[0]]:,.0f} metres, and the same person "
        f"brings {pounds(steps.largest)} a year more on its more deprived side. Of {count(len(steps.step))} "
        "pairs of neighbours, "
        f"{count(steps.large)} differ by {pounds(multipliers.LARGE_STEP)} or more."
    )


def cliff_table(tenths: FloatArray, steps: Cliffs, places: Neighbourhoods) -> pd.DataFrame:
    """The highest steps, the longest border first among equals."""
    rows = []
    for pair in steps.top:
        one, other = sorted(places.pairs[pair], key=lambda place: tenths[place])
        names = {"More deprived side": places.names[one], "Its tenth": int(tenths[one])}
        names |= {"Less deprived side": places.names[other], "Tenth there": int(tenths[other])}
        rows.append(names | {"Step, £ per person": steps.step[pair], "Shared border, metres": places.border[pair]})
    return pd.DataFrame(rows)


def shapes_table(found: Mapping[tuple[str, str], Cliffs]) -> pd.DataFrame:
    """The largest step of every shape and index, and how many pairs of neighbours step by £100 or more."""
    rows = [
        {
            "Multiplier rises": SHAPE_WORDS[shape],
            "By": INDEX_WORDS[index],
            "Largest step, £ per person": steps.largest,
            "Pairs that differ by £100 or more": steps.large,
        }
        for (shape, index), steps in found.items()
    ]
    return pd.DataFrame(rows)


def shapes_words(found: Mapping[tuple[str, str], Cliffs], index: str) -> str:
    """How the shapes compare for one index."""
    said = [
        f"{SHAPE_WORDS[shape].lower()}, {pounds(steps.largest)} and {count(steps.large)} pairs"
        for (shape, other), steps in found.items()
        if other == index
    ]
    return (
        "The largest step, and the pairs of neighbours that differ by £100 or more, depend on how the multiplier "
        f"rises: {'; '.join(said)}."
    )


def footprint_title(wide: Footprint, shown: BoolArray) -> str:
    """How much one price moves, and between whom."""
    moved = np.where(shown, wide.moved, np.nan)
    if np.all(np.isnan(moved)):
        return "Too few people to show what one price moves"
    high, low = int(np.nanargmax(moved)), int(np.nanargmin(moved))
    if round(moved[high]) == 0 and round(moved[low]) == 0:
        return "One price for the whole area moves nothing between its parts"
    return (
        f"One price for the whole area sends {wide.names[high]} {pounds(moved[high])} a person more, and "
        f"{wide.names[low]} {pounds(-moved[low])} less, than prices set place by place"
    )


CHANNEL_WORDS = {
    "fee": "the premiums and the multiplier on the fee",
    "results": "the price of results, which goes where a priced reduction counts for most",
    "target": "the common target: places whose people start below the average are paid before anyone has done a thing",
}


def footprint_reading(scenario: Scenario, wide: Footprint, shown: BoolArray) -> str:
    """Through which channel it moves, and how much of it is chance."""
    weight = np.abs(wide.by_channel) @ wide.people / wide.people.sum()
    channel = list(CHANNEL_WORDS)[int(np.argmax(weight))]
    within, all_of_them = int(np.sum(shown & (np.abs(wide.moved) <= wide.chance))), int(np.sum(shown))
    how_many = {0: "none", all_of_them: "all"}.get(within, str(within))
    undone = (
        " To move money is what the multiplier is for: prices set place by place with the same total would undo it."
        if scenario.area_multiplier > 1
        else ""
    )
    return (
        "With the same total, prices set place by place give each place the same per head; what one price for all "
        f"gives instead comes most of all through {CHANNEL_WORDS[channel]}.{undone} The thin lines show "
        "chance: had other "
        "people been drawn into a place, its figure could differ by that much; the movement is no larger than that in "
        f"{how_many} of the {all_of_them} places. A provider in one place lives with that chance too."
    )


FOOTPRINT_POUNDS = (
    "£ per person under one price",
    "£ moved per person",
    "£ of it through the fee",
    "£ of it through the price of results",
    "£ of it through the common target",
    "£ give or take (chance)",
)


def footprint_table(wide: Footprint, prices: list[Prices], shown: BoolArray) -> pd.DataFrame:
    """What one price moves, by channel, and the payback under either price."""
    own = {price.name: price for price in prices}
    columns = dict(zip(FOOTPRINT_POUNDS, (wide.paid, wide.moved, *wide.by_channel, wide.chance), strict=True))
    table = pd.DataFrame({"Place": wide.names, **columns})
    for label, name in (("Payback, one price", "payback_wide"), ("Payback, own price", "payback_own")):
        table[label] = [getattr(own[place], name) if place in own else np.nan for place in wide.names]
    table.loc[~shown, table.columns[1:]] = np.nan
    return table


def outside_words(others: tuple[Authority, ...], inside: tuple[Authority, ...]) -> str:
    """What is known of the other part of the contract package area, and what is not."""
    scores = "; ".join(f"{a.name} {a.score:.1f}, {percent(a.most_deprived)}" for a in others)
    mine = [a.score for a in inside]
    return (
        "The contract package area of 2014 to 2021 was Cheshire and Greater Manchester. **Known of Cheshire** "
        "(published, "
        "Indices of Deprivation 2025): its four authorities' mean deprivation score, and the share of their "
        "neighbourhoods "
        f"in England's most deprived tenth: {scores}. (Greater Manchester's boroughs score {min(mine):.1f} to "
        f"{max(mine):.1f}.) **Not known here**: how many people are on probation there, their needs, their "
        "risks, and in "
        "which streets they live. So no figure for Cheshire is shown unless you ask for an illustration."
    )


def outside_note(share: float) -> str:
    """What the illustration assumes."""
    return (
        f"An illustration, not a finding. It assumes that {percent(share)} of the area's people are in Cheshire, "
        "a quarter of "
        "them in each authority, and that they are like the people of Greater Manchester who live in places as "
        "deprived "
        "as that authority's."
    )


def georgia_words(scenario: Scenario) -> str:
    """Why there is no map of other people."""
    whose = specs()["cohort"].choices[scenario.cohort]
    why = (
        "The records of Georgia name 25 groups of areas, and no boundaries of them are here."
        if scenario.cohort == "georgia_parole"
        else "A table of your own has deprivation tenths and no streets."
    )
    return f"There is no map for “{whose}”. {why} What can be shown is what the price rewards by deprivation tenth."


def tenth_title(evaluation: Evaluation, payback: FloatArray) -> str:
    """The ends of payback by tenth."""
    there = np.flatnonzero(~np.isnan(payback))
    if not len(there):
        return "Nobody here needs more than the contractual minimum"
    return (
        f"An extra £1 pays back {pence(payback[there[0]])} in deprivation tenth {there[0] + 1} and "
        f"{pence(payback[there[-1]])} in tenth {there[-1] + 1}"
    )


def drag_note(scenario: Scenario) -> str:
    """Why places differ at all."""
    return (
        f"Places differ for two reasons: in the most deprived tenth the same support is assumed to achieve "
        f"{percent(scenario.area_drag)} less, and a multiplier, where there is one, pays more there. "
        "What a person needs is taken to be the same wherever they live."
    )
