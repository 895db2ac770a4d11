"""What a commissioner decides: the people, the metric, the price and its premiums (model, section 3)."""

from dataclasses import dataclass
from typing import Any

from pricing.scenario import metrics, offered
from pricing.scenario.spec import choice, meaning, number, preference, published, scale, words

OWN_TABLE = "own_table"
COHORTS = offered.choices()
"""The built-in cohorts, name -> words; the first is the default."""


EQUAL = "Equal weights, for want of a reason to prefer one."
ASKED_FOR = "None until it is asked for: a blend keeps what it meant."


def weight(metric: str, default: float = 0.0, why: str = ASKED_FOR) -> Any:
    """The weight of one metric in a blend; the weights are normalised to sum to 1."""
    return number(
        words(
            f"Weight of the {metric} metric",
            f"Used only in a blend; the {metrics.how_many()} weights are scaled to sum to 1.",
        ),
        scale(default, 0.0, 1.0, 0.05, "weight"),
        preference(why),
        group="blend",
        symbol="w",
    )


@dataclass(frozen=True)
class ContractTerms:
    """The terms of a contract, and whom it is for."""

    cohort: str = choice(
        words("People", "Whose risks the price is applied to."),
        next(iter(COHORTS)),
        {**COHORTS, OWN_TABLE: "My own table or records"},
        preference("See the data section of the Evidence page."),
        group="main",
    )
    metric: str = choice(
        words("What counts as a result", "The measure that results are paid on."),
        "binary",
        metrics.choices(),
        preference("Transforming Rehabilitation paid mostly on the binary rate."),
        group="main",
    )
    results_share: float = number(
        words(
            "Share of the contract paid on results",
            "The rest is a fee. Where results are worse than the baseline, money may be taken back: “Most that can be "
            "deducted” says up to what.",
        ),
        scale(0.2, 0.0, 1.0, 0.05, "share"),
        published("The ceiling that GMCVO's members could bear (consultation answer, 2013)."),
        group="main",
        symbol="X",
    )
    need_premium: float = number(
        words(
            "Premium per complex need",
            "How much more is paid for each need a person has: housing, work, drugs, alcohol, mental health.",
        ),
        scale(0.0, 0.0, 1.0, 0.05, "share per need"),
        preference("None by default; GMCVO's answer (2013) calls such premiums possible but not enough."),
        group="main",
        neutral=0.0,
    )
    area_multiplier: float = number(
        words(
            "Multiplier for the most deprived areas",
            "How many times the price is paid for a person who lives in the most deprived tenth of areas.",
        ),
        scale(1.0, 1.0, 3.0, 0.05, "× for the most deprived tenth"),
        preference("None by default; no UK scheme was found with one."),
        group="main",
        neutral=1.0,
    )
    contract_value: float = number(
        words("Contract value", "What the commissioner sets aside per person per year, fee and results together."),
        scale(2240.0, 500.0, 10000.0, 10.0, "£ per person per year"),
        published("Transforming Rehabilitation: £3.7bn over 7 years for 236,000 people a year."),
        group="contract",
        symbol="V",
    )
    target: str = choice(
        words("What results are compared with (baseline)", "A result is the difference from this baseline."),
        "one",
        {
            "none": "No target: every success is paid",
            "one": "One target: the average of everyone",
            "own": "Own target: each person's expected result",
        },
        preference("Transforming Rehabilitation compared each area with one baseline."),
        group="contract",
    )
    priced_reduction: float = number(
        words(
            "Reduction the price is set for",
            "Taken off everyone's odds of reoffending: that fall earns the results money in full. Reoffences fall by "
            "this share, people who reoffend by less; “Set the price” has the fall in what is paid for.",
        ),
        scale(0.075, 0.01, 0.3, 0.005, "share"),
        published("Peterborough social impact bond: pooled payment threshold of 7.5%."),
        group="contract",
    )
    specified_share: float = number(
        words(
            "Share of the needed hours written into the contract",
            "The provider has to give at least this share of the hours that each person needs, whatever results pay. "
            "Checking that the hours are given costs money too: see “The cheapest fair price”.",
        ),
        meaning(scale(0.0, 0.0, 1.0, 0.05, "share"), {0.0: "the contractual minimum alone"}),
        preference("None by default: results contracts leave the hours to the provider."),
        group="contract",
    )
    blend_binary: float = weight("binary", 0.25, EQUAL)
    blend_frequency: float = weight("frequency", 0.25, EQUAL)
    blend_severity: float = weight("severity", 0.25, EQUAL)
    blend_progress: float = weight("progress", 0.25, EQUAL)
    multiple_needs_premium: float = number(
        words("Extra premium for three needs or more", "Paid once, on top of the premium per need."),
        scale(0.0, 0.0, 2.0, 0.05, "share"),
        preference("None by default."),
        group="premiums",
        neutral=0.0,
    )
    area_shape: str = choice(
        words(
            "How the multiplier rises with deprivation",
            "An even rise has no cliff between neighbours; the other two concentrate the money.",
        ),
        "line",
        {
            "line": "Evenly, tenth by tenth",
            "worst_fifth": "Only in the most deprived fifth",
            "steep": "Steeply, towards the most deprived",
        },
        preference("An even line, the shape without a cliff."),
        group="premiums",
        symbol="s",
    )
    area_index: str = choice(
        words(
            "Which deprivation sets the multiplier",
            "Which decile of the English Indices of Deprivation 2025 the multiplier follows.",
        ),
        "overall",
        {
            "overall": "Overall deprivation",
            "employment": "Employment deprivation",
            "housing": "Housing and services deprivation",
        },
        preference("The overall index is the one most schemes use."),
        group="premiums",
    )
    uplift_applies_to: str = choice(
        words("Premiums apply to", "Where premiums and multiplier are paid."),
        "both",
        {"fee": "The fee only", "results": "Results only", "both": "Fee and results"},
        preference("Both by default."),
        group="premiums",
    )
    total_spend: str = choice(
        words("Total to spend", "Fixed: what some groups gain, others lose. Grows: premiums come on top."),
        "fixed",
        {"fixed": "Fixed: premiums move money", "grows": "Grows: premiums add money"},
        preference("Fixed by default: budgets are."),
        group="premiums",
    )
