"""The verdict on a price and its three numbers, with how sure they are where a reader asks for it."""

import math

import streamlit as st

from pages.kit import draws_words, show
from pages.kit.glossary import meaning
from pages.kit.markdown import in_force, verdict
from pricing.evaluate import Evaluation
from pricing.questions.how_sure.how_sure import HowSure
from pricing.words import spend
from pricing.words.totals import under_verdict

TERMS = (("payback", "Payback per £1"), ("parked", "Parking"), ("withheld", "Needed support not paid for"))
"""Of each of the three numbers, what the draws call it and its term in the glossary."""


def price_now(evaluation: Evaluation) -> str:
    """The price in a line."""
    return f"The price now: {in_force(evaluation.scenario)}"


def texts(evaluation: Evaluation) -> tuple[str, ...]:
    """All that the headline says, in its order."""
    numbers = (text for _, text in under_verdict(evaluation))
    return (verdict(evaluation), price_now(evaluation), spend.sentence(evaluation), *numbers)


def draw(evaluation: Evaluation, everyone: HowSure | None) -> None:
    """Draw the verdict, the price it is about, and the three numbers; ``everyone`` are the draws, if shown."""
    st.subheader(verdict(evaluation) if everyone is None else draws_words.verdict_with_draws(evaluation, everyone))
    st.caption(price_now(evaluation))
    st.write(spend.sentence(evaluation))
    tested = not math.isnan(evaluation.payback)
    row = show.grid()
    for (label, value), (measure, term) in zip(under_verdict(evaluation), TERMS, strict=True):
        said = None if everyone is None or not tested else draws_words.span(everyone, measure)
        row.metric(label, value, said, delta_color="off", delta_arrow="off", border=True, help=meaning(term))
