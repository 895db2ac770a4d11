"""What the page on risk curves is made of: a curve, the ratios behind it, and how well it predicts."""

import streamlit as st

from pages.kit import groups, show
from pages.topics.people.risk_curves import (
    area_words,
    charts,
    hold_out_charts,
    hold_out_words,
    person,
    ratio_charts,
    ratio_words,
)
from pages.topics.people.risk_curves import words as risk_words
from pricing.evaluate import Evaluation
from pricing.people.fitted import RiskCurves
from pricing.people.likelihood.robust_errors import area_factor
from pricing.people.risk_curves import by_area, ratios
from pricing.questions import risk_and_return


def draw_bands(evaluation: Evaluation) -> None:
    """What the price pays back by band of risk, for people who bring their risks with them."""
    st.write(
        "A table of risks brings its risks with it: nothing is fitted, so there are no curves to show. "
        "Here is what this price pays back by band of risk."
    )
    show.numbers(groups.table(evaluation, "risk"), evaluation, "payback_by_risk", groups.STYLES)


def draw_curve(evaluation: Evaluation, curves: RiskCurves, factor: str, kind: str) -> None:
    """The risk along one factor, what the price pays back along the way, and for a place what place alone does."""
    scenario = evaluation.scenario
    profile = person.profile(curves, scenario, factor)
    curve = risk_and_return.follow(evaluation, curves, profile, factor, kind)
    declared = curves.declaration
    heading = risk_words.heading(declared, kind, implied=curve.implied)
    figure = charts.risk_over_return(curve, heading, risk_words.legend(curve, synthetic=declared.synthetic))
    adds = risk_and_return.needs_in_order(curves.cells)
    show.chart(risk_words.finding(curve), figure, risk_words.reading(curve, declared, adds), "risk_over_return")
    data, styles = risk_words.curve_table(curve)
    show.table(data, evaluation, f"risk_by_{factor}_{kind}", styles)
    if factor == "decile":
        draw_place(curves, profile)


def draw_place(curves: RiskCurves, profile: dict[str, int]) -> None:
    """The same person in areas of each tenth, or that the data show no difference."""
    area = next(r for r in ratios(curves.curves["binary"], curves.cells.factors) if r.factor == "decile")
    if cases := risk_and_return.area_cases(curves, profile):
        st.write(area_words.area_sentence(cases, area))
        st.dataframe(area_words.area_table(cases), hide_index=True)
    elif words := area_words.no_gradient(area):
        st.write(words)


def draw_ratios(evaluation: Evaluation, curves: RiskCurves, kind: str) -> None:
    """The odds or rate ratio of each level of each factor."""
    st.subheader("How much each thing weighs, other things equal")
    fitted = curves.curves.get(kind, curves.curves["binary"])
    found, factors = ratios(fitted, curves.cells.factors), curves.cells.factors
    if fitted.kind != kind:
        st.write("Only the chance of reoffending was fitted for these people; these are its odds ratios.")
    clustered = by_area(fitted, factors)
    table = ratio_words.table(found, factors, clustered)
    show.numbers(table, evaluation, f"odds_and_rates_beside_others_{fitted.kind}", ratio_words.STYLES)
    st.write(ratio_words.errors(fitted, found, clustered, area_factor(curves.cells)))

    def draw_forest() -> None:
        figure = ratio_charts.forest(found, [ratio_words.label(ratio, factors) for ratio in found])
        sentence = "Points right of 1 raise the risk, points left of it lower it. Bars are 95% intervals."
        show.chart(ratio_words.finding(found, factors), figure, sentence, "forest")

    show.fold("As a picture (forest plot)", "open_forest", draw_forest)


def draw_hold_out(evaluation: Evaluation, curves: RiskCurves, kind: str) -> None:
    """What the curves expected of people they were not fitted to, and what was observed."""
    st.subheader("How well the curves predict people they have not seen")
    report = curves.hold_out
    kind = kind if any(group.kind == kind for group in report.groups) else "binary"
    said = [
        *hold_out_words.sentences(report),
        hold_out_words.totals(report.groups),
        *hold_out_words.outside(report.groups),
    ]
    st.markdown("\n".join(f"- {sentence}" for sentence in said))

    def draw_groups() -> None:
        figure = hold_out_charts.hold_out_panels([group for group in report.groups if group.kind == kind])
        show.chart(hold_out_words.finding(report, kind), figure, hold_out_words.READING, "hold_out")

    show.fold("Observed against expected, group by group", "open_hold_out", draw_groups)
    show.table(hold_out_words.table(report.groups), evaluation, "reoffending_expected_and_seen")
