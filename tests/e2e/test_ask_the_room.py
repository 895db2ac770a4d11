"""A consultation event: four answers of each phone, the wall, the facilitator's link, what nobody else can see."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from consultation.ready import SEATS, ready_set
from pages.kit.consultation import wall
from pages.topics.room.what_is_kept import words
from tests.conftest import PAGE_LIMIT, PHONE, Server
from tests.e2e import axe
from tests.e2e.explorer import WIDER, address, no_complaints, open_link, slider, wait_until_it_stands
from tests.examples import EXPLORED, EXPLORING

PHONES = 10 if EXPLORING else 5
"""Five give each of five choices once; ten find sooner what goes wrong when answers come at the same time."""
SMALL = {"width": 320, "height": 640}
FIRST, NUMBER, AGREEMENT, COMMENT = 0, 1, 3, 5
"""Places in the ready set."""
LEAD = re.compile(r"lead|[0-9a-f]{32}")


OWN_STORE = "Object.defineProperty(window, 'localStorage', { get: () => sessionStorage });"
"""What a tab keeps stands in for what a browser keeps: phones in one browser, which reads Streamlit's code once."""


@pytest.fixture
def phones(browser: Browser, phone: BrowserContext) -> Iterator[list[Page]]:
    """So many phones, each with what it keeps; the first is a browser of its own, with nothing stood in for.

    The others are pages of the tests' phone, whose browser has read Streamlit's code.
    """
    others = [phone.new_page() for _ in range(PHONES - 1)]
    for page in others:
        page.add_init_script(OWN_STORE)
        page.set_viewport_size(SMALL)
    touch = {"viewport": SMALL, "is_mobile": True, "has_touch": True, "user_agent": PHONE}
    with browser.new_context(reduced_motion="reduce", **touch) as alone:
        alone.set_default_timeout(PAGE_LIMIT)
        yield [alone.new_page(), *others]
    for page in others:
        page.close()


def start(page: Page, url: str) -> tuple[str, str]:
    """Start an event with the ready questions; its code and its facilitator's link."""
    open_link(page, url + address("ask_the_room"))
    page.get_by_label("Title, which the room sees").fill("Bolton <i>town hall</i>")
    page.get_by_role("button", name="Start the event").click()
    link = page.locator("code", has_text="#lead=").inner_text()
    page.get_by_role("button", name="I have kept it: go on").click()
    page.wait_for_url("**event=*")
    return page.url.partition("event=")[2][:6], link


def asked(page: Page, place: int) -> Locator:
    """A question on the facilitator's page."""
    return page.locator("[class*=st-key-asked_]").nth(place)


def lead(page: Page, place: int, what: str) -> None:
    asked(page, place).get_by_role("button", name=what).click()


def answered(wall_page: Page) -> Locator:
    """What the wall says once every phone has answered."""
    return wall_page.locator("h4", has_text=f"{PHONES} answered")


def give(phone: Page, place: int, number: int) -> None:
    """Answer with one thumb, and wait for what the store has."""
    if place == NUMBER:
        phone.get_by_role("spinbutton").fill(str(5 * number))
    elif place == COMMENT:
        phone.get_by_label("In your own words").fill(f"Housing *first* {number}")
    else:
        phone.get_by_test_id("stRadioOption").nth(number % 5).tap()
    if place in (NUMBER, COMMENT):
        phone.get_by_role("button", name="Send", exact=True).tap()
    expect(phone.get_by_test_id("stAlertContentSuccess").first).to_contain_text("Kept: ")


def hold_targets_of_a_thumb(phone: Page) -> None:
    """A choice is sent as it is tapped: each is as wide as the page and 44 pixels tall."""
    group = phone.get_by_role("radiogroup").first
    wide = group.bounding_box()
    boxes = [choice.bounding_box() for choice in group.get_by_test_id("stRadioOption").all()]
    assert wide
    assert all(box and box["height"] >= 44 and box["width"] >= wide["width"] - 1 for box in boxes)


@EXPLORED
def test_four_answers_of_each_phone_and_the_wall(
    app_server: Server,
    desktop: BrowserContext,
    phones: list[Page],
    hold_nothing_grave: Callable[[dict[str, str]], None],
) -> None:
    facilitator, presenter = desktop.new_page(), desktop.new_page()
    code, link = start(facilitator, app_server.url)
    with no_complaints(phones[0]), no_complaints(facilitator):
        for phone in phones:
            phone.goto(f"{app_server.url}/answer?event={code}")
        presenter.set_viewport_size({"width": 1024, "height": 768})
        presenter.goto(f"{app_server.url}/presenter?event={code}")
        for place in (FIRST, NUMBER, AGREEMENT, COMMENT):
            words_of_the_question = ready_set()[place].words
            lead(facilitator, place, "Show it")
            expect(presenter.locator("h2")).to_have_text(words_of_the_question)
            for number, phone in enumerate(phones):
                expect(phone.locator("h2").first).to_have_text(words_of_the_question)
                give(phone, place, number)
            if place == AGREEMENT:
                hold_targets_of_a_thumb(phones[0])
            expect(answered(presenter)).to_be_visible()
            assert presenter.get_by_test_id("stPlotlyChart").count() == 0
            if place != COMMENT:
                lead(facilitator, place, "Reveal")
                expect(presenter.get_by_test_id("stPlotlyChart")).to_have_count(1)
                if place == AGREEMENT:
                    expect(phones[-1].get_by_role("table")).to_be_visible()
    hold_that_every_cookie_is_told_of(phones[0].context)
    hold_one_person_after_a_reload(phones[0], presenter)
    hold_comments_back(facilitator, presenter, phones[1])
    hold_a_slider_that_is_being_moved(presenter)
    hold_the_secret(facilitator, phones[2], code, link, app_server)
    facilitator.get_by_role("button", name="Close the event").click()
    expect(phones[3].get_by_text("This event is closed")).to_be_visible()
    hold_nothing_grave(hold_usable(facilitator, presenter, phones[3]))
    for page in (facilitator, presenter):
        page.close()


