"""What is not known about who saves, in words. No streamlit."""

from pages.kit.markdown import percent, pounds
from pages.topics.money.who_pays_who_saves.words import prices
from pricing.evaluate import Evaluation
from pricing.questions.savings import costs, offences
from pricing.questions.savings.costs import year_words
from pricing.questions.savings.saved import society_cost
from pricing.scenario.scenario import defaults


def unknown(evaluation: Evaluation) -> list[str]:
    """What is not known, and which field takes the reader's own figure."""
    scenario = evaluation.scenario
    each = float((offences.published_mix() @ costs.unit_costs().pounds).sum())
    each *= costs.uprating(costs.unit_costs().year, int(scenario.price_year))
    society = society_cost(scenario)
    source = "the ministry's" if scenario.social_cost == defaults().social_cost else "your"
    return [
        f"**How many crimes stand behind a proven reoffence.** What a crime costs agencies (its unit "
        f"cost) is known per crime, proven or not: "
        f"{pounds(each)} on average. Against {pounds(society)}, {source} cost of a proven reoffence to society in "
        f"{prices(scenario)}, that is a floor. With {society / each:,.0f} crimes for each proven one, agencies alone "
        f"would reach it.",
        "**What proving costs.** The same database has £4,012 for a court event for theft (2008/09 prices), and £52 "
        "for courts and legal aid in a theft: a reoffence that is proven costs more than a crime.",
        "**What victims and the economy bear.** The database says that its totals hold what public bodies, the "
        "economy and society bear (fiscal, economic and social), but they are the sum of public bodies’ rows to within "
        "£1. So no figure for victims is shown by itself.",
        "**What the whole comes to.** The Home Office's figures of 2018, as quoted in the press, include victims: "
        "£11,320 for a robbery in 2015/16 prices. Agencies' part is £3,674 here, in those of 2010/11.",
        "**What it costs councils.** No row for these offences has a council cost; there is a field for yours.",
        "**What becomes cash.** No share is published; most of the ministry's total is not cashable by any one agency. "
        "A wing or a shift goes only when many crimes do.",
        "**The police's part of the average crime.** The row for all crime has none; what its total leaves over, £228, "
        "is taken to be it. Drug, weapons, public order and some other offences rest on that row.",
        f"**Which year the contract's prices are of.** They are taken to be {year_words(int(scenario.contract_year))} "
        "prices (an assumption: set it above). What the price rewards holds the contract, the hour of support and the "
        "cost of a reoffence beside each other as the panel has them, whatever the years.",
        "**When savings come.** In equal parts over the years set above, the first that of the support: assumed.",
        "**What the Treasury would add.** Nothing is taken off because plans tend to promise too much (optimism bias), "
        "no gain weighs more for who has it, and no cost of raising taxes is counted. Results are taken to be paid as "
        "if the price rose with inflation (in real terms).",
        mix_note(evaluation),
    ]


def mix_note(evaluation: Evaluation) -> str:
    """Which offences the avoided reoffences are taken to be."""
    if offences.known(evaluation.cohort):
        return (
            f"**Which offences are avoided.** Assumed: {percent(offences.LIKE_INDEX)} like the offence that brought a "
            "person here, the others in the published mix of index offences (2023/24)."
        )
    return (
        "**Which offences are avoided.** These people come without an offence: all reoffences are taken to follow the "
        "published English mix of the offences that brought people there (index offences, 2023/24)."
    )
