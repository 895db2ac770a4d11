"""What the page's own script and style sheet do: keys, touch, names, announcements, translators, percentages."""

from collections.abc import Callable
from threading import Event

from playwright.sync_api import CDPSession, Locator, Page, WebSocketRoute, expect

from pages.frame.pages_list import PAGES
from pricing.scenario.scenario import specs
from tests.conftest import Server
from tests.e2e.explorer import (
    GO,
    TITLES,
    address,
    command,
    copied_link,
    expect_address,
    expect_whole,
    no_complaints,
    open_link,
    slider,
    title,
    wait_until_it_stands,
)

SAID = "#explorer-announcer"


def typed(page: Page, label: str) -> Locator:
    return page.get_by_role("spinbutton", name=f"{label}, typed")


def test_a_clicker_turns_the_page_whatever_has_the_focus(visit: Callable[[str], Page]) -> None:
    page = visit(address("presenter", need_premium="0.2"))
    main = page.get_by_test_id("stMain")
    for step, held in (
        (2, slider(page, "need_premium")),
        (3, main.get_by_role("spinbutton").first),
        (4, main.get_by_role("combobox").first),
    ):
        held.click(force=True) if step == 4 else held.focus()
        page.keyboard.press("PageDown")
        page.wait_for_url(f"**need_premium=0.2**step={step}*")
        wait_until_it_stands(page)
    page.keyboard.press("PageUp")
    page.wait_for_url("**need_premium=0.2**step=3*")
    visit(address("story"))
    main.get_by_test_id("stRadioOption").nth(1).click()
    page.keyboard.press("PageDown")
    page.wait_for_url("**step=2*")
    wait_until_it_stands(page)
    page.keyboard.press("PageUp")
    page.wait_for_url(lambda url: "step" not in url)


