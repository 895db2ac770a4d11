"""The contracts that a shared pot would pay for, a box each, with a link and a button that open them."""

import streamlit as st

from pages.frame import address
from pages.kit import kept
from pages.topics.money.who_pays_who_saves import offer_words
from pricing.evaluate import Evaluation
from pricing.questions.savings.spending import Refusal

SLOW = "Work it out"
"""Where clauses of the contract bend pay, finding the contracts takes some seconds: only when asked."""


def draw(evaluation: Evaluation) -> None:
    """Draw what the pot would pay for; says so where it is empty."""
    if evaluation.mechanics is not None and not st.toggle(
        SLOW, key="work_out_offers", help="This contract's clauses bend pay: it can take some seconds."
    ):
        return
    found = kept.offers(evaluation)
    if not found:
        st.write("Where it pays best to be, the pot is empty: no richer contract is paid for.")
        return
    for place, offer in zip(st.columns(len(found)), found, strict=True):
        title = offer_words.TITLES[offer.key]
        with place.container(border=True):
            st.markdown(f"**{title}**")
            if isinstance(offer, Refusal):
                st.write(offer_words.refused(offer))
                continue
            st.write(offer_words.offered(evaluation, offer))
            with st.container(horizontal=True):
                st.button("Use these terms", key=f"offer_{offer.key}", on_click=address.use, args=(offer.scenario,))
                st.link_button("Open as a link", address.link_here(offer.scenario))
