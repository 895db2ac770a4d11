"""Places in words and tables. No streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pages.kit import groups, measures
from pages.kit.markdown import count, escape, pence, percent, pounds, signed
from pages.kit.measures import Measure
from pricing.evaluate import Evaluation
from pricing.people.area_map import DOMAINS
from pricing.people.arrays import FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.places.boroughs import Boroughs
from pricing.questions.places.neighbourhoods import Neighbourhoods
from pricing.scenario.in_words import stated
from pricing.scenario.offered import is_elsewhere
from pricing.scenario.scenario import Scenario

OWED = (
    "Contains National Statistics and OS data © Crown copyright and database right. Boundaries (Office for National "
    "Statistics) and the English Indices of Deprivation 2025 (Ministry of Housing, Communities and Local "
    "Government) are "
    "under the Open Government Licence v3.0. Outlines are simplified."
)
MEASURES: Mapping[str, Measure] = {
    name: measures.MEASURES[name] for name in ("payback", "margin_at_benchmark", "withheld", "parked")
} | {"moved": Measure("Money that the multiplier moves", "signed", 0.0)}
TENTH, WORST = "Tenth", "In worst fifth"
TENTH_NOTE = (
    "Deprivation by domain, published 2025: the tenth of England's neighbourhoods it is in; 1 is the most deprived."
)
WORST_NOTE = "Deprivation by domain, published 2025: the share of its neighbourhoods in England's most deprived fifth."
OWED_ELSEWHERE = "Boundaries and deprivation are those that came with these people. Outlines are simplified."
TENTH_ELSEWHERE = "Deprivation as the table has it that came with these people: its tenth; 1 is the most deprived."
WORST_ELSEWHERE = (
    "Deprivation as the table has it that came with these people: the share of its neighbourhoods in the most deprived "
    "fifth."
)
INDEX_WORDS = {"overall": "overall deprivation", "employment": "employment", "housing": "housing and services"}
INDEX_LABELS = {"overall": "Overall", "employment": "Employment", "housing": "Housing"}
SHAPE_WORDS = {"line": "Evenly", "worst_fifth": "Most deprived fifth only", "steep": "Steeply"}
STYLES = {
    "Payback per £1": "£%.2f",
    "Margin when done right": "£%.0f",
    "Needed support not paid for": "percent",
    "Pays to do the minimum": "percent",
    "£ moved by the multiplier": "%.0f",
    "Needs per person": "%.2f",
}
COLUMNS = {
    "people": "People",
    "parked_people": "Of them left behind",
    "payback": "Payback per £1",
    "margin_at_benchmark": "Margin when done right",
    "withheld": "Needed support not paid for",
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
    return groups.MEANING[measure].replace(groups.BELOW_NOTE, "Under £1 it pays to cut support.")


def as_if_note(compared: Scenario) -> str:
    """Which multiplier the money is for."""
    index = INDEX_WORDS[compared.area_index]
    return f"The multiplier is {stated(compared, 'area_multiplier')}× for the most deprived tenth, by {index}."


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
    for key, tenths in places.domains.items():
        table[f"{DOMAINS[key]} (tenth)"] = tenths.astype(int)
    return table.sort_values(["Borough", "Neighbourhood"])


def domain_table(places: Neighbourhoods, name: str) -> pd.DataFrame:
    """A neighbourhood's tenths by domain, or the share of a borough's that are in the most deprived fifth, in words."""
    domains = {"Overall": places.tenths["overall"]} | {DOMAINS[key]: tenths for key, tenths in places.domains.items()}
    if name in places.names:
        at = places.names.index(name)
        return pd.DataFrame({"Deprivation": list(domains), TENTH: [str(int(t[at])) for t in domains.values()]})
    inside = places.borough == places.boroughs.index(name)
    worst = [percent(float(np.mean(tenth[inside] <= 2))) for tenth in domains.values()]
    return pd.DataFrame({"Deprivation": list(domains), WORST: worst})


def owed(cohort: Cohort) -> str:
    """Whose the shapes and the table of deprivation are."""
    return OWED_ELSEWHERE if is_elsewhere(cohort.name) else OWED


def deprivation_note(cohort: Cohort, *, street: bool) -> str:
    """What the numbers are that stand beside a neighbourhood or a borough."""
    if is_elsewhere(cohort.name):
        return TENTH_ELSEWHERE if street else WORST_ELSEWHERE
    return TENTH_NOTE if street else WORST_NOTE


def whom(cohort: Cohort) -> str:
    """The people, said to be invented where they are."""
    synthetic = cohort.fitted is not None and cohort.fitted.declaration.synthetic
    return "the illustrative people" if synthetic else "these people"


def of_borough(found: Boroughs, name: str, cohort: Cohort) -> str:
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
        f"{count(row['people'])} of {whom(cohort)} live in {name}, with {row['needs']:.1f} needs on average. "
        f"An extra £1 of support pays back {pence(row['payback'])}; done right, {pounds(row['margin_at_benchmark'])} a "
        f"person is left. {behind}"
    )


def same_people(cohort: Cohort) -> str:
    """Who is shown in a neighbourhood."""
    own = (
        "What each neighbourhood's own people are like is not in these data."
        if is_elsewhere(cohort.name)
        else f"Under five of {whom(cohort)} live in any one, too few to say anything of them."
    )
    return (
        f"Every neighbourhood is shown for the same people: the needs and risks of all of {cohort.area}, as if they "
        f"lived there. {own}"
    )


def of_neighbourhood(places: Neighbourhoods, found: pd.DataFrame, name: str, area: str) -> str:
    """What the price rewards for the same people if they lived there."""
    row = {str(k): float(v) for k, v in found.iloc[places.names.index(name)].items()}
    return (
        f"If {area}'s people lived in {name}, an extra £1 of support would pay back "
        f"{pence(row['payback'])}, "
        f"done right {pounds(row['margin_at_benchmark'])} a person would be left, {percent(row['withheld'])} of "
        "the hours "
        f"they need would not pay, and for {percent(row['parked'])} of them it would pay to do the minimum."
    )


def money_here(by_index: Mapping[str, float]) -> str:
    """What each multiplier moves in or out of a place."""
    said = ", ".join(f"{signed(amount)} by {INDEX_WORDS[index]}" for index, amount in by_index.items())
    return f"Money moved per person: {said}."


def without_map(cohort: Cohort) -> str:
    """Why there is no map of these people, and what is shown instead."""
    shown = "What can be shown is what the price rewards by deprivation tenth."
    return f"There is no map for “{escape(cohort.label)}”. {cohort.no_map} {shown}"


def tenth_title(evaluation: Evaluation, payback: FloatArray) -> str:
    """The ends of payback by tenth."""
    there = np.flatnonzero(~np.isnan(payback))
    if not len(there):
        return "Nobody here needs more than the contractual minimum"
    if len(there) == 1:
        return (
            f"An extra £1 pays back {pence(payback[there[0]])} in deprivation tenth {there[0] + 1}, the only one shown"
        )
    return (
        f"An extra £1 pays back {pence(payback[there[0]])} in deprivation tenth {there[0] + 1} and "
        f"{pence(payback[there[-1]])} in tenth {there[-1] + 1}"
    )


def drag_note(scenario: Scenario) -> str:
    """Why places differ at all."""
    return (
        f"Places differ for two reasons: in the most deprived tenth the same support is assumed to achieve "
        f"{stated(scenario, 'area_drag')} less, and a multiplier, where there is one, pays more there. "
        "What a person needs is taken to be the same wherever they live."
    )
