"""The cheapest fair price under the reader's question, for files that leave: sentences, and its schedule as a table."""

import numpy as np
import pandas as pd

from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.questions.cheapest import rewarded
from pricing.questions.cheapest.answer import Answer, answer
from pricing.scenario import in_words
from pricing.scenario.in_words import stated
from pricing.scenario.promise import GROUP
from pricing.scenario.scenario import Scenario, specs
from pricing.words.groups import smallest_shown
from pricing.words.numbers import percent, pounds, unit


def found(evaluation: Evaluation) -> Answer | str:
    """The answer for an evaluated scenario, or the reason why there is none."""
    try:
        return answer(evaluation)
    except ScenarioError as problem:
        return str(problem)


def question(evaluation: Evaluation) -> str:
    """What is asked: every parameter of the question as it stands."""
    scenario = evaluation.scenario
    asked = [
        name
        for name, spec in specs().items()
        if spec.group == GROUP and (name != "promise_people" or scenario.promise == "most_people")
    ]
    told = "; ".join(in_words.said(scenario, asked))
    return f"{told[:1].upper()}{told[1:]}."


def promise(asked: Scenario) -> str:
    """What is promised, as the end of a sentence."""
    floor = stated(asked, "promise_floor")
    back = f"an extra £1 of needed support pays back at least {floor} for every group"
    return {
        "payback": back,
        "last_pound": f"even the last £1 of needed support pays back at least {floor} for every group",
        "most_people": f"it pays to give all needed support to {stated(asked, 'promise_people')} of every group",
        "no_loss": f"{back}, and no group is a loss when done right",
    }[asked.promise]


def sentences(evaluation: Evaluation, of: Answer | str) -> list[str]:
    """The answer in words: its cost and share, what the limits say, and whom it still pays to do the minimum for."""
    if isinstance(of, str):
        return [of]
    scenario, chosen, allowed, within = of.ground.scenario, of.chosen, of.allowed, of.within
    rewards = rewarded.under(of.ground, chosen.found.prices)
    spent = pounds(scenario.most_spent or of.today)
    lines = [
        f"Promised: {promise(scenario)}. The cheapest price that keeps this promise costs {pounds(chosen.cost)} a "
        f"person, {percent(chosen.share)} of it on results, when everyone gets what they need; the price as it stands "
        f"would then pay {pounds(of.today)}.",
        f"It needs {pounds(chosen.found.pot)} a person on results. At most {stated(scenario, 'most_on_results')} on "
        f"results allows {pounds(allowed['share'])}: {'enough' if within['share'] else 'not enough'}. The most it "
        f"may cost, {spent} a person, is {'enough' if within['budget'] else 'not enough'}.",
        f"Even at that price it pays to do the minimum for {percent(rewards.parked)} of people: the promise is about "
        "groups, on average.",
    ]
    lines.append(
        "Whether one provider could bear the luck is left aside here: “The cheapest fair price” in the explorer says."
    )
    if of.family != scenario.schedules:
        lines.append(f"The answer is about another kind of price than was asked for: {of.refused[scenario.schedules]}")
    if of.clauses_off:
        lines.append("The contract's clauses are left out of this answer.")
    return lines


def schedule(evaluation: Evaluation, of: Answer) -> tuple[pd.DataFrame, dict[str, str]]:
    """A row per group: what it requires, what it is paid, who sets the price; and the kind of each column.

    Groups too small to be shown elsewhere have their price and nothing that would tell their make-up; a price of
    their own would.
    """
    ground, kept = of.ground, of.chosen
    seen = ground.people >= smallest_shown(evaluation)
    told = seen | (of.family != "own")
    index = evaluation.scenario.area_index
    table = pd.DataFrame({"Number of needs": ground.needs, f"Deprivation tenth ({index})": ground.tenth})
    table["People"] = np.where(seen, ground.people, np.nan)
    kinds = {"People": "count", "Fee, £ per person": "pence", "Paid beyond what is required": "percent"}
    table["Fee, £ per person"] = kept.fee
    for row, metric in enumerate(ground.metrics):
        needed, per = kept.required[row], f"£ per {unit(metric, 'own')}"
        table[f"Required, {per}"] = np.where(seen & np.isfinite(needed), needed, np.nan)
        table[f"Paid, {per}"] = np.where(told, kept.found.prices[row], np.nan)
        kinds |= {f"Required, {per}": "pence", f"Paid, {per}": "pence"}
    over = np.where(seen & of.protected & np.isfinite(of.over), np.maximum(of.over, 0.0), np.nan)
    table["Paid beyond what is required"] = over
    table["Sets the price"] = np.where(seen & of.sets_price, "yes", "")
    return table, kinds
