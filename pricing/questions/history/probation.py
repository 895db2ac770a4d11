"""Transforming Rehabilitation against history: its straw man, its critics, its first year and its measures."""

import numpy as np
from scipy.optimize import brentq

from pricing.contract.pay_under_luck import Normal
from pricing.people.risk_curves import NORMAL_95
from pricing.questions.history.break_even import break_even
from pricing.questions.history.check import POINT, Finding, Row, in_points, points_of, preset, settled, standard_error
from pricing.scenario.presets import HALF_AND_HALF
from pricing.scenario.scenario import defaults

ZONE = 3.0
"""Half-width of the straw man's flat zone, in points."""
ERROR = 1.53
"""Standard error, in points, of which that zone is 1.96: assumed, since SMF's inputs are not public."""
RATIO_WHOLE, RATIO_EXCESS = 1.25, 3.0
"""Price over cost, where the whole reduction is paid for and where only the excess over the zone is."""
BASELINE = 0.475
"""Binary rate before Transforming Rehabilitation's first year."""
MEASURED, AREAS = 108_000, 21


def straw_man(zone: float = ZONE) -> Row:
    """Pay is flat within the zone, and moves both ways beyond it."""
    scenario = preset("straw_man").with_(zone_points=zone)
    inside = max(abs(points_of(scenario, points)) for points in np.linspace(-2.9, 2.9, 59))
    fall, rise = points_of(scenario, 3.1), points_of(scenario, -3.1)
    hurdle = settled(scenario.with_(measured_people=0.0)).hurdle
    gated, paid = (float(hurdle.expected(0.15, binary)) if hurdle else 0.15 for binary in (-0.01, 0.01))
    return Row(
        "straw_man",
        "The ministry's own clauses. The illustrative people stand for an area's; nothing is left to luck.",
        (
            Finding(
                f"A measured change of up to 2.9 points either way {'moves' if inside else 'does not move'} pay.",
                inside,
                inside == 0,
            ),
            Finding(f"A measured fall of 3.1 points is {'rewarded' if fall > 0 else 'not rewarded'}.", fall, fall > 0),
            Finding(f"A measured rise of 3.1 points is {'deducted for' if rise < 0 else 'let pass'}.", rise, rise < 0),
            Finding(
                "A fall of 15% in reoffences is not rewarded where the share who reoffend has risen by 1%, and is "
                "where it has fallen by 1%.",
                gated,
                round(gated, 6) == 0 and paid > 0,
            ),
        ),
        "arithmetic",
        (),
        scenario,
    )


def smf(error: float = ERROR) -> Row:
    """The shape of what the Social Market Foundation found for the straw man; ``error`` in points."""
    size = 975.0
    return Row(
        "smf",
        f"A flat zone of 3 points; luck that puts a typical measure off by {error:.2f} points (the standard error); "
        "cost in proportion to the reduction. All are assumed: the inputs of the paper are not public, so nothing "
        f"here reproduces it. The link measures {size:,.0f} of the illustrative people, which comes to about the same "
        "luck.",
        (*aims(error), *small_areas(error)),
        "shape",
        (RATIO_WHOLE, RATIO_EXCESS),
        defaults().with_(results_share=0.09, flat_zone="fixed", zone_points=ZONE, measured_people=size),
    )


def aims(error: float) -> tuple[Finding, ...]:
    """What a provider must aim for, and what pays best short of that."""
    whole = in_points(ZONE)
    found, excess = (
        break_even(in_points(ZONE, inner), error, ratio) for inner, ratio in ((1.0, RATIO_WHOLE), (0.0, RATIO_EXCESS))
    )
    likely, drift = whole.first_reward, -found.best_below
    return (
        Finding(
            f"Luck is as likely to help as to harm, so a reward is more likely than not from {likely:.1f} points on, "
            f"not about 4; at 4 points the chance is {float(whole.chance(4.0, error)):.0%}.",
            likely,
            abs(likely - 4) <= 0.5,
        ),
        Finding(
            f"Aims under {found.aim:.2f} points lose money where the whole reduction is paid for at {RATIO_WHOLE} "
            f"times its cost; under {excess.aim:.2f} where only the excess is, at {RATIO_EXCESS:.0f} times.",
            found.aim,
            min(found.aim, excess.aim) > ZONE,
        ),
        Finding(
            f"Short of that, what pays best is to let reoffending drift up by {drift:.1f} points.",
            drift,
            0 < drift < ZONE and found.gain > 0,
        ),
    )


