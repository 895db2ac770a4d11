"""Figures and sentences of the risk curves: what they draw and say are the numbers they were given."""

from dataclasses import replace

import numpy as np
import pytest

from pages.topics.people.risk_curves import charts, hold_out_charts, hold_out_words, ratio_charts, ratio_words
from pages.topics.people.risk_curves import words as risk_words
from pricing.evaluate import evaluate
from pricing.people import risk_curves, shipped
from pricing.people.fitted import RiskCurves
from pricing.people.hold_out import EVERYONE, ObservedExpected
from pricing.questions import risk_and_return
from pricing.questions.risk_and_return import AlongCurve
from pricing.scenario.scenario import Scenario

NAMES = shipped.names()
LEGEND = {"seen": "observed", "fitted": "fitted, this person"}
HALF_UNDER = Scenario(results_share=0.45, area_multiplier=2.0)
"""A price under which the payback crosses £1 as needs rise."""


def curves(name: str = "greater_manchester") -> RiskCurves:
    return shipped.curves(name)


def curve(factor: str, kind: str = "binary", scenario: Scenario | None = None) -> AlongCurve:
    chosen = scenario or Scenario()
    evaluation = evaluate(chosen, shipped.load(chosen.cohort))
    published = curves(chosen.cohort)
    return risk_and_return.follow(evaluation, published, risk_curves.typical_profile(published.cells), factor, kind)


def traces(figure: object) -> dict[str, object]:
    return {trace.name: trace for trace in figure.data}  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["binary", "frequency", "severity"])
@pytest.mark.parametrize("factor", ["age", "previous", "needs", "decile"])
def test_lines_bands_and_circles_are_the_numbers(factor: str, kind: str) -> None:
    shown = curve(factor, kind)
    found = traces(charts.risk_over_return(shown, "Chance", LEGEND))
    for name, values in (("band, low", shown.low), ("band, high", shown.high), ("fitted", shown.fitted)):
        np.testing.assert_array_equal(found[name].y, values)
        np.testing.assert_array_equal(found[name].x, shown.position)
    np.testing.assert_array_equal(found["payback"].y, shown.payback)
    np.testing.assert_array_equal(found["everyone"].y, shown.seen.mean)
    np.testing.assert_allclose(found["everyone"].y + found["everyone"].error_y.array, shown.seen.high)
    np.testing.assert_allclose(found["everyone"].y - found["everyone"].error_y.arrayminus, shown.seen.low)


def test_on_a_wall_levels_stand_in_short_lines_that_are_not_turned() -> None:
    shown = curve("previous")
    figure = charts.level_ticks(charts.risk_over_return(shown, "Chance", LEGEND), shown)
    assert figure.layout.xaxis2.tickangle == 0
    assert figure.layout.xaxis2.title.text.endswith("(below: people)")
    lines = [line for text in figure.layout.xaxis2.ticktext for line in text.split("<br>")]
    assert max(map(len, lines)) <= charts.WALL_WIDTH
    assert [f"{people:,.0f}" for people in shown.seen.people] == [
        text.split("<br>")[-1] for text in figure.layout.xaxis2.ticktext
    ]
    many = curve("offence")
    crowded = charts.risk_over_return(many, "Chance", LEGEND)
    before = crowded.to_json()
    assert charts.level_ticks(crowded, many).to_json() == before


def level_of(intercept: tuple[float, float], observed: float) -> str:
    """What is said of the level where so many of 800 expected reoffended, 760 to 840 being luck."""
    report = curves().hold_out
    everyone = ObservedExpected("binary", EVERYONE, EVERYONE, 2000.0, observed, 800.0, 0.95, 1.05)
    return hold_out_words.level_words(replace(report, intercept_interval=intercept, groups=(everyone,)))


def test_the_level_is_not_said_to_be_wrong_where_the_totals_are_said_to_be_luck() -> None:
    assert level_of((-0.1, 0.1), 810.0) == "Yes, as far as can be told."
    assert level_of((0.01, 0.2), 830.0) == (
        "In all, as far as can be told; of those as likely as not to reoffend they expect somewhat too little."
    )
    assert level_of((-0.2, -0.01), 830.0).endswith("too much.")
    assert level_of((-0.1, 0.1), 850.0) == "Not quite: they expect somewhat too little reoffending."
    assert level_of((0.01, 0.2), 700.0) == "Not quite: they expect somewhat too much reoffending."


@pytest.mark.parametrize("factor", ["sex", "offence", "sentence", "drugs"])
def test_levels_without_an_order_are_not_joined_by_a_line(factor: str) -> None:
    shown = curve(factor)
    found = traces(charts.risk_over_return(shown, "Chance", LEGEND))
    assert not any("lines" in trace.mode for trace in found.values())
    np.testing.assert_array_equal(found["fitted"].y, shown.fitted)
    np.testing.assert_allclose(found["fitted"].y + found["fitted"].error_y.array, shown.high)


