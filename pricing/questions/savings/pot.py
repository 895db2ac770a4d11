"""A shared pot: what agencies put in of the savings that become cash, by a rule of the fall in reoffending."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from pricing.contract.pay_limits import PayLimits
from pricing.contract.payment_rule import Clauses, PaymentRule, from_clauses
from pricing.people.arrays import FloatArray
from pricing.questions.savings.costs import AGENCIES, OWN_FIGURE, Agency
from pricing.questions.savings.saved import Savings
from pricing.scenario.scenario import Scenario

FIRST_FALL, LAST_FALL, FIRST_SHARE = 0.05, 0.20, 0.5
"""Greater Manchester's Justice Reinvestment: half of the savings at a 5% fall, then all savings up to 20%."""
COUNCIL_AND_NHS = ("councils", "nhs")
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
        return shares(self.savings, share_paid(self.scenario, self.savings.fall))

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
        fall = self.savings.fall
        weighed = sum(weight(self.scenario, share.agency) * share.cash for share in self.by_agency)
        per_fall, into = (self.cash / fall, weighed / fall) if fall > 0 else (0.0, 0.0)
        return per_fall * falls, into * np.asarray(rule(self.scenario)(falls))


def shares(found: Savings, part: float) -> tuple[AgencyShare, ...]:
    """Every agency's share of some savings, where the rule takes ``part`` of the cash; as :data:`AGENCIES`."""
    scenario, told = found.scenario, []
    for agency in AGENCIES:
        saved, takes = found.by_agency[agency.key], weight(scenario, agency)
        cash = cashable(scenario, agency) * saved
        unknown = agency.key == OWN_FIGURE and scenario.council_cost == 0
        told.append(AgencyShare(agency, saved, cash, takes * part * cash, takes > 0, unknown))
    return tuple(told)


def cashable(scenario: Scenario, agency: Agency) -> float:
    """Share of an agency's savings that is cash."""
    return cast(float, scenario.cashable if scenario.cashable_by == "one" else getattr(scenario, f"cash_{agency.key}"))


def weight(scenario: Scenario, agency: Agency) -> float:
    """Share, of what the rule asks of an agency's cash, that it puts into the pot; 0 where it does not pay in."""
    if scenario.pot_members == "each":
        return cast(float, getattr(scenario, f"puts_{agency.key}"))
    members = {"all": True, "local": agency.reach == "local", "council_nhs": agency.key in COUNCIL_AND_NHS}
    return float(members[scenario.pot_members])


def rule(scenario: Scenario) -> PaymentRule:
    """The part of savings that the rule asks for, as a function of the fall and in its unit: x for all of them."""
    if scenario.pot_rule == "reinvestment":
        return reinvestment()
    part = 1.0 if scenario.pot_members == "each" else scenario.pot_share
    return PaymentRule.through(0.0, 0.0, [(0.0, 0.0, part)])


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
    """Share of cashable savings that the rule asks for at a fall in reoffending; 0 where there is none."""
    return float(rule(scenario)(fall)) / fall if fall > 0 else 0.0
