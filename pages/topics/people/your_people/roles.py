"""The map as a form: what each column is, and the words that every page shows of these people."""

from collections.abc import Mapping

import streamlit as st

from pages.kit import show
from pages.kit.callbacks import if_there
from pages.kit.markdown import escape
from pages.topics.people.your_people import held, words
from pricing.people.records import door
from pricing.people.records.door import SeenColumn

SAID = {
    "label": "What these people are called",
    "outcome": "What is counted as reoffending",
    "follow_up": "Within what time",
    "country": "Country",
}
"""Words that a map says of people, and what they are asked for by."""


def draw(columns: tuple[SeenColumn, ...]) -> None:
    """A choice for each column, under what was guessed; one button writes the map from them."""
    guessed = {column.name: role for role, column in door.guessed(columns).items()}
    with st.expander("Say in a form what each column is"), st.form("records_roles", border=False):
        st.write(words.FORM)
        for key, asked in SAID.items():
            st.text_input(asked, words.USUAL[key], max_chars=200, key=f"records_said_{key}")
        with show.grid():
            for place, column in enumerate(columns[: words.MOST_ASKED]):
                st.selectbox(
                    escape(column.name),
                    list(words.ROLES),
                    list(words.ROLES).index(guessed.get(column.name, "")),
                    format_func=words.ROLES.__getitem__,
                    key=f"records_role_{place}",
                )
        if len(columns) > words.MOST_ASKED:
            st.caption(words.more_columns(len(columns)))
        last = f"records_role_{min(len(columns), words.MOST_ASKED) - 1}"
        st.form_submit_button("Write the map from this form", on_click=if_there(last, write), args=(columns,))
    if problem := st.session_state.pop(held.TWICE, ""):
        st.error(problem)


def write(columns: tuple[SeenColumn, ...]) -> None:
    """Put what was chosen into the map; where two columns were said to be one thing, say so and leave the map."""
    chosen = [
        (str(st.session_state[f"records_role_{place}"]), one) for place, one in enumerate(columns[: words.MOST_ASKED])
    ]
    roles = [role for role, _ in chosen if role]
    twice = sorted({words.ROLES[role] for role in roles if roles.count(role) > 1})
    if twice:
        st.session_state[held.TWICE] = words.twice(twice)
        return
    said: Mapping[str, str] = {key: str(st.session_state[f"records_said_{key}"]).strip() for key in SAID}
    st.session_state[held.MAP] = door.chosen_map(columns, {role: column for role, column in chosen if role}, said)
