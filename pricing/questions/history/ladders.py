"""Contracts for results elsewhere in criminal justice: ladders of thresholds, a matched group, a rate card.

Facts in our words from the Government Outcomes Lab's database of impact bonds (INDIGO, December 2024).
"""

import numpy as np

from pricing.contract.payment_rule import ladder
from pricing.questions.history.check import Finding, Row, settled
from pricing.scenario.scenario import defaults

RIKERS = (0.085, 0.1, 0.11, 0.12, 0.125, 0.13, 0.16, 0.2)
"""Falls at which more is due."""
LENT, MOST = 9.6, 11.712
"""US$m due at a fall of 10% (what was lent) and of 20%."""
YEARS = 4
ROCA = (0.1, 0.25, 0.4, 0.55)
SKILL_MILL_PRICES = (4390, 1310, 8240, 9340, 430, 320)
SKILL_MILL_ACHIEVED = (243, 237, 179, 188, 86, 203)
SKILL_MILL_MOST = 3_241_776
"""£ that the contract may pay at most."""


def rikers(first: float = RIKERS[0], most: float = MOST) -> Row:
    """Which falls pay, and what the two steps whose amounts are known come to."""
    steps = ladder({first: 1.0, **{fall: float(place) for place, fall in enumerate(RIKERS[1:], 2)}})
    known = ladder({0.1: LENT, 0.2: most})
    under, at = (float(steps(fall)) for fall in (0.084, 0.085))
    back, top = (float(known(fall)) for fall in (0.1, 0.2))
    yearly = (top / back) ** (1 / YEARS) - 1
    return Row(
        "rikers",
        "The eight steps; the amounts of the two that were published.",
        (
            Finding(f"A fall of 8.4% passes {under:.0f} steps, one of 8.5% {at:.0f}.", under, under == 0 and at == 1),
            Finding(
                f"At 20% the lender earns {yearly:.1%} a year over {YEARS} years.", yearly, round(yearly, 3) == 0.051
            ),
        ),
        "arithmetic",
        (),
        None,
    )


def roca(first: float = ROCA[0]) -> Row:
    """How many steps a fall passes."""
    steps = ladder({first: 1.0, **{fall: float(place) for place, fall in enumerate(ROCA[1:], 2)}})
    passed = [float(steps(fall)) for fall in (0.05, 0.1, 0.25, 0.4, 0.55)]
    return Row(
        "roca",
        "The steps alone, each counted as one.",
        (
            Finding(f"A fall of 5% passes {passed[0]:.0f} steps.", passed[0], passed[0] == 0),
            Finding(
                f"Falls of 10, 25, 40 and 55% pass {', '.join(f'{count:.0f}' for count in passed[1:])}.",
                passed[-1],
                passed[1:] == [1, 2, 3, 4],
            ),
        ),
        "arithmetic",
        (),
        None,
    )


def south_auckland(fall: float = 0.3) -> Row:
    """A price on frequency rewards fewer offences than the matched group."""
    scenario = defaults().with_(
        metric="blend", blend_binary=0.0, blend_frequency=0.5, blend_severity=0.5, blend_progress=0.0
    )
    contract = settled(scenario)
    paid = float(contract.paid[contract.metrics.index("frequency")].expected(fall))
    return Row(
        "south_auckland",
        "Half of the results money on frequency and half on severity: an assumption, since the weights are not public.",
        (
            Finding(
                f"The half on frequency {'rewards' if paid > 0 else 'does not reward'} {fall:.0%} fewer offences.",
                paid,
                paid > 0,
            ),
        ),
        "shape",
        (),
        scenario,
    )


def skill_mill(most: float = SKILL_MILL_MOST) -> Row:
    """Prices times numbers exceed what may be paid, however they are paired."""
    listed = float(np.dot(SKILL_MILL_PRICES, SKILL_MILL_ACHIEVED))
    least = float(np.dot(sorted(SKILL_MILL_PRICES), sorted(SKILL_MILL_ACHIEVED, reverse=True)))
    return Row(
        "skill_mill",
        "The published prices and numbers. No price is taken to belong to an outcome.",
        (
            Finding(
                f"Paired as they are listed they come to £{listed:,.0f}, over the most to be paid.",
                listed,
                listed > most,
            ),
            Finding(
                f"However they are paired they come to £{least:,.0f} or more, over it as well: not every outcome "
                "achieved can have been paid at its price.",
                least,
                least > most,
            ),
        ),
        "arithmetic",
        (),
        None,
    )
