"""The rate card in words: what each kind of need met is paid."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from pricing.evaluate import Evaluation
from pricing.price.metric_formulas import per_event
from pricing.price.outcomes import Risk
from pricing.scenario.metrics import by_event
from pricing.scenario.rate_card import KINDS
from pricing.words.numbers import price_of_one

COLUMNS = {"need": "Need met", "rate": "Rate", "price": "£ per need met"}
"""The columns of the prices by kind, and their words."""
WRITTEN: dict[Any, str | Callable[[Any], str] | None] = {COLUMNS["rate"]: "{:g}×", COLUMNS["price"]: price_of_one}
"""How their numbers are written."""


def prices_by_kind(evaluation: Evaluation) -> pd.DataFrame | None:
    """Kind, rate and £ per need met before premiums, a row per kind; None where needs met are not paid."""
    risk = Risk.of(evaluation.scenario, evaluation.cohort)
    each = {m: float(np.mean(price * per_event(m, risk))) for m, price in evaluation.terms.unit_prices.items()}
    price = by_event(each).get("need")
    if price is None:
        return None
    rates = evaluation.scenario.rates
    kinds = [KINDS[kind].capitalize() for kind in rates]
    return pd.DataFrame({"need": kinds, "rate": list(rates.values()), "price": [price * r for r in rates.values()]})


def explained(evaluation: Evaluation) -> str:
    """What the prices by kind rest on; says where it is not known which needs people have."""
    if not evaluation.scenario.rates_differ:
        return "Every need met is paid the same. “The rate of each need met” in the panel parts them."
    if evaluation.cohort.needs_by_kind is None:
        return (
            "Each need met is paid at its rate. These people's table says how many needs they have, not which, so "
            "what this price rewards is worked out as if every need had the mean rate."
        )
    return "Each need met is paid at its rate: the price “per need met” on these pages is that at a rate of 1."
