"""Who pays and who saves: how savings are counted and appraised, and what goes into a shared pot.

None of these moves the price or what it rewards; they say where the money from fewer reoffences falls.
"""

from dataclasses import dataclass
from typing import Any

from pricing.scenario.spec import assumption, choice, meaning, number, preference, published, scale, words

GROUP = "local"
YEARS = {str(year): f"{year}/{(year + 1) % 100:02d}" for year in range(2010, 2024)} | {
    "2010": "2010/11, as the unit costs are given",
    "2013": "2013/14, when the big contracts were planned",
    "2017": "2017/18, like the ministry's total",
}
"""Financial years, by the year they begin in, for which the deflator that is shipped has both calendar years."""


def cash_of(who: str) -> Any:
    """The cashable share of one agency's savings."""
    return number(
        words(f"Cashable: {who}", f"Part of what is saved on {who} that could be spent elsewhere."),
        scale(0.2, 0.0, 1.0, 0.05, "share"),
        assumption("Assumption, as for all agencies together: no share is published."),
        group=GROUP,
    )


def put_by(who: str) -> Any:
    """The share of one agency's cashable savings that goes into the pot."""
    return number(
        words(f"Goes in: {who}", f"Share of what becomes cash on {who} that goes in."),
        meaning(scale(0.0, 0.0, 1.0, 0.05, "share"), {0.0: "it does not pay in"}),
        preference("Nothing by default: who pays in, and how much, is agreed between them."),
        group=GROUP,
    )


@dataclass(frozen=True)
class LocalPot:
    """The savings of each agency, and a pot that they are put into."""

    price_year: str = choice(
        words(
            "Prices of",
            "What a crime costs is brought to this year's prices by the Treasury's measure of inflation (the GDP "
            "deflator).",
        ),
        "2017",
        YEARS,
        preference("2017/18 by default: the prices of the ministry's £32,000 per reoffence."),
        group=GROUP,
    )
    contract_year: str = choice(
        words(
            "The contract is in prices of",
            "Contract, case and hour are brought from this year's prices to those of the savings, with the same "
            "deflator, wherever the two are held beside each other.",
        ),
        "2017",
        YEARS,
        assumption("Assumption: 2017/18, as the savings, so that nothing is brought from one year to another."),
        group=GROUP,
    )
    discount_rate: float = number(
        words(
            "How much less later money counts (discount rate)",
            "How much less a pound counts for each year that it comes later, after inflation.",
        ),
        scale(0.035, 0.0, 0.1, 0.005, "share per year"),
        published(
            "HM Treasury, Green Book: 3.5% a year in real terms for the first 30 years (as its review of discounting, "
            "terms of reference of December 2025, has it)."
        ),
        group=GROUP,
    )
    appraised_years: float = number(
        words("Years of people appraised", "How many years' people value for money is worked out for."),
        scale(1.0, 1.0, 10.0, 1.0, "years"),
        preference("One by default, as every other figure here: Transforming Rehabilitation ran for seven."),
        group=GROUP,
    )
    savings_years: float = number(
        words(
            "Years over which savings come",
            "The same savings, in equal parts from the year of the support on; the later, the less they are worth.",
        ),
        scale(1.0, 1.0, 10.0, 1.0, "years"),
        assumption("Assumption: one, the year in which proven reoffences are counted."),
        group=GROUP,
    )
    crimes_per: float = number(
        words(
            "Crimes behind each proven reoffence",
            "What a crime costs agencies (its unit cost) is per crime, and most crimes are never proven. 1 counts "
            "proven ones alone: a floor.",
        ),
        scale(1.0, 1.0, 50.0, 0.5, "crimes"),
        preference("1 by default: no published number was found, so the figure is yours to give."),
        group=GROUP,
    )
    cashable: float = number(
        words(
            "Part of savings that is cashable",
            "What an agency could really spend elsewhere: staff, cells and shifts seldom go with a few crimes less.",
        ),
        scale(0.2, 0.0, 1.0, 0.05, "share"),
        assumption("Assumption, one pound in five: none is published here, only that most of it is not cashable."),
        group=GROUP,
    )
    cashable_by: str = choice(
        words("Cashable by agency", "One share for all agencies, or one for each."),
        "one",
        {"one": "The same share for all", "each": "A share for each agency"},
        preference("One by default: for none of the agencies is a share published."),
        group=GROUP,
    )
    cash_police: float = cash_of("police")
    cash_nhs: float = cash_of("the NHS")
    cash_councils: float = cash_of("councils")
    cash_courts: float = cash_of("courts and legal aid")
    cash_prison: float = cash_of("prison")
    cash_probation: float = cash_of("probation")
    cash_other_justice: float = cash_of("other criminal justice")
    council_cost: float = number(
        words(
            "What a reoffence costs councils: your figure",
            "What a crime costs (unit costs) leaves councils out. Put in your own, in the prices chosen here.",
        ),
        meaning(scale(0.0, 0.0, 20000.0, 10.0, "£ each"), {0.0: "left open"}),
        preference("Left open: the source has no council cost for these offences."),
        group=GROUP,
    )
    pot_members: str = choice(
        words("Who puts into the pot", "Whose cashable savings the pot draws on."),
        "local",
        {
            "local": "Local agencies: police, NHS, councils",
            "all": "Local and national agencies",
            "council_nhs": "Councils and the NHS",
            "each": "A share for each agency",
        },
        preference("Local agencies by default: the pot is theirs."),
        group=GROUP,
    )
    puts_police: float = put_by("police")
    puts_nhs: float = put_by("the NHS")
    puts_councils: float = put_by("councils")
    puts_courts: float = put_by("courts and legal aid")
    puts_prison: float = put_by("prison")
    puts_probation: float = put_by("probation")
    puts_other_justice: float = put_by("other criminal justice")
    pot_rule: str = choice(
        words(
            "How much goes in",
            "A share of all cashable savings, or none below a 5% fall, at 5% half, then all further ones up to 20%.",
        ),
        "share",
        {
            "share": "The same share of every saving",
            "reinvestment": "From a 5% fall (Justice Reinvestment)",
        },
        preference("The second is Greater Manchester's Justice Reinvestment; either is a choice."),
        group=GROUP,
    )
    pot_share: float = number(
        words("Share that goes in", "Where the same share goes in. Below 1, whoever puts in keeps some and gains."),
        scale(0.5, 0.0, 1.0, 0.05, "share"),
        preference("Half by default: as much is kept as goes in."),
        group=GROUP,
    )
