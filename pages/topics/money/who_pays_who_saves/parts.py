"""The parts of the page on who pays and who saves, of which one is shown at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from pages.frame import panel
from pages.kit import pickers, show
from pages.kit.measures import OF_SAVINGS
from pages.topics.money.who_pays_who_saves import charts, gaps, offers_list, value_words, words
from pricing.evaluate import Evaluation
from pricing.questions.savings.appraisal import appraise
from pricing.questions.savings.costs import AGENCIES
from pricing.questions.savings.places import by_place
from pricing.questions.savings.pot import Pot

PAGE = "who_pays_who_saves"


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
    show.table(words.unit_table(), saved.evaluation, "cost_of_an_offence_by_payer", words.UNIT_STYLES)


def the_pot(saved: Saved) -> None:
    """What goes into the pot along the fall in reoffending, and who puts it in."""
    show.chart(
        words.title_of_pot(saved.pot),
        charts.pot_curve(saved.pot),
        words.reading_of_pot(saved.pot),
        "pot_curve",
    )
    by_agency = words.by_agency(saved.pot)
    show.pounds_table(by_agency, words.POUNDS, saved.evaluation, "pot_by_agency")


def value_for_money(saved: Saved) -> None:
    """Net present value and benefit-cost ratio, for society, agencies and cash."""
    found = appraise(saved.evaluation, at_benchmark=saved.at_benchmark)
    st.markdown(f"#### {value_words.title(found)}")
    show.in_rows(value_words.table(found))
    st.write(value_words.reading(saved.evaluation))


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
        words.reading_of_boroughs(saved.evaluation),
        "boroughs",
    )
    options = OF_SAVINGS
    money = pickers.one_of("By agency", list(options.values()), "borough_money")
    name = next(name for name, label in options.items() if label == money)
    table = words.borough_table(saved.evaluation, places, name)
    show.pounds_table(table, words.POUNDS, saved.evaluation, "savings_by_borough")


def not_known(saved: Saved) -> None:
    """What these savings leave out."""
    st.markdown("\n".join(f"- {line}" for line in gaps.unknown(saved.evaluation)))


def own_figures() -> None:
    """The fields for the reader's own figures; those of each agency only where each has its own."""
    panel.draw_own(PAGE, names=("price_year", "contract_year", "discount_rate", "appraised_years", "savings_years"))
    by_agency = panel.values()["cashable_by"] == "each"
    panel.draw_own(PAGE, names=("crimes_per", "council_cost", "cashable_by", *(() if by_agency else ("cashable",))))
    if by_agency:
        panel.draw_own(PAGE, names=[f"cash_{agency.key}" for agency in AGENCIES])
    of_its_own = panel.values()["pot_members"] == "each"
    panel.draw_own(PAGE, names=("pot_members", "pot_rule", *(() if of_its_own else ("pot_share",))))
    if of_its_own:
        panel.draw_own(PAGE, names=[f"puts_{agency.key}" for agency in AGENCIES])


PARTS: Mapping[str, Callable[[Saved], None]] = {
    "who_saves": who_saves,
    "pot": the_pot,
    "value": value_for_money,
    "pays_for": what_it_buys,
    "boroughs": by_borough,
    "not_known": not_known,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
