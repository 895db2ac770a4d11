"""Who pays and who saves, as JSON and CSV: what ``python -m pricing savings`` prints."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import number
from pricing.command.subcommand import on_one_price
from pricing.evaluate import Evaluation
from pricing.questions.savings.appraisal import appraise
from pricing.questions.savings.costs import year_words
from pricing.questions.savings.places import LOCAL, by_place
from pricing.questions.savings.pot import AgencyShare, Pot
from pricing.questions.savings.saved import savings
from pricing.questions.savings.spending import Offer, Refusal, offers
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version, scenario   as with evaluate
  prices_of           financial year of every £ below
  pays_best, needed   savings where it pays best to be, and with the support that people need; each:
                      people, reoffences (expected without support), avoided, fall (share of them),
                      society (£, all that they cost), elsewhere (£ of it on no agency's books here),
                      agencies (a row per agency: key, reach, saved, cash, put_in, kept, in £),
                      value (for society, agencies and cash: gained, spent in £ as they fall;
                      gained_today, spent_today, net as present values; ratio of the two, null where nothing is
                      spent),
                      pot (£ put in) and boroughs (name, people, avoided, local agencies in £, cash
                      and put_in of those who put in, agencies as above; empty where no borough is
                      known, small ones together)
  pays_for            what the pot would pay for where it pays best to be; each: key, and either why
                      it cannot be offered, or contract_value, results_share, need_premium,
                      extra_avoided, extra_spend (£), pot (£ that its savings then fill)
CSV holds the agencies of both, headed by a comment line with the version and the scenario.
"""


def view(evaluation: Evaluation, *, at_benchmark: bool) -> dict[str, Any]:
    """The savings and the pot at one of the two efforts."""
    found = savings(evaluation, at_benchmark=at_benchmark)
    pot = Pot(found)
    names = ("people", "reoffences", "avoided", "fall", "society", "elsewhere")
    return {
        **{name: getattr(found, name) for name in names},
        "agencies": by_agency(pot.by_agency),
        "value": {
            key: {**vars(value), "net": value.net, "ratio": number(value.ratio)}
            for key, value in appraise(evaluation, at_benchmark=at_benchmark).items()
        },
        "pot": pot.put_in,
        "boroughs": [
            {
                "name": one.name,
                "people": one.people,
                "avoided": one.avoided,
                **{share.agency.key: share.saved for share in one.shares if share.agency.key in LOCAL},
                "cash": one.cash,
                "put_in": one.put_in,
                "agencies": by_agency(one.shares),
            }
            for one in by_place(evaluation, pot, at_benchmark=at_benchmark)
        ],
    }


def by_agency(shares: Sequence[AgencyShare]) -> list[dict[str, Any]]:
    """A row for every agency."""
    return [
        {
            "key": share.agency.key,
            "reach": share.agency.reach,
            **{name: getattr(share, name) for name in ("saved", "cash", "put_in", "kept")},
        }
        for share in shares
    ]


def paid_for(found: Offer | Refusal) -> dict[str, Any]:
    """One contract that the pot would pay for, or why it cannot be offered."""
    if isinstance(found, Refusal):
        return {"key": found.key, "why": found.why}
    terms = {name: getattr(found.scenario, name) for name in ("contract_value", "results_share", "need_premium")}
    return {"key": found.key, **terms, **{n: getattr(found, n) for n in ("extra_avoided", "extra_spend", "pot")}}


def as_json(evaluation: Evaluation) -> str:
    """The answer as JSON; see ``savings --help`` for the keys."""
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "prices_of": year_words(int(evaluation.scenario.price_year)),
        "pays_best": view(evaluation, at_benchmark=False),
        "needed": view(evaluation, at_benchmark=True),
        "pays_for": [paid_for(found) for found in offers(evaluation)],
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The agencies alone, headed by a comment line with the version and the scenario."""
    efforts = {"pays_best": False, "needed": True}
    rows = [
        {"effort": effort, **row}
        for effort, at_benchmark in efforts.items()
        for row in view(evaluation, at_benchmark=at_benchmark)["agencies"]
    ]
    return links.heading(evaluation.scenario) + written.as_csv(pd.DataFrame(rows))


SUBCOMMAND = on_one_price(
    "savings",
    "who saves from fewer reoffences, and what a shared pot would pay for",
    KEYS_HELP,
    as_json,
    as_csv,
)
