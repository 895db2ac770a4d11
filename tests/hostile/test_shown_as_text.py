"""No words of a stranger's as the explorer's own: they are shown as text in every place that shows them."""

import io
from collections.abc import Iterator

import openpyxl
import pytest

from pages.frame import own_table_upload
from pages.frame.pages_list import PAGES
from pages.topics.people.your_people import held as held_people
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.scenario.shortlist import Entry
from pricing.scenario.shortlist import write as write_shortlist
from tests.conftest import Server
from tests.examples import EXPLORED, EXPLORING
from tests.hostile import held
from tests.hostile.visitor import Visit
from tests.pages.topics.people.your_people import test_page as your_people

PANEL = [name for name, page in PAGES.items() if page.panel]
LABELLED = ("start_here", "set_the_price", "compare", "who_it_pays_to_help", "fairness", "risk_curves", "take_away")
"""Pages that name factors or levels."""
TURNS = "\u202e\u2066\u200f"
"""Marks that turn the direction of the text around them."""
NAMES = (
    ":smile: :red[loss] $x$ **b** <b>bold</b><br>",
    "www.evil.example :material/warning: $$x^2$$",
    "[click](https://evil.example) # heading",
    "![x](https://evil.example/x.png) someone@evil.example",
)
"""Each at most as long as a name may be."""


def is_text(visit: Visit) -> Iterator[str]:
    """What is wrong with how a page shows the words of a stranger that are in it."""
    yield from held.whole(visit)
    yield from held.as_text(visit.said(), held.TEMPTING)
    yield from (f"{said}" for said in visit.said() if set(TURNS) & set(said.text))


ROWS = (
    ["people", "needs", "decile", "probability", "rate", "severity"],
    [90, 0, 9, 0.2, 0.3, 6],
    [80, 3, 1, 0.5, 1.2, 8],
)


def workbook(sheet: str) -> bytes:
    """A table that can be used, on a sheet of that name, which no spreadsheet program would let anybody type."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    book.active._WorkbookChild__title = sheet  # past the library's own check
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@EXPLORED
@pytest.mark.parametrize("page", PANEL)
def test_names_of_scenario_shortlist_file_and_sheet(app_server: Server, page: str) -> None:
    """The name of a link's scenario, of those on its shortlist, of the table and of its sheet, on every page."""
    entries = tuple(Entry(name, Scenario(hour_cost=20.0 + place)) for place, name in enumerate(NAMES))
    query = links.write(
        Scenario(cohort=OWN_TABLE, metric="frequency", target="own"), links.TableName(NAMES[1] + TURNS, "a" * 64)
    )
    query |= {links.NAME: NAMES[0], **write_shortlist(entries)}
    with Visit(app_server.url) as visit:
        visit.open(PAGES[page].path, links.to_query(query))
        assert not list(is_text(visit))
        visit.upload(
            own_table_upload.FILE,
            f"{TURNS}{NAMES[0]}{NAMES[2][:20]}.xlsx".replace("/", ""),
            workbook("implied $x$ :smile: www.x.y"),
        )
        assert "Go on without this table" in [button.label for button in visit.of("button")]
        assert not list(is_text(visit))
        for part in PAGES[page].parts[1:] if EXPLORING else ():
            where = f"&{links.PART}={part.key}"
            visit.open(PAGES[page].path, links.to_query({"cohort": OWN_TABLE}) + where)
            assert not list(is_text(visit))


SAID = " www.evil.example/a :smile: $x$ me@evil.example <b>b</b> **c** <a href='https://evil.example'>here</a>"


@EXPLORED
def test_labels_of_a_map_and_its_records_on_every_page(app_server: Server) -> None:
    """What a reader's own people, their factors and their levels are called, and the columns of their records."""
    said = f"{SAID} \\u202eturned"
    text = your_people.map_of().replace('labels = ["Female", "Male"]', f'labels = ["Women{said}", "Men{said}"]')
    text = text.replace('label = "Leavers', f'label = "Leavers{said}').replace('within 12 months"', f'within{said}"')
    text = text.replace('key = "age"\n', f'key = "age"\nlabel = "Age{said}"\n')
    columns = your_people.records(600).assign(**{f"one{SAID}": "x", ":crown:": "$$x^2$$"})
    with Visit(app_server.url) as visit:
        visit.open("your_people")
        visit.upload(held_people.FILE, f"{SAID}.csv".replace("/", ""), columns.to_csv(index=False).encode())
        assert not list(is_text(visit))
        visit.type("text_area", held_people.MAP, text.replace("column", "colum :smile:", 1))
        assert not list(is_text(visit))
        visit.type("text_area", held_people.MAP, text)
        assert not list(is_text(visit))
        visit.press("records_build")
        assert "Go on without these people" in [one.label for one in visit.of("button")], [
            one.body for one in visit.of("alert")
        ]
        assert not list(is_text(visit))
        for page in PANEL if EXPLORING else LABELLED:
            for part in PAGES[page].parts or (None,):
                where = {links.PART: part.key} if part else {}
                visit.open(PAGES[page].path, links.to_query({"cohort": OWN_TABLE} | where))
                assert not list(is_text(visit)), (page, part)
