"""What a reader does in a real browser, and what the command says about the same link."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Error, Locator, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

from pages.frame import pages_list
from pages.frame.page_record import HOME
from pages.frame.pages_list import PAGES
from pricing import MODEL_VERSION
from pricing.__main__ import main
from pricing.scenario.scenario import specs
from tests.conftest import PAGE_LIMIT

TITLES = {name: page.title for name, page in PAGES.items()} | {HOME: "Whom does this price leave behind?"}
"""What stands at the top of each page."""
UNREST = """
    () => [
        document.querySelector('[data-testid=stApp]')?.dataset.testScriptState,
        document.querySelectorAll('[data-testid=stSkeleton]').length,
        [...document.querySelectorAll('[data-testid=stPlotlyChart]')].filter(c => !c.querySelector('svg text')).length
            + [...document.querySelectorAll('.area-map')].filter(map => !map.querySelector('path')).length,
        document.querySelectorAll('[data-stale=true]').length,
        document.getAnimations().filter(
            a => a.playState === 'running' && a.effect?.getComputedTiming().endTime !== Infinity
        ).length,
    ].join(' ')
"""
"""State of the script; then how many elements wait for their code, charts for their picture, how many are of the run
before, and how many fades and moves that come to an end have not.
"""
OFTEN = 50
"""Milliseconds between two looks at what a test waits for. With none said there is one at every frame, and a browser
that has to make frames of a page that stands still takes an eighth of a processor.
"""
SETTLED = 5
"""Seconds in which a page has taken an address that it understands, even on a busy machine."""
MINUS = "−\u2060"
"""A minus as it stands on a page: held to its amount, so that no line ends between the two."""
AT_REST = "notRunning 0 0 0 0"
OUTSIDE = """
    () => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap(chart => {
        const box = chart.querySelector('svg.main-svg').getBoundingClientRect();
        return [...chart.querySelectorAll('svg.main-svg text')].filter(text => text.textContent.trim()).filter(text => {
            const own = text.getBoundingClientRect();
            return own.width > 0 && (own.left < box.left - 1 || own.right > box.right + 1
                || own.top < box.top - 1 || own.bottom > box.bottom + 1);
        }).map(text => text.textContent);
    })
"""
"""Words of charts that reach beyond their picture."""
WIDER = "() => [document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e.scrollWidth)"
expect.set_options(timeout=PAGE_LIMIT)
ANY_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Streamlit asks for its own addresses under the page's at first; they are not there, and it asks again elsewhere."""


def address(page: str, **query: str) -> str:
    """The path of a page, with a query that ends in the model version, as links of the explorer do."""
    path = f"/{PAGES[page].path}"
    if query:
        query = {"model": MODEL_VERSION} | query
    return path + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def open_link(page: Page, url: str) -> None:
    """Open an address and wait until the page stands."""
    page.goto(url)
    wait_until_it_stands(page)


LISTEN = """
    window.heard = window.heardBefore = window.heardAt = 0;
    window.WebSocket = class extends WebSocket {
        constructor(...where) {
            super(...where);
            this.addEventListener('message', () => { window.heard += 1; window.heardAt = performance.now(); });
        }
    };
"""
GO = """
    to => {
        window.heardBefore = window.heard;
        window.leftAt = performance.now();
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
    }
"""
"""Goes to an address as the browser's back and forward buttons do: within the visit."""
ANSWERED = "window.heard > window.heardBefore && performance.now() - window.heardAt > 100"
SET_THERE = """
    ([names, wait]) => {
        const link = document.querySelector('.copy-link')?.dataset.link;
        if (!link || performance.now() - window.leftAt > wait) return true;
        const [held, asked] = [new URL(link).searchParams, new URL(location.href).searchParams];
        const same = (one, other) => one === other || (one && other && Number(one) === Number(other));
        return names.every(name => same(held.get(name), asked.get(name)));
    }
"""
"""The link that the page offers holds what its address asks for; not waited for longer than so many ms, since what no
parameter takes is not in it.
"""


def open_to_go_on(page: Page, url: str) -> None:
    """Open an address on a page that is still empty, so that `open_within` can go on from there."""
    page.add_init_script(LISTEN)
    open_link(page, url)


