"""The parts of the page on the cheapest fair price, of which one is shown at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.frame import address
from pages.kit import kept, show
from pages.kit.markdown import millions, percent, pounds
from pages.topics.cheapest_fair_price import charts, words
from pricing.errors import ScenarioError
from pricing.questions.cheapest import robust
from pricing.questions.cheapest.answer import Answer
from pricing.scenario.scenario import Scenario

HOLDS = 0.9
"""Share of the draws that "How sure" asks the promise to hold in."""


def answer(found: Answer) -> None:
    """The verdict in numbers, the pot against the limits, and the way to use the price."""
    people = float(found.ground.people.sum())
    row = show.grid()
    row.metric(f"Costs a person, of {millions(found.chosen.cost * people)}", pounds(found.chosen.cost), border=True)
    row.metric("Of it on results", percent(found.chosen.share), border=True)
    if found.check is not None:
        parked = found.check.totals["parked_people"] / found.check.totals["people"]
        row.metric("It still pays to do the minimum for", f"{percent(parked)} of people", border=True)
    st.write(f"{words.beside_today(found)} {words.at_that_price(found)}")
    show.chart(
        f"The promise needs {pounds(found.chosen.found.pot)} a person on results",
        charts.pots(found),
        " ".join(words.limits_say(found)),
        "cheapest_pots",
    )
    show.in_rows(words.family_table(found))
    for why in dict.fromkeys(found.refused.values()):
        st.text(why)
    take(found)
    st.caption(words.ON_AVERAGE)


def take(found: Answer) -> None:
    """Buttons that set the price, alone or beside today's."""
    if found.scenario is None:
        st.text(found.why_not)
        return
    today = found.ground.scenario
    st.button("Use this price", on_click=address.use, args=(found.scenario,))
    st.button("Pin today's as A and use this price", on_click=pin_and_use, args=(today, found.scenario))


def pin_and_use(today: Scenario, scenario: Scenario) -> None:
    address.pin(today)
    address.use(scenario)


def what_sets_it(found: Answer) -> None:
    """The groups that set the price, and the schedule."""
    st.write(words.what_sets_it(found))
    show.numbers(words.schedule_table(found), found.evaluation, "cheapest_schedule", words.styles(found))


def who_else(found: Answer) -> None:
    """Who is left out when the pot is too small."""
    if len(found.ground.metrics) > 1:
        st.write("Who is left out is worked out for a single measure. Choose one in the panel.")
        return
    for said in words.who_is_left_out(found):
        st.write(said)
    show.chart(
        "The smaller the share on results, the more people are left out",
        charts.frontier(found),
        "Of the people in groups that are large enough, those to whom the promise is broken: with the "
        "explorer's premiums, and with prices of their own for as many people as possible, or for the worst off first.",
        "cheapest_frontier",
    )


def specify_or_pay(found: Answer) -> None:
    """Whose hours are cheaper to write down."""
    if len(found.ground.metrics) > 1:
        st.write("Whether to write hours down is worked out for a single measure. Choose one in the panel.")
        return
    show.chart(
        "Hours are cheaper written down unless checking costs more than this",
        charts.break_even(found),
        words.specified(found),
        "cheapest_specify",
    )
    st.caption(words.ON_AVERAGE)


def how_sure(found: Answer) -> None:
    """The price that keeps the promise in 90 of 100 draws."""
    try:
        sure = robust.keep(found.ground, found.protected, HOLDS, kept.draws_of)
    except ScenarioError as problem:
        st.text(str(problem))
        return
    st.write(
        f"At the central figures the promise costs {pounds(found.chosen.cost)} a person. To keep it to each group "
        f"in 90 of 100 draws of what is uncertain, it costs {pounds(sure.cost)}, "
        f"{percent(sure.share)} of it on results."
    )


PARTS: Mapping[str, Callable[[Answer], None]] = {
    "answer": answer,
    "what_sets_it": what_sets_it,
    "who_else": who_else,
    "specify": specify_or_pay,
    "how_sure": how_sure,
}
