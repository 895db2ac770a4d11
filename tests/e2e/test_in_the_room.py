"""A consultation event: the story guessed along, the view on the wall, phones that join it, and the presets in use."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from pages.frame.pages_list import PAGES
from pages.kit.markdown import percent
from pages.topics.begin.story.steps import STEPS
from pages.topics.room.presenter.pictures import PICTURES
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.results_paid import results_paid
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import defaults
from tests.conftest import Server
from tests.e2e.explorer import (
    OUTSIDE,
    TITLES,
    WIDER,
    address,
    cells,
    command,
    expect_fit,
    go_to,
    map_of,
    no_complaints,
    open_link,
    pictures,
    slider,
    title,
    wait_until_it_stands,
)
from tests.examples import EXPLORED, EXPLORING


def button(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stMain").get_by_role("button", name=name)


def test_the_story_from_a_cold_link_in_its_midst_to_its_end_and_out(
    fresh_server: Callable[[], Server], phone_page: Page
) -> None:
    server, page = fresh_server(), phone_page
    with no_complaints(page):
        open_link(page, server.url + address("story", step="2"))
        for number, step in enumerate(STEPS[1:], 2):
            heading = page.get_by_role("heading", name=f"{number} of {len(STEPS)}. {step.title}")
            expect(heading).to_be_in_viewport()
            page.get_by_text(step.choices[1], exact=True).tap()
            button(page, "Show the answer").tap()
            expect(pictures(page)).to_have_count(1 if number < len(STEPS) else 2)  # the last has a slider too
            wait_until_it_stands(page)
            assert page.evaluate(OUTSIDE) == []
            assert max(page.evaluate(WIDER)) <= page.evaluate("innerWidth")
            if number < len(STEPS):
                button(page, "Next step").tap()
                expect(page).to_have_url(f"{server.url}/story?step={number + 1}")
    with page.expect_popup() as opened:
        page.get_by_role("link", name=STEPS[-1].invitation).tap()
    wait_until_it_stands(opened.value)
    expect(title(opened.value)).to_have_text(TITLES[STEPS[-1].page])
    assert cells(opened.value) == map_of(command("--link", opened.value.url))
    page.go_back()
    expect(page.get_by_role("heading", name=f"{len(STEPS) - 1} of {len(STEPS)}.")).to_be_visible()
    assert "Traceback" not in server.log()


def test_the_wall_and_the_phones_show_the_same(visit: Callable[[str], Page], phone_page: Page) -> None:
    visit(address("presenter", step="1"))  # the picture: another test may have left this visit at the next ones
    desktop_page = visit(address("start_here"))
    panel = desktop_page.get_by_test_id("stSidebar")
    with no_complaints(desktop_page):
        go_to(desktop_page, "presenter")
        expect(panel).not_to_be_in_viewport()
        slider(desktop_page, "need_premium").press("ArrowRight")
        shown = desktop_page.get_by_test_id("stMain").get_by_test_id("stCode").locator("code")
        expect(shown).to_contain_text("need_premium=0.05")
        wait_until_it_stands(desktop_page)
        open_link(phone_page, shown.inner_text())
    assert cells(phone_page) == cells(desktop_page) == map_of(command("--set", "need_premium=0.05"))
    expect(title(phone_page)).to_have_text(TITLES["start_here"])
    title(desktop_page).click()
    for step in (2, 3, 4):
        desktop_page.keyboard.press("PageDown")
        desktop_page.wait_for_url(f"**step={step}*")
    expect(desktop_page.get_by_role("img", name="QR code")).to_have_count(1)
    desktop_page.get_by_test_id("stMain").get_by_role("link", name=PAGES["start_here"].title).click()
    expect(panel).to_be_in_viewport()
    expect(slider(desktop_page, "need_premium")).to_have_value("0.05")


USED = tuple(preset for preset in PRESETS if EXPLORING or preset.key in ("fee_for_service", "peterborough", "flat_20"))
"""Without results, with nothing else, and between; in tests/pages each is used."""


@EXPLORED
def test_a_preset_can_be_used_and_shows_what_a_result_earns(visit: Callable[[str], Page]) -> None:
    desktop_page = visit(address("how_results_are_paid", part="contracts"))
    for preset in USED:
        wanted = preset.scenario(defaults())
        card = desktop_page.locator(f".st-key-use_{preset.key}").get_by_role("button")
        if card.is_enabled():
            card.click()
        expect(card).to_be_disabled()
        wait_until_it_stands(desktop_page)
        found = results_paid(evaluate(wanted, shipped.load(wanted.cohort)))
        earns = desktop_page.get_by_test_id("stMetricValue")
        if wanted.results_share:
            expect(earns.first).to_have_text(percent(found.factor))
        else:
            expect(earns).to_have_count(0)


def test_no_word_of_a_picture_for_the_room_is_cut_off(visit: Callable[[str], Page]) -> None:
    for step in range(1, len(PICTURES) + 1):
        expect_fit(visit(address("presenter", step=str(step))))
