"""How a table on a page writes its numbers."""

import pytest

from pages.kit import show


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (1792.4, "£%.0f", "£1,792"),
        (-585.0, "£%.0f", "−£585"),
        (-0.004, "£%.2f", "£0.00"),
        (0.6902, "percent", "69%"),
        (-362.4, "%.0f", "−362"),
        (1234.0, "%+,.0f", "+1,234"),
        (-0.04, "%+.1f", "0.0"),
        (8000.0, "localized", "8,000"),
        (float("nan"), "£%.0f", "–"),
    ],
)
def test_a_table_writes_numbers_as_sentences_do(value: float, style: str, written: str) -> None:
    assert show.writer(style)(value) == written
