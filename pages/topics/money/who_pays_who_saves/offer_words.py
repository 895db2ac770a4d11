"""What a pot would pay for, in words. No streamlit."""

import math

import numpy as np

from pages.kit.markdown import about, pence
from pages.topics.money.who_pays_who_saves.words import events
from pricing.evaluate import Evaluation
from pricing.price.schedule import MANY_NEEDS
from pricing.questions.savings.spending import Offer, Refusal
from pricing.scenario.in_words import stated

TITLES = {
    "dearer_results": "Every result is paid more",
    "premium_per_need": "Results for people with needs are paid more",
}
REFUSALS = {
    "no_results": "nothing is paid on results, so there is nothing to put a premium on.",
    "shared_total": "premiums share a fixed total here, so a larger one is paid for by those without needs, not by a "
    "pot. Let the total grow with the premiums, in the panel, to see it.",
    "at_limit": "this part of the price is as high as the explorer goes.",
    "takes_away": "under this price a larger one would lower what is paid. With one target for everyone a premium on "
    "results also multiplies what is taken back for people above the target; an own target would end that.",
    "no_cost": "where it pays best to be it costs nothing and changes nothing.",
    "not_found": "no amount was found that the pot would cover.",
}


def offered(evaluation: Evaluation, offer: Offer) -> str:
    """What a contract that the pot pays for changes, costs and brings, and whom it helps."""
    now, then = evaluation.scenario, offer.scenario
    if offer.key == "dearer_results":
        money = [s.contract_value * s.results_share for s in (now, then)]
        what = f"The fee stays, and results money rises from {pence(money[0])} to {pence(money[1])} per person."
    else:
        what = f"The premium per need on results rises from {stated(now, 'need_premium')} to {then.need_premium:.2%}."
    limit = " That is as far as this parameter goes: the pot could pay for more." if offer.limited else ""
    change = "more" if offer.extra_avoided >= 0 else "fewer"
    avoided = f"{events(evaluation, abs(offer.extra_avoided))} {change} reoffences"
    if round(offer.extra_avoided, 1) == 0:
        avoided = "no more reoffences than now"
    return (
        f"{what}{limit} Where it pays best to be this costs {about(offer.extra_spend)} more; the pot then holds "
        f"{about(offer.pot)}. It would avoid {avoided}. "
        f"{helped(evaluation, offer.evaluation)}"
    )


def helped(now: Evaluation, then: Evaluation) -> str:
    """What the richer contract pays back for people with many needs, and for the others."""
    many = (now.cohort.needs >= MANY_NEEDS).astype(np.int64)
    before, after = (found.pooled(many, 2)["payback"] for found in (now, then))
    names = {1: f"{MANY_NEEDS} needs or more", 0: "fewer needs"}
    said = [
        f"{arrow(pence_exact(before[group]), pence_exact(after[group]))} for people with {names[group]}"
        for group in (1, 0)
        if not math.isnan(before[group])
    ]
    return f"Payback per extra £1 of support: {'; '.join(said)}." if said else ""


def arrow(before: str, after: str) -> str:
    """A change from one value to another, or that there is none."""
    return f"{before} as now" if before == after else f"{before} → {after}"


def pence_exact(amount: float) -> str:
    """£ with three decimals: what a small pot changes does not show in two."""
    return f"{'−' if round(amount, 3) < 0 else ''}£{abs(amount):.3f}"


def refused(refusal: Refusal) -> str:
    """Why a contract cannot be offered."""
    return f"Cannot be offered: {REFUSALS[refusal.why]}"
