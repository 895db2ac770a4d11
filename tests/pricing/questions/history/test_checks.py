"""Checked against history: the published figures come out, and another clause would have made another history."""

import csv
import io
import json
from itertools import permutations

import numpy as np
import pytest

from pricing import MODEL_VERSION
from pricing.__main__ import main
from pricing.command import history
from pricing.questions.history import checks
from pricing.questions.history.bonds import doncaster, hedderman, justice_reinvestment, peterborough, troubled_families
from pricing.questions.history.bonds import work_programme as work_programme_at
from pricing.questions.history.check import KINDS, Row, in_points, people, settled
from pricing.questions.history.ladders import (
    SKILL_MILL_ACHIEVED,
    SKILL_MILL_PRICES,
    rikers,
    roca,
    skill_mill,
    south_auckland,
)
from pricing.questions.history.probation import (
    ERROR,
    RATIO_EXCESS,
    RATIO_WHOLE,
    ZONE,
    areas_standing_out,
    first_year,
    pooling,
    smf,
    straw_man,
)
from pricing.questions.results_paid import results_paid
from pricing.scenario import links

ROWS = {row.key: row for row in checks.rows()}


def values(row: Row) -> list[float]:
    return [finding.value for finding in row.findings]


def agreed(row: Row) -> list[bool]:
    return [finding.agrees for finding in row.findings]


def test_the_straw_man_is_flat_within_three_points_and_pays_both_ways_beyond() -> None:
    inside, fall, rise, gated = values(ROWS["straw_man"])
    assert inside == 0
    assert fall > 0 > rise
    assert gated == pytest.approx(0, abs=1e-6)
    assert agreed(straw_man(zone=2.5)) == [False, True, True, True]
    assert agreed(straw_man(zone=3.5)) == [True, False, False, True]


def test_smf_is_a_shape_and_says_what_does_not_come_out() -> None:
    row = ROWS["smf"]
    likely, aim, drift, chance, small, fixed = values(row)
    assert (likely, round(aim, 2), round(chance, 2)) == (3.0, 3.54, 0.63)
    assert 0 < drift < 3
    assert small == pytest.approx(2 * aim, rel=1e-6)
    assert fixed < aim
    assert row.verdict == "in part"
    assert agreed(row) == [False, True, True, True, True, False]
    assert row.kind == "shape"
    assert row.ratios == (1.25, 3.0)
    assert "1.25 or 3 times" in row.basis


def test_every_smaller_aim_loses_money() -> None:
    for inner, ratio, aim in ((1.0, RATIO_WHOLE, 3.54), (0.0, RATIO_EXCESS, 4.22)):
        aims = np.linspace(0.01, aim - 0.01, 200)
        assert np.all(ratio * in_points(ZONE, inner).expected(aims, ERROR) < aims)
        assert ratio * float(in_points(ZONE, inner).expected(aim + 0.01, ERROR)) > aim + 0.01


def test_smfs_link_has_about_its_luck() -> None:
    scenario = ROWS["smf"].scenario
    assert scenario is not None
    noise = 100 * settled(scenario).noise[0] * people().mean(people().probability)
    assert noise == pytest.approx(ERROR, abs=0.05)


def test_in_the_first_year_the_metrics_disagree() -> None:
    rise, binary, frequency = values(ROWS["first_year"])
    assert round(100 * rise, 1) == 7.0
    assert binary > 0 > frequency
    # Had each reoffender reoffended as often as before, both would have been rewarded.
    assert agreed(first_year(per_reoffender=4.2)) == [False, True, False]


def test_what_stands_out_by_year_need_not_by_quarter() -> None:
    row = ROWS["pooling"]
    assert agreed(row) == [True, True]
    assert row.ratios == ()
    assert round(values(row)[0]) == 21
    falls = np.linspace(0.005, 0.06, 12)
    assert all(areas_standing_out(fall, 4) < areas_standing_out(fall, 1) for fall in falls)
    assert agreed(pooling(periods=1)) == [False, False]


def test_peterborough_is_not_paid_at_8_4_and_is_at_9_0() -> None:
    assert values(ROWS["peterborough"]) == [0.0, pytest.approx(0.09)]
    assert agreed(peterborough(trigger=0.08)) == [False, True]
    assert agreed(peterborough(pooled=0.095)) == [True, False]


def test_doncaster_keeps_at_5_7_and_repays_at_3_3() -> None:
    assert values(ROWS["doncaster"]) == [pytest.approx(0.1), 0.0]
    assert agreed(doncaster(threshold=6.0)) == [False, True]
    assert agreed(doncaster(threshold=3.0)) == [True, False]


