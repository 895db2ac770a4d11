"""The rows of an event as CSV and as an Excel workbook; no cell of either is ever taken for a formula."""

import csv
from dataclasses import asdict
from datetime import datetime
from io import BytesIO

import pandas as pd
import xlsxwriter

from consultation.leaving import report, rows
from consultation.leaving.rows import COLUMNS, WholeEvent
from consultation.records import Question, Tally
from pricing import MODEL_VERSION
from pricing.take_away import workbook
from pricing.take_away.workbook import Sheet
from pricing.words.written import as_csv


def table(whole: WholeEvent) -> pd.DataFrame:
    """A row an answer."""
    found = [asdict(row) | {"appears": {None: "", True: "yes", False: "no"}[row.appears]} for row in rows.of(whole)]
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


def heading(whole: WholeEvent) -> str:
    """The comment line over the CSV: the event, the model version and the event's own price."""
    event = whole.event
    return f"# pricing-structure explorer; model {MODEL_VERSION}; event {event.code}; {event.link}\n"


def comma_separated(whole: WholeEvent) -> bytes:
    """The rows as CSV, every text in quotes, with the mark by which Excel knows the encoding."""
    text = heading(whole) + as_csv(table(whole), quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    return text.encode("utf-8")


def excel(whole: WholeEvent) -> bytes:
    """The workbook: what was asked, and a row an answer; the same event gives the same bytes."""
    file = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, plain)
    event = whole.event
    book.set_properties({"title": event.title, "created": datetime.combine(event.started.date(), datetime.min.time())})
    day = f"event {event.code}"
    workbook.add(book, Sheet("Questions", asked(whole), {"Answered": "count"}, (60, 12, 12, 12, 40)), day)
    workbook.add(book, Sheet("Answers", table(whole), {}, (50, 12, 40, 30, 20, 40, 12, 10)), day)
    book.close()
    return file.getvalue()


def asked(whole: WholeEvent) -> pd.DataFrame:
    """What was asked, how many answered, and the result in a line."""
    found = [
        {
            "Question": question.words,
            "Kind": question.kind,
            "State": question.state,
            "Answered": len(whole.answers[question.id]),
            "Result": in_a_line(question, whole.tally(question)),
        }
        for question in whole.event.questions
    ]
    return pd.DataFrame(found)


def in_a_line(question: Question, tally: Tally) -> str:
    """The result of a question in a line; "" where it has none or nobody answered."""
    if not tally.answered:
        return ""
    if question.kind == "agreement":
        return f"Middle answer (median): {tally.median:g} of 5. " + counted(
            [f"{place}" for place in range(1, 6)], tally
        )
    if question.kind == "number" and None not in (tally.low_quarter, tally.median, tally.high_quarter):
        low, middle, high = (
            question.stated(end or 0.0) for end in (tally.low_quarter, tally.median, tally.high_quarter)
        )
        if tally.answered == 1:
            return f"The one answer: {middle}."
        return f"Middle answer (median): {middle}; at least half of all answers lie from {low} to {high}."
    if tally.price is not None:
        said = [report.setting(one) for one in tally.price.settings]
        parts = [f"{one['label']}: the event’s own {one['own']}, the room’s middle {one['room']}" for one in said]
        alike = "Every price is the event’s own" if tally.price.read else "No price can be read by this version"
        return "; ".join(parts or [alike]) + "."
    return counted(question.choices, tally)


def counted(names: tuple[str, ...] | list[str], tally: Tally) -> str:
    """How many chose each, in a line."""
    parts = [f"{name}: {rows.NOT_SHOWN if n is None else n}" for name, n in zip(names, tally.counts, strict=False)]
    return "; ".join(parts) + ("." if parts else "")
