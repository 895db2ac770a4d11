"""The door for a reader's own people, a table of risks or what was built from records: they stay in their visit."""

import streamlit as st

from pages.kit.callbacks import if_there
from pages.kit.kept import IN_VISIT
from pages.kit.markdown import bullets, escape
from pricing.errors import TableError
from pricing.people import own_table, shipped
from pricing.people.cohort import Cohort
from pricing.people.table_columns import EXAMPLE, MEANING
from pricing.scenario.links import TableName
from pricing.scenario.scenario import OWN_TABLE, Scenario

EXPECTED = "own_table_expected"
HELD = "own_table_held"
REFUSED = "own_table_refused"
FILE = "own_table_file"
TEMPLATE = "own_table_template"
LET_GO = "own_table_let_go"


def expect(table: TableName | None) -> None:
    """Remember which table a link was made from."""
    st.session_state[EXPECTED] = table


def held() -> Cohort | None:
    """The table or the people that were given in this visit, if any."""
    found: Cohort | None = st.session_state.get(HELD)
    return found


def people_of(scenario: Scenario) -> Cohort | None:
    """The people that any scenario is about; none where that is a table of the reader's own that is not here."""
    return held() if scenario.cohort == OWN_TABLE else shipped.load(scenario.cohort)


def reference() -> TableName | None:
    """The table of this visit, for a link: the one that was given, or else the one that the link named."""
    if (table := held()) is not None:
        return TableName(table.label, table.digest)
    expected: TableName | None = st.session_state.get(EXPECTED)
    return expected


def cohort() -> Cohort | None:
    """The reader's table as a cohort; asks for it, or says what is wrong with it, as long as it is not there."""
    table = held()
    if table is not None and table.fitted is not None:
        draw_built(table)
        return table
    with st.expander("Your own table of risks", expanded=table is None):
        explain()
        file = st.file_uploader(
            "Your table (CSV or .xlsx)",
            type=["csv", "xlsx"],
            key=FILE,
            max_upload_size=10,
            on_change=if_there(FILE, take_upload),
        )
        if table is not None:
            st.button("Go on without this table", on_click=let_go, key=LET_GO)
    if table is not None and file is None:
        whose = escape(table.label)
        st.caption(f"The figures are those of {whose}, which stays in this visit until you let it go above.")
    ask_for_expected(table)
    if file is not None and st.session_state.get(REFUSED):
        st.error("This table cannot be used.")
        st.text(st.session_state[REFUSED])
        if table is not None:
            st.write(f"The figures below are still those of {escape(table.label)}.")
    if table is None:
        st.info("Upload a table above to see what this price rewards for its people.")
    return table


def draw_built(people: Cohort) -> None:
    """Whose figures these are, where they were built from records, and the way to let them go."""
    with st.expander("Your own people, from records"):
        st.write(f"The figures are those of {escape(people.label)}, who stay in this visit until you let them go.")
        st.button("Go on without these people", on_click=let_go, key=LET_GO)
    ask_for_expected(people)


def use(people: Cohort) -> None:
    """Make people the reader's own of this visit; what was worked out for others before them is forgotten."""
    st.session_state[HELD] = people
    st.session_state[REFUSED] = ""
    st.session_state.pop(IN_VISIT, None)


def explain() -> None:
    """What a table holds, column by column, with one to be written over."""
    st.write(
        "A CSV file, or the first sheet of an Excel workbook (.xlsx), with one row per group of people. The file stays "
        "in this visit: it is not stored, and a link made from it carries the settings and the file's name and "
        "fingerprint, not the file."
    )
    file = "own_table.csv"
    st.download_button("Download a template (CSV)", template, file, "text/csv", on_click="ignore", key=TEMPLATE)
    st.markdown(bullets(f"**{escape(name)}**: {says}" for name, says in MEANING.items()))


def template() -> bytes:
    """A table to be written over, which Excel opens as UTF-8."""
    return EXAMPLE.encode("utf-8-sig")


def let_go() -> None:
    """Forget the table; the page asks for one again."""
    del st.session_state[HELD]
    st.session_state[REFUSED] = ""


def take_upload() -> None:
    """Hold the table that was just given, before the links are written; one that is refused replaces nothing."""
    file = st.session_state[FILE]
    st.session_state[REFUSED] = ""
    if file is None:
        return
    try:
        st.session_state[HELD] = own_table.read(file.getvalue(), file.name)
    except TableError as problem:
        st.session_state[REFUSED] = str(problem)


def ask_for_expected(table: Cohort | None) -> None:
    """Say which table or records a link was made from, as long as others, or none, are here."""
    expected: TableName | None = st.session_state.get(EXPECTED)
    if expected is not None and (table is None or table.digest != expected.digest):
        st.warning(
            "This link was made with a table, or with records, that are not here. Bring the same table, or the same "
            "records with the same map, to see the same numbers:"
        )
        st.text(f"{expected.name}\nSHA-256 {expected.digest}")
