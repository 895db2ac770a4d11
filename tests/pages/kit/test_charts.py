"""Charts say what the numbers say: figure data equals the numbers, nothing is cut or silently dropped."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit import charts, markdown, measures


def test_marks_stand_at_their_hours() -> None:
    line = measures.Line("Money in", np.array([0.0, 10.0]), np.array([1.0, 2.0]), measures.BLUE)
    figure = charts.hours_curve([line], [("Minimum", 6.0), ("Needed", 9.0)])
    assert [shape.x0 for shape in figure.layout.shapes] == [6.0, 9.0]
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["Money in", "Minimum: 6 hours", "Needed: 9 hours"]


@given(st.lists(st.floats(0, 2), min_size=1, max_size=6))
def test_labels_beside_lines_never_overlap_nor_change_order(heights: list[float]) -> None:
    placed = charts.spread(np.array(heights), 0.1)
    assert np.all(np.diff(np.sort(placed)) >= 0.1 - 1e-9)
    assert np.all(placed >= 0)
    order = np.lexsort((-np.arange(len(heights)), heights))
    assert np.all(np.diff(placed[order]) > 0)


def test_every_line_is_named_with_its_last_number() -> None:
    lines = [
        measures.Line("Binary", np.arange(3.0), np.array([0.1, 0.2, np.nan]), measures.BLUE),
        measures.Line("Progress", np.arange(3.0), np.full(3, np.nan), measures.TEAL),
    ]
    figure = charts.payback_lines(lines, ["0", "1", "2"])
    assert [note.text for note in figure.layout.annotations] == ["Binary £0.20"]


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (markdown.pounds, -1234.4, "−£1,234"),
        (markdown.pounds, -0.2, "£0"),
        (markdown.pounds, float("nan"), "–"),
        (markdown.pence, 0.305, "£0.30"),
        (markdown.pence, -0.004, "£0.00"),
        (markdown.millions, 15_790_000.0, "£15.79m"),
        (markdown.millions, -999.6, "−£1,000"),
        (markdown.percent, 0.845, "84%"),
        (markdown.percent, float("nan"), "–"),
        (markdown.hours, 6.0, "6"),
        (markdown.hours, 6.25, "6.2"),
        (markdown.hours, 57.8, "58"),
        (markdown.count, 25_750.0, "25,750"),
    ],
)
def test_numbers_are_written_for_readers(write: object, value: float, text: str) -> None:
    assert write(value) == text  # type: ignore[operator]


@pytest.mark.parametrize("text", ["![x](http://a/b.png)", "[a](javascript:1)", "<img src=x>", "**b** $x$ :smile:"])
def test_text_from_outside_means_nothing_in_markdown(text: str) -> None:
    escaped = markdown.escape(text)
    assert escaped.replace("\\", "") == text.replace("\\", "")
    for place, letter in enumerate(escaped):
        if letter in "![]()<*$:`":
            assert escaped[place - 1] == "\\"


def test_beside_a_pointer_a_minus_stands_before_the_pounds() -> None:
    owed = measures.Line("This price", np.array([0.0, 20.0]), np.array([-12.4, 1234.0]), "#000000")
    drawn = charts.hours_curve([owed], []).data[0]
    assert list(drawn.customdata) == ["0 hours: −£12", "20 hours: £1,234"]
    assert drawn.hovertemplate == "This price<br>%{customdata}<extra></extra>"
    along = charts.payback_lines(
        [measures.Line("All", np.array([0.0, 1.0]), np.array([-0.2, 1.3]), "#000000")], ["1", "2"]
    )
    assert list(along.data[0].customdata) == ["1: −£0.20", "2: £1.30"], "a level by its name and not by its place"
