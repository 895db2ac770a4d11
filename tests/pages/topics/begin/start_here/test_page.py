"""Start here: the verdict, its three numbers and the map, against the model itself."""

import pytest

from pages.frame.page_record import HOME
from pages.frame.pages_list import PAGES
from pricing.scenario.scenario import Scenario
from pricing.words import cautions
from tests.pages.visit import FOLDS, PRICED, check, evaluated, maps, visit, visit_with, words

TITLE = "Whom does this price leave behind?"


def test_the_defaults_give_a_verdict() -> None:
    at = visit("start_here")
    check(at, TITLE)
    assert at.subheader[0].value.startswith("This price rewards doing the minimum for ")


@pytest.mark.parametrize(("scenario", "cohort"), PRICED)
def test_the_three_numbers_are_the_models(scenario: Scenario, cohort: str) -> None:
    scenario = scenario.with_(cohort=cohort)
    at, found = visit_with("start_here", scenario), evaluated(scenario)
    check(at, TITLE)
    parked = found.totals["parked_people"] / found.totals["people"]
    payback = f"£{abs(found.payback):,.2f}"
    assert [metric.value.replace("−", "") for metric in at.metric] == [
        payback,
        f"{parked:.0%} of people",
        f"{found.withheld:.0%}",
    ]
    assert payback in at.subheader[0].value


@pytest.mark.parametrize("cohort", ["greater_manchester", "georgia_parole"])
def test_the_map_is_the_models_to_the_penny(cohort: str) -> None:
    scenario = Scenario(cohort=cohort, target="own", need_premium=0.3)
    at, found = visit_with("start_here", scenario), evaluated(scenario).groups("needs", "decile")
    cells = maps(at)[0].text
    for row in found.itertuples():
        shown = cells[row.decile][row.needs]
        if row.people < 30:
            assert shown == ""
        else:
            assert shown.partition("\n")[0] == f"£{row.payback:.2f}"
            assert ("▼" in shown) == (row.payback < 1)


def test_settings_that_defeat_themselves_are_named() -> None:
    scenario = Scenario(need_premium=0.3)
    titles = [caution.title for caution in cautions.find(evaluated(scenario))]
    shown = " ".join(box.value for box in visit_with("start_here", scenario).warning)
    assert titles
    assert all(title in shown for title in titles)


def test_what_people_these_are_stands_on_the_page() -> None:
    assert any("These are invented people" in said for said in words(visit("start_here")))
    assert any("Real people" in said for said in words(visit("start_here", cohort="georgia_parole")))


def test_every_other_page_is_offered() -> None:
    cards = [link.proto.label for link in visit("start_here", unfolded=FOLDS).main.get("page_link") if link.proto.icon]
    cards.remove("What would put it right?")
    assert sorted(cards) == sorted(page.title for name, page in PAGES.items() if name != HOME)