@pytest.mark.parametrize("factor", ["age", "previous", "offence", "decile", "needs"])
def test_the_number_of_people_stands_at_every_point(factor: str) -> None:
    shown = curve(factor)
    figure = charts.risk_over_return(shown, "Chance", LEGEND)
    ticks = figure.layout.xaxis2.ticktext
    assert len(ticks) == len(shown.seen.people)
    for tick, people in zip(ticks, shown.seen.people, strict=True):
        assert f"n = {people:,.0f}" in tick
    assert figure.layout.xaxis.matches == "x2"


def test_counts_under_ten_are_not_shown() -> None:
    shown = curve("age")
    few = replace(shown, seen=replace(shown.seen, people=np.array([9.0, *shown.seen.people[1:]])))
    assert "n < 10" in charts.risk_over_return(few, "Chance", LEGEND).layout.xaxis2.ticktext[0]
    assert np.isnan(risk_words.curve_table(few)[0]["People in group"][0])


def test_the_stretch_under_a_pound_is_shaded_in_both_panels_and_named() -> None:
    shown = curve("needs", scenario=HALF_UNDER)
    assert shown.below == ((1, 5),)
    figure = charts.risk_over_return(shown, "Chance", LEGEND)
    shades = [(s.x0, s.x1, s.yref) for s in figure.layout.shapes if s.type == "rect"]
    assert shades == [(*shown.stretches[0], "y domain"), (*shown.stretches[0], "y2 domain")]
    texts = [note.text for note in figure.layout.annotations]
    assert "<b>Pays to cut support</b>" in texts
    assert "£1: pays for itself" in texts
    assert "from 1 to 5 needs" in risk_words.stretches(shown)


@pytest.mark.parametrize(
    ("factor", "words"),
    [("age", "age: 18 to 20 up to 25 to 29"), ("decile", "from the most deprived tenth to deprivation tenth 3")],
)
def test_a_stretch_reads_as_part_of_a_sentence(factor: str, words: str) -> None:
    shown = curve(factor)
    under = replace(shown, payback=np.where(np.arange(len(shown.labels)) < 3, 0.5, 2.0))
    assert words in risk_words.stretches(under)


def test_an_ends_number_stands_clear_of_the_line() -> None:
    shown = replace(curve("needs"), payback=np.array([0.5, 0.8, 1.0, 1.0, 0.9, 0.6]))
    assert charts.text_positions(shown) == ["bottom center", *["top center"] * 4, "bottom center"]
    low = replace(shown, payback=np.array([0.05, 0.8, 1.0, 1.0, 0.9, 1.2]))
    assert set(charts.text_positions(low)) == {"top center"}


def test_nothing_is_shaded_where_nothing_is_under_a_pound() -> None:
    shown = replace(curve("needs"), payback=np.full(6, 1.2))
    figure = charts.risk_over_return(shown, "Chance", LEGEND)
    assert not [s for s in figure.layout.shapes if s.type == "rect"]
    assert "nowhere does it pay to cut support" in risk_words.stretches(shown)


def test_a_person_who_needs_no_more_has_no_payback() -> None:
    shown = replace(curve("needs"), payback=np.full(6, np.nan))
    charts.risk_over_return(shown, "Chance", LEGEND)
    assert "no payback to draw" in risk_words.stretches(shown)
    assert "payback" not in risk_words.finding(shown)


@pytest.mark.parametrize("name", NAMES)
def test_the_title_says_both_ends_in_numbers(name: str) -> None:
    shown = curve("age", scenario=Scenario(cohort=name))
    low, high = int(shown.fitted.argmin()), int(shown.fitted.argmax())
    said = risk_words.finding(shown)
    for text in (f"{shown.fitted[low]:.0%}", f"{shown.fitted[high]:.0%}"):
        assert text in said
    assert f"£{shown.payback[low]:.2f} to £{shown.payback[high]:.2f}" in said


def test_an_implied_rate_says_so_in_title_heading_and_sentence() -> None:
    shown, declared = curve("age", "frequency", Scenario(cohort="georgia_parole")), curves("georgia_parole").declaration
    assert "implied number of reoffences" in risk_words.finding(shown)
    assert "implied, not observed" in risk_words.heading(declared, "frequency", implied=True)
    assert "alpha 1.6 (an assumption)" in risk_words.reading(shown, declared, ())
    assert set(risk_words.legend(shown, synthetic=False)) == {"fitted"}


def test_illustrative_people_are_called_so() -> None:
    declared = curves().declaration
    assert risk_words.legend(curve("age"), synthetic=declared.synthetic)["seen"] == "illustrative people"
    assert "illustrative people, not real ones" in risk_words.reading(curve("age"), declared, ())


