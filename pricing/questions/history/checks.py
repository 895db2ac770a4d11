"""The explorer held against what was published about contracts that history tried."""

from functools import cache

from pricing.questions.history import bonds, ladders, probation
from pricing.questions.history.check import KINDS, Row


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
        ladders.rikers(),
        ladders.roca(),
        ladders.south_auckland(),
        ladders.skill_mill(),
    )


def counts(found: tuple[Row, ...]) -> dict[str, dict[str, int]]:
    """By kind of check: how many contracts agree (yes), agree in part, and do not (no)."""
    return {
        kind: {
            verdict: sum(row.kind == kind and row.verdict == verdict for row in found)
            for verdict in ("yes", "in part", "no")
        }
        for kind in KINDS
    }


def summary(found: tuple[Row, ...]) -> str:
    """Agreement by kind of check; they are not added up, since they are not evidence of one weight."""
    told = []
    for kind, by_verdict in counts(found).items():
        checked = sum(by_verdict.values())
        if not checked:
            told.append(f"{kind}: none can be checked")
            continue
        partly = f", {by_verdict['in part']} in part" if by_verdict["in part"] else ""
        missed = f", {by_verdict['no']} not at all" if by_verdict["no"] else ""
        told.append(f"{kind}: {by_verdict['yes']} of {checked} contracts agree{partly}{missed}")
    return "; ".join(told).capitalize() + "."
