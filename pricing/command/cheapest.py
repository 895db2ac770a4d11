"""The cheapest fair price as JSON and CSV: what ``python -m pricing cheapest`` prints."""

import json
import math

import numpy as np

from pricing import MODEL_VERSION
from pricing.command.subcommand import on_one_price
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation
from pricing.people.arrays import BoolArray
from pricing.questions.cheapest import express, figures, robust
from pricing.questions.cheapest.answer import Answer, answer
from pricing.questions.cheapest.promises import Kept
from pricing.questions.how_sure import how_sure
from pricing.questions.small_provider import bad_luck
from pricing.scenario import links
from pricing.scenario.promise import GROUP
from pricing.scenario.scenario import specs
from pricing.words import written
from pricing.words.spend import spend

KEYS_HELP = """\
JSON keys; £ per person per year at face value unless said otherwise, null where undefined or without limit
  version, scenario  as with evaluate
  question    the parameters of this question; clauses_off: the contract's clauses are left out of the answer
  benchmark   cost (of giving what is needed), today (what the price as it stands would then pay), people,
              promised (people in groups that are large enough)
  cheapest    by kind of price (explorer, table, own, flat): cost, pot (on results), share (on results), fee,
              price (£ per result of each metric, where it is one for all or has premiums), premiums;
              or refused: why there is none. chosen is the kind that all below is about
  schedule    by group: needs, decile, people, required and price (£ per result; with a metric's name behind
              them in a blend), fee, protected, sets_price, over (paid beyond what is required, a share)
  allowed     the largest pot on results under the limits on share and budget
  within      whether the price keeps to each of them
  give        by limit that it does not keep to, what that would have to be: share, and budget
  floor_within  what £1 pays back under the same pattern at the pot that each allows, where a payback is promised
  left_out    within the limit on the share, with prices of their own: most_people, worst_off_first,
              each people and groups (needs, decile)
  specify     cost (everything specified and checked), own and explorer: cost and people whose hours are
              specified when the cheaper way is taken; break_even by group
  check       evaluated again: lowest_payback of the groups promised, spend_at_benchmark, spend_at_chosen,
              parked and withheld (shares), bad_year (what luck takes from the scenario's small provider in
              the worst year in 20 against an average one, £; of a range of clients the number in the middle
              stands for all), bearable (what its reserves may bear, £) and borne_level (the largest part of the
              prices, at most 1, at which they bear it; null: at none, since even with nothing on results who comes
              moves costs by more), reserves (that would bear it, £; null where they do, or none can)
  sure        cost, pot, share, fee, price, premiums of the explorer's premiums that hold in holds_in of 100 draws
  round_numbers  the chosen price with premiums in steps of 0.05 and a price of at most three figures or whole
              hundreds, as under cheapest, and its link; null where it has no premiums
  link        the price as the query of a link; null with link_refused, the reason
The answer is about each person's own target, also where the scenario has one target for all: there no price is the
cheapest, since whoever stands below the target owes money late, which counts as a loan from the provider.
The promise most_people counts what the support is worth to the provider for its mission (mission_weight).
A part that cannot be worked out is an object with refused, the reason. CSV holds the schedule, headed by a comment
line with the version and the scenario.
"""
PREMIUMS = ("need_premium", "multiple_needs_premium", "area_multiplier", "area_shape")


def finite(value: float) -> float | None:
    """A number, or null where it is not defined or has no limit."""
    return float(value) if math.isfinite(value) else None


def of_kept(found: Answer, kept: Kept) -> dict[str, object]:
    """What a schedule costs, and its terms where a line says them."""
    premiums, metrics = kept.found.premiums, found.ground.metrics
    price = dict.fromkeys(metrics, premiums.price) if premiums else None
    if premiums is None and np.ptp(kept.found.prices, axis=1).max() == 0:
        price = dict(zip(metrics, map(float, kept.found.prices[:, 0]), strict=True))
    return {
        "cost": kept.cost,
        "pot": kept.found.pot,
        "share": finite(kept.share),
        "fee": kept.fee,
        "price": price,
        "premiums": {name: getattr(premiums, name) for name in PREMIUMS} if premiums else None,
    }


def named(found: Answer, groups: BoolArray) -> list[list[int]]:
    """Groups as pairs of needs and decile."""
    chosen = zip(found.ground.needs[groups], found.ground.tenth[groups], strict=True)
    return [[int(needs), int(decile)] for needs, decile in chosen]


def of_left_out(found: Answer) -> dict[str, object]:
    """Who is protected within the limit on the share."""
    return {
        way: {"people": kept.people, "groups": named(found, kept.groups)}
        for way, kept in figures.within_share(found).items()
    }


