"""What people and programs do to good tables, and what must come of it: the same figures, or a reason."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.pricing.people.written_tables import (
    MARK,
    NAMES,
    NEEDS,
    PEOPLE,
    PROBABILITY,
    PROGRAMS,
    SHARE,
    Program,
    Written,
    as_text,
    as_workbook,
    joined,
    plain,
    value,
    write,
)

Bend = Callable[[Random, Written], None]


def put(*texts: str, columns: tuple[int, ...] = (), refused: bool = True) -> Bend:
    """Another text in a cell."""

    def bend(draws: Random, found: Written) -> None:
        line, place = found.cell(draws, *columns)
        line[place] = draws.choice(texts)
        found.refused = refused

    return bend


def dress(*dressed: Callable[[str, Program], str], columns: tuple[int, ...] = ()) -> Bend:
    """The same number, dressed otherwise: it is read, or its row refused."""

    def bend(draws: Random, found: Written) -> None:
        line, place = found.cell(draws, *columns)
        line[place] = draws.choice(dressed)(line[place], found.program)

    return bend


def around(before: str, after: str = "") -> Callable[[str, Program], str]:
    return lambda text, program: before + text + after


def thousands(mark: str, digits: str = ".10g") -> Callable[[str, Program], str]:
    """A number with a mark between its thousands, "" for its program's own."""

    def bend(text: str, program: Program) -> str:
        between = mark or {",": ".", ".": ","}[program.decimal]
        written = f"{value(text, program):,{digits}}"
        return written.replace(",", "?").replace(".", program.decimal).replace("?", between)

    return bend


def percent(sign: str) -> Callable[[str, Program], str]:
    return lambda text, program: plain(value(text, program) * 100, 0, program) + sign


def exponent(text: str, program: Program) -> str:
    return f"{value(text, program):.9e}".replace(".", program.decimal)


def other_digits(zero: str) -> Callable[[str, Program], str]:
    return lambda text, program: "".join(chr(ord(zero) + int(one)) if one.isdigit() else one for one in text)


def row(change: Callable[[Random, list[str]], object]) -> Bend:
    """A row that lost or got something: no figures can be right."""

    def bend(draws: Random, found: Written) -> None:
        line, _ = found.cell(draws)
        change(draws, line)
        found.refused = True

    return bend


def another_line(*lines: list[str], at: str = "end") -> Bend:
    """A line that is no group: a total, a note, a second header."""

    def bend(draws: Random, found: Written) -> None:
        place = len(found.lines) if at == "end" else draws.randint(2, len(found.lines)) if at == "below" else 0
        line = draws.choice(lines)
        found.lines.insert(place, [*([""] if found.program.row_names else []), *line])
        found.bent, found.refused = place + 1, True
        if not place:
            found.bent, found.reason = 0, "The columns' names stand in row 2"

    return bend


def empty_lines(draws: Random, found: Written) -> None:
    """Lines without anything in them, wherever they stand."""
    for _ in range(draws.randint(1, 3)):
        width = draws.choice([0, 1, len(found.lines[0]), len(found.lines[0]) + 3])
        found.lines.insert(draws.randint(0, len(found.lines)), [draws.choice(["", "", " "])] * width)


def empty_columns(draws: Random, found: Written) -> None:
    """Columns without anything in them at the end, as a sheet has them whose cells were once used."""
    more = draws.randint(1, 4)
    found.lines = [line + [""] * more for line in found.lines]


def empty_columns_before(draws: Random, found: Written) -> None:
    """A table that does not begin in the first column."""
    more = draws.randint(1, 3)
    found.lines = [[""] * more + line for line in found.lines]
    found.reason = "columns"


def other_order(draws: Random, found: Written) -> None:
    order = list(range(found.program.row_names, len(found.lines[0])))
    draws.shuffle(order)
    found.lines = [line[: found.program.row_names] + [line[place] for place in order] for line in found.lines]


