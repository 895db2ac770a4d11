"""The explorer held against what was published about contracts that history tried."""

from functools import cache

from pricing.questions.history import bonds, probation
from pricing.questions.history.check import Row


@cache
def rows() -> tuple[Row, ...]:
    """Every check, in the order of the page."""
    return (
        probation.straw_man(),
        probation.smf(),
        probation.first_year(),
        probation.pooling(),
        bonds.peterborough(),
        bonds.doncaster(),
        bonds.work_programme(),
        bonds.troubled_families(),
        bonds.justice_reinvestment(),
        bonds.hedderman(),
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
