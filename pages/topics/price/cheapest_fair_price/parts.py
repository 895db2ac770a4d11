"""The parts of the page on the cheapest fair price, of which one is shown at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.frame import address, menu
from pages.kit import kept, show
from pages.kit.live import follow
from pages.kit.markdown import pounds
from pages.topics.price.cheapest_fair_price import (
    charts,
    figure_words,
    left_out_words,
    schedule_words,
    sure_words,
    verdict_words,
    work,
)
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.errors import ExplorerError, ScenarioError
from pricing.questions.cheapest import left_out
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, specs

OTHERS = ("binary", "blend")
"""Measures on which everybody can earn something, offered where needs met alone reach some people at no price."""


def answer(shown: Weighed) -> None:
    """The verdict in numbers, the pot against the limits, what would have to give, and the way to use the price."""
    figures(shown)
    st.write(figure_words.beside(shown))
    with follow.standing("answer"):
        the_rest(shown)


def the_rest(shown: Weighed) -> None:
    """What of the answer does not move with a slider while it is dragged."""
    if shown.needed and shown.allowed:
        title = f"The promise needs {pounds(shown.needed)} a person on results"
        show.chart(title, charts.pots(shown), verdict_words.marks(shown), "cheapest_pots")
    listed("Your limits", verdict_words.limits_say(shown))
    listed("What would have to give, any one of these", verdict_words.gives(shown))
    take(shown)
    show.fold("What other kinds of price would cost", "cheapest_families", lambda: families(shown))
    st.caption(verdict_words.ON_AVERAGE)


def listed(title: str, said: list[str]) -> None:
    """Sentences under each other; nothing where there are none."""
    if said:
        st.markdown(f"**{title}:**\n\n" + "\n".join(f"- {one}" for one in said))


def figures(shown: Weighed) -> None:
    """Cost, share on results, and a bad year beside reserves."""
    row = show.grid()
    for label, value, beside in figure_words.numbers(shown):
        row.metric(label, value, beside, delta_color="off", delta_arrow="off", border=True)


def families(shown: Weighed) -> None:
    """What each kind of price costs, and why a kind is not to be had."""
    show.in_rows(schedule_words.family_table(shown.found))
    for why in dict.fromkeys(shown.found.refused.values()):
        st.text(why)


def take(shown: Weighed) -> None:
    """Buttons that set the price, alone or beside today's, and a link that opens it elsewhere."""
    found = shown.found
    if found.scenario is None:
        st.text(found.why_not)
        return
    with st.container(horizontal=True):
        st.button("Use this price", on_click=address.use, args=(found.scenario,))
        st.button(
            "Pin today's as A and use this price",
            on_click=pin_and_use,
            args=(found.evaluation.scenario, found.scenario),
        )
        open_elsewhere("Open as a link", found.scenario)
    if (in_round_numbers := work.in_round_numbers(found)) is not None:
        kept_to, scenario = in_round_numbers
        st.write(schedule_words.in_round_numbers(found, kept_to))
        open_elsewhere("Open in round numbers", scenario)
    if address.pinned() is not None:
        menu.link_to("compare", label="Hold it beside A")


def other_measures(scenario: Scenario) -> None:
    """What can be changed where no price on the measure reaches some people, and buttons that change it."""
    st.write(left_out_words.NOTHING_COUNTED)
    with st.container(horizontal=True):
        for metric in OTHERS:
            try:
                other = scenario.with_(metric=metric)
            except ExplorerError:
                continue
            st.button(f"Pay for: {specs()['metric'].choices[metric]}", on_click=address.use, args=(other,))


def open_elsewhere(label: str, scenario: Scenario) -> None:
    """A link that opens a scenario on the first page, in a tab of its own."""
    query = links.to_query(address.written(scenario))
    st.link_button(label, f"./?{query}", icon=":material/open_in_new:", wrap=True)


def pin_and_use(today: Scenario, scenario: Scenario) -> None:
    address.pin(today)
    address.use(scenario)