def named(change: Callable[[str], str], reason: str = "") -> Bend:
    """One name of the header written otherwise."""

    def bend(draws: Random, found: Written) -> None:
        place = draws.randrange(found.program.row_names, len(found.lines[0]))
        found.lines[0][place] = change(found.lines[0][place])
        found.reason = reason
        found.refused = bool(reason)

    return bend


def another_column(name: str, text: str) -> Bend:
    def bend(draws: Random, found: Written) -> None:
        for number, line in enumerate(found.lines):
            line.append(text if number else name)
        found.refused, found.reason = True, "columns"

    return bend


def header_gone(draws: Random, found: Written) -> None:
    del found.lines[0]
    found.refused, found.reason = True, "no header"


def write_table(draws: Random, found: Written) -> None:
    """R's write.table names one column fewer than it writes."""
    if not found.program.row_names:
        found.lines = [[str(place), *line] if place else line for place, line in enumerate(found.lines)]
    else:
        found.lines[0] = found.lines[0][1:]
    found.reason = "where the header has"


def separated(*separators: str, reason: str = "") -> Bend:
    def bend(draws: Random, found: Written) -> None:
        found.program = replace(found.program, separator=draws.choice(separators))
        found.reason = reason

    return bend


def said_first(draws: Random, found: Written) -> None:
    """The line with which Excel is told the separator."""
    found.text = f"sep={found.program.separator}{found.program.end}{joined(found)}"


def last_end_gone(draws: Random, found: Written) -> None:
    found.text = joined(found).removesuffix(found.program.end)


def cut(draws: Random, found: Written) -> None:
    """A file that broke off inside a row, before its last cell."""
    line, _ = found.cell(draws)
    line[-1] = MARK
    found.text = joined(found).partition(MARK)[0].rstrip('"')
    found.text = found.text[: -draws.randint(1, 3)] if len(line[-2]) > 3 else found.text
    found.refused = True


def quote_left_open(draws: Random, found: Written) -> None:
    line, place = found.cell(draws)
    line[place] = MARK
    found.text = joined(found).replace(MARK, draws.choice(['"5', '"']))
    found.bent, found.refused, found.reason = 0, True, "quotation mark"


def marked_twice(draws: Random, found: Written) -> None:
    """Two byte-order marks, as two programs in a row leave them."""
    found.text = "\ufeff" + joined(found)
    found.program = replace(found.program, encodings=("utf-8-sig",))


def ended_by_dos(draws: Random, found: Written) -> None:
    found.text = joined(found) + "\x1a"
    found.reason = "Row"


