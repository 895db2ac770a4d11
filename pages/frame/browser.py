"""What stands beside Streamlit in the browser: a style sheet and a script for keys, touch, names and announcements.

They add to every page and replace nothing. A component's script runs in the page itself, so it is never given text from
outside.
"""

import re
from pathlib import Path

import streamlit as st

from pages.kit.cost.quotas import REFUSALS
from pricing.scenario.scenario import specs

FOLDER = Path(__file__).parent / "browser"
SHEET = re.sub(r"/\*.*?\*/", "", (FOLDER / "page.css").read_text(encoding="utf-8"), flags=re.DOTALL)
STYLE = f"<style>{' '.join(SHEET.split())}</style>"
"""On one line and without comments: Streamlit goes through the lines of what it is given in every run of every page."""
PAGE = st.components.v2.component("explorer_page", js=(FOLDER / "page.js").read_text(encoding="utf-8"))
SHARES = sorted(
    name for spec in specs().values() if spec.unit.startswith("share") for name in (f"{spec.label}, typed", spec.asked)
)
"""Names of the boxes in which 30 and 30% mean 0.3."""


def draw() -> None:
    """Dress the page, and let its script run; neither takes any room."""
    st.html(STYLE)
    with st.container(key="browser"):
        PAGE(key="explorer_page", data={"shares": SHARES, "refusals": REFUSALS})
