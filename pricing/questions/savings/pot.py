"""A shared pot: what agencies put in of the savings that become cash, by a rule of the fall in reoffending."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pricing.contract.pay_limits import PayLimits
from pricing.contract.payment_rule import Clauses, PaymentRule, from_clauses
from pricing.people.cohort import FloatArray
from pricing.questions.savings.costs import AGENCIES, OWN_FIGURE, Agency
from pricing.questions.savings.saved import Savings
from pricing.scenario.scenario import Scenario

FIRST_FALL, LAST_FALL, FIRST_SHARE = 0.05, 0.20, 0.5
"""Greater Manchester's Justice Reinvestment: half of the savings at a 5% fall, then all savings up to 20%."""
FURTHEST = 0.30
"""Fall up to which the rule is drawn."""


@dataclass(frozen=True)
class AgencyShare:
    """One agency and the pot: £ ``saved``, of it ``cash`` that could be spent elsewhere, and ``put_in``.

    ``member`` whether it puts in at all; ``open`` whether its cost is not known and the reader has given none.
    """

    agency: Agency
    saved: float
    cash: float
    put_in: float
    member: bool
    open: bool

    @property
    def kept(self) -> float:
        """£ of cash that the agency is left with; at least 0, so that it gains whenever it keeps any."""
        return self.cash - self.put_in


@dataclass(frozen=True, eq=False)
class Pot:
    """The pot at the savings of one price."""

    savings: Savings

    @property
    def scenario(self) -> Scenario:
        """The reader's settings."""
        return self.savings.scenario

    @cached_property
    def by_agency(self) -> tuple[AgencyShare, ...]:
        """Every agency's share, in the order of :data:`AGENCIES`."""
        part = share_paid(self.scenario, self.savings.fall)
        found = []
        for agency in AGENCIES:
            saved = self.savings.by_agency[agency.key]
            cash, member = self.scenario.cashable * saved, belongs(self.scenario, agency)
            unknown = agency.key == OWN_FIGURE and self.scenario.council_cost == 0
            found.append(AgencyShare(agency, saved, cash, part * cash if member else 0.0, member, unknown))
        return tuple(found)

    @property
    def cash(self) -> float:
        """£ that could be released by the agencies that put in: the most that the pot could hold."""
        return sum(share.cash for share in self.by_agency if share.member)

    @property
    def put_in(self) -> float:
        """£ in the pot."""
        return sum(share.put_in for share in self.by_agency)

    @property
    def kept(self) -> float:
        """£ of cash that those who put in are left with."""
        return self.cash - self.put_in

    def along(self, falls: FloatArray) -> tuple[FloatArray, FloatArray]:
        """£ of cash of those who put in, and £ in the pot, at other falls in reoffending of the same kind."""
        per_fall = self.cash / self.savings.fall if self.savings.fall > 0 else 0.0
        return per_fall * falls, per_fall * np.asarray(rule(self.scenario)(falls))


def belongs(scenario: Scenario, agency: Agency) -> bool:
    """Whether an agency puts into the pot."""
    return scenario.pot_members == "all" or agency.reach == "local"


def rule(scenario: Scenario) -> PaymentRule:
    """The part of savings that goes in, as a function of the fall and in its unit: x where all of it goes in."""
    if scenario.pot_rule == "reinvestment":
        return reinvestment()
    return PaymentRule.through(0.0, 0.0, [(0.0, 0.0, scenario.pot_share)])


def reinvestment() -> PaymentRule:
    """Nothing below a 5% fall; from it half of the savings up to it and all beyond, until the fall is 20%."""
    most = FIRST_SHARE * FIRST_FALL + (LAST_FALL - FIRST_FALL)
    return from_clauses(
        Clauses(
            zone=0.0,
            threshold=FIRST_FALL,
            inner=FIRST_SHARE,
            shape="per_result",
            full=LAST_FALL,
            deducts=False,
            limits=PayLimits(highest=most),
        )
    )


def share_paid(scenario: Scenario, fall: float) -> float:
    """Share of cashable savings that goes in at a fall in reoffending; 0 where there is none."""
    return float(rule(scenario)(fall)) / fall if fall > 0 else 0.0
