"""Which cohorts there are: each is a folder of data, of which only the name, the order and the words are read here."""

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pricing.errors import DataError
from pricing.scenario.spec import quoted

FOLDER = Path(__file__).parents[2] / "data" / "cohorts"
"""The folder of the built-in cohorts' folders."""
VARIABLE = "EXPLORER_COHORTS"
"""The environment variable that names a folder of further cohorts, or the folder of one."""
DECLARED, CELLS, CURVES = "cohort.toml", "cells.csv", "curves.json"
"""The files that every cohort's folder has."""
NAME = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = ("own_table",)
"""Names that no folder may have: the reader's own table goes by it."""
LAST = 1000
"""The order of a cohort that declares none."""
COHORT = "cohort"
COHORT_DIGEST = "cohort_sha256"
"""Part that says which people are meant where they did not come with the explorer."""
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


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


def elsewhere() -> Path | None:
    """The folder that EXPLORER_COHORTS names; None where it is not set."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser().resolve() if named else None


@cache
def folders() -> dict[str, Path]:
    """The folder of each cohort by name: the built-in ones, then those of EXPLORER_COHORTS.

    Raises
    ------
    DataError : a cohort elsewhere has the name of a built-in one, or there is none.
    """
    built_in = {name: FOLDER / name for name in cohorts()}
    folder = elsewhere()
    if folder is None:
        return built_in
    if (folder / DECLARED).is_file():
        declared(folder / DECLARED)
        found = {folder.name: folder}
    else:
        found = {name: folder / name for name in cohorts(folder)}
    for name in found:
        if name in built_in:
            raise DataError(f"A cohort of {VARIABLE} cannot be called {name}: a built-in one is.")
    return built_in | found


def choices() -> dict[str, str]:
    """The words in which each cohort is offered, by name, the default first: built-in ones before those elsewhere."""
    return {name: declared(folder / DECLARED)[1] for name, folder in folders().items()}


def is_built_in(name: str) -> bool:
    """Whether a cohort comes with the explorer, so that its name says which people are meant."""
    return name in folders() and folders()[name].parent == FOLDER


@cache
def digest(name: str) -> str:
    """SHA-256 (hex) over a cohort's cells and curves, and for one from elsewhere what they leave to its declaration
    and to the table of its neighbourhoods.

    Raises DataError where a file is missing.
    """
    folder = folders()[name]
    try:
        parts = [hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in (CELLS, CURVES)]
        if not is_built_in(name):
            parts.append(assumed(folder / DECLARED))
            parts += [hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("neighbour*.csv"))]
    except OSError as problem:
        raise DataError(f"{name} cannot be read: {problem.strerror}.") from None
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def assumed(path: Path) -> str:
    """What risks follow from beside cells and curves, as text: what stands in for counts and harm, and the factors."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    words = ("label", "labels")
    factors = [{key: value for key, value in one.items() if key not in words} for one in raw.get("factors", [])]
    return json.dumps([raw.get("implied_alpha"), raw.get("equal_severity"), factors], sort_keys=True, default=str)


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


def whom(cohort: str) -> dict[str, str]:
    """The part of a link that says which people are meant; none where their name is enough."""
    return {COHORT_DIGEST: digest(cohort)} if is_elsewhere(cohort) else {}


def is_elsewhere(cohort: str) -> bool:
    """Whether a cohort is offered here and did not come with the explorer."""
    return cohort in folders() and not is_built_in(cohort)


def check_cohort(said: Sequence[str], key: str, problems: list[str]) -> None:
    """Add what is to be said where the people that a link means are not those that are here; ``said`` is their name."""
    if not key:
        return
    name = said[-1] if said else ""
    if not DIGEST.fullmatch(key):
        problems.append(f"{COHORT_DIGEST}: {quoted(key)} is not a SHA-256.")
    elif not is_elsewhere(name):
        problems.append(
            f"This link is about people called {quoted(name)}, whom this explorer does not have: whoever made it can "
            f"give you their folder. They are known by {key[:12]}."
        )
    elif digest(name) != key:
        problems.append(
            f"The people called {quoted(name)} here are not those that the link was made with: theirs are known by "
            f"{key[:12]}, those here by {digest(name)[:12]}."
        )
