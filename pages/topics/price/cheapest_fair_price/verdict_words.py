"""The verdict, what each limit leaves of the promise, and what would have to give, in words. No streamlit."""

import math

from pages.kit.markdown import count, millions, pence, percent, pounds
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.questions.cheapest import figures, left_out, specify
from pricing.questions.small_provider.bad_luck import BadLuck
from pricing.questions.small_provider.said.words import middle_of_range
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import specs
from pricing.take_away.cheapest_price import promise
from pricing.words.numbers import in_a_row

ON_AVERAGE = (
    "In this explorer hours are what works and can be seen. Where the quality of support cannot be checked, writing "
    "hours down does not buy it; only results do."
)


def verdict(shown: Weighed) -> str:
    """Whether it can be done within the limits, and for how much."""
    found, people = shown.found, float(shown.found.ground.people.sum())
    price = f"{cost(shown)} a person, {millions(found.chosen.cost * people)} in all, {share(shown)} of it on results"
    if not shown.affordable:
        needed, most = apart(found.ground.mean_cost, shown.budget)
        return (
            f"Not within your limits: the support that people need costs {needed} a person by itself, and no more than "
            f"{most} may be spent."
        )
    if not shown.needed:
        return f"Nothing is asked of the price: what people need costs {cost(shown)} a person, all of it as a fee."
    promised = promise(found.ground.scenario)
    if shown.broken:
        return f"It can be done, but not within your limits: the cheapest price at which {promised} costs {price}."
    luck = "" if shown.luck is not None else " Luck is not in this answer."
    return f"Yes: the cheapest price at which {promised} costs {price}. That is within your limits.{luck}"


def cost(shown: Weighed) -> str:
    """What the price costs a person, with as many digits as tell it from what may be spent."""
    return apart(shown.found.chosen.cost, shown.budget, same=shown.found.within["budget"])[0]


def share(shown: Weighed) -> str:
    """The share on results, with as many digits as tell it from the most that may hang on them."""
    found, most = shown.found.chosen.share, shown.found.ground.scenario.most_on_results
    if shown.found.within["share"]:
        return percent(found)
    decimals = next((d for d in range(6) if float(f"{100 * found:.{d}f}") > 100 * most), 6)
    return f"{100 * found:.{decimals}f}%"


def apart(one: float, other: float, *, same: bool = False) -> tuple[str, str]:
    """Two amounts of £, in pence where whole pounds would not tell them apart; ``same``: they need not be."""
    if same or pounds(one) != pounds(other):
        return pounds(one), pounds(other)
    return pence(one), pence(other)


def beside_today(shown: Weighed) -> str:
    """The cost beside what the price as it stands would pay."""
    found = shown.found
    now, today = pounds(found.chosen.cost), pounds(found.today)
    way = "as much as" if now == today else "less than" if found.chosen.cost < found.today else "more than"
    return (
        f"That is {way} the price as it stands would pay if everyone got what they need ({today} a person). "
        f"The support itself costs {pounds(found.ground.mean_cost)} a person."
    )


def on_average(shown: Weighed) -> str:
    """What the promise does not promise."""
    parked, withheld = shown.rewarded.parked, shown.rewarded.withheld
    if parked == 0 and withheld < 0.005:
        return "At this price it pays to do the minimum for nobody, and to give all of the needed hours."
    part = "part of each group" if shown.found.ground.scenario.promise == "most_people" else "groups, on average"
    return (
        f"Even at this price it pays to do the minimum for {percent(parked)} of people (parking), and "
        f"{percent(withheld)} of the needed hours are not rewarded: the promise is about {part}."
    )


def provider(shown: Weighed) -> str:
    """The reader's provider."""
    asked = shown.found.ground.scenario
    clients = "1 client" if asked.clients == 1 else f"{stated(asked, 'clients')} clients"
    return f"a provider of {clients}" + (f", one of {stated(asked, 'partners')} partners" if asked.partners > 1 else "")


def bad_year(shown: Weighed, luck: BadLuck) -> str:
    """How far luck takes a bad year below an average one, beside reserves."""
    asked = shown.found.ground.scenario
    took, bears = apart(luck.taken, luck.bearable, same=luck.borne)
    return (
        f"the worst year in 20 is {took} below an average year of {provider(shown)}, whose reserves of "
        f"{stated(asked, 'reserves')} may bear {bears}"
    )


def limits_say(shown: Weighed) -> list[str]:
    """What each limit leaves of the promise, a sentence each."""
    asked = shown.found.ground.scenario
    if not shown.needed:
        return []
    names = {
        "share": f"At most {stated(asked, 'most_on_results')} on results",
        "budget": f"At most {pounds(shown.budget)} a person",
    }
    said = []
    for name, kept in shown.within.items():
        if name == "luck":
            said.append(luck_says(shown))
        elif kept:
            said.append(f"{names[name]} is enough.")
        else:
            said.append(f"{names[name]} is not enough{allows(shown, name)}.")
    if shown.luck is None:
        said.append(f"How far a bad year is below an average one is not known here: {shown.no_luck}")
    return said


def marks(shown: Weighed) -> str:
    """How to read the bar of what is needed."""
    there = [name for name in shown.broken if name in shown.allowed]
    if not there:
        return "Every limit that is known allows at least as much."
    known = "a limit that is not marked allows enough" if shown.luck is not None else "what luck allows is not known"
    return f"Each mark is what a limit allows; {known}."


