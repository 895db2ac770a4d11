"""The parts of the page on who it pays to help, of which one is shown at a time."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.frame.frame import View
from pages.kit import by_metric, charts, draws_words, groups, kept, persons_money, pickers, show
from pages.kit.live import follow
from pages.kit.live.preview import Previewed
from pages.kit.markdown import hours, pence, pounds
from pages.kit.tables import group_map
from pricing.words import need


def the_map(view: View) -> None:
    """The map over any two dimensions."""
    evaluation = view.evaluation
    with show.grid():
        measure = pickers.measure()
        down = pickers.dimension("Down the side", evaluation, "down", "decile")
        across = pickers.dimension("Across the top", evaluation, "across", "needs", without=down)
    draws = kept.draws_of(evaluation) if pickers.sure() else None
    asked = group_map.MapChoice(down, across, measure)
    with follow.region():
        group_map.draw(
            evaluation,
            asked,
            group_map.title(evaluation, asked),
            groups.MEANING[measure],
            draws.by(down, across) if draws else None,
        )
    if not draws:
        follow.draw(evaluation, Previewed(asked))


def one_groups_money(view: View) -> None:
    """One group's money in and out by hours of support."""
    evaluation = view.evaluation
    codes = pickers.group(evaluation, "who")
    draws = kept.draws_of(evaluation) if pickers.sure() else None
    people = persons_money.members(evaluation, codes)
    account = persons_money.average(evaluation, people)
    curve = persons_money.by_hours(evaluation, people, 1.5 * max(account.benchmark, account.chosen))
    show.chart(
        f"For {pickers.words(evaluation, codes)} this price {persons_money.rewards(evaluation.scenario)} "
        f"{hours(account.chosen)} hours of support; "
        f"they need {hours(account.benchmark)}",
        persons_money.figure(account, curve),
        f"{need.sentence(evaluation.scenario)} Where money in rises more slowly than money out, each further hour "
        "loses money. Giving the hours needed "
        f"leaves {pounds(account.margin(evaluation, at_benchmark=True))} a person; "
        f"{persons_money.doing_best(evaluation.scenario)} leaves "
        f"{pounds(account.margin(evaluation, at_benchmark=False))}. An extra £1 pays back {pence(account.payback)}.",
        "hours",
    )
    if draws:
        st.write(draws_words.of_one_group(evaluation, draws.by(*codes), codes))
    show.table(persons_money.table(curve), view.evaluation, "money_by_hours")


def four_measures(view: View) -> None:
    """Each of the metrics for the same money."""
    lines = by_metric.lines(view.scenario, view.cohort)
    levels = [str(needs) for needs in range(len(view.cohort.dimensions["needs"].levels))]
    figure = charts.payback_lines(lines, levels)
    figure.update_xaxes(title="Number of needs")
    show.chart(by_metric.title(lines), figure, by_metric.reading(view.scenario, view.cohort), "metrics")
    show.table(by_metric.table(lines, levels), view.evaluation, "payback_under_four_measures")


PARTS: Mapping[str, Callable[[View], None]] = {
    "map": the_map,
    "one_group": one_groups_money,
    "four_measures": four_measures,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
