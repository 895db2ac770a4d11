"""The command ``shortlist``: the figures of the page, from one link or from several."""

import csv
import io
import json

import pytest

from pricing import MODEL_VERSION
from pricing.__main__ import main
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.questions.shortlist import outcome
from pricing.questions.small_provider import surplus
from pricing.scenario import links, shortlist
from pricing.scenario.scenario import Scenario
from pricing.scenario.shortlist import Entry
from pricing.words.written import rows_only

LISTED = (Entry("Now", Scenario()), Entry("=Ours", Scenario(need_premium=0.3, clients=30.0)))
ONE = "https://example.org/shortlist?" + links.to_query(shortlist.write(LISTED))
SEVERAL = ["https://example.org/?" + links.to_query(links.write(entry.scenario)) for entry in LISTED]


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["shortlist", *arguments]) == 0
    return capsys.readouterr().out


def test_one_link_and_several_give_the_models_figures(capsys: pytest.CaptureFixture[str]) -> None:
    one, several = json.loads(printed(capsys, ONE)), json.loads(printed(capsys, *SEVERAL))
    assert [each["name"] for each in one["scenarios"]] == ["Now", "=Ours"]
    assert [each.pop("name") for each in several["scenarios"]] == ["Link 1", "Link 2"]
    assert one["settings"] == several["settings"] == ["need_premium", "clients"]
    for entry, each, other in zip(LISTED, one["scenarios"], several["scenarios"], strict=True):
        evaluation = evaluate(entry.scenario, shipped.load(entry.scenario.cohort))
        wanted = vars(outcome(evaluation, -surplus.of(evaluation).worst_year))
        assert {name: each[name] for name in wanted} == wanted == {name: other[name] for name in wanted}
        assert each["scenario"] == entry.scenario.values()


def test_the_csv_holds_the_shortlist_and_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, ONE, "--format", "csv")
    assert shortlist.read(links.from_url(text.splitlines()[0].rpartition("; ")[2]))[0] == LISTED
    rows = list(csv.DictReader(io.StringIO(rows_only(text))))
    assert [row["scenario"] for row in rows] == ["Now", "“=Ours”"]
    assert [float(row["need_premium"]) for row in rows] == [0.0, 0.3]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (SEVERAL[:1], "holds no shortlist"),
        ([ONE, SEVERAL[0]], "is given alone"),
        ([SEVERAL[0]] * 7, "at most 6"),
        ([ONE.replace("0.3", "9")], "need_premium"),
        ([f"?shortlist=a%E2%80%AEb&model={MODEL_VERSION}"], "does not print"),
    ],
)
def test_what_is_unclear_is_refused_in_a_sentence(
    given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shortlist", *given]) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert said in shown.err
    assert shown.err.rstrip("\n").isprintable()
