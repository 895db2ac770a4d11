"""Working assumptions: costs, the effect of support, the benchmark, time (model, sections 2 and 4)."""

from dataclasses import dataclass

from pricing.scenario.spec import assumption, choice, meaning, number, preference, published, scale, words


@dataclass(frozen=True)
class WorkingAssumptions:
    """How support works, what it costs, and what it is judged against."""

    hour_cost: float = number(
        words("Cost of an hour of support", "Staff, premises and overheads for one hour with one person."),
        scale(40.0, 15.0, 120.0, 1.0, "£ per hour"),
        assumption(),
        group="costs",
        symbol="c",
    )
    case_cost: float = number(
        words("Cost of holding a case", "What each person costs before any extra support."),
        scale(600.0, 0.0, 3000.0, 10.0, "£ per person"),
        published("Near NAO 2008: £652 a year for supervision alone."),
        group="costs",
    )
    minimum_hours: float = number(
        words("Contractual minimum", "Hours of support that the contract obliges the provider to give each person."),
        scale(6.0, 0.0, 100.0, 1.0, "hours per person"),
        assumption(),
        group="costs",
        symbol="m",
    )
    max_effect: float = number(
        words(
            "Most that support can change",
            "The most that support can lower the odds of reoffending: 0.5 multiplies them by 0.61 (a fall in log-odds, "
            "their logarithm).",
        ),
        scale(0.5, 0.05, 1.0, 0.05, "log-odds"),
        assumption("Below the treated odds ratio of .56 in Bourgon & Armstrong 2005; later reviews find less."),
        group="support",
        symbol="θ",
    )
    hours_scale: float = number(
        words("Hours for most of the effect", "After this many hours, 63% of the possible change has been reached."),
        scale(50.0, 5.0, 300.0, 5.0, "hours"),
        assumption(),
        group="support",
        symbol="h",
    )
    need_drag: float = number(
        words("Extra hours per need", "How many more hours the same effect takes for each need a person has."),
        scale(0.2, 0.0, 1.0, 0.05, "share per need"),
        assumption(),
        group="support",
    )
    area_drag: float = number(
        words(
            "Effect lost in the most deprived areas",
            "Where homes and jobs are scarce the same support achieves less: by this share, in the worst tenth.",
        ),
        scale(0.36, 0.0, 0.9, 0.02, "share, least to most deprived"),
        assumption(),
        group="support",
    )
    progress_base: float = number(
        words("Needs met anyway", "Chance that a need is met without extra support."),
        scale(0.25, 0.05, 0.9, 0.05, "probability"),
        assumption(),
        group="support",
    )
    progress_effect: float = number(
        words(
            "How support helps meet needs",
            "How far support that lowers the odds of reoffending raises the odds that a need is met: with 1, as much "
            "(rise in one log-odds per fall in the other).",
        ),
        scale(2.0, 0.0, 2.0, 0.1, "log-odds per unit of effect"),
        assumption(),
        group="support",
    )
    mission_weight: float = number(
        words(
            "Pull of the provider's mission",
            "Share of a reoffence's cost to society that the provider feels as its own. A charity's is above 0.",
        ),
        scale(0.0, 0.0, 1.0, 0.01, "share"),
        preference("0 shows what the price alone rewards."),
        group="good",
    )
    social_cost: float = number(
        words(
            "Cost of a reoffence to society",
            "Economic and social cost; most of it is not cash that any one agency saves.",
        ),
        scale(32000.0, 1000.0, 100000.0, 500.0, "£ per proven reoffence"),
        published("MoJ 2019: £18.1bn / 559,659 reoffences (2016/17 cohort), in 2017/18 prices."),
        group="good",
    )
    benchmark: str = choice(
        words("Support a person needs (benchmark)", "The support that the price is judged against."),
        "fair_share",
        {
            "fair_share": "A fair share of the hours that a budget pays for",
            "socially_worthwhile": "As long as an hour saves society its cost",
            "guideline": "Hours by risk: 0, 100, 200, 300",
        },
        preference("A fair share needs no view on social value; the guideline follows Sperber and others 2013."),
        group="good",
    )
    needed_budget: float = number(
        words(
            "Budget for what people need",
            "Under a fair share people need the hours that this much a person pays for, shared by risk and needs. It "
            "stays as it is when the contract value is cut.",
        ),
        meaning(scale(2240.0, 0.0, 10000.0, 10.0, "£ per person per year"), {0.0: "the contract value"}),
        assumption(
            "Assumed: what Transforming Rehabilitation set aside for a person. No published figure says what people "
            "need."
        ),
        group="good",
    )
    need_weight: float = number(
        words("Weight of a need in a fair share", "How much larger a person's fair share of hours is for each need."),
        scale(0.35, 0.0, 2.0, 0.05, "share per need"),
        assumption(),
        group="good",
    )
    payment_lag_months: float = number(
        words("Months until results are paid", "From delivering the support to being paid for its results."),
        scale(22.0, 0.0, 36.0, 1.0, "months"),
        published("Transforming Rehabilitation's first results took 22 months."),
        group="timing",
    )
    cost_of_capital: float = number(
        words("Cost of waiting for money", "What money paid a year late is worth less to the provider."),
        scale(0.08, 0.0, 0.3, 0.01, "share per year"),
        assumption(),
        group="timing",
    )

    @property
    def cost_before_support(self) -> float:
        """What each person costs before the first hour, £: wherever a cost is counted, hours are added to this."""
        return self.case_cost
