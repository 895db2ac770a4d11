"""The model in words, and what it may be used for. No streamlit. Text is markdown, so an asterisk is escaped."""

from dataclasses import dataclass

from pricing.contract.counted.topped_hurdle import MOST_PAST_HURDLE
from pricing.contract.measured import MOST_COUNTED, RARE
from pricing.contract.simulated_luck import DRAWS, MOST_TOGETHER


@dataclass(frozen=True)
class Section:
    """One part of the model: its title, what it says, and the formulas, a line each."""

    title: str
    text: str
    formulas: tuple[str, ...]


SECTIONS = (
    Section(
        "1. People and risk",
        "People who share the same age, record, needs, place and so on are one cell. Curves fitted to the cells say "
        "how likely such a person is to reoffend (binary), how often (frequency) and how harmfully (severity), if "
        "nothing is added to what they get now. A cohort that never counted reoffences has its rate implied by the "
        "chance of at least one; where harm was not recorded, every reoffence carries the same.",
        (
            "Binary: logistic regression gives P₀. Frequency: Poisson regression with a log link gives λ, so that as "
            "many reoffences are expected as were counted; its errors are robust to how unevenly they fall. "
            "Severity: gamma regression with a log link gives κ.",
            "Implied rate: λ = ((1 − P₀)^(−α) − 1) / α, with a stated α.",
            "Previous sanctions enter as a smooth curve (natural cubic spline of log(1 + number)), capped at the 99th "
            "percentile; deprivation as a line.",
        ),
    ),
    Section(
        "2. Support and its effect",
        "Hours of support lower the odds of reoffending, quickly at first and ever more slowly. The more needs a "
        "person has, the more hours the same effect takes. Where homes and jobs are scarce, the same hours achieve "
        "less. Published effects disagree: treated people had odds of .56 in one well-known review (Bourgon & "
        "Armstrong 2005), while reviews that drop small trials find little (Beaudry 2021, Fazel 2024). So try a low, "
        "a central and a high value of “Most that support can change”, and trust no single one.",
        (
            "After x hours the log-odds have fallen by y(x) = θ (1 − e^(−x/h)).",
            "θ = most that support can change × (1 − area drag × d); h = hours scale × (1 + need drag × needs); "
            "d = (10 − deprivation tenth) / 9.",
            "Then: reoffending expit(logit P₀ − y); reoffences λ e^(−y); harm κ λ e^(−y); each need is met with "
            "probability expit(logit base + slope · y).",
        ),
    ),
    Section(
        "3. The price",
        "A provider gets a fee for each person and a price for each result. Premiums for needs and a multiplier for "
        "place raise either or both. The price of a result is set so that the results money is earned in full if "
        "everyone's reoffending falls by the reduction priced for. With a fixed total, premiums move money between "
        "groups; otherwise they add to it. Results are paid late, and so are worth less.",
        (
            "Relativity: r = (1 + premium · needs + extra · [needs ≥ 3]) × (1 + (multiplier − 1) · s(d)).",
            "Fee: F = (1 − X) · V · r / mean r. Price per unit: q = X · V / mean(r · Δu). Results: q · r · u.",
            "u is the fall from the baseline in reoffenders, reoffences or harm, or the needs met; Δu is that fall at "
            "the reduction priced for. Worth today: × (1 + cost of capital)^(−months / 12).",
        ),
    ),
    Section(
        "4. What the price rewards",
        "For each cell the model asks what an extra £1 of the support the person needs would bring back (payback), "
        "which hours pay best, and what could be gained by cutting support (temptation). Level and slope are "
        "different tools: the fee and the target decide who is *wanted*, so premiums on the fee can stop creaming; "
        "only the price of a result times what support can change decides who is *worked with*, so a fee cannot cure "
        "parking.",
        (
            "Margin: π(x) = F + today's worth of results(x) − case cost − hour cost · x.",
            "Payback per £1: today's worth of [results(x_B) − results(m)] / [hour cost · (x_B − m)], with m the "
            "contractual minimum and x_B the benchmark; for a group, the ratio of the two sums.",
            "Benchmark: a fair share is (budget − case cost) / hour cost on average, shared in proportion to "
            "(0.25 + P0) · (1 + weight · needs), at least m. The budget is a setting of its own, apart from V.",
            "Hours that pay best, x\\*: where π plus the pull of the mission is largest, at least m. "
            "Temptation: the largest π less π(x_B). Parked: x\\* within half an hour of m while x_B is above it.",
        ),
    ),
    Section(
        "5. Clauses and luck",
        "A contract may measure results on few people, leave a flat zone around the baseline, set a threshold or a "
        "hurdle, and cap what it pays. Then pay no longer follows results one for one. What counts is the effective "
        "price: what expected pay gains from one more result, luck included, at the effort that pays best. That "
        "effort is the best of all places where nothing pays better nearby; where there are several, the pages say so, "
        "and which of them are reached from everyone at the minimum and from everyone at what they need. With every "
        "clause off, the effective price is the price that is written down.",
        (
            f"Measured change = true change + luck. Luck is counted exactly for up to {MOST_COUNTED['reoffender']:,} "
            f"people measured by reoffenders or needs met, {MOST_COUNTED['reoffence']:,} by reoffences, "
            f"{MOST_COUNTED['harm']:,} by harm and {MOST_PAST_HURDLE:,} past a hurdle, and for more where fewer than "
            f"{RARE:.0%} reoffend; beyond, and for blends, it is normal. The people measured are taken to be as this "
            "price leaves them: those whom it pays to support reoffend less. The chance of any pay for a blend is "
            f"drawn {DRAWS:,} times: up to {MOST_TOGETHER:,} people its metrics go together as those of people who are "
            "drawn do, beyond as their counts are correlated.",
            "Effective price = q × the slope of expected pay at the true change over the slope of the linear contract.",
        ),
    ),
    Section(
        "6. Who pays, who saves",
        "Each reoffence avoided saves agencies what a crime of its kind costs them: a published unit cost, brought to "
        "one price year. The rest of its cost to society is on no agency's books. Of a saving only a part is cash, "
        "and of the cash a rule sends a part into a shared pot. What the pot would pay for is the dearest price whose "
        "extra cost, where it pays best to be, the pot that it fills covers. Value for money holds present values "
        "in one price base against no contract and no support: to society a payment is a transfer, and the cost is "
        "that of the support.",
        (
            "Saving of an agency = Σ people · λ (1 − e^(−y)) · crimes per proven reoffence · unit cost of the offence "
            "· deflator. Offences: 40% like the index offence where it is known, the others in the published mix.",
            "Net present value to society = v · society's savings − cost of the support; benefit–cost ratio: the "
            "first over the second; v is the mean of (1 + rate)^(−year) over the years in which savings come. Results "
            "pay counts (1 + rate)^(−months late / 12).",
            "Pot = cashable share · savings of those who put in · f(fall) / fall; f(x) = share · x, or by Justice "
            "Reinvestment 0 below 5%, then x − 2.5%, and 17.5% from a fall of 20% on.",
        ),
    ),
)

MAY = (
    "Compare price structures by whom they reward helping and whom they reward neglecting.",
    "See what a premium, a multiplier, another metric or another target would put right, and what it would cost.",
    "Test how far a finding depends on an assumption: change it in the panel and watch.",
    "Bring your own table of risks, so that the people are yours.",
)
MAY_NOT = (
    "**It does not forecast.** It is an index of financial incentive: what a price rewards, not what anyone will do.",
    "**It is not for decisions about a person.** The curves describe groups; they say little about any one of them.",
)
MAY_NOT_EITHER = (
    "**Small groups are left out.** Rates over fewer than 30 people, and counts under 10, are not shown.",
    "**The cost of a reoffence to society is not cash** that any one agency saves.",
)
"""Said before and after what each cohort's own file says that it may not be used for."""
