"""The verdict for trustees: set what it names, and it turns; what can be taken back; three readings of a share."""

import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from pricing.evaluate import Evaluation, evaluate
from pricing.people import shipped
from pricing.questions.small_provider import prime, remedies, shares, surplus, trustees, volumes
from pricing.questions.small_provider.said import verdict_words
from pricing.questions.small_provider.with_partners import (
    FIRST,
    GLANCE,
    WHOLE,
    as_it_is,
    at_a_glance,
    few_who_come,
    missed_by,
)
from pricing.scenario.scenario import Scenario
from tests.cohorts import six_groups

NAMES = {"reserves": "reserves", "share": "results_share", "clients": "clients", "partners": "partners"}
CASES: list[dict[str, float | str]] = [
    {},
    {"most_lost": 0.0, "who_comes": "mix"},
    {"metric": "frequency", "target": "own", "reserves": 20_000.0},
    {"results_share": 0.6, "held": "prime", "risk_passed": 0.5, "prime_fee": 0.0, "who_comes": "mix"},
    {"flat_zone": "fixed", "reserves": 30_000.0},
]


def of(scenario: Scenario) -> Evaluation:
    return evaluate(scenario, six_groups())


@pytest.mark.parametrize("changes", CASES, ids=str)
def test_what_the_verdict_names_turns_it(changes: dict[str, float | str]) -> None:
    scenario = Scenario(**changes)  # type: ignore[arg-type]
    found = trustees.verdict(of(scenario))
    named = {NAMES[name]: getattr(found, name) for name in NAMES if not np.isnan(getattr(found, name))}
    assert found.carried or named
    for name, value in named.items():
        assert trustees.answer(of(scenario.with_(**{name: value}))).carried, name
    if not np.isnan(found.clients):
        other = trustees.answer(of(scenario.with_(clients=found.clients)))
        assert found.there == pytest.approx((other.expected, other.worst_year), abs=0.03 * other.luck)
    if not found.carried and not np.isnan(found.share):
        over = scenario.with_(results_share=found.share + shares.STEP)
        assert not trustees.answer(of(over)).carried


@pytest.mark.parametrize("partners", [1.0, 3.0])
def test_a_range_of_clients_is_in_the_verdict(partners: float) -> None:
    """The worst year in 20 is that of the figures beside it, and what would turn the verdict is of the range too."""
    scenario = Scenario(clients=60.0, volume_spread=0.4, partners=partners, results_share=0.3, reserves=40_000.0)
    found, year = trustees.verdict(of(scenario)), surplus.of(of(scenario))
    known = trustees.answer(of(scenario.with_(volume_spread=0.0)))
    assert found.worst_year > known.worst_year + 0.05 * year.sd, "fewer clients leave costs that cannot be shed"
    if partners == 1:
        assert (found.expected, found.worst_year) == pytest.approx((year.expected, year.worst_year))
        assert verdict_words.answer(found).startswith("No, if you give people what they need: ")
    else:
        number = volumes.between(*volumes.ends(scenario))
        each = [trustees.answer(of(scenario.with_(volume_spread=0.0, volume_delivered=n / 60))) for n in number[::8]]
        assert found.expected == pytest.approx(np.mean([one.expected for one in each]), abs=0.02 * year.sd)
        assert found.worst_year < year.worst_year, "partners share luck"
        assert verdict_words.answer(found).startswith(
            "No, if you give people what they need, with results money pooled among 3 partners: "
        )
    assert not found.carried
    assert found.untold == ()
    assert trustees.answer(of(scenario.with_(reserves=found.reserves))).carried
    assert trustees.answer(of(scenario.with_(clients=found.clients))).carried


@pytest.mark.parametrize(
    ("average", "worst", "clients", "there", "said"),
    [
        (
            900.0,
            9000.0,
            12.0,
            (400.0, 3600.0),
            "about £4,000 below an average year with 12 clients, and about £9,900 below one with 50 clients.",
        ),
        (
            900.0,
            9000.0,
            200.0,
            (9900.0, 4100.0),
            "about £70 a client below an average year with 200 clients, and about £200 with 50 clients.",
        ),
        (-500.0, 9000.0, 200.0, (3000.0, 100.0), "because the cost of setting up is spread over more people"),
        (-5000.0, 9000.0, 200.0, (3000.0, 100.0), ""),
        (-500.0, 9000.0, 12.0, (400.0, 3600.0), ""),
        (900.0, 9000.0, 12.0, (9900.0, 3600.0), ""),
        (900.0, 9000.0, np.nan, (np.nan, np.nan), ""),
    ],
)
def test_why_so_many_clients_would_do_is_said_where_it_is_so(
    average: float, worst: float, clients: float, there: tuple[float, float], said: str
) -> None:
    """50 clients now; £10,000 once to set up is £1,429 a year."""
    found = trustees.Verdict(False, average, worst, 5000.0, clients=clients, there=there)
    why = verdict_words.why_so_many(found, Scenario(clients=50.0, set_up_cost=10_000.0, contract_months=84.0))
    assert said in why
    assert bool(why) == bool(said)