def luck_says(shown: Weighed) -> str:
    """Whether the reader's provider can bear the luck that comes with the price."""
    luck = shown.luck
    if luck is None:
        return ""
    of_range = middle_of_range(shown.found.ground.scenario)
    if luck.borne:
        return f"Luck can be borne: {bad_year(shown, luck)}.{of_range}"
    return f"Luck cannot be borne: {bad_year(shown, luck)}{allows(shown, 'luck')}.{of_range}"


def allows(shown: Weighed, name: str) -> str:
    """What a limit that is not kept to leaves, as the end of a sentence."""
    if name not in shown.allowed:
        return ""
    if name == "luck" and shown.luck_beside:
        return ": even with nothing on results, who comes moves costs by more than reserves bear"
    pot = shown.allowed[name]
    if pot <= 0:
        return ": it leaves nothing for results"
    little, needed = apart(pot, shown.needed)
    said = f": it allows {little} a person on results, where the promise needs {needed}"
    if not shown.scales:
        return said
    floor = shown.floor_under(name)
    left = f"each £1 then pays back at least {pence(floor)}" if floor else "each £1 then pays back less than a penny"
    return f"{said}. In the same proportions {left} for the group worst off"


def raised(shown: Weighed) -> str:
    """The limits that would have to be raised together."""
    found, asked = shown.found, shown.found.ground.scenario
    exact = {"share": 100 * found.chosen.share, "budget": found.chosen.cost}
    needs = {"share": f"{ceiling(exact['share'])}% on results", "budget": f"£{ceiling(exact['budget'])} a person"}
    if shown.luck is not None:
        exact["luck"] = shown.luck.taken / asked.luck_share
        needs["luck"] = f"reserves of £{ceiling(exact['luck'])}, of which {stated(asked, 'luck_share')} may be risked"
    up = any(ceiling(exact[name]) != f"{exact[name]:,.0f}" for name in shown.broken)
    return in_a_row([needs[name] for name in shown.broken]) + (" (rounded up, so that they suffice)" if up else "")


def ceiling(number: float) -> str:
    """A whole number that is no less, up to the rounding of a sum."""
    return f"{math.ceil(round(number, 6)):,}"


def gives(shown: Weighed) -> list[str]:
    """What would have to give, each alone; empty where nothing has to."""
    if not shown.broken or not shown.affordable:
        return []
    said = [f"**Wider limits:** {raised(shown)}."]
    if shown.scales:
        floor = min(shown.floor_under(name) for name in shown.broken)
        low = specs()["promise_floor"].low
        said.append(
            f"**A smaller promise:** {pence(floor)} for each extra £1 instead of "
            f"{stated(shown.found.ground.scenario, 'promise_floor')}."
            if floor > low
            else "**A smaller promise** would not help: not a penny in the £ is within your limits."
        )
    if shown.single and shown.scales and {"share", "budget"} & set(shown.broken):
        said.append(f"**A promise to fewer people:** {fewer(shown)}")
    return [*said, specified(shown)]


def fewer(shown: Weighed) -> str:
    """To how many people the promise can be kept within the limits on share and budget, both ways to choose."""
    found, pot = shown.found, shown.pot_for_own_prices
    given = (found.ground, figures.required(found), found.protected, pot)
    most, worst = left_out.most_people(*given).people, left_out.worst_off_first(*given).people
    everyone = count(float(found.ground.people @ found.protected))
    if not most:
        return f"{pounds(pot)} a person on results would not keep it to any group, even with a price of its own."
    luck = " Luck is left aside here." if "luck" in shown.broken else ""
    return (
        f"with a price of its own for each group, {pounds(pot)} a person on results keeps it to {count(most)} of "
        f"{everyone} people if as many as possible are chosen, or to {count(worst)} if those with most needs in the "
        f"most deprived places come first.{luck}"
    )


def specified(shown: Weighed) -> str:
    """The hours written down instead."""
    ground = shown.found.ground
    checking = stated(ground.scenario, "checking_cost")
    whole = specify.all_specified(ground, ground.scenario.checking_cost)
    if whole > shown.budget * (1 + 1e-9):
        costs, most = apart(whole, shown.budget)
        return (
            f"**Writing the hours down** would not help: with checking at {checking} of their extra cost they come to "
            f"{costs} a person, and {most} may be spent."
        )
    still = " Who comes would still move costs by more than reserves bear." if shown.luck_beside else ""
    return (
        f"**Hours written down instead:** all needed support, with checking at {checking} of its extra cost, costs "
        f"{pounds(whole)} a person, none of it on results.{still}"
    )


def how_answered(shown: Weighed) -> list[str]:
    """What the answer takes to be otherwise than the reader's price, a sentence each."""
    found = shown.found
    asked, said = found.evaluation.scenario, []
    if asked.target != "own":
        said.append(
            "Answered with an own target for each person, whatever the panel says: only then does a group's price pay "
            "for what its own support achieves. “Use this price” sets it."
        )
    if found.clauses_off:
        said.append("Clauses that bend pay are left out: the answer is for a contract that pays one for one.")
    if not shown.single:
        said.append(
            "Several measures are paid: the answer is one mix of their prices for everyone, or prices of their own for "
            "each group. Premiums on top of a mix are not searched."
        )
    if asked.promise == "most_people" and asked.mission_weight:
        said.append(
            f"The provider's mission (a pull of {stated(asked, 'mission_weight')}) is worth some of the support to it: "
            "the price has to pay for the rest."
        )
    if found.family != asked.schedules and shown.single:
        said.append(f"The kind of price that is asked for does not exist here: {found.refused[asked.schedules]}")
    return said
