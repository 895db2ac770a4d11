"""A page under axe-core, light and dark."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.explorer import AT_REST, UNREST

GRAVE = ("serious", "critical")
HELD = ("heading-order",)
"""Rules whose findings count though axe calls them moderate."""
RESULTS = ["violations", "incomplete"]
RULES = {
    "rules": {"target-size": {"enabled": True}, **{rule: {"enabled": True} for rule in HELD}},
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": RESULTS,
}
"""Everything that WCAG 2.2 AA asks for and axe can tell, targets of at least 24 pixels, and the order of headings."""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": RESULTS}
"""What a theme can change."""
TALL, TALL_PHONE = {"width": 1400, "height": 7000}, {"width": 390, "height": 12000}
"""Screens on which no page scrolls: axe passes over what is scrolled out of sight. A phone's page ends in room for what
stands at the foot of the screen, more than two fifths of its height.
"""
ALL_IN_SIGHT = "() => (main => main.scrollHeight <= main.clientHeight)(document.querySelector('[data-testid=stMain]'))"

SETTLED = f"""
    () => {{
        window.seenAtRest = ({UNREST})() === '{AT_REST}' ? (window.seenAtRest ?? 0) + 1 : 0;
        if (window.seenAtRest < 3) return false;
        window.seenAtRest = window.stirred = 0;
        if (!window.watching) {{
            window.watching = new MutationObserver(() => {{ window.stirred += 1; }});
            window.watching.observe(document.querySelector('[data-testid=stApp]'),
                {{attributes: true, subtree: true, attributeFilter: ['data-test-script-state', 'data-stale']}});
        }}
        return true;
    }}
"""
"""Whether a page was found at rest three times on end; from then on it is watched for another run of its script."""
MOST_READINGS = 10


Context = dict[str, list[list[str]]]
"""What axe reads, and what it passes over."""
EVERYTHING: Context = {"include": [["html"]]}
WITHOUT_PANEL: Context = {"exclude": [["[data-testid=stSidebar]"]]}
OPEN_PART: Context = {"include": [["[role=tabpanel]:not([inert], [hidden], :empty)"]]}
"""The part of a page that stands open, without what stands around all of its parts."""


def kinds(page: Page, options: dict[str, Any], context: Context = EVERYTHING) -> dict[str, str]:
    """What axe finds that is serious or critical: rule and what it is about -> the first place, for the report.

    What is of the run before fades while the script runs, and axe would take the fading words for pale ones. So a
    reading counts only if the page stood still from its beginning to its end: a run may begin at any time, as one does
    when the theme has changed.
    """
    for _ in range(MOST_READINGS):
        page.wait_for_function(SETTLED, polling=50)
        page.wait_for_function(ALL_IN_SIGHT)
        violations = reading(page, options, context)
        if page.evaluate(f"() => window.stirred === 0 && ({UNREST})() === '{AT_REST}'"):
            return grave(page, violations)
    raise AssertionError(f"the page did not stand still: {page.evaluate(UNREST)}")


def reading(page: Page, options: dict[str, Any], context: Context) -> list[dict[str, Any]]:
    """The violations that axe finds at present, and words of which it cannot tell whether they are pale.

    A page is given axe's half a megabyte of code once.
    """
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
        page.evaluate(LOOK_CLOSELY)
    found: list[dict[str, Any]] = page.evaluate(READ, [context, options])
    return found


LOOK_CLOSELY = """
    () => Object.assign(axe._audit.checks['color-contrast'].options,
        {ignorePseudo: true, ignoreLength: true, ignoreUnicode: false})
