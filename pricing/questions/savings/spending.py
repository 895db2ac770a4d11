"""Offers that a pot would pay for: the richest contracts whose extra cost it covers, at the hours that pay best."""

from collections.abc import Callable
from dataclasses import dataclass

from pricing.evaluate import Evaluation, evaluate
from pricing.questions.savings.appraisal import contract_prices
from pricing.questions.savings.pot import Pot
from pricing.questions.savings.saved import savings
from pricing.scenario.scenario import Scenario, specs

Evaluate = Callable[[Scenario], Evaluation]

TRIES, TRIES_BENT = 9, 7
"""Evaluations at most for one offer; fewer where a contract's clauses bend pay, which take longer to evaluate."""
SMALLEST = 1.0
"""Smallest pot, £, for which offers are searched."""
NEAR = 0.02
"""Share of the pot that may be left unspent."""
FIRST_TRY = 0.002
"""First rise tried, as a share of the largest; the next follows from its cost."""
FASTEST = 50.0
"""Largest ratio of one try to the one before, since a small rise in cost extrapolates badly."""


@dataclass(frozen=True, eq=False)
class Offer:
    """A contract that the pot pays for, against the one in force; both where it pays best to be.

    ``extra_spend`` £ that the commissioner pays on top, in the prices of the savings; ``pot`` £ in the pot that its
    savings then fill;
    ``extra_avoided`` reoffences; ``limited`` whether the parameter can go no further while the pot could pay for more.
    """

    key: str
    evaluation: Evaluation
    extra_avoided: float
    extra_spend: float
    pot: float
    limited: bool

    @property
    def scenario(self) -> Scenario:
        """The richer contract."""
        return self.evaluation.scenario


REASONS = ("no_results", "shared_total", "at_limit", "takes_away", "no_cost", "not_found")
"""Nothing is paid on results; premiums share a fixed total; the parameter is at its highest; a rise lowers the spend;
it costs nothing, so changes nothing; no rise was found that the pot covers."""


@dataclass(frozen=True)
class Refusal:
    """A contract that cannot be offered, and why: one of :data:`REASONS`."""

    key: str
    why: str


@dataclass(frozen=True)
class Lever:
    """One parameter to raise: from 0 to ``most`` above where it stands; ``build`` gives the scenario."""

    key: str
    most: float
    build: Callable[[float], Scenario]


def dearer_results(scenario: Scenario) -> Lever:
    """The same fee and more results money, £ per person: every result is paid more."""
    fee = (1 - scenario.results_share) * scenario.contract_value

    def build(more: float) -> Scenario:
        value = round(scenario.contract_value + more, 2)
        return scenario.with_(contract_value=value, results_share=max(round(1 - fee / value, 7), 0.0))

    return Lever("dearer_results", specs()["contract_value"].high - scenario.contract_value, build)


def premium_per_need(scenario: Scenario) -> Lever | Refusal:
    """A larger premium per need, paid on results and on top of the present spend."""
    if scenario.results_share == 0:
        return Refusal("premium_per_need", "no_results")
    if scenario.has_premium and scenario.total_spend == "fixed":
        return Refusal("premium_per_need", "shared_total")
    applies = scenario.uplift_applies_to if scenario.has_premium else "results"

    def build(more: float) -> Scenario:
        premium = round(scenario.need_premium + more, 6)
        return scenario.with_(need_premium=premium, total_spend="grows", uplift_applies_to=applies)

    return Lever("premium_per_need", specs()["need_premium"].high - scenario.need_premium, build)


def offers(evaluation: Evaluation, run: Evaluate | None = None) -> list[Offer | Refusal]:
    """What the pot would pay for; nothing where it holds under £1. ``run`` evaluates a scenario on the same people."""
    before = Pot(savings(evaluation, at_benchmark=False))
    if before.put_in < SMALLEST:
        return []
    work_out = run or (lambda scenario: evaluate(scenario, evaluation.cohort))
    levers = (dearer_results(evaluation.scenario), premium_per_need(evaluation.scenario))
    return [lever if isinstance(lever, Refusal) else most_paid_for(evaluation, lever, work_out) for lever in levers]


def most_paid_for(evaluation: Evaluation, lever: Lever, run: Evaluate) -> Offer | Refusal:
    """The furthest rise of a lever whose extra cost the pot that it fills covers."""
    if lever.most <= 0:
        return Refusal(lever.key, "at_limit")
    best, low, high = None, (0.0, -1.0), None
    more = FIRST_TRY * lever.most
    for _ in range(TRIES if evaluation.mechanics is None else TRIES_BENT):
        offer = weigh(evaluation, lever.key, run(lever.build(more)), limited=more >= lever.most)
        if offer.extra_spend <= 0:
            return best or Refusal(lever.key, "takes_away" if offer.extra_spend < 0 else "no_cost")
        over = offer.extra_spend / offer.pot - 1 if offer.pot > 0 else 1.0
        if over > 0:
            high = (more, over)
        else:
            best, low = offer, (more, over)
            if offer.limited or over > -NEAR:
                break
        more = next_try(low, high, lever.most)
    return best or Refusal(lever.key, "not_found")


def next_try(low: tuple[float, float], high: tuple[float, float] | None, most: float) -> float:
    """The next rise to try, by linear interpolation to half of ``NEAR`` unspent; points are (rise, share overspent)."""
    aim = -NEAR / 2
    if high is None:
        # What is spent may be so little of the pot that nothing is left of its share.
        return min(low[0] * (1 + aim) / max(1 + low[1], (1 + aim) / FASTEST), most)
    part = (aim - low[1]) / (high[1] - low[1])
    return low[0] + min(max(part, 0.02), 0.98) * (high[0] - low[0])


def weigh(evaluation: Evaluation, key: str, richer: Evaluation, *, limited: bool) -> Offer:
    """The offer of a richer contract, compared with the one in force."""
    before, after = (savings(found, at_benchmark=False) for found in (evaluation, richer))
    base = contract_prices(evaluation.scenario)
    return Offer(
        key=key,
        evaluation=richer,
        extra_avoided=after.avoided - before.avoided,
        extra_spend=base * (richer.totals["spend_at_chosen"] - evaluation.totals["spend_at_chosen"]),
        pot=Pot(after).put_in,
        limited=limited,
    )
