"""The scenario as an Excel workbook: its settings, schedule, groups and assumptions, and where they come from.

Every text is written as text, never guessed to be a formula, a link or a number.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pricing import MODEL_VERSION
from pricing.price import schedule
from pricing.questions.how_sure import assumed_ranges
from pricing.scenario import in_words
from pricing.scenario.scenario import Scenario, defaults, specs
from pricing.take_away import cheapest_price, figures, who_saves
from pricing.take_away.cover import TITLE, Cover
from pricing.words import groups
from pricing.words.numbers import unit

A4 = 9
KINDS = {
    "count": "#,##0",
    "pence": "£#,##0.00;−£#,##0.00",
    "pounds": "£#,##0;−£#,##0",
    "hours": "0.0",
    "percent": "0%",
    "number": "General",
}
"""Kind of number -> how Excel writes it."""
PLAIN = {"valign": "top", "bottom": 1, "bottom_color": "#C4CBD1"}
TEXT = PLAIN | {"text_wrap": True, "indent": 1}
HEAD = TEXT | {"bold": True, "font_color": "#FFFFFF", "bg_color": "#12436D"}
LINE = 15
"""Points in height of a line of text."""
LEANS_ON = "What it means, and what it leans on"
CONTENTS = (
    (
        "Figures",
        "What the price rewards, costs and saves over everyone, how sure that is, and price A if one is pinned.",
    ),
    ("Settings", "Every parameter: what it stands at, its default, and where the default comes from."),
    ("Schedule", "The price as it would be published, by number of needs and deprivation tenth, before any clauses."),
    ("Groups", "What the price rewards, by number of needs and deprivation tenth."),
    (
        "Who saves",
        "What each agency saves, over everyone and by borough: what of it is cash, goes into the pot, and is kept.",
    ),
    (
        "Cheapest fair price",
        "The cheapest price that keeps, for every group, the promise that is asked for; and which groups decide it.",
    ),
    ("Assumptions", "What is assumed rather than known, how far it may be off, and how the people were made up."),
)


@dataclass(frozen=True)
class Sheet:
    """A table in the workbook: its name, its rows under a header, each column's kind and its width in letters."""

    name: str
    data: pd.DataFrame
    kinds: Mapping[str, str]
    widths: Sequence[float]


def write(cover: Cover) -> bytes:
    """The workbook as the bytes of an .xlsx file; the same cover gives the same bytes."""
    file = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, plain)
    book.set_properties({"title": TITLE, "comments": cover.link, "created": datetime.combine(cover.made, time())})
    read_me(book, cover)
    sheets = (
        figures_sheet,
        settings_sheet,
        schedule_sheet,
        groups_sheet,
        savings_sheet,
        cheapest_sheet,
        assumptions_sheet,
    )
    for sheet in sheets:
        add(book, sheet(cover), cover.day)
    book.close()
    return file.getvalue()


def read_me(book: Workbook, cover: Cover) -> None:
    """The first sheet: what this is, its cover, and what stands in the others."""
    page = book.add_worksheet("Read me")
    bold, wrap = book.add_format(TEXT | {"bold": True}), book.add_format(TEXT)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, TITLE, book.add_format({"bold": True, "font_size": 16}))
    short = groups.people_short(cover.evaluation)
    contents = [(f"Sheet “{name}”", f"{text} {short if name == 'Groups' else ''}".strip()) for name, text in CONTENTS]
    columns = [(f"Column “{groups.COLUMNS[name][0]}”", text) for name, text in groups.MEANING.items()]
    again = ("To see it anew", "Open the link, or load the scenario's JSON file on the page “Take it away”.")
    for row, (what, text) in enumerate([*cover.lines(), *contents, *columns, again], start=2):
        page.write_string(row, 0, what, bold)
        page.write_string(row, 1, text, wrap)
        page.set_row(row, LINE * lines((text,), (100,)))
    for_print(page, cover.day)


def add(book: Workbook, sheet: Sheet, day: str) -> None:
    """One table with its header frozen; numbers stay numbers, what is undefined stays empty."""
    page = book.add_worksheet(sheet.name)
    head, text = book.add_format(HEAD), book.add_format(TEXT)
    styles = {kind: book.add_format(PLAIN | {"num_format": look}) for kind, look in KINDS.items()}
    widths = [sheet.widths[min(column, len(sheet.widths) - 1)] for column in range(len(sheet.data.columns))]
    for row, values in enumerate([sheet.data.columns.tolist(), *sheet.data.to_numpy().tolist()]):
        page.set_row(row, LINE * lines(values, widths))
    for column, name in enumerate(sheet.data.columns):
        page.set_column(column, column, widths[column])
        page.write_string(0, column, name, head)
        style = styles[sheet.kinds.get(name, "number")]
        for row, value in enumerate(sheet.data[name].tolist(), start=1):
            write_cell(page, (row, column), value, (text, style))
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    for_print(page, day)


def write_cell(page: Worksheet, place: tuple[int, int], value: object, styles: tuple[Format, Format]) -> None:
    """A text as text, a number as a number; nothing where there is neither."""
    if isinstance(value, str) and value:
        page.write_string(*place, value, styles[0])
    elif isinstance(value, int | float) and not math.isnan(value):
        page.write_number(*place, value, styles[1])


