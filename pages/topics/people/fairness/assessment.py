"""Notes for an equality impact assessment, as a page of HTML that a word processor takes tables and all. No streamlit.

The template escapes every text: the name of a reader's own table comes from outside.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup, escape

from pages.kit.markdown import count, in_force, pence, percent, pounds, prices, verdict
from pages.topics.people.fairness import amplify_words, words
from pricing import MODEL_VERSION
from pricing.evaluate import Evaluation
from pricing.questions.fairness import amplification, by_group
from pricing.questions.fairness.alternatives import alternatives
from pricing.questions.fairness.amplification import Drawn
from pricing.questions.fairness.characteristics import Characteristic
from pricing.questions.fairness.turning_away import turned_away
from pricing.scenario.scenario import specs

TITLE = "Notes for an equality impact assessment"
DUTY = (
    "Under section 149 of the Equality Act 2010 (the public sector equality duty) a public authority must have due "
    "regard to the need to eliminate unlawful discrimination, to advance equality of opportunity and to foster good "
    "relations. The relevant protected characteristics are age, disability, gender reassignment, pregnancy and "
    "maternity, race, religion or belief, sex and sexual orientation; marriage and civil partnership count for the "
    "first of the three aims. These notes are evidence towards that regard. They are not the assessment."
)
INDEX = (
    "The figures are an index of financial incentive under stated assumptions. They say what a price rewards; they do "
    "not forecast what any provider will do, and no decision about a person may rest on them."
)
WHAT_TO_TRY = (
    "The same money per person under other terms, to be tried with the sliders. A slope is how many more reoffences "
    "per 100 people are expected at the end of most need than at the end of least; below 0 it is so many fewer. A "
    "premium on the fee alone is not among them: it makes people wanted, not worked with."
)
BOLD = re.compile(r"[*]{2}(.+?)[*]{2}")


def one_decimal(value: float) -> str:
    """Hours, each to one decimal, so that a column lines up."""
    return f"{value:,.1f}"


WRITE = {
    "people": count,
    "risk": percent,
    "seen": percent,
    "payback": pence,
    "benchmark_hours": one_decimal,
    "chosen_hours": one_decimal,
    "withheld": percent,
    "margin_at_chosen": pounds,
    "turned_away": percent,
}
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def bold(text: str) -> Markup:
    """Text, escaped; words between two stars stand bold."""
    return Markup(BOLD.sub(r"<b>\1</b>", str(escape(text))))


TEMPLATES.filters["bold"] = bold


@dataclass(frozen=True)
class NotesSubject:
    """What the notes are about: who is looked at how, the draws, the groups by sex under each metric, and the link."""

    evaluation: Evaluation
    characteristics: Sequence[Characteristic]
    draws: Drawn
    by_metric: Mapping[str, pd.DataFrame]
    link: str


def document(asked: NotesSubject) -> str:
    """The notes, whole, as HTML."""
    evaluation = asked.evaluation
    scenario, cohort = evaluation.scenario, evaluation.cohort
    known = {one.key for one in asked.characteristics}
    return TEMPLATES.get_template("assessment.html.jinja").render(
        title=TITLE,
        duty=DUTY,
        price=in_force(scenario),
        prices=prices(evaluation),
        metric=specs()["metric"].choices[scenario.metric],
        target=specs()["target"].choices[scenario.target],
        cohort=cohort,
        version=MODEL_VERSION,
        link=asked.link,
        verdict=verdict(evaluation),
        index=INDEX,
        how_to_read=how_to_read(evaluation),
        groups=[group(evaluation, one) for one in sorted(asked.characteristics, key=lambda one: not one.protected)],
        inequality=inequality(asked),
        women=women(asked),
        missing=words.missing(cohort, known),
        what_to_try=WHAT_TO_TRY,
        changes=changes(evaluation),
    )


def how_to_read(evaluation: Evaluation) -> tuple[str, ...]:
    """What stands over the tables of groups."""
    small = [words.SMALL] if by_group.small_hidden(evaluation) else []
    return (words.priced_by(evaluation.cohort), words.COLUMNS_SAY, *small)


def group(evaluation: Evaluation, one: Characteristic) -> dict[str, Any]:
    """The table of a characteristic, with what it says."""
    table = by_group.table(evaluation, one)
    kind = "protected characteristic" if one.protected else "not a protected characteristic"
    return {
        "heading": f"{one.label} ({kind})",
        "title": words.groups_title(one, table),
        "calibration": words.calibration(one, table),
        "label": one.label.lower(),
        "rows": written(one, table),
    }


def inequality(asked: NotesSubject) -> list[str]:
    """The indices, each with its sentence and its range."""
    evaluation, draws = asked.evaluation, asked.draws
    found = [amplify_words.ranges_note(evaluation.cohort)]
    for ranking in amplification.RANKINGS:
        one = amplification.amplification(evaluation, ranking, draws)
        found += [amplify_words.title(one) + ".", amplify_words.slope(one), amplify_words.concentration(one)]
    for characteristic in asked.characteristics:
        found.append(amplify_words.between(characteristic, amplification.between(evaluation, characteristic, draws)))
    gone = turned_away(evaluation)
    return [*found, amplify_words.turning_away(gone, amplification.gain(evaluation, draws))]


def women(asked: NotesSubject) -> list[str]:
    """The case of women, and what it comes to here where the data know who is a woman."""
    if not asked.by_metric:
        return [words.WOMEN]
    here = words.women_here(asked.by_metric, asked.evaluation.cohort)
    return [words.WOMEN, words.women_title(asked.by_metric) + ".", here]


def changes(evaluation: Evaluation) -> pd.DataFrame:
    """The price as it is, and a few changes to it."""
    found = alternatives(evaluation)
    return pd.DataFrame(
        {
            "Terms": [one.words for one in found],
            "Payback per £1": [pence(one.payback) for one in found],
            "Hours rewarded": [one_decimal(one.hours) for one in found],
            "Slope by needs": [amplify_words.per_hundred(one.slopes["needs"]) for one in found],
            "Slope by place": [amplify_words.per_hundred(one.slopes["decile"]) for one in found],
            "Turned away": [percent(one.turned_away) for one in found],
        }
    )


def written(characteristic: Characteristic, table: pd.DataFrame) -> pd.DataFrame:
    """The table with columns in words and every number as it is read."""
    found = pd.DataFrame({characteristic.label: table["group"]})
    for name, (label, _) in words.COLUMNS.items():
        if name != "seen" or characteristic.reoffended is not None:
            found[label] = ["not shown" if pd.isna(value) else WRITE[name](float(value)) for value in table[name]]
    return found
