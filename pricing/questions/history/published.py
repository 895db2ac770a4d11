"""What was published about contracts that history tried: the one place where those words and figures stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Published:
    """A contract's name, what was published about it, and what of it cannot be checked."""

    contract: str
    words: str
    unchecked: str


PUBLISHED: Mapping[str, Published] = MappingProxyType(
    {
        "straw_man": Published(
            "Transforming Rehabilitation: the straw man, May 2013",
            "Pay stays flat while the measured rate is within 3 points of the baseline either way. A larger fall is "
            "rewarded; a larger rise brings deductions. Fewer reoffences pay only if no more people reoffend (hurdle).",
            "Its prices and targets were never published, so no amount is checked; the clauses are its own.",
        ),
        "smf": Published(
            "Social Market Foundation, “Paying for results?”, August 2013",
            "Under the straw man a provider must aim for about 4 points to be more likely than not rewarded; smaller "
            "aims lose money; letting reoffending drift up by less than 3 points pays better; small areas fare worse.",
            "The paper's inputs are not public, so its 4 points cannot be reproduced.",
        ),
        "first_year": Published(
            "Transforming Rehabilitation: the first year, about 108,000 people",
            "The share who reoffended fell from 47.5% to 45.4%; reoffences per reoffender rose from 4.2 to 4.7.",
            "What was paid is not checked: the contracts' amounts by area are not public.",
        ),
        "pooling": Published(
            "Transforming Rehabilitation: by quarter and by year, 2019/20",
            "17 to 20 of the 21 areas showed a change that stood out from luck by quarter, and all 21 by year.",
            "Each area's own rate is not used, so that the same areas stand out is not checked.",
        ),
        "peterborough": Published(
            "Peterborough social impact bond",
            "The first cohort had 142 reconvictions per 100 people against 155: 8.4% fewer, under its trigger of 10%,"
            " so nothing was paid. The cohorts together had 9.0% fewer, over the 7.5% for all together, and were paid"
            " for.",
            "What the bond paid for each reconviction avoided is not public, so no amount is checked.",
        ),
        "doncaster": Published(
            "Doncaster prison",
            "10% of revenue hung on a fall of 5 points. A fall of 5.7 points kept it; one of 3.3 points repaid it.",
            "How luck moved the measured rate is not known; the rule is put to the published falls alone.",
        ),
        "work_programme": Published(
            "Work Programme",
            "Payments of £3,810 to £13,720 at most, higher for groups harder to help. £690 a head was spent on people"
            " on Employment and Support Allowance, where £1,170 had been promised: differential prices did not stop "
            "parking.",
            "It paid for jobs and its costs by person are not public, so the sum left unspent cannot be checked.",
        ),
        "troubled_families": Published(
            "Troubled Families",
            "Five-sixths of the families were funded, since one-sixth were expected to succeed anyway (deadweight): "
            "150 × £3,200 + 150 × £800 = £600,000.",
            "That a sixth would have succeeded anyway was the programme's own guess; the sum agrees by construction.",
        ),
        "justice_reinvestment": Published(
            "Greater Manchester Justice Reinvestment",
            "Half of the savings were paid at a fall of 5%, then all savings up to a fall of 20%.",
            "What was in fact saved and paid is not public; the rule is read so that its two sentences fit.",
        ),
        "hedderman": Published(
            "Hedderman’s cliff edge (evidence PB 79)",
            "A provider with a target of 10% is on track for 6%, which more effort would raise to 8%. It is rational "
            "to stop.",
            "What more effort costs is not public.",
        ),
        "rikers": Published(
            "New York, ABLE at Rikers",
            "A lender was to be paid by the fall in the rate of return to jail, against a historical group: steps at "
            "8.5, 10, 11, 12, 12.5, 13, 16 and 20%. At 10% it got its US$9.6m back, at 20% US$11.712m, about 5.1% a "
            "year over four years. Under 8.5% nothing was due, and nothing was paid.",
            "The amounts of the other six steps and the fall that was measured are not in the source.",
        ),
        "roca": Published(
            "Massachusetts, Roca",
            "Payment rose with the fall in days in prison against a control group: nothing at 5%, then steps at 10, "
            "25, 40 and 55%. Job readiness and employment were paid for besides.",
            "The amount of any step, the fall that was measured and the size of its luck are not in the source.",
        ),
        "south_auckland": Published(
            "South Auckland",
            "Frequency and severity of offending were compared with a matched group of the five years before: about "
            "30% fewer offences. 607 young people were engaged, of 1,000 meant; at most NZ$24m was to be paid.",
            "The price of an offence avoided, the fall in severity and what was paid are not in the source.",
        ),
        "skill_mill": Published(
            "The Skill Mill, England",
            "Six prices for each young person, £4,390, £1,310, £8,240, £9,340, £430 and £320, for steps "
            "from registering to a period with no reconviction. 243, 237, 179, 188, 86 and 203 were achieved. At most "
            "£3,241,776 was to be paid.",
            "Which price belongs to which outcome needs the contract, so what was paid cannot be worked out.",
        ),
    }
)
