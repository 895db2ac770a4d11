"""A map with every kind of factor, and people drawn to it."""

from pathlib import Path

import numpy as np
import pandas as pd

from pricing.people.records.mapping.read import read

HEAD = """
label = "Made-up people"
outcome = "Proven reoffending within 12 months"
follow_up = "12 months"
[rows]
person = "id"
number = "row"
missing = ["Unknown"]
keep = [{column = "year", in = [2023]}]
[outcomes]
reoffended = {column = "again", yes = ["Y"], no = ["N"]}
reoffences = {column = "times", most = 200}
harm = {column = "days"}
"""
FACTORS = """
[[factors]]
key = "age"
kind = "category"
column = "age"
cut = [18, 25, 40]
[[factors]]
key = "sex"
kind = "category"
column = "sex"
values = {F = ["Female", "f"], M = ["Male"]}
labels = ["Women", "Men"]
[[factors]]
key = "previous"
kind = "count"
column = "sanctions"
top = 12
bands = [0, 1, 3, 6]
read = {"12 or more" = 12}
[[factors]]
key = "drugs"
kind = "need"
any = [{column = "score", from = 2}, {column = "test", in = ["positive"]}]
[[factors]]
key = "decile"
kind = "decile"
lookup = {column = "lsoa", table = "streets.csv", key = "street", value = "tenth"}
"""
MAP = HEAD + FACTORS
STREETS = ("S00", "S01", "S47")


def people(number: int, seed: int) -> pd.DataFrame:
    """Sound records of so many people, all as text."""
    rng = np.random.default_rng(seed)
    again = rng.random(number) < 0.4
    times = np.where(again, 1 + rng.poisson(1.5, number), 0)
    return pd.DataFrame(
        {
            "row": np.arange(1, number + 1),
            "id": [f"p{place}" for place in range(number)],
            "year": rng.choice(["2023", "2022"], number, p=[0.9, 0.1]),
            "again": np.where(again, "Y", "N"),
            "times": times,
            "days": np.round(times * rng.uniform(1, 60, number), 3),
            "age": rng.integers(18, 60, number),
            "sex": rng.choice(["Female", "f", "Male"], number),
            "sanctions": np.minimum(rng.poisson(4, number), 12).astype(str),
            "score": rng.integers(0, 4, number),
            "test": rng.choice(["positive", "negative"], number),
            "lsoa": rng.choice(STREETS, number),
        }
    ).astype(str)


HERE_MAP = read(MAP, Path(__file__).parent)
