"""Build the illustrative Greater Manchester cohort: about 8,000 adults who are not real people.

Run ``python -m data.build_greater_manchester``. It reads only ``data/tables`` and is seeded, so it always writes
the same file. Each constant below is a published figure with its source, or is marked as an assumption; README.md
here lists the assumptions. The binary rates and the reoffences per reoffender are calibrated on the outcomes drawn.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import nbinom, norm

from data import ogrs3
from data.build_tables import COHORTS, TABLES, hold_out

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SEED = 2025
PEOPLE = 8000

# Ministry of Justice, April to June 2023: adults released from custody or with court orders; sentences under 12 months.
BINARY_RATE = 0.352
BINARY_RATE_SHORT_CUSTODY = 0.592
# Ministry of Justice, annual cohort 2023/24.
REOFFENCES_PER_REOFFENDER = 4.73

# Assumptions: who the people are. The offence mix is the published one, so it has no constant here.
SENTENCES = {"custody_short": 0.18, "custody_long": 0.17, "community": 0.65}
WOMEN = 0.14
AGES = {
    "18-20": (18, 21, 0.06),
    "21-24": (21, 25, 0.11),
    "25-29": (25, 30, 0.16),
    "30-34": (30, 35, 0.18),
    "35-39": (35, 40, 0.17),
    "40-49": (40, 50, 0.20),
    "50+": (50, 65, 0.12),
}
PREVIOUS_MEAN = {"custody_short": 14.0, "custody_long": 9.0, "community": 7.0}
PREVIOUS_SHAPE = 1.2
PREVIOUS_WOMEN = 0.8
PREVIOUS_TOP = 40
PREVIOUS_FULL_AGE = 35.0  # records are shorter in proportion before this age
PREVIOUS_BY_OFFENCE = 0.5  # per unit of log-odds of the published reoffending rate of the index offence
FIRST_SANCTION_AGE = 12.0
CAREER_SHARE = (3.0, 2.0)  # beta distribution: share of the years since that age that lie after the first sanction

# Odds ratios net of static risk: the Ministry of Justice's successor to OGRS. Drugs: drug motivation; alcohol: chronic
# drinking. Nothing is published for mental health, so it changes nothing here.
NEED_ODDS_RATIOS = {
    "accommodation": 1.19,
    "employment": 1.07,
    "drugs": 1.19,
    "alcohol": 1.16,
    "mental_health": 1.0,
}
# Shares with the need (custody, community). Published: accommodation and alcohol (OASys, October 2024), drugs in
# custody, employment in custody (one minus the share in P45 employment), mental health. Assumptions: drugs (0.35) and
# employment (0.50) in the community.
NEED_SHARES = {
    "accommodation": (0.68, 0.39),
    "employment": (0.83, 0.50),
    "drugs": (0.71, 0.35),
    "alcohol": (0.22, 0.24),
}
MENTAL_HEALTH_CUSTODY = {"F": 0.71, "M": 0.47}
MENTAL_HEALTH_COMMUNITY = 0.38
# Assumptions: how needs come together, with each other, with a long record and with scarce homes and jobs.
NEEDS_TOGETHER = 0.3  # correlation of any two needs' latent scores
NEEDS_WITH_RECORD = 0.3  # correlation of the shared need factor with the latent score of previous sanctions
PLACE_TILT = 0.6  # latent standard deviations, least to most deprived tenth
# Assumption, central case: odds ratio per standard deviation of deprivation (meta-analytic mean, p = .15).
AREA_ODDS_RATIO = 1.03

# Assumption: which OGRS3 offence stands for each published group.
OGRS3_OFFENCE = {
    "Violence Against the Person": "violence",
    "Sexual": "sexual (not child)",
    "Robbery": "robbery",
    "Theft": "theft",
    "Criminal Damage and Arson": "criminal damage",
    "Drug": "drug possession or supply",
    "Possession of Weapons": "other",
    "Public Order": "public order",
    "Miscellaneous Crimes Against Society": "other",
    "Fraud": "fraud",
    "Summary Non-motoring": "other",
    "Summary Motoring": "other motoring",
    "Other": "other",
}
LIKE_INDEX = 0.4  # assumption: share of reoffences in the offence group of the index offence

NEEDS = tuple(NEED_ODDS_RATIOS)
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
    rng = np.random.default_rng(SEED)
    offences = pd.read_csv(TABLES / "index_offences.csv").set_index("offence")
    people = draw_people(rng, offences)
    shared = rng.standard_normal(PEOPLE)
    people["previous"] = draw_previous(rng, people, shared, offences)
    draw_needs(rng, people, shared)
    luck = rng.random(PEOPLE)
    probability = calibrated_probability(log_odds(rng, people), people["sentence"].to_numpy(), luck)
    alpha = calibrated_alpha(probability, luck)
    people["reoffences"] = reoffences(probability, luck, alpha)
    people["harm"] = draw_harm(rng, people, offences)
    return Drawn(*to_cells(people), alpha)


def draw_people(rng: np.random.Generator, offences: pd.DataFrame) -> pd.DataFrame:
    """Place, sentence, sex, age and index offence; one row per person."""
    places = pd.read_csv(TABLES / "neighbourhoods.csv")
    weight = places["employment_deprived_adults"].fillna(0)  # nobody is drawn where nothing was published
    people = places.loc[rng.choice(len(places), PEOPLE, p=weight / weight.sum())].reset_index(drop=True)
    people["sentence"] = quota(rng, SENTENCES)
    people["sex"] = quota(rng, {"F": WOMEN, "M": 1 - WOMEN})
    people["age"] = quota(rng, {band: share for band, (_, _, share) in AGES.items()})
    shares = offences["offenders"] / offences["offenders"].sum()
    people["offence"] = quota(rng, shares.to_dict())
    first, last = (people["age"].map({band: ages[end] for band, ages in AGES.items()}) for end in (0, 1))
    people["years"] = rng.uniform(first, last)
    return people


def quota(rng: np.random.Generator, shares: dict[str, float]) -> npt.NDArray[np.str_]:
    """Levels in the given shares, exact but for rounding, in random order; shape (PEOPLE,)."""
    bounds = np.round(PEOPLE * np.cumsum(list(shares.values()))).astype(int)
    return rng.permutation(np.repeat(list(shares), np.diff(bounds, prepend=0)))


def draw_previous(
    rng: np.random.Generator, people: pd.DataFrame, shared: FloatArray, offences: pd.DataFrame
) -> IntArray:
    """Previous sanctions: longer with age, shorter sentences, theft and the like, and the shared need factor."""
    rate = offences["reoffenders"] / offences["offenders"]
    by_offence = np.log(rate / (1 - rate))
    by_offence -= np.average(by_offence, weights=offences["offenders"])
    mean = (
        people["sentence"].map(PREVIOUS_MEAN)
        * people["sex"].map({"F": PREVIOUS_WOMEN, "M": 1.0})
        * np.minimum(1, (people["years"] - FIRST_SANCTION_AGE) / (PREVIOUS_FULL_AGE - FIRST_SANCTION_AGE))
        * np.exp(PREVIOUS_BY_OFFENCE * people["offence"].map(by_offence))
    ).to_numpy()
    own = rng.standard_normal(PEOPLE)
    latent = NEEDS_WITH_RECORD * shared + np.sqrt(1 - NEEDS_WITH_RECORD**2) * own
    draw = nbinom.ppf(norm.cdf(latent), PREVIOUS_SHAPE, PREVIOUS_SHAPE / (PREVIOUS_SHAPE + mean))
    return np.minimum(draw, PREVIOUS_TOP).astype(np.int64)


def draw_needs(rng: np.random.Generator, people: pd.DataFrame, shared: FloatArray) -> None:
    """Add a 0/1 column per need: those with the highest latent scores have it, as many as published."""
    custody = people["sentence"].ne("community").to_numpy()
    women = people["sex"].eq("F").to_numpy()
    tilt = {"accommodation": "decile_housing", "employment": "decile_employment"}
    for need in NEEDS:
        own = rng.standard_normal(PEOPLE)
        latent = np.sqrt(NEEDS_TOGETHER) * shared + np.sqrt(1 - NEEDS_TOGETHER) * own
        if need in tilt:
            latent += PLACE_TILT * deprivation(people[tilt[need]])
        people[need] = 0
        for group, share in need_groups(need, custody, women):
            chosen = np.flatnonzero(group)[np.argsort(-latent[group])]
            people.loc[chosen[: round(share * len(chosen))], need] = 1


def need_groups(
    need: str, custody: npt.NDArray[np.bool_], women: npt.NDArray[np.bool_]
) -> list[tuple[npt.NDArray[np.bool_], float]]:
    """The groups for which a share with this need is given, and the share."""
    if need == "mental_health":
        by_sex = [(custody & women, MENTAL_HEALTH_CUSTODY["F"]), (custody & ~women, MENTAL_HEALTH_CUSTODY["M"])]
        return [*by_sex, (~custody, MENTAL_HEALTH_COMMUNITY)]
    in_custody, in_community = NEED_SHARES[need]
    return [(custody, in_custody), (~custody, in_community)]


def deprivation(decile: "pd.Series[int]") -> FloatArray:
    """(10 - decile) / 9, so 1 is the most deprived tenth."""
    return ((10 - decile) / 9).to_numpy(dtype=float)


def log_odds(rng: np.random.Generator, people: pd.DataFrame) -> FloatArray:
    """OGRS3 one-year static risk, needs net of it, and place: all but the calibrated intercept; shape (PEOPLE,)."""
    career = rng.beta(*CAREER_SHARE, PEOPLE) * (people["years"].to_numpy() - FIRST_SANCTION_AGE)
    previous = people["previous"].to_numpy(dtype=float)
    age_sex = [ogrs3.AGE_SEX[s][ogrs3.AGES.index(a)] for s, a in zip(people["sex"], people["age"], strict=True)]
    offence = people["offence"].map({group: ogrs3.OFFENCE[name] for group, name in OGRS3_OFFENCE.items()})
    static = ogrs3.log_odds(previous, np.where(previous > 0, career, 0), np.array(age_sex), offence.to_numpy())
    needs = people[list(NEEDS)].to_numpy() @ np.log(list(NEED_ODDS_RATIOS.values()))
    place = deprivation(people["decile"])
    standardised = (place - place.mean()) / place.std()
    return np.asarray(ogrs3.INTERCEPT["one_year"] + static + needs + np.log(AREA_ODDS_RATIO) * standardised)


def calibrated_probability(eta: FloatArray, sentence: npt.NDArray[np.object_], luck: FloatArray) -> FloatArray:
    """P0 per person, with one intercept for short custody and one for the others.

    A person reoffends where ``luck`` > 1 - P0, that is where the intercept exceeds a threshold of their own; so an
    order statistic of the thresholds is the intercept that makes exactly the published number reoffend.
    """
    short = sentence == "custody_short"
    in_short = round(BINARY_RATE_SHORT_CUSTODY * short.sum())
    shifted = eta.copy()
    for group, reoffenders in ((short, in_short), (~short, round(BINARY_RATE * len(eta)) - in_short)):
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
    target = REOFFENCES_PER_REOFFENDER * round(BINARY_RATE * len(luck))

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
    harm = np.where(rng.random(len(person)) < LIKE_INDEX, like_index, other)
    return np.bincount(person, harm, minlength=len(people))


def to_cells(people: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells (sums over distinct combinations of FACTORS) and the histogram of reoffences by side of the hold-out."""
    people = people.assign(
        reoffended=people["reoffences"].gt(0).astype(int), reoffences_squared=people["reoffences"] ** 2
    )
    grouped = people.groupby(list(FACTORS))
    cells = grouped[["reoffended", "reoffences", "reoffences_squared", "harm"]].sum()
    cells["harm"] = cells["harm"].round(4)
    cells.insert(0, "held_out", hold_out(len(cells), SEED))
    cells.insert(1, "people", grouped.size())
    side = people.join(cells["held_out"], on=list(FACTORS))
    counts = side.groupby(["held_out", "reoffences"]).size().rename("people")
    return cells.reset_index(), counts.reset_index()


def main() -> None:
    """Write the cells and the histogram, and say what was drawn."""
    drawn = build()
    drawn.cells.to_csv(COHORTS / "greater_manchester.csv", index=False, lineterminator="\n")
    drawn.counts.to_csv(COHORTS / "greater_manchester_counts.csv", index=False, lineterminator="\n")
    print(f"{len(drawn.cells):,} cells of {drawn.cells['people'].sum():,} illustrative adults, alpha {drawn.alpha:.4f}")


if __name__ == "__main__":
    main()
