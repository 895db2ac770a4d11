"""The shipped cohorts load as declared, quickly, without statsmodels; files that do not belong together are refused."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pricing.errors import DataError
from pricing.people import shipped
from pricing.people.cells import read_cells, read_declaration
from pricing.people.risk_curves import rate_from_probability
from pricing.scenario import offered

NAMES = shipped.names()


@pytest.fixture
def copy_of_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped cohorts in a folder that may be spoilt."""
    folder = tmp_path / "cohorts"
    shutil.copytree(offered.FOLDER, folder)
    monkeypatch.setattr(offered, "folders", lambda: {name: folder / name for name in NAMES})
    monkeypatch.setattr(offered, "digest", offered.digest.__wrapped__)
    return folder


def test_the_default_is_first() -> None:
    assert NAMES[:2] == ("greater_manchester", "georgia_parole")


def test_an_unknown_cohort_is_refused_by_name() -> None:
    with pytest.raises(DataError, match=f"no built-in cohort atlantis; there are {', '.join(NAMES)}"):
        shipped.load("atlantis")


@pytest.mark.parametrize("name", NAMES)
def test_every_array_has_one_value_per_cell_in_range(name: str) -> None:
    cohort = shipped.load(name)
    cells = len(cohort.people)
    for values in (cohort.needs, cohort.probability, cohort.rate, cohort.severity, *cohort.deciles.values()):
        assert values.shape == (cells,)
        assert values.dtype == np.float64
    assert (cohort.people > 0).all()
    assert ((cohort.probability > 0) & (cohort.probability < 1)).all()
    assert (cohort.rate > 0).all()
    assert (cohort.severity > 0).all()
    assert set(cohort.deciles) == {"overall", "employment", "housing"}
    assert all(np.isin(values, np.arange(1, 11)).all() for values in cohort.deciles.values())
    for dimension in cohort.dimensions.values():
        assert dimension.codes.shape == (cells,)
        assert dimension.codes.min() >= 0
        assert dimension.codes.max() < len(dimension.levels)


def test_dimensions_of_each_cohort() -> None:
    shared = {"needs", "decile", "risk", "previous", "sentence", "age", "sex"}
    assert set(shipped.load("georgia_parole").dimensions) == shared
    assert set(shipped.load("greater_manchester").dimensions) == shared | {"borough", "offence"}
    previous = shipped.load("greater_manchester").dimensions["previous"]
    assert previous.levels == ("0", "1 to 2", "3 to 5", "6 to 10", "11 to 20", "21 or more")


def test_the_fitted_mean_is_the_observed_share() -> None:
    georgia, manchester = (shipped.load(name) for name in ("georgia_parole", "greater_manchester"))
    assert georgia.people.sum() == 25_750
    assert georgia.mean(georgia.probability) == pytest.approx(14_855 / 25_750, abs=1e-9)
    assert manchester.people.sum() == 8_000
    assert manchester.mean(manchester.probability) == pytest.approx(0.352, abs=1e-9)


def test_georgia_implies_its_rate_and_has_one_severity() -> None:
    georgia = shipped.load("georgia_parole")
    np.testing.assert_allclose(georgia.rate, rate_from_probability(georgia.probability, 1.6))
    assert set(georgia.severity) == {101.68}
    assert any("implied" in note and "not observed" in note for note in georgia.notes)
    assert any("severity metric equals the frequency metric" in note for note in georgia.notes)


def test_cautions_say_what_a_reader_must_know() -> None:
    assert "These are invented people, built from published facts" in shipped.load("greater_manchester").caution
    georgia = shipped.load("georgia_parole").caution
    for words in ("Real people", "USA", "rearrest within three years", "not the English measure", "no gradient"):
        assert words in georgia


