"""The parts of the page on taking a scenario away: its link with a QR code, and its files, built when asked for."""

from datetime import date

import streamlit as st

from pages.frame import address, own_table_upload
from pages.kit import kept, link_code, show
from pages.kit.callbacks import if_there
from pages.kit.cost import heavy
from pages.kit.cost.limits import TIMES
from pricing.errors import ExplorerError, ParameterError
from pricing.evaluate import Evaluation
from pricing.scenario.spec import LONGEST, name_of
from pricing.take_away import cover
from pricing.take_away.cover import Cover
from pricing.take_away.files import FILES, File

PIXELS = 5
"""Of the screen, for a module of a code: phones read it from a projector, too."""
WIDEST = 420
BUDGET = 10.0 * TIMES
"""Seconds of processor for a file: it holds what several pages show."""
NAME = "scenario_name"
REFUSED = "scenario_name_refused"


def cover_of_page(evaluation: Evaluation) -> Cover:
    """The cover of what this page shows, today, with links that lead to the first page."""
    return cover.of(evaluation, date.today(), link_code.served(), address.called(), pinned(evaluation))


def pinned(b: Evaluation) -> Evaluation | None:
    """Price A of the link, judged by the need of B; none where it cannot be held against its people."""
    a = address.pinned()
    if a is None:
        return None
    cohort = own_table_upload.people_of(a)
    try:
        return None if cohort is None else kept.of(a.with_need_of(b.scenario), cohort)
    except ExplorerError:
        return None


def warn(cover: Cover) -> None:
    """The settings that defeat themselves, which every file and link carries."""
    show.warn(cover.warnings)


def take_name() -> None:
    """Call the scenario what was typed; what is refused changes nothing, and nothing typed takes the name away."""
    typed = st.session_state[NAME]
    st.session_state[REFUSED] = ""
    try:
        address.call(name_of(typed) if typed.strip() else "")
    except ParameterError as problem:
        st.session_state[REFUSED] = str(problem)


def draw_name() -> None:
    """The box for a name of the reader's own, and why the last one was refused."""
    refused = st.session_state.get(REFUSED)
    if not refused and st.session_state.get(NAME) != address.called():
        st.session_state[NAME] = address.called()
    st.text_input(
        "A name for this price, if you like",
        key=NAME,
        max_chars=LONGEST,
        on_change=if_there(NAME, take_name),
        placeholder="Table 4’s price",
        help="It stands above every page, in links and in the files below; it changes no number.",
    )
    if refused:
        st.error("The name stays as it was.")
        st.text(refused)


def draw_link(cover: Cover) -> None:
    """The link, and its code for the phones in a room."""
    left, right = st.columns([2, 3])
    link_code.draw(left, cover.short_link, WIDEST, PIXELS)
    right.write(
        "This link and the code open exactly this scenario, under this version of the model. To keep one for "
        "later, use “Copy link” in the panel: that one holds every value, whatever becomes of the defaults."
    )
    link_code.in_letters(right, cover.short_link)
    if cover.table is not None:
        right.write("Whoever opens it is asked for the same table, or records, which are not in the link.")


def draw_files(cover: Cover) -> None:
    """A button for each file, with what it is for."""
    boxes = show.grid(2, border=True)
    for name, file in FILES.items():
        with boxes.cell():
            st.write(f"**{file.name[0].upper()}{file.name[1:]}.** {file.what}")
            draw_button(cover, name, file)


def draw_button(cover: Cover, name: str, file: File) -> None:
    """A button that builds its file when it is pressed, and runs nothing anew."""
    st.download_button(
        f"Download the {file.name}",
        lambda: heavy.run(lambda: file.write(cover), BUDGET),
        f"{file.stem}.{file.ending}",
        file.media,
        key=f"take_{name}",
        on_click="ignore",
    )
