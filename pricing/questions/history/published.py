"""What was published about contracts that history tried: the one place where those words and figures stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Published:
    """A contract's name, and what was published about it."""

    contract: str
    words: str


PUBLISHED: Mapping[str, Published] = MappingProxyType(
    {
        "straw_man": Published(
            "Transforming Rehabilitation: the straw man, May 2013",
            "Pay stays flat while the measured rate is within 3 points of the baseline either way. A larger fall is "
            "rewarded; a larger rise brings deductions. Frequency pays only past a binary hurdle.",
        ),
        "smf": Published(
            "Social Market Foundation, “Paying for results?”, August 2013",
            "Under the straw man a provider must aim for about 4 points to be more likely than not rewarded; smaller "
            "aims lose money; letting reoffending drift up by less than 3 points pays better; small areas fare worse.",
        ),
        "first_year": Published(
            "Transforming Rehabilitation: the first year, about 108,000 people",
            "The share who reoffended fell from 47.5% to 45.4%; reoffences per reoffender rose from 4.2 to 4.7.",
        ),
        "pooling": Published(
            "Transforming Rehabilitation: by quarter and by year, 2019/20",
            "17 to 20 of the 21 areas showed a change that stood out from luck by quarter, and all 21 by year.",
        ),
        "peterborough": Published(
            "Peterborough social impact bond",
            "The first cohort had 142 reconvictions per 100 people against 155: 8.4% fewer, under its trigger of 10%,"
            " so nothing was paid. The cohorts together had 9.0% fewer, over the 7.5% for all together, and were paid"
            " for.",
        ),
        "doncaster": Published(
            "Doncaster prison",
            "10% of revenue hung on a fall of 5 points. A fall of 5.7 points kept it; one of 3.3 points repaid it.",
        ),
        "work_programme": Published(
            "Work Programme",
            "Payments of £3,810 to £13,720 at most, higher for groups harder to help. £690 a head was spent on people"
            " on Employment and Support Allowance, where £1,170 had been promised: differential prices did not stop "
            "parking.",
        ),
        "troubled_families": Published(
            "Troubled Families",
            "Five-sixths of the families were funded, since one-sixth were expected to succeed anyway (deadweight): "
            "150 × £3,200 + 150 × £800 = £600,000.",
        ),
        "justice_reinvestment": Published(
            "Greater Manchester Justice Reinvestment",
            "Half of the savings were paid at a fall of 5%, then all savings up to a fall of 20%.",
        ),
        "hedderman": Published(
            "Hedderman’s cliff edge (evidence PB 79)",
            "A provider with a target of 10% is on track for 6%, which more effort would raise to 8%. It is rational "
            "to stop.",
        ),
    }
)