def test_the_work_programmes_premium_does_not_stop_parking() -> None:
    row = ROWS["work_programme"]
    payback, parked = values(row)
    assert payback < 1
    assert parked > 0.5
    assert row.ratios == (round(payback, 2),)
    assert agreed(work_programme_at(premium=0.0)) == [False, True]


def test_troubled_families_come_to_600_000() -> None:
    assert values(ROWS["troubled_families"]) == pytest.approx([3200, 800, 600_000])
    assert agreed(troubled_families(funded=1.0)) == [True, True, False]


def test_justice_reinvestment_pays_half_at_5_and_all_beyond_up_to_20() -> None:
    assert values(ROWS["justice_reinvestment"]) == pytest.approx([0.5, 1.0, 0.175], abs=1e-6)
    assert agreed(justice_reinvestment(threshold=0.1))[0] is False


def test_at_the_cliff_edge_it_pays_to_stop_and_not_under_a_linear_price() -> None:
    cliff, linear = values(ROWS["hedderman"])
    assert cliff == pytest.approx(-0.02)
    assert linear == pytest.approx(0.005)
    # A target within reach, or a price under cost, turns either.
    assert agreed(hedderman(target=0.07)) == [False, True]
    assert agreed(hedderman(ratio=0.9)) == [True, False]


def test_at_rikers_a_fall_pays_from_8_5_and_20_earns_5_1_a_year() -> None:
    assert values(ROWS["rikers"]) == [0.0, pytest.approx(0.05096, abs=1e-4)]
    assert agreed(rikers(first=0.08)) == [False, True]
    assert agreed(rikers(most=12.5)) == [True, False]


def test_roca_pays_nothing_at_5() -> None:
    assert values(ROWS["roca"]) == [0.0, 4.0]
    assert agreed(roca(first=0.05)) == [False, True]
    assert agreed(roca(first=0.2)) == [True, False]


def test_south_aucklands_fall_is_rewarded_and_a_rise_would_not_be() -> None:
    assert agreed(ROWS["south_auckland"]) == [True]
    assert agreed(south_auckland(fall=-0.1)) == [False]


def test_no_pairing_of_the_skill_mills_prices_and_outcomes_fits_its_limit() -> None:
    every = [np.dot(SKILL_MILL_PRICES, order) for order in permutations(SKILL_MILL_ACHIEVED)]
    assert values(ROWS["skill_mill"]) == [every[0], min(every)] == [4_710_060, 3_549_120]
    assert agreed(skill_mill(most=4e6)) == [True, False]


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_every_row_is_a_link_that_reads_back_and_can_be_shown(row: Row) -> None:
    from tests.pages.visit import evaluated

    if row.scenario is None:
        return
    link = links.read(links.from_url("?" + links.to_query(links.write(row.scenario))))
    assert link.scenario == row.scenario
    assert not link.problems
    assert np.isfinite(results_paid(evaluated(row.scenario)).pay)


def test_a_row_says_what_it_checks_what_it_cannot_and_its_ratio() -> None:
    for row in ROWS.values():
        assert row.kind in KINDS
        assert row.basis.startswith(f"Kind of check: {row.kind}")
        assert row.unchecked.endswith(".")
        assert ("times the cost" in row.basis) == bool(row.ratios)


def test_the_summary_counts() -> None:
    assert checks.summary(checks.rows()) == (
        "Arithmetic: 9 of 9 contracts agree; shape: 4 of 5 contracts agree, 1 in part; figure: none can be checked."
    )
    assert checks.summary((peterborough(trigger=0.08, pooled=0.095), smf())) == (
        "Arithmetic: 0 of 1 contracts agree, 1 not at all; shape: 0 of 1 contracts agree, 1 in part; "
        "figure: none can be checked."
    )


def test_the_command_prints_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["version"] == MODEL_VERSION
    assert [row["key"] for row in document["rows"]] == list(ROWS)
    assert [row["agrees"] for row in document["rows"]] == [row.verdict for row in ROWS.values()]
    assert main(["history", "--format", "csv"]) == 0
    comment, _, table = capsys.readouterr().out.partition("\n")
    assert f"model {MODEL_VERSION}" in comment
    assert [row["key"] for row in csv.DictReader(io.StringIO(table))] == list(ROWS)
    with pytest.raises(SystemExit):
        main(["history", "--help"])
    told = capsys.readouterr().out
    assert not {n for n in (*document, *document["rows"][0], *document["rows"][0]["findings"][0]) if n not in told}
    assert history.as_csv().startswith("# ")
