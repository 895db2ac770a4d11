"""The cheapest fair price, the one door: an evaluated scenario in, the whole answer out, held through ``evaluate``.

The answer takes each person's own target, whatever the scenario's. Under one target for all, a person who stands below
it owes money whatever is done, and is paid late: a programme that lets the provider break even as a whole then has no
least price, since such a debt is a loan from the provider that any fee outweighs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from pricing.errors import ExplorerError, ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.people.arrays import BoolArray, FloatArray
from pricing.people.cohort import Cohort
from pricing.questions.cheapest import covering, ground, limits, promises
from pricing.questions.cheapest.express import as_scenario
from pricing.questions.cheapest.ground import Ground
from pricing.questions.cheapest.promises import FAMILIES, Kept
from pricing.questions.cheapest.required import SAME
from pricing.scenario.clauses import GROUP as CLAUSES
from pricing.scenario.scenario import Scenario, defaults, specs

LARGEST_GAP = 1.0
"""£ per person by which an evaluation may miss the cost that was worked out; more is an error of this package."""
LARGEST_MISS = 1e-6
"""£ per £1, or share of its people, by which what a group gets may fall short of the promise."""
SET_ASIDE = (
    "results_share",
    "priced_reduction",
    "need_premium",
    "multiple_needs_premium",
    "area_multiplier",
    "area_shape",
    "uplift_applies_to",
    "total_spend",
)
"""What the answer puts in the place of today's: it does not hang on these, nor on the target."""


class GapError(ExplorerError):
    """An answer that ``evaluate`` does not bear out: a fault of the explorer, not of the question."""


@dataclass(frozen=True, eq=False)
class SolvedQuestion:
    """The cheapest price of each family that keeps the promise: what does not hang on today's price.

    Attributes
    ----------
    ground : what is given, group by group.
    protected : which groups the promise is to, (groups,).
    kept : the cheapest schedule of each family. ``refused`` : why a family has none.
    family : the family that the reader asks for, or the nearest there is.
    scenario : the chosen schedule as a scenario, or None, and ``why_not`` says why. check : its evaluation.
    """

    ground: Ground
    protected: BoolArray
    kept: Mapping[str, Kept]
    refused: Mapping[str, str]
    family: str
    scenario: Scenario | None
    why_not: str
    check: Evaluation | None


@dataclass(frozen=True, eq=False)
class Answer(SolvedQuestion):
    """What was found, beside today's price, and what the limits leave of the chosen schedule.

    Attributes
    ----------
    evaluation : what was asked about. today : £ per person that the price as it stands pays when everyone gets what
        they need.
    clauses_off : whether the scenario has clauses that bend pay, which are left out of the answer.
    """

    evaluation: Evaluation
    today: float
    clauses_off: bool

    @property
    def chosen(self) -> Kept:
        """The cheapest schedule of the family that is asked for."""
        return self.kept[self.family]

    @property
    def allowed(self) -> dict[str, float]:
        """The largest results pot, £ per person, under the limits on the share and on the cost; 0 where none fits."""
        asked = self.ground.scenario
        budget = asked.most_spent or self.today
        within = limits.by_budget(self.ground, budget) if budget >= self.ground.mean_cost else 0.0
        return {"share": limits.by_share(self.ground, asked.most_on_results), "budget": within}

    @property
    def within(self) -> dict[str, bool]:
        """Whether the chosen price keeps to the limits on the share and on the cost.

        Held by what the price pays, not by its pot: where nobody may be a loss, the fee is more than covers the cost.
        """
        asked = self.ground.scenario
        share = self.chosen.share <= asked.most_on_results + 1e-9
        return {"share": share, "budget": self.chosen.cost <= (asked.most_spent or self.today) * (1 + 1e-9)}

    def floor_within(self, pot: float) -> float:
        """What each £1 pays back under the same pattern at the level that a pot of £ per person allows."""
        most, needed = self.ground.scenario.promise_floor, self.chosen.found.pot
        return most * min(1.0, pot / needed) if needed else most

    @property
    def over(self) -> FloatArray:
        """How much more than it requires each group is paid, as a share, (groups,); inf where it requires nothing."""
        return self.chosen.over

    @property
    def sets_price(self) -> BoolArray:
        """The protected groups whose requirement is just met: those that set the price, (groups,)."""
        return self.protected & (np.abs(self.over) < 1e-4)


