"""The steps of the page: the file, the map, and building."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.frame import menu, own_table_upload, panel
from pages.kit.callbacks import if_there
from pages.kit.cost import heavy
from pages.kit.cost.limits import TIMES
from pages.kit.markdown import escape
from pages.topics.people.your_people import build, held, roles, words
from pricing.errors import ExplorerError
from pricing.people.cohort import Cohort
from pricing.people.records import door
from pricing.people.records.build import DISCLOSES
from pricing.people.records.door import Built, RecordsMap
from pricing.resources.pause import pause
from pricing.scenario.scenario import OWN_TABLE, defaults

MEGABYTES = door.MOST_BYTES // 1_000_000
BUDGET = 30.0 * TIMES
"""Seconds of processor from records to people; a million records take ten."""


def draw_in_use(people: Cohort | None) -> None:
    """Whose figures every page shows, if they were built here, and the way back."""
    if people is None or people.fitted is None:
        return
    st.markdown(f"**{escape(people.label)}.** {in_use(people)}")
    st.button("Go on without these people", on_click=let_go, key=own_table_upload.LET_GO)


def in_use(people: Cohort) -> str:
    """Whose figures every page shows."""
    shown, discloses = panel.values()["cohort"] == OWN_TABLE, DISCLOSES in people.caution
    return words.in_use(float(people.people.sum()), shown=shown, discloses=discloses)


def draw_built(people: Cohort | None) -> None:
    """That these people are built, what was said of them, and the way on: under the button, where the reader is."""
    if people is None or people.fitted is None:
        return
    st.success(f"Built: **{escape(people.label)}.** {in_use(people)}")
    st.text("\n".join(f"{line}." for line in held.said()))
    menu.link_to("start_here", label="See what this price rewards for them")


def let_go() -> None:
    """Forget the people; the built-in ones stand in for them."""
    own_table_upload.let_go()
    st.session_state.pop(held.SAID, None)
    panel.set_to({**panel.values(), "cohort": defaults().cohort})


def draw_records() -> UploadedFile | None:
    """The file, and why it cannot be used."""
    file = st.file_uploader(
        "Your records (CSV or Parquet)",
        type=["csv", "parquet"],
        key=held.FILE,
        max_upload_size=MEGABYTES,
        on_change=if_there(held.FILE, take_records),
    )
    if held.refused():
        st.error("This file cannot be used.")
        st.text(held.refused())
        return None
    if file is not None:
        with st.expander("Its only column" if len(held.columns()) == 1 else f"Its {len(held.columns())} columns"):
            st.text("\n".join(held.columns()))
    return file


def take_records() -> None:
    """Look at the file that was just given: its columns, and a first map unless one is being mended."""
    file = st.session_state[held.FILE]
    st.session_state[held.REFUSED], st.session_state[held.COLUMNS] = "", ()
    if file is None:
        return
    try:
        st.session_state[held.COLUMNS], first = build.look(file.getvalue(), file.name)
    except ExplorerError as problem:
        st.session_state[held.REFUSED] = str(problem)
        return
    if not held.text() or held.text() == st.session_state.get(held.PROPOSED):
        st.session_state[held.MAP] = st.session_state[held.PROPOSED] = first


def take_map() -> None:
    """Put a map that was kept in the place of the one that is there."""
    file = st.session_state[held.MAP_FILE]
    if file is not None:
        st.session_state[held.MAP] = file.getvalue().decode("utf-8-sig", errors="replace")


def draw_map() -> RecordsMap | None:
    """The map to be mended, with every mistake in it; none as long as it has any."""
    if held.seen():
        roles.draw(held.seen())
    st.text_area("The map (TOML)", key=held.MAP, height=420, persist_state="session")
    with st.container(horizontal=True):
        st.download_button(
            "Download the map",
            held.text,
            "people.toml",
            "application/toml",
            on_click="ignore",
            key="records_map_download",
        )
    with st.expander("Use a map from another time"):
        st.file_uploader(
            "A map (TOML)",
            type="toml",
            key=held.MAP_FILE,
            max_upload_size=1,
            on_change=if_there(held.MAP_FILE, take_map),
        )
    if not held.text().strip():
        return None
    try:
        given = words.in_plain_words(door.read_map(held.text()))
    except ExplorerError as problem:
        st.error("The map cannot be used yet.")
        st.text(words.a_line_each(str(problem)))
        return None
    if lacking := build.columns_missing(given, held.columns()):
        st.error("The map names columns that the file does not have.")
        st.text(lacking)
        return None
    return given


def draw_build(file: UploadedFile | None, given: RecordsMap | None, people: Cohort | None) -> None:
    """The button, and under it progress, what is wrong, or the people built; then every page is on them."""
    leave_out = st.checkbox("Leave out rows that are wrong, and say how many", key=held.LEAVE_OUT)
    join = st.checkbox(words.JOIN, key=held.JOIN, help=words.JOIN_HELP)
    (st.info(words.JOINED) if join else st.warning(words.DISCLOSES))
    ready = file is not None and given is not None
    pressed = st.button("Build these people", type="primary", disabled=not ready, key="records_build")
    if not ready:
        st.caption(words.NOT_READY)
    if not pressed or file is None or given is None:
        draw_built(people)
        return
    try:
        built = heavy.run(lambda: built_with_progress(file, given, leave_out=leave_out, join=join), BUDGET)
    except ExplorerError as problem:
        st.error("Nothing was built.")
        st.text(words.a_line_each(str(problem)))
        return
    if built is not None:
        own_table_upload.use(build.people(built, given))
        st.session_state[held.SAID] = built.said
        panel.set_to({**panel.values(), "cohort": OWN_TABLE})
        st.rerun()


def built_with_progress(file: UploadedFile, given: RecordsMap, *, leave_out: bool, join: bool) -> Built | None:
    """The people, built while a bar says how far it is; none where records are wrong, which is then said."""
    bar = st.progress(0.0, "Reading the records")

    def heard(what: str, share: float) -> None:
        pause()
        bar.progress(share, f"{what.capitalize()}: {share:.0%}")

    try:
        counted = build.count(file.getvalue(), file.name, given, leave_out, heard)
        if counted.refused:
            st.error("Nothing was built: some rows are wrong. Mend the map or the records, or leave such rows out.")
            st.text(build.wrong(counted.wrong))
            return None
        with st.spinner("Fitting curves, and checking them on people held out"):
            return build.fit(counted, given, heard, join=join)
    finally:
        bar.empty()
