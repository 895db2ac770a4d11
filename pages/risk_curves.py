"""Risk curves: how likely people are to reoffend, what the price pays back along the way, and how sure that is."""

import streamlit as st

from pages.frame import frame, menu
from pages.kit import groups, kept, show
from pages.topics.risk_curves import area_words, charts, hold_out_charts, hold_out_words, ratio_charts, ratio_words
from pages.topics.risk_curves import person as risk_person
from pages.topics.risk_curves import words as risk_words
from pricing.people.risk_curves import ratios
from pricing.people.shipped import RiskCurves
from pricing.questions import risk_and_return
from pricing.scenario.scenario import OWN_TABLE

view = frame.view()
scenario = view.scenario


def draw_curve(curves: RiskCurves, factor: str, kind: str) -> None:
    person = risk_person.profile(curves, scenario, factor)
    curve = risk_and_return.follow(view.evaluation, curves, person, factor, kind)
    declared = curves.declaration
    heading = risk_words.heading(declared, kind, implied=curve.implied)
    figure = charts.risk_over_return(curve, heading, risk_words.legend(curve, synthetic=declared.synthetic))
    adds = risk_and_return.needs_in_order(curves.cells)
    show.chart(risk_words.finding(curve), figure, risk_words.reading(curve, declared, adds), "risk_over_return")
    data, styles = risk_words.curve_table(curve)
    show.table(data, scenario, f"risk_by_{factor}_{kind}", styles)
    if factor == "decile":
        draw_place(curves, person)


def draw_place(curves: RiskCurves, person: dict[str, int]) -> None:
    area = next(r for r in ratios(curves.curves["binary"], curves.cells.factors) if r.factor == "decile")
    if cases := risk_and_return.area_cases(curves, person):
        st.write(area_words.area_sentence(cases, area))
        st.dataframe(area_words.area_table(cases), hide_index=True)
    elif words := area_words.no_gradient(area):
        st.write(words)


def draw_ratios(curves: RiskCurves, kind: str) -> None:
    st.subheader("How much each thing weighs, other things equal")
    fitted = curves.curves.get(kind, curves.curves["binary"])
    found, factors = ratios(fitted, curves.cells.factors), curves.cells.factors
    if fitted.kind != kind:
        st.write("Only the chance of reoffending was fitted for these people; these are its odds ratios.")
    show.numbers(ratio_words.table(found, factors), scenario, f"ratios_{fitted.kind}", ratio_words.STYLES)

    def draw_forest() -> None:
        figure = ratio_charts.forest(found, [ratio_words.label(ratio, factors) for ratio in found])
        sentence = "Points right of 1 raise the risk, points left of it lower it. Bars are 95% intervals."
        show.chart(ratio_words.finding(found, factors), figure, sentence, "forest")

    show.fold("As a picture (forest plot)", "open_forest", draw_forest)


def draw_hold_out(curves: RiskCurves, kind: str) -> None:
    st.subheader("How well the curves predict people they have not seen")
    report = curves.hold_out
    kind = kind if any(group.kind == kind for group in report.groups) else "binary"
    said = [*hold_out_words.sentences(report), *hold_out_words.outside(report.groups)]
    st.markdown("\n".join(f"- {sentence}" for sentence in said))

    def draw_groups() -> None:
        figure = hold_out_charts.hold_out_panels([group for group in report.groups if group.kind == kind])
        show.chart(hold_out_words.finding(report, kind), figure, hold_out_words.READING, "hold_out")

    show.fold("Observed against expected, group by group", "open_hold_out", draw_groups)
    show.table(hold_out_words.table(report.groups), scenario, "hold_out")


st.title("Risk curves")
st.write("How likely people are to reoffend, and what an extra £1 of the support they need pays back along the way.")
show.about(view.cohort)
if scenario.cohort == OWN_TABLE:
    st.write(
        "A table of your own brings its risks with it: nothing is fitted, so there are no curves to show. "
        "Here is what this price pays back by band of risk."
    )
    show.numbers(groups.table(view.evaluation, "risk"), scenario, "payback_by_risk", groups.STYLES)
    menu.link_to("who_it_pays_to_help")
else:
    shipped = kept.curves(scenario)
    chosen, risk = risk_person.factor_and_kind(shipped)
    draw_curve(shipped, chosen, risk)
    draw_ratios(shipped, risk)
    draw_hold_out(shipped, risk)