def test_georgia_is_calibrated_on_people_held_out() -> None:
    report = shipped.curves("georgia_parole").hold_out
    assert 0.9 <= report.slope <= 1.1
    assert report.brier < report.brier_base_rate
    assert report.people + report.fitted_on == 25_750
    assert {group.factor for group in report.groups} == {"everyone", "risk", "needs", "decile"}
    # Ratios outside their 95% interval are named, here and on the page; of 25 groups one or two are expected to be.
    outside = {(group.factor, group.label) for group in report.outside}
    assert outside == {("decile", "3")}


def test_three_in_ten_people_are_held_out() -> None:
    for name in NAMES:
        published = shipped.curves(name)
        held = published.cells.people[published.cells.held_out].sum()
        assert held == published.hold_out.people
        assert held / published.cells.people.sum() == pytest.approx(0.3, abs=0.01)


def test_grouping_cells_keeps_every_sum() -> None:
    cells = shipped.curves("greater_manchester").cells
    grouped = cells.group(["sex", "borough"])
    assert len(grouped.people) == 20
    for name, sums in cells.outcomes.items():
        assert grouped.outcomes[name].sum() == pytest.approx(sums.sum())


def test_curves_fitted_to_other_cells_are_refused(copy_of_shipped: Path) -> None:
    with (copy_of_shipped / "georgia_parole" / "cells.csv").open("a") as file:
        file.write("18-22,F,0,long,0,0,0,0,1,0,5,1\n")
    with pytest.raises(DataError, match="fitted to other cells"):
        shipped.curves.__wrapped__("georgia_parole")


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("age,sex", "age,gender", "columns"),
        ("18-22,F", "17-22,F", "age has the undeclared value '17-22'"),
        (",long,", ",forever,", "sentence has the undeclared value 'forever'"),
    ],
)
def test_cells_that_are_not_as_declared_are_refused(
    copy_of_shipped: Path, wrong: str, right: str, message: str
) -> None:
    path = copy_of_shipped / "georgia_parole" / "cells.csv"
    path.write_text(path.read_text().replace(wrong, right, 1))
    with pytest.raises(DataError, match=message):
        read_cells(path, read_declaration(path.with_name("cohort.toml")))


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("caution =", "warning =", "georgia_parole/cohort.toml does not declare 'caution'"),
        ('kind = "count"', 'kind = "number"', "previous has kind number"),
        ('labels = ["Women", "Men"]', 'labels = ["Women"]', "sex has 2 levels and 1 labels"),
    ],
)
def test_declarations_that_are_incomplete_are_refused(
    copy_of_shipped: Path, wrong: str, right: str, message: str
) -> None:
    path = copy_of_shipped / "georgia_parole" / "cohort.toml"
    path.write_text(path.read_text().replace(wrong, right, 1))
    with pytest.raises(DataError, match=message):
        read_declaration(path)


def test_a_cohort_without_counts_must_declare_what_stands_in(copy_of_shipped: Path) -> None:
    path = copy_of_shipped / "georgia_parole" / "cohort.toml"
    path.write_text(path.read_text().replace("implied_alpha = 1.6\n", ""))
    published = shipped.curves.__wrapped__("georgia_parole")
    with pytest.raises(DataError, match="implied_alpha"):
        published.risks(published.cells.codes)


def test_the_digest_follows_cells_and_curves(copy_of_shipped: Path) -> None:
    before = shipped.load("georgia_parole").digest
    path = copy_of_shipped / "georgia_parole" / "curves.json"
    content = json.loads(path.read_text())
    content["hold_out"]["auc"] = 0.5
    path.write_text(json.dumps(content))
    assert shipped.load.__wrapped__("georgia_parole").digest != before


def test_reading_curves_does_not_import_what_fits_them() -> None:
    code = (
        "import sys; from pricing.people import shipped as b; [b.load(n) for n in b.names()]; "
        "print(*{'statsmodels', 'patsy', 'pandas', 'scipy', 'streamlit'} & set(sys.modules))"
    )
    root = Path(__file__).parents[3]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
