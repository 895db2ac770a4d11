"""Contracts with a threshold, a tariff or a share of savings against history."""

from pricing.contract.payment_rule import LINEAR
from pricing.evaluate import evaluate
from pricing.price import schedule
from pricing.questions.history.check import Finding, Row, people, points_of, preset, rule_of, settled
from pricing.scenario.scenario import Scenario, defaults

RATIO = 1.25
"""Price over cost of a result, where a check needs one and none is public."""
MOST_NEEDS = 5


def peterborough(trigger: float = 0.1, pooled: float = 0.075) -> Row:
    """Under the trigger of a cohort nothing is paid; over that of all together, something."""
    fell = 1 - 142 / 155
    scenario = preset("peterborough").with_(threshold=trigger)
    cohort = float(rule_of(scenario, "frequency")(fell))
    together = float(rule_of(scenario.with_(threshold=pooled), "frequency")(0.09))
    return Row(
        "peterborough",
        "The published counts and triggers.",
        (
            Finding(f"For {fell:.1%} fewer, {'something' if cohort else 'nothing'} is paid.", cohort, cohort == 0),
            Finding(
                f"For 9.0% fewer over all cohorts, {'something' if together else 'nothing'} is paid.",
                together,
                together > 0,
            ),
        ),
        "arithmetic",
        (),
        scenario,
    )


def doncaster(threshold: float = 5.0) -> Row:
    """A tenth of revenue, kept or repaid."""
    scenario = defaults().with_(
        results_share=0.1,
        flat_zone="fixed",
        zone_points=threshold,
        threshold_rule="all_or_nothing",
        deductions="none",
    )
    kept, repaid = (scenario.results_share * points_of(scenario, points) for points in (5.7, 3.3))
    return Row(
        "doncaster",
        "The published share, threshold and falls; all or nothing, no luck.",
        (
            Finding(f"A fall of 5.7 points keeps {kept:.0%} of revenue.", kept, round(kept, 6) == 0.1),
            Finding(f"A fall of 3.3 points keeps {repaid:.0%} of it.", repaid, repaid == 0),
        ),
        "arithmetic",
        (),
        scenario,
    )


def payback_and_parked(scenario: Scenario) -> tuple[float, float]:
    """£ paid back per extra £1, and the share for whom the minimum pays best, among people with most needs."""
    groups = evaluate(scenario, people()).groups("needs")
    most = groups[groups["needs"] == MOST_NEEDS]
    return most["payback"].item(), most["parked"].item()


def work_programme(premium: float = 0.5) -> Row:
    """A higher price for those who are harder to help is not enough where it stays under their cost."""
    scenario = preset("work_programme").with_(need_premium=premium)
    before, _ = payback_and_parked(scenario.with_(need_premium=0.0))
    after, parked = payback_and_parked(scenario)
    targeted, _ = payback_and_parked(scenario.with_(target="own"))
    return Row(
        "work_programme",
        f"The preset: 80% on results, every success paid, {premium:.0%} more for each need; the illustrative people "
        "and the default costs and effect of support. It paid for jobs; here the same shape is put on reoffending. "
        "It hangs on paying every success, also those that would have come anyway: with a target for each person "
        f"the same money would pay back £{targeted:.2f} per extra £1.",
        (
            Finding(
                f"The premium raises what an extra £1 for a person with five needs pays back, from £{before:.2f} to "
                f"£{after:.2f}.",
                after,
                after > before,
            ),
            Finding(f"It still pays to do the minimum for {parked:.0%} of them.", parked, parked > 0.5),
        ),
        "shape",
        (round(after, 2),),
        scenario,
    )


def troubled_families(funded: float = 5 / 6) -> Row:
    """Fee and results for five-sixths of the families; a sixth would have turned round by themselves."""
    scenario = defaults().with_(contract_value=4000.0, results_share=0.2)
    contract, families = settled(scenario), 180
    fee = schedule.settle(scenario, people()).basic_fee
    results = float(contract.expected(contract.full))
    total, spared = (share * families * (fee + results) for share in (funded, 1 - funded))
    return Row(
        "troubled_families",
        "180 families, so that five-sixths are 150; £4,000 a family, a fifth of it on results, so that fee and result "
        "are those published; every funded family a success.",
        (
            Finding(f"A contract pays £{fee:,.0f} in fees a family.", fee, round(fee) == 3200),
            Finding(f"It pays £{results:,.0f} for a result.", results, round(results) == 800),
            Finding(
                f"That is £{total:,.0f} for {funded * families:.0f} families; the others would have cost "
                f"£{spared:,.0f} for nothing.",
                total,
                round(total) == 600_000,
            ),
        ),
        "arithmetic",
        (),
        scenario,
    )


def justice_reinvestment(threshold: float = 0.05) -> Row:
    """Half of the savings at a fall of 5%, all further ones up to 20%."""
    scenario = preset("justice_reinvestment").with_(threshold=threshold)
    # A hair further, so that a value on a threshold is past it whatever its last digit.
    under, at, later, top, beyond = (
        float(rule_of(scenario, "frequency")(fall + 1e-9)) for fall in (0.049, 0.05, 0.15, 0.2, 0.25)
    )
    return Row(
        "justice_reinvestment",
        "The preset, read so that “then all” means every saving beyond the first 5%; savings follow reoffences.",
        (
            Finding(
                f"At a fall of 5%, {at / 0.05:.0%} of the savings are paid; at one of 4.9%, {under / 0.049:.0%}.",
                at / 0.05,
                under == 0 and round(at / 0.05, 6) == 0.5,
            ),
            Finding(
                f"Of the savings between 5% and 15%, {(later - at) / 0.1:.0%} are paid.",
                (later - at) / 0.1,
                round((later - at) / 0.1, 6) == 1,
            ),
            Finding(
                f"A fall of 20% earns {top / 0.2:.1%} of all savings, and one of 25% no more.",
                top,
                round(beyond - top, 6) == 0 and top > later,
            ),
        ),
        "arithmetic",
        (),
        scenario,
    )


def hedderman(target: float = 0.1, ratio: float = RATIO) -> Row:
    """On track for less than the target, more effort that still falls short of it is not paid for."""
    scenario = defaults().with_(
        priced_reduction=0.1, threshold=target, threshold_rule="all_or_nothing", deductions="none"
    )
    cliff = rule_of(scenario)
    stop, go_on = (ratio * float(cliff(fall)) - fall for fall in (0.06, 0.08))
    linear = ratio * float(LINEAR(0.08) - LINEAR(0.06)) - 0.02
    return Row(
        "hedderman",
        "Nothing under the target; cost in proportion to the reduction; no luck. What effort costs is not public.",
        (
            Finding(
                f"If a fall of 1% costs £100, going on from 6% to 8% {'loses' if go_on < stop else 'gains'} "
                f"£{abs(go_on - stop) * 10_000:,.0f}.",
                go_on - stop,
                go_on < stop,
            ),
            Finding(
                f"If each result were paid for, the same effort {'would lose' if linear < 0 else 'would gain'} "
                f"£{abs(linear) * 10_000:,.0f}.",
                linear,
                linear > 0,
            ),
        ),
        "shape",
        (ratio,),
        scenario,
    )
