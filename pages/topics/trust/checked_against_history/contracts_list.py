"""The checks against history, one box each: published, what the explorer says, whether they agree."""

from collections.abc import Sequence

import streamlit as st

from pages.kit import show
from pages.kit.markdown import escape
from pricing.command import history
from pricing.questions.history.check import Row
from pricing.scenario import links

PAGE = "how_results_are_paid"
"""Where a contract is shown."""
COLUMNS = {
    "key": "Name in links",
    "contract": "Contract",
    "published": "What was published",
    "inputs": "What the explorer was given",
    "findings": "What it says",
    "agrees": "Agrees",
    "kind": "Kind of check",
    "unchecked": "What cannot be checked",
    "price_to_cost": "Price beside cost",
    "link": "The contract as a link",
}
"""Column of the command's table -> its words in a download."""
VERDICTS = {"yes": "✓ Agrees", "in part": "◐ Agrees in part", "no": "✗ Does not agree"}
MARKS = {True: "✓ Agrees:", False: "✗ Does not agree:"}
"""Before each finding where a contract agrees in part; elsewhere its verdict says it for all."""


def heading(row: Row) -> str:
    """The contract's name; a link to it on the page about results, where a scenario can hold it."""
    name = escape(row.contract)
    return name if row.scenario is None else f"[{name}]({PAGE}?{links.to_query(links.write(row.scenario))})"


def draw_button() -> None:
    """A button for every check in one file."""
    show.csv_button(lambda: history.as_csv(COLUMNS), "checked_against_history")


def draw(rows: Sequence[Row]) -> None:
    """A box per contract, its verdict beside its title."""
    for row in rows:
        with st.container(border=True, key=f"history_{row.key}"):
            title, verdict = st.columns([4, 1])
            title.markdown(f"**{heading(row)}**")
            verdict.markdown(f"**{VERDICTS[row.verdict]}**")
            left, right = st.columns(2)
            left.markdown(f"**Published.** {escape(row.published)}")
            marks = MARKS if row.verdict == "in part" else dict.fromkeys(MARKS, "")
            told = "\n".join(f"- {marks[finding.agrees]} {escape(finding.words)}" for finding in row.findings)
            right.markdown(f"**The explorer says**\n\n{told}")
            st.markdown(f"**Inputs.** {escape(f'{row.inputs} {row.basis}')}")
            st.markdown(f"**Cannot be checked.** {escape(row.unchecked)}")
