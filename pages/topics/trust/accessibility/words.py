"""The accessibility statement: what was tested, with what, and what does not pass. No streamlit."""

TESTED_ON = "24 November 2026"
TESTED_WITH = {"axe-core": "4.12.1", "Streamlit": "1.67.0", "Chromium": "156"}
"""What the tests ran with on that day; tests hold that the first two are still those that run."""

AIM = (
    "The aim is level AA of the Web Content Accessibility Guidelines (WCAG) 2.2. Nobody has audited the explorer, so "
    "it does not claim to meet them; this is what was tried, and what is known to fall short."
)
TESTED = (
    "**By axe-core, every page on a desk's screen,** in light by every rule of WCAG 2.2 AA that it has, targets of at "
    "least 24 by 24 pixels and the order of headings included, and in dark by those on colour, as on two pages in "
    "forced colours; in light also with a table, the groups of "
    "parameters and an answer of the story open; and in light every part of a page that has parts, on a phone's "
    "screen. It finds nothing serious or critical, and outside of charts, maps and code no words whose contrast it "
    "cannot tell.",
    "**By keyboard alone:** every control of the panel can be reached and moved, tables opened, files downloaded, and "
    "what a number means read. A link at the top skips the panel, and the keyboard passes over one that is shut. On "
    "every page the Tab key was "
    "followed through its main part, and on the first page through the panel, and at each a ring showed where it "
    "is; in forced colours on two pages.",
    "**By what is announced:** when a control has moved, the page's new verdict is said once, politely. Each page has "
    "a title of its own, and its menu and its main part are landmarks.",
    "**390 pixels wide, as a phone's screen is, every page:** nothing has to be scrolled sideways, and no word of a "
    "chart is cut off. The presenter view, and every part of a page that has parts, also as a touch screen.",
    "**Without dragging:** beside each slider stands a box to type the number in; nothing needs two fingers or a drag.",
    "**Maps of groups** are tables: a screen reader reads them row by row. What changes while a slider is dragged is "
    "announced once the hand rests.",
    "**Charts:** each has a title and a sentence with its numbers, which are also its text alternative, and on most "
    "pages a table that can be downloaded. No meaning rests on colour alone: ▼ marks what is under £1, lines are named "
    "at their ends and drawn in dashes of their own.",
    "**Colours:** plain text stands at 7 to 1 or more against its ground, captions, links and chosen buttons at 4.5 to "
    "1, borders and ticks at 3 to 1, in both themes; numbers in maps at 6 to 1.",
)
NOT_PASSED = (
    "**Names of landmarks, levels of headings and announcements** are added by the page's own script: a browser that "
    "keeps it from running does without them.",
    "**Tables on the screen are drawn as pictures** (canvas) by Streamlit. A screen reader meets little of their "
    "structure; the file that can be downloaded has everything.",
    "**What a chart shows under the pointer** cannot be reached by keyboard. The same numbers are in its table.",
    "**A choice that is longer than its box** is cut at its end while somebody types in it; the list that opens has it "
    "whole.",
    "**In the story and the presenter view, Page Down and Page Up** go on and back, so they do not scroll there.",
    "**The QR code** is of no use to those who cannot see it; the address beneath it is the same link.",
)
NOT_TESTED = (
    "With screen readers, voice control or a magnifier, and by disabled people themselves: not yet.",
    "In browsers other than Chromium: not yet.",
    "axe-core cannot judge the contrast of words inside charts; their colours were chosen and tested by calculation.",
)
TELL = (
    "If something does not work for you, raise an issue in the repository that this explorer came from, or tell "
    "whoever runs this copy of it. Say which page, and what you use. A public body that offers this explorer owes its "
    "users a statement of its own, with its own address; this one cannot stand in for it."
)
