"""Who is left out within a pot, and whose hours are cheaper to write down, in words. No streamlit."""

import numpy as np

from pages.kit.markdown import count, percent, pounds
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.cheapest import limits, specify
from pricing.questions.cheapest.answer import Answer
from pricing.questions.cheapest.left_out import WithinPot
from pricing.scenario.in_words import stated

WAYS = {
    "most_people": "As many people as possible",
    "worst_off_first": "Most needs and most deprived places first",
}
NOTHING_ASKED = "The promise asks for nothing on results, so nobody is left out and nothing has to be paid for."
TOGETHER = (
    " With prices of their own alone results would come to more than all else costs: no fee is left, so the hours that "
    "are written down are chosen together, and ● may stand beside more than yours or be missing beside less."
)
NOTHING_COUNTED = (
    "The promise is to every group that is large enough, and none can be left out for its needs. Let another measure "
    "be paid, or a blend in which what these people do counts too."
)
"""What can be changed where no price on a measure reaches some people."""
ONE_MEASURE = "This is worked out where a single measure is paid. Choose one under “What counts as a result”."


def pot_says(shown: Weighed) -> str:
    """What the limits on share and budget leave for results."""
    pot, asked = shown.pot_for_own_prices, shown.found.ground.scenario
    most = f"At most {stated(asked, 'most_on_results')} on results and {pounds(shown.budget)} a person"
    if np.isinf(pot):
        return f"{most}: there is no limit to what may hang on results."
    if pot <= 0:
        return f"{most}: that leaves nothing for results."
    fee = limits.fee(shown.found.ground, pot)
    return (
        f"{most}: that leaves {pounds(pot)} a person for results, with a fee of {pounds(fee)}. Together, "
        f"{pounds(pot + fee)}, they cover what the support that people need costs; the share on results is of that sum."
    )


def kept_title(found: Answer, way: str, kept: WithinPot) -> str:
    """A map's title: to how many people the promise is kept."""
    everyone = count(float(found.ground.people @ found.protected))
    return f"{WAYS[way]}: kept to {count(kept.people)} of {everyone} people"


def kinds(found: Answer, groups: BoolArray) -> str:
    """Which numbers of needs the chosen groups have."""
    needs = sorted({int(n) for n in found.ground.needs[groups]})
    if not needs:
        return "It is kept to nobody."
    if len(needs) == 1:
        return f"It is kept to people with {_needs(needs[0])} only, in the marked places."
    return (
        f"It is kept to people with {', '.join(map(_number, needs[:-1]))} or {_needs(needs[-1])}, in the marked places."
    )


def _number(needs: int) -> str:
    return "no" if needs == 0 else str(needs)


def _needs(needs: int) -> str:
    return {0: "no needs", 1: "1 need"}.get(needs, f"{needs} needs")


def frontier_title(shown: Weighed, lost: FloatArray, shares: FloatArray) -> str:
    """From which share on results on the explorer's premiums leave nobody out, or that none does."""
    enough = np.flatnonzero(lost < 1e-9)
    if not len(enough):
        return f"With premiums, somebody is left out even at {percent(float(shares[-1]))} on results"
    if enough[0] == 0:
        return f"With premiums, {percent(float(shares[0]))} on results is enough for everyone"
    return f"With premiums, somebody is left out until {percent(float(shares[enough[0]]))} hangs on results"


def frontier_reading(shown: Weighed) -> str:
    """How to read the lines."""
    payback = " Here only the payback is promised, not that no group is a loss."
    return (
        "Of the people in groups that are large enough, the share to whom the promise is broken. Premiums: the best "
        "premiums and multiplier of the explorer, on its sliders' steps. Own prices: each group has its own, given "
        "to as many people as possible, or to the worst off first: those with most needs, in the most deprived places."
        + (payback if shown.found.ground.scenario.promise == "no_loss" else "")
    )


def even_title(shown: Weighed, even: FloatArray, written: BoolArray) -> str:
    """For how many people hours written down are the cheaper way at the reader's checking cost."""
    ground, asked = shown.found.ground, shown.found.ground.scenario
    there = shown.found.protected & ~np.isnan(even)
    everyone = float(ground.people @ there)
    if not everyone:
        return "Nobody in these groups needs more than the contractual minimum"
    cheaper = float(ground.people @ (there & written))
    number = "all" if cheaper == everyone else "none of the" if not cheaper else f"{count(cheaper)} of"
    return (
        f"With checking at {stated(asked, 'checking_cost')}, hours written down are cheaper for {number} "
        f"{count(everyone)} people"
    )


def even_reading(shown: Weighed, even: FloatArray, written: BoolArray) -> str:
    """What the map of checking costs shows."""
    seen = shown.found.protected & np.isfinite(even)
    there = even[seen]
    if not len(there):
        return ""
    low, high = percent(float(there.min())), percent(float(there.max()))
    between = low if low == high else f"{low} to {high}"
    return (
        "A group's number is the checking cost, as a share of the extra support's cost, at which both ways cost as "
        f"much ({between}). Where it is more than yours, write the hours down; where it is less (●), pay for results "
        "with a price of the group's own. Results cost extra because somebody has to wait for the money."
        + (TOGETHER if np.any(written[seen] != (there > shown.found.ground.scenario.checking_cost)) else "")
    )


def specified(shown: Weighed) -> str:
    """What writing all hours down would cost beside paying for results."""
    found, asked = shown.found, shown.found.ground.scenario
    whole = specify.all_specified(found.ground, asked.checking_cost)
    now = found.chosen.cost
    way = "as much as" if pounds(whole) == pounds(now) else "less than" if whole < now else "more than"
    return (
        f"All needed support, written down and checked at {stated(asked, 'checking_cost')} of its extra cost, costs "
        f"{pounds(whole)} a person. That is {way} the {pounds(now)} at which this price for results keeps its promise."
    )
