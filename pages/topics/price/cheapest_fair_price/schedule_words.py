"""The schedule: which groups set it, what leaving them out would save, and its tables, in words. No streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pages.kit import groups
from pages.kit.markdown import count, lower_first, percent, pounds, unit
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.people.arrays import BoolArray
from pricing.people.cells import SMALLEST_COUNT
from pricing.price.schedule import MANY_NEEDS
from pricing.questions.cheapest.answer import Answer
from pricing.questions.cheapest.promises import Kept
from pricing.scenario.in_words import stated, unit_now, written
from pricing.scenario.scenario import specs

MOST_NAMED = 5
"""Groups that are named one by one, at most."""
SETS = "●"
FAMILIES = {
    "own": "A price of its own for each group",
    "table": "An amount for each further need and tenth",
    "explorer": "Premiums for needs, a multiplier for place",
    "flat": "One price for everyone",
}


def of_group(found: Answer, group: int) -> str:
    """A group in words, without its people."""
    codes = {"needs": int(found.ground.needs[group]), "decile": int(found.ground.tenth[group]) - 1}
    return groups.group_words(found.evaluation, codes)


def group_name(found: Answer, group: int) -> str:
    """A group in words, with its people."""
    people = float(found.ground.people[group])
    few = people < SMALLEST_COUNT and groups.smallest_shown(found.evaluation) > 0
    return f"{of_group(found, group)} ({f'fewer than {SMALLEST_COUNT}' if few else count(people)})"


def promised_to(found: Answer) -> str:
    """To which groups the promise is, and to how many people."""
    ground = found.ground
    people, everyone = count(float(ground.people @ found.protected)), count(float(ground.people.sum()))
    size = stated(ground.scenario, "smallest_group")
    return (
        f"The promise is to the groups of at least {size} people: {count(float(found.protected.sum()))} of "
        f"{count(float(len(found.protected)))} groups, {people} of {everyone} people."
    )


def what_sets_it(shown: Weighed, saved: Mapping[int, float]) -> str:
    """The groups that set the price, and the most that leaving one of them out would save, solved again."""
    found = shown.found
    setting = [int(group) for group in np.flatnonzero(found.sets_price)]
    if not shown.needed:
        return "The promise asks for nothing on results, so no group sets a price."
    if found.family == "own":
        alike = " Who is left out is then paid like the nearest group that is not." if saved else ""
        return f"Every group has a price of its own.{dearest(found, saved)}{alike}"
    if not setting:
        return "No single group sets this price: the fee and the prices set it together."
    ordered = sorted(setting, key=lambda group: -float(found.ground.people[group]))
    named = "; ".join(group_name(found, group) for group in ordered[:MOST_NAMED])
    more = f"; and {len(setting) - MOST_NAMED} more" if len(setting) > MOST_NAMED else ""
    number = "One group sets" if len(setting) == 1 else f"{len(setting)} groups set"
    return f"{number} this price: {named}{more}.{dearest(found, saved)}"


def in_round_numbers(found: Answer, kept: Kept) -> str:
    """A price that can be said aloud, and what it costs beside the exact one."""
    premiums = kept.found.premiums
    assert premiums is not None
    said = [f"{pounds(premiums.price)} for each {unit(found.ground.metrics[0], 'own')}"]
    if premiums.need_premium:
        said.append(f"{percent(premiums.need_premium)} more for each need")
    if premiums.multiple_needs_premium:
        said.append(f"{percent(premiums.multiple_needs_premium)} more from {MANY_NEEDS} needs on")
    if premiums.area_multiplier != 1:
        shape = lower_first(written(specs()["area_shape"], premiums.area_shape))
        said.append(f"a multiplier of {premiums.area_multiplier:g} for the most deprived areas ({shape})")
    more = kept.cost - found.chosen.cost
    beside = f"{pounds(more)} a person more" if more >= 0.5 else "within 50p a person of it"
    return f"In round numbers: {'; '.join(said)}. It keeps the same promise and costs {beside}."


def dearest(found: Answer, saved: Mapping[int, float]) -> str:
    """What leaving one of the groups that set the price out would save at most."""
    if not saved:
        return ""
    most = max(saved, key=lambda group: saved[group])
    if saved[most] < 0.005:
        return " Leaving one of them out of the promise would save nothing: others need almost as much."
    if len(saved) == 1:
        return f" Leaving it out of the promise would save £{saved[most]:,.2f} a person."
    return (
        f" Leaving one of them out of the promise would save at most £{saved[most]:,.2f} a person, for "
        f"{of_group(found, most)}."
    )


def by_needs(saved: Mapping[int, float]) -> str:
    """What leaving out everyone with a number of needs would save, solved again."""
    most = [(needs_words(needs), f"£{amount:,.2f}") for needs, amount in sorted(saved.items()) if amount >= 0.005]
    if not most:
        return "Leaving out everyone with any one number of needs would save nothing."
    (first, amount), *others = most
    more = "".join(f", everyone with {whom} {saving}" for whom, saving in others)
    rest = "; with any other number of needs, nothing" if len(most) < len(saved) else ""
    return f"Leaving out everyone with {first} would save {amount} a person{more}{rest}."


def needs_words(needs: int) -> str:
    return {0: "no needs", 1: "1 need"}.get(needs, f"{needs} needs")


def shown_groups(found: Answer) -> BoolArray:
    """The groups whose own figures may be shown, (groups,): a built-in cohort's small groups may not."""
    return np.asarray(found.ground.people >= groups.smallest_shown(found.evaluation))


