"""The parts of the page on taking a scenario away: its link with a QR code, and its files, built when asked for."""

from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import streamlit as st

from pages.shared import show
from pricing.evaluate import Evaluation
from pricing.take_away import cover as covers
from pricing.take_away import qr
from pricing.take_away.cover import Cover
from pricing.take_away.files import FILES, STEM, File

ONLY_HERE = ("localhost", "127.0.0.1", "::1")
PIXELS = 5
"""Of the screen, for a module of a code: phones read it from a projector, too."""
WIDEST = 420


def cover(evaluation: Evaluation) -> Cover:
    """The cover of what this page shows, today, with links that lead to the first page."""
    return covers.of(evaluation, date.today(), (st.context.url or "").rpartition("/")[0] + "/")


@lru_cache(maxsize=64)
def code(link: str) -> qr.Code | None:
    """The QR code of a link; drawn once."""
    return qr.draw(link)


def draw_link(cover: Cover) -> None:
    """The link, and its code for the phones in a room."""
    drawn = code(cover.short_link)
    left, right = st.columns([2, 3])
    if drawn is None:
        left.write("These settings make a link that is too long for a QR code.")
    else:
        width = min(PIXELS * drawn.modules, WIDEST)
        left.image(drawn.drawing, width=width, alt=f"QR code that opens {cover.short_link}")
    with right:
        st.write(
            "This link and the code open exactly this scenario, under this version of the model. To keep one for "
            "later, use “Copy link” in the panel: that one holds every value, whatever becomes of the defaults."
        )
        st.code(cover.short_link, language=None, wrap_lines=True)
        if urlsplit(cover.short_link).hostname in ONLY_HERE:
            st.write(
                "This address leads nowhere but to this computer. For phones in the room, start the explorer with "
                "`make run ADDRESS=0.0.0.0` and open it here by the computer's name or number on the network."
            )
        if cover.table is not None:
            st.write("Whoever opens it is asked for the same table, which is not in the link.")


def draw_files(cover: Cover) -> None:
    """A button for each file, with what it is for."""
    for place, (name, file) in zip(show.cards(len(FILES), across=2), FILES.items(), strict=True):
        with place.container(border=True):
            st.write(f"**{file.name[0].upper()}{file.name[1:]}.** {file.what}")
            draw_button(cover, name, file)


def draw_button(cover: Cover, name: str, file: File) -> None:
    """A button that builds its file when it is pressed, and runs nothing anew."""
    st.download_button(
        f"Download the {file.name}",
        lambda: file.write(cover),
        f"{STEM}.{file.ending}",
        file.media,
        key=f"take_{name}",
        on_click="ignore",
    )
