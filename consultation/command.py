"""What rooms said: what ``python -m pricing consultation`` lists, takes away and deletes."""

import argparse
import csv
import json
from pathlib import Path

import pandas as pd

from consultation import door
from consultation.records import Listed
from pricing import MODEL_VERSION
from pricing.command import output
from pricing.command.subcommand import Subcommand, add_formats
from pricing.command.take_away import SERVED
from pricing.errors import ParameterError
from pricing.words import written

NOTES = """\
list            every event that is kept: code, title, started, closed, delete_on, questions, people (browsers that
                answered anything) and answers
export CODE     csv and xlsx: one row for each answer; html: a report on A4 with what the room was shown and no more;
                json: everything, as “consultation schema” describes it. The seat of an answer is told where 5
                answers or more are from it, and never so that subtraction gives a smaller one back
delete CODE     delete an event with all its answers, at once and for good
migrate         bring an older database up to date; a file is brought up to date by itself
schema          the JSON Schema of an event as JSON
Answers are kept in the user's data folder; EXPLORER_DATABASE names another file, or a PostgreSQL database as
postgresql+psycopg://user:password@host/name. Events whose day has come are deleted whenever the database is opened.
"""
BINARY = "xlsx"
COLUMNS = ("code", "title", "started", "closed", "delete_on", "questions", "people", "answers")
"""Of the list."""


def add(parser: argparse.ArgumentParser) -> None:
    """What to do, with which event, and in which form."""
    does = parser.add_subparsers(required=True, metavar="list | export | delete | migrate | schema", dest="does")
    add_formats(does.add_parser("list", help="every event that is kept"))
    leave = does.add_parser("export", help="an event as a file")
    leave.add_argument("code", metavar="CODE", help="the code of the event")
    add_formats(leave, door.FORMS)
    leave.add_argument("--output", metavar="FILE", type=Path, help="where to write it (default: standard output)")
    leave.add_argument("--force", action="store_true", help="write over a file that is there")
    leave.add_argument("--address", metavar="URL", default=SERVED, help=f"where links lead (default: {SERVED})")
    does.add_parser("delete", help="delete an event with all its answers").add_argument("code", metavar="CODE")
    does.add_parser("migrate", help="bring an older database up to date")
    does.add_parser("schema", help="the JSON Schema of an event as JSON")


def row(one: Listed) -> dict[str, object]:
    """An event as the list gives it."""
    event = one.event
    return {
        "code": event.code,
        "title": event.title,
        "started": f"{event.started:%Y-%m-%dT%H:%MZ}",
        "closed": event.closed and f"{event.closed:%Y-%m-%dT%H:%MZ}",
        "delete_on": event.delete_on.isoformat(),
        "questions": len(event.questions),
        "people": one.people,
        "answers": one.answers,
    }


def listing(arguments: argparse.Namespace) -> str:
    """Every event as JSON or CSV."""
    from consultation import keeper  # noqa: PLC0415 - sqlalchemy, only where the store is needed

    found = [row(one) for one in keeper.listed()]
    if arguments.format == "json":
        return written.as_json({"version": MODEL_VERSION, "events": found})
    table = pd.DataFrame(found, columns=list(COLUMNS), dtype=object)
    return f"# pricing-structure explorer; model {MODEL_VERSION}\n" + written.as_csv(
        table, quoting=csv.QUOTE_NONNUMERIC
    )


def exported(arguments: argparse.Namespace) -> str:
    """An event as text, or written into a file; raises ParameterError for a workbook without a file."""
    from consultation import keeper  # noqa: PLC0415

    if arguments.output is None and arguments.format == BINARY:
        raise ParameterError("A workbook is written into a file: name it with --output FILE.xlsx.")
    if arguments.output is not None:
        output.check_place(arguments.output, arguments.format, force=arguments.force)
    file = keeper.export(arguments.code, arguments.format, arguments.address)
    if arguments.output is None:
        return file.content.decode("utf-8")
    return output.save(arguments.output, file.content)


def deleted(arguments: argparse.Namespace) -> str:
    """Delete an event, and say what it was."""
    from consultation import keeper  # noqa: PLC0415

    gone = keeper.delete(arguments.code)
    return f"Deleted “{gone.event.title}” ({gone.event.code}) with its {gone.answers} answers."


def migrated(_: argparse.Namespace) -> str:
    """Bring the database up to date."""
    from consultation import keeper  # noqa: PLC0415

    keeper.migrate()
    return "The database of what rooms said is up to date."


def schema(_: argparse.Namespace) -> str:
    """The JSON Schema of an event as JSON."""
    from consultation.leaving import document  # noqa: PLC0415

    return json.dumps(document.schema(), indent=2, ensure_ascii=False)


DOES = {"list": listing, "export": exported, "delete": deleted, "migrate": migrated, "schema": schema}


def text(arguments: argparse.Namespace) -> str:
    """What is asked for."""
    return DOES[arguments.does](arguments)


SUBCOMMAND = Subcommand(
    "consultation", "what rooms said at consultation events: list, export, delete", add, text, NOTES
)
