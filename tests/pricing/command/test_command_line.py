"""The command line: the same numbers as the model, a stable shape, and one sentence for bad input."""

import csv
import io
import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pricing import MODEL_VERSION
from pricing.__main__ import main
from pricing.command import line, output
from pricing.command.evaluate import COLUMNS, TOTALS
from pricing.command.results import KEYS_HELP as RESULTS_HELP
from pricing.command.savings import KEYS_HELP as SAVINGS_HELP
from pricing.command.small_provider import KEYS_HELP as PROVIDER_HELP
from pricing.errors import OutputError
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.history import checks
from pricing.questions.how_sure.assumed_ranges import NEED, RANGES
from pricing.questions.results_paid import AREAS, results_paid
from pricing.questions.savings.pot import Pot
from pricing.questions.savings.saved import savings
from pricing.questions.small_provider import prime, surplus, trustees
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, specs
from pricing.take_away import scenario_file
from pricing.take_away.files import FILES
from tests.cohorts import SIX_GROUPS, six_groups
from tests.hostile import one_command
from tests.hostile.draw_commands import CLOSED, FULL, HostileCommand
from tests.hostile.one_command import Ended
from tests.pricing.take_away import covers


@pytest.fixture
def six(tmp_path: Path) -> Path:
    file = tmp_path / "six groups.csv"
    rows = zip(*SIX_GROUPS.values(), strict=True)
    file.write_text("\n".join(",".join(map(str, row)) for row in [list(SIX_GROUPS), *rows]), encoding="utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def evaluated(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(capsys, "evaluate", *words))
    return found


def test_a_baseline_file_keeps_its_rows_in_order(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = evaluated(capsys, "--baseline", six)
    assert [round(group["payback"], 3) for group in document["groups"]] == [0.475, 0.578, 0.518, 0.421, 0.347, 0.196]
    assert [group["people"] for group in document["groups"]] == SIX_GROUPS["people"]
    assert round(document["prices"]["binary"], 2) == 27807.78


def test_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = evaluated(capsys, "--baseline", six, "--set", "metric=blend")
    assert list(document) == ["version", "scenario", "prices", "totals", "followed", "groups"]
    assert document["version"] == MODEL_VERSION
    assert list(document["scenario"]) == list(specs())
    assert list(document["prices"]) == ["binary", "frequency", "severity", "progress"]
    costs = [f"{what}_at_{effort}" for effort in ("chosen", "benchmark") for what in ("a_head", "on_results")]
    assert list(document["totals"]) == [*TOTALS, *costs]
    assert all(tuple(group) == COLUMNS for group in document["groups"])


def test_totals_are_the_models_own(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = evaluated(capsys, "--baseline", six)
    totals = evaluate(Scenario(), six_groups()).totals
    found = document["totals"]
    assert {name: found[name] for name in TOTALS} == {name: totals[name] for name in TOTALS}
    for effort in ("chosen", "benchmark"):
        paid = totals[f"spend_at_{effort}"]
        assert found[f"a_head_at_{effort}"] == pytest.approx(paid / totals["people"])
        assert found[f"on_results_at_{effort}"] == pytest.approx(1 - totals["fee"] / paid)


def test_a_cohort_has_a_row_per_need_count_and_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    document = evaluated(capsys, "--cohort", "georgia_parole")
    places = [(group["needs"], group["decile"]) for group in document["groups"]]
    assert places == sorted(set(places))
    assert {decile for _, decile in places} <= set(range(1, 11))
    assert sum(group["people"] for group in document["groups"]) == 25_750
    assert document["scenario"]["cohort"] == "georgia_parole"


def test_payback_is_null_where_it_is_not_defined(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = evaluated(capsys, "--baseline", six, "--set", "minimum_hours=100", "--set", "hour_cost=120")
    assert document["groups"][0]["payback"] is None


def test_a_link_and_settings_combine(capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://example.org/risk_curves?" + links.to_query(links.write(Scenario(metric="frequency", target="own")))
    document = evaluated(capsys, "--link", url, "--set", "need_premium=0.3")
    assert document["scenario"] == Scenario(metric="frequency", target="own", need_premium=0.3).values()


def test_csv_is_headed_by_version_and_settings(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    comment, _, table = run(capsys, "evaluate", "--baseline", six, "--format", "csv").partition("\n")
    assert f"model {MODEL_VERSION}" in comment
    assert "contract_value=2240" in comment
    rows = list(csv.DictReader(io.StringIO(table)))
    assert tuple(rows[0]) == COLUMNS
    assert [float(row["payback"]) for row in rows] == pytest.approx(
        evaluate(Scenario(), six_groups()).incentives.payback.tolist()
    )


def test_how_sure_agrees_with_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("uncertainty", "--set", "target=own", "--set", "results_share=0.5")
    document = json.loads(run(capsys, *words))
    assert list(document) == ["version", "scenario", "draws", "totals", "assumptions", "groups"]
    plain = evaluated(capsys, *words[1:])
    found = evaluate(Scenario(target="own", results_share=0.5), shipped.load("greater_manchester"))
    everyone = document["totals"]["payback"]
    assert everyone["central"] == pytest.approx(found.payback, rel=1e-12)
    assert everyone["low"] < everyone["central"] < everyone["high"]
    assert [group["payback"] for group in document["groups"]] == pytest.approx([g["payback"] for g in plain["groups"]])
    assert all(0 <= group["payback_under_1"] <= document["draws"] for group in document["groups"])
    assert {row["name"] for row in document["assumptions"]} == {*RANGES, NEED}
    assert run(capsys, *words) == run(capsys, *words)


def test_how_sure_of_a_readers_own_table(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = json.loads(run(capsys, "uncertainty", "--baseline", six))
    assert [group["people"] for group in document["groups"]] == SIX_GROUPS["people"]
    comment, _, table = run(capsys, "uncertainty", "--baseline", six, "--format", "csv").partition("\n")
    assert f"model {MODEL_VERSION}" in comment
    assert list(next(csv.DictReader(io.StringIO(table)))) == list(document["groups"][0])


@pytest.mark.parametrize("command", ["evaluate", "uncertainty"])
def test_help_names_every_key(capsys: pytest.CaptureFixture[str], command: str) -> None:
    document = json.loads(run(capsys, command))
    with pytest.raises(SystemExit):
        main([command, "--help"])
    told = capsys.readouterr().out
    names = {*document, *document["totals"], *document["groups"][0]} | {*document.get("assumptions", [{}])[0]}
    assert not {name for name in names if name not in told}


def test_parameters_lists_each_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(run(capsys, "parameters"))
    assert [row["name"] for row in rows] == list(specs())
    assert all(row["source"] for row in rows)
    assert len(run(capsys, "parameters", "--format", "csv").splitlines()) == len(rows) + 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "prise=1"], "“prise” is not a parameter."),
        (["--set", "need_premium"], "write it as name=value"),
        (["--set", "need_premium=2"], "need_premium: 2 is outside 0 to 1"),
        (["--set", "need_premium=nan"], "is not a number"),
        (["--set", "need_premium=1e999"], "“1e999” is too large a number"),
        (["--set", "need_premium=.1", "--set", "need_premium=.2"], "given twice"),
        (["--set", "metric=frequency", "--set", "target=none"], "needs a target"),
        (["--set", "metric=own", "--set", "target=frequency"], "metric: “own” is not one of"),
        (["--cohort", "atlantis"], "cohort: “atlantis” is not one of"),
        (["--baseline", "nowhere.csv"], "cannot be read"),
        (["--set", "cohort=own_table"], "--baseline FILE"),
        (["--set", "cohort=georgia_parole", "--baseline", "nowhere.csv"], "--baseline name different people"),
        (["--set", "cohort=georgia_parole", "--cohort", "greater_manchester"], "--cohort name different people"),
        (["--link", "https://example.org/?need_premium=9"], "The link cannot be honoured"),
        (["--scenario", "nowhere.json"], "cannot be read"),
        (["--scenario", __file__], "The file is not"),
        (["--model", "0.9.0"], "--model “0.9.0”: this is model"),
    ],
)
def test_bad_input_gets_one_sentence(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert main(["evaluate", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert printed.err.count("\n") == 1


def test_a_baseline_that_is_not_the_links_own_is_refused(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    table = links.TableName("other.csv", "ab" * 32)
    url = "?" + links.to_query(links.write(Scenario(cohort="own_table"), table))
    assert main(["evaluate", "--link", url, "--baseline", str(six)]) == 2
    assert "made from another table" in capsys.readouterr().err


def test_builtin_cohorts_are_the_declared_choices() -> None:
    assert {*shipped.names(), "own_table"} == set(specs()["cohort"].choices)


def test_results_says_what_the_page_says(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    clauses = ["--set", "flat_zone=fixed", "--set", "measured_people=2000"]
    document = json.loads(run(capsys, "results", "--baseline", six, *clauses))
    found = evaluate(Scenario(cohort="own_table", flat_zone="fixed", measured_people=2000.0), six_groups())
    paid = results_paid(found)
    assert found.mechanics is not None
    assert document["factor"] == paid.factor == found.mechanics.factor
    assert document["effective_prices"]["binary"] == pytest.approx(paid.factor * document["prices"]["binary"])
    assert [row["expected"] for row in document["curve"]] == paid.curve.expected.tolist()
    assert list(document["areas"]) == list(AREAS)
    assert document["other"] is None


def test_results_of_a_linear_contract_are_its_prices(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = json.loads(run(capsys, "results", "--baseline", six))
    assert document["effective_prices"] == document["prices"]
    assert document["factor"] == 1.0
    table = run(capsys, "results", "--baseline", six, "--format", "csv").splitlines()
    assert table[1] == "points,expected,linear,low,high,chance,factor"
    assert len(table) == 2 + len(document["curve"])


def test_savings_say_what_the_model_says_and_help_names_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(run(capsys, "savings", "--set", "pot_rule=reinvestment"))
    scenario = Scenario(pot_rule="reinvestment")
    pot = Pot(savings(evaluate(scenario, shipped.load("greater_manchester")), at_benchmark=True))
    assert document["needed"]["pot"] == pytest.approx(pot.put_in)
    assert [row["saved"] for row in document["needed"]["agencies"]] == pytest.approx(
        list(pot.savings.by_agency.values())
    )
    assert document["pays_best"]["pot"] == 0
    assert document["pays_for"] == []
    view = document["needed"]
    names = {*document, *view, *view["agencies"][0], "name", "put_in"}
    assert not {name for name in names if name not in SAVINGS_HELP}
    table = run(capsys, "savings", "--format", "csv").splitlines()
    assert table[1] == "effort,key,reach,saved,cash,put_in,kept"
    assert len(table) == 2 + 2 * len(view["agencies"])


def test_a_ratio_is_null_where_nothing_is_spent(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    free = ("results_share=0", "case_cost=0", "minimum_hours=0")
    document = json.loads(run(capsys, "savings", "--baseline", six, *(word for one in free for word in ("--set", one))))
    assert document["pays_best"]["value"]["society"]["spent"] == 0
    assert document["pays_best"]["value"]["society"]["ratio"] is None
    assert document["needed"]["value"]["society"]["ratio"] > 0


@pytest.mark.parametrize("command", ["evaluate", "compare", "history"])
def test_a_csv_of_rows_alone_is_what_stands_below_the_notes(capsys: pytest.CaptureFixture[str], command: str) -> None:
    words = [command, *(["--a", "results_share=0"] if command == "compare" else []), "--format", "csv"]
    whole, rows = run(capsys, *words), run(capsys, *words, "--rows-only")
    assert rows == "".join(line for line in whole.splitlines(keepends=True) if not line.startswith("#"))
    assert len(pd.read_csv(io.StringIO(rows)).columns) > 1
    assert not rows.startswith("#")
    assert whole.startswith("#")


def test_rows_alone_are_those_of_a_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--rows-only"]) == 2
    assert "--rows-only goes with --format csv" in capsys.readouterr().err


def test_every_key_of_results_is_in_its_help(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = json.loads(run(capsys, "results", "--baseline", six))
    for key in [*document, *document["curve"][0], *document["areas"]]:
        assert key in RESULTS_HELP


@pytest.mark.parametrize("kind", FILES)
def test_take_away_writes_what_the_page_gives(capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"taken.{FILES[kind].ending.upper()}"
    words = ("--set", "need_premium=0.3", "--set", "clients=12", "--made", "2026-11-24", "--address", covers.ADDRESS)
    # What trustees are told is worked out for seconds of a cohort, twice.
    own = kind == "trustees"
    people = ("--baseline", covers.FILE) if own else ()
    assert "Wrote" in run(capsys, "take-away", *people, *words, "--format", kind, "--output", file)
    told = covers.of((covers.OWN if own else Scenario()).with_(need_premium=0.3, clients=12))
    assert file.read_bytes() == FILES[kind].write(told)


def test_a_scenario_file_and_a_table_give_the_same_numbers(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    file = six.with_name("scenario.json")
    words = ("--baseline", six, "--set", "target=own", "--set", "hour_cost=33")
    run(capsys, "take-away", *words, "--format", "json", "--output", file)
    assert evaluated(capsys, "--scenario", file, "--baseline", six) == evaluated(capsys, *words)
    assert main(["evaluate", "--scenario", str(file), "--baseline", str(covers.FILE)]) == 2
    assert "made from another table" in capsys.readouterr().err
    file.write_text(file.read_text(encoding="utf-8").replace("33.0", "9000.0"), encoding="utf-8")
    assert main(["evaluate", "--scenario", str(file), "--baseline", str(six)]) == 2
    assert "The file cannot be honoured: hour_cost: 9000 is outside" in capsys.readouterr().err


def test_what_cannot_be_written_gets_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["take-away", "--output", str(tmp_path)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_file_that_is_there_is_written_over_only_where_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "report.json"
    file.write_text("mine", encoding="utf-8")
    words = ["take-away", "--format", "json", "--output", str(file)]
    assert main(words) == 2
    assert "is there already. --force writes over it." in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "mine"
    run(capsys, *words, "--force")
    assert json.loads(file.read_bytes())["model"] == MODEL_VERSION
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_name_that_says_another_format_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["take-away", "--format", "xlsx", "--output", str(tmp_path / "report.pdf")]) == 2
    assert "report.pdf”: a file of this format ends in .xlsx" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_full_disk_costs_nothing_that_was_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file, link = tmp_path / "report.html", tmp_path / "link.html"
    file.write_bytes(b"mine")
    link.symlink_to(file)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="cannot be written: No space left on device"):
            output.save(file, b"another")
    assert file.read_bytes() == b"mine"
    output.save(link, b"another")
    assert (link.is_symlink(), file.read_bytes()) == (True, b"another")
    assert {path.name for path in tmp_path.iterdir()} == {file.name, link.name}


def test_each_subcommand_stands_in_the_readme() -> None:
    read = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    assert [name for name in line.SUBCOMMANDS if f"-m pricing {name}" not in read and f"`{name}`" not in read] == []


def test_each_subcommand_goes_by_its_name_and_is_loaded_alone() -> None:
    assert [line.subcommand(name).name for name in line.SUBCOMMANDS] == list(line.SUBCOMMANDS)
    assert line.needed(["savings", "--help"]) == ("savings",)
    assert not line.needed(["--version"])
    for words in ([], ["--help"], ["nope"]):
        assert list(line.needed(words)) == list(line.SUBCOMMANDS)


def test_the_schema_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(run(capsys, "schema")) == scenario_file.schema()


def test_provider_says_what_the_page_says(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    document = json.loads(run(capsys, "provider", "--baseline", six, "--set", "clients=20"))
    found = evaluate(Scenario(cohort="own_table", clients=20.0), six_groups())
    year = surplus.of(found)
    assert document["year"]["chance_of_loss"] == year.chance_of_loss
    assert document["prime"]["left"] == prime.under_prime(found).left.tolist()
    said = trustees.verdict(found)
    assert document["verdict"] == {
        "carried": said.carried,
        "expected": said.expected,
        "worst_year": said.worst_year,
        "bearable": said.bearable,
        "pool": 1.0,
    }
    assert list(document)[3:] == ["year", "verdict", "years", "luck", "together", "cash", "prime", "seats"]
    for name, part in document.items():
        if name not in ("version", "scenario", "hours"):
            assert not {key for key in part if key not in PROVIDER_HELP}, name
    for seat in document["seats"].values():
        assert not {key for key in seat if key not in PROVIDER_HELP}


@pytest.mark.parametrize("partners", [1, 4])
def test_provider_looks_for_what_would_turn_its_verdict(
    capsys: pytest.CaptureFixture[str], six: Path, partners: int
) -> None:
    asked = ("provider", "--baseline", six, "--set", f"partners={partners}", "--set", "results_share=0.6", "--remedies")
    document = json.loads(run(capsys, *asked))
    said = trustees.verdict(
        evaluate(Scenario(cohort="own_table", results_share=0.6, partners=float(partners)), six_groups())
    )
    assert not said.carried
    for name, value in document["verdict"].items():
        assert name in PROVIDER_HELP
        assert value == (None if math.isnan(getattr(said, name)) else getattr(said, name)), name
    assert {"reserves", "share", "clients", "partners"} <= document["verdict"].keys()


def test_provider_gives_every_chance_or_every_month_as_csv(capsys: pytest.CaptureFixture[str], six: Path) -> None:
    words = ("provider", "--baseline", six, "--set", "clients=20", "--format", "csv")
    comment, _, table = run(capsys, *words).partition("\n")
    assert f"model {MODEL_VERSION}" in comment
    rows = list(csv.DictReader(io.StringIO(table)))
    assert sum(float(row["chance"]) for row in rows) == pytest.approx(1)
    months = run(capsys, *words, "--table", "cash").splitlines()
    assert months[1] == "months,balance,without_results,with_loan"
    assert len(months) == 3 + 84 + 22


def test_a_provider_that_cannot_be_gets_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["provider", "--set", "contract_months=12"]) == 2
    assert "the contract lasts 12" in capsys.readouterr().err


def spoken(*words: str, folder: Path, **how: str) -> Ended:
    """The command in a process of its own, a fork, which tests/hostile holds to what a shell starts."""
    return one_command.run(one_command.forks(), HostileCommand(words, {}, **how), folder / words[-1])


def started(*words: str, **how: Any) -> subprocess.CompletedProcess[bytes]:
    """The command as a shell starts it: what Python does before it and after it counts too, and takes seconds."""
    return subprocess.run([sys.executable, "-m", "pricing", *words], check=False, **how)


@pytest.mark.parametrize("encoding", ["cp850", "ascii"])
def test_a_document_says_the_same_in_every_encoding(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, encoding: str
) -> None:
    found = spoken("schema", folder=tmp_path, encoding=encoding)
    assert found.code == 0, found.errors
    assert json.loads(found.output) == json.loads(run(capsys, "schema"))


def test_help_and_tables_are_readable_in_plain_ascii(tmp_path: Path) -> None:
    told = spoken("uncertainty", "--help", folder=tmp_path, encoding="ascii").output
    assert "payback (GBP per GBP1)" in told
    whole = spoken("history", "--format", "csv", folder=tmp_path, encoding="ascii").output
    assert (told + whole).isascii()
    table = whole.partition("\n")[2]
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["key"] for row in rows] == [row.key for row in checks.rows()]
    assert "'Paying for results?'" in table


FULL_DISK = "error: The output cannot be written: No space left on device."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("words", [["schema"], ["--help"], ["--version"]])
def test_a_full_disk_is_one_line_and_a_failure(words: list[str], tmp_path: Path) -> None:
    found = spoken(*words, folder=tmp_path, output=FULL)
    assert (found.code, found.errors.splitlines()) == (1, [FULL_DISK])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_so_where_a_shell_starts_it() -> None:
    with open("/dev/full", "wb") as full:
        found = started("--version", stdout=full, stderr=subprocess.PIPE)
    assert (found.returncode, found.stderr.decode().splitlines()) == (1, [FULL_DISK])


def test_a_closed_pipe_needs_no_word(tmp_path: Path) -> None:
    found = spoken("schema", folder=tmp_path, output=CLOSED)
    assert (found.code, found.errors) == (141, "")


INTERRUPTED = """
import os, signal, sys, types
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
line = sys.modules["pricing.command.line"] = types.ModuleType("line")  # what loads for seconds has no part in this
line.run = lambda _: os.kill(os.getpid(), signal.SIGINT)
from pricing.__main__ import main
raise SystemExit(main(["schema"]))
"""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_real_interrupt_is_one_line_and_its_own_code(encoding: str) -> None:
    home = os.environ | {"PYTHONIOENCODING": encoding}
    found = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, check=False, env=home)
    assert (found.returncode, found.stdout, found.stderr) == (130, b"", b"Interrupted.\n")


THREADS = """
import contextlib, io, os, sys
from pricing.__main__ import main
with contextlib.redirect_stdout(io.StringIO()):
    main(["evaluate"])
names = [open(f"/proc/self/task/{one}/comm").read() for one in os.listdir("/proc/self/task")]
print(names.count(open("/proc/self/comm").read()), "numpy" in sys.modules)  # those that a library names are not counted
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are not told here")
def test_a_command_waits_for_no_threads_of_linear_algebra() -> None:
    """On two cores they took up to four times the processor for the same sums."""
    plain = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    found = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, check=False, env=plain, text=True)
    assert found.stdout == "1 True\n", found.stderr


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_an_interrupt_while_a_file_is_written_costs_nothing_that_was_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fails: str
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(b"mine")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if fails == "fsync" else (Path, "replace")), interrupted)
        with pytest.raises(KeyboardInterrupt):
            output.save(file, b"another")
    assert file.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_refusal_that_cannot_be_written_is_still_told_by_its_code() -> None:
    with open("/dev/full", "wb") as full:
        assert started("schema", "--nope", stdout=full, stderr=full).returncode == 2


@pytest.mark.parametrize(
    "words",
    [[], ["nope"], ["evaluate", "--nope\n\x1b[2J"], ["take-away", "--output", "x", "--made", "2026-13-01"], ["cohort"]],
    ids=str,
)
def test_wrong_words_get_one_line(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith("error: ")
    assert said.err.removesuffix("\n").isprintable()
    assert "--help says what it takes." in said.err


def test_an_interrupted_command_says_so_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pricing.command.line.run", interrupted)
    monkeypatch.setattr("pricing.command.output.leave_off", lambda: None)
    assert main(["schema"]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


LEAST = "1,0,10,.0001,.0001,.001\n"
MOST = "9999999,5,1,.999,100,10000\n"
EDGES = {
    "least": LEAST,
    "most": MOST,
    "both": LEAST + MOST,
    "rare and often": "5e6,0,1,.0001,100,10000\n5e6,5,10,.999,.999,.001\n",
    "next to nobody": "1,0,1,.5,.6,6\n1e-6,5,10,.999,100,10000\n",
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("command", ["provider", "uncertainty"])
@pytest.mark.filterwarnings("error")
def test_a_table_at_the_edge_of_what_is_allowed_gets_an_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, edge: str
) -> None:
    file = tmp_path / "edge.csv"
    file.write_text(f"people,needs,decile,probability,rate,severity\n{EDGES[edge]}", encoding="utf-8")
    document = json.loads(run(capsys, command, "--baseline", file, "--set", "clients=20"))
    assert document["version"] == MODEL_VERSION


@pytest.mark.parametrize("address", ["http://x/\ud800", "\udcff", "http://x/\n", "http://x/\u202e"])
def test_an_address_that_cannot_be_written_is_refused(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands in the file: a workbook of it ended in an error of the explorer's own."""
    place = tmp_path / "price.xlsx"
    with pytest.raises(SystemExit):
        main(["take-away", "--format", "xlsx", "--output", str(place), "--address", address])
    assert "holds characters that no address has" in capsys.readouterr().err
    assert not place.exists()
