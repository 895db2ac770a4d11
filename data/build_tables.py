"""Derive the shipped tables, and the cells of the Georgia cohort, from the published files.

Run ``python -m data.build_tables SOURCES_DIR``. The published files themselves are never shipped; README.md here
names each of them, its licence and what was changed. Everything else is built from the shipped tables alone.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
TABLES = HERE / "tables"
COHORTS = HERE / "cohorts"
STATIC = HERE.parent / "static"
HOLD_OUT_SHARE = 0.3
HOLD_OUT_SEED = 20250424
RACE_AGES = [18, 28, 38]
RACE_PREVIOUS = [0, 3, 6]
SMALLEST_COUNT = 10

HARM_ROWS = {
    "Violence Against the Person": [
        "Homicide",
        "Violence with injury",
        "Violence without injury",
        "Stalking and harassment",
        "Death or serious injury - unlawful driving",
    ],
    "Sexual": ["Rape offences", "Other sexual offences"],
    "Robbery": ["Robbery of business property", "Robbery of personal property"],
    "Theft": [
        "Shoplifting",
        "Other theft offences",
        "Theft from the person",
        "Bicycle theft",
        "Vehicle offences",
        "Residential burglary",
        "Non-residential burglary",
    ],
    "Criminal Damage and Arson": ["Criminal damage", "Arson"],
    "Drug": ["Possession of drugs", "Trafficking of drugs"],
    "Possession of Weapons": ["Possession of weapons offences"],
    "Public Order": ["Public order offences"],
    "Miscellaneous Crimes Against Society": ["Miscellaneous crimes against society"],
    # The index has no row for the four below: each is an assumption, the nearest row that it does have.
    "Fraud": ["Miscellaneous crimes against society"],
    "Summary Non-motoring": ["Violence without injury"],
    "Summary Motoring": ["Vehicle offences"],
    "Other": ["Miscellaneous crimes against society"],
}
HARM_ASSUMED = ("Fraud", "Summary Non-motoring", "Summary Motoring", "Other")
ALL_RECORDED = "All recorded crime"


def neighbourhoods(sources: Path) -> pd.DataFrame:
    """The 1,702 Greater Manchester neighbourhoods: borough, three deciles, employment-deprived adults."""
    imd = pd.read_csv(sources / "imd" / "imd2025_gm_lsoa21.csv")
    columns = {
        "lsoa21_code": "neighbourhood",
        "ltla22_name": "borough",
        "IMD_decile": "decile",
        "Employment_decile": "decile_employment",
        "Housing_and_Services_decile": "decile_housing",
        "employment_domain_numerator": "employment_deprived_adults",
    }
    table = imd[list(columns)].rename(columns=columns).sort_values("neighbourhood")
    return table.astype({"employment_deprived_adults": "Int64"})  # blank where nothing was published


def index_offences(sources: Path) -> pd.DataFrame:
    """Offenders and reoffenders of the 2023/24 cohort by index offence group."""
    table = pd.read_csv(sources / "moj" / "reoffending_by_index_offence_2023-24.csv")
    return table.rename(columns={"group": "offence"})[["offence", "offenders", "reoffenders"]]


def harm_by_offence(sources: Path) -> pd.DataFrame:
    """Cambridge harm-index days per crime by offence group: the mean over its recorded crimes, 2024/25."""
    index = pd.read_csv(sources / "costs" / "cchi_weights.csv").set_index("prc_subgroup")
    groups = {**HARM_ROWS, ALL_RECORDED: list(index.index)}
    rows = []
    for offence, names in groups.items():
        crimes = index.loc[names, "national_count_2024_25"]
        days = float(np.average(index.loc[names, "cchi_days"], weights=crimes))
        basis = f"assumed as {names[0]}" if offence in HARM_ASSUMED else "recorded crimes"
        rows.append((offence, round(days, 4), int(crimes.sum()), basis))
    return pd.DataFrame(rows, columns=["offence", "harm_days", "recorded_crimes", "basis"])


def georgia_areas(people: pd.DataFrame, sources: Path) -> pd.DataFrame:
    """The 25 area groups: mean income-to-poverty ratio, people, and people-weighted tenth (1 = lowest ratio)."""
    census = pd.read_csv(sources / "georgia_parole" / "census_puma_data.csv", encoding="utf-8-sig")
    table = (
        pd.DataFrame(
            {
                "income_to_poverty": census.groupby("Code")["income_to_pov_ratio13"].mean().round(4),
                "people": people["Residence_PUMA"].value_counts(),
            }
        )
        .rename_axis("area")
        .sort_values(["income_to_poverty", "area"])
    )
    below = table["people"].cumsum() - table["people"] / 2
    table["decile"] = np.ceil(10 * below / table["people"].sum()).astype(int)
    return table.reset_index().sort_values("area")


def georgia_cells(people: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """One row per distinct combination of covariates, with people and how many were rearrested.

    A zero in the drug-test and employment columns may be a missing value. So only a positive test counts as a
    drugs need; a zero share of days employed counts as an employment need, as Jobs_Per_Year is zero with it.
    """
    positive_tests = people.filter(regex="^DrugTests_.*_Positive$")
    needs_work = (people["Percent_Days_Employed"] < 0.5) & (people["Employment_Exempt"] == 0)
    columns = pd.DataFrame(
        {
            "age": people["Age_at_Release"].replace({"48 or older": "48+"}),
            "sex": people["Gender"],
            "previous": people["Prior_Arrest_Episodes_Felony"].replace({"10 or more": "10"}).astype(int),
            "sentence": people["Prison_Years"].map(
                {
                    "Less than 1 year": "short",
                    "1-2 years": "short",
                    "Greater than 2 to 3 years": "long",
                    "More than 3 years": "long",
                }
            ),
            "accommodation": people["Residence_Changes"].isin(["2", "3 or more"]).astype(int),
            "employment": needs_work.astype(int),
            "drugs": (positive_tests > 0).any(axis=1).astype(int),
            "mental_health": people["Condition_MH_SA"],
            "decile": people["Residence_PUMA"].map(areas.set_index("area")["decile"]),
        }
    )
    outcome = people["Recidivism_Within_3years"].groupby([columns[name] for name in columns])
    cells = outcome.agg(people="size", reoffended="sum").reset_index()
    cells.insert(len(columns.columns), "held_out", hold_out(len(cells), HOLD_OUT_SEED))
    return cells


def georgia_race(people: pd.DataFrame) -> pd.DataFrame:
    """People and rearrests by race in 18 groups by sex, age and previous felony arrests, each named by its first value.

    Coarse on purpose: what the fairness page needs to say how race goes with risk, and no number under 10 in it.
    """
    keys = {
        "sex": people["Gender"],
        "age_from": band(people["Age_at_Release"].str[:2].astype(int), RACE_AGES),
        "previous_from": band(
            people["Prior_Arrest_Episodes_Felony"].replace({"10 or more": "10"}).astype(int), RACE_PREVIOUS
        ),
        "race": people["Race"],
    }
    table = people["Recidivism_Within_3years"].groupby(list(keys.values())).agg(people="size", rearrested="sum")
    assert table["rearrested"].min() >= SMALLEST_COUNT <= (table["people"] - table["rearrested"]).min()
    return table.rename_axis(list(keys)).reset_index()


def band(values: pd.Series, firsts: list[int]) -> np.ndarray:
    """The first value of the band that each value is in."""
    return np.array(firsts)[np.digitize(values, firsts) - 1]


def hold_out(cells: int, seed: int) -> np.ndarray:
    """Which cells are kept out of the fit that is checked, 0 or 1: everyone in a cell is on the same side."""
    return (np.random.default_rng(seed).random(cells) < HOLD_OUT_SHARE).astype(int)


def main(sources: Path) -> None:
    """Write every table, and the Georgia cells."""
    people = pd.read_csv(sources / "georgia_parole" / "nij_recidivism_reconstructed_25750.csv")
    areas, georgia = georgia_areas(people, sources), COHORTS / "georgia_parole"
    tables = {
        COHORTS / "greater_manchester" / "neighbourhoods.csv": neighbourhoods(sources),
        TABLES / "index_offences.csv": index_offences(sources),
        TABLES / "harm_by_offence.csv": harm_by_offence(sources),
        georgia / "areas.csv": areas,
        georgia / "race.csv": georgia_race(people),
        georgia / "cells.csv": georgia_cells(people, areas),
    }
    for path, table in tables.items():
        path.parent.mkdir(exist_ok=True)
        table.to_csv(path, index=False, lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
