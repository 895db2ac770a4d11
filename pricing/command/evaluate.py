"""What a price rewards, as JSON and CSV: what ``python -m pricing evaluate`` prints."""

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import record
from pricing.command.subcommand import on_one_price
from pricing.evaluate import PER_PERSON, SHARES, Evaluation
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version     the model version
  scenario    every parameter and its value
  prices      £ per unit, by metric
  totals      people, spend_at_benchmark (£), temptation (£), parked_people,
              reoffences_avoided_chosen, reoffences_avoided_benchmark
  groups      with --baseline: its rows, in order; otherwise a row per need count and
              deprivation tenth. Each: needs, decile, people, fee (£), payback (£ per £1,
              null where undefined), benchmark_hours, chosen_hours, margin_at_benchmark (£),
              margin_at_chosen (£), temptation (£) as means per person, and parked, avoided,
              perverse as shares of its people
CSV holds the groups alone, headed by a comment line with the version and the scenario.
"""
TOTALS = (
    "people",
    "spend_at_benchmark",
    "temptation",
    "parked_people",
    "reoffences_avoided_chosen",
    "reoffences_avoided_benchmark",
)
COLUMNS = ("needs", "decile", "people", "fee", "payback", *PER_PERSON[1:], *SHARES)


def group_table(evaluation: Evaluation) -> pd.DataFrame:
    """The groups as the JSON and the CSV give them."""
    if evaluation.scenario.cohort == OWN_TABLE:
        table = evaluation.rows()
    else:
        table = evaluation.groups("needs", "decile")
        table["decile"] += 1
    return table.astype({"needs": int, "decile": int})[list(COLUMNS)]


def as_json(evaluation: Evaluation) -> str:
    """The evaluation as JSON; see ``evaluate --help`` for the keys."""
    rows = group_table(evaluation).to_dict(orient="records")
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "prices": dict(evaluation.terms.unit_prices),
        "totals": {name: evaluation.totals[name] for name in TOTALS},
        "groups": [record({str(k): v for k, v in row.items()}) for row in rows],
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The groups as CSV under one comment line with the version and the scenario as a link query."""
    return links.heading(evaluation.scenario) + written.as_csv(group_table(evaluation))


SUBCOMMAND = on_one_price("evaluate", "what a price rewards, group by group", KEYS_HELP, as_json, as_csv)
