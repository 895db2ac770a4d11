"""Notes for an equality impact assessment, as a page of HTML that a word processor takes tables and all. No streamlit.

Every text is escaped on its way in: the name of a reader's own table comes from outside.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from pages.kit.markdown import count, in_force, pence, percent, pounds, prices, verdict
from pages.topics.fairness import amplify_words, words
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
    "per 100 people are expected at the end of most need than at the end of least. A premium on the fee alone is not "
    "among them: it makes people wanted, not worked with."
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
STYLE = (
    "body{font-family:Arial,Helvetica,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5;"
    "color:#1D2530;background:#fff}table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;"
    "font-weight:bold}th,td{border:1px solid #808A94;padding:.25rem .5rem;text-align:right}"
    "td{white-space:nowrap}th:first-child,td:first-child{text-align:left}"
)


@dataclass(frozen=True)
class NotesSubject:
    """What the notes are about: who is looked at how, the draws, the groups by sex under each metric, and the link."""

    evaluation: Evaluation
    characteristics: Sequence[Characteristic]
    draws: Drawn
    by_metric: Mapping[str, pd.DataFrame]
    link: str


def document(asked: NotesSubject) -> str:
    """The notes, whole."""
    parts = [*price_and_people(asked), *groups(asked), *inequality(asked), *limits(asked)]
    head = f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title>'
    return f"{head}<style>{STYLE}</style></head><body><h1>{TITLE}</h1>{''.join(parts)}</body></html>\n"


def price_and_people(asked: NotesSubject) -> list[str]:
    """What was assessed."""
    evaluation = asked.evaluation
    scenario, cohort = evaluation.scenario, evaluation.cohort
    return [
        paragraph(DUTY),
        heading("What was looked at"),
        paragraph(
            f"The price: {in_force(scenario)} It pays {prices(evaluation)}; metric: "
            f"{specs()['metric'].choices[scenario.metric]}; target: {specs()['target'].choices[scenario.target]}."
        ),
        paragraph(f"The people: {cohort.label}. {cohort.caution}"),
        paragraph(f"Model version {MODEL_VERSION}. Every setting is in this link: {asked.link}"),
        paragraph(verdict(evaluation)),
        paragraph(INDEX),
    ]


def groups(asked: NotesSubject) -> list[str]:
    """A table per characteristic, the protected ones first."""
    small = [words.SMALL] if by_group.small_hidden(asked.evaluation) else []
    intro = (words.priced_by(asked.evaluation.cohort.name), words.COLUMNS_SAY, *small)
    found = [heading("What the price means, group by group"), *map(paragraph, intro)]
    for one in sorted(asked.characteristics, key=lambda one: not one.protected):
        table = by_group.table(asked.evaluation, one)
        kind = "protected characteristic" if one.protected else "not a protected characteristic"
        found.append(heading(f"{one.label} ({kind})", 3))
        found.append(paragraph(words.groups_title(one, table) + "."))
        if said := words.calibration(one, table):
            found.append(paragraph(said))
        found.append(html_table(f"By {one.label.lower()}", written(one, table)))
    return found


def inequality(asked: NotesSubject) -> list[str]:
    """The indices, each with its sentence and its range."""
    evaluation, draws = asked.evaluation, asked.draws
    found = [
        heading("Does the price amplify inequality?"),
        paragraph(amplify_words.ranges_note(evaluation.cohort.name)),
    ]
    for ranking in amplification.RANKINGS:
        one = amplification.amplification(evaluation, ranking, draws)
        found += [paragraph(amplify_words.title(one) + "."), paragraph(amplify_words.slope(one))]
        found.append(paragraph(amplify_words.concentration(one)))
    for characteristic in asked.characteristics:
        parts = amplification.between(evaluation, characteristic, draws)
        found.append(paragraph(amplify_words.between(characteristic, parts)))
    gone = turned_away(evaluation)
    return [*found, paragraph(amplify_words.turning_away(gone, amplification.gain(evaluation, draws)))]


def limits(asked: NotesSubject) -> list[str]:
    """What is missing, and what might be changed."""
    cohort = asked.evaluation.cohort
    known = {one.key for one in asked.characteristics}
    return [
        heading("Women and men under a binary and a frequency rate"),
        paragraph(words.WOMEN),
        *([paragraph(words.women_title(asked.by_metric) + ".")] if asked.by_metric else []),
        *([paragraph(words.women_here(asked.by_metric, cohort.name))] if asked.by_metric else []),
        heading("What these data do not say"),
        paragraph(words.missing(cohort.name, known)),
        items(cohort.notes),
        heading("What might be changed"),
        paragraph(WHAT_TO_TRY),
        html_table("The same money under other terms", changes(asked.evaluation)),
    ]


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


def html_table(caption: str, table: pd.DataFrame) -> str:
    """A table with a caption and headed rows."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table)
    rows = [
        f'<tr><th scope="row">{escape(str(row[0]))}</th>' + "".join(f"<td>{escape(str(v))}</td>" for v in row[1:])
        for row in table.itertuples(index=False)
    ]
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{'</tr>'.join(rows)}</tr></table>"


def heading(text: str, level: int = 2) -> str:
    """A heading."""
    return f"<h{level}>{escape(text)}</h{level}>"


def paragraph(text: str) -> str:
    """A paragraph; words between two stars stand bold."""
    return "<p>" + BOLD.sub(r"<b>\1</b>", escape(text)) + "</p>"


def items(texts: Sequence[str]) -> str:
    """A list."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>" if texts else ""
