"""The result of a question on a page: its picture or its comments, its table, and results by seat."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from consultation.records import PriceTally, RoomEvent, Tally
from pages.kit import groups, kept, measures, show
from pages.kit.consultation import charts, words
from pricing.errors import ExplorerError
from pricing.people import shipped
from pricing.scenario import links

Fit = Callable[[go.Figure], go.Figure]
"""Makes a picture ready for the screen that it is drawn on."""
HOW = {
    "guess": "One bar for each choice; ✓ marks what the model says.",
    "choice": "One bar for each choice.",
    "agreement": "A bar for each answer from 1 to 5.",
    "number": "One dot for each answer. The dotted line is the middle answer (median): at least half answered as much "
    "or less, and at least half as much or more. At least half of all answers lie in the shaded part or on its ends.",
    "price": "One dot for each price, for the settings in which most differ. The ring is the event’s own price, the "
    "dotted line the middle of the room’s (median): at least half set as much or less, and at least half as much "
    "or more. Of a choice the room’s is the commonest.",
}
MOST_LINKS = 60


def as_it_is(figure: go.Figure) -> go.Figure:
    """A picture for a desk."""
    return figure


def draw(tally: Tally, event: RoomEvent, key: str, fit: Fit = as_it_is) -> None:
    """A result that may be seen, in a picture and as a table."""
    question = tally.question
    if question.kind == "comment":
        return draw_comments(tally)
    if not tally.answered:
        return st.write(f"{words.finding(tally)}.")
    if question.kind == "price" and tally.price is not None and not tally.price.settings:
        st.markdown(f"#### {words.finding(tally)}")
    else:
        figure = fit(charts.DRAWN[question.kind](tally))
        show.chart(words.finding(tally), figure, HOW[question.kind], f"room_{key}_{question.id}")
    draw_people(tally, event)
    if tally.price is not None:
        draw_prices(tally.price, event, key, 2 if fit is as_it_is else 1)
    show.fold("The same as a table", f"room_table_{key}", lambda: draw_rows(tally))
    return None


def draw_people(tally: Tally, event: RoomEvent) -> None:
    """Whose the model's answer is, where one stands beside the room's."""
    if tally.question.right is not None:
        st.caption(whose(event))


def whose(event: RoomEvent) -> str:
    """The people of an event, and the caution without which no figure of theirs may stand."""
    return show.whose(shipped.load(links.read(links.from_url(event.link)).scenario.cohort))


def draw_rows(tally: Tally) -> None:
    """A result as a table, and by seat where that may be told; light enough for any phone."""
    show.in_rows(words.rows(tally))
    if len(tally.by_seat):
        st.markdown("**By seat**")
        show.in_rows(words.seat_rows(tally))
    if tally.seats_left_out:
        st.caption(words.LEFT_OUT if tally.by_seat or tally.question.seat else words.NO_SEAT)


def draw_comments(tally: Tally) -> None:
    """The comments that the room may see, in no order that says who wrote them."""
    if not tally.comments:
        st.write("No comment is shown yet: the facilitator lets them appear one by one.")
    for one in tally.comments:
        with st.container(border=True):
            st.markdown(words.plain(str(one.value)))


def draw_prices(prices: PriceTally, event: RoomEvent, key: str, across: int) -> None:
    """The map of payback under the event's own price beside that of the room's median, and a link to each price.

    On a wall the two stand under each other: they are read from the back.
    """
    for note in prices.notes:
        st.info(words.plain(note))
    if prices.own_tables:
        st.caption(
            f"{prices.own_tables} set on a table of the reader’s own: only its settings are here, and they are held "
            "against the event’s people."
        )
    if prices.unread:
        also = " more" if prices.read else ""
        st.caption(
            f"{prices.unread}{also} cannot be read whole by this version: among the links below, and not counted."
        )
    if prices.middle:
        st.caption(whose(event))
        with show.grid(across):
            for title, query in (("The event’s own price", event.link), ("The room’s median price", prices.middle)):
                draw_map(title, query)
    show.fold("Open any of these prices", f"room_prices_{key}", lambda: draw_links(prices))


def draw_map(title: str, query: str) -> None:
    """What an extra £1 pays back under a price, by needs and place."""
    scenario = links.read(links.from_url(query)).scenario
    with st.container():
        try:
            evaluation = kept.of(scenario, shipped.load(scenario.cohort))
        except ExplorerError as problem:
            st.markdown(f"#### {title}")
            st.text(str(problem))
            return
        dimensions = evaluation.cohort.dimensions
        down = "decile" if "decile" in dimensions else next(name for name in dimensions if name != "needs")
        grid = groups.grid(evaluation, down, "needs", "payback")
        figure = groups.mapped(evaluation, grid, down, "needs", measures.MEASURES["payback"])
        show.chart(
            f"{title}: {groups.payback_title(evaluation)}",
            figure,
            f"{groups.BELOW_NOTE} {opens(query, 'Open it')}",
            "room_map",
        )


def draw_links(prices: PriceTally) -> None:
    """Each price as a link, by the random ids of their answers."""
    found = [opens(query, f"Price {place}") for place, query in enumerate(prices.links[:MOST_LINKS], 1)]
    st.markdown(" · ".join([*found, opens(prices.middle, "the room’s median price")] if prices.middle else found))
    if len(prices.links) > MOST_LINKS:
        st.caption(f"{len(prices.links)} in all; the export has every one.")


def opens(query: str, name: str) -> str:
    """A link that opens a price on the page where it is set; the query was written anew by the explorer."""
    return f"[{name}](set_the_price?{query})"