def hold_that_every_cookie_is_told_of(browser: BrowserContext) -> None:
    """A data protection officer reads of each by its name, and of none that is not there."""
    said = " ".join(words.PARTS["What is not kept"])
    assert {cookie.get("name") for cookie in browser.cookies()} == set(re.findall("“(_[a-z_]+)”", said))


def hold_one_person_after_a_reload(phone: Page, presenter: Page) -> None:
    """A reload makes no second person, and shows what was kept; an answer may be changed while the question is open."""
    phone.reload()
    expect(phone.get_by_test_id("stAlertContentSuccess").first).to_contain_text("Housing *first* 0")
    phone.get_by_label("In your own words").fill("Something else")
    phone.get_by_role("button", name="Send", exact=True).tap()
    expect(phone.get_by_test_id("stAlertContentSuccess").first).to_contain_text("Something else")
    expect(answered(presenter)).to_be_visible()


def hold_comments_back(facilitator: Page, presenter: Page, phone: Page) -> None:
    """The room sees a comment once it is let appear, as text."""
    main = presenter.get_by_test_id("stMain")
    assert main.get_by_text("Housing").count() == 0
    assert phone.get_by_text("Housing *first* 2").count() == 0
    asked(facilitator, COMMENT).get_by_text("Read the comments").click()
    box = asked(facilitator, COMMENT).locator("[data-testid=stVerticalBlock]", has_text="Housing *first* 2").last
    box.get_by_role("button", name="Let it appear").click()
    expect(main.get_by_text("Housing *first* 2")).to_be_visible()
    assert main.get_by_text("Housing").count() == 1


def hold_a_slider_that_is_being_moved(presenter: Page) -> None:
    """The wall looks for news every two seconds; a slider in hand stays in it."""
    track = presenter.get_by_role("group", name="Share of the contract paid on results").bounding_box()
    assert track is not None
    middle = track["y"] + track["height"] / 2
    thumb = slider(presenter, "results_share")
    presenter.mouse.move(track["x"] + 0.2 * track["width"], middle)
    presenter.mouse.down()
    for part in (0.4, 0.6, 0.8):
        presenter.mouse.move(track["x"] + part * track["width"], middle, steps=4)
        presenter.wait_for_timeout(1000 * wall.EVERY / 2)
        held = float(thumb.input_value())
        assert abs(held - part) < 0.06, (held, part)
    presenter.mouse.up()
    presenter.wait_for_url("**results_share=0.8*")


def hold_the_secret(facilitator: Page, phone: Page, code: str, link: str, server: Server) -> None:
    """The link leads from another machine and leaves the address at once; the code of the event leads nothing."""
    secret = link.partition("#lead=")[2]
    assert not LEAD.search(facilitator.url)
    assert secret not in facilitator.content()
    before = phone.url
    phone.goto(f"{server.url}/ask_the_room?event={code}")
    expect(phone.get_by_role("button", name="Start the event")).to_be_visible()
    assert phone.get_by_role("button", name="Reveal").count() == 0
    phone.goto(f"{server.url}/ask_the_room#lead={secret}")
    phone.reload()
    expect(phone.get_by_role("button", name="Close the event")).to_be_visible()
    phone.wait_for_url("**event=*")
    assert not LEAD.search(phone.evaluate("location.href"))
    assert secret not in phone.content()
    phone.go_back()
    assert not LEAD.search(phone.evaluate("location.href"))
    phone.goto(before)
    assert secret not in server.log()
    assert "Traceback" not in server.log()
    assert not any(seat in server.log() for seat in SEATS)


def hold_usable(facilitator: Page, presenter: Page, phone: Page) -> dict[str, str]:
    """The wall and the facilitator's page fit their widths, the phone's 320 pixels; what axe finds on each."""
    found: dict[str, str] = {}
    for page, width in ((facilitator, 390), (presenter, 1024), (phone, SMALL["width"])):
        page.set_viewport_size({"width": width, "height": 700})
        wait_until_it_stands(page)
        page.wait_for_function(f"() => Math.max(...({WIDER})()) <= innerWidth")
        page.set_viewport_size(axe.TALL if width > SMALL["width"] else {"width": width, "height": 3000})
        found |= axe.kinds(page, axe.RULES)
    return found
