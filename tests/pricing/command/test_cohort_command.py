"""From records to a folder to every command: what is refused leaves nothing, and links know whom they are about."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pricing.__main__ import main
from pricing.people.records.folder import move_in
from pricing.scenario import offered
from tests.pricing.people.records.maps import MAP, people

ROOT = Path(__file__).parents[3]
STREETS = ROOT / "tests" / "pricing" / "people" / "records" / "streets.csv"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records, their map, and a cohort built from them."""
    found = tmp_path_factory.mktemp("records")
    people(3000, 1).to_csv(found / "people.csv", index=False)
    (found / "people.toml").write_text(MAP, encoding="utf-8")
    (found / "streets.csv").write_text(STREETS.read_text(), encoding="utf-8")
    assert (
        main(["cohort", "build", str(found / "people.csv"), *given(found), "--out", str(found / "own" / "my_town")])
        == 0
    )
    return found


def given(place: Path) -> list[str]:
    return ["--map", str(place / "people.toml")]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"EXPLORER_COHORTS": str(folder)}
    line = [sys.executable, *arguments]
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


OFFERED = """
from pricing.scenario import offered
own = [(name, folder) for name, folder in offered.folders().items() if folder.parent != offered.FOLDER]
print(*(f"{name} {folder}" for name, folder in own))
"""
LINKS = """
import sys
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
told = links.write(Scenario(cohort="my_town"))
other = told | {"cohort_sha256": "0" * 64}
elsewhere = told | {"cohort": "their_town"}
built_in = links.write(Scenario(cohort="georgia_parole"))
print("cohort_sha256" in told, "cohort_sha256" in built_in)
for one in (told, other, elsewhere):
    print(links.read({name: [text] for name, text in one.items()}).problems)
print(sorted(name for name in ("duckdb", "sqlglot", "pyarrow.csv", "psycopg", "pyspark") if name in sys.modules))
"""


def test_it_is_offered_beside_the_built_in_ones_and_a_link_knows_it(place: Path) -> None:
    found = run(place / "own", "-m", "pricing", "evaluate", "--cohort", "my_town")
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["scenario"]["cohort"] == "my_town"
    for folder in (place / "own", place / "own" / "my_town"):
        assert run(folder, "-c", OFFERED).stdout == f"my_town {place / 'own' / 'my_town'}\n"
    environment = os.environ | {"EXPLORER_COHORTS": str(place / "own")}
    told = subprocess.run(
        [sys.executable, "-c", LINKS], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    first, here, other, elsewhere, loaded = told.stdout.splitlines()
    assert first == "True False"
    assert here == "()"
    assert "The people called “my_town” here are not those that the link was made with" in other
    assert "people called “their_town”, whom this explorer does not have" in elsewhere
    assert loaded == "[]"


def test_what_is_assumed_of_people_elsewhere_is_part_of_their_digest(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(place / "own", tmp_path / "own")
    declared = tmp_path / "own" / "my_town" / "cohort.toml"
    monkeypatch.setattr(offered, "folders", lambda: {"my_town": declared.parent})
    text, digests = declared.read_text(encoding="utf-8"), []
    for said in (text, text.replace('label = "Made-up people"', 'label = "Others"'), f"implied_alpha = 2.6\n{text}"):
        declared.write_text(said, encoding="utf-8")
        digests.append(offered.digest.__wrapped__("my_town"))
    assert digests[0] == digests[1] != digests[2]


def test_what_cannot_be_joined_is_refused_before_anything_is_read(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "my_town")]
    assert main(["cohort", "build", str(tmp_path / "nothing.csv"), *given(place), *out, "--smallest", "1"]) == 2
    assert "--smallest 1: it should be from 2 to 1000" in capsys.readouterr().err
    (tmp_path / "my_town").write_text("mine")
    assert main(["cohort", "build", str(tmp_path / "nothing.csv"), *given(place), *out]) == 2
    assert "is a file: name a folder" in capsys.readouterr().err


def test_a_name_that_is_taken_is_refused(place: Path, tmp_path: Path) -> None:
    (tmp_path / "georgia_parole").symlink_to(place / "own" / "my_town")
    found = run(tmp_path, "-m", "pricing", "evaluate")
    assert "cannot be called georgia_parole" in found.stderr


def test_a_cohort_says_that_it_may_disclose_and_a_joined_one_does_not(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "do not share them" in (place / "own" / "my_town" / "cohort.toml").read_text(encoding="utf-8")
    out = ["--out", str(tmp_path / "joined"), "--smallest", "10"]
    assert main(["cohort", "build", str(place / "people.csv"), *given(place), *out]) == 0
    told = capsys.readouterr().out
    assert "of its standard errors" in told
    assert "an extra £1 of support pays back £" in told
    assert "do not share" not in (tmp_path / "joined" / "cohort.toml").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"joined"}


def test_what_is_wrong_is_told_and_leaves_nothing(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = people(1000, 2).assign(year="2023")
    table.loc[3, "age"] = "SECRET"
    table.to_csv(tmp_path / "people.csv", index=False)
    out = ["--out", str(tmp_path / "made" / "my_town")]
    assert main(["cohort", "check", str(tmp_path / "people.csv"), *given(place)]) == 2
    assert "Age: 1 row has a value that is not a number (row 4)" in capsys.readouterr().err
    assert main(["cohort", "build", str(tmp_path / "people.csv"), *given(place), *out]) == 2
    assert "SECRET" not in "".join(capsys.readouterr())
    assert not (tmp_path / "made").exists()
    assert main(["cohort", "build", str(tmp_path / "people.csv"), *given(place), *out, "--leave-out"]) == 0
    assert main(["cohort", "build", str(tmp_path / "people.csv"), *given(place), *out, "--leave-out"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert not any("SECRET" in path.read_text(encoding="utf-8") for path in (tmp_path / "made" / "my_town").iterdir())
    (tmp_path / "made" / "my_town" / "letter.doc").write_text("mine")
    assert main(["cohort", "build", str(tmp_path / "people.csv"), *given(place), *out, "--leave-out", "--force"]) == 2
    assert (tmp_path / "made" / "my_town" / "letter.doc").exists()


def test_too_few_people_or_one_outcome_is_refused(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "my_town")]
    for table, message in (
        (people(300, 1), "are too few for a curve"),
        (people(900, 1).assign(again="N", times=0, days=0), "Nobody reoffended"),
        (people(900, 1).assign(sex="Male"), "Everybody has the same level of Sex"),
    ):
        table.to_csv(tmp_path / "people.csv", index=False)
        assert main(["cohort", "build", str(tmp_path / "people.csv"), *given(place), *out]) == 2
        assert message in capsys.readouterr().err
    assert not (tmp_path / "my_town").exists()


@pytest.mark.parametrize("fails", ["the former", "the new one"])
def test_an_interrupt_while_a_cohort_is_written_over_leaves_one_of_the_two(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fails: str
) -> None:
    there, beside = tmp_path / "my_town", tmp_path / ".my_town.1.part"
    for path, said in ((there, "mine"), (beside, "another")):
        path.mkdir()
        (path / "cells.csv").write_text(said, encoding="utf-8")
    rename = Path.rename

    def interrupted(path: Path, to: Path) -> Path:
        if (path == there) == (fails == "the former") and path in (there, beside):
            raise KeyboardInterrupt
        return rename(path, to)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            move_in(beside, there)
    assert (there / "cells.csv").read_text(encoding="utf-8") == "mine"
    move_in(beside, there)
    assert (there / "cells.csv").read_text(encoding="utf-8") == "another"
    assert [path.name for path in tmp_path.iterdir()] == ["my_town"]