def swipe(session: CDPSession, at: tuple[float, float], by: tuple[float, float]) -> None:
    """A finger that is put down, moves in six steps, and is lifted."""
    for number in range(7):
        point = {"x": at[0] + by[0] * number / 6, "y": at[1] + by[1] * number / 6}
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_thumb_scrolls_or_slides_by_the_way_it_goes(app_server: Server, phone_page: Page) -> None:
    page = phone_page
    with no_complaints(page):
        open_link(page, app_server.url + address("presenter"))
    expect_whole(page, "presenter")
    assert "Traceback" not in app_server.log()
    track = page.get_by_role("group", name="Share of the contract paid on results")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None
    track.tap(position={"x": 0.5 * box["width"], "y": box["height"] / 2})
    page.wait_for_url("**results_share=0.5**")
    wait_until_it_stands(page)
    session = page.context.new_cdp_session(page)
    middle = (box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
    swipe(session, middle, (60, 0))
    page.wait_for_url(lambda url: "results_share=0.8" in url or "results_share=0.9" in url)
    wait_until_it_stands(page)
    slid = slider(page, "results_share").input_value()
    swipe(session, middle, (4, -160))
    page.wait_for_function(
        "top => Math.abs(document.querySelector('[aria-label=\"Share of the contract paid on results\"]')"
        ".getBoundingClientRect().top - top) > 60",
        arg=box["y"],
    )
    wait_until_it_stands(page)
    expect(slider(page, "results_share")).to_have_value(slid)


def test_names_landmarks_and_what_is_said(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    open_link(page, app_url)
    assert page.title() == f"{PAGES['start_here'].title} – Pricing-structure explorer"
    expect(page.get_by_role("navigation")).to_have_count(2)
    expect(page.get_by_role("navigation").last.locator("[aria-current=page]")).to_have_text("Start here")
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("button", name="More: Premium per complex need, typed")).to_have_count(1)
    expect(page.get_by_role("button", name="Help for Premium per complex need")).to_have_count(1)
    wait_until_it_stands(page)
    page.wait_for_timeout(1500)  # at rest: what stands now has been taken note of
    expect(page.locator(SAID)).to_have_text("")
    page.evaluate("window.heard = []")
    page.evaluate(
        f"new MutationObserver(() => heard.push(document.querySelector('{SAID}').textContent))"
        f".observe(document.querySelector('{SAID}'), {{childList: true}})"
    )
    for _ in range(3):
        slider(page, "need_premium").press("ArrowRight")
    expect_address(page, need_premium="0.15")
    wait_until_it_stands(page)
    verdict = page.get_by_test_id("stMain").locator("h3").first
    expect(page.locator(SAID)).to_have_text(verdict.inner_text())
    assert [words for words in page.evaluate("heard") if words] == [verdict.inner_text()]
    expect(page.get_by_role("alert")).to_have_count(0)


TRANSLATE = """
    () => {
        const words = document.createTreeWalker(
            document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
        const found = [];
        while (words.nextNode()) if (words.currentNode.data.trim()) found.push(words.currentNode);
        for (const node of found) {
            const outer = document.createElement('font');
            outer.append(document.createElement('font'));
            outer.firstChild.textContent = node.data.toUpperCase();
            node.parentNode.insertBefore(outer, node);
            node.remove();
        }
    }
"""
"""What a browser's translator does: each text node gives way to a <font> in a <font>."""


def test_a_translated_page_never_shows_the_figures_of_two_prices(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    open_link(page, app_url)
    page.locator("#explorer-announcer").wait_for(state="attached")
    page.evaluate(TRANSLATE)
    verdict = page.get_by_test_id("stMain").locator("h3").first
    expect(verdict).to_contain_text("THIS PRICE REWARDS")
    box = typed(page, "Share of the contract paid on results")
    box.fill("45")
    box.press("Enter")
    expect_address(page, results_share="0.45")
    found = command("--set", "results_share=0.45")
    share = found["totals"]["parked_people"] / found["totals"]["people"]
    expect(verdict).to_contain_text(f"{share:.0%} of people")
    expect(page.get_by_test_id("stMetricValue").nth(1)).to_contain_text(f"{share:.0%}")
    slider(page, "results_share").press("ArrowRight")
    expect_address(page, results_share="0.5")
    found = command("--set", "results_share=0.5")
    share = found["totals"]["parked_people"] / found["totals"]["people"]
    expect(verdict).to_contain_text(f"{share:.0%} of people")


BREAK = """
    () => {
        for (const place of document.querySelectorAll('[data-testid=stVerticalBlock] > *')) place.remove();
        window.broken = true;
    }
"""
"""What an extension of a browser may do: what Streamlit drew is gone, and its next drawing fails."""


def test_a_page_whose_drawing_fails_comes_back(app_url: str, desktop_page: Page) -> None:
    """Streamlit takes all of it away then, and left the browser white."""
    page = desktop_page
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    open_link(page, app_url + address("who_it_pays_to_help", need_premium="0.4"))
    page.locator("#explorer-announcer").wait_for(state="attached")
    page.evaluate(BREAK)
    page.evaluate(GO, app_url + address("how_sure", need_premium="0.4"))
    page.wait_for_function("!window.broken")
    wait_until_it_stands(page)
    expect(title(page)).to_have_text(TITLES["how_sure"])
    expect_address(page, need_premium="0.4")
    assert len(failed) == 1, failed


SLOW_SCRIPTS, TRANSLATOR = (
    """
    if (!sessionStorage.getItem('translated')) {
        const url = URL.createObjectURL.bind(URL);
        const wait = 'await new Promise(go => setTimeout(go, 3000));';
        URL.createObjectURL = blob => url(
            blob.type.includes('javascript') ? new Blob([wait, blob], { type: blob.type }) : blob);
    }
""",
    """
    if (!sessionStorage.getItem('translated')) new MutationObserver((records, observer) => {
        if (!document.querySelector('[data-testid=stMain] h3')) return;
        observer.disconnect();
        sessionStorage.setItem('translated', 'yes');
        (%s)();
    }).observe(document, { childList: true, subtree: true });
""",
)


def test_a_page_that_is_translated_before_its_script_begins_follows_its_price(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    page.add_init_script(SLOW_SCRIPTS)
    page.add_init_script(TRANSLATOR % TRANSLATE)
    open_link(page, app_url)
    page.wait_for_function("!document.querySelector('[data-testid=stMain] font')")
    page.locator("#explorer-announcer").wait_for(state="attached")
    wait_until_it_stands(page)
    box = typed(page, "Share of the contract paid on results")
    box.fill("45")
    box.press("Enter")
    expect_address(page, results_share="0.45")
    totals = command("--set", "results_share=0.45")["totals"]
    verdict = page.get_by_test_id("stMain").locator("h3").first
    expect(verdict).to_contain_text(f"{totals['parked_people'] / totals['people']:.0%} of people", ignore_case=True)


def test_percentages_are_understood_as_people_type_them(visit: Callable[[str], Page]) -> None:
    page = visit(address("start_here"))
    box = typed(page, "Share of the contract paid on results")
    for keys, share in (("30", "0.3"), ("45%", "0.45"), ("0.37", "0.37"), ("12.5", "0.125"), ("1", "1")):
        box.click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(keys)
        page.keyboard.press("Enter")
        expect_address(page, results_share=share)
        wait_until_it_stands(page)
        if share == "0.37":  # between two steps of the slider
            expect(slider(page, "results_share")).to_have_attribute("aria-valuetext", "37%")
    times = typed(page, "Multiplier for the most deprived areas")
    times.fill("30")
    times.press("Enter")
    wait_until_it_stands(page)
    expect_address(page, results_share="1")


def test_one_press_copies_the_link_where_there_is_no_clipboard_too(app_url: str, desktop_page: Page) -> None:
    """Over http on a local network a page has no clipboard; what is copied is pasted into a box of the page's own."""
    page = desktop_page
    page.set_viewport_size({"width": 1366, "height": 768})
    open_link(page, app_url + address("start_here", need_premium="0.3"))
    for name in ("Copy link", "Pin as A", "Undo", "Redo", "Replay", "Reset", "As opened"):
        expect(page.get_by_test_id("stSidebar").get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    button = page.locator(".copy-link")
    for secure in (False, True):
        if secure:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app_url)
        else:
            page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false, configurable: true})")
        expect(button).to_have_text("Copy link")
        button.click()
        expect(button).to_have_text("Link copied")
        expect(page.locator(SAID)).to_have_text("Link copied")
        if not secure:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app_url)
            page.evaluate("delete window.isSecureContext")
        assert page.evaluate("navigator.clipboard.readText()") == copied_link(page)
        page.evaluate("navigator.clipboard.writeText('')")
    page.context.clear_permissions()