def small_areas(error: float) -> tuple[Finding, ...]:
    """The same with a quarter of the people, so twice the luck."""
    whole = in_points(ZONE)
    here, there = (float(whole.chance(4.0, luck)) for luck in (error, 2 * error))
    usual, fixed, wider = (
        break_even(in_points(zone), luck, RATIO_WHOLE)
        for zone, luck in ((ZONE, error), (ZONE, 2 * error), (2 * ZONE, 2 * error))
    )
    return (
        Finding(
            f"With a quarter of the people the chance of a reward for 4 points goes from {here:.0%} to {there:.0%}.",
            there,
            there < here,
        ),
        Finding(
            f"If the zone is as wide as luck, such a small area must aim for {wider.aim:.2f} points to break even.",
            wider.aim,
            wider.aim > usual.aim,
        ),
        Finding(
            "If the zone stays at 3 points, it need not aim higher to break even: so much luck blurs the zone away, "
            "and aims under it are paid for as well.",
            fixed.aim,
            fixed.aim > usual.aim,
        ),
    )


def first_year(per_reoffender: float = 4.7) -> Row:
    """Fewer people reoffended, more often each: the metrics disagree."""
    before, after = BASELINE * 4.2, 0.454 * per_reoffender
    scenario = defaults().with_(**HALF_AND_HALF)
    contract = settled(scenario)
    changes = {"binary": 1 - 0.454 / BASELINE, "frequency": 1 - after / before}
    paid = {m: float(contract.paid[contract.metrics.index(m)].expected(change)) for m, change in changes.items()}
    return Row(
        "first_year",
        "The published rates, on a contract that pays each metric one for one.",
        (
            Finding(f"Reoffences per 100 people rose by {after / before - 1:.1%}.", after / before - 1, after > before),
            Finding(
                f"A price on the binary rate rewards the year, for a fall of {changes['binary']:.1%}.",
                paid["binary"],
                paid["binary"] > 0,
            ),
            Finding(
                f"A price on frequency deducts for the same year, for a rise of {-changes['frequency']:.1%}.",
                paid["frequency"],
                paid["frequency"] < 0,
            ),
        ),
        "arithmetic",
        (),
        scenario,
    )


def areas_standing_out(fall: float, periods: int) -> float:
    """How many of the areas are expected to show a fall outside the 95% interval; ``fall`` a share of people."""
    error = standard_error(BASELINE, MEASURED / AREAS / periods)
    return AREAS * float(Normal(in_points(NORMAL_95 * error), error).chance(fall))


def pooling(periods: int = 4) -> Row:
    """What stands out by year need not stand out by quarter."""
    low, high = (
        float(brentq(lambda fall: areas_standing_out(fall, periods) - wanted, 0.0, 0.3))  # noqa: B023
        for wanted in (17, 20)
    )
    yearly = areas_standing_out(low, 1)
    first_year = 0.454 - BASELINE
    by_quarter, by_year = (areas_standing_out(-first_year, each) for each in (periods, 1))
    return Row(
        "pooling",
        f"{MEASURED / AREAS:,.0f} people in an area (108,000 over 21), a quarter of them in a quarter; a baseline of "
        f"{BASELINE:.1%}, and the same true fall everywhere. How far each area's rate really fell is not used.",
        (
            Finding(
                f"17 to 20 areas stand out by quarter if the rate truly fell by {low / POINT:.1f} to "
                f"{high / POINT:.1f} points; with the smaller of the two, {yearly:.1f} stand out by year.",
                yearly,
                round(yearly) == AREAS,
            ),
            Finding(
                f"With a fall of {-first_year / POINT:.1f} points, as in the first year, {by_quarter:.0f} would stand "
                f"out by quarter and {by_year:.0f} by year.",
                by_quarter,
                by_quarter < by_year - 0.5,
            ),
        ),
        "shape",
        (),
        preset("tr_as_contracted"),
    )
