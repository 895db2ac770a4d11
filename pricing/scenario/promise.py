"""What a reader asks of a price, which changes no result: the promise that it has to keep, and a group to follow."""

from dataclasses import dataclass

from pricing.scenario.spec import assumption, choice, meaning, number, preference, published, scale, words

GROUP = "cheapest"


@dataclass(frozen=True)
class Promise:
    """The question that *The cheapest fair price* answers."""

    promise: str = choice(
        words(
            "What the price has to promise",
            "What must hold for every group of people that is large enough. The extra £1 is one of needed support; "
            "full support is all of it; nobody is a loss when no group that gets it costs more than it brings.",
        ),
        "payback",
        {
            "payback": "An extra £1 pays back enough",
            "last_pound": "Even the last £1 pays back enough",
            "most_people": "Full support pays for enough people",
            "no_loss": "It pays back, and nobody is a loss",
        },
        preference("Payback of £1 by default: below it the contract rewards cutting support."),
        group=GROUP,
    )
    promise_floor: float = number(
        words("How much £1 has to pay back", "Of each extra £1 of the support that people need."),
        scale(1.0, 0.0, 2.0, 0.05, "£ per £1"),
        preference("£1: the line below which it pays to cut support."),
        group=GROUP,
    )
    promise_people: float = number(
        words("Share of a group's people", "Used only where the promise is to enough of a group's people."),
        scale(0.5, 0.05, 1.0, 0.05, "share of people"),
        preference("Half by default."),
        group=GROUP,
    )
    smallest_group: float = number(
        words("Smallest group that is protected", "In smaller groups, who happens to be in them decides the figure."),
        scale(30.0, 1.0, 500.0, 1.0, "people"),
        assumption("Rates over fewer than 30 people are shown nowhere in the explorer."),
        group=GROUP,
    )
    most_on_results: float = number(
        words(
            "Most that may hang on results",
            "As a share of what is paid when everyone gets the support that they need.",
        ),
        scale(0.2, 0.0, 1.0, 0.05, "share"),
        published("The ceiling that GMCVO's members could bear (consultation answer, 2013)."),
        group=GROUP,
    )
    most_spent: float = number(
        words(
            "Most that it may cost",
            "When everyone gets the support that they need.",
        ),
        meaning(scale(0.0, 0.0, 10000.0, 10.0, "£ per person per year"), {0.0: "no more than the price as it stands"}),
        preference("No dearer than the price as it stands."),
        group=GROUP,
    )
    checking_cost: float = number(
        words(
            "Cost of checking hours",
            "Where hours are written down instead of paid for by results: what checking them costs, per extra £1.",
        ),
        scale(0.05, 0.0, 0.5, 0.01, "share of the extra support's cost"),
        assumption(),
        group=GROUP,
    )
    holds_in: float = number(
        words(
            "Draws in which it has to hold",
            "The price to be sure of keeps the promise to each group in so many of 100 draws of what is uncertain.",
        ),
        scale(90.0, 50.0, 95.0, 5.0, "of 100 draws"),
        preference("90 by default, as the ranges on How sure."),
        group=GROUP,
    )
    schedules: str = choice(
        words("Which kind of price", "The explorer's own premiums can be opened as a link; the others are tables."),
        "explorer",
        {
            "explorer": "Premiums per need, for three needs, and a multiplier",
            "table": "An amount for each further need and more deprived tenth",
            "own": "A price of its own for each group",
        },
        preference("The explorer's own premiums by default."),
        group=GROUP,
    )


FOLLOWED = "followed"


@dataclass(frozen=True)
class FollowedGroup:
    """The group that a reader follows on every page: at least so many needs, in the most deprived tenths."""

    followed_needs: float = number(
        words("Fewest needs of a person in the group", "3 follows people with three needs or more."),
        meaning(scale(0.0, 0.0, 5.0, 1.0, "needs"), {0.0: "any number"}),
        preference("Nobody by default: 0 needs and all tenths are everyone."),
        group=FOLLOWED,
    )
    followed_tenths: float = number(
        words(
            "Deprivation tenths that the group lives in, from the most deprived",
            "3 follows people in tenths 1 to 3, the most deprived overall.",
        ),
        meaning(scale(10.0, 1.0, 10.0, 1.0, "tenths"), {10.0: "wherever they live"}),
        preference("Everywhere by default."),
        group=FOLLOWED,
    )
