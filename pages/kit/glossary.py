"""The words of this explorer: plain English first, one meaning each. No streamlit."""

GLOSSARY = {
    "Area multiplier": "How many times the price is paid for someone who lives in the most deprived tenth of areas.",
    "AUC (area under the curve)": (
        "How often the curves give a person who reoffended a higher risk than a person who did not: 0.5 is a coin."
    ),
    "Baseline (target)": (
        "What a result is compared with: what is expected without the provider's support, of everyone on average (one "
        "target) or of each person (own target)."
    ),
    "Benchmark hours": (
        "The hours of support that good practice would give a person, by the yardstick chosen in the panel. "
        "What this explorer calls the support a person needs. It is stated apart from the price: at first it is a fair "
        "share of the hours that a budget pays for, which a cut of the contract value leaves as it is."
    ),
    "Benefit–cost ratio": "What is gained for each £1 of cost, with money that comes later counting for less in both.",
    "Binary rate": "The share of people who reoffend at least once. One reoffence or twenty count alike.",
    "Blend": "A price on several metrics at once, each with its weight.",
    "Brier score": "The average squared distance between the risk given to people and what happened. 0 is perfect.",
    "Calibration": (
        "Whether risks come true: of people given 30%, do 30 in 100 reoffend? The slope says whether differences "
        "between people are right (1 is perfect), the intercept whether the level is (0 is perfect)."
    ),
    "Case mix": "Who the people are: how many needs, what records, which places. A fair comparison allows for it.",
    "Cashable": "Of a saving: the part that an agency could really spend on something else.",
    "Cell": "All people who share the same values of every factor. The explorer holds cells, never rows about persons.",
    "Cliff": "A large step in what is paid for the same person between two places that share a border.",
    "Cohort": "The people to whom a price is applied.",
    "Collar": "A clause by which results pay moves no farther than so much from what is expected, up or down.",
    "Commissioner": "Whoever sets the price and pays it.",
    "Common luck": "What moves everyone's odds at once, such as a year's jobs, homes or policing. Numbers do not help.",
    "Complex need": (
        "One of five: housing (accommodation), work (employment), drugs, alcohol, mental health. People have 0 to 5."
    ),
    "Concentration index": (
        "Whether something goes to people in more need or in less: 0 is the same for all, above 0 more goes to those "
        "in most need, below 0 to those in least. It runs from −1 to 1."
    ),
    "Confidence interval (95%)": (
        "A range found in such a way that, drawn afresh from as many people, 95 in 100 such ranges hold the true value."
    ),
    "Consortium": "Providers who hold a contract together and share what its results are paid.",
    "Contract package area": (
        "One of the 21 areas into which probation in England and Wales was parted from 2014 to 2021, each with one "
        "provider and one price. Cheshire and Greater Manchester were one."
    ),
    "Creaming": "Choosing people who are likely to give a good return, and not those who are not.",
    "Deadweight": "Results money paid for what would have happened without any support.",
    "Deprivation tenth (decile)": "Where a person's area stands among all areas: 1 is the most deprived tenth.",
    "Discount rate": "How much less a pound counts for each year that it comes later, after inflation.",
    "Disinvest": "To withdraw support from people because it does not pay.",
    "Draw": (
        "One way things could be: risk curves and assumptions moved together, each within what is known of it. 100 "
        "draws show how far a finding depends on them."
    ),
    "Effective price": (
        "What expected pay gains from one more result, once the contract's clauses and luck have had their say. In a "
        "contract without clauses it is the written price."
    ),
    "Face value": "£ as paid, whenever they come: nothing taken off for waiting.",
    "Fee for service": "The part of a price that is paid whatever the results.",
    "Flat zone": "Changes around the baseline for which pay stays as it is.",
    "Footprint": "The area for which one price is set.",
    "Free reserves": "What a charity could lose and still go on: its money that is not tied to anything.",
    "Frequency rate": "The number of reoffences per person. Every reoffence avoided counts.",
    "GDP deflator": "The Treasury's measure of inflation: how far prices rose in the whole economy.",
    "Harm-index day": ("A unit of harm: days of prison that the Cambridge Crime Harm Index sets against an offence."),
    "Hold-out": "People kept out of a fit, so that the curves can be asked about somebody they have not seen.",
    "Hurdle": "What must be reached before anything is paid for results: here, fewer people who reoffend at all.",
    "Illustrative": "Invented people, drawn at random from published facts and stated assumptions. Nobody real.",
    "Implied": "Worked out from something else that was recorded, by a stated rule. Not observed.",
    "Index offence": "The offence that brought a person into the cohort.",
    "Justice Reinvestment": (
        "Greater Manchester's rule for sharing savings: nothing below a 5% fall in reoffending, at 5% half of what is "
        "saved, then all further savings up to a fall of 20%."
    ),
    "Live comparison group": (
        "People like the clients, without the support, whose results in the same year are the target. They share the "
        "year's common luck, so that it drops out."
    ),
    "Log-odds": "The logarithm of the odds, the scale on which support is taken to lower a risk.",
    "Margin": "What a provider is left with per person: fee and results, less the costs.",
    "Median": "The middle one when all are put in order: half are as much or less.",
    "Metric": "What counts as a result: reoffending or not, how often, how harmful, or needs met.",
    "Needed support not paid for": "The share of the hours people need that it does not pay to give.",
    "Negative binomial": (
        "A rule for how unevenly events fall on people. Its alpha says how unevenly; it ties the chance of at least "
        "one reoffence to the number of them."
    ),
    "Net present value": "What is gained less what it costs, with money that comes later counting for less.",
    "Odds ratio": (
        "How many times the odds of reoffending are, other things equal. Odds are the chance over the chance that not: "
        "20% is odds of 1 to 4."
    ),
    "Optimism bias": "Plans tend to promise too much; the Treasury asks that something is taken off for it.",
    "Parking": "Taking people on and doing the minimum for them.",
    "Payback per £1": (
        "What the contract pays back for each extra £1 of the support people need. Under £1, it pays to cut support "
        "(to disinvest). An average is over those pounds: people who need more support count for more."
    ),
    "Payment by results (PbR)": "Paying a provider, in part or whole, for what is achieved and not for what is done.",
    "Premium": "What is paid on top for each complex need, or for three and more.",
    "Present value": "What money is worth now: a pound that comes later counts for less, by the discount rate.",
    "Prime contractor": "Who holds a contract and passes part of the work, and of the risk, to others.",
    "Progress": "A metric that counts the needs that are met.",
    "Protected characteristic": (
        "What the Equality Act 2010 protects: age, disability, gender reassignment, marriage and civil partnership, "
        "pregnancy and maternity, race, religion or belief, sex, sexual orientation."
    ),
    "Proven reoffence": "An offence within 12 months that is proven in that time or in a further 6 months.",
    "Provider": "Whoever is paid to support people: a firm, a charity, a public body.",
    "Public sector equality duty": (
        "What a public authority owes under section 149 of the Equality Act 2010: due regard to ending discrimination, "
        "to equal opportunity and to good relations."
    ),
    "Rate ratio": "How many times as many reoffences there are, other things equal.",
    "Risk curve": "How a risk changes along one factor for a person who is otherwise the same.",
    "Severity": "The harm of a reoffence, in harm-index days.",
    "Shared pot": "Money that agencies put together out of what they save, to pay for more of what saved it.",
    "Slope index of inequality": (
        "How much higher something is at the end of most need than at the end of least, along a straight line drawn "
        "through everyone between."
    ),
    "Standard deviation": "The usual size of a swing about the average.",
    "Standard error": "How far a measured rate is off, by luck, in a typical measure.",
    "Temptation": "What a provider gains per person, in £, by cutting support below what the person needs.",
    "Theil index": (
        "How unevenly something is shared out: 0 is evenly. It falls into two parts, between groups and within them."
    ),
    "Unit cost": "What one crime costs an agency on average.",
    "Uprating": "Bringing £ of one year to the prices of another, here with the Treasury's GDP deflator.",
}
"""Term -> meaning, in the order of the alphabet."""


def meaning(*terms: str) -> str:
    """What terms mean, for the help beside a number: the same words as on the Glossary page."""
    return "\n\n".join(f"**{term}.** {GLOSSARY[term]}" for term in terms)


def search(words: str) -> dict[str, str]:
    """The terms in which, or in whose meaning, all of ``words`` occur; every term for no words."""
    wanted = words.casefold().split()
    return {
        term: said for term, said in GLOSSARY.items() if all(word in f"{term} {said}".casefold() for word in wanted)
    }
