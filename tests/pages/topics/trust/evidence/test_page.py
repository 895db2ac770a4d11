"""Evidence: every parameter and every source on the page, the model in words, and what it is not for."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame.pages_list import PAGES
from pages.topics.trust.evidence.model_words import MAY_NOT, MAY_NOT_EITHER, SECTIONS
from pricing import MODEL_VERSION
from pricing.people import shipped
from pricing.people.provenance import attributions, sources
from pricing.scenario.scenario import GROUPS, specs
from tests.pages.visit import check, visit, words

TITLE = "Evidence"


def part(name: str, **query: str) -> AppTest:
    at = visit("evidence", part=name, **query)
    assert not at.exception
    assert at.main.get("markdown")
    return at


def test_every_parameter_is_listed_and_what_differs_is_marked() -> None:
    at = visit("evidence", results_share="0.45", metric="frequency")
    check(at, TITLE)
    table = at.main.dataframe[0].value.set_index("Name in links")
    assert list(table.index) == list(specs())
    assert set(table.index[table["Changed"] != ""]) == {"results_share", "metric"}
    assert any("Changed from the default, and marked: what counts as a result" in said for said in words(at))
    assert at.main.get("download_button")


@pytest.mark.parametrize("group", GROUPS)
def test_parameters_can_be_filtered_by_group(group: str) -> None:
    at = visit("evidence")
    at.selectbox("evidence_group").select(group).run()
    names = at.main.dataframe[0].value["Name in links"]
    assert list(names) == [name for name, spec in specs().items() if spec.group == group]


@pytest.mark.parametrize("name", [part.key for part in PAGES["evidence"].parts])
@pytest.mark.parametrize("cohort", shipped.names())
def test_every_part_can_be_opened(name: str, cohort: str) -> None:
    at = part(name, cohort=cohort, model=MODEL_VERSION)
    assert [heading.value for heading in at.title] == [TITLE]
    assert shipped.load(cohort).caution in at.main.info[0].value


def test_data_names_sources_licences_and_what_is_owed() -> None:
    said = " ".join(words(part("data")))
    for source in sources():
        if source.nature in ("published", "real people, as cells", "illustrative"):
            assert source.source in said
            assert source.licence in said
    for line in attributions():
        assert line in said


def test_people_says_what_every_cohort_is_made_of() -> None:
    said = " ".join(words(part("people")))
    for name in shipped.names():
        for note in shipped.curves(name).declaration.notes:
            assert note in said
    assert "Illustrative: invented people" in said


def test_the_model_and_its_limits_are_told() -> None:
    model, limits = (" ".join(words(part(name))) for name in ("model", "limits"))
    assert all(section.text in model and all(f in model for f in section.formulas) for section in SECTIONS)
    own = [line for name in shipped.names() for line in shipped.curves(name).declaration.limits]
    assert own
    assert all(line in limits for line in (*MAY_NOT, *own, *MAY_NOT_EITHER))
