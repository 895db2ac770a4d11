"""Who carries the risk: one provider's size, reserves, place in the supply chain and cash.

None of these moves the price or what it rewards; they say what the price means for one provider that takes it.
"""

from dataclasses import dataclass

from pricing.scenario.spec import assumption, choice, meaning, number, preference, published, scale, words

GROUP = "provider"


@dataclass(frozen=True)
class ProviderTerms:
    """One provider that takes the contract."""

    clients: float = number(
        words("Clients promised in a year", "How many people the provider expects to be sent in a year."),
        scale(50.0, 1.0, 5000.0, 1.0, "people"),
        preference("50 by default: a small charity."),
        group=GROUP,
        symbol="n",
    )
    client_mix: str = choice(
        words("Who the clients are", "Which of the people under “People” this provider is sent."),
        "everyone",
        {
            "everyone": "A mix like everyone",
            "many_needs": "Only people with three needs or more",
            "deprived": "Only people from the most deprived fifth of areas",
            "high_risk": "Only people more likely than not to reoffend",
        },
        preference("A mix like everyone by default."),
        group=GROUP,
    )
    volume_delivered: float = number(
        words("Clients who come, of those promised", "0.7 means that 70 come where 100 were promised."),
        scale(1.0, 0.2, 1.5, 0.01, "share"),
        published("Transforming Rehabilitation's volumes ran 16 to 48% below plan; 2% had been modelled (NAO)."),
        group=GROUP,
    )
    volume_spread: float = number(
        words(
            "How far that share may be out, either way",
            "With 0.2 about 0.8, in each year anything from 0.6 to 1 of the clients promised come.",
        ),
        meaning(scale(0.0, 0.0, 0.5, 0.01, "share of clients promised"), {0.0: "just that share"}),
        preference("0 by default: the number of clients is known."),
        group=GROUP,
    )
    fixed_share: float = number(
        words("Costs that cannot be shed", "The part of planned costs that is spent even if fewer clients come."),
        scale(0.7, 0.0, 1.0, 0.05, "share of planned costs"),
        assumption("Assumption: mostly staff on contracts."),
        group=GROUP,
    )
    set_up_cost: float = number(
        words("Set-up cost", "What is spent once, before the first client comes."),
        scale(10000.0, 0.0, 500000.0, 1000.0, "£"),
        assumption(),
        group=GROUP,
    )
    reserves: float = number(
        words("Free reserves", "What the provider could lose and still go on."),
        scale(50000.0, 0.0, 5000000.0, 1000.0, "£"),
        preference("Put in your own; of 132 voluntary organisations, a third used reserves (Clinks, 2018)."),
        group=GROUP,
    )
    most_lost: float = number(
        words(
            "Most that this provider can lose on results",
            "As a share of its results money: with 1, the share on results is all that it can lose in a year. Without "
            "a limit it may owe more than that share in a bad year.",
        ),
        meaning(scale(1.0, 0.0, 3.0, 0.05, "share of its results money"), {0.0: "no limit"}),
        preference("1 by default: “20% of the contract depends on results” is read as “20% can be lost”."),
        group=GROUP,
    )
    most_gained: float = number(
        words(
            "Most that this provider can gain on results",
            "As a share of its results money: with 1, no more than the share on results is ever paid.",
        ),
        meaning(scale(0.0, 0.0, 3.0, 0.05, "share of its results money"), {0.0: "no limit"}),
        preference("No limit by default."),
        group=GROUP,
    )
    luck_share: float = number(
        words("Luck that reserves may bear", "The share of reserves that a bad year in 20 may cost by luck alone."),
        scale(0.5, 0.05, 1.0, 0.05, "share of reserves"),
        preference("Half by default: a second bad year could still be carried."),
        group=GROUP,
    )
    common_shock: float = number(
        words(
            "How hard one bad year hits everyone at once",
            "The usual move of everyone's odds of reoffending by a year's jobs, homes or policing: 0.2 is a fifth.",
        ),
        scale(0.2, 0.0, 0.5, 0.05, "log-odds"),
        assumption(),
        group=GROUP,
        symbol="σ",
    )
    shock_persists: float = number(
        words(
            "How much of a bad year for everyone is left in the next",
            "With 1, what hits everyone at once stays for the whole contract.",
        ),
        meaning(scale(0.0, 0.0, 1.0, 0.05, "correlation from year to year"), {0.0: "every year is drawn anew"}),
        assumption("Assumption: every year is drawn anew."),
        group=GROUP,
    )
    partners: float = number(
        words("Partners in a consortium", "How many providers of this size share the results money."),
        meaning(scale(1.0, 1.0, 50.0, 1.0, "providers"), {1.0: "alone"}),
        preference("Alone by default."),
        group=GROUP,
        symbol="N",
    )
    held: str = choice(
        words("How the contract is held", "Straight from the commissioner, or under a prime contractor."),
        "direct",
        {"direct": "Directly", "prime": "Under a prime contractor"},
        preference("Directly by default."),
        group=GROUP,
    )
    prime_fee: float = number(
        words("Prime's management fee", "The share of every payment that the prime contractor keeps."),
        scale(0.1, 0.0, 0.5, 0.01, "share of payments"),
        assumption(),
        group=GROUP,
    )
    risk_passed: float = number(
        words(
            "Risk that the prime passes down",
            "With 1 results are paid on, luck and all; with 0 the prime pays what is expected, whatever happens.",
        ),
        meaning(scale(1.0, 0.0, 1.0, 0.05, "share of results pay"), {0.0: "the prime bears it all"}),
        preference("All of it by default."),
        group=GROUP,
    )
    up_front: float = number(
        words("Results money paid up front", "The share of expected results pay that comes with the service."),
        scale(0.0, 0.0, 1.0, 0.05, "share of results pay"),
        preference("None by default."),
        group=GROUP,
    )
    contract_months: float = number(
        words("Length of the contract", "Months in which people are supported; results are paid after that, too."),
        scale(84.0, 12.0, 120.0, 1.0, "months"),
        published("Transforming Rehabilitation's contracts were let for 7 years."),
        group=GROUP,
    )
