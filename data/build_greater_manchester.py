"""Build the illustrative Greater Manchester cohort: about 8,000 adults who are not real people.

Run ``python -m data.build_greater_manchester``. It reads ``data/tables``, the neighbourhoods in the cohort's folder and
``greater_manchester_inputs``, and is seeded, so it always writes the same file. The binary rates and the reoffences per
reoffender are calibrated on the outcomes drawn, with common random numbers.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import nbinom, norm

from data import greater_manchester_inputs as given
from data import ogrs3
from data.build_tables import COHORTS, HOLD_OUT_SEED, TABLES, hold_out

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

FOLDER = COHORTS / "greater_manchester"
NEEDS = tuple(given.NEED_ODDS_RATIOS)
FACTORS = (
    *("age", "sex", "previous", "offence", "sentence", *NEEDS),
    *("decile", "decile_employment", "decile_housing", "borough", "neighbourhood"),
)


@dataclass(frozen=True)
class Drawn:
    """The cohort as written: its cells, and the histogram of reoffences per person."""

    cells: pd.DataFrame
    counts: pd.DataFrame
    alpha: float


def build() -> Drawn:
    """Draw the people, calibrate their outcomes, and reduce them to cells."""
    rng = np.random.default_rng(given.SEED)
    offences = pd.read_csv(TABLES / "index_offences.csv").set_index("offence")
    people = draw_people(rng, offences)
    shared = rng.standard_normal(given.PEOPLE)
    people["previous"] = draw_previous(rng, people, shared, offences)
    draw_needs(rng, people, shared)
    luck = rng.random(given.PEOPLE)
    probability = calibrated_probability(log_odds(rng, people), people["sentence"].to_numpy(), luck)
    alpha = calibrated_alpha(probability, luck)
    people["reoffences"] = reoffences(probability, luck, alpha)
    people["harm"] = draw_harm(rng, people, offences)
    return Drawn(*to_cells(people), alpha)


def draw_people(rng: np.random.Generator, offences: pd.DataFrame) -> pd.DataFrame:
    """Place, sentence, sex, age and index offence; one row per person."""
    places = pd.read_csv(FOLDER / "neighbourhoods.csv")
    weight = places["employment_deprived_adults"].fillna(0)  # nobody is drawn where nothing was published
    people = places.loc[rng.choice(len(places), given.PEOPLE, p=weight / weight.sum())].reset_index(drop=True)
    people["sentence"] = quota(rng, given.SENTENCES)
    people["sex"] = quota(rng, {"F": given.WOMEN, "M": 1 - given.WOMEN})
    people["age"] = quota(rng, {band: share for band, (_, _, share) in given.AGES.items()})
    shares = offences["offenders"] / offences["offenders"].sum()
    people["offence"] = quota(rng, dict(zip(offences.index, shares, strict=True)))
    ages = np.array([given.AGES[band][:2] for band in people["age"]])
    people["years"] = rng.uniform(ages[:, 0], ages[:, 1])
    return people


def quota(rng: np.random.Generator, shares: dict[str, float]) -> npt.NDArray[np.str_]:
    """Levels in the given shares, exact but for rounding, in random order; shape (people,)."""
    bounds = np.round(given.PEOPLE * np.cumsum(list(shares.values()))).astype(int)
    return rng.permutation(np.repeat(list(shares), np.diff(bounds, prepend=0)))


def draw_previous(
    rng: np.random.Generator, people: pd.DataFrame, shared: FloatArray, offences: pd.DataFrame
) -> IntArray:
    """Previous sanctions: longer with age, shorter sentences, theft and the like, and the shared need factor."""
    rate = offences["reoffenders"] / offences["offenders"]
    by_offence = pd.Series(np.log(rate / (1 - rate)), index=offences.index)
    by_offence -= np.average(by_offence, weights=offences["offenders"])
    years = people["years"].to_numpy() - given.FIRST_SANCTION_AGE
    mean = (
        people["sentence"].map(given.PREVIOUS_MEAN)
        * people["sex"].map({"F": given.PREVIOUS_WOMEN, "M": 1.0})
        * np.minimum(1, years / (given.PREVIOUS_FULL_AGE - given.FIRST_SANCTION_AGE))
        * np.exp(given.PREVIOUS_BY_OFFENCE * people["offence"].map(by_offence))
    ).to_numpy()
    own = rng.standard_normal(given.PEOPLE)
    latent = given.NEEDS_WITH_RECORD * shared + np.sqrt(1 - given.NEEDS_WITH_RECORD**2) * own
    draw = nbinom.ppf(norm.cdf(latent), given.PREVIOUS_SHAPE, given.PREVIOUS_SHAPE / (given.PREVIOUS_SHAPE + mean))
    return np.asarray(np.minimum(draw, np.minimum(years, given.PREVIOUS_TOP)), dtype=np.int64)


def draw_needs(rng: np.random.Generator, people: pd.DataFrame, shared: FloatArray) -> None:
    """Add a 0/1 column per need: those with the highest latent scores have it, as many as published."""
    custody = people["sentence"].ne("community").to_numpy()
    women = people["sex"].eq("F").to_numpy()
    tilt = {"accommodation": "decile_housing", "employment": "decile_employment"}
    for need in NEEDS:
        own = rng.standard_normal(given.PEOPLE)
        latent = np.sqrt(given.NEEDS_TOGETHER) * shared + np.sqrt(1 - given.NEEDS_TOGETHER) * own
        if need in tilt:
            latent += given.PLACE_TILT * deprivation(people[tilt[need]])
        people[need] = 0
        for group, share in need_groups(need, custody, women):
            chosen = np.flatnonzero(group)[np.argsort(-latent[group])]
            people.loc[chosen[: round(share * len(chosen))], need] = 1


def need_groups(
    need: str, custody: npt.NDArray[np.bool_], women: npt.NDArray[np.bool_]
) -> list[tuple[npt.NDArray[np.bool_], float]]:
    """The groups for which a share with this need is given, and the share."""
    if need == "mental_health":
        by_sex = [
            (custody & women, given.MENTAL_HEALTH_CUSTODY["F"]),
            (custody & ~women, given.MENTAL_HEALTH_CUSTODY["M"]),
        ]
        return [*by_sex, (~custody, given.MENTAL_HEALTH_COMMUNITY)]
    in_custody, in_community = given.NEED_SHARES[need]
    return [(custody, in_custody), (~custody, in_community)]


def deprivation(decile: "pd.Series[int]") -> FloatArray:
    """(10 - decile) / 9, so 1 is the most deprived tenth."""
    return np.asarray((10 - decile) / 9, dtype=np.float64)


def log_odds(rng: np.random.Generator, people: pd.DataFrame) -> FloatArray:
    """OGRS3 one-year static risk, needs net of it, and place: all but the calibrated intercept; shape (people,)."""
    career = rng.beta(*given.CAREER_SHARE, given.PEOPLE) * (people["years"].to_numpy() - given.FIRST_SANCTION_AGE)
    previous = people["previous"].to_numpy(dtype=float)
    ages = [ogrs3.AGE_SEX[sex][ogrs3.AGES.index(age)] for sex, age in zip(people["sex"], people["age"], strict=True)]
    offence = people["offence"].map({group: ogrs3.OFFENCE[name] for group, name in given.OGRS3_OFFENCE.items()})
    static = ogrs3.log_odds(
        previous, np.where(previous > 0, career, 0), np.asarray(ages), np.asarray(offence, dtype=np.float64)
    )
    needs = people[list(NEEDS)].to_numpy() @ np.log(list(given.NEED_ODDS_RATIOS.values()))
    place = deprivation(people["decile"])
    standardised = (place - place.mean()) / place.std()
    return np.asarray(ogrs3.INTERCEPT["one_year"] + static + needs + np.log(given.AREA_ODDS_RATIO) * standardised)


def calibrated_probability(eta: FloatArray, sentence: npt.NDArray[np.object_], luck: FloatArray) -> FloatArray:
    """P0 per person, with one intercept for short custody and one for the others.

    A person reoffends where ``luck`` > 1 - P0, that is where the intercept exceeds a threshold of their own; so an
    order statistic of the thresholds is the intercept that makes exactly the published number reoffend.
    """
    short = sentence == "custody_short"
    in_short = round(given.BINARY_RATE_SHORT_CUSTODY * short.sum())
    shifted = eta.copy()
    for group, reoffenders in ((short, in_short), (~short, round(given.BINARY_RATE * len(eta)) - in_short)):
        threshold = np.sort(np.log(1 / luck[group] - 1) - eta[group])
        shifted[group] += (threshold[reoffenders - 1] + threshold[reoffenders]) / 2
    return np.asarray(1 / (1 + np.exp(-shifted)))


def reoffences(probability: FloatArray, luck: FloatArray, alpha: float) -> IntArray:
    """Reoffences per person: the NB quantile of ``luck``, with the mean for which P(at least one) is P0."""
    mean = ((1 - probability) ** -alpha - 1) / alpha
    counts = nbinom.ppf(luck, 1 / alpha, 1 / (1 + alpha * mean))
    return np.asarray(counts, dtype=np.int64)


def calibrated_alpha(probability: FloatArray, luck: FloatArray) -> float:
    """The alpha at which the reoffences drawn come to 4.73 per reoffender; the reoffenders stay the same."""
    target = given.REOFFENCES_PER_REOFFENDER * round(given.BINARY_RATE * len(luck))

    def excess(alpha: float) -> float:
        return float(reoffences(probability, luck, alpha).sum() - target)

    return float(brentq(excess, 0.5, 4.0, xtol=1e-9))


def draw_harm(rng: np.random.Generator, people: pd.DataFrame, offences: pd.DataFrame) -> FloatArray:
    """Harm-index days over each person's reoffences: some like the index offence, the others of the published mix."""
    days = pd.read_csv(TABLES / "harm_by_offence.csv").set_index("offence")["harm_days"]
    person = np.repeat(np.arange(len(people)), people["reoffences"])
    mix = (offences["offenders"] / offences["offenders"].sum()).to_numpy()
    other = rng.choice(days[offences.index].to_numpy(), len(person), p=mix)
    like_index = people["offence"].map(days).to_numpy()[person]
    harm = np.where(rng.random(len(person)) < given.LIKE_INDEX, like_index, other)
    return np.asarray(np.bincount(person, harm, minlength=len(people)), dtype=np.float64)


