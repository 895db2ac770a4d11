"""Good tables of groups as programs write them, before and after somebody bent them."""

import io
from dataclasses import dataclass, field
from random import Random

import openpyxl

MARK = "MARK"
NAMES = ("people", "needs", "decile", "probability", "rate", "severity")
PEOPLE, NEEDS, PROBABILITY, RATE = 0, 1, 3, 4
SHARE = (PROBABILITY, RATE)


@dataclass(frozen=True)
class Program:
    """How a program writes a table."""

    separator: str = ","
    decimal: str = "."
    encodings: tuple[str, ...] = ("utf-8",)
    end: str = "\n"
    row_names: bool = False
    quoted_header: bool = False


PROGRAMS = {
    "Excel": Program(encodings=("cp1252", "utf-8-sig"), end="\r\n"),
    "Excel, comma for decimals": Program(";", ",", ("cp1252", "utf-8-sig"), "\r\n"),
    "Excel, Unicode text": Program("\t", encodings=("utf-16",), end="\r\n"),
    "Excel, Unicode text, comma for decimals": Program("\t", ",", ("utf-16",), "\r\n"),
    "Excel on an old Macintosh": Program(encodings=("mac-roman",), end="\r"),
    "LibreOffice": Program(),
    "LibreOffice, comma for decimals": Program(",", ","),
    "Numbers": Program(end="\r\n"),
    "Numbers, comma for decimals": Program(";", ",", end="\r\n"),
    "R, write.csv": Program(row_names=True, quoted_header=True),
    "R, write.csv2": Program(";", ",", row_names=True, quoted_header=True),
    "R, write_tsv": Program("\t"),
    "pandas": Program(),
    "pandas with its index": Program(row_names=True),
    "a workbook": Program(""),
    "a workbook of pandas with its index": Program("", row_names=True),
}
"""What is written with no separator is a workbook."""


@dataclass
class Written:
    """A table on its way to a file: lines of cells, the header first, and what is said of the whole."""

    program: Program
    figures: list[list[float]]
    lines: list[list[str]] = field(default_factory=list)
    bent: int = 0
    """Row of the spreadsheet that holds what was bent, where it is one."""
    refused: bool = False
    """Whether no figures at all can be right."""
    reason: str = ""
    """What the refusal has to say, where it may come."""
    text: str = ""

    def cell(self, draws: Random, *columns: int) -> tuple[list[str], int]:
        """A line below the header and the place of one of its cells, of these columns; it is what will be bent."""
        line = draws.randrange(1, len(self.lines))
        self.bent = line + 1
        return self.lines[line], draws.choice(columns or range(len(NAMES))) + self.program.row_names


def figures(draws: Random, digits: int) -> list[list[float]]:
    """Groups that are right, their shares with so many digits."""
    found = []
    for _ in range(draws.choice([1, 2, 3, 6, 80])):
        probability = max(round(draws.uniform(0.02, 0.9), digits), 0.1)
        rate = round(probability + draws.choice([0, 0.05, 1, 7.5]), 4)
        people = float(draws.choice([7, 48, 420, 1250, 12500, 123456] + [1250.5] * (digits > 2)))
        severity = draws.choice([6.0, 120.0] + [8.125, 0.5, 9.75] * (digits > 2))
        found.append([people, draws.randint(0, 5), draws.randint(1, 10), probability, rate, severity])
    return found


def plain(number: float, place: int, program: Program) -> str:
    return f"{number:.10g}".replace(".", program.decimal)


def with_point(number: float, place: int, program: Program) -> str:
    """A whole number as pandas writes those of a column that had a gap: 6.0."""
    return repr(float(number)).replace(".", program.decimal)


def with_percentages(number: float, place: int, program: Program) -> str:
    return f"{plain(number * 100, place, program)}%" if place in SHARE else plain(number, place, program)


def write(draws: Random, program: Program) -> Written:
    """A good table, as a program writes it."""
    groups = figures(draws, draws.randint(1, 4))
    cell = draws.choice([plain, plain, with_point, with_percentages])
    lines = [list(NAMES)] + [[cell(number, place, program) for place, number in enumerate(group)] for group in groups]
    if program.row_names:
        lines = [[str(place) if place else "", *line] for place, line in enumerate(lines)]
    return Written(program, groups, lines)


def value(text: str, program: Program) -> float:
    """What a good cell says."""
    number = float(text.rstrip("%").replace(program.decimal, "."))
    return number / 100 if text.endswith("%") else number


def joined(found: Written) -> str:
    """The lines as text, with quotes where a cell needs them."""
    program = found.program

    def cell(text: str, quoted: bool) -> str:
        quoted = quoted or any(mark in text for mark in (program.separator, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    lines = [
        program.separator.join(cell(text, program.quoted_header and not number) for text in line)
        for number, line in enumerate(found.lines)
    ]
    return "".join(line + program.end for line in lines)


def as_workbook(found: Written) -> bytes:
    """The lines on the first sheet of a workbook, numbers as numbers, what begins with = as a formula."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for line in found.lines:
        book.active.append([number(text) for text in line])
    book.save(file)
    return file.getvalue()


def number(text: str) -> float | str | None:
    """What a spreadsheet holds for what was typed."""
    try:
        return float(text) if text.isascii() and text[-1:].isdigit() else text or None
    except ValueError:
        return text


def as_text(draws: Random, found: Written) -> bytes:
    encoding, text = draws.choice(found.program.encodings), found.text or joined(found)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")
