"""The scenario as a report: one HTML file that reads without the explorer and prints on two A4 pages.

No script, nothing fetched; every text is escaped by the template.
"""

from pathlib import Path
from typing import Any

import jinja2
import numpy as np

from pricing import MODEL_VERSION
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.people.cohort import DECILE_LEVELS, NEED_LEVELS
from pricing.price import schedule
from pricing.scenario import in_words
from pricing.scenario.metrics import BLEND
from pricing.scenario.scenario import BESIDE, GROUPS, Scenario, specs
from pricing.take_away import cheapest_price, figures, qr
from pricing.take_away.cover import TITLE, Cover
from pricing.words import groups, need, spend
from pricing.words.groups import BELOW, BELOW_NOTE, COLUMNS, WRITE
from pricing.words.numbers import (
    LIMITS,
    NOT_SHOWN,
    in_force,
    pence,
    pounds,
    price_of_one,
    short_of_a_pound,
    unit,
    verdict,
)
from pricing.words.tints import tint
from pricing.words.totals import under_verdict

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined
)
BY_NEEDS = ("people", "payback", "benchmark_hours", "chosen_hours", "margin_at_benchmark", "parked")
"""Columns of the table by number of needs."""
MOST_TERMS = 3
"""Terms of the price that its line names; the second page holds all."""
CROWDED = 30
"""Settings that differ from their defaults above which they are printed closer: in bold they take more room."""
MOST_TYPED = 400
"""Longest link, in characters, that is printed for copying by hand."""


def write(cover: Cover) -> str:
    """The report as HTML; the same cover gives the same text."""
    evaluation = cover.evaluation
    return TEMPLATES.get_template("report.html.jinja").render(
        title=TITLE,
        cover=cover,
        version=MODEL_VERSION,
        limits=LIMITS,
        verdict=verdict(evaluation),
        price=in_force(evaluation.scenario, MOST_TERMS),
        beside=cover.beside(MOST_TERMS)[:-2],
        crowded=len(in_words.changes(evaluation.scenario)) > CROWDED,
        numbers=under_verdict(evaluation),
        figures=figures.rows(cover),
        reading=figures.reading(evaluation),
        costs=spend.sentence(evaluation),
        need=need.sentence(evaluation.scenario),
        map=payback_map(evaluation),
        schedule=price_list(evaluation),
        by_needs=by_needs(evaluation),
        cheapest=" ".join(cheapest_price.sentences(evaluation, cheapest_price.found(evaluation))),
        settings=setting_groups(evaluation.scenario),
        **link_parts(cover),
    )


def link_parts(cover: Cover) -> dict[str, Any]:
    """What stands at the end of every report: the link as a code, and to be typed where it is short enough."""
    link = cover.short_link
    return {"code": qr.draw(link), "typed": link if len(link) <= MOST_TYPED else ""}


def payback_map(evaluation: Evaluation) -> dict[str, Any]:
    """Payback by deprivation tenth and needs: a title with its numbers, tinted cells, how to read them."""
    rows, columns = (evaluation.cohort.dimensions[key] for key in ("decile", "needs"))
    values = groups.grid(evaluation, "decile", "needs", "payback")
    return {
        "title": groups.payback_title(evaluation),
        "columns": columns.levels,
        "rows": [(level, [cell(value) for value in row]) for level, row in zip(rows.levels, values, strict=True)],
        "note": f"{BELOW_NOTE} {groups.people_short(evaluation)}",
    }


def cell(payback: float) -> dict[str, str]:
    """One group in the map: its text and its tint."""
    if np.isnan(payback):
        return {"text": NOT_SHOWN, "tint": "#FFFFFF"}
    return {
        "text": pence(payback) + (f" {BELOW}" if short_of_a_pound(payback) else ""),
        "tint": tint(payback, 1.0, 1.0),
    }


def price_list(evaluation: Evaluation) -> dict[str, Any]:
    """The price as it would be published: basic amounts, and how many times each a person carries."""
    scenario, terms = evaluation.scenario, evaluation.terms
    needs, decile = np.meshgrid(np.arange(float(len(NEED_LEVELS))), np.arange(1.0, 11.0))
    carried = schedule.relativity(scenario, needs, decile)
    margin = evaluation.terms_at_margin.unit_prices if evaluation.mechanics is not None else {}
    amounts = [("Fee for service, per person", pounds(terms.basic_fee), "")]
    for metric, price in terms.unit_prices.items():
        adds = price_of_one(margin[metric]) if margin else ""
        amounts.append((f"Per {unit(metric, scenario.target)}", price_of_one(price), adds))
    # A hurdle makes a metric worth something that has no price of its own.
    for metric in [one for one in margin if one not in terms.unit_prices]:
        what = f"Per {unit(metric, scenario.target)}, before which the hurdle pays nothing"
        amounts.append((what, "no price", price_of_one(margin[metric])))
    return {
        "amounts": amounts,
        "bent": bool(margin),
        "flat": bool(np.all(carried == 1)),
        "applies_to": specs()["uplift_applies_to"].choices[scenario.uplift_applies_to],
        "columns": NEED_LEVELS,
        "rows": multiples(carried),
    }


def multiples(carried: FloatArray) -> list[tuple[str, list[str]]]:
    """How many times the basic price, by deprivation tenth and needs."""
    return [(level, [f"{r:.2f}×" for r in row]) for level, row in zip(DECILE_LEVELS, carried, strict=True)]


def by_needs(evaluation: Evaluation) -> dict[str, Any]:
    """What the price rewards by number of needs."""
    words = {name: COLUMNS[name] for name in BY_NEEDS}
    table = groups.table(evaluation, "needs")
    columns = [[WRITE[kind](value) for value in table[label]] for label, kind in words.values()]
    return {
        "columns": [label for label, _ in words.values()],
        "rows": list(zip(table.iloc[:, 0], zip(*columns, strict=True), strict=True)),
    }


def setting_groups(scenario: Scenario) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every setting that these figures rest on, under the title of its group, those changed marked.

    No weights where nothing is blended, and nothing that moves neither the price nor what it rewards.
    """
    changed = in_words.changes(scenario)
    values = scenario.values()
    return [
        (
            title,
            [
                {"label": spec.label, "value": in_words.written(spec, values[name]), "changed": name in changed}
                for name, spec in specs().items()
                if spec.group == group
            ],
        )
        for group, title in GROUPS.items()
        if group not in BESIDE and (group != "blend" or scenario.metric == BLEND)
    ]
