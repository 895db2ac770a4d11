"""A page from a wall's width down to a small phone's: nothing is cut, and a minus keeps to its amount."""

from contextlib import suppress

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TookTooLong

from tests.e2e.explorer import expect_fit

WIDTHS = (1920, 1400, 1366, 1280, 1024, 768, 390, 360, 320)
CUT = """
    () => [...document.querySelectorAll('[data-testid=stMain] *')].filter(element => {
        if (element.closest('svg, [data-testid=stDataFrame], [data-testid=stPlotlyChart], [class*=st-key-browser]'))
            return false;
        const box = element.getBoundingClientRect();
        const words = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!words || !element.offsetParent || box.width < 8 || box.height < 8) return false;
        const range = document.createRange();
        range.selectNodeContents(element);
        const said = range.getBoundingClientRect();
        for (let at = element, up = 0; at && up < 6; at = at.parentElement, up += 1) {
            const [hides, edge] = [getComputedStyle(at).overflowX, at.getBoundingClientRect()];
            if (['hidden', 'clip'].includes(hides) && (said.right > edge.right + 1.5 || said.left < edge.left - 1.5))
                return true;
        }
        return false;
    }).map(element => element.innerText)
"""
"""Words of the page that reach beyond what hides the rest of them."""
PARTED = """
    () => {
        const found = [];
        const words = document.createTreeWalker(
            document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
        while (words.nextNode()) {
            const node = words.currentNode;
            if (node.parentElement.closest('svg')) continue;
            for (const {index} of node.data.matchAll(/−[\u2060]?[£\\d]/g)) {
                const lines = [index, index + (node.data[index + 1] === '\u2060' ? 2 : 1)].map(at => {
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + 1);
                    return range.getBoundingClientRect().bottom;
                });
                found.push([node.data.slice(index, index + 12), Math.abs(lines[0] - lines[1]) > 4]);
            }
        }
        return found;
    }
"""
"""Each minus before an amount, and whether a line ends between the two."""
LONG = "An amount for each further need and each more deprived tenth of areas"
"""As long as the longest choice of any list."""
CUT_CHOICES = """
    words => {
        const inputs = [...document.querySelectorAll('[data-testid=stSelectbox] [role=group] > input')]
            .filter(input => input.offsetParent && input.clientWidth > 60);
        const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
        const stood = inputs.map(input => input.value);
        const cut = () => inputs.filter(input => input.scrollWidth > input.clientWidth + 1).filter(input => {
            const [whole, box] = [input.parentElement.dataset.chosen === input.value, input.parentElement];
            return !whole || box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
        }).map(input => input.value);
        window.dispatchEvent(new Event('resize'));
        const found = cut();
        inputs.forEach(input => write.call(input, words));
        window.dispatchEvent(new Event('resize'));
        found.push(...cut());
        inputs.forEach((input, place) => write.call(input, stood[place]));
        window.dispatchEvent(new Event('resize'));
        return found;
    }
"""
"""What is chosen in lists and cannot be read whole, as it stands and with the longest words in every list."""
CUT_NUMBERS = """
    () => [...document.querySelectorAll('.group-map td')].filter(cell => cell.offsetParent).flatMap(cell => {
        const [box, words] = [cell.getBoundingClientRect(), document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)];
        const found = [];
        while (words.nextNode()) {
            const [node, range] = [words.currentNode, document.createRange()];
            if (!node.data.trim() || node.parentElement.closest('.unseen')) continue;
            range.selectNodeContents(node);
            const said = range.getBoundingClientRect();
            if (said.right > box.right + 1 || said.left < box.left - 1) found.push(node.data);
        }
        return found;
    })
"""
"""Numbers of maps that are wider than their cell."""
COLLIDING = """
    () => {
        const names = [...document.querySelectorAll('.scattergeo text')].filter(text => text.textContent.trim())
            .map(text => [text.textContent, text.getBoundingClientRect()]);
        return names.flatMap(([one, a], place) => names.slice(place + 1).filter(([, b]) =>
            Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2).map(([other]) => `${one} on ${other}`));
    }
"""
"""Names on a map of places that lie over each other."""
NARROW = (1024, 390, 320)
"""Beside the panel, and on two phones."""
HEIGHT = 844


def hold_narrow(page: Page) -> None:
    """Hold that the page fits, that every choice is read whole, and maps keep their numbers and names apart."""
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        expect_fit(page)
        hold_choices_and_maps(page, width)


def hold_choices_and_maps(page: Page, width: int) -> None:
    """Hold that every choice is read whole, and maps keep their numbers and names apart, at the width that stands."""
    assert page.evaluate(CUT_CHOICES, LONG) == [], width
    assert page.evaluate(CUT_NUMBERS) == [], width
    with suppress(TookTooLong):  # a map of places is drawn again a moment later
        page.wait_for_function(f"({COLLIDING})().length === 0", polling=100, timeout=5000)
    assert page.evaluate(COLLIDING) == [], width


def hold_at_every_width(page: Page) -> int:
    """Hold that nothing is cut or parted at any width, and what `hold_narrow` does; how many minuses were seen.

    A page that is drawn anew at each width is drawn once at those that both look at.
    """
    seen = 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        expect_fit(page)
        with suppress(TookTooLong):  # the frame moves for a moment after the screen does
            page.wait_for_function(f"({CUT})().length === 0", polling=100)
        assert page.evaluate(CUT) == [], width
        minuses = page.evaluate(PARTED)
        seen += len(minuses)
        assert not [amount for amount, parted in minuses if parted], width
        if width in NARROW:
            hold_choices_and_maps(page, width)
    assert set(NARROW) <= set(WIDTHS)
    return seen