def open_within(page: Page, url: str) -> None:
    """Open an address of the explorer that a page shows, without loading it anew, and wait until it stands.

    That the script runs does not tell: of a run that ends at once a busy browser draws no more than the end. Nor does
    an answer alone: it may be that to a question which a slider in focus asked just before.
    """
    wait_until_it_stands(page)
    if page.url != url:
        page.evaluate(GO, url)
        page.wait_for_function(ANSWERED, polling=OFTEN)
        page.wait_for_function(SET_THERE, arg=[list(specs()), 1000 * SETTLED], polling=OFTEN)
    wait_until_it_stands(page)


def wait_until_it_stands(page: Page) -> None:
    """Wait for the last line of a page, the end of the run, and a picture in every chart."""
    page.get_by_text("They do not forecast what any provider will do.").last.wait_for()
    try:
        page.wait_for_function(f"({UNREST})() === '{AT_REST}'", polling=100)
    except TookTooLong as problem:
        left = page.evaluate(f"[({UNREST})(), document.body.innerText.slice(0, 400)]")
        raise AssertionError(f"the page is not at rest: {left}") from problem


def expect_whole(page: Page, opened: str) -> None:
    """The page has its title and its charts, nothing failed, and nothing is cut off or wider than the screen."""
    expect(title(page)).to_have_text(TITLES[opened])
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert (pictures(page).count() > 0) == PAGES[opened].pictures
    expect_fit(page)


def expect_fit(page: Page) -> None:
    """Nothing is wider than the screen, and no word of a chart is cut off, once the charts have taken its width."""
    page.wait_for_function(f"() => Math.max(...({WIDER})()) <= innerWidth")
    page.wait_for_function(f"() => ({OUTSIDE})().length === 0")


def pictures(page: Page) -> Locator:
    """Charts and maps of groups."""
    return page.locator("[data-testid=stPlotlyChart], .group-map, .area-map, .steps-table")


def title(page: Page) -> Locator:
    return page.get_by_test_id("stMain").locator("h1")


def go_to(page: Page, name: str) -> None:
    """Go to another page by the menu: to its part, and from there to it."""
    part, title_of = PAGES[name].menu, PAGES[name].title
    leads = pages_list.menu()[part][0].name
    for row, label, reached in (("parts", part, leads), ("pages", title_of, name)):
        if row == "pages" and name == leads:
            break
        page.locator(f".st-key-menu_{row}").get_by_role("link", name=label, exact=True).click()
        expect(title(page)).to_have_text(TITLES[reached])
    wait_until_it_stands(page)


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=specs()[name].label)


def metrics(page: Page) -> list[str]:
    """The numbers in boxes, without what the page's script puts between a minus and its amount a moment later."""
    return [text.replace("\u2060", "") for text in page.get_by_test_id("stMetricValue").all_inner_texts()]


def cells(page: Page) -> list[str]:
    """The numbers in the page's first map, sorted."""
    texts = page.locator(".group-map").first.locator("td").all_text_contents()
    return sorted(text.replace("\u2060", "").partition("\n")[0] for text in texts if text)


def copied_link(page: Page) -> str:
    """The link that "Copy link" copies: of the panel, or of a page without one."""
    button = page.locator(".copy-link").first
    expect(button).to_have_attribute("data-link", re.compile("model="))
    return str(button.get_attribute("data-link"))


def settings(url: str) -> dict[str, str]:
    """What a link says."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def expect_address(page: Page, **query: str) -> None:
    """Wait until the address holds exactly these settings, beside the model version."""
    wanted = query | ({"model": MODEL_VERSION} if query else {})
    page.wait_for_url(lambda url: settings(url) == wanted)


def command(*arguments: str) -> dict[str, Any]:
    """What ``python -m pricing evaluate`` prints."""
    said = StringIO()
    with redirect_stdout(said):
        assert main(["evaluate", *arguments]) == 0
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def map_of(found: dict[str, Any], smallest: float = 30) -> list[str]:
    """The command's paybacks as the map writes them, sorted; groups of fewer than ``smallest`` people left out."""
    return sorted(f"£{round(group['payback'], 2) + 0:.2f}" for group in found["groups"] if group["people"] >= smallest)


@contextmanager
def no_complaints(page: Page) -> Iterator[None]:
    """Hold that the browser's console stays free of errors, and that no script of the page fails."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not ANY_PROBE.search(message.location.get("url", "")):
            heard.append(message.text)

    def fail(error: Error) -> None:
        heard.append(str(error))

    def dismiss(dialog: Dialog) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", listen)
    page.on("pageerror", fail)
    page.on("dialog", dismiss)
    yield
    page.remove_listener("console", listen)
    page.remove_listener("pageerror", fail)
    page.remove_listener("dialog", dismiss)
    assert not heard, heard
