"""A third cohort is a folder of data and no code: it is offered and evaluated, and pages say what it has and lacks."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.build_boundaries import write_shapes
from pricing.__main__ import main
from pricing.errors import DataError
from pricing.people.cells import read_declaration, sha256
from pricing.scenario import offered
from tests.pricing.people.records import squares

ROOT = Path(__file__).parents[2]
NAME, COUNTRY, MAPPED = "harbour_town", "Ruritania", "twin_ports"
OPEN_EVERY_PAGE = f"""
import json
import os
import pytest
from pages.frame.pages_list import PAGES
from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario.scenario import Scenario, defaults, specs
from pages.topics.people.places import charts
from pathlib import Path
from tests.pages import cheap_visits
from tests.pages.visit import in_parts, visit, words

cheap_visits.make(pytest.MonkeyPatch())
charts.STATIC = Path(os.environ["EXPLORER_COHORTS"]).parent / "static"
squares = visit("places", cohort="squareland")
said = {{}}
mapped = {{}}
for page in PAGES:
    at = visit(page, cohort="{NAME}")
    said[page] = [" ".join(words(at)), [str(error.value) for error in at.exception]]
    at = visit(page, cohort="{MAPPED}")
    mapped[page] = [" ".join(words(at)), [str(error.value) for error in at.exception]]
    if page == "places":
        for part in in_parts(at, page):
            mapped[page][0] += " ".join(words(part))
            mapped[page][1] += [str(error.value) for error in part.exception]
scenario = Scenario(cohort="{NAME}")
own = [" ".join(words(squares)), [str(error.value) for error in squares.exception]]
for level in ("Boroughs", "Neighbourhoods"):
    at = squares.segmented_control("place_level").set_value(level).run()
    own[0] += " ".join(words(at))
    own[1] += [str(error.value) for error in at.exception]