def of_specified(found: Answer) -> dict[str, object]:
    """Specify or pay."""
    whole, people = figures.specified(found), found.ground.people
    return {
        "cost": whole.everything,
        "own": {"cost": whole.own.cost, "people": float(people @ whole.own.specified)},
        "explorer": {"cost": whole.pattern.cost, "people": float(people @ whole.pattern.specified)},
        "break_even": [finite(one) for one in whole.break_even],
    }


def of_check(found: Answer) -> dict[str, object] | None:
    """The chosen price, evaluated again; None where no scenario holds it."""
    if found.check is None:
        return None
    given = found.check.scenario.luck_share
    totals, luck = found.check.totals, bad_luck.bad_luck(found.check, express.reduction_at(found.check))
    payback, spent = found.check.pooled(found.ground.codes, len(found.protected))["payback"], spend(found.check)
    return {
        "lowest_payback": finite(np.nanmin(payback[found.protected], initial=np.inf)),
        "spend_at_benchmark": spent["benchmark"].a_head,
        "spend_at_chosen": spent["chosen"].a_head,
        "parked": totals["parked_people"] / totals["people"],
        "withheld": finite(found.check.withheld),
        "bad_year": luck.taken,
        "bearable": luck.bearable,
        "borne_level": finite(luck.level),
        "reserves": None if luck.borne or not given else luck.taken / given,
    }


def of_sure(found: Answer) -> dict[str, object]:
    """What keeps the promise in ``holds_in`` of 100 draws."""

    def draws_of(evaluation: Evaluation) -> how_sure.Draws:
        return how_sure.draw(evaluation, how_sure.strata_for(evaluation.scenario, evaluation.cohort))

    return of_kept(found, robust.keep(found.ground, found.protected, draws_of))


def of_limits(found: Answer) -> dict[str, object]:
    """What each limit allows, whether the price keeps to it, and what it leaves of a promised payback."""
    promised = found.ground.scenario.promise in ("payback", "last_pound")
    needed = {"share": finite(found.chosen.share), "budget": found.chosen.cost}
    return {
        "allowed": {name: finite(pot) for name, pot in found.allowed.items()},
        "within": found.within,
        "give": {name: needed[name] for name, kept_to in found.within.items() if not kept_to},
        "floor_within": {name: found.floor_within(pot) if promised else None for name, pot in found.allowed.items()},
    }


def of_round_numbers(found: Answer) -> dict[str, object] | None:
    """The chosen price in round numbers; None where it has no premiums or no scenario holds it."""
    in_round_numbers = figures.in_round_numbers(found)
    if in_round_numbers is None:
        return None
    kept, scenario = in_round_numbers
    return of_kept(found, kept) | {"link": links.to_query(links.write(scenario))}


def document(found: Answer) -> dict[str, object]:
    """Everything that is said of an answer but version and scenario."""
    ground, parts = found.ground, dict[str, object]()
    for name, of in (("left_out", of_left_out), ("specify", of_specified), ("check", of_check), ("sure", of_sure)):
        try:
            parts[name] = of(found)
        except ScenarioError as problem:
            parts[name] = {"refused": str(problem)}
    return {
        "benchmark": {
            "cost": ground.mean_cost,
            "today": found.today,
            "people": float(ground.people.sum()),
            "promised": float(ground.people @ found.protected),
        },
        "cheapest": {
            "chosen": found.family,
            **{family: of_kept(found, kept) for family, kept in found.kept.items()},
            **{family: {"refused": why} for family, why in found.refused.items()},
        },
        "schedule": json.loads(figures.schedule(found).to_json(orient="records", double_precision=15)),
        **of_limits(found),
        **parts,
        "round_numbers": of_round_numbers(found),
        "link": links.to_query(links.write(found.scenario)) if found.scenario else None,
        "link_refused": found.why_not or None,
    }


def as_json(evaluation: Evaluation) -> str:
    """The answer as JSON; see ``cheapest --help`` for the keys."""
    found, scenario = answer(evaluation), evaluation.scenario.values()
    question = {name: scenario[name] for name, spec in specs().items() if spec.group == GROUP}
    head = {
        "version": MODEL_VERSION,
        "scenario": scenario,
        "question": {**question, "clauses_off": found.clauses_off},
    }
    return written.as_json(head | document(found))


def as_csv(evaluation: Evaluation) -> str:
    """The schedule, headed by a comment line with the version and the scenario."""
    return links.heading(evaluation.scenario) + written.as_csv(figures.schedule(answer(evaluation)))


SUBCOMMAND = on_one_price(
    "cheapest",
    "the cheapest price that keeps a promise to every group, and what stands in its way",
    KEYS_HELP,
    as_json,
    as_csv,
)
