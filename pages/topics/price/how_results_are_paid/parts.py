"""The parts of the page on how results are paid, of which one is shown at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.kit import kept, show
from pages.topics.price.how_results_are_paid import charts, presets_list
from pages.topics.price.how_results_are_paid import words as result_words
from pricing.evaluate import Evaluation
from pricing.questions.results_paid import AREAS, ResultsPaid


@dataclass(frozen=True)
class PriceAndPay:
    """What every part is about: a price, and how its contract turns results into pay."""

    evaluation: Evaluation
    found: ResultsPaid


def expected_pay(paid: PriceAndPay) -> None:
    """Expected pay against the true change, and what luck makes of it."""
    if not paid.evaluation.scenario.results_share:
        st.write(result_words.NOTHING)
        return
    found, curve = paid.found, paid.found.curve
    luck = (
        f"Measured on {result_words.people(found.measured)} at a time, the rate is off by "
        f"{found.noise_points:.1f} points in a typical measure (the standard error); the band holds 95 of 100 "
        "measures. "
        if found.noise_points
        else "The rate is measured without luck; give the number of people measured in the panel to see it. "
    )
    show.chart(
        charts.title_of_pay(found),
        charts.pay_curve(found),
        f"{luck}{charts.all_stops(found)}"
        "The dotted line pays results one for one; where it is not seen, pay does so too. Those whom it pays most to "
        "support reoffend less first; a rise, and a fall beyond what support can do, are shared alike. "
        f"{result_words.needs_met(paid.evaluation)}{result_words.unearned(paid.evaluation, found)}"
        f"{result_words.approximate(paid.evaluation, found)}",
        "pay",
    )
    columns = {"Fall in points": curve.points, "Expected pay, £": curve.expected}
    columns |= {"Low, £": curve.low, "High, £": curve.high, "One for one, £": curve.linear}
    columns |= {"Chance of pay": curve.chance, "Times the written price": curve.factor}
    show.table(pd.DataFrame(columns), paid.evaluation, "pay_by_fall_in_reoffending")


def elsewhere(paid: PriceAndPay) -> None:
    """The same contract in small and large areas, by the quarter and by the year."""
    if not paid.evaluation.scenario.results_share:
        st.write(result_words.NOTHING)
        return
    areas = kept.areas(paid.evaluation)
    small, large = AREAS["small_year"][0], AREAS["large_year"][0]
    show.chart(
        charts.title_of_chance(areas),
        charts.chance_panels(areas),
        result_words.areas(paid.found, small, large),
        "chance",
    )
    rows = {charts.AREA_WORDS[name]: pd.Series(one.chance, one.points) for name, one in areas.items()}
    table = pd.DataFrame(rows).interpolate("index").rename_axis("Fall in points").reset_index()
    show.table(table, paid.evaluation, "chance_of_pay_in_small_and_large_areas")


def effective_price(paid: PriceAndPay) -> None:
    """What one more result earns, as a multiple of the price that is written down."""
    if not paid.evaluation.scenario.results_share:
        st.write(result_words.NOTHING)
        return
    show.chart(
        charts.title_of_price(paid.found),
        charts.price_curve(paid.found),
        "What expected pay gains from one more result, as a multiple of the price that is written down (the effective "
        "price). Under the dotted line a result is worth less than it says; near a threshold it is worth more. The "
        "hours and the payback on the other pages are those of this price.",
        "price",
    )


def to_start_from(paid: PriceAndPay) -> None:
    """Named contracts, each with a link and a button."""
    st.write(
        "Each sets the terms and clauses of a contract, and keeps your people and working assumptions. The title is a "
        "link."
    )
    presets_list.draw(paid.evaluation.scenario)


PARTS: Mapping[str, Callable[[PriceAndPay], None]] = {
    "expected_pay": expected_pay,
    "areas": elsewhere,
    "effective_price": effective_price,
    "contracts": to_start_from,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
