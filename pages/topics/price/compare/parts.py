"""What the page "A and B" is made of: pinning, the three differences, and A's evaluation."""

import math
from collections.abc import Callable

import streamlit as st

from pages.frame import address, own_table_upload, panel, undo_buttons
from pages.kit import kept, show
from pages.kit.markdown import millions, pence
from pages.topics.price.compare import words
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation
from pricing.questions import comparison
from pricing.questions.comparison import Comparison
from pricing.scenario.scenario import Scenario, defaults
from pricing.words.totals import TOTALS


def swap() -> None:
    """A becomes B and B becomes A."""
    a, b = address.pinned(), panel.scenario()
    if a is not None and not isinstance(b, ExplorerError):
        panel.seed(a)
        address.pin(b)


def draw_pinning(a: Scenario | None, b: Scenario) -> None:
    """The buttons that set A."""
    with st.container(horizontal=True):
        st.button("Pin B as A" if a else "Pin these settings as A", key="pin_here", on_click=undo_buttons.pin_this)
        if (usual := defaults().with_(cohort=b.cohort)) not in (a, b):
            st.button("Pin the defaults as A", key="pin_defaults", on_click=address.pin, args=(usual,))
        if a is not None:
            st.button("Swap A and B", key="swap", on_click=swap)
            st.button("Unpin A", key="unpin", on_click=address.pin, args=(None,))


def compared(a: Scenario, b: Evaluation) -> Comparison | None:
    """B held beside A, both judged by what B takes people to need; where A cannot be evaluated, says why: none."""
    cohort = own_table_upload.people_of(a)
    if cohort is None:
        st.warning("A is about a table of your own that is not here. Choose it under “People” to upload it, then swap.")
        return None
    try:
        return comparison.compare(kept.of(a.with_need_of(b.scenario), cohort), b)
    except ExplorerError as problem:
        st.error("A cannot be shown for its people.")
        st.text(str(problem))
        return None


def draw_totals(found: Comparison) -> None:
    """The three numbers that say most, each with its difference."""
    numbers: tuple[tuple[str, Callable[[float], str], int], ...] = (
        ("payback", pence, 2),
        ("parked_share", lambda share: f"{100 * share:.0f} points", 2),
        ("spend_at_chosen", millions, 0),
    )
    row = show.grid()
    for name, write, decimals in numbers:
        label, in_full = TOTALS[name]
        a, b = found.totals[name]
        under_a = in_full(a).removesuffix(" of people")
        said, arrow = f"{under_a} under A, too", "off"
        # Of the rounded numbers: 8 points less than 95% must not stand under 88%.
        change = round(b, decimals) - round(a, decimals) if math.isfinite(a + b) else math.nan
        if name == "spend_at_chosen":
            change = words.spend_change(found)
        if change:
            more = "more" if b > a else "less"
            said, arrow = f"{write(abs(change))} {more} than A’s {under_a}", "up" if b > a else "down"
        if not found.same_people or math.isnan(b - a):
            said, arrow = f"{under_a} under A", "off"
        row.metric(label, in_full(b), said, delta_color="off", delta_arrow=arrow, border=True)  # type: ignore[arg-type]