def test_a_yes_is_said_to_say_nothing_of_how_rare_a_loss_is() -> None:
    found = trustees.Verdict(False, 900.0, 9000.0, 5000.0, loss=0.44)
    assert verdict_words.meaning(found, Scenario()) == "", "nothing would turn it"
    found = found.with_remedy("reserves", remedies.Remedy(20_000.0))
    found = found.with_remedy("clients", remedies.Remedy(3.0, (400.0, 3600.0), 0.54))
    found = found.with_remedy("partners", remedies.Remedy(4.0, loss=0.004))
    said = verdict_words.meaning(found, Scenario(luck_share=0.335))
    assert "takes no more than 33.5% of them. It would not mean that a loss is rare: " in said
    assert said.endswith(
        "as the contract is, with any reserves, one comes in 44 of 100 years, with 3 clients in about 54 of 100 years "
        "and with 4 partners in under 1 of 100 years."
    )
    carried = trustees.Verdict(True, 900.0, 100.0, 5000.0, loss=0.44)
    assert verdict_words.meaning(carried, Scenario()).endswith("It does not mean that a loss is rare.")
    assert "rare" not in verdict_words.meaning(replace(carried, loss=0.0), Scenario())


@pytest.mark.parametrize("name", ["clients", "partners"])
def test_the_chance_of_a_loss_beside_a_remedy_is_that_of_the_contract_with_it(name: str) -> None:
    scenario = Scenario(clients=30.0, reserves=20_000.0 if name == "clients" else 80_000.0)
    found = remedies.REMEDIES[name](of(scenario))
    there = trustees.answer(of(scenario.with_(**{name: found.enough})))  # type: ignore[arg-type]
    assert there.carried
    assert found.loss == pytest.approx(there.loss, abs=0.05)


@pytest.mark.parametrize(
    ("untold", "says"),
    [
        ((), "Neither more reserves, a lower share, another number of clients nor partners would change that alone."),
        (
            ("share", "clients"),
            "Neither more reserves nor partners would change that alone. Whether a lower share or another number of "
            "clients alone would do is not worked out here: that takes long.",
        ),
        (
            ("share", "clients", "partners"),
            "Not even more reserves would change that alone. Whether a lower share, another number of clients or "
            "partners alone would do is not worked out here: that takes long.",
        ),
        (
            ("reserves", "share", "clients", "partners"),
            "Whether more reserves, a lower share, another number of clients or partners alone would do is not worked "
            "out here: that takes long.",
        ),
    ],
)
def test_what_was_not_worked_out_is_not_said_to_be_of_no_use(untold: tuple[str, ...], says: str) -> None:
    found = trustees.Verdict(False, 900.0, 9000.0, 5000.0)
    for name in remedies.REMEDIES:
        found = found.with_remedy(name, None if name in untold else remedies.Remedy(np.nan))
    assert verdict_words.remedies(found) == says
    some = found.with_remedy("reserves", remedies.Remedy(20_000.0))
    assert verdict_words.remedies(some).startswith("It would be yes with reserves at least £20,000.")
    assert verdict_words.remedies(some).count("takes long") == bool(untold)


def test_whatever_turns_a_no_is_one_sentence_with_its_commas_right() -> None:
    enough = {"reserves": 20_000.0, "share": 0.065, "clients": 12.0, "partners": 4.0}
    for names in (some for size in range(1, 5) for some in combinations(enough, size)):
        found = trustees.Verdict(False, 900.0, 9000.0, 5000.0, **{name: enough[name] for name in names})
        said = verdict_words.remedies(found)
        assert not re.search(r",[,.]| ,", said)
        assert said.count(",") == max(len(names) - 2, 0) + ("reserves" in names)  # that of £20,000


