"""Curves are written anew only where they say something else: the tenth digit hangs on the machine."""

import json

import pytest

from data import fit_curves


def test_two_fits_agree_up_to_the_digits_that_hang_on_the_machine() -> None:
    one = {"terms": ["a"], "covariance": [[1.0, 2.5e-5]], "n": 3}
    assert fit_curves.same(one, json.loads(json.dumps(one)))
    assert fit_curves.same(one, one | {"covariance": [[1.0, 2.5e-5 * (1 + 1e-9)]]})
    for other in (
        {"covariance": [[1.0, 2.50001e-5]]},
        {"covariance": [[1.0]]},
        {"terms": ["b"]},
        {"n": 4},
        {"more": 1},
    ):
        assert not fit_curves.same(one, one | other)


def test_one_cohort_is_fitted_by_name_and_a_file_that_says_the_same_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("data")
    for name in ("one", "other"):
        (folder / name).mkdir()
        (folder / name / "curves.json").write_text('{"a": 1.0}', encoding="utf-8")
    found = {"one": '{"a": 1.0000000001}', "other": '{"a": 2.0}'}
    monkeypatch.setattr(fit_curves, "COHORTS", folder)
    monkeypatch.setattr(fit_curves, "HERE", folder)
    monkeypatch.setattr(fit_curves, "checksums", lambda: "")
    monkeypatch.setattr(fit_curves, "fitted", lambda path: found[path.name])
    fit_curves.main(["one"])
    assert [(folder / name / "curves.json").read_text() for name in found] == ['{"a": 1.0}'] * 2
    fit_curves.main(["other"])
    assert (folder / "other" / "curves.json").read_text() == found["other"]
