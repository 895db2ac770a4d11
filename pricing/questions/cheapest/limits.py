"""What each limit leaves for results: every one of them is a largest results pot, £ per person."""

import math

from pricing.errors import ScenarioError
from pricing.questions.cheapest.ground import Ground


def total(ground: Ground, pot: float) -> float:
    """£ per person that a price with this results pot costs, the provider covering its cost over everyone.

    Results are paid late, so a pot of P is worth pv P to the provider and the fee makes up the rest; where even no fee
    leaves more than the cost, the pot alone is the price.
    """
    return max(pot, ground.mean_cost + (1 - ground.scenario.present_value) * pot)


def fee(ground: Ground, pot: float) -> float:
    """£ per person of fee for service beside a results pot, so that the provider covers its cost; at least 0."""
    return max(0.0, ground.mean_cost - ground.scenario.present_value * pot)


def by_share(ground: Ground, share: float) -> float:
    """The largest pot that is at most ``share`` of what is paid when everyone gets what they need."""
    late = 1 - ground.scenario.present_value
    return math.inf if share >= 1 else share * ground.mean_cost / (1 - share * late)


def by_budget(ground: Ground, budget: float) -> float:
    """The largest pot within ``budget`` £ per person; raises ScenarioError where the hours alone cost more."""
    late, beyond = 1 - ground.scenario.present_value, budget - ground.mean_cost
    if beyond < 0:
        raise ScenarioError(
            f"The support that people need costs £{ground.mean_cost:,.0f} a person by itself; "
            f"£{budget:,.0f} does not pay for it under any price."
        )
    return min(beyond / late, budget) if late > 0 else budget
