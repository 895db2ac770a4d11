"""Who pays and who saves: how savings are counted, and what goes into a shared pot.

None of these moves the price or what it rewards; they say where the money from fewer reoffences falls.
"""

from dataclasses import dataclass

from pricing.scenario.spec import assumption, choice, number, preference, scale, words

GROUP = "local"


@dataclass(frozen=True)
class LocalPot:
    """The savings of each agency, and a pot that they are put into."""

    price_year: str = choice(
        words("Prices of", "Unit costs are brought to this year's prices with the Treasury's GDP deflator."),
        "2017",
        {
            "2010": "2010/11, as the unit costs are given",
            "2013": "2013/14, when the big contracts were planned",
            "2017": "2017/18, like the ministry's total",
            "2023": "2023/24",
        },
        preference("2017/18 by default: the prices of the ministry's £32,000 per reoffence."),
        group=GROUP,
    )
    crimes_per: float = number(
        words(
            "Crimes behind each proven reoffence",
            "Unit costs are per crime, and most crimes are never proven. 1 counts proven ones alone: a floor.",
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
    council_cost: float = number(
        words(
            "What a reoffence costs councils: your figure",
            "The unit costs leave councils out. Put in your own, in the prices chosen here; 0 leaves it open.",
        ),
        scale(0.0, 0.0, 20000.0, 10.0, "£ each"),
        preference("Left open: the source has no council cost for these offences."),
        group=GROUP,
    )
    pot_members: str = choice(
        words("Who puts into the pot", "Whose cashable savings the pot draws on."),
        "local",
        {"local": "Local agencies: police, NHS, councils", "all": "Local and national agencies"},
        preference("Local agencies by default: the pot is theirs."),
        group=GROUP,
    )
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
