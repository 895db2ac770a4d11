"""Pictures of fairness, without a browser: every number stands beside its mark, and what is hidden leaves no trace."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.kit.markdown import hours
from pages.kit.measures import Line
from pages.topics.people.fairness import amplify_words, charts
from pages.topics.people.fairness.charts import Marks
from pages.topics.people.risk_curves import hold_out_words
from pricing.questions.fairness.amplification import Amplification
from pricing.questions.how_sure.how_sure import Spread

NONE = np.array([np.nan, np.nan])


def texts(figure: go.Figure) -> list[list[str]]:
    """What stands beside the marks, row by row, without spaces."""
    return [[text.replace(" ", "") for text in trace.text] for trace in figure.data]


def test_every_row_has_its_numbers_and_the_first_whole_one_names_the_marks() -> None:
    dot, ring = Marks("rewarded", np.array([np.nan, 20.0, 6.0])), Marks("needed", np.array([np.nan, 12.0, 40.0]))
    figure = charts.pairs(["Few", "Women", "Men"], dot, ring, hours)
    assert texts(figure) == [["–", "–"], ["20<br>rewarded", "12<br>needed"], ["6", "40"]]
    places = [trace.textposition for trace in figure.data]
    assert places[1] == ("middle right", "middle left"), "the larger number stands at the right"
    assert places[2] == ("middle left", "middle right")
    low, high = figure.layout.xaxis.range
    assert low < 0
    assert high > 40


def test_where_all_is_hidden_there_is_a_picture_without_marks() -> None:
    figure = charts.pairs(["Few", "Fewer"], Marks("a", NONE), Marks("b", NONE), hours)
    assert np.all(np.isfinite(figure.layout.xaxis.range))
    assert "NaN" not in json.dumps(figure.layout.to_plotly_json())
    lines = charts.along([Line("This price", np.arange(2.0), NONE, "#000000")], ["0", "1"], ("Needs", "y"))
    assert not lines.layout.annotations


def test_lines_are_named_at_their_ends_and_the_names_do_not_meet() -> None:
    lines = [
        Line(name, np.arange(2.0), np.array([1.0, end]), "#000000")
        for name, end in (("Minimum", 354.2), ("This price", 354.1), ("Needed", 289.0))
    ]
    figure = charts.along(lines, ["0", "1"], ("Number of needs", "Reoffences per 100 people"))
    names = [note.text for note in figure.layout.annotations]
    assert names == ["Minimum 354", "This price 354", "Needed 289"]
    heights = sorted(note.y for note in figure.layout.annotations)
    assert np.all(np.diff(heights) > 0.07 * 354)


SLOPES = {
    (0.65, 0.57): "This price amplifies inequality by needs: MOST have 65 more reoffences per 100 people than LEAST, "
    "against 57 more if all got the minimum",
    (-0.42, 0.001): "Under this price MOST have 42 fewer reoffences per 100 people than LEAST, against 0 more if all "
    "got the minimum",
    (-0.42, -0.57): "Under this price MOST have 42 fewer reoffences per 100 people than LEAST, against 57 fewer if all "
    "got the minimum",
    (-0.42, -0.421): "Under this price MOST have 42 fewer reoffences per 100 people than LEAST, the same as if all got "
    "the minimum",
    (0.001, 0.001): "This price leaves inequality by needs as it is: MOST have 0 more reoffences per 100 people than "
    "LEAST, the same as if all got the minimum",
}
"""Slopes under a price and at the minimum -> what is said; "−42 more reoffences" was."""


@pytest.mark.parametrize("slopes", SLOPES)
def test_no_more_of_anything_is_less_than_nothing(slopes: tuple[float, float]) -> None:
    chosen, minimum = (found_slope(slope) for slope in slopes)
    found = Amplification(
        ranking="needs",
        levels=("0", "5"),
        people=np.array([100.0, 100.0]),
        visible=np.array([True, True]),
        reoffences={},
        slopes={"chosen": chosen, "minimum": minimum, "benchmark": found_slope(0.1)},
        steeper=found_slope(slopes[0] - slopes[1]),
        concentration={},
    )
    most, least = "people with the most needs", "people with the fewest needs"
    assert amplify_words.title(found) == SLOPES[slopes].replace("MOST", most).replace("LEAST", least)
    said = amplify_words.slope(found)
    assert ("rise by" in said) == (min(slopes) > 0)
    if slopes[0] < 0:
        assert "reoffences change by −42 per 100 people under this price" in said
        assert "+10 with the support that people need" in said


def found_slope(slope: float) -> Spread:
    """A slope that no draw moves."""
    return Spread(np.array([slope]), np.full((2, 1), slope))


def test_numbers_in_words() -> None:
    assert amplify_words.per_hundred(-0.034) == "−3"
    assert [amplify_words.per_hundred(-0.0004, places) for places in (0, 1, 2)] == ["0", "0.0", "−0.04"]
    assert hold_out_words.interval((-0.001, 0.5)) == "0.00 to 0.50"
    assert hold_out_words.interval((-0.1, float("nan"))) == "too few to say what"
    assert amplify_words.index_words(-0.001) == "0.00"
    assert amplify_words.index_words(-0.0312) == "−0.03"
    assert [amplify_words.part_words(share) for share in (0.0, 0.0011, 0.07)] == ["0%", "under 1%", "7%"]
    values = np.linspace(-0.8, 1.2, 100)[:, np.newaxis]
    still, moving = (Spread(np.array([0.2]), drawn) for drawn in (np.full_like(values, 0.2), values))
    assert amplify_words.ranged(still, amplify_words.index_words) == "0.20"
    assert amplify_words.ranged(moving, amplify_words.index_words) == "0.20 (−0.70 to 1.10)"
