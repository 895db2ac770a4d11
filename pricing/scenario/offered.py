"""Which cohorts there are: each is a folder of data, of which only the name, the order and the words are read here."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from pricing.errors import DataError

FOLDER = Path(os.environ.get("EXPLORER_COHORTS") or Path(__file__).parents[2] / "data" / "cohorts")
"""The folder of the cohorts' folders; the environment variable EXPLORER_COHORTS names another."""
DECLARED = "cohort.toml"
NAME = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = ("own_table",)
"""Names that no folder may have: the reader's own table goes by it."""
LAST = 1000
"""The order of a cohort that declares none."""


def cohorts(folder: Path = FOLDER) -> dict[str, str]:
    """The words in which each cohort is offered, by name, in the declared order: the first is the default.

    Raises
    ------
    DataError : there is none, or a folder's name or declaration cannot be used.
    """
    found = {path.parent.name: declared(path) for path in sorted(folder.glob(f"*/{DECLARED}"))}
    if not found:
        raise DataError(f"There is no cohort: no folder with a {DECLARED} in {folder.name}/.")
    return {name: words for name, (_, words) in sorted(found.items(), key=lambda item: (item[1][0], item[0]))}


def declared(path: Path) -> tuple[int, str]:
    """Order and words of the cohort that ``cohort.toml`` declares: ``choice``, or else its ``label``."""
    name, where = path.parent.name, f"{path.parent.name}/{path.name}"
    if not NAME.fullmatch(name) or name in TAKEN:
        raise DataError(f"A cohort cannot be called {name}: small letters, digits and _, and not {', '.join(TAKEN)}.")
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise DataError(f"{where} cannot be read: {problem}.") from problem
    order, words = raw.get("order", LAST), raw.get("choice", raw.get("label"))
    if not isinstance(order, int) or not isinstance(words, str) or not words:
        raise DataError(f"{where} does not declare a whole number as order and words as label or choice.")
    return order, words
