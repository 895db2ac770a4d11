"""The rate card: how much is paid for each kind of need that is met, where needs met are paid."""

from dataclasses import dataclass
from typing import Any

from pricing.scenario.spec import number, preference, scale, words

KINDS = {
    "accommodation": "a home",
    "employment": "work",
    "drugs": "drugs",
    "alcohol": "alcohol",
    "mental_health": "mental health",
}
"""The kinds of need, in the order of every array by kind, and their words."""


def rate(kind: str) -> Any:
    """The weight of one kind of need in what needs met are paid."""
    return number(
        words(
            f"Rate of a need met: {KINDS[kind]}",
            "Used only where needs met are paid. Each need met is paid the price of a need times its rate; with equal "
            "rates every need is paid the same.",
        ),
        scale(1.0, 0.0, 5.0, 0.25, "× the price of a need"),
        preference("Equal rates, for want of a reason to pay more for one need than for another."),
        group="rate_card",
    )


@dataclass(frozen=True)
class RateCard:
    """The rate of each kind of need."""

    rate_accommodation: float = rate("accommodation")
    rate_employment: float = rate("employment")
    rate_drugs: float = rate("drugs")
    rate_alcohol: float = rate("alcohol")
    rate_mental_health: float = rate("mental_health")

    @property
    def rates(self) -> dict[str, float]:
        """The rate of each kind of need, in the order of KINDS."""
        return {kind: float(getattr(self, f"rate_{kind}")) for kind in KINDS}

    @property
    def rates_differ(self) -> bool:
        """Whether one kind of need is paid more than another."""
        return len(set(self.rates.values())) > 1
