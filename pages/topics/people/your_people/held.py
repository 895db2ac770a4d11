"""What this visit holds on the way to people of one's own, under one name each. Records are in the upload alone."""

import streamlit as st

from pricing.people.records.door import SeenColumn

FILE = "records_file"
MAP_FILE = "records_map_file"
COLUMNS = "records_columns"
MAP = "records_map"
PROPOSED = "records_map_proposed"
REFUSED = "records_refused"
SAID = "records_said"
LEAVE_OUT = "records_leave_out"
JOIN = "records_join"
TWICE = "records_said_twice"


def said() -> tuple[str, ...]:
    """What was said as these people were built."""
    found: tuple[str, ...] = st.session_state.get(SAID, ())
    return found


def seen() -> tuple[SeenColumn, ...]:
    """Columns of the file, with the values of those that have few; empty where there is none."""
    found: tuple[SeenColumn, ...] = st.session_state.get(COLUMNS, ())
    return found


def columns() -> tuple[str, ...]:
    """Names of the file's columns; empty where there is none."""
    return tuple(column.name for column in seen())


def text() -> str:
    """The map as it stands."""
    return str(st.session_state.get(MAP, ""))


def refused() -> str:
    """Why the last file cannot be used."""
    return str(st.session_state.get(REFUSED, ""))