def test_as_opened_leads_back_to_the_link(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    panel = page.get_by_test_id("stSidebar")
    open_link(page, app_url + address("start_here", need_premium="0.3", a="same"))
    expect(panel.get_by_role("button", name="As opened")).to_be_disabled()
    slider(page, "need_premium").press("ArrowRight")
    expect_address(page, **{"need_premium": "0.35", "a.need_premium": "0.3"})
    panel.get_by_role("button", name="Reset").click()
    expect(slider(page, "need_premium")).to_have_value("0")
    panel.get_by_role("button", name="As opened").click()
    expect_address(page, need_premium="0.3", a="same")


def test_on_a_phone_the_main_controls_stand_under_the_picture_and_the_panel_stays_shut(
    app_url: str, phone_page: Page
) -> None:
    page = phone_page
    panel = page.get_by_test_id("stSidebar")
    open_link(page, app_url)
    expect(panel).not_to_be_in_viewport()
    chart = page.locator(".group-map")
    chart.scroll_into_view_if_needed()
    before = page.get_by_test_id("stMetricValue").first.inner_text()
    for name in ("results_share", "need_premium", "area_multiplier"):
        expect(page.locator(".st-key-at_hand").get_by_role("group", name=specs()[name].label)).to_be_in_viewport()
    expect(chart).to_be_in_viewport(ratio=0.3)
    slider(page, "results_share").press("ArrowRight")
    expect_address(page, results_share="0.25")
    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(before)
    wait_until_it_stands(page)
    page.get_by_test_id("stExpandSidebarButton").tap()
    expect(panel).to_be_in_viewport()
    page.reload()
    wait_until_it_stands(page)
    expect(panel).not_to_be_in_viewport()
    expect(slider(page, "results_share")).to_have_value("0.25")


def test_a_guess_outlives_a_reload_and_is_final_once_answered(app_url: str, desktop_page: Page) -> None:
    page = desktop_page
    open_link(page, app_url + address("story", step="2"))
    expect(page.get_by_role("img", name="QR code that opens")).to_have_count(1)
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_test_id("stRadioOption").nth(2).click()
    wait_until_it_stands(page)
    page.get_by_role("button", name="Show the answer").click()
    page.locator(".group-map").wait_for()
    expect(page.get_by_role("radio", disabled=True)).to_have_count(4)
    page.reload()
    expect(page.get_by_role("radio", checked=True, disabled=True)).to_have_count(1)
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("You guessed")
    assert "guess" not in page.url
    page.evaluate("sessionStorage.clear()")


def test_a_lost_connection_is_said_until_it_is_back(app_url: str, phone_page: Page) -> None:
    page, away, sockets = phone_page, Event(), list[WebSocketRoute]()

    def between(browser: WebSocketRoute) -> None:
        if away.is_set():
            browser.close()
            return
        server = browser.connect_to_server()
        sockets.append(browser)
        browser.on_message(server.send)
        server.on_message(browser.send)

    page.route_web_socket("**/_stcore/stream", between)
    open_link(page, app_url + address("answer"))
    said = page.get_by_text("No connection.")
    assert said.count() == 0
    away.set()
    sockets[-1].close()
    expect(said).to_be_visible()
    away.clear()
    expect(said).to_have_count(0)
    wait_until_it_stands(page)
