"""The cheapest fair price in sentences and tables. No streamlit."""

import numpy as np
import pandas as pd

from pages.kit.markdown import count, millions, pence, percent, pounds
from pricing.people.cohort import BoolArray
from pricing.questions.cheapest import figures, left_out, limits, specify
from pricing.questions.cheapest.answer import Answer
from pricing.scenario.in_words import stated
from pricing.scenario.metrics import METRICS

MOST_NAMED = 6
"""Groups that set a price and are named one by one, at most."""
ON_AVERAGE = (
    "In this explorer hours are what works and can be seen. Where the quality of support cannot be checked, writing "
    "hours down does not buy it; only results do."
)
FAMILIES = {
    "own": "A price of its own for each group",
    "table": "An amount for each further need and tenth",
    "explorer": "The explorer's premiums and multiplier",
    "flat": "One price for everyone",
}


def promise(found: Answer) -> str:
    """What is promised, as the end of a sentence."""
    asked = found.ground.scenario
    back = f"an extra £1 pays back {pence(asked.promise_floor)} for every group"
    return {
        "payback": back,
        "last_pound": f"even the last £1 pays back {pence(asked.promise_floor)} for every group",
        "most_people": f"it pays to give all needed support to {stated(asked, 'promise_people')} of every group",
        "no_loss": f"{back} and nobody is a loss when done right",
    }[asked.promise]


def verdict(found: Answer) -> str:
    """Whether it can be done within the limits, and for how much."""
    kept, people = found.chosen, float(found.ground.people.sum())
    price = (
        f"{pounds(kept.cost)} a person, {millions(kept.cost * people)} in all, {percent(kept.share)} of it on results"
    )
    if all(found.within.values()):
        return f"Yes: the cheapest price at which {promise(found)} costs {price}."
    if found.ground.mean_cost > (found.ground.scenario.most_spent or found.today):
        return f"Not within your limits: the price at which {promise(found)} costs {price}, more than may be spent."
    return f"It can be done, but not within your limits: the price at which {promise(found)} costs {price}."


def beside_today(found: Answer) -> str:
    """The cost beside what the price as it stands would pay."""
    way = "less" if found.chosen.cost < found.today else "more"
    return (
        f"That is {way} than the price as it stands would pay if everyone got what they need ({pounds(found.today)} a "
        f"person); the support itself costs {pounds(found.ground.mean_cost)}."
    )


def limits_say(found: Answer) -> list[str]:
    """What each limit leaves of the promise, a sentence each."""
    asked, needed = found.ground.scenario, found.chosen.found.pot
    names = {
        "share": f"At most {stated(asked, 'most_on_results')} on results",
        "budget": f"At most {pounds(asked.most_spent or found.today)} a person",
    }
    said = []
    for name, pot in found.allowed.items():
        if found.within[name]:
            said.append(f"{names[name]} is enough.")
            continue
        if asked.promise == "no_loss":  # no pot stands for the limit: the fee moves with the prices
            said.append(f"{names[name]} is not enough.")
            continue
        left = f" Under the same pattern each £1 then pays back at least {pence(found.floor_within(pot))}."
        said.append(
            f"{names[name]} allows {pounds(pot)} on results, where the promise needs {pounds(needed)}."
            + (left if asked.promise == "payback" else "")
        )
    return said


def at_that_price(found: Answer) -> str:
    """What the promise does not promise."""
    if found.check is None:
        return "The promise is about groups, on average: within a group, riskier people carry the others."
    totals = found.check.totals
    parked = totals["parked_people"] / totals["people"]
    return (
        f"Even at this price it pays to do the minimum for {percent(parked)} of people, and "
        f"{percent(found.check.withheld)} of the needed hours are not rewarded: the promise "
        "is about groups, on average."
    )


def group_name(found: Answer, group: int) -> str:
    """A group in words."""
    needs, tenth = int(found.ground.needs[group]), int(found.ground.tenth[group])
    have = {0: "no needs", 1: "1 need"}.get(needs, f"{needs} needs")
    where = {1: "the most deprived tenth", 10: "the least deprived tenth"}.get(tenth, f"deprivation tenth {tenth}")
    return f"people with {have} in {where} ({count(found.ground.people[group])})"


