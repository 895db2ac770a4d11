"""Derive what a crime costs each agency, by offence group, and the deflator that brings prices to one year.

Run ``python -m data.build_unit_costs SOURCES_DIR``. Costs: Greater Manchester Combined Authority (GMCA), Unit Cost
Database v1.4, rows CR8, £ per incident. Its rows are called fiscal, economic and social; but for every crime the
total is the sum of its fiscal rows to within £1, so nothing in it is a cost to victims or to the economy.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from data.build_tables import HARM_ASSUMED, HARM_ROWS, TABLES

AGENCY_ENDS = {1: "police", 2: "probation", 3: "courts", 4: "prison", 5: "other_justice", 6: "nhs"}
"""Last part of a code, such as CR8.7.3 -> the agency that bears the cost."""
ALL_CRIME = "CR8.0"
PRICE_YEAR = "2010/11"

# Subgroup of recorded crime -> rows of the database, averaged alike, and what is assumed in choosing them.
CRIME_ROWS: dict[str, tuple[tuple[str, ...], str]] = {
    "Homicide": (("CR8.1",), ""),
    "Violence with injury": (("CR8.3",), "violence with injury as other wounding"),
    "Violence without injury": (("CR8.5",), ""),
    "Stalking and harassment": (("CR8.5",), "stalking and harassment as common assault"),
    "Death or serious injury - unlawful driving": (("CR8.2",), "death or injury by driving as serious wounding"),
    "Rape offences": (("CR8.4",), ""),
    "Other sexual offences": (("CR8.4",), ""),
    "Robbery of business property": (("CR8.13",), ""),
    "Robbery of personal property": (("CR8.6",), ""),
    "Shoplifting": (("CR8.18",), ""),
    "Other theft offences": (("CR8.8",), ""),
    "Theft from the person": (("CR8.8",), ""),
    "Bicycle theft": (("CR8.8",), ""),
    "Vehicle offences": (("CR8.9", "CR8.10", "CR8.11"), "theft of, theft from and attempts on vehicles alike"),
    "Residential burglary": (("CR8.7",), ""),
    "Non-residential burglary": (("CR8.14",), ""),
    "Criminal damage": (("CR8.12", "CR8.19"), "damage to people's and firms' property alike"),
    "Arson": (("CR8.12", "CR8.19"), "arson as criminal damage"),
}
NO_ROW = ((ALL_CRIME,), "no row: as the average of all crime")

# HM Treasury, GDP deflators at market prices, and money GDP, December 2025 (Quarterly National Accounts): calendar
# years, 2024 = 100. Copied from the data of the R package greenbook, which names that spreadsheet as its source.
DEFLATOR = {
    2010: 69.1217,
    2011: 70.834,
    2012: 71.9294,
    2013: 73.4795,
    2014: 74.6524,
    2015: 75.1536,
    2016: 76.4554,
    2017: 77.6367,
    2018: 79.1606,
    2019: 81.1085,
    2020: 85.2137,
    2021: 85.6358,
    2022: 90.5005,
    2023: 96.2507,
    2024: 100.0,
}


def crime_costs(sources: Path) -> pd.DataFrame:
    """£ per incident in 2010/11 by crime (code) and agency, with the total that the database states for the crime.

    The average of all crime has no police row: what its total leaves over is taken to be the police's.
    """
    rows = pd.read_csv(sources / "costs" / "gmca_unit_costs_crime.csv")
    rows = rows[rows["code"].str.startswith("CR8.")]
    if not rows["source_detail"].eq(PRICE_YEAR).all():
        raise ValueError(f"not every row CR8 is in prices of {PRICE_YEAR}")
    parts = rows["code"].str.split(".")
    crime, end = parts.str[:2].str.join("."), parts.str[2]
    agency = end.map({str(number): name for number, name in AGENCY_ENDS.items()}).fillna("stated_total")
    costs = rows.assign(crime=crime, agency=agency).pivot(index="crime", columns="agency", values="cost_gbp")
    costs = costs[[*AGENCY_ENDS.values(), "stated_total"]].fillna(0.0)
    left_over = costs["stated_total"] - costs[list(AGENCY_ENDS.values())].sum(axis=1)
    costs["police"] = costs["police"] + left_over.where(costs.index == ALL_CRIME, 0.0)
    return costs


def unit_costs(sources: Path) -> pd.DataFrame:
    """£ per incident by offence group and agency: the mean over the group's recorded crimes, 2024/25."""
    costs = crime_costs(sources)
    recorded = pd.read_csv(sources / "costs" / "cchi_weights.csv").set_index("prc_subgroup")["national_count_2024_25"]
    rows = []
    for offence, names in HARM_ROWS.items():
        chosen = [CRIME_ROWS.get(name, NO_ROW) for name in names]
        each = np.array([costs.loc[list(codes)].mean().to_numpy() for codes, _ in chosen])
        mean = np.average(each, axis=0, weights=recorded[names])
        stands_for = [f"as {names[0].lower()}"] if offence in HARM_ASSUMED and names[0] in CRIME_ROWS else []
        assumed = list(dict.fromkeys([*stands_for, *(words for _, words in chosen if words)]))
        rows.append(
            {
                "offence": offence,
                **dict(zip(costs.columns, mean.round(2), strict=True)),
                "price_year": PRICE_YEAR,
                "codes": " ".join(dict.fromkeys(code for codes, _ in chosen for code in codes)),
                "recorded_crimes": int(recorded[names].sum()),
                "assumed": "; ".join(assumed),
            }
        )
    return pd.DataFrame(rows)


def deflator() -> pd.DataFrame:
    """The deflator by calendar year, 2024 = 100."""
    return pd.DataFrame({"year": list(DEFLATOR), "deflator": list(DEFLATOR.values())})


def main(sources: Path) -> None:
    """Write both tables."""
    unit_costs(sources).to_csv(TABLES / "unit_costs.csv", index=False, lineterminator="\n")
    deflator().to_csv(TABLES / "price_deflator.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