shapes = charts.shapes_of("squareland", "neighbourhoods", "/app/static")["features"]
choices = list(specs()["cohort"].choices)
print(json.dumps({{"squares": [*own, len(shapes)], "said": said, "mapped": mapped, "choices": choices,
                   "default": defaults().cohort, "payback": evaluate(scenario, shipped.load("{NAME}")).payback}}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A third cohort: a tenth of Georgia's people under other words, without map, race table or order."""
    found = tmp_path_factory.mktemp("data") / "cohorts"
    third = found / NAME
    shutil.copytree(offered.FOLDER / "georgia_parole", third, ignore=shutil.ignore_patterns("race.csv", "areas.csv"))
    path = third / "cohort.toml"
    dropped = ("order", "choice", "no_map", "race", "caution", "label", "country")
    head, factors, rest = path.read_text(encoding="utf-8").partition("[[factors]]")
    kept = [line for line in head.splitlines() if line.split(" = ")[0] not in dropped]
    words = [f'label = "Harbour Town"\ncountry = "{COUNTRY}"\ncaution = "Made up for a test."']
    path.write_text("\n".join([*words, *kept, factors + rest]), encoding="utf-8")
    keep(a_tenth(third), third, offered.FOLDER / "georgia_parole")
    with_a_map(found)
    records, given_map = squares.write(found.parent)
    assert main(["cohort", "build", str(records), "--map", str(given_map), "--out", str(found / "squareland")]) == 0
    return found


def with_a_map(cohorts: Path) -> None:
    """A fourth, with a map of two boroughs: a tenth of Greater Manchester's people in other places, without sources."""
    source, own = offered.FOLDER / "greater_manchester", cohorts / MAPPED
    own.mkdir()
    text = (source / "cohort.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?s)\[map\].*?\n\n", '[map]\narea = "The Twin Ports"\n\n', text)
    text = re.sub(r'(?s)("?borough"?\nlabel.*?)levels = \[.*?\]', r'\1levels = ["Eastport", "Westport"]', text)
    text = re.sub(r"(?s)\nnotes = \[.*?\n\]", '\nnotes = ["Made up for a test."]', text)
    text = text.replace('label = "Greater Manchester (illustrative)"', 'label = "Twin Ports"').replace("order = 1", "")
    text = re.sub(r'caution = ".*?"', 'caution = "Made up for a test."', text).replace('"England"', f'"{COUNTRY}"')
    (own / "cohort.toml").write_text(text, encoding="utf-8")
    cells = a_tenth(source)
    cells["borough"] = np.where(cells["borough"] < "Oldham", "Eastport", "Westport")
    keep(cells, own, source)
    shutil.copy(cohorts / NAME / "sources.csv", own / "sources.csv")
    names = [f"{borough} {street}" for borough in ("Eastport", "Westport") for street in ("quay", "hill")]
    basic = pd.DataFrame({"neighbourhood": list("abcd"), "borough": [name.split()[0] for name in names]})
    basic.assign(decile=[1, 6, 3, 9]).to_csv(own / "neighbourhoods.csv", index=False)
    domains = pd.DataFrame({"neighbourhood": list("abcd"), "name": names, "score": [60.0, 20.0, 40.0, 8.0]})
    domains.assign(income=[1, 5, 2, 9]).to_csv(own / "domains.csv", index=False)
    pairs = [(names[0], names[1], 300), (names[2], names[3], 300), (names[1], names[2], 500)]
    pd.DataFrame(pairs, columns=["one", "other", "metres"]).to_csv(own / "neighbours.csv", index=False)
    shapes = cohorts.parent / "static" / MAPPED
    shapes.mkdir(parents=True)
    write_shapes(shapes / "neighbourhoods.json", {name: [box(k, k + 1)] for k, name in enumerate(names)})
    write_shapes(shapes / "boroughs.json", {"Eastport": [box(0, 2)], "Westport": [box(2, 4)]})


def a_tenth(source: Path) -> pd.DataFrame:
    """Every tenth of a cohort's cells: enough to open a page."""
    return pd.read_csv(source / "cells.csv", dtype=str)[::10]


def keep(cells: pd.DataFrame, own: Path, source: Path) -> None:
    """Write cells, and the curves of another cohort as fitted to them."""
    cells.to_csv(own / "cells.csv", index=False)
    curves = json.loads((source / "curves.json").read_text(encoding="utf-8"))
    curves["cells_sha256"] = sha256(own / "cells.csv")
    (own / "curves.json").write_text(json.dumps(curves), encoding="utf-8")


def box(left: float, right: float) -> list[tuple[float, float]]:
    """A rectangle two high."""
    return [(left, 0.0), (left, 2.0), (right, 2.0), (right, 0.0)]


@pytest.fixture(scope="module")
def third(folder: Path) -> dict[str, Any]:
    """What an explorer with the third cohort offers, finds, and says on every page."""
    run = subprocess.run(
        [sys.executable, "-c", OPEN_EVERY_PAGE],
        cwd=ROOT,
        env=os.environ | {"EXPLORER_COHORTS": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_it_is_offered_last_and_evaluated(third: dict[str, Any]) -> None:
    assert third["choices"] == [*offered.cohorts(), NAME, "squareland", MAPPED, "own_table"]
    assert third["default"] == "greater_manchester"
    assert third["payback"] > 0


def test_every_page_opens(third: dict[str, Any]) -> None:
    for page, (said, errors) in third["said"].items():
        assert not errors, (page, errors)
        assert said


def test_a_cohort_with_a_map_of_its_own_opens_every_page_and_names_no_other_place(third: dict[str, Any]) -> None:
    for page, (said, errors) in third["mapped"].items():
        assert not errors, (page, errors)
        assert said
    places = third["mapped"]["places"][0]
    assert "Eastport" in places
    assert "Westport" in places
    for name in ("Manchester", "Cheshire", "Bolton"):
        assert name not in places
    assert f"people in {COUNTRY}" in third["mapped"]["who_pays_who_saves"][0]


def test_people_from_records_bring_a_map_of_their_own(third: dict[str, Any]) -> None:
    said, errors, shapes = third["squares"]
    assert not errors
    assert shapes == squares.SIDE**2
    assert "Boundaries and deprivation are those that came with these people." in said
    assert "As if" in said or "as if they lived there" in said
    for name in ("Manchester", "Office for National Statistics", "illustrative", "England's"):
        assert name not in said


def test_pages_say_its_country_and_what_it_lacks(third: dict[str, Any]) -> None:
    said = {page: text for page, (text, _) in third["said"].items()}
    assert (
        f"These are people in {COUNTRY} held against a crime’s cost in England (unit costs)"
        in said["who_pays_who_saves"]
    )
    assert "There is no map for “Harbour Town”. No boundaries of their areas are here." in said["places"]
    assert "Not in these data: race, " in said["fairness"]
    for page in ("who_pays_who_saves", "places", "fairness", "start_here", "risk_curves"):
        assert "Made up for a test." in said[page]
        assert "people in the USA" not in said[page]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f'country = "{COUNTRY}"', "", "does not declare 'country'"),
        (f'country = "{COUNTRY}"', "country = 3", "harbour_town/cohort.toml should declare country as words"),
        (f'country = "{COUNTRY}"', f'country = "{COUNTRY}"\nrace = "race.csv"', "names race.csv, which is not in"),
        (f'country = "{COUNTRY}"', f'country = "{COUNTRY}"\nmap = 1', "should declare map.area as words"),
    ],
)
def test_a_declaration_that_cannot_be_used_says_what_is_wrong(
    folder: Path, tmp_path: Path, old: str, new: str, message: str
) -> None:
    shutil.copytree(folder / NAME, tmp_path / NAME)
    path = tmp_path / NAME / "cohort.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_declaration(path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("own_table", 'label = "Mine"', "cannot be called own_table"),
        ("Harbour Town", 'label = "Mine"', "cannot be called Harbour Town"),
        ("harbour", "label = ", "harbour/cohort.toml cannot be read"),
        ("harbour", 'label = "Mine"\norder = "first"', "harbour/cohort.toml does not declare a whole number"),
        ("harbour", "order = 3", "words as label"),
    ],
)
def test_a_folder_that_cannot_be_offered_says_why(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "cohort.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        offered.cohorts(tmp_path)


def test_a_folder_without_a_cohort_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no cohort"):
        offered.cohorts(tmp_path)
