"""Set the price shows what each kind of need met pays; the rate card goes into a link and comes back."""

import pytest

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario import scenario as declared
from pricing.scenario.scenario import Scenario
from pricing.words import rate_card
from tests.pages.visit import visit_with


def test_prices_by_kind_are_the_price_times_the_rate() -> None:
    scenario = Scenario(metric="progress", target="own", rate_accommodation=3, rate_drugs=0)
    evaluation = evaluate(scenario, shipped.load("greater_manchester"))
    card = rate_card.prices_by_kind(evaluation)
    assert card is not None
    price = evaluation.terms.unit_prices["progress"]
    assert card["price"].tolist() == pytest.approx([3 * price, price, 0, price, price])
    assert rate_card.prices_by_kind(evaluate(Scenario(), shipped.load("greater_manchester"))) is None


def test_a_rate_is_read_from_outside() -> None:
    assert Scenario(**declared.parse({"rate_alcohol": "2.5"})).rates["alcohol"] == 2.5


def test_set_the_price_shows_the_card_that_a_link_brings() -> None:
    scenario = Scenario(metric="progress", target="own", rate_accommodation=3, rate_drugs=0)
    at = visit_with("set_the_price", scenario)
    assert not at.exception
    (card,) = (table.value for table in at.dataframe if "£ per need met" in table.value)
    assert card["Rate"].tolist() == [3, 1, 0, 1, 1]
    assert any("paid at its rate" in text.value for text in at.markdown)


def test_a_price_of_a_need_met_is_written_as_pounds() -> None:
    rate, price = (rate_card.WRITTEN[rate_card.COLUMNS[name]] for name in ("rate", "price"))
    assert callable(price)
    assert str(rate).format(0.25) == "0.25×"
    assert [price(amount) for amount in (7475.26, 12.5, 0.0)] == ["£7,475", "£12.50", "£0"]
