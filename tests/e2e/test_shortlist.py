"""A shortlist on a phone: gathered, thinned out and opened again from its link."""

from playwright.sync_api import Page, expect

from tests.e2e.explorer import WIDER, address, no_complaints, open_link, title, wait_until_it_stands


def test_a_shortlist_on_a_phone(app_url: str, phone_page: Page) -> None:
    phone_page.set_viewport_size({"width": 390, "height": 844})
    with no_complaints(phone_page):
        open_link(phone_page, app_url + address("shortlist", need_premium="0.3"))
        for name in ("Mine", "=Table 4’s *price*"):
            phone_page.get_by_label("A name for the price in the panel").fill(name)
            phone_page.get_by_role("button", name="Add the present price").click()
            expect(phone_page.get_by_role("columnheader", name=name)).to_be_visible()
        wait_until_it_stands(phone_page)
        assert max(phone_page.evaluate(WIDER)) <= 390
        heading = phone_page.get_by_role("rowheader").first
        assert (
            heading.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
        )  # cells slide under it
        for name in ("Third", "Fourth"):
            phone_page.get_by_label("A name for the price in the panel").fill(name)
            phone_page.get_by_role("button", name="Add the present price").click()
            expect(phone_page.get_by_role("columnheader", name=name)).to_have_count(1)
        wide = phone_page.get_by_role("group", name="Table, scrolls sideways")
        wide.focus()
        expect(wide).to_be_focused()
        open_link(phone_page, phone_page.url)
        expect(title(phone_page)).to_have_text("Shortlist")
        expect(phone_page.get_by_role("columnheader", name="=Table 4’s *price*")).to_be_visible()
        phone_page.get_by_role("button", name="Remove 1").click()
        expect(phone_page.get_by_role("columnheader", name="Mine")).to_have_count(0)
