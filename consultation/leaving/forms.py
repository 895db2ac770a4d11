"""The forms in which an event leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultation.leaving import document, report, table_files
from consultation.leaving.rows import WholeEvent
from consultation.records import RoomEvent, RoomFile
from pricing.errors import ParameterError
from pricing.take_away.files import FILES


@dataclass(frozen=True)
class EventForm:
    """A form: its name in words, what it is for, its media type and how it is written; its key is its ending."""

    name: str
    what: str
    media: str
    write: Callable[[WholeEvent], bytes]


FORMS: Mapping[str, EventForm] = MappingProxyType(
    {
        "csv": EventForm("CSV", "One row for each answer, for any program.", "text/csv", table_files.comma_separated),
        "xlsx": EventForm(
            "Excel workbook", "What was asked, and one row for each answer.", FILES["xlsx"].media, table_files.excel
        ),
        "html": EventForm(
            "report",
            "A4 pages to print or to send, with what the room was shown and no more.",
            "text/html",
            report.write,
        ),
        "json": EventForm(
            "JSON", "Everything, for a program; its schema is published.", "application/json", document.write
        ),
    }
)
"""Ending of a file -> what it is."""


def file_name(event: RoomEvent, form: str) -> str:
    """What the file of an event in this form is called."""
    return f"what_the_room_said_{event.code}.{form}"


def made(whole: WholeEvent, form: str) -> RoomFile:
    """An event as a file of this form; raises ParameterError for a form that there is not."""
    found = FORMS.get(form)
    if found is None:
        raise ParameterError(f"An event can be exported as one of {', '.join(FORMS)}.")
    return RoomFile(file_name(whole.event, form), found.media, found.write(whole))
