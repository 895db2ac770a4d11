"""``python -m pricing consultation``: lists, takes away and deletes what rooms said, and says why where it cannot."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from consultation.kept import store
from pricing.__main__ import main
from tests.consultation import rooms


@pytest.fixture(autouse=True)
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "rooms.sqlite"
    monkeypatch.setenv("EXPLORER_DATABASE", str(path))
    yield path
    store.close_all()


def said(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    assert main(["consultation", *line]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    assert main(["consultation", *line]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_it_lists_exports_and_deletes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert json.loads(said(capsys, "list"))["events"] == []
    made = rooms.started(title="=1+1")
    event = rooms.asked_of_all(made, 5)
    (row,) = json.loads(said(capsys, "list"))["events"]
    assert (row["code"], row["people"], row["answers"]) == (event.code, 5, 5 * len(event.questions))
    listed = list(csv.DictReader(io.StringIO(said(capsys, "list", "--format", "csv", "--rows-only"))))
    assert [one["title"] for one in listed] == ["'=1+1"]

    rows = list(csv.DictReader(io.StringIO(said(capsys, "export", event.code.lower(), "--rows-only"))))
    assert len(rows) == 5 * len(event.questions)
    assert {row["link"] for row in rows if row["link"]} <= {f"http://localhost:8501/?{q}" for q in _queries(rows)}
    schema = json.loads(said(capsys, "schema"))
    jsonschema.validate(json.loads(said(capsys, "export", event.code, "--format", "json")), schema)
    for form in ("xlsx", "html"):
        file = tmp_path / f"room.{form}"
        said(capsys, "export", event.code, "--format", form, "--output", str(file))
        assert file.stat().st_size > 1000

    assert event.code in said(capsys, "delete", event.code)
    assert json.loads(said(capsys, "list"))["events"] == []
    assert "No event has this code" in refused(capsys, "delete", event.code)


def _queries(rows: list[dict[str, str]]) -> set[str]:
    return {row["link"].partition("?")[2] for row in rows}


def test_it_says_what_it_cannot_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    made = rooms.started()
    code = made.event.code
    assert "--output FILE.xlsx" in refused(capsys, "export", code, "--format", "xlsx")
    assert "ends in .csv" in refused(capsys, "export", code, "--output", str(tmp_path / "a.json"))
    assert "No event has this code" in refused(capsys, "export", "ABCDEF")
    assert said(capsys, "migrate") == "The database of what rooms said is up to date.\n"


def test_no_store_is_one_sentence(
    capsys: pytest.CaptureFixture[str], kept_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_in.mkdir()
    assert refused(capsys, "list").startswith("error: There is no database for what rooms say (")
    monkeypatch.setenv("EXPLORER_DATABASE", "mysql://root:geheim@localhost/x")
    answer = refused(capsys, "list")
    assert "EXPLORER_DATABASE" in answer
    assert "geheim" not in answer


def test_no_secret_and_no_author_leaves(capsys: pytest.CaptureFixture[str]) -> None:
    made = rooms.started()
    event = rooms.asked_of_all(made, 5)
    for line in (("list",), ("export", event.code), ("export", event.code, "--format", "json")):
        text = said(capsys, *line)
        assert made.secret not in text
        assert rooms.browser(1) not in text