NOT_KNOWN = ["", "NA", "N/A", "n/a", "#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "nan", "NaN", "NULL", "None"]
NOT_KNOWN += ["-", "–", "—", "..", ":", "*", "<5", "<10", "?", "inf", "TRUE", "########", ".", ",", "%", "E", "none"]
DATES = ["12-Jan", "Jan-12", "01/02/2026", "2026-01-02", "1.2.26", "12.01.2026", "00:15"]
TOTAL = ["Total", "", "", "", "", ""]
SUM = ["8250", "", "", "", "", ""]
NOTE = ["Source: our own records, 2025"]
TITLE = ["Table 1"]
BENDS: dict[str, Bend] = {
    "as it stands": lambda draws, found: None,
    "no value": put(*NOT_KNOWN),
    "a date": put(*DATES),
    "words": put("about half", "many", "0", "1", columns=(PROBABILITY,)),
    "a share without its sign": put("12", "47", "100", columns=(PROBABILITY,)),
    "a formula": put("=B2*2", "=SUM(A1:A9)", "+A1", "@A1", "-A1"),
    "below nothing": put("-5", "(5)", "−5", "5-", "-0,5", "-0.5", "0", columns=(PEOPLE,)),
    "a fraction": put("1/4", "1 in 4", "25 of 100", "¼", columns=(PROBABILITY,)),
    "a range": put("1-2", "1–2", "2 to 3", "3+", ">2", columns=(NEEDS,)),
    "a half need": put("2.5", "2,5", "1.250", "1,250", "6", "-1", columns=(NEEDS,)),
    "spaces": dress(
        *(around(a, b) for a in ("", " ", "\u00a0", "\t", "\u2009") for b in ("", "  ", "\u202f", "\u200b"))
    ),
    "text that stands for a number": dress(around("'"), around("="), around('="', '"'), around('"', '"')),
    "a sign": dress(around("+"), around("~"), around("≈"), around("c. ")),
    "a mark for a note": dress(
        around("", "*"), around("", " (a)"), around("", "¹"), around("", "[1]"), around("", "†")
    ),
    "a unit": dress(around("£"), around("", " days"), around("", "p"), around("", " people"), around("", "k")),
    "a percentage": dress(percent("%"), percent(" %"), percent("\u00a0%"), percent("٪"), columns=SHARE),
    "an exponent": dress(exponent),
    "thousands": dress(*map(thousands, ["", " ", "\u00a0", "\u202f", "'", "’", "\u2009", "_"]), columns=(PEOPLE,)),
    "thousands and hundredths": dress(thousands("", ".2f"), columns=(PEOPLE,)),
    "digits of another script": dress(*map(other_digits, "０٠०৹"[:3])),
    "another mark": dress(lambda text, program: text.replace(program.decimal, "·")),
    "a line break in a cell": dress(around("", "\n"), around("\n")),
    "a row without a cell": row(lambda draws, line: line.pop(draws.randrange(len(line)))),
    "a row with a cell more": row(lambda draws, line: line.insert(draws.randrange(len(line)), "3")),
    "a row with a note": row(lambda draws, line: line.append("check")),
    "two rows in one": row(lambda draws, line: line.extend(line[:])),
    "a total": another_line(TOTAL, SUM, ["All", "8250", "", "", "", ""]),
    "a note": another_line(NOTE, ["# " + NOTE[0]], [*NOTE, "", "", "", "", ""]),
    "a second header": another_line(list(NAMES), at="below"),
    "a title": another_line(TITLE, NOTE, ["# made by hand"], ["Our groups", "", "", "", "", ""], at="top"),
    "empty rows": empty_lines,
    "empty columns": empty_columns,
    "empty columns before": empty_columns_before,
    "columns in another order": other_order,
    "a name in capitals": named(str.upper),
    "a name with spaces": named(lambda name: f"  {name.title()} "),
    "a name with a line break": named(lambda name: f"{name}\n"),
    "a name with a unit": named(lambda name: f"{name} (2025)", "columns"),
    "a name misspelt": named(lambda name: name[:-1], "columns"),
    "no name": named(lambda name: "", "columns"),
    "a name twice": lambda draws, found: another_column(draws.choice(NAMES), "1")(draws, found),
    "a column of names": another_column("group", "young, no home"),
    "no header": header_gone,
    "R's write.table": write_table,
    "bars": separated("|", ":", " ", "^", reason="columns"),
    "a separator said": said_first,
    "no last line end": last_end_gone,
    "broken off": cut,
    "a quote left open": quote_left_open,
    "two byte-order marks": marked_twice,
    "the end as DOS writes it": ended_by_dos,
}
"""What people and programs do to a table."""
OF_TEXT = ("bars", "a separator said", "no last line end", "broken off", "a quote left open")
OF_TEXT += ("two byte-order marks", "the end as DOS writes it")
"""What can be done to a text and not to a workbook."""


def bent(draws: Random, program: str, done: str) -> tuple[Written, bytes]:
    """A mutation of a good table: what must come of it, and the file."""
    found = write(draws, PROGRAMS[program])
    BENDS[done](draws, found)
    return found, as_text(draws, found) if found.program.separator or done in OF_TEXT else as_workbook(found)
