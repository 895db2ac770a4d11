"""Start here: what this is, the verdict on the current price, and where it leaves people behind."""

from collections.abc import Iterable

import streamlit as st

from pages.frame import frame, menu
from pages.frame.page_record import HOME
from pages.frame.pages_list import PAGES
from pages.kit import groups, headline, kept, pickers, show
from pages.kit.live import follow
from pages.kit.live.preview import Previewed
from pages.kit.tables import group_map
from pages.topics.price.set_the_price import levers_part

view = frame.view()
evaluation = view.evaluation

view.head(
    "When a provider of rehabilitation is paid by results, the price decides whom it pays to help. This explorer shows "
    "what a price rewards for each group of people. Change it in the panel (» opens it where it is closed; on a "
    "phone the first of it is at the foot of the screen) and watch."
)

sure = pickers.sure()
draws = kept.draws_of(evaluation) if sure else None
with follow.region():
    headline.draw(evaluation, draws.by() if draws else None)
    show.cautions_about(evaluation)
    menu.link_to("cheapest_fair_price", label="What would put it right?")
    group_map.draw(
        evaluation,
        group_map.PAYBACK,
        group_map.payback_title(evaluation, group_map.PAYBACK),
        groups.BELOW_NOTE,
        draws.by("decile", "needs") if draws else None,
    )
if not draws:
    follow.draw(evaluation, Previewed(group_map.PAYBACK, group_map.payback_title, headline.texts))
levers_part.fold(evaluation)

st.subheader("Where to go next")
FIRST = ("story", "who_it_pays_to_help", "small_provider")


def link_to(names: Iterable[str]) -> None:
    """A card for each page: its link, and the question that it answers."""
    cards = show.grid(border=True)
    for name in names:
        with cards.cell():
            menu.link_to(name)
            st.caption(PAGES[name].purpose)


link_to(FIRST)
show.fold(
    "All the other pages, and what each is for",
    "every_page",
    lambda: link_to(name for name in PAGES if name not in (HOME, *FIRST)),
)
with st.expander("Why this exists"):
    st.write(
        "In 2013 the Greater Manchester Centre for Voluntary Organisation answered the government's plan to pay "
        "probation providers by results. It warned that without a sophisticated pricing structure, providers are "
        "rewarded for helping those who give the best return and for disinvesting in those who most need help: people "
        "with complex needs, living where homes and jobs are scarce. This explorer lets you check that warning."
    )
