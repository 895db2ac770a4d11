"""The verdict on a price and its three numbers, with how sure they are where a reader asks for it."""

import math

import streamlit as st

from pages.kit import draws_words, show
from pages.kit.glossary import meaning
from pages.kit.markdown import NOT_SHOWN, in_force, pence, percent, verdict
from pricing.evaluate import Evaluation
from pricing.uncertainty.how_sure import HowSure
from pricing.words import need, spend


def figures(evaluation: Evaluation) -> tuple[str, str, str]:
    """The three numbers: what £1 pays back, for whom the minimum pays, and what needed support is not paid for."""
    totals = evaluation.totals
    if math.isnan(evaluation.payback):
        return pence(evaluation.payback), NOT_SHOWN, NOT_SHOWN
    parked = percent(totals["parked_people"] / totals["people"])
    return pence(evaluation.payback), f"{parked} of people", percent(evaluation.withheld)


def price_now(evaluation: Evaluation) -> str:
    """The price in a line, and what people are taken to need."""
    return f"The price now: {in_force(evaluation.scenario)} {need.sentence(evaluation.scenario)}"


def texts(evaluation: Evaluation) -> tuple[str, ...]:
    """All that the headline says, in its order."""
    return (verdict(evaluation), price_now(evaluation), spend.sentence(evaluation), *figures(evaluation))


def draw(evaluation: Evaluation, everyone: HowSure | None) -> None:
    """Draw the verdict, the price it is about, and the three numbers; ``everyone`` are the draws, if shown."""
    st.subheader(verdict(evaluation) if everyone is None else draws_words.verdict_with_draws(evaluation, everyone))
    st.caption(price_now(evaluation))
    st.write(spend.sentence(evaluation))
    tested = not math.isnan(evaluation.payback)
    payback, parked, withheld = figures(evaluation)
    numbers = (
        ("An extra £1 of support pays back", payback, "payback", "Payback per £1"),
        ("It pays to do the minimum for", parked, "parked", "Parking"),
        (
            "Needed support that this price does not pay for",
            withheld,
            "withheld",
            "Support withheld",
        ),
    )
    row = show.grid()
    for label, value, measure, term in numbers:
        said = None if everyone is None or not tested else draws_words.span(everyone, measure)
        row.metric(label, value, said, delta_color="off", delta_arrow="off", border=True, help=meaning(term))
