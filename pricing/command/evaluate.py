"""What a price rewards, as JSON and CSV: what ``python -m pricing evaluate`` prints."""

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import number, record
from pricing.command.subcommand import on_one_price
from pricing.evaluate import PER_PERSON, SHARES, Evaluation
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE
from pricing.words import followed, written
from pricing.words.spend import spend

KEYS_HELP = """\
JSON keys
  version     the model version
  scenario    every parameter and its value
  prices      £ per unit, by metric
  totals      people, spend_at_benchmark, spend_at_chosen, fee and temptation (£),
              a_head_at_benchmark and a_head_at_chosen (£ a person), on_results_at_benchmark
              and on_results_at_chosen (shares of what is paid, null where nothing is),
              parked_people, reoffences_avoided_chosen, reoffences_avoided_benchmark
  followed    the group that the scenario follows (followed_needs, followed_tenths; null where it
              follows none, or one too small to be shown): group (words), people, payback,
              benchmark_hours, chosen_hours, margin_at_benchmark, parked
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
    "spend_at_chosen",
    "fee",
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


def totals(evaluation: Evaluation) -> dict[str, object]:
    """Sums over everyone, and what the price costs a person and for results at either effort."""
    sums = evaluation.totals
    found: dict[str, object] = {name: sums[name] for name in TOTALS}
    for effort, cost in spend(evaluation).items():
        found |= {f"a_head_at_{effort}": cost.a_head, f"on_results_at_{effort}": number(cost.on_results)}
    return found


def followed_group(evaluation: Evaluation) -> dict[str, object] | None:
    """The group that the scenario follows; None where it follows none, or one too small to be shown."""
    found = followed.of(evaluation)
    return None if found is None else {"group": followed.name(evaluation.scenario), **record(vars(found))}


def as_json(evaluation: Evaluation) -> str:
    """The evaluation as JSON; see ``evaluate --help`` for the keys."""
    rows = group_table(evaluation).to_dict(orient="records")
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "prices": dict(evaluation.terms.unit_prices),
        "totals": totals(evaluation),
        "followed": followed_group(evaluation),
        "groups": [record({str(k): v for k, v in row.items()}) for row in rows],
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The groups as CSV under one comment line with the version and the scenario as a link query."""
    return links.heading(evaluation.scenario) + written.as_csv(group_table(evaluation))


SUBCOMMAND = on_one_price("evaluate", "what a price rewards, group by group", KEYS_HELP, as_json, as_csv)
