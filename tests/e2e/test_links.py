"""Links and the browser's history: what is copied opens the same, what is wrong is named, back leads back."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from playwright.sync_api import Page, expect

from pages.frame import pages_list
from pricing import MODEL_VERSION
from tests.e2e.explorer import (
    TITLES,
    address,
    cells,
    command,
    copied_link,
    expect_address,
    go_to,
    map_of,
    metrics,
    no_complaints,
    open_link,
    settings,
    slider,
    title,
    wait_until_it_stands,
)


def press_right(page: Page, name: str, times: int = 1) -> None:
    for _ in range(times):
        slider(page, name).press("ArrowRight")


def test_a_copied_link_opens_the_same_in_a_new_visit(visit: Callable[[str], Page], phone_page: Page) -> None:
    desktop_page = visit(address("start_here"))
    before = cells(desktop_page)
    press_right(desktop_page, "need_premium")
    expect_address(desktop_page, need_premium="0.05")
    press_right(desktop_page, "area_multiplier", times=2)
    expect_address(desktop_page, need_premium="0.05", area_multiplier="1.1")
    wait_until_it_stands(desktop_page)
    link = copied_link(desktop_page)
    open_link(phone_page, link)
    assert metrics(phone_page) == metrics(desktop_page)
    assert cells(phone_page) == cells(desktop_page) == map_of(command("--link", link))
    assert cells(phone_page) != before


def test_no_step_is_lost_while_a_slider_moves_fast(visit: Callable[[str], Page]) -> None:
    desktop_page = visit(address("start_here"))
    slider(desktop_page, "area_multiplier").focus()
    for _ in range(8):
        desktop_page.keyboard.press("ArrowRight", delay=60)
    expect_address(desktop_page, area_multiplier="1.4")
    expect(slider(desktop_page, "area_multiplier")).to_have_value("1.4")
    expect(desktop_page.get_by_role("spinbutton", name="areas, typed")).to_have_value("1.40")
    wait_until_it_stands(desktop_page)
    assert cells(desktop_page) == map_of(command("--set", "area_multiplier=1.4"))


def test_the_scenario_stays_from_page_to_page(visit: Callable[[str], Page]) -> None:
    desktop_page = visit(address("start_here", hour_cost="61", metric="progress"))
    press_right(desktop_page, "need_premium")
    kept = {"hour_cost": "61", "metric": "progress", "need_premium": "0.05"}
    expect_address(desktop_page, **kept)
    for name in [*(pages[0].name for pages in pages_list.menu().values()), "start_here"]:
        go_to(desktop_page, name)
        expect_address(desktop_page, **kept)
        expect(slider(desktop_page, "need_premium")).to_have_value("0.05")


def test_back_restores_the_value_before_and_then_the_page_before(visit: Callable[[str], Page]) -> None:
    desktop_page = visit(address("start_here"))
    first = metrics(desktop_page)
    premium = slider(desktop_page, "need_premium")
    for value in ("0.05", "0.1"):
        press_right(desktop_page, "need_premium")
        expect_address(desktop_page, need_premium=value)
    go_to(desktop_page, "set_the_price")
    press_right(desktop_page, "need_premium")
    expect_address(desktop_page, need_premium="0.15")
    for name, value in (("set_the_price", "0.1"), ("start_here", "0.1"), ("start_here", "0.05"), ("start_here", "0")):
        desktop_page.go_back()
        expect(title(desktop_page)).to_have_text(TITLES[name])
        expect(premium).to_have_value(value)
    expect(desktop_page.get_by_test_id("stMetricValue").first).to_have_text(first[0])
    desktop_page.go_forward()
    expect(premium).to_have_value("0.05")
    expect_address(desktop_page, need_premium="0.05")


def test_back_leads_out_of_a_link_that_was_opened(app_url: str, desktop_page: Page) -> None:
    open_link(desktop_page, app_url + address("evidence"))
    open_link(desktop_page, app_url + address("set_the_price", need_premium="0.30"))
    press_right(desktop_page, "need_premium")
    expect_address(desktop_page, need_premium="0.35")
    desktop_page.go_back()
    expect(slider(desktop_page, "need_premium")).to_have_value("0.3")
    desktop_page.go_back()
    expect(title(desktop_page)).to_have_text(TITLES["evidence"])


WRONG = {
    "no_such_thing": "“no_such_thing” is not a parameter.",
    "need_premium": "need_premium: 7",
    "results_share": "results_share: “nan” is not a number.",
    "area_multiplier": "area_multiplier:",
    "case_cost": "case_cost: “plenty” is not a number.",
    "metric": "metric: “harm” is not one of",
    "minimum_hours": "minimum_hours is given 2 times with different values.",
}
WRONG_LINK = (
    "no_such_thing=1&need_premium=7&results_share=nan&area_multiplier=1e999&case_cost=plenty&metric=harm"
    "&minimum_hours=3&minimum_hours=4&model=0.9.0&hour_cost=61&target=own"
)


def test_what_a_link_could_not_have_is_named_and_the_rest_honoured(app_url: str, desktop_page: Page) -> None:
    with no_complaints(desktop_page):
        open_link(desktop_page, app_url + address("who_it_pays_to_help") + "?" + WRONG_LINK)
    named = desktop_page.get_by_test_id("stMain").get_by_test_id("stText").first.inner_text().splitlines()
    for said in WRONG.values():
        assert any(line.startswith(said) for line in named), said
    assert len(named) == len(WRONG)
    expect(desktop_page.get_by_text("This link was made with model version “0.9.0”, which")).to_be_visible()
    expect(title(desktop_page)).to_have_text(TITLES["who_it_pays_to_help"])
    assert cells(desktop_page) == map_of(command("--set", "hour_cost=61", "--set", "target=own"))
    copied = settings(copied_link(desktop_page))
    assert (copied["hour_cost"], copied["target"], copied["model"]) == ("61", "own", MODEL_VERSION)
    desktop_page.get_by_role("button", name="Understood").click()
    expect_address(desktop_page, hour_cost="61", target="own")
    expect(desktop_page.get_by_text("Parts of what was opened could not be used")).to_have_count(0)


MARKUP = [
    "<img src=x onerror=alert(1)>",
    "![seen](http://127.0.0.1:9/seen.png)",
    "[press](javascript:alert(1))",
    "<script>alert(1)</script>",
    ":red[**loud**] $x^2$ `code`",
]


def test_text_from_a_link_is_shown_and_never_obeyed(app_url: str, desktop_page: Page) -> None:
    asked: list[str] = []
    desktop_page.on("request", lambda request: asked.append(request.url))
    names = dict.fromkeys(MARKUP, "1") | {"need_premium": MARKUP[0], "model": MARKUP[1], "area_shape": MARKUP[2]}
    table = {"cohort": "own_table", "table": MARKUP[0] + MARKUP[2], "table_sha256": "a" * 64}
    main = desktop_page.get_by_test_id("stMain")
    for query, shown in ((names, MARKUP), (table, [table["table"]])):
        with no_complaints(desktop_page):
            desktop_page.goto(f"{app_url}/?{urlencode(query, quote_via=quote)}")
            for text in shown:
                expect(main.get_by_test_id("stText").first).to_contain_text(text)
            if query is names:
                wait_until_it_stands(desktop_page)
        expect(main.locator("img, script, [data-testid=stText] :is(a, strong, code, .katex)")).to_have_count(0)
        expect(main.locator("a[href^='javascript' i]")).to_have_count(0)
    assert not [url for url in asked if not url.startswith((app_url, "data:", "blob:"))]


def test_a_very_long_link_opens_with_what_it_says(app_url: str, desktop_page: Page) -> None:
    filler = "&".join(f"p{n}={'x' * 500}" for n in range(116))
    open_link(desktop_page, f"{app_url}/?hour_cost=61&{filler}")
    named = desktop_page.get_by_test_id("stMain").get_by_test_id("stText").first.inner_text()
    assert "“p0” is not a parameter" in named
    assert len(filler) > 58_000
    assert len(named) < 2000
    assert cells(desktop_page) == map_of(command("--set", "hour_cost=61"))


def test_settings_that_contradict_each_other_can_be_mended(visit: Callable[[str], Page]) -> None:
    desktop_page = visit(address("set_the_price", target="none"))
    main = desktop_page.get_by_test_id("stMain")
    choose(desktop_page, "What counts as a result", "Number of reoffences (frequency)")
    expect(main).to_contain_text("metric needs a target to compare with")
    expect(main.get_by_test_id("stException")).to_have_count(0)
    choose(desktop_page, "What counts as a result", "Needs met (progress)")
    wait_until_it_stands(desktop_page)
    expect(title(desktop_page)).to_have_text(TITLES["set_the_price"])


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_of_too_many_parts_the_first_are_opened_and_named(app_url: str, desktop_page: Page) -> None:
    """Streamlit drops a query of more than 1,000 parts in silence: the page's script shortens it first."""
    many = "&".join(f"x{number}=1" for number in range(1500))
    desktop_page.goto(f"{app_url}/glossary?need_premium=0.3&{many}&area_multiplier=1.5")
    expect(desktop_page.get_by_text("And 991 more.")).to_be_visible()
    expect(desktop_page.get_by_text("it may have been cut off")).to_be_visible()
    assert settings(desktop_page.url)["need_premium"] == "0.3"