@pytest.mark.parametrize(
    ("key", "label", "level", "words"),
    [
        ("needs", "Number of needs", "0", "no needs"),
        ("needs", "Number of needs", "1", "1 need"),
        ("decile", "Deprivation tenth", "1 (most deprived)", "the most deprived tenth"),
        ("decile", "Deprivation tenth", "4", "deprivation tenth 4"),
        ("previous", "Previous sanctions", "1", "1 previous sanction"),
        ("previous", "Previous sanctions", "40 or more", "40 or more previous sanctions"),
        ("drugs", "Drugs need", "No", "without drugs need"),
        ("sex", "Sex", "Women", "women"),
        ("sex", "Sex", "M", "men"),
        ("charge", "Charge", "M", "charge: m"),
        ("age", "Age", "18 to 20", "age: 18 to 20"),
    ],
)
def test_a_level_reads_as_part_of_a_sentence(key: str, label: str, level: str, words: str) -> None:
    assert risk_words.level_words(key, label, level) == words


def test_the_person_is_described_without_what_varies() -> None:
    cells = curves().cells
    profile = risk_curves.typical_profile(cells)
    said = risk_words.profile_words(cells.factors, profile, "age")
    assert "age" not in said
    assert "4 previous sanctions" in said
    assert "employment need" in said
    assert "need" not in risk_words.profile_words(cells.factors, profile, "needs")
    assert "no other need" in risk_words.profile_words(cells.factors, profile, "employment")


@pytest.mark.parametrize("factor", ["previous", "age", "offence"])
def test_the_table_has_a_row_per_level_and_the_numbers_of_its_group(factor: str) -> None:
    shown = curve(factor)
    data, styles = risk_words.curve_table(shown)
    assert list(data[shown.label]) == list(shown.labels)
    np.testing.assert_array_equal(data["Payback per £1"], shown.payback)
    np.testing.assert_array_equal(data["Everyone in group"], shown.seen.mean[shown.seen.group])
    assert set(styles) <= set(data)


@pytest.mark.parametrize("name", NAMES)
def test_ratios_read_as_words_and_stand_in_the_forest(name: str) -> None:
    published = curves(name)
    found, factors = risk_curves.ratios(published.curves["binary"], published.cells.factors), published.cells.factors
    table = ratio_words.table(found, factors)
    assert len(table) == len(found)
    first = found[0]
    assert table["Beside others"][0] == f"{first.estimate:.2f} times the odds, {first.low:.2f} to {first.high:.2f}"
    labels = [ratio_words.label(ratio, factors) for ratio in found]
    assert len(set(labels)) == len(labels)
    points = ratio_charts.forest(found, labels).data[0]
    np.testing.assert_array_equal(points.x, [ratio.estimate for ratio in found])
    np.testing.assert_allclose(points.x + points.error_x.array, [ratio.high for ratio in found])
    apart = sum(ratio.low > 1 or ratio.high < 1 for ratio in found)
    assert ratio_words.finding(found, factors).startswith(f"{apart} of {len(found)} ")


@pytest.mark.parametrize("name", NAMES)
def test_groups_outside_their_interval_are_crosses_and_are_named(name: str) -> None:
    report = curves(name).hold_out
    binary = [group for group in report.groups if group.kind == "binary" and group.factor != EVERYONE]
    points = [t for t in hold_out_charts.hold_out_panels(binary).data if t.name == "observed over expected"]
    np.testing.assert_allclose(np.concatenate([p.y for p in points]), [group.ratio for group in binary])
    crosses = [symbol == "x" for p in points for symbol in p.marker.symbol]
    assert crosses == [group.outside for group in binary]
    said = " ".join(hold_out_words.outside(report.groups))
    for group in (g for g in report.outside if g.factor != EVERYONE):
        assert f"{hold_out_words.GROUPINGS[group.factor].lower()} {group.label}, {group.ratio:.2f}" in said.replace(
            "Number", "number"
        ).replace("Tenth", "tenth").replace("Deprivation", "deprivation")
    assert len(hold_out_words.table(report.groups)) == len(report.groups)


def test_no_group_outside_is_said_too() -> None:
    fine = ObservedExpected("binary", "needs", "0", 100.0, 20.0, 20.0, 0.8, 1.2)
    assert "no group lies outside" in hold_out_words.outside([fine])[0].lower()


@pytest.mark.parametrize(
    ("slope", "interval", "words"),
    [(1.02, (0.9, 1.1), "Yes"), (0.8, (0.7, 0.9), "exaggerate"), (1.2, (1.1, 1.3), "understate")],
)
def test_calibration_in_plain_words(slope: float, interval: tuple[float, float], words: str) -> None:
    report = replace(curves().hold_out, slope=slope, slope_interval=interval)
    assert words in hold_out_words.spread_words(report)


def test_the_check_states_every_figure_with_its_term() -> None:
    report = curves("georgia_parole").hold_out
    said = " ".join(hold_out_words.sentences(report))
    for figure in (report.auc, report.brier, report.brier_base_rate):
        assert f"{figure:.3f}" in said
    for term in ("AUC", "Brier", "Calibration slope", "Calibration intercept"):
        assert term in said
    assert "expected somewhat" not in said
    observed = sum(g.observed for g in report.groups if g.factor == "needs")
    assert f"{observed:,.0f} did" in hold_out_words.finding(report, "binary")
