"""The picture follows the finger: while a slider is dragged or held, with a mouse, a finger or a key."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from pages.topics.begin.story.steps import STEPS
from pages.topics.price.cheapest_fair_price.moving import LATER
from pricing.scenario.scenario import specs
from tests.conftest import PAGE_LIMIT
from tests.e2e.explorer import (
    GO,
    OFTEN,
    TITLES,
    address,
    expect_address,
    go_to,
    metrics,
    no_complaints,
    open_link,
    slider,
    title,
    wait_until_it_stands,
)

SHOWN = """
    () => {
        const region = document.querySelector('.st-key-live');
        const said = 'h2, h3, h4, p, [data-testid=stMetricValue], [data-testid=stMetricDelta]';
        const stands = '[data-testid=stAlert], [class*=st-key-live_standing_]';
        const words = [...region.querySelectorAll(said)].filter(element => !element.closest(stands));
        const cells = [...region.querySelectorAll('.group-map td')];
        const text = element => element.textContent.replace(/\\u2060/g, '').trim();
        return [...words.map(text), ...cells.map(cell => text(cell) + getComputedStyle(cell).backgroundColor)];
    }
"""
"""Every figure of the region that follows, with the tints of its map."""
THUMB = """
    e => { const box = e.closest('div[data-rac]').getBoundingClientRect(); return [box.x + box.width / 2, box.y + 8]; }
"""


FOLLOWED = """
    () => {
        const at = document.querySelector('.st-key-results_share input[type=range]').getAttribute('aria-valuetext');
        return at !== '20%' && document.querySelector('.st-key-live').innerText.includes(`${at} of it on results`);
    }
"""
"""The line of the price says what the slider stands at, which is no longer the default."""


AT_STEP = """
    () => {
        const at = document.querySelector('.st-key-results_share input[type=range]').getAttribute('aria-valuetext');
        const awaited = document.documentElement.classList.contains('live-awaited');
        return at === '20%' && !awaited && document.documentElement.classList.contains('live-moved');
    }
"""
"""The slider stands at 20%, and the page shows what it was not drawn for."""


COUNTED = """
    window.portions = new Set();
    addEventListener('explorer-previews', () => {
        const came = window.explorerPreviews?.came;
        if (came?.name === 'need_premium') came.portions.forEach(one => window.portions.add(one));
    });
"""
EVERY_PORTION = """
    () => {
        const { count, atOnce } = window.explorerPreviews?.sliders.need_premium ?? { count: 1, atOnce: 1 };
        return window.portions.size === Math.ceil(count / atOnce);
    }
"""


class Hold(Event):
    """While it is set, what is ``said`` waits."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str | bytes] = []
        self.servers: list[WebSocketRoute] = []
        self.answered = Event()

    def between(self, browser: WebSocketRoute) -> None:
        """Stand between a browser and its server."""
        server = browser.connect_to_server()
        self.servers.append(server)
        browser.on_message(lambda said: self.said.append(said) if self.is_set() else server.send(said))
        server.on_message(lambda heard: self.hear(browser, heard))

    def hear(self, browser: WebSocketRoute, heard: str | bytes) -> None:
        """What a server says is passed on; what waits reaches it while it still answers, once turned round."""
        browser.send(heard)
        if self.answered.is_set():
            self.answered.clear()
            self.pass_on(0)

    def turn_round(self) -> None:
        """Of two things that wait the second reaches the server first, and the other while that is answered."""
        self.answered.set()
        self.pass_on(1)

    def wait_for(self, messages: int, page: Page) -> None:
        """Until so many wait."""
        for _ in range(PAGE_LIMIT // 50):
            if len(self.said) >= messages:
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"the browser has said {len(self.said)} of {messages} things")

    def pass_on(self, number: int) -> None:
        """One of them reaches the server."""
        self.servers[-1].send(self.said.pop(number))


@contextmanager
def held_up(page: Page) -> Iterator[Hold]:
    """Once it is set, nothing that the browser says reaches the server before the end, unless it is passed on."""
    hold = Hold()
    page.route_web_socket("**/_stcore/stream", hold.between)
    yield hold
    hold.clear()
    while hold.said:
        hold.pass_on(0)


def thumb(page: Page, name: str) -> tuple[float, float]:
    slider(page, name).scroll_into_view_if_needed()
    x, y = slider(page, name).evaluate(THUMB)
    return x, y


