"""The levers of a price as JSON and CSV: what ``python -m pricing levers`` prints."""

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.plain import number
from pricing.command.subcommand import on_one_price
from pricing.evaluate import Evaluation
from pricing.questions.levers import PriceStep, levers, next_step
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version, scenario   as with evaluate
  next        the lever of the next step (null where no step helps): it takes the most people out of groups that
              pay back less than £1 for what it costs, else it raises the payback most for that
  levers      what one step of each changes, each: name, from, to, extra_cost (£ in a year at the support
              that is rewarded), cost, needed_cost (£ at the support that people need), payback (£ per £1,
              null where undefined) and under_one (people in groups that pay back less than £1), after the
              step; cost_now, payback_now, under_one_now before it
CSV holds the levers alone, headed by a comment line with the version and the scenario.
"""


def record(evaluation: Evaluation, lever: PriceStep) -> dict[str, object]:
    """One lever ready for JSON."""
    return {
        "name": lever.name,
        "from": getattr(evaluation.scenario, lever.name),
        "to": lever.value,
        "extra_cost": lever.extra_cost,
        "cost": lever.after.cost,
        "needed_cost": lever.after.needed,
        "payback": number(lever.after.payback),
        "under_one": lever.after.under,
        "cost_now": lever.before.cost,
        "payback_now": number(lever.before.payback),
        "under_one_now": lever.before.under,
    }


def as_json(evaluation: Evaluation) -> str:
    """The levers as JSON; see ``levers --help`` for the keys."""
    found = levers(evaluation)
    best = next_step(found)
    document = {
        "version": MODEL_VERSION,
        "scenario": evaluation.scenario.values(),
        "next": None if best is None else best.name,
        "levers": [record(evaluation, lever) for lever in found],
    }
    return written.as_json(document)


def as_csv(evaluation: Evaluation) -> str:
    """The levers alone, under one comment line with the version and the scenario as a link query."""
    rows = [record(evaluation, lever) for lever in levers(evaluation)]
    return links.heading(evaluation.scenario) + written.as_csv(pd.DataFrame(rows))


SUBCOMMAND = on_one_price("levers", "what one step of each lever of a price would change", KEYS_HELP, as_json, as_csv)
