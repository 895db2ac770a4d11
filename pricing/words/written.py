"""Tables and documents as text for a file or a command.

No number in them is undefined, none is minus nothing, and no text is taken for a formula by a spreadsheet.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

import pandas as pd
from pandas.api.types import is_float_dtype, is_numeric_dtype

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")
"""What a cell that a spreadsheet works out may begin with, the wide forms of East Asian type among them."""
PARTED = re.compile(rf"([,;\t]\s*)(?=[{re.escape(''.join(FORMULA))}])")
"""Where a spreadsheet that parts a line into cells would come upon a formula."""


def harmless(value: object) -> object:
    """A text that a spreadsheet takes for text: with an apostrophe before it where it could be a formula."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \n\u00a0").startswith(FORMULA) else value


def comments(lines: Iterable[str]) -> str:
    """Lines above a CSV, each a comment on one line; whatever parts it into cells, none of them is a formula."""
    return "".join("# " + PARTED.sub(r"\1'", " ".join(line.split())) + "\n" for line in lines)


def without_minus_nothing(value: Any) -> Any:
    """The same document with 0 for −0, which a difference of equal numbers may leave."""
    if isinstance(value, float):
        return float(value) + 0.0
    if isinstance(value, Mapping):
        return {key: without_minus_nothing(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [without_minus_nothing(each) for each in value]
    return value


def as_json(document: Mapping[str, Any]) -> str:
    """A document as indented JSON; raises ValueError where a number in it is undefined."""
    return json.dumps(without_minus_nothing(document), indent=2, ensure_ascii=False, allow_nan=False)


def whole(column: "pd.Series[float]") -> "pd.Series[Any]":
    """A column of whole numbers without decimals (805, not 805.0), empty where undefined; any other as it is."""
    there = column.dropna()
    return column.astype("Int64") if ((there % 1 == 0) & (there.abs() < 2**53)).all() else column


def as_csv(table: pd.DataFrame, **options: Any) -> str:
    """A table as CSV, without its index unless ``options`` of pandas say otherwise; empty where it is undefined."""
    shown = {
        name: whole(column + 0.0)
        if is_float_dtype(column)
        else column
        if is_numeric_dtype(column)
        else column.map(harmless)
        for name, column in table.items()
    }
    plain = table.assign(**cast(dict[str, Any], shown)).rename(columns=harmless)
    return cast(str, plain.to_csv(**{"index": False} | options))


def rows_only(text: str) -> str:
    """A CSV without the comment lines at its head, so that its first line names the columns."""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return text