"""
"""Axe would tell nothing of a single letter, of marks such as ✓, and of tabs, before which a line is drawn."""
ONE_OF_EACH = """
    context => {
        const within = (context.include ?? [['html']]).join();
        const without = (context.exclude ?? [['.none']]).join();
        const [kinds, grounds, range] = [new Map(), new Map(), document.createRange()];
        const ground = element => {
            if (!grounds.has(element)) {
                const {backgroundColor, backgroundImage, opacity} = getComputedStyle(element);
                grounds.set(element, `${backgroundColor} ${backgroundImage} ${opacity}`);
            }
            return grounds.get(element);
        };
        const note = (element, boxes) => {
            if (!element.closest(within) || element.closest(without)) return;
            const {color, fontSize, fontWeight, textShadow, cursor} = getComputedStyle(element);
            const off = element.closest('[disabled], [aria-disabled=true]') !== null;
            for (const box of boxes) {
                const at = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
                const there = box.width * box.height ? document.elementsFromPoint(...at) : [];
                const lies = there.map(ground).filter(one => one !== 'rgba(0, 0, 0, 0) none 1');
                const drawn = [element.tagName, color, fontSize, fontWeight, textShadow, cursor, off];
                const kind = [...drawn, there.includes(element), ...lies].join();
                kinds.set(kind, [...(kinds.get(kind) ?? []).slice(0, 1), element]);
            }
        };
        const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (words.nextNode()) {
            if (!words.currentNode.data.trim()) continue;
            range.selectNodeContents(words.currentNode);
            note(words.currentNode.parentElement, range.getClientRects());
        }
        document.querySelectorAll('input, select, textarea').forEach(field => note(field, field.getClientRects()));
        return [...kinds.values()].flat();
    }
"""
"""Words, the first and the last of those of one colour, size and weight that lie on the same grounds, as they are drawn
over each other in the middle of each line. Whether words are pale is most of what axe takes its time for, and of two
such it says the same.
"""
READ = """
    async ([context, options]) => {
        const apart = 'svg, .area-labels, [rowspan], [data-chosen]';
        const untold = ({incomplete}) => incomplete.filter(({id}) => id === 'color-contrast')
            .flatMap(({nodes}) => nodes).filter(({any}) => any[0]?.data?.messageKey !== 'elmPartiallyObscuring')
            .filter(({target}) => !document.querySelector(target.at(-1)).closest(apart));
        const [rule, ones] = [axe._audit.rules.find(({id}) => id === 'color-contrast'), new Set(ONE_OF_EACH(context))];
        rule.whole ??= rule.matches;
        rule.matches = (element, ...more) => ones.has(element) && rule.whole(element, ...more);
        const {violations, ...first} = await axe.run(context, options);
        rule.matches = rule.whole;
        const include = untold(first).map(({target}) => target);
        if (!include.length) return violations;
        const bar = document.querySelector('[data-testid=stHeader]').style;
        bar.setProperty('visibility', 'hidden');
        const second = await axe.run({include}, {runOnly: ['color-contrast'], resultTypes: options.resultTypes});
        bar.removeProperty('visibility');
        const left = {id: 'contrast not told', impact: 'serious', nodes: untold(second)};
        return [...violations, ...second.violations, ...(left.nodes.length ? [left] : [])];
    }
""".replace("ONE_OF_EACH", f"({ONE_OF_EACH})")
"""The bar over a page is clear: words under it are read once more without it. Words in pictures and on a map are left
out, since axe knows nothing of what is drawn behind them. So are lines of a heading and code that reach over the edge
of what they stand in; a cell of two rows, which it takes to lie under the second; and the box of a long choice, whose
words are written before it.
"""


def grave(page: Page, violations: list[dict[str, Any]]) -> dict[str, str]:
    """The violations of a reading that are serious or critical, the first of each kind."""
    found: dict[str, str] = {}
    for violation in violations:
        if violation["impact"] in GRAVE or violation["id"] in HELD:
            for node in violation["nodes"]:
                kind = page.evaluate(KIND, node["target"][-1])
                found.setdefault(f"{violation['id']} on {kind}", f"{node['html'][:160]} {node['failureSummary'][:300]}")
    return found


KIND = """
    selector => {
        const element = document.querySelector(selector);
        return element.tagName.toLowerCase() + ' in ' + element.closest('[data-testid]')?.dataset.testid;
    }
"""


def both(page: Page, context: Context = EVERYTHING) -> dict[str, str]:
    """What axe finds in the light theme and in the dark one, which a page takes up from the browser by itself.

    The page stays dark: to draw it once more would take as long as the first time.
    """
    found = kinds(page, RULES, context)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'")
    return found | kinds(page, COLOURS, context)
