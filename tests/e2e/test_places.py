"""Places in a real browser: shapes come once and from here, and pointing at the map agrees with the lists."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Request, WebSocket, expect

from tests.conftest import Server
from tests.e2e.explorer import address, no_complaints, open_link, slider, wait_until_it_stands

MOST_PER_RERUN = 200_000
"""Bytes that a moved slider may bring: values and words, never shapes."""
SHAPES = {"neighbourhoods.json", "boroughs.json"}
FILLS = """
    () => [...document.querySelectorAll('.area-map .places path')].slice(0, 200)
        .map(path => getComputedStyle(path).fill).join()
"""
MIDDLE = """
    ([place]) => {
        const path = document.querySelectorAll('.area-map .places path')[place];
        const box = path.getBoundingClientRect();
        for (let across = 1; across < 20; across++) {
            for (let down = 1; down < 20; down++) {
                const x = box.left + box.width * across / 20, y = box.top + box.height * down / 20;
                const own = new DOMPoint(x, y).matrixTransform(path.getScreenCTM().inverse());
                if (path.isPointInFill(own)) return [x, y];
            }
        }
        return null;
    }
"""
"""A point of the screen inside that shape."""


def lists(page: Page) -> list[Locator]:
    return [page.get_by_role("combobox", name=name, exact=True) for name in ("Borough", "Neighbourhood")]


def picked(page: Page) -> str:
    """The place whose figures stand beside the map."""
    headings = page.get_by_test_id("stMain").locator("h4")
    return str(headings.nth(1).inner_text())


def point_at(page: Page, place: int) -> None:
    """Click inside the shape of that number."""
    page.locator(".area-map .places path").nth(place).scroll_into_view_if_needed()
    at = page.evaluate(MIDDLE, [place])
    assert at, "no point is inside the shape"
    page.mouse.move(*at)
    page.mouse.click(*at)


def show_streets(page: Page) -> None:
    """Open the map of neighbourhoods."""
    page.get_by_role("radio", name="Neighbourhoods").or_(
        page.get_by_role("button", name="Neighbourhoods")
    ).first.click()
    page.locator(".area-map .places path").nth(1701).wait_for(state="attached")
    wait_until_it_stands(page)


def test_shapes_come_once_and_a_slider_sends_values_alone(app_server: Server, desktop_page: Page) -> None:
    asked: list[str] = []
    received: list[bytes | str] = []

    def hear(socket: WebSocket) -> None:
        # Not the list's own method: the browser's library marks what it is given, and that cannot be marked.
        socket.on("framereceived", lambda frame: received.append(frame))  # noqa: PLW0108

    def note(request: Request) -> None:
        asked.append(request.url)

    desktop_page.on("request", note)
    desktop_page.on("websocket", hear)
    with no_complaints(desktop_page):
        open_link(desktop_page, app_server.url + address("places"))
        show_streets(desktop_page)
        assert {url.rpartition("/")[2] for url in asked if "/app/static/" in url} == SHAPES
        before, had = len(asked), desktop_page.evaluate(FILLS)
        received.clear()
        slider(desktop_page, "area_multiplier").press("End")
        desktop_page.wait_for_function(f"had => ({FILLS})() !== had", arg=had)
        wait_until_it_stands(desktop_page)
    assert [url for url in asked[before:] if "/app/static/" in url] == []
    assert 0 < sum(len(frame) for frame in received) < MOST_PER_RERUN
    assert not any(b'"coordinates"' in (f if isinstance(f, bytes) else f.encode()) for f in received)
    elsewhere = [url for url in asked if not url.startswith((app_server.url, "data:", "blob:"))]
    assert not elsewhere, "another host was asked for something"


def test_pointing_and_choosing_agree(visit: Callable[[str], Page]) -> None:
    """First among boroughs, then among neighbourhoods."""
    desktop_page = visit(address("places"))
    borough, street = lists(desktop_page)
    expect(borough).to_have_value("Manchester")
    desktop_page.get_by_text("Payback per extra £1: ").first.wait_for()
    desktop_page.wait_for_function("document.querySelectorAll('.area-map .places path').length === 10")
    point_at(desktop_page, 9)
    expect(borough).to_have_value("Wigan")
    wait_until_it_stands(desktop_page)
    assert picked(desktop_page) == "Wigan"
    show_streets(desktop_page)
    point_at(desktop_page, 3)
    expect(street).not_to_have_value("The whole borough")
    wait_until_it_stands(desktop_page)
    name = street.input_value()
    assert re.fullmatch(r"\w+ \d{3}[A-Z]", name)
    assert not name.startswith("Wigan")
    assert name.startswith(borough.input_value())
    assert picked(desktop_page) == name
    tip = desktop_page.get_by_role("status").and_(desktop_page.locator(".area-tip"))
    map_of_places = desktop_page.get_by_role("group", name="The map: the arrow keys go from place to place")
    map_of_places.focus()
    map_of_places.press("ArrowUp")
    expect(tip).to_contain_text("Payback per extra £1: £")
    named = tip.inner_text().splitlines()[0]
    assert named != name
    map_of_places.press("Enter")
    expect(street).to_have_value(named)
    wait_until_it_stands(desktop_page)
    street.fill("The whole")
    street.press("Enter")
    expect(desktop_page.get_by_test_id("stMain").locator("h4").nth(1)).to_have_text(borough.input_value())
