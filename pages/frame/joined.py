"""The consultation event that this visit takes part in: its code comes with a link, and goes along to every page.

The code is what everybody in the room may know. A facilitator's secret is never in an address.
"""

import streamlit as st

from pricing.scenario import links

CODE = "event_joined"


def join(code: str) -> None:
    """Take part in the event with this code; "" in none."""
    st.session_state[CODE] = code


def code() -> str:
    """The code of the event that this visit takes part in; "" if none."""
    found: str = st.session_state.get(CODE, "")
    return found


def said() -> dict[str, str]:
    """The event as an address holds it."""
    return {links.EVENT: code()} if code() else {}
