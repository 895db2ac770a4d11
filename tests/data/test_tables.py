"""The shipped data: unchanged, documented, rebuilt exactly, and calibrated to what is published."""

import csv
import os
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import build_greater_manchester, ogrs3
from data import greater_manchester_inputs as given
from data.build_tables import COHORTS, HERE, STATIC, TABLES
from data.fit_curves import checksums
from pricing.people import shipped

GREATER_MANCHESTER, GEORGIA = COHORTS / "greater_manchester", COHORTS / "georgia_parole"
README = (HERE / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def manchester() -> pd.DataFrame:
    return pd.read_csv(GREATER_MANCHESTER / "cells.csv")


@pytest.fixture(scope="module")
def drawn() -> build_greater_manchester.Drawn:
    return build_greater_manchester.build()


def test_every_shipped_file_has_its_checksum() -> None:
    assert (HERE / "SHA256SUMS").read_text(encoding="utf-8") == checksums()


@pytest.mark.parametrize(
    "path",
    sorted(path for folder in (TABLES, COHORTS, STATIC) for path in folder.rglob("*.*")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_readme_describes_every_shipped_file(path: Path) -> None:
    assert f"`{os.path.relpath(path, HERE)}`" in README


def test_readme_lists_every_input_of_the_illustrative_cohort() -> None:
    names = [name for name in vars(given) if name.isupper()]
    assert [name for name in names if f"`{name}`" not in README] == []


@pytest.mark.parametrize(
    ("previous", "one_year", "two_year"),
    [(0, 0.121616, 0.221305), (1, 0.315812, 0.486518), (4, 0.592258, 0.748843)],
)
def test_ogrs3_gives_the_published_cases(previous: int, one_year: float, two_year: float) -> None:
    found = [ogrs3.probability(previous, 0, "M", "18-20", "violence", horizon) for horizon in ogrs3.INTERCEPT]
    assert found == [pytest.approx(one_year, abs=5e-7), pytest.approx(two_year, abs=5e-7)]


def test_building_greater_manchester_again_gives_the_shipped_file(drawn: build_greater_manchester.Drawn) -> None:
    for table, name in ((drawn.cells, "cells.csv"), (drawn.counts, "counts.csv")):
        text = StringIO()
        table.to_csv(text, index=False, lineterminator="\n")
        assert text.getvalue() == (GREATER_MANCHESTER / name).read_text(encoding="utf-8")


def test_greater_manchester_has_the_published_rates(manchester: pd.DataFrame) -> None:
    assert manchester["people"].sum() == given.PEOPLE
    assert manchester["reoffended"].sum() / given.PEOPLE == pytest.approx(0.352, abs=0.5 / given.PEOPLE)
    short = manchester[manchester["sentence"] == "custody_short"]
    assert short["reoffended"].sum() / short["people"].sum() == pytest.approx(0.592, abs=0.5 / short["people"].sum())
    assert manchester["reoffences"].sum() / manchester["reoffended"].sum() == pytest.approx(4.73, abs=5e-4)


def test_greater_manchester_has_the_published_offence_mix(manchester: pd.DataFrame) -> None:
    published = pd.read_csv(TABLES / "index_offences.csv").set_index("offence")["offenders"]
    shares = manchester.groupby("offence")["people"].sum() / given.PEOPLE
    np.testing.assert_allclose(shares[published.index], published / published.sum(), atol=1 / given.PEOPLE)
    assert published.sum() == 331_356


def test_greater_manchester_has_the_published_shares_of_needs(manchester: pd.DataFrame) -> None:
    custody = manchester["sentence"] != "community"
    for need, (in_custody, in_community) in given.NEED_SHARES.items():
        assert manchester.loc[custody, need].mean() == pytest.approx(in_custody, abs=1e-3)
        assert manchester.loc[~custody, need].mean() == pytest.approx(in_community, abs=1e-3)
    women = custody & (manchester["sex"] == "F")
    assert manchester.loc[women, "mental_health"].mean() == pytest.approx(0.71, abs=2e-3)
    assert manchester.loc[~custody, "mental_health"].mean() == pytest.approx(0.38, abs=1e-3)


def test_needs_come_together_and_follow_scarce_homes_and_jobs(manchester: pd.DataFrame) -> None:
    together = manchester[list(given.NEED_ODDS_RATIOS)].corr().to_numpy()
    assert (together[~np.eye(5, dtype=bool)] > 0.1).all()
    for need, index in (("accommodation", "decile_housing"), ("employment", "decile_employment")):
        share = manchester.groupby(index)[need].mean()
        assert share[1] > share[10] + 0.1


def test_histogram_counts_the_same_people(manchester: pd.DataFrame) -> None:
    counts = pd.read_csv(GREATER_MANCHESTER / "counts.csv")
    assert counts["people"].sum() == given.PEOPLE
    assert counts["people"] @ counts["reoffences"] == manchester["reoffences"].sum()
    assert counts["people"] @ counts["reoffences"] ** 2 == manchester["reoffences_squared"].sum()


def test_alpha_is_near_what_covariates_are_expected_to_leave(drawn: build_greater_manchester.Drawn) -> None:
    fitted = shipped.curves("greater_manchester").curves["frequency"].alpha
    assert drawn.alpha == pytest.approx(1.6, abs=0.2)
    assert fitted == pytest.approx(drawn.alpha, rel=0.1)


def test_area_cases_stand_beside_the_cohort() -> None:
    cases = shipped.curves("greater_manchester").declaration.area_odds_ratios
    assert cases == {"low": 1.00, "central": given.AREA_ODDS_RATIO, "high": 1.06}


def test_georgia_tenths_follow_income_and_harm_is_the_shipped_mean() -> None:
    areas = pd.read_csv(GEORGIA / "areas.csv").sort_values("income_to_poverty")
    assert areas["decile"].is_monotonic_increasing
    assert set(areas["decile"]) == set(range(1, 11))
    cells = pd.read_csv(GEORGIA / "cells.csv")
    people = cells.groupby("decile")["people"].sum()
    pd.testing.assert_series_equal(people, areas.groupby("decile")["people"].sum())
    harm = pd.read_csv(TABLES / "harm_by_offence.csv").set_index("offence")["harm_days"]
    assert shipped.curves("georgia_parole").declaration.equal_severity == harm["All recorded crime"]


def test_georgia_cells_are_distinct_combinations() -> None:
    with (GEORGIA / "cells.csv").open(encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    assert len({tuple(row[:9]) for row in rows}) == len(rows)
    assert f"{len(rows):,}" in README
    assert f"{sum(row[10] == '1' for row in rows):,}" in README
