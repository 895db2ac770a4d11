"""Places: the map and its table, the picked place, the three multipliers, one price or ten, against the model."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.kit.markdown import signed
from pages.topics.people.places import charts
from pages.topics.people.places import words as place_words
from pages.topics.people.places.words import MEASURES
from pricing.questions.places import boroughs, footprint, multipliers, neighbourhoods, same_people
from pricing.scenario.scenario import Scenario, specs
from tests.examples import EXPLORED
from tests.pages.frame.test_own_table_upload import GOOD, upload
from tests.pages.visit import (
    PRICED,
    area_maps,
    check,
    check_parts,
    drawn,
    evaluated,
    in_parts,
    maps,
    pictures,
    steps,
    visit,
    visit_with,
    words,
)

TITLE = "Places"
PLACES = neighbourhoods.load("greater_manchester")
MULTIPLIERS, FOOTPRINT = "multipliers", "footprint"
STREET = "Manchester 005A"
INDICES, SHAPES = list(specs()["area_index"].choices), list(specs()["area_shape"].choices)
NAMES = {*PLACES.boroughs, *PLACES.names}


def by_borough(at: AppTest) -> AppTest:
    at.segmented_control("place_level").set_value("Boroughs").run()
    return at


def by_street(at: AppTest) -> AppTest:
    at.segmented_control("place_level").set_value("Neighbourhoods").run()
    return at


def shown_by_name(told: dict[str, Any]) -> dict[str, str]:
    """What a map writes of each place: the browser has the shapes in their order, and what stands for each."""
    folder, shapes = told["name"].split()
    features = charts.read_shapes(folder, shapes)["features"]
    return {
        feature["id"]: told["paints"][place][0]
        for feature, place in zip(features, told["which"], strict=True)
        if place >= 0
    }


@pytest.mark.parametrize(("scenario", "cohort"), PRICED)
def test_every_price_that_has_a_meaning_can_be_shown(scenario: Scenario, cohort: str) -> None:
    check_parts(visit_with("places", scenario.with_(cohort=cohort, area_multiplier=1.5)), TITLE, "places")


@EXPLORED
@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_multiplier_can_be_shown(shape: str, index: str) -> None:
    """Each part for each shape, and for each index."""
    at = visit("places", area_multiplier="2", area_shape=shape, area_index=index, total_spend="grows")
    for part in in_parts(at, "places", SHAPES.index(shape) + INDICES.index(index)):
        check(part, TITLE)
        assert pictures(part) == 1


@pytest.mark.parametrize(
    "query",
    [
        {"minimum_hours": "100", "hour_cost": "120"},
        {"results_share": "0"},
        {"results_share": "1", "area_multiplier": "3", "area_shape": "steep"},
        {"flat_zone": "fixed", "measured_people": "5000"},
        {"uplift_applies_to": "fee", "area_multiplier": "1.5"},
    ],
    ids=str,
)
def test_extremes_can_be_shown(query: dict[str, str]) -> None:
    check_parts(by_street(visit("places", **query)), TITLE, "places")


@pytest.mark.parametrize("measure", MEASURES)
def test_the_maps_show_the_models_numbers(measure: str) -> None:
    at = by_street(visit("places", area_multiplier="1.5"))
    at.selectbox("place_measure").select(measure).run()
    scenario = Scenario(area_multiplier=1.5)
    evaluation = evaluated(scenario)
    streets = same_people.everywhere(evaluation, PLACES.tenths["overall"], PLACES.tenths["overall"])
    moved = multipliers.moved(scenario, evaluation.cohort)
    expected = {
        "moved": moved.by_tenth[PLACES.tenths["overall"].astype(int) - 1],
        **{name: streets[name].to_numpy() for name in MEASURES if name != "moved"},
    }
    write = MEASURES[measure].write
    (told,) = area_maps(at)
    assert told["shapes"] == "/app/static/greater_manchester/neighbourhoods.json"
    assert shown_by_name(told) == dict(zip(PLACES.names, map(write, expected[measure]), strict=True))
    assert "£" not in str(told["labels"])
    (told,) = area_maps(by_borough(at))
    check(at, TITLE)
    table = boroughs.summed_up(evaluation).table.iloc[:-1].assign(moved=moved.by_borough)
    assert told["shapes"] == told["boroughs"] == "/app/static/greater_manchester/boroughs.json"
    assert shown_by_name(told) == dict(zip(PLACES.boroughs, map(write, table[measure]), strict=True))
    marks = {name: mark for _, _, name, mark in told["labels"]}
    assert marks == dict(zip(PLACES.boroughs, map(MEASURES[measure].mark, table[measure]), strict=True))


@pytest.mark.parametrize("level", ["Neighbourhoods", "Boroughs"])
def test_the_table_has_what_the_map_has_and_the_chosen_measure_first(level: str) -> None:
    at = visit("places")
    at.segmented_control("place_level").set_value(level).run()
    at.selectbox("place_measure").select("withheld").run()
    at.session_state[f"table_places_by_{level.lower()}"] = True
    at.run()
    table = at.main.dataframe[0].value
    first = 1 if level == "Boroughs" else 2
    assert table.columns[first] == "Needed support not paid for"
    shown = dict(zip(table.iloc[:, 0], table["Needed support not paid for"], strict=True))
    write = MEASURES["withheld"].write
    assert shown_by_name(area_maps(at)[0]) == {name: write(value) for name, value in shown.items() if name in NAMES}


@pytest.mark.parametrize("key", sorted(MEASURES))
@pytest.mark.parametrize("middle", [-700.0, -0.2, 0.0, 0.004, 0.62, 1.0, 1.3, 80.0])
def test_places_that_are_written_alike_are_coloured_alike(key: str, middle: float) -> None:
    measure = MEASURES[key]
    values = middle + np.linspace(0.0, 1e-7, 3)
    low, high, _ = charts.colours(values, measure)
    assert low <= values[0]
    assert values[-1] <= high
    assert np.ptp(values) < 0.001 * (high - low)


def test_alike_is_tinted_alike_and_what_is_not_known_is_left_out() -> None:
    values = np.array([0.5, np.nan, 1.5, 0.5])
    names = PLACES.names[:4]
    shown = charts.MapValues("greater_manchester", "neighbourhoods", names, values, names[2])
    told = charts.area_map(shown, MEASURES["payback"], "/app/static")
    assert shown_by_name(told) == {names[0]: "£0.50", names[2]: "£1.50", names[3]: "£0.50"}
    assert [tint for _, tint in told["paints"]] == ["#C4709A", "#6BACE6"]
    assert told["picked"] == names[2]


def test_a_place_can_be_chosen_from_lists() -> None:
    at = visit("places", area_multiplier="1.5")
    at.selectbox("place_borough").select_index(PLACES.boroughs.index("Wigan")).run()
    check(at, TITLE)
    assert "#### Wigan" in words(at)
    assert any(said.startswith("853 of the illustrative people live in Wigan") for said in words(at))
    options = at.selectbox("place_street").options
    assert options == ["The whole borough", *PLACES.of_borough("Wigan")]
    at.selectbox("place_street").select(options[7]).run()
    check(at, TITLE)
    assert f"#### {options[7]}" in words(at)
    assert any(f"If Greater Manchester's people lived in {options[7]}" in said for said in words(at))
    assert any("illustrative people live in any one" in said for said in words(at)), "too few to show"
    at.selectbox("place_borough").select_index(0).run()
    assert at.selectbox("place_street").value == "The whole borough"


def test_a_neighbourhood_shows_its_deprivation_by_domain() -> None:
    at = visit("places")
    name = PLACES.of_borough("Manchester")[10]
    at.selectbox("place_street").select(name).run()
    here = PLACES.names.index(name)
    rows = next(said for said in words(at) if said.startswith("Deprivation|Tenth")).splitlines()[2:]
    assert [int(row.partition("|")[2]) for row in rows] == [
        PLACES.tenths["overall"][here],
        *(PLACES.domains[key][here] for key in neighbourhoods.DOMAINS),
    ]


def test_what_the_publishers_are_owed_stands_by_the_map() -> None:
    said = " ".join(words(visit("places")))
    assert "Contains National Statistics and OS data © Crown copyright and database right" in said
    assert "Open Government Licence v3.0" in said


def test_three_multipliers_are_compared() -> None:
    at = visit("places", part=MULTIPLIERS, area_multiplier="1.5")
    moved = multipliers.compare(Scenario(area_multiplier=1.5), evaluated(Scenario()).cohort)
    for column, index in enumerate(place_words.INDEX_WORDS):
        assert [row[column] for row in maps(at)[0].text] == [signed(amount) for amount in moved[index].by_borough]
    assert not any("as if it were" in said for said in words(at))


def test_without_a_multiplier_it_says_as_if() -> None:
    at = visit("places", part=MULTIPLIERS)
    assert any("Your price has no multiplier: this is as if it were 1.5×." in said for said in words(at))


def test_one_price_for_all_is_held_against_one_for_each() -> None:
    at = visit("places", part=FOOTPRINT, target="own", area_multiplier="1.5")
    wide = footprint.wide(evaluated(Scenario(target="own", area_multiplier=1.5)))
    (shown,) = steps(at)
    assert [amount for _, amount in shown.values()] == pytest.approx(wide.moved.tolist(), abs=0.006)
    assert [text for text, _ in shown.values()] == [signed(amount) for amount in wide.moved]
    assert list(shown) == list(wide.names)
    said = " ".join(words(at))
    assert "Cheshire East 14.2, 2%" in said
    assert "Not known here" in said


def test_cheshire_is_an_illustration_and_says_so() -> None:
    at = visit("places", part=FOOTPRINT)
    assert len(steps(at)[0]) == 10
    at.selectbox("outside_share").select("1 in 4 people").run()
    check(at, TITLE)
    assert len(steps(at)[0]) == 14
    assert any("An illustration, not a finding. It assumes that 25%" in warning.value for warning in at.main.warning)


def test_georgia_and_a_readers_own_table_have_tenths_instead() -> None:
    at = visit("places", cohort="georgia_parole")
    assert any("no boundaries of them are here" in said for said in words(at))
    assert pictures(at) == 1
    found = evaluated(Scenario(cohort="georgia_parole")).groups("decile")
    assert drawn(at, 0)["y"] == pytest.approx(found["payback"].tolist())
    at = upload(visit("places", cohort="own_table"), GOOD)
    check(at, TITLE)
    assert any("A table of your own has deprivation tenths and no streets." in said for said in words(at))


def test_a_single_tenth_is_not_held_against_itself() -> None:
    paid = np.full(10, np.nan)
    paid[4] = 0.62
    said = place_words.tenth_title(evaluated(Scenario()), paid)
    assert said == "An extra £1 pays back £0.62 in deprivation tenth 5, the only one shown"
    paid[6] = 0.7
    assert place_words.tenth_title(evaluated(Scenario()), paid).endswith(
        "£0.62 in deprivation tenth 5 and £0.70 in tenth 7"
    )


@pytest.mark.parametrize(
    ("values", "centre"), [([0.42, 0.51], False), ([0.42, 1.0], True), ([1.0, 1.9], True), ([1.1, 1.9], False)]
)
def test_white_is_the_centre_alone(values: list[float], centre: bool) -> None:
    """On the first page white is £1: a place at £0.51 is not drawn so."""
    _, _, shades = charts.colours(np.array(values), MEASURES["payback"])
    assert ("#F4F4F4" in [colour for _, colour in shades]) == centre
