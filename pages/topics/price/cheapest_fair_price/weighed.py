"""What every part of the page is about: an answer, the luck of the reader's provider at its price, and its limits."""

import math
from dataclasses import dataclass

from pricing.questions.cheapest.answer import Answer
from pricing.questions.cheapest.rewarded import Rewarded
from pricing.questions.small_provider.bad_luck import BadLuck


@dataclass(frozen=True, eq=False)
class Weighed:
    """An answer; the provider's ``luck``, or None and ``no_luck`` says why; what the price rewards person by person."""

    found: Answer
    luck: BadLuck | None
    no_luck: str
    rewarded: Rewarded

    @property
    def needed(self) -> float:
        """The results pot that the promise needs, £ per person."""
        return self.found.chosen.found.pot

    @property
    def budget(self) -> float:
        """£ per person that may be spent."""
        return self.found.ground.scenario.most_spent or self.found.today

    @property
    def affordable(self) -> bool:
        """Whether the support itself costs no more than may be spent."""
        return self.found.ground.mean_cost <= self.budget

    @property
    def scales(self) -> bool:
        """Whether the promise is in proportion to the prices: half of them keep half of the promise."""
        return self.found.ground.scenario.promise in ("payback", "last_pound")

    @property
    def single(self) -> bool:
        """Whether a single measure is paid, so that groups can be held to a pot one by one."""
        return len(self.found.ground.metrics) == 1

    @property
    def luck_beside(self) -> bool:
        """Whether reserves do not bear even who comes, with nothing on results."""
        return self.luck is not None and math.isnan(self.luck.level)

    @property
    def within(self) -> dict[str, bool]:
        """Whether the price keeps to each limit: share, budget, and luck where it is known."""
        known = {} if self.luck is None else {"luck": self.luck.borne}
        return self.found.within | known

    @property
    def broken(self) -> list[str]:
        """The limits that the price does not keep to."""
        return [name for name, kept in self.within.items() if not kept]

    @property
    def allowed(self) -> dict[str, float]:
        """The largest pot under each limit, £ per person; none where the fee moves with the prices.

        Luck's is 0 where reserves do not even bear who comes. A limit that the price keeps to allows at least the pot
        that is needed.
        """
        if self.found.ground.scenario.promise == "no_loss":
            return {}
        pots = self.found.allowed
        if self.luck is not None:
            level = self.luck.level
            pots |= {"luck": 0.0 if math.isnan(level) else level * self.needed}
        return {name: max(pot, self.needed) if self.within[name] else pot for name, pot in pots.items()}

    @property
    def pot_for_own_prices(self) -> float:
        """The tightest pot under the limits on share and budget, £ per person: those that hold for any prices."""
        return min(self.found.allowed.values())

    def floor_under(self, name: str) -> float:
        """What each £1 pays back under the same pattern at the pot that a limit allows, in whole pence below it."""
        return math.floor(100 * self.found.floor_within(self.allowed[name]) + 1e-9) / 100
