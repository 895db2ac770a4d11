"""A walk through a page with the Tab key alone: where the focus comes, and whether it is seen there."""

from dataclasses import dataclass

from playwright.sync_api import Page

LISTEN = """
    () => {
        const ring = element => {
            for (let at = element, up = 0; at && up < 5; at = at.parentElement, up += 1) {
                const [style, box] = [getComputedStyle(at), at.getBoundingClientRect()];
                const hidden = box.width < 8 || box.height < 8;
                if (!hidden && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) return true;
            }
            return false;
        };
        window.stops = [];
        window.listening?.abort();
        window.listening = new AbortController();
        document.addEventListener('focusin', ({target}) => {
            const name = target.getAttribute('aria-label') || target.innerText || target.tagName;
            window.stops.push([`${target.tagName} ${name}`.replaceAll('\\n', ' '), ring(target)]);
        }, {signal: window.listening.signal});
    }
"""
"""Notes each element that gets the focus, and whether it or what it stands in has an outline of 2 pixels or more."""


BEGIN = "begin => { begin.setAttribute('tabindex', '-1'); begin.focus(); }"
"""Puts the focus there, from where the next Tab goes on."""


@dataclass(frozen=True)
class Walk:
    """Elements in the order of the Tab key, and those of them without a visible ring."""

    stops: list[str]
    unseen: list[str]


def through(page: Page, begin: str = "", most: int = 150) -> Walk:
    """Press Tab from the top, or from an element ``begin``, until the walk comes round, or so many times."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    if begin:
        page.locator(begin).evaluate(BEGIN)
    page.evaluate(LISTEN)
    for pressed in range(most):
        page.keyboard.press("Tab")
        if pressed % 25 == 24 and page.evaluate("document.activeElement === document.body"):
            break
    stops = page.evaluate("window.stops")
    assert stops, "the Tab key led nowhere"
    return Walk([name for name, _ in stops], sorted({name for name, seen in stops if not seen}))