def what_sets_it(shown: Weighed) -> None:
    """The schedule, the groups that set it, and what leaving people out would save."""
    found = shown.found
    with st.spinner("Solving again without each group"):
        saved = work.saved(found)
    st.write(schedule_words.what_sets_it(shown, saved.by_group))
    if shown.needed:
        title, reading = schedule_words.map_title(shown), schedule_words.map_reading(shown)
        show.chart(title, charts.schedule(shown), reading, "cheapest_schedule_map")
        st.write(schedule_words.by_needs(saved.by_needs))
    st.write(f"{schedule_words.promised_to(found)} {verdict_words.on_average(shown)}")
    table = schedule_words.schedule_table(shown, saved.by_group)
    show.table(table, found.evaluation, "cheapest_schedule", schedule_words.styles(table))


def who_else(shown: Weighed) -> None:
    """Who is left out when the pot is too small."""
    if not shown.single or not shown.needed:
        st.write(left_out_words.ONE_MEASURE if shown.needed else left_out_words.NOTHING_ASKED)
        return
    found = shown.found
    st.write(left_out_words.pot_says(shown))
    row = show.grid(2, border=True)
    for way, kept_to in work.within(shown).items():
        with row.cell():
            title = left_out_words.kept_title(found, way, kept_to)
            said = left_out_words.kinds(found, kept_to.groups)
            show.chart(title, charts.kept_to(found, kept_to.groups), said, f"cheapest_{way}")
    lost = work.frontier(found)
    title = left_out_words.frontier_title(shown, lost["explorer"], left_out.SHARES)
    figure = charts.frontier(lost, found.ground.scenario.most_on_results)
    show.chart(title, figure, left_out_words.frontier_reading(shown), "cheapest_frontier")
    show.table(work.frontier_table(lost), found.evaluation, "cheapest_left_out", work.FRONTIER_STYLES)
    st.caption(verdict_words.on_average(shown))


def specify_or_pay(shown: Weighed) -> None:
    """Whose hours are cheaper to write down."""
    if not shown.single or not shown.needed:
        st.write(left_out_words.ONE_MEASURE if shown.needed else left_out_words.NOTHING_ASKED)
        return
    found, even = shown.found, work.break_even(shown.found)
    st.write(left_out_words.specified(shown))
    if (contract := work.written_down(found)) is not None:
        open_elsewhere("Open with all needed hours written down", contract)
    written = work.written(found)
    title, reading = left_out_words.even_title(shown, even, written), left_out_words.even_reading(shown, even, written)
    if reading:
        figure = charts.break_even(found, even, written)
        show.chart(title, figure, reading, "cheapest_specify")
    else:
        st.write(f"{title}.")
    st.caption(f"{verdict_words.on_average(shown)} {verdict_words.ON_AVERAGE}")


def how_sure(shown: Weighed) -> None:
    """The price that keeps the promise in most of the draws."""
    found = shown.found
    if not shown.needed:
        st.write(left_out_words.NOTHING_ASKED)
        return
    try:
        sure = work.sure(found)
    except ScenarioError as problem:
        st.text(str(problem))
        return
    row = show.grid(2)
    row.metric("Cost a person if all is as assumed", pounds(found.chosen.cost), border=True)
    row.metric("Cost a person to be sure", pounds(sure.cost), border=True)
    st.write(sure_words.says(shown, sure))
    if found.check is not None:
        together = robust_together(shown)
        st.write(together)
    st.caption(verdict_words.on_average(shown))


def robust_together(shown: Weighed) -> str:
    """In how many draws the price as found keeps its promise to all groups at once."""
    found = shown.found
    assert found.check is not None
    return sure_words.together(shown, kept.draws_of(found.check))


def standing(part: Callable[[Weighed], None]) -> Callable[[Weighed], None]:
    """A part in which nothing moves with a slider while it is dragged."""

    def draw(shown: Weighed) -> None:
        with follow.standing("part"):
            part(shown)

    return draw


PARTS: Mapping[str, Callable[[Weighed], None]] = {
    "answer": answer,
    "what_sets_it": standing(what_sets_it),
    "who_else": standing(who_else),
    "specify": standing(specify_or_pay),
    "how_sure": standing(how_sure),
}