def solve(asked: Scenario, cohort: Cohort) -> SolvedQuestion:
    """The cheapest price for a scenario without clauses; raises ScenarioError where no price keeps the promise."""
    given = ground.take(asked, cohort)
    protected = covering.protected_groups(given, asked.smallest_group)
    kept, refused = {}, dict[str, ScenarioError]()
    for name in FAMILIES:
        try:
            kept[name] = promises.keep(given, name, protected)
        except ScenarioError as problem:
            refused[name] = problem
    if not kept:
        raise next(iter(refused.values()))
    family = asked.schedules if asked.schedules in kept else next(name for name in ("flat", *kept) if name in kept)
    scenario, why_not, check = None, "", None
    try:
        scenario = as_scenario(given, kept[family])
        check = held(given, protected, kept[family], evaluate(scenario, cohort))
    except ScenarioError as problem:
        why_not = str(problem)
    why = {name: str(problem) for name, problem in refused.items()}
    return SolvedQuestion(given, protected, kept, why, family, scenario, why_not, check)


def answer(evaluation: Evaluation, solved_by: Callable[[Scenario, Cohort], SolvedQuestion] = solve) -> Answer:
    """The cheapest fair price for an evaluated scenario; raises ScenarioError where no price keeps the promise.

    ``solved_by`` solves the question, or gives what was found before: it is asked with today's price set aside.
    """
    bent = bends(evaluation.scenario)
    asked = without_clauses(evaluation.scenario) if bent else evaluation.scenario
    found = solved_by(question(asked), evaluation.cohort)
    here = vars(found) | {"ground": replace(found.ground, scenario=replace(asked, target="own"))}
    today = evaluation.totals["spend_at_benchmark"] / evaluation.totals["people"]
    return Answer(**here, evaluation=evaluation, today=today, clauses_off=bent)


def question(scenario: Scenario) -> Scenario:
    """All that the answer hangs on: the scenario with today's price set aside."""
    usual = defaults().values()
    return scenario.with_(target="own", **{name: usual[name] for name in SET_ASIDE})


def bends(scenario: Scenario) -> bool:
    """Whether clauses can bend what a price with own targets pays, also where today's has nothing on results.

    Under own targets nobody stands below nothing by doing the minimum: a limit on deductions is reached by luck alone.
    """
    lucky = bool(scenario.measured_people or scenario.baseline_people)
    return scenario.bends_pay or (scenario.limits_deductions and lucky)


def without_clauses(scenario: Scenario) -> Scenario:
    """The same scenario with every clause of the contract at its default."""
    usual = defaults().values()
    return scenario.with_(**{name: usual[name] for name, spec in specs().items() if spec.group == CLAUSES})


def held(given: Ground, protected: BoolArray, kept: Kept, check: Evaluation) -> Evaluation:
    """The evaluation of what was found, if it bears it out; raises GapError otherwise."""
    spend = check.totals["spend_at_benchmark"] / check.totals["people"]
    if abs(spend - kept.cost) > LARGEST_GAP:
        raise GapError(f"The price was worked out to cost £{kept.cost:,.2f} a person and evaluates to £{spend:,.2f}.")
    told, least = promised(given, check)
    short = np.nanmin(told[protected], initial=np.inf)
    if short < least - LARGEST_MISS:
        raise GapError(f"A group was promised {least:.2f} and gets {short:.6f}: of each £1, or of its people.")
    return check


def promised(given: Ground, check: Evaluation) -> tuple[FloatArray, float]:
    """What an evaluated price gives each group (groups,) of what it is promised, nan where no more is needed; and that.

    £ for each £1 of support, or for most people the share of the group who are worth all the hours that they need.
    """
    asked, found = given.scenario, check.incentives
    if asked.promise == "most_people":
        enough = found.chosen_hours >= found.benchmark_hours * (1 - SAME)
        return given.pooled(enough.astype(float)), asked.promise_people
    if asked.promise == "last_pound":
        response = check.account.response
        effect = response.effect(found.benchmark_hours)
        by_hour = check.account.discounted().slope(effect)[0] * (response.ceiling - effect) / response.hours_scale
        last = given.pooled(by_hour) / asked.hour_cost
        return np.where(given.extra_cost > 0, last, np.nan), asked.promise_floor
    return check.pooled(given.codes, len(given.people))["payback"], asked.promise_floor
