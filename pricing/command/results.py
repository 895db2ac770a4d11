"""How results turn into pay, as JSON and CSV: what ``python -m pricing results`` prints."""

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import number
from pricing.command.subcommand import on_one_price
from pricing.evaluate import Evaluation
from pricing.questions.results_paid import by_area, results_paid
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version, scenario, prices   as with evaluate
  effective_prices            £ that one more unit adds to expected pay, by metric
  factor                      effective price over the price that is written down
  measured, noise_points      people in one measure; its standard error in percentage points
  pay, rewards, luck          £ per person: expected results pay where it pays best, its rewards
                              alone, and the rewards expected with no true change; luck_share
  chance, chance_of_luck      of being paid, where it pays best and with no true change
  chosen, other               fall in points and expected pay where it pays best, and where it pays
                              second best; other is null where there is no other stop
  stops                       every place where nothing pays better nearby: points, pay, mean hours
                              of support and left (results pay less the cost of support), £ per person
  curve                       by true change, each: points (fall in the share who reoffend), expected,
                              linear, low, high (£ per person), chance, factor
  areas                       the same for small_quarter, small_year, large_quarter, large_year
CSV holds the curve alone, headed by a comment line with the version and the scenario.
"""
FIGURES = ("factor", "measured", "noise_points", "pay", "rewards", "luck", "luck_share", "chance", "chance_of_luck")


def as_json(evaluation: Evaluation) -> str:
    """The answer as JSON; see ``results --help`` for the keys."""
    found = results_paid(evaluation)
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "prices": dict(evaluation.terms.unit_prices),
        "effective_prices": dict(evaluation.terms_at_margin.unit_prices),
        **{name: number(getattr(found, name)) for name in FIGURES},
        "chosen": found.chosen,
        "other": (found.others[0].points, found.others[0].pay) if found.others else None,
        "stops": [vars(stop) for stop in found.stops],
        "curve": pd.DataFrame(vars(found.curve)).to_dict(orient="records"),
        "areas": {name: pd.DataFrame(vars(c)).to_dict(orient="records") for name, c in by_area(evaluation).items()},
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The curve alone, headed by a comment line with the version and the scenario."""
    curve = pd.DataFrame(vars(results_paid(evaluation).curve))
    return links.heading(evaluation.scenario) + written.as_csv(curve)


SUBCOMMAND = on_one_price(
    "results",
    "how results turn into pay: expected pay, luck, effective price",
    KEYS_HELP,
    as_json,
    as_csv,
)
