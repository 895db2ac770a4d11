"""Public tables as a user would map them, on small extracts made here: ProPublica's of Broward County, and Iowa's."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from pricing.people import fitting
from pricing.people.records import door
from pricing.people.records.door import Built, RecordsMap
from pricing.people.records.mapping.first import SeenColumn, first_map

ROOT = Path(__file__).parents[4]
BROWARD = re.findall(r"```toml\n(label.*?)```", (ROOT / "docs" / "your_own_people.md").read_text("utf-8"), re.DOTALL)[0]
"""The map of the worked example, as it stands there."""
IOWA = """
label = "Iowa: people released from prison"
outcome = "Return to prison within three years of release"
follow_up = "three years"
country = "the USA"
[rows]
missing = ["N/A -"]
keep = [{column = "Release Type", in = ["Parole", "Parole Granted", "Discharged - Expiration of Sentence"]}]
wrong = "leave_out"
[outcomes]
reoffended = {column = "Return to Prison", yes = ["Yes"], no = ["No"]}
implied_alpha = 1.6
equal_severity = 101.68
[[factors]]
key = "age"
column = "Age At Release"
levels = ["Under 25", "25-34", "35-44", "45-54", "55 and Older"]
[[factors]]
key = "sex"
column = "Sex"
levels = ["Female", "Male"]
wrong = "not_known"
[[factors]]
key = "offence"
column = "Offense Type"
levels = ["Drug", "Other", "Property", "Public Order", "Violent"]
[[factors]]
key = "sentence"
label = "Offence class"
column = "Offense Classification"
values = {felony = ["B Felony", "C Felony", "D Felony"], other = ["Aggravated Misdemeanor", "Serious Misdemeanor"]}
labels = ["Felony", "Misdemeanour"]
[[factors]]
key = "district"
kind = "place"
column = "Main Supervising District"
levels = ["1JD", "2JD", "3JD", "4JD", "5JD", "6JD", "7JD", "8JD", "ISC"]
wrong = "leave_out"
"""


def broward(number: int = 2_000) -> pd.DataFrame:
    """Columns of compas-scores-two-years.csv, two of them twice, as it has them."""
    rng = np.random.default_rng(1)
    priors, age = np.minimum(rng.negative_binomial(1, 0.25, number), 38), rng.integers(18, 80, number)
    odds = np.exp(0.4 + 0.15 * priors - 0.03 * age)
    again = (rng.random(number) < odds / (1 + odds)).astype(int)
    columns = {
        "id": np.arange(1, number + 1),
        "name": "somebody",
        "sex": rng.choice(["Female", "Male"], number, p=[0.2, 0.8]),
        "age": age,
        "age_cat": "25 - 45",
        "race": rng.choice(["African-American", "Caucasian", "Hispanic"], number),
        "juv_fel_count": 0,
        "decile_score": rng.integers(1, 11, number),
        "priors_count": priors,
        "days_b_screening_arrest": rng.choice([-1, 0, 4, 60, np.nan], number),
        "c_charge_degree": rng.choice(["F", "M"], number),
        "is_recid": np.where(rng.random(number) < 0.02, -1, again),
        "violent_recid": np.nan,
        "decile_score.1": 3,
        "priors_count.1": priors,
        "two_year_recid": again,
    }
    return pd.DataFrame(columns)


def iowa(number: int = 2_500) -> pd.DataFrame:
    """Columns of Iowa's three-year recidivism table: nobody's id, values in words, some missing."""
    rng = np.random.default_rng(2)
    ages = ["Under 25", "25-34", "35-44", "45-54", "55 and Older"]
    place = rng.integers(5, size=number)
    classes = ["B Felony", "C Felony", "D Felony", "Aggravated Misdemeanor", "Serious Misdemeanor"]
    releases = ["Parole", "Parole Granted", "Discharged - Expiration of Sentence", "Paroled to Detainer - INS"]
    return pd.DataFrame(
        {
            "Fiscal Year Released": 2013,
            "Main Supervising District": rng.choice([*(f"{k}JD" for k in range(1, 9)), "ISC"], number),
            "Release Type": rng.choice(releases, number),
            "Race - Ethnicity": "White - Non-Hispanic",
            "Age At Release": np.array(ages)[place],
            "Sex": rng.choice(["Female", "Male", ""], number, p=[0.15, 0.8, 0.05]),
            "Offense Classification": rng.choice([*classes, "N/A -"], number, p=[0.1, 0.2, 0.3, 0.3, 0.08, 0.02]),
            "Offense Type": rng.choice(["Drug", "Other", "Property", "Public Order", "Violent"], number),
            "Return to Prison": np.where(rng.random(number) < 0.42 - 0.05 * place, "Yes", "No"),
        }
    )


def built(table: pd.DataFrame, text: str, header: str = "") -> tuple[RecordsMap, Built]:
    data = table.to_csv(index=False)
    given = door.read_map(text)
    engine = door.engine((data.replace(data.splitlines()[0], header, 1) if header else data).encode(), "people.csv")
    try:
        return given, door.build(door.count(engine, given), given, "public")
    finally:
        engine.close()


def test_broward_is_read_as_its_publishers_read_it() -> None:
    table = broward()
    kept = table[table["days_b_screening_arrest"].between(-30, 30) & (table["is_recid"] != -1)]
    _, found = built(table, BROWARD)
    cells = found.curves.cells
    assert cells.people.sum() == len(kept)
    assert cells.outcomes["reoffended"].sum() == kept["two_year_recid"].sum()
    by_sex = kept.groupby("sex")["two_year_recid"].sum()
    assert [cells.outcomes["reoffended"][cells.codes["sex"] == code].sum() for code in (0, 1)] == by_sex.tolist()
    curve = found.curves.curves["binary"]
    same = fitting.fit_curves(cells, None)["binary"]
    np.testing.assert_allclose(curve.coefficients, same.coefficients, atol=1e-10)
    assert curve.coefficients[curve.terms.index("age: 18 to 24")] > 0
    assert not found.cohort.needs.any()


def test_columns_that_stand_twice_are_read_once() -> None:
    table = broward()
    header = ",".join(table.columns).replace(".1", "")
    assert header.count("priors_count") == 2
    _, found = built(table, BROWARD, header)
    assert found.curves.cells.people.sum() == built(table, BROWARD)[1].curves.cells.people.sum()


def test_iowa_is_read_without_an_id() -> None:
    table = iowa()
    kept = table[(table["Release Type"] != "Paroled to Detainer - INS") & (table["Offense Classification"] != "N/A -")]
    given, found = built(table, IOWA)
    cells = found.curves.cells
    assert given.hold_out.by == "cell"
    assert cells.people.sum() == len(kept)
    assert cells.outcomes["reoffended"].sum() == (kept["Return to Prison"] == "Yes").sum()
    assert "Not known" in cells.factors["sex"].labels
    assert set(found.curves.curves["binary"].rows) == {"age", "sex", "offence", "sentence"}
    assert any(line.startswith("Sex: ") and "counted as “Not known”" in line for line in found.said)


def test_a_score_is_not_guessed_to_be_deprivation_nor_a_case_to_be_a_count() -> None:
    seen = [SeenColumn(name, "number", ()) for name in ("decile_score", "violent_recid", "is_recid", "imd_decile")]
    text = first_map(seen, "people.csv")
    assert 'kind = "decile"\ncolumn = "imd_decile"' in text
    assert "reoffences = " not in text
    charges = (SeenColumn("c_offense_date", "text", ()), SeenColumn("c_charge_degree", "text", ("F", "M")))
    assert 'column = "c_charge_degree"' in first_map(charges, "people.csv")
    for name in ("n_reoffences", "number_of_rearrests", "times"):
        assert "reoffences = " in first_map([SeenColumn(name, "number", ())], "people.csv")
