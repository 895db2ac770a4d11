"""A reader's own table in a real browser: its figures, its links, its mistakes, and that it stays in the visit."""

import hashlib
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from pages.kit.cost.quotas import REFUSALS
from tests.bad_tables import BAD_TABLES
from tests.conftest import Server
from tests.e2e.explorer import (
    address,
    cells,
    command,
    copied_link,
    go_to,
    map_of,
    metrics,
    no_complaints,
    settings,
    wait_until_it_stands,
)

FILE = Path(__file__).resolve().parents[1] / "tables" / "five_groups.csv"
DIGEST = hashlib.sha256(FILE.read_bytes()).hexdigest()
WRONG = ("empty", "certain", "too long", "markup")
"""One of each kind; every other is refused in tests/pricing/people/test_own_table.py."""
CHOICE = address("start_here", cohort="own_table", target="own")


def upload(page: Page, name: str, data: bytes) -> None:
    chooser = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


def ask(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text("Upload a table above")).to_be_visible()


def test_it_gives_the_commands_figures_stays_in_the_visit_and_links_ask_for_it(
    app_url: str, desktop_page: Page, phone_page: Page
) -> None:
    ask(desktop_page, app_url + CHOICE)
    upload(desktop_page, FILE.name, FILE.read_bytes())
    wait_until_it_stands(desktop_page)
    wanted = map_of(command("--baseline", str(FILE), "--set", "target=own"), smallest=0)
    assert cells(desktop_page) == wanted
    link = copied_link(desktop_page)
    assert (settings(link)["table"], settings(link)["table_sha256"]) == (FILE.name, DIGEST)

    ask(phone_page, app_url + CHOICE)
    expect(phone_page.get_by_test_id("stMetricValue")).to_have_count(0)
    expect(phone_page.get_by_test_id("stMain")).not_to_contain_text(FILE.name)
    ask(phone_page, link)
    expect(phone_page.get_by_test_id("stMain")).to_contain_text(FILE.name)
    expect(phone_page.get_by_test_id("stMain")).to_contain_text(DIGEST)
    expect(phone_page.get_by_test_id("stMetricValue")).to_have_count(0)
    upload(phone_page, FILE.name, FILE.read_bytes())
    wait_until_it_stands(phone_page)
    assert cells(phone_page) == wanted
    assert metrics(phone_page) == metrics(desktop_page)
    expect(phone_page.get_by_text("that is not here")).to_have_count(0)

    go_to(desktop_page, "set_the_price")
    ask(desktop_page, app_url + CHOICE)


def test_what_is_wrong_with_a_table_is_said_and_the_good_one_before_it_stays(
    app_server: Server, desktop_page: Page
) -> None:
    main = desktop_page.get_by_test_id("stMain")
    with no_complaints(desktop_page):
        ask(desktop_page, app_server.url + CHOICE)
        upload(desktop_page, FILE.name, FILE.read_bytes())
        wait_until_it_stands(desktop_page)
        before = cells(desktop_page)
        desktop_page.locator("summary", has_text="Your own table of risks").click()
        for name, (data, said) in ((name, BAD_TABLES[name]) for name in WRONG):
            upload(desktop_page, f"{name}.csv", data)
            expect(desktop_page.get_by_role("button", name=f"Remove {name}.csv")).to_be_visible()
            expect(main).to_contain_text(said)
            wait_until_it_stands(desktop_page)
    expect(main.get_by_text("still those of five_groups.csv")).to_be_visible()
    expect(main.locator("img")).to_have_count(0)
    wait_until_it_stands(desktop_page)
    assert cells(desktop_page) == before
    assert "Traceback" not in app_server.log()


def test_a_file_that_is_refused_is_refused_in_a_sentence(app_url: str, desktop_page: Page) -> None:
    refused = sorted(REFUSALS)
    answers = iter(refused)

    def refuse(route: Route) -> None:
        status = next(answers)
        route.fulfill(status=status, body=REFUSALS[status])

    desktop_page.route("**/_stcore/upload_file/**", refuse)
    ask(desktop_page, app_url + CHOICE)
    for status in refused:
        upload(desktop_page, f"{status}.csv", FILE.read_bytes())
        uploader = desktop_page.get_by_test_id("stFileUploader")
        expect(uploader).to_contain_text(f"{status}.csv")
        expect(uploader).to_contain_text(REFUSALS[status])
