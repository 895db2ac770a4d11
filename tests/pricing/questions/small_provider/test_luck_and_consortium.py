"""Luck by size and by share on results; what pooling takes away, what it cannot, and what it does to the incentive."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.evaluate import Evaluation, evaluate
from pricing.questions.small_provider import consortium, luck_or_skill, surplus
from pricing.questions.small_provider.luck import clients as sent
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups
from tests.pricing.questions.small_provider.people import simulated


def with_(**changes: float | str) -> Evaluation:
    return evaluate(Scenario(**changes), six_groups())  # type: ignore[arg-type]


def test_without_a_common_shock_luck_per_client_falls_with_the_root_of_their_number() -> None:
    found = luck_or_skill.by_size(with_(common_shock=0.0, most_lost=0.0))
    each = found.bad_year / found.numbers
    slope = np.polyfit(np.log(found.numbers[2:]), np.log(each[2:]), 1)[0]
    assert slope == pytest.approx(-0.5, abs=0.02)
    assert found.floor == 0


def test_with_one_it_falls_to_a_floor() -> None:
    found = luck_or_skill.by_size(with_(common_shock=0.2))
    each = found.bad_year / found.numbers
    assert np.all(np.diff(each) < 0)
    assert found.floor < each[-1] < 1.1 * found.floor


def test_a_contract_that_covers_its_cost_is_short_in_about_half_of_all_years() -> None:
    found = luck_or_skill.by_size(with_(most_lost=0.0))
    assert found.short[2:] == pytest.approx(0.5, abs=0.05)
    assert np.all(found.short_with_margin <= found.short)


def test_enough_clients_are_just_enough() -> None:
    """At that number the bad year is what reserves may bear; at half of it, more."""
    changes = {"common_shock": 0.05, "reserves": 60000.0}
    enough = luck_or_skill.by_size(with_(**changes)).enough
    per_client = 60000.0 / 50 * 0.5

    def bad_year(number: float) -> float:
        size = with_(**changes, clients=float(number))
        money = surplus.of(size).money
        return money.mean - money.quantile(0.05)

    assert bad_year(enough) == pytest.approx(per_client * enough, rel=0.05)
    assert bad_year(enough // 2) > 1.2 * per_client * (enough // 2)


def test_no_number_is_enough_where_the_floor_is_too_high() -> None:
    assert np.isnan(luck_or_skill.by_size(with_(common_shock=0.5, reserves=1000.0)).enough)


@pytest.mark.parametrize("clause", [{}, {"deductions": "none"}], ids=str)
def test_luck_is_in_proportion_to_the_share_on_results(clause: dict[str, str]) -> None:
    """The whole curve comes from one distribution; an evaluation at each share agrees."""
    found = luck_or_skill.by_share(with_(**clause, who_comes="mix"))
    for share in (0.1, 0.2, 0.5):
        money = surplus.of(with_(results_share=share, who_comes="mix", **clause)).money
        at = int(np.argmin(np.abs(found.shares - share)))
        assert found.share_bad_year[at] == pytest.approx(money.mean - money.quantile(0.05), rel=1e-3)
    assert found.line_bad_year == pytest.approx(found.share_bad_year[4])


def test_pooling_takes_own_luck_away_by_the_root_of_the_partners() -> None:
    found = consortium.of(with_(common_shock=0.0, most_lost=0.0))
    assert found.sd == pytest.approx(found.sd[0] / np.sqrt(found.partners), rel=0.01)
    assert found.floor_sd == 0


def test_the_floor_stays_however_many_join() -> None:
    found = consortium.of(with_(common_shock=0.2, partners=10.0, most_lost=0.0))
    own = found.sd[0] ** 2 - found.floor_sd**2
    assert found.sd**2 == pytest.approx(found.floor_sd**2 + own / found.partners, rel=0.01)
    assert np.all(found.sd > found.floor_sd)
    assert np.all(np.diff(found.removed) > 0)
    assert found.partners[found.own] == 10


def test_alone_it_is_the_provider_itself() -> None:
    found, alone = consortium.of(with_(who_comes="mix")), surplus.of(with_(who_comes="mix"))
    assert found.sd[found.own] == pytest.approx(alone.sd, rel=0.01)
    assert found.chance_of_loss[found.own] == pytest.approx(alone.chance_of_loss, abs=0.01)


def test_a_partners_own_incentive_is_one_part_in_so_many() -> None:
    found = consortium.of(with_(partners=4.0))
    assert found.payback[0] == pytest.approx(with_().payback)
    assert found.payback == pytest.approx(found.payback[0] / found.partners)


def test_what_the_commissioner_can_do() -> None:
    found = consortium.of(with_(partners=8.0, results_share=0.4))
    here = found.bad_year[found.own]
    assert found.share == luck_or_skill.LINE
    assert found.lower_share.bad_year == pytest.approx(here / 2)
    assert found.lower_share.payback == pytest.approx(found.payback[found.own] / 2)
    assert found.comparison.bad_year < here
    assert found.comparison.payback == pytest.approx(found.payback[found.own])
    pot = 0.4 * 2240 * 50
    assert found.collar.bad_year <= consortium.COLLAR * pot * (1 + 1e-9)
    assert found.collar.payback < found.payback[found.own]


def test_a_provider_of_few_clients_pools_with_more_partners_than_it_has_clients() -> None:
    """Each partner has as many clients as it has: 18 in all, against years of them that are drawn one by one."""
    evaluation = with_(clients=2.0, partners=9.0, who_comes="drawn", most_lost=0.0, common_shock=0.2)
    alone = sent.of(evaluation)
    paid, _ = simulated(replace(alone, people=9 * alone.people), 0.2, 200_000, seed=9)
    found = consortium.pay_of(evaluation, alone, 9, 0.2)
    assert consortium.of(evaluation).sd[consortium.of(evaluation).own] == pytest.approx(found.sd)
    assert found.sd == pytest.approx(paid.std() / 9, rel=0.01)
    between = (found.values[:-1] + found.values[1:]) / 2  # off the amounts themselves, one for each who reoffends
    drawn = (paid - paid.mean()) / 9
    for pays in between[np.abs(between - found.mean) < 3 * found.sd]:
        assert found.below(pays) == pytest.approx((drawn < pays - found.mean).mean(), abs=0.005)


def test_neighbouring_numbers_jump_and_stand_beside_the_providers_own() -> None:
    found = luck_or_skill.by_size(with_(clients=30.0, who_comes="mix", common_shock=0.0))
    assert found.near.tolist() == [28, 29, 30, 31, 32]
    assert np.ptp(found.near_short) > 0.05
    next_to_it = luck_or_skill.by_size(with_(clients=31.0, who_comes="mix", common_shock=0.0))
    assert found.near_short[2] == pytest.approx(next_to_it.near_short[1], abs=1e-3)
    assert luck_or_skill.by_size(with_(clients=1.0)).near.tolist() == [1, 2, 3]


@pytest.mark.parametrize("clauses", [{}, {"metric": "blend", "threshold": 0.1, "measured_people": 200.0}], ids=str)
def test_alone_it_is_the_provider_of_the_verdict(clauses: dict[str, float | str]) -> None:
    """Where years are drawn, too: two chances of a loss for one contract would stand on one page."""
    contract = with_(**clauses)
    assert consortium.of(contract).chance_of_loss[0] == surplus.of(contract).chance_of_loss
