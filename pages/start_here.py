"""Start here: what this is, the verdict on the current price, and where it leaves people behind."""

from collections.abc import Iterable

import streamlit as st

from pages.frame import frame, menu
from pages.kit import group_map, groups, headline, kept, pickers, show

view = frame.view()
evaluation = view.evaluation

st.title("Whom does this price leave behind?")
st.write(
    "When a provider of rehabilitation is paid by results, the price decides whom it pays to help. This explorer shows "
    "what a price rewards for each group of people. Change it in the panel at the left (on a phone, behind » at the "
    "top) and watch."
)
show.about(view.cohort)

sure = pickers.sure()
draws = kept.draws_of(evaluation) if sure else None
headline.draw(evaluation, draws.by() if draws else None)
show.cautions_about(evaluation)

low, high = groups.extremes(evaluation, "decile", "needs", "payback")
group_map.draw(
    evaluation,
    group_map.Asked("decile", "needs", "payback"),
    f"An extra £1 of support pays back {low}, and {high}",
    groups.BELOW_NOTE,
    draws.by("decile", "needs") if draws else None,
)

st.subheader("Where to go next")
FIRST = ("story", "who_it_pays_to_help", "small_provider")
NEXT = {
    "story": "From who these people are to what it would take: guess before each answer.",
    "set_the_price": "What each group brings in and costs, and settings that defeat themselves.",
    "how_results_are_paid": "What luck and the clauses of a contract make of a result, and contracts to start from.",
    "who_it_pays_to_help": "Other ways of grouping people, and one group's money in and out.",
    "who_pays_who_saves": "Where the money from fewer reoffences falls, and what a shared pot could pay for.",
    "fairness": "Women and men, age, race where recorded: who gets what, and whether this price amplifies inequality.",
    "places": "What this price does in each street and borough, and the money a multiplier moves between them.",
    "small_provider": "Can we carry this? Luck, reserves and cash of one provider, alone, together or under a prime.",
    "risk_curves": "How likely people are to reoffend, and what the price pays along the way.",
    "compare": "Hold one price beside another: what changed, who gains and who loses.",
    "how_sure": "How far to trust the verdict, and what would turn it.",
    "checked_against_history": "What past contracts paid for, and whether the explorer says the same.",
    "take_away": "A link, a QR code, a workbook, a report to print, and the Python that gives the same.",
    "evidence": "Where every number comes from, and what this explorer may be used for.",
    "glossary": "The words of this explorer, one meaning each.",
    "presenter": "One large picture for a wall, and a code with which phones in the room join in.",
    "accessibility": "What was tested for whom, and what does not pass.",
}


def link_to(names: Iterable[str]) -> None:
    """A card for each page: its link, and the question that it answers."""
    cards = show.grid(border=True)
    for name in names:
        with cards.cell():
            menu.link_to(name)
            st.caption(NEXT[name])


link_to(FIRST)
show.fold(
    "All the other pages, and what each is for",
    "every_page",
    lambda: link_to(name for name in menu.PAGES if name not in (menu.HOME, *FIRST)),
)
with st.expander("Why this exists"):
    st.write(
        "In 2013 the Greater Manchester Centre for Voluntary Organisation answered the government's plan to pay "
        "probation providers by results. It warned that without a sophisticated pricing structure, providers are "
        "rewarded for helping those who give the best return and for disinvesting in those who most need help: people "
        "with complex needs, living where homes and jobs are scarce. This explorer lets you check that warning."
    )
