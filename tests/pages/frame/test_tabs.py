"""Pages in parts: a link opens the part it names, its copy says so too, and one that is not there is named."""

import pytest

from pages.frame import opened_part, tabs
from pages.topics.presenter.pictures import PICTURES
from pages.topics.story.steps import STEPS
from tests.pages.visit import copied, visit

SENT_TO = {(one.home, one.part) for one in PICTURES} | {(step.page, step.part) for step in STEPS}
"""Page and part to which the presenter view and the story send their readers."""


@pytest.mark.parametrize("page", opened_part.PARTED)
def test_a_link_opens_the_part_that_it_names(page: str) -> None:
    at = visit(page, step="2")
    assert not at.exception
    assert at.session_state[tabs.key(page)] == at.tabs[1].label
    assert dict(at.query_params) == {"step": "2"}
    assert "step=2" in copied(at)
    at.slider("need_premium").set_value(0.3).run()
    assert at.session_state[tabs.key(page)] == at.tabs[1].label
    assert at.query_params["step"] == "2"


@pytest.mark.parametrize("page", opened_part.PARTED)
def test_a_part_that_is_not_there_is_named(page: str) -> None:
    at = visit(page, step="9")
    assert not at.exception
    assert any(box.value.startswith("There is no step 9 here") for box in at.main.warning)
    assert at.session_state[tabs.key(page)] == at.tabs[0].label


def test_readers_are_sent_to_parts_that_there_are() -> None:
    for page, part in SENT_TO:
        assert part == 1 or part <= len(visit(page).tabs)
    assert ("who_it_pays_to_help", 3) in SENT_TO


def test_the_code_on_the_wall_leads_to_the_part_with_its_picture() -> None:
    at = visit("presenter", step="2")
    assert any(code.value.endswith("/who_it_pays_to_help?step=3") for code in at.main.code)
