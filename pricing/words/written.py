"""Tables and documents as text for a file or a command: no number in them is undefined, and none is minus nothing."""

import json
from collections.abc import Mapping
from typing import Any, cast

import pandas as pd
from pandas.api.types import is_float_dtype


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


def as_csv(table: pd.DataFrame, **options: Any) -> str:
    """A table as CSV, without its index unless ``options`` of pandas say otherwise; empty where it is undefined."""
    shown = {name: column + 0.0 for name, column in table.items() if is_float_dtype(column)}
    return cast(str, table.assign(**cast(dict[str, Any], shown)).to_csv(**{"index": False} | options))


def rows_only(text: str) -> str:
    """A CSV without the comment lines at its head, so that its first line names the columns."""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return text
