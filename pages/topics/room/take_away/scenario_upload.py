"""The door for a scenario that was taken away as a file: the panel is set to it, and what it cannot be is named."""

import json

import streamlit as st

from pages.frame import address
from pages.kit.callbacks import if_there
from pricing.errors import ScenarioFileError
from pricing.scenario.scenario import Scenario
from pricing.take_away import scenario_file

FILE = "scenario_file"
REFUSED = "scenario_file_refused"
LOADED = "scenario_file_loaded"


def draw(scenario: Scenario) -> None:
    """Ask for a file; say what became of the last one."""
    st.write("A scenario file sets every parameter in the panel. The figures come from the model as it is now.")
    st.file_uploader("Scenario (JSON)", type="json", key=FILE, max_upload_size=1, on_change=if_there(FILE, take_upload))
    if st.session_state.get(REFUSED):
        st.error("This file cannot be used; the panel stays as it was.")
        st.text(st.session_state[REFUSED])
    elif (loaded := st.session_state.get(LOADED)) is not None and loaded.scenario == scenario:
        if loaded.problems:
            st.warning("The panel stands as the file says, but for what is named at the top of this page.")
        else:
            st.success("The panel stands as the file says.")
    st.download_button(
        "Download the schema of such files",
        lambda: json.dumps(scenario_file.schema(), indent=2, ensure_ascii=False),
        "scenario.schema.json",
        "application/schema+json",
        on_click="ignore",
        help="For programs that write scenarios: a JSON Schema with every parameter, its range and its default.",
    )


def take_upload() -> None:
    """Set the panel to the file that was just given; one that is refused changes nothing."""
    file = st.session_state[FILE]
    st.session_state[REFUSED], st.session_state[LOADED] = "", None
    if file is None:
        return
    try:
        link = scenario_file.read(file.getvalue())
    except ScenarioFileError as problem:
        st.session_state[REFUSED] = str(problem)
        return
    st.session_state[LOADED] = link
    address.open_anew(link)
