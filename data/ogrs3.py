"""OGRS3: the static risk of proven reoffending (Howard and others 2009, Ministry of Justice).

P = logistic(intercept + 1.251124464 x Copas + H + A + O), where Copas = ln((1 + previous sanctions) / (10 + years
since the first sanction)), H depends on whether there is a previous sanction, A on age and sex, O on the offence.
"""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

INTERCEPT = {"one_year": 1.402562384, "two_year": 2.121705678}
COPAS = 1.251124464
FIRST_SANCTION = 0.126142106
ANY_PREVIOUS = 0.463062792
AGES = ("18-20", "21-24", "25-29", "30-34", "35-39", "40-49", "50+")
AGE_SEX = {
    "M": (-0.625103618, -1.051515067, -1.166679288, -1.325976554, -1.368045933, -1.499690953, -2.025261458),
    "F": (-0.897480934, -1.028488454, -1.052777806, -1.129127959, -1.421874940, -1.524652221, -2.449837160),
}
OFFENCE = {
    "violence": 0.0,
    "robbery": -0.634795912,
    "public order": 0.181917975,
    "sexual (not child)": 0.003276327,
    "sexual (child)": -0.653434071,
    "burglary domestic": -0.12394352,
    "burglary other": 0.240604429,
    "theft": 0.661244321,
    "handling": 0.351866973,
    "fraud": 0.159910192,
    "absconding or bail": 0.733378677,
    "taking and driving away": 0.380059431,
    "theft from vehicle": 0.427225615,
    "other motoring": 0.262228428,
    "drink driving": -0.121439408,
    "criminal damage": 0.204960477,
    "drug import or production": -0.795556373,
    "drug possession or supply": 0.077165871,
    "other": -0.060667525,
}


def log_odds(
    previous: FloatArray, years_since_first: FloatArray, age_sex: FloatArray, offence: FloatArray
) -> FloatArray:
    """Log-odds of proven reoffending without the intercept, shape (people,).

    ``previous`` counts sanctions before the present one; ``age_sex`` and ``offence`` are the published terms.
    """
    copas = np.log((1 + previous) / (10 + years_since_first))
    return COPAS * copas + np.where(previous > 0, ANY_PREVIOUS, FIRST_SANCTION) + age_sex + offence


def probability(
    previous: int, years_since_first: float, sex: str, age: str, offence: str, horizon: str = "one_year"
) -> float:
    """Chance of proven reoffending of one person within ``one_year`` or ``two_year``."""
    static = log_odds(
        np.array([float(previous)]),
        np.array([years_since_first]),
        np.array([AGE_SEX[sex][AGES.index(age)]]),
        np.array([OFFENCE[offence]]),
    )
    return float(1 / (1 + np.exp(-INTERCEPT[horizon] - static[0])))
