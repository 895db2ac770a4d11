"""A link opened and copied again is the same link, whatever it holds, with and without an A."""

from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.frame.pages_list import PAGES
from pricing.errors import ScenarioError
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, defaults, specs
from tests.examples import examples
from tests.pages.visit import FOLDS, copied, visit
from tests.pages.visit import settings as settings_of
from tests.properties.test_identities import scenarios


def door() -> None:
    """What the frame does with a link, without the page: the session's state is where the controls stand."""
    import streamlit

    from pages.frame import address

    streamlit.session_state.clear()
    address.take("start_here")
    address.write("start_here")
    address.show_problems()
    streamlit.code(address.full_link("start_here"))


DOOR = AppTest.from_function(door, default_timeout=60)


def opened(query: dict[str, str]) -> AppTest:
    """A new visit that begins with this query."""
    DOOR.query_params.clear()
    for name, text in query.items():
        DOOR.query_params[name] = text
    return DOOR.run()


@examples(100)
@given(scenarios(mechanics=True), st.none() | st.sets(st.sampled_from(sorted(specs())), max_size=8))
def test_a_link_opened_and_copied_again_is_the_same_link(scenario: Scenario, usual: set[str] | None) -> None:
    """A, if there is one, is the scenario with some of its values back at the defaults."""
    query = links.write(scenario, pinned=None if usual is None else beside(scenario, usual))
    at = opened(query)
    assert not at.exception
    assert not at.warning
    assert settings_of(at) == scenario.values()
    assert at.code[0].value == "?" + links.to_query(query)


def beside(scenario: Scenario, usual: set[str]) -> Scenario:
    try:
        return scenario.with_(**{name: getattr(defaults(), name) for name in usual})
    except ScenarioError:
        return scenario


@examples(10)
@given(scenarios(mechanics=True))
def test_the_whole_page_leaves_a_link_as_it_is(scenario: Scenario) -> None:
    """The same with every control drawn, on a page that shows a word of each parameter."""
    query = links.write(scenario)
    at = visit("evidence", unfolded=FOLDS, **query)
    assert not at.exception
    assert copied(at) == "?" + links.to_query(query | {"part": PAGES["evidence"].parts[0].key})
