"""Where the data come from: every shipped file is named once, and a file that says otherwise is refused."""

import csv
import shutil
from pathlib import Path

import pytest

from pages.kit.glossary import GLOSSARY
from pages.topics.trust.evidence import assumptions
from pages.topics.trust.evidence.model_words import SECTIONS
from pricing.errors import DataError
from pricing.people import provenance
from pricing.scenario import in_words
from pricing.scenario.links import text_of
from pricing.scenario.scenario import GROUPS, Scenario, defaults, specs


@pytest.fixture
def copy_of_shipped(tmp_path: Path) -> Path:
    """The shipped data in a folder that may be spoilt."""
    folder = tmp_path / "data"
    shutil.copytree(provenance.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(provenance.FOLDER.parent / "static", tmp_path / "static")
    return folder


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "sources.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_shipped_file_says_where_it_comes_from() -> None:
    named = [source.file for source in provenance.sources()]
    there = [path for part in provenance.SHIPPED for path in (provenance.FOLDER / part).rglob("*.*")]
    assert len(named) == len([path for path in there if path.name != "sources.csv"])
    assert all((provenance.FOLDER / file).is_file() for file in named)


def test_published_files_are_attributed() -> None:
    for source in provenance.sources():
        assert bool(source.attribution) == (source.nature in ("published", "real people, as cells"))
        if "OGL" in source.licence:
            assert "Open Government Licence v3.0" in source.attribution
    assert len(set(provenance.attributions())) == len(provenance.attributions())


def test_readme_names_the_same_licences() -> None:
    readme = (provenance.FOLDER / "README.md").read_text(encoding="utf-8")
    for source in provenance.sources():
        assert f"`{source.file}`" in readme
        if source.nature == "published":
            row = next(line for line in readme.splitlines() if line.startswith(f"| `{source.file}`"))
            assert source.licence.lower() in row.lower()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("file,holds", "file,contents", "has the columns file, contents"),
        ("tables/index_offences.csv", "tables/elsewhere.csv", "names what is not there: tables/elsewhere.csv"),
        ("tables/index_offences.csv", "tables/harm_by_offence.csv", "names twice: tables/harm_by_offence.csv"),
        (",published,", ",guessed,", "line 2, has the nature guessed, which is not one of published"),
        (",Rates left out,", ", ,", "line 2, does not say the changed"),
        (",published,", ",published", "has 7 values; the header has 8"),
        ('"Mean', '"Mean"x', "cannot be read"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(copy_of_shipped: Path, old: str, new: str, message: str) -> None:
    change(copy_of_shipped, old, new)
    with pytest.raises(DataError, match=message):
        provenance.read(copy_of_shipped)


def test_a_shipped_file_without_a_source_is_refused(copy_of_shipped: Path) -> None:
    (copy_of_shipped / "tables" / "new.csv").write_text("a\n1\n")
    with pytest.raises(DataError, match=r"does not name: tables/new\.csv"):
        provenance.read(copy_of_shipped)


def test_a_missing_or_empty_file_is_refused(copy_of_shipped: Path) -> None:
    for spoil in (lambda path: path.write_text(""), Path.unlink):
        spoil(copy_of_shipped / "sources.csv")
        with pytest.raises(DataError, match=r"sources.csv cannot be read"):
            provenance.read(copy_of_shipped)


def test_every_parameter_is_a_row() -> None:
    table = in_words.table(Scenario(), "")
    assert list(table["Name in links"]) == list(specs())
    assert not (table.drop(columns="Changed") == "").any(axis=None)
    assert set(table["Origin"]) == {"Published", "Assumed", "Yours to choose"}
    assert not table["Changed"].any()


def test_groups_part_the_parameters() -> None:
    parts = [in_words.table(Scenario(), group) for group in GROUPS]
    assert sum(len(part) for part in parts) == len(specs())
    assert set(assumptions.FILTERS) == {"", *GROUPS}


def test_what_differs_from_its_default_is_marked() -> None:
    scenario = Scenario(results_share=0.45, metric="frequency")
    table = in_words.table(scenario, "").set_index("Name in links")
    assert set(table.index[table["Changed"] != ""]) == {"results_share", "metric"}
    assert table.loc["results_share", "Now"] == "0.45"
    assert table.loc["results_share", "Default"] == text_of(defaults().results_share)
    assert table.loc["metric", "Now"] == "Number of reoffences (frequency)"
    assert table.loc["hour_cost", "Range"] == "15 to 120"
    said = assumptions.summary(scenario)
    assert "what counts as a result; share of the contract paid on results" in said
    assert said.startswith(f"{len(specs())} parameters")
    assert "defaults now" in assumptions.summary(Scenario())


def test_a_glossary_has_one_meaning_for_each_word_in_alphabetical_order() -> None:
    terms = list(GLOSSARY)
    assert terms == sorted(terms, key=str.casefold)
    assert len(set(GLOSSARY.values())) == len(terms)
    assert all(meaning.endswith(".") for meaning in GLOSSARY.values())
    for word in ("Payment by results", "Fee for service", "Binary", "Frequency", "Baseline", "Deadweight", "Creaming",
                 "Parking", "Case mix", "Payback", "Benchmark", "Temptation", "Cohort", "Cell", "Odds ratio",
                 "Calibration"):  # fmt: skip
        assert any(term.startswith(word) for term in terms), word


def test_the_model_is_told_in_numbered_parts_that_promise_nothing_about_providers() -> None:
    assert [section.title.partition(".")[0] for section in SECTIONS] == [str(n + 1) for n in range(len(SECTIONS))]
    for section in SECTIONS:
        assert section.formulas
        assert "providers will" not in section.text.lower()


def test_sources_are_plain_csv() -> None:
    for path in provenance.FOLDER.rglob("sources.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert all(len(row) == len(provenance.COLUMNS) for row in csv.reader(file))
