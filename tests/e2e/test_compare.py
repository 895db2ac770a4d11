"""A comparison in a room and by link: pinned, changed, shared and opened cold; undone and replayed by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.conftest import Server
from tests.e2e.explorer import (
    address,
    cells,
    copied_link,
    expect_address,
    go_to,
    metrics,
    no_complaints,
    open_link,
    settings,
    slider,
    title,
    wait_until_it_stands,
)
from tests.e2e.test_links import press_right


def test_a_pinned_comparison_is_one_link(
    app_url: str, fresh_server: Callable[[], Server], visit: Callable[[str], Page], phone_page: Page
) -> None:
    desktop_page = visit(address("start_here", target="own"))
    with no_complaints(desktop_page):
        desktop_page.get_by_role("button", name="Pin as A").click()
        expect_address(desktop_page, target="own", a="same")
        press_right(desktop_page, "need_premium", times=2)
        pinned = {"target": "own", "need_premium": "0.1", "a.need_premium": "0"}
        expect_address(desktop_page, **pinned)
        go_to(desktop_page, "compare")
        expect_address(desktop_page, **pinned)
    verdict = desktop_page.get_by_test_id("stMain").locator("h3").first.inner_text()
    assert verdict.startswith("B rewards")
    link = copied_link(desktop_page)
    assert len(link) < 1500
    assert settings(link)["a.need_premium"] == "0"
    cold = fresh_server()
    open_link(phone_page, link.replace(app_url, cold.url))
    expect(title(phone_page)).to_have_text("A and B")
    assert phone_page.get_by_test_id("stMain").locator("h3").first.inner_text() == verdict
    assert metrics(phone_page) == metrics(desktop_page)
    assert cells(phone_page) == cells(desktop_page)
    assert "Traceback" not in cold.log()


def test_changes_are_undone_redone_replayed_and_reset_by_keyboard(app_url: str, desktop_page: Page) -> None:
    """The keys work while a slider has the focus, as it does for somebody who presents; typing is left alone.

    A letter typed into a box presses nothing, and the browser's own undo stays in the box.
    """
    open_link(desktop_page, app_url + address("start_here", hour_cost="61"))
    press_right(desktop_page, "need_premium")
    expect_address(desktop_page, hour_cost="61", need_premium="0.05")
    wait_until_it_stands(desktop_page)
    after = metrics(desktop_page)
    for key, value in (("z", ""), ("y", "0.05"), ("p", ""), ("p", "0.05")):
        desktop_page.keyboard.press(f"Alt+{key}")
        expect_address(desktop_page, hour_cost="61", **({"need_premium": value} if value else {}))
        expect(slider(desktop_page, "need_premium")).to_have_value(value or "0")
        wait_until_it_stands(desktop_page)
    assert metrics(desktop_page) == after
    expect(desktop_page.get_by_text("After the last change")).to_be_visible()
    desktop_page.keyboard.press("Alt+0")
    expect_address(desktop_page)
    wait_until_it_stands(desktop_page)
    desktop_page.keyboard.press("Alt+z")
    expect_address(desktop_page, hour_cost="61", need_premium="0.05")
    wait_until_it_stands(desktop_page)
    typed = desktop_page.get_by_role("spinbutton", name="Share of the contract paid on results, typed")
    typed.fill("0.3")
    for key in ("z", "y", "p", "Control+z"):
        typed.press(key)
    expect_address(desktop_page, hour_cost="61", need_premium="0.05")
    expect(slider(desktop_page, "need_premium")).to_have_value("0.05")


def test_back_and_undo_agree(visit: Callable[[str], Page]) -> None:
    desktop_page = visit(address("start_here"))
    press_right(desktop_page, "need_premium")
    expect_address(desktop_page, need_premium="0.05")
    press_right(desktop_page, "area_multiplier")
    expect_address(desktop_page, need_premium="0.05", area_multiplier="1.05")
    desktop_page.go_back()
    expect_address(desktop_page, need_premium="0.05")
    expect(slider(desktop_page, "area_multiplier")).to_have_value("1")
    wait_until_it_stands(desktop_page)
    desktop_page.keyboard.press("Alt+y")
    expect_address(desktop_page, need_premium="0.05", area_multiplier="1.05")
    wait_until_it_stands(desktop_page)
    desktop_page.keyboard.press("Alt+z")
    expect_address(desktop_page, need_premium="0.05")
    wait_until_it_stands(desktop_page)
    desktop_page.keyboard.press("Alt+z")
    expect_address(desktop_page)
