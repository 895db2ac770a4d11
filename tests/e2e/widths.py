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


def hold_at_every_width(page: Page) -> int:
    """Hold that nothing is cut or parted at any width; how many minuses before an amount were seen."""
    seen = 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        expect_fit(page)
        with suppress(TookTooLong):  # the frame moves for a moment after the screen does
            page.wait_for_function(f"({CUT})().length === 0", polling=100)
        assert page.evaluate(CUT) == [], width
        minuses = page.evaluate(PARTED)
        seen += len(minuses)
        assert not [amount for amount, parted in minuses if parted], width
    return seen
