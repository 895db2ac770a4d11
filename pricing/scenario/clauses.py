"""How results are measured and turned into pay.

By default pay follows results one for one, and no more can be lost than the results money; every other clause is off.
"""

from dataclasses import dataclass

from pricing.scenario.spec import choice, meaning, number, preference, published, scale, words

YES_OR_NO = {"no": "No", "yes": "Yes"}
GROUP = "mechanics"


@dataclass(frozen=True)
class ContractMechanics:
    """Clauses that stand between a measured rate and the money."""

    measured_people: float = number(
        words(
            "People measured",
            "How many people the contract's result is measured on; the fewer, the more luck.",
        ),
        meaning(scale(0.0, 0.0, 40000.0, 50.0, "people a year"), {0.0: "so many that there is no luck"}),
        preference("0 by default; Transforming Rehabilitation measured about 108,000 people in 21 areas in a year."),
        group=GROUP,
        symbol="n",
    )
    baseline_people: float = number(
        words(
            "People the baseline was measured on",
            "The rate that results are compared with is measured on people too, and is off by luck for as long as the "
            "contract keeps it.",
        ),
        meaning(scale(0.0, 0.0, 40000.0, 50.0, "people"), {0.0: "so many that it is known exactly"}),
        preference("0 by default."),
        group=GROUP,
    )
    who_comes: str = choice(
        words(
            "Who is measured, and who comes",
            "Drawn: each person measured, and each client of a small provider, is one of the people by chance, so that "
            "luck may send more who need much. Exactly this mix: as many of each kind as there are among them.",
        ),
        "drawn",
        {"drawn": "Drawn from these people", "mix": "Exactly this mix"},
        preference("Drawn by default: nobody promises a provider how many of its clients need much."),
        group=GROUP,
    )
    measured_period: str = choice(
        words("Results are measured", "A quarter holds a fourth of a year's people, so twice the luck."),
        "year",
        {"year": "Once a year", "quarter": "Every quarter"},
        preference("Transforming Rehabilitation was measured by quarter and by year."),
        group=GROUP,
    )
    annual_top_up: str = choice(
        words(
            "Annual top-up",
            "Where results are measured every quarter: if the year as a whole has earned more than its quarters were "
            "paid, the difference is paid.",
        ),
        "no",
        YES_OR_NO,
        preference("None by default."),
        group=GROUP,
    )
    flat_zone: str = choice(
        words("Flat zone around the baseline", "Changes within it are neither rewarded nor deducted for."),
        "none",
        {
            "none": "None",
            "fixed": "So many points either side",
            "interval": "As wide as luck: the 95% interval of the measured rate",
        },
        preference("None by default."),
        group=GROUP,
    )
    zone_points: float = number(
        words(
            "Half-width of a fixed flat zone",
            "In points of the binary rate; other measures get the same share of their own baseline.",
        ),
        scale(3.0, 0.0, 10.0, 0.5, "percentage points"),
        published("Transforming Rehabilitation's straw man of May 2013: flat within 3 points either side."),
        group=GROUP,
    )
    pay_on: str = choice(
        words(
            "Once past zone or threshold, pay is for",
            "Whether the part of the change inside the zone, or under the threshold, is paid for too.",
        ),
        "whole",
        {
            "whole": "The whole change",
            "half": "Half of the part inside, all of the rest",
            "excess": "Only the part outside (the excess)",
        },
        preference("The whole change by default."),
        group=GROUP,
    )
    threshold: float = number(
        words("Smallest fall that is rewarded (threshold)", "A smaller measured fall earns nothing."),
        meaning(scale(0.0, 0.0, 0.3, 0.005, "share of the baseline rate"), {0.0: "no threshold"}),
        preference("None by default; the Peterborough bond had 10% for a cohort."),
        group=GROUP,
    )
    threshold_rule: str = choice(
        words("What reaching the threshold earns", "How pay goes on from the threshold."),
        "per_result",
        {
            "per_result": "Pay for each result",
            "all_or_nothing": "All of the results money, or nothing",
            "steps": "Pay in steps, each as wide as the threshold",
        },
        preference("Pay for each result by default."),
        group=GROUP,
    )
    binary_hurdle: str = choice(
        words(
            "No pay if more people reoffend (hurdle)",
            "Under the frequency measure: fewer reoffences are rewarded only if the share who reoffend has not risen.",
        ),
        "no",
        YES_OR_NO,
        preference("None by default; Transforming Rehabilitation's straw man had one."),
        group=GROUP,
    )
    deductions: str = choice(
        words("When the measured rate rises", "Whether a rise is deducted from what the provider is paid."),
        "full",
        {"full": "Deduct at the same price", "none": "Deduct nothing"},
        preference("Pay follows results both ways by default."),
        group=GROUP,
    )
    results_cap: float = number(
        words("Most that results can pay (cap)", "As a share of the results money."),
        meaning(scale(0.0, 0.0, 3.0, 0.025, "share of the results money"), {0.0: "no limit"}),
        preference("No limit by default."),
        group=GROUP,
    )
    most_deducted: float = number(
        words(
            "Most that can be deducted (floor)",
            "From the contract as a whole, as a share of the results money. What one provider can lose is set on Being "
            "a small provider.",
        ),
        meaning(scale(0.0, 0.0, 3.0, 0.025, "share of the results money"), {0.0: "no limit"}),
        preference("No limit by default."),
        group=GROUP,
    )

    @property
    def bends_pay(self) -> bool:
        """Whether a clause other than the limit on deductions makes pay differ from results times price."""
        return self._judges_change or self.deductions == "none" or self.results_cap > 0

    @property
    def only_limited(self) -> bool:
        """Whether pay follows results one for one but for limits to a year's pay: a cap, or nothing deducted."""
        return not self.bends_pay or (not self._judges_change and self.measured_period == "year")

    @property
    def _judges_change(self) -> bool:
        return (
            self.flat_zone != "none"
            or self.threshold > 0
            or self.threshold_rule == "all_or_nothing"
            or self.binary_hurdle == "yes"
        )
