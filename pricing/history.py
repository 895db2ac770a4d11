"""The explorer held against what was published about contracts that history tried."""

from functools import cache

from pricing import history_bonds, history_probation
from pricing.history_check import Row


@cache
def rows() -> tuple[Row, ...]:
    """Every check, in the order of the page."""
    return (
        history_probation.straw_man(),
        history_probation.smf(),
        history_probation.first_year(),
        history_probation.pooling(),
        history_bonds.peterborough(),
        history_bonds.doncaster(),
        history_bonds.work_programme(),
        history_bonds.troubled_families(),
        history_bonds.justice_reinvestment(),
        history_bonds.hedderman(),
    )


def summary(found: tuple[Row, ...]) -> str:
    """How many agree, and how many of them check a shape alone."""
    agreed = sum(row.verdict == "yes" for row in found)
    partly = sum(row.verdict == "in part" for row in found)
    shapes = sum(not row.figures for row in found)
    words = f"{agreed} of {len(found)} contracts agree with what was published"
    words += f", {partly} in part" if partly else ""
    missed = len(found) - agreed - partly
    words += f", {missed} not at all" if missed else ""
    return f"{words}. {shapes} of the {len(found)} check the shape only."
