"""Named contracts to start from, each with a description, what of it is published and what is assumed.

A preset sets the terms and the clauses of a contract. People and working assumptions stay as the reader has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from pricing.scenario.clauses import ContractMechanics
from pricing.scenario.scenario import Scenario, defaults
from pricing.scenario.terms import ContractTerms

Settings = Mapping[str, float | str]
"""Parameters that are set, by name."""


@dataclass(frozen=True)
class Preset:
    """A named contract: ``changes`` from the default terms, and three sentences or so on each of its sides."""

    key: str
    title: str
    what: str
    published: str
    assumed: str
    changes: Settings

    def scenario(self, reader: Scenario) -> Scenario:
        """The contract for the people, and under the working assumptions, of a reader's scenario."""
        usual = defaults().values()
        terms = {f.name for part in (ContractTerms, ContractMechanics) for f in fields(part)} - {"cohort"}
        return reader.with_(**{name: usual[name] for name in terms} | dict(self.changes))


HALF_AND_HALF: Settings = MappingProxyType(
    {"metric": "blend", "blend_binary": 0.5, "blend_frequency": 0.5, "blend_severity": 0.0, "blend_progress": 0.0}
)

PRESETS: tuple[Preset, ...] = (
    Preset(
        "fee_for_service",
        "Fee for service",
        "Everything is paid for the service, nothing for results: the comparison that every other price needs.",
        "The contract value is that of Transforming Rehabilitation: £3.7bn over 7 years for 236,000 people a year.",
        "Nothing else is needed.",
        {"results_share": 0.0},
    ),
    Preset(
        "flat_20",
        "A flat 20% on results",
        "A fifth of the contract depends on the binary rate against one target, with no premium for anyone.",
        "20% is the most that GMCVO's members could bear (consultation answer, 2013); the value is Transforming "
        "Rehabilitation's; the reduction that the price is set for is Peterborough's pooled threshold of 7.5%.",
        "That pay follows results one for one, both ways.",
        {},
    ),
    Preset(
        "straw_man",
        "Transforming Rehabilitation: the straw man of May 2013",
        "The ministry's first sketch: a fee for service with binary and frequency pay on top, a binary hurdle before "
        "any frequency pay, no change in pay while the measured rate is within 3 points, and deductions if it rises.",
        "The flat zone, the hurdle and the deductions; 9.1% on results follows from the ministry's own illustration "
        "(£10m fee, £11m at most); 5,100 people a year is 108,000 people over 21 areas.",
        "Equal weights of the two metrics, measurement every quarter, and pay for the whole change once past the "
        "zone; deductions without limit. The threat to end the contract is not modelled.",
        {
            **HALF_AND_HALF,
            "results_share": 0.091,
            "measured_people": 5100.0,
            "measured_period": "quarter",
            "flat_zone": "fixed",
            "zone_points": 3.0,
            "binary_hurdle": "yes",
        },
    ),
    Preset(
        "tr_as_contracted",
        "Transforming Rehabilitation: as contracted",
        "Results were measured by quarter and by year, and a change counted where it stood out from luck: in 2019/20 "
        "17 to 20 of the 21 areas by quarter, and all 21 by year.",
        "Measurement by quarter and by year, binary and frequency; the contract value; that first results took 22 "
        "months; 5,100 people a year is 108,000 people over 21 areas.",
        "9.1% on results and equal weights, as in the straw man; a flat zone as wide as the 95% interval; that the "
        "year tops up its quarters; the hurdle and the deductions without limit, which are the straw man's.",
        {
            **HALF_AND_HALF,
            "results_share": 0.091,
            "measured_people": 5100.0,
            "measured_period": "quarter",
            "annual_top_up": "yes",
            "flat_zone": "interval",
            "binary_hurdle": "yes",
        },
    ),
    Preset(
        "peterborough",
        "A bond like Peterborough's",
        "Reconvictions per 100 people were compared with similar people elsewhere. A cohort had to show 10% fewer to "
        "be paid for; the first showed 8.4% and was not, and the cohorts together showed 9.0% against 7.5% and were.",
        "The count of reconvictions, the 10% trigger for a cohort and the 7.5% for all together.",
        "1,000 people in a cohort, the whole contract paid on results, pay for the whole reduction once past the "
        "trigger, and no deductions.",
        {
            "metric": "frequency",
            "results_share": 1.0,
            "measured_people": 1000.0,
            "threshold": 0.1,
            "deductions": "none",
        },
    ),
    Preset(
        "work_programme",
        "A tariff by group, like the Work Programme's",
        "Higher prices for groups that are harder to help: from £3,810 at most for one person to £13,720, 3.6 times "
        "as much. It did not stop parking: £690 a head was spent on the hardest to help, where £1,170 was promised.",
        "The payments of each group and what was spent.",
        "It paid for jobs; here the same shape is put on reoffending: 50% more for each need, so 3.5 times as much "
        "at five needs, every success paid for with no target, and 80% of the money on results.",
        {"target": "none", "results_share": 0.8, "need_premium": 0.5, "uplift_applies_to": "results"},
    ),
    Preset(
        "justice_reinvestment",
        "Greater Manchester Justice Reinvestment",
        "For local commissioners: when demand on the justice system fell, part of what was saved came back to the "
        "boroughs. Half of the savings were paid at a fall of 5%, and beyond it all savings, up to a fall of 20%.",
        "The fall of 5% with half of the savings, and all savings from there to 20%.",
        "That demand moves with the number of reoffences; 10,000 people measured in a year; a price at which a fall "
        "of 20% earns 20% of the contract value; and no deductions.",
        {
            "metric": "frequency",
            "priced_reduction": 0.2,
            "measured_people": 10000.0,
            "threshold": 0.05,
            "pay_on": "half",
            "results_cap": 0.875,
            "deductions": "none",
        },
    ),
    Preset(
        "need_and_place",
        "Need and place",
        "What the consultation answer asks for, put into a price: fewer reoffences count, each person is compared with "
        "what is expected of them, and more is paid for people with more needs and in more deprived places.",
        "The call for premiums and for prices that follow place (GMCVO, 2013). No UK scheme with a multiplier for "
        "place was found.",
        "The figures: 30% more for each need, and half as much again in the most deprived tenth of areas.",
        {"metric": "frequency", "target": "own", "need_premium": 0.3, "area_multiplier": 1.5},
    ),
)
