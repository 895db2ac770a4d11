"""Small choices that a reader makes on a page: a group of people, and which hours of support to look at."""

from typing import Literal

import numpy as np
import streamlit as st

from pages.kit import groups, measures, show
from pricing.evaluate import Evaluation

STAY: Literal["session"] = "session"
EFFORTS = {"needed": "Giving what is needed", "pays_best": "Doing what pays best"}
"""What the provider does, as links and commands name it -> words."""


def group(evaluation: Evaluation, key: str) -> dict[str, int]:
    """A group by number of needs and deprivation tenth, among those with enough people to be shown."""
    grid = groups.grid(evaluation, "needs", "decile", "people")
    needs, decile = (evaluation.cohort.dimensions[k] for k in ("needs", "decile"))
    there = [int(code) for code in np.flatnonzero(~np.all(np.isnan(grid), axis=1))]
    with show.grid(2):
        row = pick("Number of needs", there, needs.levels, f"{key}_needs", 3)
        column = pick(
            "Deprivation tenth of the area",
            [int(code) for code in np.flatnonzero(~np.isnan(grid[row]))],
            decile.levels,
            f"{key}_decile",
            0,
        )
    return {"needs": row, "decile": column}


def sure() -> bool:
    """Whether to show how sure the figures are; the same choice on every page, and in no link."""
    return st.toggle(
        "Show how sure we are",
        key="sure",
        persist_state=STAY,
        help="Works the page out again under 100 draws of what is uncertain: the risk curves, how support works, and "
        "how much of it people need.",
    )


def pick(label: str, codes: list[int], levels: tuple[str, ...], key: str, usual: int) -> int:
    """One of ``codes``, shown by its level; stands at ``usual``, or the first there is."""
    if st.session_state.get(key) not in codes:
        st.session_state[key] = usual if usual in codes else codes[0]
    chosen: int = st.selectbox(label, codes, format_func=lambda c: levels[c], key=key, persist_state=STAY)
    return chosen


def words(evaluation: Evaluation, codes: dict[str, int]) -> str:
    """The group in words."""
    return groups.group_words(evaluation, codes)


def at_benchmark(key: str, *, first: bool = False) -> bool:
    """Whether to look at the support people need, rather than the support that pays best; ``first``: to begin with."""
    needed, best = EFFORTS.values()
    return one_of("The provider is", [needed, best] if first else [best, needed], key) == needed


def one_of(label: str, options: list[str], key: str) -> str:
    """One of a few options, side by side; the first to begin with."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    return st.segmented_control(label, options, key=key, persist_state=STAY, required=True) or options[0]


def measure() -> str:
    """Which measure a map shows."""
    options = list(measures.MEASURES)
    return st.selectbox(
        "Measure", options, format_func=lambda m: measures.MEASURES[m].label, key="measure", persist_state=STAY
    )


def dimension(label: str, evaluation: Evaluation, key: str, usual: str, without: str = "") -> str:
    """One of the ways in which these people can be grouped."""
    found = evaluation.cohort.dimensions
    options = [name for name in found if name != without]
    if st.session_state.get(key) not in options:
        st.session_state[key] = usual if usual in options else options[0]
    chosen: str = st.selectbox(label, options, format_func=lambda k: found[k].label, key=key, persist_state=STAY)
    return chosen
