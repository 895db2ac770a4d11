"""What place adds to a risk, in sentences and a table: an assumption, or what records cannot tell. No streamlit."""

from collections.abc import Sequence

import pandas as pd

from pricing.people.risk_curves import Ratio
from pricing.questions.risk_and_return import AreaCase

ASSUMED = {"low": "Low: place adds nothing", "central": "Central", "high": "High"}


def area_sentence(cases: Sequence[AreaCase], area: Ratio) -> str:
    """What the effect of place rests on."""
    central = next(case for case in cases if case.name == "central")
    return (
        f"That place itself adds to the risk is an assumption: {central.odds_ratio:.2f} times the odds for each "
        "standard deviation (the usual distance from the average) of deprivation "
        "(the published mean of studies, small and uncertain, p = .15). The people "
        "were drawn at random from that, and among them the odds in the most deprived tenth came out at "
        f"{area.estimate:.2f} times those in the least ({area.low:.2f} to {area.high:.2f}). Under a low, a central and "
        "a high case, each turning about the mean deprivation, this person's chance of reoffending would be:"
    )


def no_gradient(area: Ratio) -> str:
    """What real records say of place where they cannot tell one place from another; empty where they can."""
    if not area.low <= 1 <= area.high:
        return ""
    return (
        f"The odds in the most deprived tenth are {area.estimate:.2f} times those in the least ({area.low:.2f} to "
        f"{area.high:.2f}): no gradient by area can be claimed from these records. The payback still changes along the "
        "curve, because support is taken to achieve less in deprived places and the price may pay more there."
    )


def area_table(cases: Sequence[AreaCase]) -> pd.DataFrame:
    """The person's probability in two places under each assumed effect of place."""
    return pd.DataFrame(
        {
            "Case (assumed)": [ASSUMED[case.name] for case in cases],
            "Odds per standard deviation": [f"× {case.odds_ratio:.2f}" for case in cases],
            "Most deprived tenth": [f"{case.most_deprived:.1%}" for case in cases],
            "Least deprived tenth": [f"{case.least_deprived:.1%}" for case in cases],
        }
    )
