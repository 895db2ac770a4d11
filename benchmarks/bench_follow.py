"""While a slider is dragged, in a real browser: frames, delay, messages; run ``python -m benchmarks.bench_follow``.

For each page that follows the slider: frames a second while a mouse drags it, beside a bare app of the same Streamlit
with one slider and one chart, dragged in turn; milliseconds from the first touch of a slider that nobody has touched to
the first changed picture; how many frames later than the slider the picture changes; and what a move sends to the
browser: messages and kilobytes, from the release to rest.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from benchmarks import serving
from benchmarks.bench_redraw import FLAGS, PLAYED
from pages.frame.pages_list import PAGES
from tests.find_chromium import find_chromium

FOLLOWING = ("start_here", "who_it_pays_to_help", "presenter", "cheapest_fair_price", "story")
ROUNDS = 5
STEPS = 60
"""Moves of the mouse in one drag, there and back, one a frame or so."""
SLIDER = "[data-testid=stSlider] input[type=range]"
ASKED = {"story": f"&step={PLAYED}"}
"""What else a page is asked for; of the story the step with a slider, once its answer is shown."""
OWN = {"cheapest_fair_price": ".st-key-promise_floor input[type=range]"}
"""Sliders of a page's own, dragged instead of the first."""
WATCH = """
slider => {
    const seen = window.seen = {frames: [], slider: [], picture: [], touched: 0};
    const now = () => performance.now();
    const tick = () => { seen.frames.push(now()); requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
    const region = document.querySelector('.st-key-live') ?? document.querySelector('[data-testid=stMain]');
    new MutationObserver(() => seen.picture.push(now())).observe(
        region, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['style']});
    const input = document.querySelector(slider);
    let stood = input.value;
    new MutationObserver(() => { if (input.value !== stood) seen.slider.push(now()); stood = input.value; }).observe(
        input, {attributes: true, attributeFilter: ['aria-valuetext']});
    document.addEventListener('pointerover', event => {
        if (!seen.touched && event.target.closest('[data-testid=stSlider]')) seen.touched = now();
    }, true);
}
"""
REST = "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"


class Received:
    """What a page was sent since this was emptied last."""

    def __init__(self, page: Page) -> None:
        self.sizes: list[int] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.sizes.append(len(frame)))


@contextmanager
def opened(browser: Browser, url: str, slider: str = SLIDER) -> Iterator[tuple[Page, Received]]:
    """A page at rest, watched."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    received = Received(page)
    page.goto(url)
    if "/story" in url:
        page.get_by_role("button", name="Show the answer").click()
    page.locator("[data-testid=stPlotlyChart] svg text, .group-map td").first.wait_for()
    page.locator(slider).first.wait_for(state="attached")
    page.locator(slider).first.scroll_into_view_if_needed()
    page.wait_for_timeout(2500)
    page.evaluate(WATCH, slider)
    yield page, received
    page.close()


def drag(page: Page, slider: str = SLIDER) -> dict[str, list[float]]:
    """Drag a slider there and back, and let it go one step on; milliseconds at which things happened."""
    x, y, across = page.locator(slider).first.evaluate(
        "e => { const thumb = e.closest('div[data-rac]').getBoundingClientRect();"
        " const track = e.closest('[role=group]').getBoundingClientRect();"
        " return [thumb.x + thumb.width / 2, thumb.y + 8, track.width]; }"
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 20, y)
    page.wait_for_timeout(1200)
    page.evaluate("() => Object.assign(seen, {frames: [], slider: [], first: seen.picture[0] ?? 0, picture: []})")
    for number in range(STEPS):
        page.mouse.move(x + across * (0.05 + 0.6 * min(number, STEPS - number) / STEPS), y)
        page.wait_for_timeout(15)
    found: dict[str, list[float]] = page.evaluate("() => seen")
    return found


def frames_a_second(seen: dict[str, list[float]]) -> float:
    frames = seen["frames"]
    return 1000 * (len(frames) - 1) / (frames[-1] - frames[0])


def lag(seen: dict[str, list[float]]) -> float:
    """Frames from a step of the slider to the next change of the picture: the middle one, of all steps."""
    frame = 1000 / frames_a_second(seen)
    after = [next((at - moved for at in seen["picture"] if at >= moved), None) for moved in seen["slider"]]
    waits = [wait for wait in after if wait is not None]
    return median(waits) / frame if waits else float("nan")


def sent_after_release(page: Page, received: Received) -> tuple[int, float]:
    """Messages and kilobytes that the browser gets from the release of the slider to rest."""
    received.sizes.clear()
    page.mouse.up()
    page.wait_for_timeout(300)
    page.wait_for_function(REST)
    page.wait_for_timeout(700)
    return len(received.sizes), sum(received.sizes) / 1024


def main(only: list[str]) -> None:
    """Print a line for each page that follows, or those named."""
    with serving.explorer() as mine, serving.bare() as peer, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=[*FLAGS])
        for number, name in enumerate(only or FOLLOWING):
            rates, bare_rates, firsts, lags = [], [], [], []
            sent, bare_sent = (0, 0.0), (0, 0.0)
            for turn in range(ROUNDS):
                fresh = f"{mine.url}/{PAGES[name].path}?hour_cost={40 + ROUNDS * number + turn}{ASKED.get(name, '')}"
                slider = OWN.get(name, SLIDER)
                with opened(browser, fresh, slider) as (page, received):
                    seen = drag(page, slider)
                    rates.append(frames_a_second(seen))
                    firsts.append(float(seen["first"]) - float(seen["touched"]))  # type: ignore[arg-type]
                    lags.append(lag(seen))
                    sent = sent_after_release(page, received)
                with opened(browser, peer.url) as (page, received):
                    bare_rates.append(frames_a_second(drag(page)))
                    bare_sent = sent_after_release(page, received)
            print(
                f"{name:22}{median(rates):4.0f} frames a second, bare {median(bare_rates):3.0f}; first changed picture "
                f"{median(firsts):4.0f} ms after the first touch; {median(lags):.1f} frames behind; a move sends "
                f"{sent[0]} messages, {sent[1]:.0f} kB, bare {bare_sent[0]}, {bare_sent[1]:.0f} kB",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
