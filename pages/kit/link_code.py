"""A link on a page: a button that copies it, a QR code, and the link in letters, for the phones in a room."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pricing.take_away import qr

COPY = st.components.v2.component(
    "copy_link",
    html='<button type="button" class="copy-link">Copy link</button><input readonly aria-label="The link" hidden>',
    js=(Path(__file__).parent / "copy_link.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
ONLY_HERE = ("localhost", "127.0.0.1", "::1")


def served() -> str:
    """Where the explorer is served, with a slash at the end: its pages and their queries follow."""
    return (st.context.url or "").rpartition("/")[0] + "/"


@lru_cache(maxsize=64)
def code(link: str) -> qr.Code | None:
    """The QR code of a link; drawn once."""
    return qr.draw(link)


def draw(place: DeltaGenerator, link: str, width: int, per_module: int = 0) -> None:
    """The code of a link, ``width`` pixels wide, or ``per_module`` for each of its modules if that is less."""
    drawn = code(link)
    if drawn is None:
        place.write("These settings make a link that is too long for a QR code.")
        return
    across = min(per_module * drawn.modules, width) if per_module else width
    place.image(drawn.drawing, width=across, alt=f"QR code that opens {link}")


def copy_button(key: str, link: str) -> None:
    """A button that copies the link with one press and says so; without a link it cannot be pressed."""
    COPY(key=f"copy_{key}", data={"link": link}, width="content", height="content")


def in_letters(place: DeltaGenerator, link: str) -> None:
    """The link to type or copy; says so where it leads nowhere but to this computer."""
    place.code(link, language=None, wrap_lines=True)
    with place:
        copy_button("in_letters", link)
    if urlsplit(link).hostname in ONLY_HERE:
        place.write(
            "This address leads nowhere but to this computer. For phones in the room, start the explorer with "
            "`make run ADDRESS=0.0.0.0` and open it here by the computer's name or number on the network."
        )
