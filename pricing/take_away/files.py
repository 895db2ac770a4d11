"""The kinds of file that can be downloaded, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.take_away import printed, reproduce, scenario_file, workbook
from pricing.take_away.cover import Cover


@dataclass(frozen=True)
class File:
    """A kind of file: its name, what it is for in a sentence, its ending, its media type, and how it is written."""

    name: str
    what: str
    ending: str
    media: str
    write: Callable[[Cover], bytes]


FILES: Mapping[str, File] = MappingProxyType(
    {
        "xlsx": File(
            "Excel workbook",
            "Settings, schedule, groups, cheapest fair price and assumptions, each on a sheet, numbers to work with.",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook.write,
        ),
        "html": File(
            "report",
            "Two A4 pages to print or to send: they open in any browser and need neither this page nor a connection.",
            "html",
            "text/html",
            lambda cover: printed.write(cover).encode(),
        ),
        "json": File(
            "scenario file",
            "Every setting, in a small text file that can be loaded again, below or with the command.",
            "json",
            "application/json",
            lambda cover: scenario_file.write(cover).encode(),
        ),
        "python": File(
            "Python script",
            "Works everything out anew and refuses another version of the model.",
            "py",
            "text/x-python",
            lambda cover: reproduce.python(cover).encode(),
        ),
    }
)
"""Kind of file -> what it is."""
STEM = "whom_does_this_price_leave_behind"
"""Name of every file, before its ending."""