def what_sets_it(found: Answer) -> str:
    """The groups that set the price, and the most that leaving one of them out would save, solved again."""
    setting = [int(group) for group in np.flatnonzero(found.sets_price)]
    if not setting or found.family == "own":
        return "Every group has a price of its own: each sets its own, and no other."
    named = "; ".join(group_name(found, group) for group in setting[:MOST_NAMED])
    more = f"; and {len(setting) - MOST_NAMED} more" if len(setting) > MOST_NAMED else ""
    saved = max(found.saved_without(group) for group in setting[:MOST_NAMED])
    number = "One group sets" if len(setting) == 1 else f"{len(setting)} groups set"
    return (
        f"{number} this price: {named}{more}. Leaving any one of them out of the promise would save at most "
        f"£{saved:,.2f} a person."
    )


def schedule_table(found: Answer) -> pd.DataFrame:
    """The schedule, a row for each group."""
    ground, kept = found.ground, found.chosen
    table = pd.DataFrame({"Needs": ground.needs, "Deprivation tenth": ground.tenth, "People": ground.people})
    for row, metric in enumerate(ground.metrics):
        table[f"Required, £ per {METRICS[metric].unit}"] = kept.required[row]
        table[f"Paid, £ per {METRICS[metric].unit}"] = kept.found.prices[row]
    table["Promised to"] = np.where(found.protected, "yes", "too few people")
    table["Sets the price"] = np.where(found.sets_price, "●", "")
    return table


def styles(found: Answer) -> dict[str, str]:
    """How the numbers of the schedule are written."""
    return {name: "£%,.0f" for name in schedule_table(found).columns if "£" in name}


def family_table(found: Answer) -> pd.DataFrame:
    """What each kind of price costs, the cheapest first."""
    rows = [
        {
            "Kind of price": FAMILIES[name],
            "£ per person": pounds(kept.cost),
            "On results": percent(kept.share),
            "Fee": pounds(kept.fee),
        }
        for name, kept in sorted(found.kept.items(), key=lambda item: item[1].cost)
    ]
    return pd.DataFrame(rows)


def who_is_left_out(found: Answer) -> list[str]:
    """Whom a pot that the share allows protects with prices of their own: both ways to choose."""
    ground, pot = found.ground, limits.by_share(found.ground, found.ground.scenario.most_on_results)
    amount = "Any pot" if np.isinf(pot) else f"{pounds(pot)} a person on results"
    needed = np.where(np.isfinite(found.chosen.required[0]), found.chosen.required[0], np.inf)
    everyone = float(ground.people @ found.protected)
    most = left_out.most_people(ground, needed, found.protected, pot)
    worst = left_out.worst_off_first(ground, needed, found.protected, pot)
    return [
        f"{amount}, with a price of its own for each group, keeps the promise to "
        f"{count(most.people)} of {count(everyone)} people if as many as possible are chosen: "
        f"{kinds(found, most.groups)}.",
        f"With the people with most needs in the most deprived places first, to {count(worst.people)}: "
        f"{kinds(found, worst.groups)}.",
    ]


def kinds(found: Answer, groups: BoolArray) -> str:
    """Which numbers of needs the chosen groups have."""
    needs = sorted({int(n) for n in found.ground.needs[groups]})
    return "nobody" if not needs else f"with {', '.join(map(str, needs))} needs"


def specified(found: Answer) -> str:
    """What writing the hours down would cost, and up to where it is the cheaper way."""
    asked = found.ground.scenario
    cost = specify.all_specified(found.ground, asked.checking_cost)
    even = specify.worth_paying(found.ground, figures.required(found))[found.protected]
    even = even[np.isfinite(even)]
    between = f"{percent(even.min())} to {percent(even.max())}" if len(even) else "no share"
    return (
        f"All needed support, written down and checked at {stated(asked, 'checking_cost')} of its extra cost, costs "
        f"{pounds(cost)} a person. Group by group, paying for results is the cheaper way only where checking costs "
        f"more than {between} of the extra support."
    )