def lines(values: Sequence[object], widths: Sequence[float]) -> int:
    """Lines of text that a row needs: not every program fits row heights itself. 1.1 leaves room for wide letters."""
    texts = [str(value) if isinstance(value, str) else "" for value in values]
    return max(math.ceil(1.1 * len(text) / width) or 1 for text, width in zip(texts, widths, strict=True))


def for_print(page: Worksheet, day: str) -> None:
    """A4 across, as many pages down as it takes, with version and date under each."""
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer(f"&LPricing-structure explorer, model {MODEL_VERSION}&C{day}&RPage &P of &N")


def rows_of_settings(scenario: Scenario) -> pd.DataFrame:
    """Settings with numbers where they are numbers, and words where they are choices."""
    table = in_words.table(scenario)
    for column, values in (("Now", scenario.values()), ("Default", defaults().values())):
        cells = {
            name: in_words.shown(spec, values[name]) if spec.choices else values[name] for name, spec in specs().items()
        }
        table[column] = pd.Series(cells, dtype=object).to_numpy()
    return table


def figures_sheet(cover: Cover) -> Sheet:
    """What the price rewards, costs and saves over everyone, in numbers, and how to read them."""
    columns = ["About", "Figure", "Unit", "This price", "Low", "High", *(["A"] if cover.pinned else [])]
    found = [
        (about, row.what, row.unit, row.value, row.low, row.high, row.beside)[: len(columns)]
        for about, rows in figures.rows(cover).items()
        for row in rows
    ]
    note = (figures.reading(cover.evaluation), *[None] * (len(columns) - 1))
    return Sheet("Figures", pd.DataFrame([*found, note], columns=columns, dtype=object), {}, (60, 60, 16, 16))


def settings_sheet(cover: Cover) -> Sheet:
    """Every parameter."""
    table = rows_of_settings(cover.evaluation.scenario)
    return Sheet("Settings", table, {}, (38, 10, 26, 26, 24, 15, 60, 30, 22))


def schedule_sheet(cover: Cover) -> Sheet:
    """The price as it would be published."""
    scenario, terms = cover.evaluation.scenario, cover.evaluation.terms
    words = {"needs": "Number of needs", "decile": f"Deprivation tenth ({scenario.area_index}; 1 is the most deprived)"}
    words |= {"fee": "Fee for service, £ per person"}
    words |= {metric: f"£ per {unit(metric, scenario.target)}" for metric in terms.unit_prices}
    table = schedule.published(scenario, terms).rename(columns=words)
    money = list(words.values())[2:]
    return Sheet("Schedule", table, dict.fromkeys(money, "pence"), (18, 30, 24, 30))


def groups_sheet(cover: Cover) -> Sheet:
    """What the price rewards, by needs and place; the groups and columns of the explorer's own tables."""
    table = groups.table(cover.evaluation, "needs", "decile")
    return Sheet("Groups", table, dict(groups.COLUMNS.values()), (18, 18, 14))


def savings_sheet(cover: Cover) -> Sheet:
    """What each agency saves, over everyone and by borough."""
    kinds = dict.fromkeys(who_saves.POUNDS, "pounds") | {who_saves.SHARE: "percent"}
    return Sheet("Who saves", who_saves.table(cover.evaluation), kinds, (26, 26, 14, 14, 14, 14, 14, 50))


def cheapest_sheet(cover: Cover) -> Sheet:
    """The cheapest fair price under the reader's question: its schedule, then question and answer in sentences."""
    evaluation = cover.evaluation
    found = cheapest_price.found(evaluation)
    said = [cheapest_price.question(evaluation), *cheapest_price.sentences(evaluation, found)]
    table, kinds = (
        (pd.DataFrame(), dict[str, str]()) if isinstance(found, str) else cheapest_price.schedule(evaluation, found)
    )
    words = pd.DataFrame({"Question and answer": said})
    return Sheet("Cheapest fair price", pd.concat([words, table], axis=1), kinds, (90, 12, 14, 14))


def assumptions_sheet(cover: Cover) -> Sheet:
    """What is assumed: parameters first, with the range that "How sure" draws from, then notes on the people."""
    scenario, cohort = cover.evaluation.scenario, cover.evaluation.cohort
    table = rows_of_settings(scenario).set_index("Name in links")
    names = [name for name, spec in specs().items() if spec.origin == "assumption"]
    rows = [assumed(scenario, name) | table.loc[name, ["Now", "Default", "Unit"]].to_dict() for name in names]
    rows += [{"Assumption": "About the people", LEANS_ON: note} for note in (cohort.caution, *cohort.notes)]
    columns = ["Assumption", "Now", "Default", "Unit", "Low", "High", LEANS_ON]
    return Sheet("Assumptions", pd.DataFrame(rows, columns=columns), {}, (38, 12, 12, 24, 12, 12, 100))


def assumed(scenario: Scenario, name: str) -> dict[str, object]:
    """One assumption: how far it may be off, where that is known, and what it leans on."""
    spec, found = specs()[name], assumed_ranges.declared(name)
    if found is None:
        return {"Assumption": spec.label, LEANS_ON: f"{spec.help} {spec.source}"}
    ends = assumed_ranges.around(name, scenario)
    return {"Assumption": spec.label, "Low": ends.low, "High": ends.high, LEANS_ON: f"{spec.help} {found.source}"}
