"""What is taken away in a real browser: the report on paper, the files behind the buttons, a file that is loaded."""

import io
import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from pricing import MODEL_VERSION
from pricing.questions.small_provider.said.questions import EXIT
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario, specs
from pricing.take_away import printed, scenario_file, trustees_report
from pricing.take_away.cover import Cover
from pricing.take_away.files import FILES
from pricing.words.numbers import pence
from tests.conftest import Server
from tests.e2e.explorer import address, command, copied_link, no_complaints, open_link, slider, wait_until_it_stands
from tests.examples import EXPLORED, EXPLORING
from tests.pricing.take_away import covers

OTHER = {"cohort": OWN_TABLE, "max_effect": 0.71, "contract_value": 777.123, "need_premium": 0.123456}
"""What makes of every setting changed another price, of other people."""
PRINTED: dict[str, Callable[[], Cover]] = {
    **{f"{cohort}, as it stands": partial(covers.of, Scenario(cohort=cohort)) for cohort in covers.EVERY},
    **{f"{cohort}, all changed": partial(covers.of, covers.extreme(cohort=cohort)) for cohort in covers.EVERY},
    **{
        name: partial(covers.of, covers.extreme(cohort=OWN_TABLE), covers.HOSTILE[name]) for name in ("60 kB", "markup")
    },
    **{
        f"{cohort}, all changed, beside A": partial(covers.of, covers.extreme(cohort=cohort), a=covers.extreme(**OTHER))
        for cohort in covers.EVERY
    },
    "as it stands, beside A": partial(covers.of, Scenario(), a=covers.extreme(**OTHER)),
}
"""What is printed, worked out in its own test: every worker reads this list, and runs a part of it."""


@cache
def report(name: str) -> tuple[Cover, str]:
    """A cover of ``PRINTED`` and the report of it, worked out once for all tests of a worker."""
    cover = PRINTED[name]()
    return cover, printed.write(cover)


LEAST_ROOM = ("beside A", "60 kB", "markup", f"{OWN_TABLE}, as it stands")
"""What is printed in the gate: the longest for each cohort, what is hostile, and one as it stands."""


@EXPLORED
@pytest.mark.parametrize("name", [name for name in PRINTED if EXPLORING or name.endswith(LEAST_ROOM)])
def test_the_report_prints_on_two_pages(name: str, desktop_page: Page, tmp_path: Path) -> None:
    cover, text = report(name)
    file = tmp_path / "report.html"
    file.write_text(text, encoding="utf-8")
    asked: list[str] = []
    desktop_page.on("request", lambda request: asked.append(request.url))
    with no_complaints(desktop_page):
        desktop_page.goto(file.as_uri())
    pdf = PdfReader(io.BytesIO(desktop_page.pdf(prefer_css_page_size=True, print_background=True)))
    assert asked == [file.as_uri()]
    sizes = [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in pdf.pages]
    assert sizes == [[210, 297], [210, 297]]
    first, second = (" ".join(page.extract_text().split()) for page in pdf.pages)
    for text in (MODEL_VERSION, cover.day, cover.evaluation.cohort.caution, *cover.said):
        assert text in first
    assert pence(cover.evaluation.payback) in first
    assert "Cost of waiting for money" in second
    assert "Open exactly this scenario" in second
    assert "2 of 2" in second


FOR_TRUSTEES: dict[str, Callable[[], Cover]] = {
    "as it stands": partial(covers.of, Scenario()),
    "a small one under a prime": partial(covers.of, Scenario(held="prime", clients=12, partners=3, need_premium=0.3)),
    "all changed": partial(
        covers.of, covers.extreme(cohort=OWN_TABLE, volume_spread=0.0, common_shock=0.0), covers.HOSTILE["60 kB"]
    ),
}


@pytest.mark.parametrize("name", FOR_TRUSTEES)
def test_the_trustees_report_prints_on_two_pages_and_fits_a_phone(name: str, phone_page: Page, tmp_path: Path) -> None:
    cover, file = FOR_TRUSTEES[name](), tmp_path / "trustees.html"
    file.write_text(trustees_report.write(cover), encoding="utf-8")
    asked: list[str] = []
    phone_page.on("request", lambda request: asked.append(request.url))
    with no_complaints(phone_page):
        phone_page.goto(file.as_uri())
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= phone_page.evaluate("innerWidth")
    pdf = PdfReader(io.BytesIO(phone_page.pdf(prefer_css_page_size=True, print_background=True)))
    assert asked == [file.as_uri()]
    assert [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in pdf.pages] == [[210, 297]] * 2
    first, second = (" ".join(page.extract_text().split()) for page in pdf.pages)
    for text in (MODEL_VERSION, cover.day, "What is asked", "What can be lost", "What must be true"):
        assert text in first
    for text in (EXIT, "Open exactly this scenario", "Length of the contract"):
        assert text in second


@pytest.mark.parametrize("screen", ["desktop_page", "phone_page"])
def test_the_report_fits_a_screen(screen: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(screen)
    file = tmp_path / "report.html"
    file.write_text(report("60 kB")[1], encoding="utf-8")
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def taken(page: Page, name: str) -> bytes:
    """The file behind a button."""
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download the {name}").click()
    return Path(download.value.path()).read_bytes()


def test_each_button_gives_the_scenario_of_the_panel(app_server: Server, visit: Callable[[str], Page]) -> None:
    page = visit(address("take_away", need_premium="0.3"))
    with no_complaints(page):
        expect(page.get_by_alt_text(f"QR code that opens {app_server.url}/?need_premium=0.3&model=")).to_be_visible()
        files = {ending: taken(page, file.name) for ending, file in FILES.items()}
        schema = json.loads(taken(page, "schema"))
    found = command("--set", "need_premium=0.3")
    groups = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["Groups"]
    column = next(cell.column_letter for cell in groups[1] if cell.value == "Payback per £1")
    paybacks = [group["payback"] for group in found["groups"] if group["people"] >= 30]
    assert [cell.value for cell in groups[column][1:]] == pytest.approx(paybacks)
    assert json.loads(files["json"])["scenario"] == found["scenario"]
    assert schema == scenario_file.schema()
    assert b"need_premium=0.3,\n" in files["python"]
    assert copied_link(page).partition("?")[2] in files["html"].decode().replace("&amp;", "&")


def test_a_file_opens_the_same_scenario_elsewhere(app_server: Server, desktop_page: Page, phone_page: Page) -> None:
    open_link(desktop_page, app_server.url + address("take_away", results_share="0.45", metric="progress"))
    data = taken(desktop_page, "scenario file")
    page = phone_page
    with no_complaints(page):
        open_link(page, app_server.url + address("take_away", need_premium="0.9"))
        door = page.get_by_test_id("stFileUploader").locator("input[type=file]")
        door.set_input_files({"name": "scenario.json", "mimeType": "application/json", "buffer": data})
        expect(page.get_by_text("The panel stands as the file says.")).to_be_visible()
        wait_until_it_stands(page)
    assert links.read(links.from_url(page.url)).scenario == Scenario(results_share=0.45, metric="progress")
    page.reload()
    wait_until_it_stands(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(slider(page, "results_share")).to_have_value("0.45")
    expect(page.get_by_role("combobox", name=specs()["metric"].label)).to_have_value(
        specs()["metric"].choices["progress"]
    )
    assert "Traceback" not in app_server.log()
