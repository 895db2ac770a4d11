"""Shortlists: there and back through links; what cannot be read is named and left out, and the others stay."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing import MODEL_VERSION
from pricing.errors import ParameterError
from pricing.scenario import links, shortlist
from pricing.scenario.links import TableName
from pricing.scenario.scenario import OWN_TABLE, Scenario, specs
from pricing.scenario.shortlist import MOST, Entry, Shortlist
from pricing.scenario.spec import LONGEST
from tests.examples import TIMES_AS_MANY, examples
from tests.properties.test_identities import scenarios

DIGEST = "ab" * 32
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=LONGEST)
THREE = (Entry("One", Scenario(need_premium=0.3)), Entry("Two", Scenario()), Entry("Three", Scenario(hour_cost=50.0)))


def there_and_back(entries: Shortlist, table: TableName | None = None) -> tuple[Shortlist, tuple[str, ...]]:
    return shortlist.read(
        links.from_url("https://example.org/shortlist?" + links.to_query(shortlist.write(entries, table)))
    )


def test_hundreds_of_shortlists_survive_their_links() -> None:
    """Names of every kind of character that prints, settings at random: each list is read as it was written."""
    draw = random.Random(20131112)
    numbers = {name: spec for name, spec in specs().items() if not spec.choices and not spec.counted}
    alphabet = "aZ9 ~~%&=+;#?/\\*_`'\"“”<>|é日ж£😀.,:-@!()[]{}%7E%25"
    for _ in range(250 * TIMES_AS_MANY):
        entries: Shortlist = ()
        for place in range(draw.randint(0, MOST)):
            name = f"{place}{''.join(draw.choices(alphabet, k=draw.randint(0, LONGEST - 1)))}"
            moved = draw.sample(sorted(numbers), draw.randint(0, 6))
            values = {key: draw.uniform(numbers[key].low, numbers[key].high) for key in moved}
            metric, target = draw.choice([("binary", "one"), ("frequency", "own"), ("severity", "one")])
            entries = shortlist.add(entries, name, Scenario(metric=metric, target=target).with_(**values))
        assert there_and_back(entries) == (entries, ())


@examples(8)
@given(st.lists(st.tuples(NAMES, scenarios(mechanics=True)), max_size=MOST))
def test_what_can_be_listed_is_read_as_it_was_listed(given: list[tuple[str, Scenario]]) -> None:
    entries: Shortlist = ()
    for name, scenario in given:
        try:
            entries = shortlist.add(entries, name, scenario)
        except ParameterError:
            continue
    assert there_and_back(entries) == (entries, ())


@examples(100)
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_a_name_is_kept_whole_or_refused(text: str) -> None:
    kept = text.split()
    if not kept or not all(c.isprintable() or unicodedata.category(c) == "Zs" for c in text):
        with pytest.raises(ParameterError) as refused:
            shortlist.name_of(text)
        assert str(refused.value).isprintable()
        return
    try:
        name = shortlist.name_of(text)
    except ParameterError:
        assert len(" ".join(unicodedata.normalize("NFC", text).split())) > LONGEST
        return
    assert name.isprintable()
    assert 0 < len(name) <= LONGEST
    assert name == shortlist.name_of(name)
    assert name.split() == unicodedata.normalize("NFC", text).split()


@pytest.mark.parametrize("bad", ["", "   ", "a\x00b", "a\nb", "\u202ea", "a\u2066b", "a\u200fb", "\ud800", "x" * 61])
def test_names_that_are_refused(bad: str) -> None:
    with pytest.raises(ParameterError):
        shortlist.add((), bad, Scenario())
    with pytest.raises(ParameterError):
        shortlist.rename(THREE, 1, bad)


def test_a_name_is_one_scenarios_own() -> None:
    with pytest.raises(ParameterError, match="Another scenario"):
        shortlist.add(THREE, " Two ", Scenario())
    with pytest.raises(ParameterError, match="Another scenario"):
        shortlist.rename(THREE, 0, "Two")
    assert shortlist.rename(THREE, 1, "Two") == THREE
    assert [entry.name for entry in shortlist.rename(THREE, 0, "First")] == ["First", "Two", "Three"]
    assert [entry.name for entry in shortlist.without(THREE, 1)] == ["One", "Three"]


def test_a_seventh_is_refused() -> None:
    entries: Shortlist = ()
    for place in range(MOST):
        entries = shortlist.add(entries, f"Number {place}", Scenario())
    with pytest.raises(ParameterError, match="at most 6"):
        shortlist.add(entries, "One more", Scenario())
    text = "~~".join(f"n{place}~hour_cost~{50 + place}" for place in range(9))
    found, problems = shortlist.read({"shortlist": [text], "model": [MODEL_VERSION]})
    assert [entry.name for entry in found] == [f"n{place}" for place in range(MOST)]
    assert problems == ("A shortlist holds at most 6 scenarios; 3 were left out.",)


HOSTILE = {
    "Bad~need_premium~99": "need_premium",
    "Bad~need_premium~nan": "not a number",
    "Bad~need_premium": "pairs",
    "Bad~need_premium~0.1~need_premium~0.2": "pairs",
    "Bad~weather~1": "not a parameter",
    "Bad~a.need_premium~0.1": "not a parameter",
    "Bad~metric~frequency~target~none": "target",
    "~need_premium~0.1": "",
    "Ba\u202ed~need_premium~0.1": "does not print",
    "B%0Ad": "does not print",
    "One": "Another scenario",
    "x" * 100_000: "at most 60",
    "": "",
}


@pytest.mark.parametrize("bad", HOSTILE)
def test_an_entry_that_cannot_be_read_is_named_and_the_others_stay(bad: str) -> None:
    text = f"One~need_premium~0.3~~{bad}~~Three~hour_cost~50"
    found, problems = shortlist.read({"shortlist": [text], "model": [MODEL_VERSION]})
    assert [entry for entry in found if entry.name in ("One", "Three")] == [THREE[0], THREE[2]]
    assert len(problems) == 3 - len(found)
    assert HOSTILE[bad] in problems[0]
    assert all(problem.isprintable() and len(problem) < 400 for problem in problems)


@examples(200)
@given(st.text(max_size=200) | st.text("~aA%0.3_need_premium", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    found, problems = shortlist.read({"shortlist": [text, text + "x"], "model": [MODEL_VERSION]})
    assert len(found) <= MOST
    assert all(problem.isprintable() for problem in problems)
    assert there_and_back(found) == (found, ())


def test_a_former_versions_defaults_hold_for_its_shortlist() -> None:
    found, _ = shortlist.read({"shortlist": ["Old~need_premium~0.3"], "model": ["1.2.0"]})
    assert found[0].scenario == links.read({"need_premium": ["0.3"], "model": ["1.2.0"]}).scenario


def test_a_shortlist_of_a_readers_own_table_names_it() -> None:
    own, table = (Entry("Ours", Scenario(cohort=OWN_TABLE)),), TableName("ours.csv", DIGEST)
    query = links.from_url("?" + links.to_query(shortlist.write(own, table)))
    assert links.read(query).table == table
    assert links.read(query).problems == ()
    assert "table" not in shortlist.write(THREE, table)


def test_a_shortlist_is_short_and_says_when_it_was_cut() -> None:
    whole = links.to_query(shortlist.write(THREE))
    assert len(whole) < 120
    assert links.read(links.from_url("?" + whole)).note == ""
    assert links.read(links.from_url("?" + whole[:-5])).note or links.read(links.from_url("?" + whole[:-15])).note
    assert links.read(links.from_url("?" + whole.removesuffix(f"&model={MODEL_VERSION}"))).note == links.CUT
