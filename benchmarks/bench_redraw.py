"""From a key press on a slider to every chart redrawn, in a real browser; run ``python -m benchmarks.bench_redraw``.

The peer is a bare app of the same Streamlit with one slider and one Plotly chart, pressed in turn with every page, and
with every part of a page that has several. Each press is to a value that nobody has asked for before, so that nothing
is at hand. The time ends with the last change to what is seen; the hidden copy of a scrolling table, which its library
writes for screen readers 200 ms after it has drawn it, is left out. A part of the time is the wait for the script's
end: the server, the wire, and what the browser draws meanwhile. A cold start is timed to the first chart with words in
it.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import serving
from pages.frame.pages_list import PAGES
from pages.topics.begin.story.steps import STEPS
from tests.find_chromium import find_chromium

ROUNDS = 9
COLD_ROUNDS = 5
QUIET = 400
"""Milliseconds without a change after which a page has come to rest."""
PLAYED = next(number for number, step in enumerate(STEPS, 1) if step.plays)
"""The step of the story that has a slider."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
WATCH = """
() => {
    const seen = window.seen = {pressed: 0, stopped: 0, changed: 0};
    document.addEventListener('keydown', () => { Object.assign(seen, {stopped: 0, changed: 0});
        seen.pressed = performance.now(); }, true);
    const app = document.querySelector('[data-testid=stApp]');
    new MutationObserver(() => {
        if (app.dataset.testScriptState === 'notRunning') seen.stopped = performance.now();
    }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
    const shown = record => !(record.target.parentElement || record.target).closest('[data-testid=stDataFrame] canvas');
    new MutationObserver(records => { if (records.some(shown)) seen.changed = performance.now(); }).observe(
        document.querySelector('[data-testid=stMain]'),
        {subtree: true, childList: true, attributes: true, characterData: true});
}
"""
AT_REST = f"""
() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
    && seen.changed && performance.now() - seen.changed > {QUIET}
"""
FIRST_PICTURE = """
() => document.querySelector('[data-testid=stPlotlyChart] svg text, .group-map td') ? performance.now() : 0
"""


@dataclass(frozen=True)
class Redraw:
    """Milliseconds from a key press: to the end of the script, and to the last change on the page."""

    script: float
    whole: float


class Visit:
    """One browser page at one address, ready for key presses on its first slider."""

    def __init__(self, browser: Browser, url: str, opened: str = "") -> None:
        self.page: Page = browser.new_page(viewport={"width": 1400, "height": 900})
        self.page.goto(url)
        self.page.locator("[data-testid=stPlotlyChart] svg text, [data-testid=stCaptionContainer]").first.wait_for()
        if opened:
            self.page.get_by_role("radio", name=opened).or_(self.page.get_by_role("button", name=opened)).first.click()
        self.page.wait_for_timeout(3000)
        self.page.evaluate(WATCH)

    def press(self) -> Redraw:
        """Move the slider a step, and wait until everything stands."""
        self.page.bring_to_front()  # a page behind another is not drawn
        self.page.locator("[data-testid=stSlider] input[type=range]").first.press("ArrowRight")
        self.page.wait_for_function(AT_REST, polling=50)
        seen = self.page.evaluate("() => seen")
        # A run that was over before the browser drew its beginning is never seen to stop.
        return Redraw((seen["stopped"] or seen["changed"]) - seen["pressed"], seen["changed"] - seen["pressed"])


def first_picture(browser: Browser, url: str) -> float:
    """Milliseconds from a request with nothing cached to the first chart with words in it."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(url, wait_until="commit")
    taken = page.wait_for_function(FIRST_PICTURE, polling="raf").json_value()
    context.close()
    return float(taken)


def in_turn(*tasks: Callable[[], Redraw]) -> list[list[Redraw]]:
    """Each task's results over the rounds, after one warm-up, taken in turn."""
    for task in tasks:
        task()
    rounds = [[task() for task in tasks] for _ in range(ROUNDS)]
    return [list(found) for found in zip(*rounds, strict=True)]


def compare(browser: Browser, url: str, peer: str, opened: str = "") -> str:
    """A line about one page: its median, the peer's in the same rounds, and what the time is made of.

    ``opened`` is the name of a choice on the page that is made first.
    """
    page, bare = Visit(browser, url, opened), Visit(browser, peer)
    pages, bares = in_turn(page.press, bare.press)
    page.page.close()
    bare.page.close()
    whole, floor = (median(r.whole for r in found) for found in (pages, bares))
    script = median(r.script for r in pages)
    ratio = median(a.whole / b.whole for a, b in zip(pages, bares, strict=True))
    return f"{whole:6.0f} ms, bare {floor:4.0f} ms: {ratio:4.2f} times; script done after {script:4.0f} ms"


def addresses(pages: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Each page with what is asked of it: each of its parts in turn, for A and B something to compare with.

    Besides, what is pressed first: of places the finer map once more, of the story the answer under which one plays.
    Pages without a slider are left out.
    """
    for page in pages:
        if page == "story":
            yield page, f"&step={PLAYED}", "Show the answer"
        elif not PAGES[page].panel:
            continue
        elif page == "compare":
            yield page, "&a.need_premium=0.2", ""
        elif parts := PAGES[page].parts:
            yield from ((page, f"&part={part.key}", "") for part in parts)
        else:
            yield page, "", ""
        if page == "places":
            yield page, "&part=map", "Neighbourhoods"


def main(only: list[str]) -> None:
    """Print a line for each page (or those named), then the cold start."""
    with serving.explorer() as mine, serving.bare() as peer, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=[*FLAGS])
        for number, (name, query, opened) in enumerate(addresses(only or PAGES)):
            fresh = f"{query}&hour_cost={50 + number}"
            address = f"{mine.url}/{PAGES[name].path}?{fresh}"
            told = compare(browser, address, peer.url, opened)
            print(f"{f'{name}{query} {opened}':50}{told}", flush=True)
        cold = [(first_picture(browser, mine.url), first_picture(browser, peer.url)) for _ in range(COLD_ROUNDS)]
        ratio = median(a / b for a, b in cold)
        print(
            f"first picture, cold: {median(a for a, _ in cold):.0f} ms, bare {median(b for _, b in cold):.0f} ms: ",
            end="",
        )
        print(f"{ratio:.2f} times")


if __name__ == "__main__":
    main(sys.argv[1:])