@pytest.mark.parametrize("who_comes", ["drawn", "mix"])
@pytest.mark.parametrize(
    "changes", [{}, {"metric": "blend", "partners": 4.0}, {"flat_zone": "fixed", "volume_spread": 0.2}], ids=str
)
def test_one_distribution_answers_for_every_share(changes: dict[str, float | str], who_comes: str) -> None:
    found = of(Scenario(who_comes=who_comes, **changes))  # type: ignore[arg-type]
    by_share = shares.ByShare.of(found)
    for share in (0.05, 0.155):
        one, other = by_share.year(share), as_it_is(shares.at_share(found, share))
        assert one.expected == pytest.approx(other.expected, abs=0.01 * other.sd)
        assert one.worst_year == pytest.approx(other.worst_year, abs=0.01 * other.sd)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"metric": "severity", "common_shock": 0.5},
        {"who_comes": "mix"},
        {"metric": "blend", "flat_zone": "fixed"},
        {"volume_spread": 0.5, "clients": 30.0},
        {"volume_spread": 0.3, "flat_zone": "fixed", "partners": 3.0},
    ],
    ids=str,
)
def test_a_glance_misses_no_more_than_is_allowed_for(changes: dict[str, float | str]) -> None:
    found = of(Scenario(**changes))  # type: ignore[arg-type]
    exact = as_it_is(found)
    for part in (FIRST, GLANCE, WHOLE):
        quick, missed = at_a_glance(found, few_who_come(found, part), part), missed_by(exact, part)
        assert quick.worst_year == pytest.approx(exact.worst_year, abs=missed)
        assert quick.expected == pytest.approx(exact.expected, abs=missed)


def test_a_limit_is_what_can_be_taken_back() -> None:
    stake = trustees.at_stake(of(Scenario()))
    assert stake.money == pytest.approx(0.2 * 2240 * 50)
    assert stake.lowest == pytest.approx(-stake.money)
    assert np.isinf(trustees.at_stake(of(Scenario(most_lost=0.0))).lowest)
    assert trustees.at_stake(of(Scenario(deductions="none"))).lowest == 0


@pytest.mark.parametrize(
    ("clients", "begins"),
    [(10.0, "One person more reoffends"), (50.0, "One person"), (90.0, "Two people more reoffend")],
)
def test_the_example_is_of_no_more_people_than_reach_the_limit(clients: float, begins: str) -> None:
    """Of three people two would repay nothing where the first reaches the limit."""
    scenario = Scenario(clients=clients)
    stake = trustees.at_stake(of(scenario))
    number = int(np.ceil(stake.money / stake.one_more))
    assert number < verdict_words.MORE
    assert begins.startswith(("One", "Two")[number - 1])
    said = verdict_words.taken_back(stake, scenario)
    assert begins in said
    assert "the most that can be taken back" in said


def test_one_more_reoffender_costs_the_price() -> None:
    found = of(Scenario(need_premium=0.0))
    assert trustees.at_stake(found).one_more == pytest.approx(found.terms.unit_prices["binary"])


def test_one_need_of_several_rates_is_said_to_be_a_mean() -> None:
    for rate, said_so in ((1.0, False), (5.0, True)):
        scenario = Scenario(metric="progress", rate_drugs=rate)
        people = shipped.load("greater_manchester")
        found = evaluate(scenario, people)
        assert people.needs_by_kind is not None
        kinds = people.people @ people.needs_by_kind
        mean = found.terms.unit_prices["progress"] * float(kinds @ list(scenario.rates.values())) / kinds.sum()
        assert trustees.at_stake(found).one_more == pytest.approx(mean)
        said = verdict_words.taken_back(trustees.at_stake(found), scenario)
        assert ("at the mean rate of these clients’ needs" in said) == said_so


@pytest.mark.parametrize("metric", ["binary", "blend"])
def test_the_three_readings_of_a_share(metric: str) -> None:
    found = trustees.readings(of(Scenario(metric=metric)), "needed")
    expected = [found[name].expected for name in ("without", "limited", "success")]
    worst = [found[name].worst_year for name in ("without", "limited", "success")]
    assert expected == sorted(expected)
    assert worst == sorted(worst, reverse=True)
    assert not trustees.readings(of(Scenario(target="none")), "needed")


@pytest.mark.parametrize("volume", prime.PROMISES)
def test_at_the_lowest_price_nothing_is_lost_while_the_support_is_held(volume: float) -> None:
    now = of(Scenario(held="prime"))
    value = prime.under_prime(now).lowest_value[volume]
    there = of(now.scenario.with_(contract_value=value))
    held = replace(there, incentives=replace(there.incentives, benchmark_hours=now.incentives.benchmark_hours))
    assert surplus.of(prime.at_volume(held, volume)).expected == pytest.approx(0, abs=1e-6)