def told_prices(found: Answer) -> BoolArray:
    """The groups whose price may be shown, (groups,): a price of its own is what a group requires."""
    return shown_groups(found) | (found.family != "own")


def schedule_table(shown: Weighed, saved: Mapping[int, float]) -> pd.DataFrame:
    """The schedule, a row for each group: what it requires and is paid, and what leaving it out would save."""
    found = shown.found
    ground, kept, seen = found.ground, found.chosen, shown_groups(found)
    told = told_prices(found)
    table = pd.DataFrame({"Needs": ground.needs, "Deprivation tenth": ground.tenth})
    few = (ground.people < SMALLEST_COUNT) & (groups.smallest_shown(found.evaluation) > 0)
    table["People"] = np.where(few, np.nan, ground.people)
    for row, metric in enumerate(ground.metrics):
        needed = kept.required[row]
        table[f"Required, £ per {unit(metric, 'own')}"] = np.where(seen & np.isfinite(needed), needed, np.nan)
        table[f"Paid, £ per {unit(metric, 'own')}"] = np.where(told, kept.found.prices[row], np.nan)
    over = np.where(seen & found.protected & np.isfinite(found.over), np.maximum(found.over, 0.0), np.nan)
    table["Paid beyond it"] = np.where(over < 1e-4, 0.0, over)
    table["Saved if left out, £ a person"] = np.where(
        told, [saved.get(group, np.nan) for group in range(len(table))], np.nan
    )
    table["Promised to"] = np.where(found.protected, "yes", "too few people")
    table["Sets the price"] = np.where(found.sets_price, SETS, "")
    return table


def styles(table: pd.DataFrame) -> dict[str, str]:
    """How the numbers of the schedule are written."""
    written = {name: "£%,.0f" for name in table.columns if ", £ per " in name}
    return written | {"Paid beyond it": "percent", "Saved if left out, £ a person": "£%.2f", "People": "localized"}


def map_title(shown: Weighed) -> str:
    """What the map of the schedule shows, with its numbers."""
    found = shown.found
    if not shown.single:
        return "How much more than it requires each group is paid"
    there = found.chosen.found.prices[0][found.protected & told_prices(found)]
    if not there.size:
        return "The price of each group"
    low, high, what = pounds(float(there.min())), pounds(float(there.max())), unit(found.ground.metrics[0], "own")
    if low == high:
        return f"One price for everyone: {low} per {what}"
    return f"The price runs from {low} to {high} per {what}"


def map_reading(shown: Weighed) -> str:
    """How to read it."""
    found = shown.found
    asked = found.ground.scenario
    size = f"{stated(asked, 'smallest_group')} {unit_now(asked, 'smallest_group')}"
    mark = f"{SETS} marks a group that sets the price: it is paid just what it requires, all others more. "
    mark = mark if found.sets_price.any() and found.family != "own" else ""
    short = "£54k is £54,000. " if shown.single and found.chosen.found.prices.max() >= 1e4 else ""
    return f"{mark}{short}Left empty: groups of fewer than {size}, to whom nothing is promised."


def family_table(found: Answer) -> pd.DataFrame:
    """What each kind of price costs, the cheapest first."""
    rows = [
        {
            "Kind of price": FAMILIES[name],
            "£ a person": pounds(kept.cost),
            "On results": percent(kept.share),
            "Fee": pounds(kept.fee),
        }
        for name, kept in sorted(found.kept.items(), key=lambda item: item[1].cost)
    ]
    return pd.DataFrame(rows)
