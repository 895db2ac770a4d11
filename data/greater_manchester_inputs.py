"""Every number that the illustrative Greater Manchester cohort rests on: published, with its source, or assumed.

Static risk is in ``ogrs3``; places, the offence mix and harm are in ``data/tables``.
"""

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
FIRST_SANCTION_AGE = 12.0  # and at most one sanction per year since
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
