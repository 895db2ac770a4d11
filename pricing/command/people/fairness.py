"""Fairness, as JSON and CSV: what ``python -m pricing fairness`` prints, with what is too small left out."""

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import number, record
from pricing.command.subcommand import on_one_price
from pricing.errors import ScenarioError
from pricing.evaluate import Evaluation, evaluate
from pricing.questions.fairness import amplification, by_group, characteristics
from pricing.questions.fairness.alternatives import alternatives
from pricing.questions.fairness.turning_away import turned_away
from pricing.questions.how_sure.how_sure import Spread, strata_for
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version       the model version
  scenario      every parameter and its value
  groups        a row per group of each characteristic, and everyone: characteristic, protected, group, people,
                risk (share expected to reoffend without support), reoffences (per person), benchmark_hours,
                chosen_hours, payback (£ per £1), withheld (share of needed hours), margin_at_chosen and
                margin_at_benchmark (£ per person), parked and turned_away (shares of people), seen (share who did
                reoffend) with seen_low and seen_high (95% interval); null where too few people stand behind a
                figure, or where it would give such a one back, and where nothing was recorded
  by_metric     the rows of groups by sex, paid on binary and on frequency in turn (null where that has no meaning)
  amplification by needs and by decile, the least in need first: slopes of expected reoffences per person at the
                minimum, under this price (chosen) and with the support people need (benchmark); steeper, the
                second less the first; amplified, in how many of 100 draws it is; concentration of hours, chosen and
                benchmark. Each with central, low and high, the last two holding 90 of 100 draws
  between       by characteristic: Theil's T of hours, chosen and benchmark: total, between, within, share_between
  alternatives  the price as it is and under a few changes, the money being the same: words, payback, hours (per
                person), slopes (by needs and decile, under that price), turned_away (share)
  turned_away   groups, losing, people, share, gain (£), gain_per_person (£, with its range)
CSV holds the groups alone, headed by a comment line with the version and the scenario.
"""


def group_table(evaluation: Evaluation) -> pd.DataFrame:
    """Every characteristic's groups, one below the other."""
    return pd.concat(
        [
            by_group.table(evaluation, one).assign(characteristic=one.key, protected=one.protected)
            for one in characteristics.of(evaluation.cohort)
        ],
        ignore_index=True,
    ).pipe(lambda found: found[["characteristic", "protected", *found.columns.drop(["characteristic", "protected"])]])


def ends(spread: Spread) -> dict[str, float | None]:
    """An index and its range."""
    return {name: number(getattr(spread, name)[0]) for name in ("central", "low", "high")}


def along(found: amplification.Amplification) -> dict[str, object]:
    """The indices along one order of need."""
    return {
        "slopes": {name: ends(slope) for name, slope in found.slopes.items()},
        "steeper": ends(found.steeper),
        "amplified": found.amplified,
        "concentration": {name: ends(index) for name, index in found.concentration.items()},
    }


def parts(found: amplification.Parts) -> dict[str, object]:
    """Theil's T and its parts."""
    values = {name: number(getattr(found.theil, name)) for name in ("total", "between", "within")}
    return {**values, "share_between": ends(found.share_between)}


def by_metric(evaluation: Evaluation) -> dict[str, list[dict[str, object]] | None]:
    """Women's case: the groups by sex under the two metrics that differ most on it, for the same money."""
    sex = next((one for one in characteristics.of(evaluation.cohort) if one.key == "sex"), None)
    found: dict[str, list[dict[str, object]] | None] = {}
    for metric in ("binary", "frequency"):
        try:
            other = evaluate(evaluation.scenario.with_(metric=metric), evaluation.cohort)
        except ScenarioError:
            found[metric] = None
            continue
        found[metric] = None if sex is None else records(by_group.table(other, sex))
    return found


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a table as JSON holds them."""
    rows = table.to_dict(orient="records")
    return [{str(k): number(v) if isinstance(v, float) else v for k, v in row.items()} for row in rows]


def as_json(evaluation: Evaluation) -> str:
    """The answer as JSON; see ``fairness --help`` for the keys."""
    draws = amplification.drawn(evaluation, strata_for(evaluation.scenario, evaluation.cohort))
    gone = turned_away(evaluation)
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "groups": records(group_table(evaluation)),
        "by_metric": by_metric(evaluation),
        "amplification": {
            ranking: along(amplification.amplification(evaluation, ranking, draws))
            for ranking in amplification.RANKINGS
        },
        "between": {
            one.key: {name: parts(found) for name, found in amplification.between(evaluation, one, draws).items()}
            for one in characteristics.of(evaluation.cohort)
        },
        "alternatives": [
            {
                "words": one.words,
                "payback": number(one.payback),
                "hours": number(one.hours),
                "slopes": record(one.slopes),
                "turned_away": number(one.turned_away),
            }
            for one in alternatives(evaluation)
        ],
        "turned_away": {
            "groups": gone.groups,
            "losing": gone.losing,
            "people": number(gone.people),
            "share": number(gone.share),
            "gain": number(gone.gain),
            "gain_per_person": ends(amplification.gain(evaluation, draws)),
        },
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The groups as CSV under one comment line with the version and the scenario as a link query."""
    return links.heading(evaluation.scenario) + written.as_csv(group_table(evaluation))


SUBCOMMAND = on_one_price(
    "fairness",
    "who fares how, by sex, age, race where recorded, needs, sentence and place; what amplifies inequality",
    KEYS_HELP,
    as_json,
    as_csv,
)
