"""The parts of the page on who pays and who saves, of which one is shown at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from pages.kit import show
from pages.topics.money.who_pays_who_saves import charts, gaps, offers_list, words
from pricing.evaluate import Evaluation
from pricing.questions.savings.places import by_place
from pricing.questions.savings.pot import Pot


@dataclass(frozen=True)
class Saved:
    """What every part is about: a price, the pot that its savings fill, and at which hours of support."""

    evaluation: Evaluation
    pot: Pot
    at_benchmark: bool


def who_saves(saved: Saved) -> None:
    """£ by agency, what of it is cash, and the unit costs behind it."""
    show.chart(
        words.title_of_agencies(saved.pot),
        charts.agencies(saved.pot),
        words.reading_of_agencies(saved.pot),
        "agencies",
    )
    show.table(words.unit_table(), saved.evaluation, "unit_costs", words.UNIT_STYLES)


def the_pot(saved: Saved) -> None:
    """What goes into the pot along the fall in reoffending, and who puts it in."""
    show.chart(
        words.title_of_pot(saved.pot),
        charts.pot_curve(saved.pot),
        words.reading_of_pot(saved.pot),
        "pot_curve",
    )
    by_agency = words.by_agency(saved.pot)
    show.pounds_table(by_agency, words.POUNDS, saved.evaluation, "who_puts_in")


def what_it_buys(saved: Saved) -> None:
    """The contracts that the pot would pay for."""
    st.write(words.what_it_buys(saved.pot))
    offers_list.draw(saved.evaluation)


def by_borough(saved: Saved) -> None:
    """£ by the borough where people live."""
    places = by_place(saved.evaluation, saved.pot, at_benchmark=saved.at_benchmark)
    if not places:
        st.write(words.no_boroughs(saved.evaluation))
        return
    show.chart(
        words.title_of_boroughs(places, saved.pot),
        charts.boroughs(places),
        "What local agencies save, by the borough where people live. People are placed by an assumption, so a "
        "difference between boroughs is a result of that, not a finding.",
        "boroughs",
    )
    table = words.borough_table(saved.evaluation, places)
    show.pounds_table(table, words.POUNDS, saved.evaluation, "boroughs")


def not_known(saved: Saved) -> None:
    """What these savings leave out."""
    st.markdown("\n".join(f"- {line}" for line in gaps.unknown(saved.evaluation)))


PARTS: Mapping[str, Callable[[Saved], None]] = {
    "who_saves": who_saves,
    "pot": the_pot,
    "pays_for": what_it_buys,
    "boroughs": by_borough,
    "not_known": not_known,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
