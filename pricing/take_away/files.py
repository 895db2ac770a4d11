"""The kinds of file that can be downloaded, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pricing.take_away import printed, reproduce, scenario_file, trustees_report, workbook
from pricing.take_away.cover import Cover

STEM = "whom_does_this_price_leave_behind"
"""Name of a file, before its ending."""


@dataclass(frozen=True)
class File:
    """A kind of file: its name, what it is for, its ending, its media type, how it is written, and what it is called.

    ``stem`` is the file's own name, before its ending.
    """

    name: str
    what: str
    ending: str
    media: str
    write: Callable[[Cover], bytes]
    stem: str = STEM


FILES: Mapping[str, File] = MappingProxyType(
    {
        "xlsx": File(
            "Excel workbook",
            "Figures, settings, schedule, groups, cheapest fair price and assumptions, each on a sheet, as numbers.",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            workbook.write,
        ),
        "html": File(
            "report",
            "Two A4 pages to print or to send: they open in any browser, without the explorer or a connection.",
            "html",
            "text/html",
            lambda cover: printed.write(cover).encode(),
        ),
        "trustees": File(
            "trustees' report",
            "Two A4 pages for one provider's board, with the settings of “Being a small provider”: what is asked, what "
            "can be lost, what must be true, and questions to the prime contractor.",
            "html",
            "text/html",
            lambda cover: trustees_report.write(cover).encode(),
            "can_we_carry_this_contract",
        ),
        "json": File(
            "scenario file",
            "Every setting, in a small text file that can be loaded again, on “Take it away” or with the command.",
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
