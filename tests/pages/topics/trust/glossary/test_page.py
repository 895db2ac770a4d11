"""Glossary: every term with its one meaning, found by any word of it, and the same words beside a number."""

from pages.kit.glossary import GLOSSARY, meaning, search
from pricing.scenario.metrics import METRICS
from tests.pages.visit import check, visit, words

TITLE = "Glossary"


def test_every_term_stands_with_its_meaning_in_the_order_of_the_alphabet() -> None:
    at = visit("glossary")
    check(at, TITLE)
    said = " ".join(words(at))
    assert all(f"**{term}.** {told}" in said for term, told in GLOSSARY.items())
    assert list(GLOSSARY) == sorted(GLOSSARY, key=str.casefold)


def test_every_metric_is_explained() -> None:
    explained = {term.split()[0] for term in GLOSSARY}
    assert {metric.label for metric in METRICS.values()} <= explained


def test_a_term_is_found_by_the_words_of_it_and_of_its_meaning() -> None:
    at = visit("glossary")
    at.text_input("glossary_search").set_value("  MINIMUM doing ").run()
    check(at, TITLE)
    said = " ".join(words(at))
    assert "**Parking.**" in said
    assert "**Cohort.**" not in said
    assert set(search("")) == set(GLOSSARY)


def test_a_word_that_is_not_there_is_shown_as_it_was_typed() -> None:
    at = visit("glossary")
    at.text_input("glossary_search").set_value("*x* [y](z)").run()
    assert not at.exception
    assert at.main.caption[0].value == rf"0 of {len(GLOSSARY)} terms have “\*x\* \[y\]\(z\)” in them."


def test_the_headline_numbers_are_explained_in_the_glossarys_words() -> None:
    terms = ("Payback per £1", "Parking", "Needed support not paid for")
    assert [metric.proto.help for metric in visit("start_here").metric] == [meaning(term) for term in terms]
