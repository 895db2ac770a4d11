"""Hostile files, drawn at random: tables of risks, scenarios, records of people, sound ones that were bent."""

import io
import json
from dataclasses import dataclass
from random import Random

import openpyxl
from openpyxl.utils.exceptions import IllegalCharacterError

from pricing import MODEL_VERSION
from pricing.people.table_columns import COLUMNS, REQUIRED
from pricing.scenario.scenario import specs
from pricing.take_away import scenario_file
from tests.hostile import draw_links, words

MOST = 60
"""Characters of a name: a longer one no system would have let anybody write."""


@dataclass(frozen=True)
class HostileFile:
    """A file as it is given: its name and its bytes, and the texts of a stranger that are in them."""

    name: str
    data: bytes
    given: tuple[str, ...]


def name(luck: Random, ending: str) -> str:
    """A name with an ending of the kind that is asked for."""
    said = "file" if luck.random() < 0.4 else words.some(luck).replace("/", "").replace("\0", "")[:MOST]
    return f"{said}.{ending}"


def sound_rows(luck: Random) -> list[list[str]]:
    """A header and one to eight groups that can be used."""
    rows = [list(REQUIRED)]
    for _ in range(luck.choice((1, 2, 8))):
        chance = luck.uniform(0.02, 0.9)
        people, place = f"{luck.uniform(1, 900):.0f}", [str(luck.randint(0, 5)), str(luck.randint(1, 10))]
        rows.append(
            [people, *place, f"{chance:.4f}", f"{chance * luck.uniform(1, 8):.4f}", f"{luck.uniform(1, 60):.2f}"]
        )
    return rows


def bend(luck: Random, rows: list[list[str]]) -> tuple[str, ...]:
    """Put something of a stranger's into rows; what it was."""
    row = luck.choice(rows)
    which = luck.random()
    if which < 0.3:
        row[luck.randrange(len(row))] = said = luck.choice((words.some(luck), luck.choice(words.NUMBERS)))
        return (said,)
    if which < 0.4:
        row.append(said := words.some(luck))
        return (said,)
    if which < 0.5 and len(row) > 1:
        del row[luck.randrange(len(row))]
    elif which < 0.6:
        rows[0][luck.randrange(len(rows[0]))] = said = luck.choice((words.some(luck), *COLUMNS))
        return (said,)
    elif which < 0.7:
        rows.insert(luck.randrange(len(rows) + 1), [said := words.some(luck)])
        return (said,)
    return ()


def broken(luck: Random, data: bytes) -> bytes:
    """The same bytes, now and then cut, or with others among them."""
    which, place = luck.random(), luck.randrange(len(data) + 1)
    if which < 0.7:
        return data
    if which < 0.8:
        return data[:place]
    if which < 0.9:
        return data[:place] + luck.randbytes(luck.choice((1, 4, 100))) + data[place:]
    return luck.randbytes(luck.choice((0, 1, 1000)))


def as_csv(luck: Random, rows: list[list[str]]) -> bytes:
    """Rows as some program would write them."""
    separator, mark = luck.choice(((",", "."), (";", ","), ("\t", "."), ("|", ".")))
    end = luck.choice(("\n", "\r\n", "\r"))
    quote = luck.choice(("", "", '"'))
    cells = [[quote + cell.replace(".", mark) + quote for cell in row] for row in rows]
    coding = luck.choices(("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"), (8, 2, 1, 2, 1))[0]
    return (end.join(separator.join(row) for row in cells) + end).encode(coding, "replace")


def as_workbook(luck: Random, rows: list[list[str]]) -> bytes:
    """Rows in a workbook whose first sheet has a name of a stranger's."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "".join(c for c in words.some(luck) if c not in "\\*?:/[]" and c.isprintable())[:31] or "Sheet"
    for row in rows:
        try:
            sheet.append([number_or_text(cell) for cell in row])
        except IllegalCharacterError:
            sheet.append(["?"] * len(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def number_or_text(cell: str) -> float | str:
    """A cell as a spreadsheet would hold it."""
    try:
        return float(cell) if cell.replace(".", "").isdecimal() and cell.isascii() else cell
    except ValueError:
        return cell


def table(luck: Random) -> HostileFile:
    """A table of risks."""
    rows = sound_rows(luck)
    given = tuple(said for _ in range(luck.choice((0, 1, 1, 3))) for said in bend(luck, rows))
    if luck.random() < 0.25:
        called = name(luck, "xlsx")
        return HostileFile(called, broken(luck, as_workbook(luck, rows)), (*given, called))
    called = name(luck, "csv")
    return HostileFile(called, broken(luck, as_csv(luck, rows)), (*given, called))


def sound_table(luck: Random) -> HostileFile:
    """A table that can be used."""
    return HostileFile("table.csv", "\n".join(map(",".join, sound_rows(luck))).encode(), ())


def scenario(luck: Random) -> HostileFile:
    """A scenario as a file."""
    values: dict[str, object] = {}
    given: list[str] = []
    for _ in range(luck.randint(0, 6)):
        key = luck.choice(sorted(specs()))
        spec = specs()[key]
        text = draw_links.valid(luck, spec) if luck.random() < 0.5 else draw_links.wrong(luck, spec)
        values[key] = luck.choice((text, None, [], {}, True)) if luck.random() < 0.1 else loaded(text)
        given.append(text)
    document = {"schema": scenario_file.SCHEMA, "model": MODEL_VERSION, "scenario": values}
    for part in ("name", "people", "made", "link", "model", "warnings", "table", words.some(luck)):
        if luck.random() < 0.12:
            said = words.some(luck)
            document[part] = luck.choice((said, [said], {"name": said, "sha256": "a" * 64}))
            given.append(said)
    text = json.dumps(document, ensure_ascii=luck.random() < 0.5)
    if luck.random() < 0.1:
        text = luck.choice(("[" * 50_000, '{"a":' * 20_000, '\\"' * 49_999, text * 2, text.replace("{", "{{")))
    called = name(luck, "json")
    return HostileFile(called, broken(luck, text.encode("utf-8", "replace")), (*given, called))


def loaded(text: str) -> object:
    """A text as JSON would hold it: a number where it is one."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def records(luck: Random) -> HostileFile:
    """Records of people under columns, and with values, of a stranger's."""
    said = [words.some(luck).replace('"', "") for _ in range(3)]
    header = ["id", "reoffended", "age", said[0] or "x", "sex"]
    rows = [header]
    for number in range(luck.choice((1, 40, 300))):
        values = [str(number), luck.choice("01"), str(luck.randint(18, 70)), luck.choice(said[1:]), luck.choice("MF")]
        rows.append(values)
    if luck.random() < 0.4:
        said += bend(luck, rows)
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    called = name(luck, "csv")
    return HostileFile(called, broken(luck, text.encode("utf-8", "replace")), (*said, called))
