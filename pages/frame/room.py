"""What a room needs on the presenter view and in the story: large type, and the way in for the phones there."""

import plotly.graph_objects as go
import streamlit as st

from pages.kit import charts, link_code
from pages.kit.tables.map_table import MapTable

LARGE = """<style>
@media (min-width: 60rem) {
    html { font-size: clamp(16px, 1.3vw, 30px); }
    [data-testid=stMainBlockContainer] { padding: 0.75rem 2.5rem 1rem 4rem; }
    [data-testid=stMain] h1 { font-size: 1rem; padding: 0; }
    [data-testid=stMain] h2 { font-size: 1.7rem; padding: 0; }
    [data-testid=stMain] h4 { font-size: 1.15rem; padding: 0.4rem 0; }
}
@media (min-width: 60rem) and (max-height: 56rem) {
    .group-map tbody tr { height: 2.4rem; }
    .group-map td { padding: 0; line-height: 1.05; }
}
</style>"""
"""The page's whole type grows with the wall it is thrown on; a phone keeps its own. A low wall shows a whole map."""
TYPE, HEIGHT, WIDER = 18, 560, 1.4
"""Pixels of type in a picture for a room, and of its height; how many times as wide a margin for words has to be."""
PHONE = "Mobi"
"""What the browser of a phone calls itself, among other things."""
BESIDE, ALONE = 200, 480
"""Pixels of a QR code beside a picture, and where it is the picture: from the back row."""


def large_type() -> None:
    """Set this page, and no other, in large type."""
    st.html(LARGE)


def on_phone() -> bool:
    """Whether a phone asks for the page."""
    return PHONE in (st.context.headers.get("User-Agent") or "")


def for_this_screen(figure: go.Figure | MapTable) -> go.Figure | MapTable:
    """A chart enlarged, unless a phone asks for it; a table grows with the page's type by itself."""
    return figure if on_phone() or isinstance(figure, MapTable) else enlarge(figure)


def enlarge(figure: go.Figure) -> go.Figure:
    """A chart in type that can be read from the back row."""
    held = figure.layout.margin
    wider = {"margin_t": WIDER * (held.t or charts.MARGIN["t"]), "margin_r": WIDER * (held.r or charts.MARGIN["r"])}
    figure.update_layout(font_size=TYPE, height=HEIGHT, **wider)
    figure.update_annotations(font_size=TYPE)
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(tickfont_size=TYPE, title_font_size=TYPE)
    return figure.update_traces(textfont_size=TYPE, selector={"type": "scatter"})


def invite(link: str, width: int) -> None:
    """The QR code of a link, so many pixels wide, and the link in letters."""
    place = st.container()
    link_code.draw(place, link, width)
    link_code.in_letters(place, link)
