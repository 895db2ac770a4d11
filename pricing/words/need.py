"""Where it comes from what people need: the benchmark that a price is judged against, in words."""

from collections.abc import Sequence

from pricing.price.support_hours import GUIDELINE_HOURS
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario


def source(scenario: Scenario) -> str:
    """What the support that people need is taken to be, as a part of a sentence."""
    if scenario.benchmark == "socially_worthwhile":
        return f"as long as an hour saves society its cost, at {stated(scenario, 'social_cost')} a reoffence"
    if scenario.benchmark == "guideline":
        *some, last = (f"{hours:.0f}" for hours in GUIDELINE_HOURS)
        return f"{', '.join(some)} or {last} hours, by risk"
    name = "contract_value" if scenario.need_follows_value else "needed_budget"
    whose = ", the contract value," if scenario.need_follows_value else ""
    return f"the hours that {stated(scenario, name)} a person{whose} pays for, shared by risk and needs"


def sentence(scenario: Scenario) -> str:
    """The same as a sentence, with what it means for a cut of the contract value."""
    said = f"What people need is taken to be {source(scenario)}"
    follows = "; a cut of the contract value lowers it" if scenario.need_follows_value else ", whatever this price pays"
    return f"{said}{follows}."


def of_both(a: Scenario, b: Scenario) -> str | None:
    """That both of two prices are judged by what the second takes people to need; None where they agree anyway."""
    if alike(a, b):
        return None
    by_itself = "" if source(a) == source(b) else f" A by itself took it to be {source(a)}."
    return f"A and B are both judged by what B takes people to need: {source(b)}.{by_itself}"


def alike(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios take people to need the same, but for what an hour and a case cost in each."""
    return source(one) == source(other) and (one.benchmark != "fair_share" or one.need_weight == other.need_weight)


def of_all(scenarios: Sequence[Scenario]) -> str:
    """That all of several prices are judged by what the first takes people to need; "" where they agree anyway."""
    others = [str(number) for number, one in enumerate(scenarios, 1) if not alike(one, scenarios[0])]
    if not others:
        return ""
    *some, last = others
    by_themselves = f"{', '.join(some)} and {last} by themselves take" if some else f"{last} by itself takes"
    return (
        f"All are judged by what the first takes people to need: {source(scenarios[0])}. Number {by_themselves} people "
        "to need something else."
    )
