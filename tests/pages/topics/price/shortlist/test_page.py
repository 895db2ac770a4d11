"""Shortlist: add, rename, open, remove and share, against the evaluations themselves."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from pages.topics.price.shortlist import parts, words
from pricing.questions.shortlist import Outcome, as_text, outcome
from pricing.questions.small_provider import surplus
from pricing.scenario import links, shortlist
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.scenario.shortlist import Entry, Shortlist, differing
from pricing.words.written import rows_only
from tests.pages.visit import check, copied, evaluated, press, settings, visit
from tests.pages.visit import words as words_of

TITLE = "Shortlist"
NASTY = "=HYPERLINK(1);*b*"
LISTED = (
    Entry("Now", Scenario()),
    Entry("Table 4's *price*", Scenario(need_premium=0.3, target="own")),
    Entry(NASTY, Scenario(metric="frequency", target="own", clients=30.0)),
    Entry("Georgia", Scenario(cohort="georgia_parole")),
)


def opened(entries: Shortlist, page: str = "shortlist") -> AppTest:
    return visit(page, **shortlist.write(entries))


def held(at: AppTest) -> Shortlist:
    """The shortlist as the copied link holds it."""
    found, problems = shortlist.read(links.from_url(copied(at)))
    assert problems == ()
    return found


def outcomes(entries: Shortlist) -> list[Outcome]:
    found = [evaluated(entry.scenario) for entry in entries]
    return [outcome(one, -surplus.of(one).worst_year) for one in found]


def add(at: AppTest, name: str) -> AppTest:
    at.text_input(key=parts.NAME).set_value(name)
    return press(at, "Add the present price")


def test_a_shortlist_is_gathered_renamed_opened_and_thinned_out() -> None:
    at = visit("shortlist", need_premium="0.3")
    check(at, TITLE)
    assert not at.table
    add(at, "Mine")
    check(at, TITLE)
    at.slider("need_premium").set_value(0.1).run()
    add(at, "  Table   4’s price ")
    check(at, TITLE)
    wanted = (Entry("Mine", Scenario(need_premium=0.3)), Entry("Table 4’s price", Scenario(need_premium=0.1)))
    assert held(at) == wanted
    assert at.table[0].value.iloc[0].tolist() == ["30%", "10%"]
    press(at, "Open 1")
    assert settings(at)["need_premium"] == 0.3
    assert held(at) == wanted
    next(box for box in at.text_input if box.label == "Name of 1").set_value("Ours").run()
    check(at, TITLE)
    assert [entry.name for entry in held(at)] == ["Ours", "Table 4’s price"]
    press(at, "Remove 1")
    assert held(at) == wanted[1:]
    press(at, "Undo")
    assert [entry.name for entry in held(at)] == ["Ours", "Table 4’s price"]


@pytest.mark.parametrize("bad", ["", "Mine", "a\u202eb", "tab\there"])
def test_what_is_refused_is_said_in_a_sentence_and_changes_nothing(bad: str) -> None:
    at = opened((Entry("Mine", Scenario()), Entry("Other", Scenario())))
    add(at, bad)
    check(at, TITLE)
    assert at.error[0].value == "The shortlist stays as it was."
    assert at.main.text[0].value.count(".") == 1
    box = next(box for box in at.text_input if box.label == "Name of 2")
    box.set_value(bad).run()
    assert [entry.name for entry in held(at)] == ["Mine", "Other"]
    assert next(box for box in at.text_input if box.label == "Name of 2").value == "Other"
    add(at, "A third")
    assert not at.error
    assert len(held(at)) == 3


def test_a_seventh_is_refused_on_the_page() -> None:
    at = opened(tuple(Entry(f"Number {place}", Scenario()) for place in range(shortlist.MOST)))
    check(at, TITLE)
    add(at, "One more")
    assert at.main.text[0].value == shortlist.FULL
    assert len(held(at)) == shortlist.MOST


def test_the_table_is_the_models() -> None:
    at, found = opened(LISTED), outcomes(LISTED)
    check(at, TITLE)
    table = at.table[0].value
    assert len(table) == len(differing([one.scenario for one in LISTED])) + len(words.MEASURES)
    for place, one in enumerate(found):
        evaluation = evaluated(LISTED[place].scenario)
        groups = evaluation.groups("needs", "decile")
        assert one.lowest == groups[groups["people"] >= 30]["payback"].min()
        assert one.lowest <= one.payback
        column = table.iloc[:, place].tolist()[-6:]
        assert column == [write(one) for _, write in words.MEASURES]
    assert found[2].worst_year != found[0].worst_year
    assert [name.replace("\\", "") for name in table.columns] == [entry.name for entry in LISTED]
    assert "*" not in "".join(table.columns).replace("\\*", "")


def test_the_file_holds_every_digit_and_no_formula() -> None:
    found = outcomes(LISTED)
    text = as_text(LISTED, found)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["scenario"] for row in rows] == ["Now", "Table 4's *price*", f"“{NASTY}”", "Georgia"]
    assert [float(row["worst_year"]) for row in rows] == [one.worst_year for one in found]
    assert [float(row["need_premium"]) for row in rows] == [0.0, 0.3, 0.0, 0.0]
    for delimiter in ",;":
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]
        assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_the_heading_carries_version_people_and_the_whole_shortlist() -> None:
    app = AppTest.from_function(write_heading, default_timeout=60).run()
    assert not app.exception
    text = app.code[0].value
    assert rows_only(text + "\na,b\n") == "a,b\n"
    first, *others = text.splitlines()
    assert shortlist.read(links.from_url(first.rpartition("; ")[2]))[0] == LISTED
    assert any("invented people" in line for line in others)
    assert NASTY not in text


def write_heading() -> None:
    import streamlit

    from pages.topics.price.shortlist import parts as shown
    from tests.pages.topics.price.shortlist.test_page import LISTED as LIST

    streamlit.code(shown.heading(LIST))


def test_an_entry_that_cannot_be_read_is_named_and_the_others_stay() -> None:
    query = shortlist.write(LISTED[:2])
    at = visit("shortlist", **query | {"shortlist": query["shortlist"] + "~~<b>*Bad*</b>~need_premium~99"})
    check(at, TITLE)
    assert at.main.text[0].value.startswith("Scenario 3 is left out of the shortlist. need_premium: 99 is outside")
    assert held(at) == LISTED[:2]


@pytest.mark.parametrize("page", ["start_here", "story", "take_away", "compare"])
def test_a_shortlist_survives_the_other_pages(page: str) -> None:
    at = opened(LISTED[:2], page)
    assert not at.exception
    assert shortlist.read({name: [text] for name, text in at.query_params.items()})[0] == LISTED[:2]


def test_a_scenario_of_a_table_that_is_not_here_says_so() -> None:
    at = opened((Entry("Ours", Scenario(cohort=OWN_TABLE)), LISTED[0]))
    check(at, TITLE)
    assert any("is not here" in said.value for said in at.main.text)
    assert at.table[0].value.iloc[-1, 0] == "–"
    assert at.table[0].value.iloc[-1, 1] != "–"
    assert words_of(at)


def test_a_cut_is_judged_by_what_the_first_takes_people_to_need() -> None:
    """Two that differ in need alone come to the same; each by itself does not."""
    one = Scenario(benchmark="guideline")
    entries = (Entry("Now", Scenario()), Entry("Guideline", one), Entry("Dear", Scenario(needed_budget=5000.0)))
    found, _ = parts.held_of(entries)
    assert found[0] is not None
    assert found[0] == found[1] == found[2]
    assert outcomes(entries)[0].payback != outcomes(entries)[1].payback != outcomes(entries)[2].payback
    said = words_of(opened(entries))
    assert any("All are judged by what the first takes people to need: the hours that £2,240" in one for one in said)
    assert any("Number 2 and 3 by themselves take people to need something else." in one for one in said)
    assert not any("All are judged" in one for one in words_of(opened(LISTED)))
