"""A walk through a page with the Tab key alone: where the focus comes, and whether it is seen there."""

from dataclasses import dataclass

from playwright.sync_api import Page

RING = """
    element => {
        for (let at = element, up = 0; at && up < 5; at = at.parentElement, up += 1) {
            const [style, box] = [getComputedStyle(at), at.getBoundingClientRect()];
            const beside = box.right <= 0 || box.left >= innerWidth;
            const hidden = box.width < 8 || box.height < 8 || beside;
            if (!hidden && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) return true;
        }
        return false;
    }
"""
"""Whether an element or what it stands in has an outline of 2 pixels or more, and does not stand beside the screen."""
LISTEN = """
    within => {
        const ring = RING;
        window.stops = [];
        window.first = null;
        window.over = false;
        window.listening?.abort();
        window.listening = new AbortController();
        document.addEventListener('focusin', ({target}) => {
            window.over ||= target === window.first || (window.first !== null && !target.closest(within));
            window.first ??= target;
            const name = target.getAttribute('aria-label') || target.innerText || target.tagName;
            window.stops.push([`${target.tagName} ${name}`.replaceAll('\\n', ' '), ring(target)]);
        }, {signal: window.listening.signal});
    }
""".replace("RING", RING.strip())
"""Notes each element that gets the focus, and whether it has a ring there; and that the walk is over: it has come round
to where it began, or out of what it leads through.
"""


BEGIN = "begin => { begin.setAttribute('tabindex', '-1'); begin.focus(); }"
"""Puts the focus there, from where the next Tab goes on."""
AT_ONCE = 5
"""Presses between two questions whether the walk is over."""


@dataclass(frozen=True)
class Walk:
    """Elements in the order of the Tab key, and those of them without a visible ring."""

    stops: list[str]
    unseen: list[str]


def through(page: Page, within: str = "body", most: int = 250) -> Walk:
    """Press Tab from the beginning of an element ``within`` to its end, and a few times more."""
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    if within != "body":
        page.locator(within).evaluate(BEGIN)
    page.evaluate(LISTEN, within)
    for _ in range(0, most, AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("window.over"):
            break
    else:
        raise AssertionError(f"no end after {most} stops: {page.evaluate('window.stops')}")
    stops = page.evaluate("window.stops")
    return Walk([name for name, _ in stops], sorted({name for name, seen in stops if not seen}))