def changed(page: Page, before: list[str]) -> list[str]:
    """What the region shows once it shows something else than before."""
    page.wait_for_function(
        f"before => JSON.stringify(({SHOWN})()) !== JSON.stringify(before)", arg=before, polling=OFTEN
    )
    found: list[str] = page.evaluate(SHOWN)
    return found


def dragged(page: Page, name: str, steps: int, pixels: int = 16) -> Iterator[list[str]]:
    """What the region shows at each of a few places of a slider that a mouse holds, so many pixels apart."""
    x, y = thumb(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    before = page.evaluate(SHOWN)
    for number in range(1, steps + 1):
        page.mouse.move(x + pixels * number, y)
        before = changed(page, before)
        yield before


@pytest.mark.parametrize("opened", ["start_here", "presenter", "who_it_pays_to_help"])
def test_a_dragged_slider_shows_at_every_step_what_stands_there_on_release(
    visit: Callable[[str], Page], opened: str
) -> None:
    query = {"cohort": "georgia_parole", "metric": "frequency"} if opened == "presenter" else {}
    page = visit(address(opened, **query))
    with no_complaints(page):
        url = page.url
        *_, last = dragged(page, "results_share", 3)
        assert page.url == url, "nothing is set before the release"
        page.mouse.up()
        page.wait_for_url(lambda now: now != url)
        wait_until_it_stands(page)
        assert page.evaluate(SHOWN) == last


def test_the_cheapest_price_follows_what_is_asked_of_it(visit: Callable[[str], Page]) -> None:
    """Verdict, cost and share; luck takes too long for a question that is solved anew."""
    page = visit(address("cheapest_fair_price", target="own", contract_value="2400"))
    with no_complaints(page):
        url = page.url
        *_, last = dragged(page, "promise_floor", 2)
        expect(page.locator(".st-key-live_standing_answer")).to_have_css("opacity", "0.35")
        page.mouse.up()
        page.wait_for_url(lambda now: now != url)
        wait_until_it_stands(page)
        released = page.evaluate(SHOWN)
        expect(page.locator(".st-key-live_standing_answer")).to_have_css("opacity", "1")
    known = [number for number, text in enumerate(last) if text not in LATER]
    assert 8 < len(known) < len(last)
    assert [released[number] for number in known] == [last[number] for number in known]


def test_the_last_contract_of_the_story_follows_its_slider_and_sets_nothing_of_the_readers(
    visit: Callable[[str], Page],
) -> None:
    played = next(number for number, step in enumerate(STEPS, 1) if step.plays)
    page = visit(address("story", step=str(played), results_share="0.5"))
    with no_complaints(page):
        page.get_by_role("button", name="Show the answer").click()
        slider(page, "results_share").wait_for(state="attached")
        wait_until_it_stands(page)
        url, out = page.url, page.get_by_test_id("stLinkButton").get_by_role("link").get_attribute("href")
        *_, last = dragged(page, "results_share", 3, 60)
        page.mouse.up()
        expect(page.locator("html")).not_to_have_class(re.compile("live-moved"))
        wait_until_it_stands(page)
        assert page.evaluate(SHOWN) == last
        assert page.url == url
        assert page.get_by_test_id("stLinkButton").get_by_role("link").get_attribute("href") == out


def test_it_follows_after_another_page_too_and_stands_still_with_draws_shown(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    open_link(page, app_url)
    for name in ("who_it_pays_to_help", "set_the_price", "start_here"):
        go_to(page, name)
    assert list(dragged(page, "results_share", 2))
    page.mouse.up()
    page.wait_for_url("**results_share=**")
    wait_until_it_stands(page)
    page.get_by_text("Show how sure we are").click()
    page.get_by_text("of 100 draws.").first.wait_for()
    wait_until_it_stands(page)
    before = page.evaluate(SHOWN)
    x, y = thumb(page, "results_share")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 16, y)
    page.wait_for_timeout(500)
    assert page.evaluate(SHOWN) == before, "positions are not known with their draws"
    page.mouse.up()


def test_back_where_it_was_everything_is_as_it_was(visit: Callable[[str], Page]) -> None:
    page = visit(address("start_here"))
    before, url = page.evaluate(SHOWN), page.url
    x, y = thumb(page, "need_premium")
    for _ in dragged(page, "need_premium", 2):
        pass
    page.mouse.move(x, y)
    page.wait_for_function(f"before => JSON.stringify(({SHOWN})()) === JSON.stringify(before)", arg=before)
    page.mouse.up()
    wait_until_it_stands(page)
    assert (page.evaluate(SHOWN), page.url) == (before, url)


HALF_DRAWN = """
    sliderStays => {
        const input = document.querySelector('.st-key-need_premium input[type=range]');
        const told = now => {
            window.explorerPreviews = { ...window.explorerPreviews, now };
            dispatchEvent(new Event('explorer-previews'));
            return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        };
        const now = window.explorerPreviews.now;
        const heading = [...document.querySelectorAll('.st-key-live :is(h2, h3, h4)')].at(-1);
        const asItIs = heading.cloneNode(true);
        return told([now[0].map(text => `${text} at another price`), now[1]]).then(() => {
            const painted = document.querySelector('.st-key-live').innerText.includes('at another price');
            heading.replaceWith(asItIs);
            if (!sliderStays) input.replaceWith(input.cloneNode(true));
            return told([...now]).then(() => painted);
        });
    }
"""
"""The page is painted, and drawn anew in one place alone, as if it knew of no change in the others."""


@pytest.mark.parametrize("slider_stays", [True, False], ids=["the slider stays", "the slider goes"])
def test_what_was_painted_is_taken_back_where_the_page_draws_a_part_of_it_anew(
    app_url: str, desktop_page: Page, slider_stays: bool
) -> None:
    """After fast steps back the slider stood at 0, and every figure but one at what had been painted for 5%."""
    desktop_page.add_init_script(COUNTED)
    open_link(desktop_page, app_url)
    before = desktop_page.evaluate(SHOWN)
    slider(desktop_page, "need_premium").focus()
    desktop_page.wait_for_function(EVERY_PORTION, polling=OFTEN)  # no answer of the server's comes in between
    wait_until_it_stands(desktop_page)
    assert desktop_page.evaluate(HALF_DRAWN, slider_stays), "nothing was painted"
    assert desktop_page.evaluate(SHOWN) == before


def test_a_finger_drags_it_too_and_a_key_moves_it(app_url: str, phone_page: Page) -> None:
    page = phone_page
    open_link(page, app_url)
    touch = page.context.new_cdp_session(page)
    x, y = thumb(page, "results_share")
    before, figures = page.evaluate(SHOWN), metrics(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for along in (12, 24, 36):  # a browser takes the first steps of a finger for a scroll that may begin
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + along, "y": y}]})
    page.wait_for_function(FOLLOWED)
    held = page.evaluate(SHOWN)
    assert held != before
    assert metrics(page) != figures
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_url("**results_share=**")
    wait_until_it_stands(page)
    assert page.evaluate(SHOWN) == held
    slider(page, "results_share").press("ArrowRight")
    changed(page, held)
    wait_until_it_stands(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_key_that_is_held_moves_the_picture_before_the_server_hears_of_it(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    page.add_init_script(COUNTED)
    with held_up(page) as hold:
        open_link(page, app_url)
        slider(page, "need_premium").focus()
        page.wait_for_function(EVERY_PORTION, polling=OFTEN)
        wait_until_it_stands(page)
        before = page.evaluate(SHOWN)
        hold.set()
        for _ in range(5):
            page.keyboard.down("ArrowRight")
            before = changed(page, before)
    page.keyboard.up("ArrowRight")
    page.wait_for_url("**need_premium=**")
    wait_until_it_stands(page)
    assert page.evaluate(SHOWN) == before


def test_no_step_is_lost_that_comes_with_the_first_touch(app_url: str, desktop_page: Page) -> None:
    """Streamlit sends what changes at one moment in one message: a question about positions must not swallow a step."""
    page = desktop_page
    for share in ("0.35", "0.36", "0.37"):  # people and positions that nobody has asked about
        open_link(page, app_url + address("start_here", need_premium=share))
        slider(page, "results_share").press("ArrowRight")
        expect_address(page, need_premium=share, results_share="0.25")
        x, y = thumb(page, "area_multiplier")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 30, y)
        page.mouse.up()
        page.wait_for_url("**area_multiplier=**")


def test_a_page_comes_back_that_a_question_asked_too_late_took_away(app_url: str, desktop_page: Page) -> None:
    """A question that reaches the server after the link that leads elsewhere, in the name of the page before."""
    page = desktop_page
    with held_up(page) as hold:
        open_link(page, app_url + address("start_here", need_premium="0.35"))
        page.evaluate("() => { window.steps = 0; addEventListener('popstate', () => { window.steps += 1; }); }")
        hold.set()
        slider(page, "results_share").focus()
        hold.wait_for(1, page)
        page.locator(".st-key-menu_parts").get_by_role("link", name="How far to trust it", exact=True).click()
        hold.wait_for(2, page)
        hold.turn_round()
        page.wait_for_function("() => window.steps > 0")
    expect(title(page)).to_have_text(TITLES["how_sure"])
    wait_until_it_stands(page)
    expect_address(page, need_premium="0.35")
    assert page.evaluate("window.steps") == 1


def test_a_question_that_comes_once_the_next_page_stands_leaves_it_there(app_url: str, desktop_page: Page) -> None:
    """Its slider and the box beside it are gone: the server has nothing to answer, and says no error."""
    page = desktop_page
    with held_up(page) as hold:
        open_link(page, app_url + address("presenter", need_premium="0.35"))
        wait_until_it_stands(page)
        hold.set()
        slider(page, "results_share").focus()
        hold.wait_for(1, page)
        page.evaluate(GO, app_url + address("glossary", need_premium="0.35"))
        hold.wait_for(2, page)
        hold.pass_on(1)
        expect(title(page)).to_have_text(TITLES["glossary"])
        wait_until_it_stands(page)
        hold.pass_on(0)
        page.wait_for_timeout(1500)
        expect(title(page)).to_have_text(TITLES["glossary"])
        expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("share", ["0.33", "0.425"], ids=["nearer to one", "half-way"])
def test_a_value_between_two_steps_stays_as_it_is_until_the_slider_moves(
    app_url: str, desktop_page: Page, share: str
) -> None:
    page = desktop_page
    open_link(page, app_url + address("start_here", need_premium=share))
    before = page.evaluate(SHOWN)
    page.mouse.move(*thumb(page, "need_premium"))
    page.wait_for_function("() => window.explorerPreviews?.came")
    page.wait_for_timeout(300)
    assert page.evaluate(SHOWN) == before


@pytest.mark.parametrize(
    ("opened", "share", "typed"),
    [("start_here", "0.22", False), ("presenter", "0.18", False), ("start_here", "0.22", True)],
    ids=["a link", "a link to the wall", "typed after a drag"],
)
def test_back_at_the_step_beside_a_value_between_two_it_is_the_step_that_shows(
    visit: Callable[[str], Page], opened: str, share: str, typed: bool
) -> None:
    """The slider said 20%, the page went on with 22%'s figures, and on release it changed to 20%'s."""
    page = visit(address(opened, results_share="0.5" if typed else share))
    with no_complaints(page):
        if typed:
            drag_and_type(page, share)
        url, drawn = page.url, page.evaluate(SHOWN)
        x, y = thumb(page, "results_share")
        for _ in dragged(page, "results_share", 2):
            pass
        page.mouse.move(x, y)
        page.wait_for_function(AT_STEP, polling=OFTEN)
        last = page.evaluate(SHOWN)
        assert last != drawn
        page.mouse.up()
        page.wait_for_url(lambda now: now != url)
        wait_until_it_stands(page)
        assert page.evaluate(SHOWN) == last


def drag_and_type(page: Page, share: str) -> None:
    """Move the slider by hand, then set it by its box: it stands as the page is drawn, whatever a hand did before."""
    url = page.url
    for _ in dragged(page, "results_share", 2):
        pass
    page.mouse.up()
    page.wait_for_url(lambda now: now != url)
    wait_until_it_stands(page)
    box = page.get_by_role("spinbutton", name=f"{specs()['results_share'].label}, typed")
    box.fill(share)
    box.press("Enter")
    page.wait_for_url(f"**results_share={share}**")
    wait_until_it_stands(page)
    page.mouse.move(*thumb(page, "results_share"))
    page.wait_for_timeout(300)
    assert any(f"{float(share):.0%} of it on results" in said for said in page.evaluate(SHOWN))


def test_a_key_takes_a_value_between_two_steps_to_a_step(app_url: str, desktop_page: Page) -> None:
    """A key leads from 22% to 25%, and from there back to 20%: each shows before the server hears of it."""
    page = desktop_page
    with held_up(page) as hold:
        open_link(page, app_url + address("start_here", results_share="0.22", need_premium="0.33"))
        slider(page, "results_share").focus()
        page.wait_for_function("() => window.explorerPreviews?.came")
        page.wait_for_timeout(1500)
        drawn = page.evaluate(SHOWN)
        hold.set()
        page.keyboard.press("ArrowRight")
        further = changed(page, drawn)
        page.keyboard.press("ArrowLeft")
        back = changed(page, further)
        assert back != drawn
    page.wait_for_url(lambda now: "results_share" not in now)
    wait_until_it_stands(page)
    assert page.evaluate(SHOWN) == back
