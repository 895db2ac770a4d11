"""A value that stands in one row only is nowhere in what a build leaves: folder, terminal, errors, disk."""

import tempfile
from pathlib import Path

import pytest

from pricing.__main__ import main
from tests.pricing.people.records.maps import MAP, STREETS, people

MARKS = {
    "id": "QXcanary1",
    "age": "QXcanary2",
    "sex": "QXcanary3",
    "sanctions": "QXcanary4",
    "score": "QXcanary5",
    "test": "QXcanary6",
    "lsoa": "QXcanary7",
    "again": "QXcanary8",
    "times": "QXcanary9",
    "days": "QXcanary0",
}
"""By column: a value that no other row has, in a row of its own."""
EXACT_DAYS = "38.4417"
"""Harm of one person that is sound, and could be told by its digits."""


def write(folder: Path) -> None:
    """Records of which one row in each column is marked."""
    table = people(1_500, 8)
    table["year"] = "2023"
    for place, (column, mark) in enumerate(MARKS.items()):
        table.loc[7 * place, column] = mark
    table.loc[100, ["id", "again", "times", "days"]] = ["QXcanary1b", "Y", "1", EXACT_DAYS]
    table.to_csv(folder / "people.csv", index=False)
    (folder / "map.toml").write_text(MAP, encoding="utf-8")
    rows = "".join(f"{street},{place + 1}\n" for place, street in enumerate(STREETS))
    (folder / "streets.csv").write_text(f"street,tenth\n{rows}", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The records in a folder of their own, where temporary files would stand too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path)
    return tmp_path


@pytest.mark.parametrize("smallest", ["0", "10"])
def test_no_value_of_one_person_is_in_what_a_build_leaves(
    folder: Path, capfd: pytest.CaptureFixture[str], smallest: str
) -> None:
    brought = {path.name for path in folder.iterdir()}
    given = ("people.csv", "--map", "map.toml")
    assert main(["cohort", "build", *given, "--leave-out", "--out", "made", "--smallest", smallest]) == 0
    assert main(["cohort", "check", *given]) > 0
    said = "".join(capfd.readouterr())
    assert "Wrote made" in said
    assert "Nothing was built" in said
    left = [path for path in folder.rglob("*") if path.is_file() and path.name not in brought]
    assert {path.parent.name for path in left} == {"made"}
    told = said + "".join(path.read_text(encoding="utf-8") for path in left)
    assert "canary" not in told
    if smallest == "10":
        assert EXACT_DAYS not in told
        assert "(row" not in (folder / "made" / "report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("spoil", ['"', "\x00", "a,b\n1,2,3,4\n"])
def test_a_broken_file_is_refused_without_its_lines(
    folder: Path, capfd: pytest.CaptureFixture[str], spoil: str
) -> None:
    text = (folder / "people.csv").read_text(encoding="utf-8")
    half = text.index("QXcanary5")
    (folder / "people.csv").write_text(text[:half] + spoil + text[half:], encoding="utf-8")
    assert main(["cohort", "check", "people.csv", "--map", "map.toml"]) > 0
    assert "canary" not in "".join(capfd.readouterr())
