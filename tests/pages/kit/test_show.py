"""How a table on a page writes its numbers."""

import pandas as pd
import pytest

from pages.kit import show


@pytest.mark.parametrize(
    ("values", "style", "written"),
    [
        ([1.0, 2.0], "£%.2f", (None, "£%.2f")),
        ([1.0, -585.0], "£%.0f", ("Margin (£)", "%.0f")),
        ([-0.2, 0.1], "percent", (None, "percent")),
        ([float("nan"), 3.0], "£%.0f", (None, "£%.0f")),
    ],
)
def test_no_minus_stands_between_the_pound_and_its_number(
    values: list[float], style: str, written: tuple[str | None, str]
) -> None:
    column = show.number_column(pd.Series(values, name="Margin"), style)
    assert (column.get("label"), column["type_config"]["format"]) == written  # type: ignore[index, typeddict-item]
