"""The report as text: whole, escaped, and in need of nothing. How it prints is tests/e2e/test_take_away.py's."""

from html.parser import HTMLParser

import numpy as np
import pytest

from pricing import MODEL_VERSION
from pricing.scenario.scenario import METRICS, Scenario
from pricing.take_away import printed
from pricing.words import groups
from pricing.words.numbers import pence, price_of_one, verdict
from pricing.words.tints import DIVERGING, tint
from tests.pricing.take_away import covers


class Parts(HTMLParser):
    """Tags, attributes and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("cohort", covers.EVERY)
def test_it_reads_without_the_explorer(cohort: str) -> None:
    cover = covers.of(Scenario(cohort=cohort, need_premium=0.3))
    parts = Parts(printed.write(cover))
    evaluation = cover.evaluation
    for text in (MODEL_VERSION, cover.day, evaluation.cohort.caution, verdict(evaluation), *groups.BELOW):
        assert text in parts.words
    for warning in cover.warnings:
        assert warning.sentence in parts.words
    assert ("href", cover.link) in parts.attributes
    paybacks = groups.grid(evaluation, "decile", "needs", "payback").ravel()
    for value in paybacks[~np.isnan(paybacks)]:
        assert pence(value) in parts.words


@pytest.mark.parametrize("name", covers.HOSTILE)
def test_it_fetches_and_runs_nothing_whatever_a_table_is_called(name: str) -> None:
    parts = Parts(printed.write(covers.of(covers.OWN, covers.HOSTILE[name])))
    assert not {"script", "img", "link", "iframe", "object"} & set(parts.tags)
    for key, value in parts.attributes:
        assert not key.startswith("on")
        assert key != "src"
        assert key != "href" or str(value).startswith(covers.ADDRESS)
    assert "49" not in parts.words or name != "template"


@pytest.mark.parametrize("metric", [*METRICS, "blend"])
def test_every_metric_has_its_price(metric: str) -> None:
    cover = covers.of(Scenario(metric=metric, target="own"))
    words = Parts(printed.write(cover)).words
    for price in cover.evaluation.terms.unit_prices.values():
        assert price_of_one(price) in words
    assert ("Weight of the binary metric" in words) == (metric == "blend")


def test_clauses_show_what_one_more_result_adds() -> None:
    cover = covers.of(Scenario(flat_zone="fixed", measured_people=5000))
    assert cover.evaluation.mechanics is not None
    adds = cover.evaluation.mechanics.terms.unit_prices["binary"]
    words = Parts(printed.write(cover)).words
    assert "What one more adds to expected pay" in words
    assert f"£{adds:,.0f}" in words


def test_what_the_hurdle_makes_worth_something_is_listed() -> None:
    """The report's amounts come to the effective price of “How results are paid”, per unit of the fall in log-odds."""
    clauses = {"metric": "frequency", "binary_hurdle": "yes", "measured_people": 2000.0, "results_cap": 1.0}
    evaluation = covers.of(Scenario(**clauses)).evaluation
    assert evaluation.mechanics is not None
    margin = evaluation.mechanics.terms.unit_prices
    assert set(margin) == {"frequency", "binary"}
    listed = printed.price_list(evaluation)["amounts"]
    assert [adds for *_, adds in listed[1:]] == [price_of_one(margin[metric]) for metric in ("frequency", "binary")]
    assert listed[-1][1] == "no price"


def test_tints_run_from_loss_over_even_to_gain() -> None:
    assert [tint(value, 1.0, 1.0) for value in (-5, 0, 1, 2, 9)] == [
        colour for _, colour in (DIVERGING[0], *DIVERGING, DIVERGING[2])
    ]
    assert tint(0.5, 1.0, 1.0) == "#DCB2C7"


def test_the_same_cover_gives_the_same_text() -> None:
    assert printed.write(covers.of(Scenario())) == printed.write(covers.of(Scenario()))
