"""How sure, as JSON and CSV: what ``python -m pricing uncertainty`` prints."""

import numpy as np
import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import number, record
from pricing.command.subcommand import on_one_price
from pricing.evaluate import Evaluation
from pricing.questions.how_sure.draws import DRAWS
from pricing.questions.how_sure.how_sure import Draws, HowSure, Spread, draw, strata_for
from pricing.questions.how_sure.tornado import Swing, tornado
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version      the model version
  scenario     every parameter and its value
  draws        how many draws there are; counts below are out of this number
  totals       payback (£ per £1), parked (share of people), withheld (share of needed support): each with
               central, low and high, the last two holding 90 of 100 draws (null where undefined);
               payback_under_1, the number of draws in which the payback over everyone is under £1
  assumptions  what was varied, the one that moves the payback most first: name, low, central, high,
               payback_at_low, payback_at_high, turns_at (the nearest value at which the payback is £1,
               null where none is between searched_low and searched_high), origin, source
  groups       a row per need count and deprivation tenth: needs, decile, people, payback, payback_low,
               payback_high, payback_under_1 and pays_minimum (numbers of draws; null where undefined),
               parked, parked_low, parked_high (shares)
With --baseline the risks are taken as given, so only the assumptions vary.
CSV holds the groups alone, headed by a comment line with the version and the scenario.
"""
KEYS = ("needs", "decile")


def drawn(evaluation: Evaluation) -> Draws:
    """The draws of an evaluation, on strata made for it."""
    return draw(evaluation, strata_for(evaluation.scenario, evaluation.cohort))


def ends(spread: Spread) -> dict[str, float | None]:
    """A measure over everyone and its range."""
    parts = {"central": spread.central, "low": spread.low, "high": spread.high}
    return {name: number(values[0]) for name, values in parts.items()}


def totals(everyone: HowSure) -> dict[str, object]:
    """The measures over everyone."""
    measures = {name: ends(getattr(everyone, name)) for name in ("payback", "parked", "withheld")}
    return {**measures, "payback_under_1": number(everyone.under_one[0])}


def assumption(swing: Swing) -> dict[str, object]:
    """One assumption that was varied."""
    return {
        "name": swing.name,
        "low": swing.ends.low,
        "central": swing.ends.central,
        "high": swing.ends.high,
        "payback_at_low": number(swing.at_low),
        "payback_at_high": number(swing.at_high),
        "turns_at": number(swing.turns_at),
        "searched_low": swing.searched[0],
        "searched_high": swing.searched[1],
        "origin": swing.declared.origin,
        "source": swing.declared.source,
    }


def group_table(draws: Draws) -> pd.DataFrame:
    """A row per need count and deprivation tenth that has people."""
    cohort = draws.evaluation.cohort
    sure = draws.by(*KEYS)
    shape = tuple(len(cohort.dimensions[key].levels) for key in KEYS)
    found = draws.evaluation.groups(*KEYS)
    codes = np.ravel_multi_index(tuple(found[key].to_numpy() for key in KEYS), shape)
    columns = {
        "payback": sure.payback.central,
        "payback_low": sure.payback.low,
        "payback_high": sure.payback.high,
        "payback_under_1": sure.under_one,
        "pays_minimum": sure.pays_minimum,
        "parked": sure.parked.central,
        "parked_low": sure.parked.low,
        "parked_high": sure.parked.high,
    }
    table = found[[*KEYS, "people"]].astype({"needs": int, "decile": int})
    table["decile"] += 1
    return table.assign(**{name: values[codes] for name, values in columns.items()})


def as_json(evaluation: Evaluation) -> str:
    """How sure, as JSON; see ``uncertainty --help`` for the keys."""
    draws = drawn(evaluation)
    rows = group_table(draws).to_dict(orient="records")
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "draws": DRAWS,
        "totals": totals(draws.by()),
        "assumptions": [assumption(swing) for swing in tornado(evaluation)],
        "groups": [record({str(k): v for k, v in row.items()}) for row in rows],
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The groups as CSV under one comment line with the version and the scenario as a link query."""
    return links.heading(evaluation.scenario) + written.as_csv(group_table(drawn(evaluation)))


SUBCOMMAND = on_one_price(
    "uncertainty",
    "how sure that is: ranges, draws under £1, and what would turn the verdict",
    KEYS_HELP,
    as_json,
    as_csv,
)