def to_cells(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells (sums over distinct combinations of FACTORS) and the histogram of reoffences by side of the hold-out."""
    people = people.assign(
        reoffended=people["reoffences"].gt(0).astype(int), reoffences_squared=people["reoffences"] ** 2
    )
    grouped = people.groupby(list(FACTORS))
    cells = grouped[["reoffended", "reoffences", "reoffences_squared", "harm"]].sum()
    cells["harm"] = cells["harm"].round(4)
    cells.insert(0, "held_out", hold_out(len(cells), HOLD_OUT_SEED))
    cells.insert(1, "people", grouped.size())
    side = people.join(cells["held_out"], on=list(FACTORS))
    counts = side.groupby(["held_out", "reoffences"]).size().rename("people")
    return cells.reset_index(), counts.reset_index()


def main() -> None:
    """Write the cells and the histogram, and say what was drawn."""
    drawn = build()
    drawn.cells.to_csv(FOLDER / "cells.csv", index=False, lineterminator="\n")
    drawn.counts.to_csv(FOLDER / "counts.csv", index=False, lineterminator="\n")
    print(f"{len(drawn.cells):,} cells of {drawn.cells['people'].sum():,} illustrative adults, alpha {drawn.alpha:.4f}")


if __name__ == "__main__":
    main()
