"""Being a small provider, as JSON and CSV: what ``python -m pricing provider`` prints."""

import argparse
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np
import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.options import read_evaluation
from pricing.command.plain import number
from pricing.command.subcommand import Subcommand, add_price
from pricing.evaluate import Evaluation
from pricing.questions.small_provider import (
    cash,
    consortium,
    luck_or_skill,
    prime,
    seats,
    several_years,
    surplus,
    trustees,
)
from pricing.questions.small_provider.luck.clients import HOURS
from pricing.questions.small_provider.remedies import REMEDIES
from pricing.questions.small_provider.several_years import SeveralYears
from pricing.questions.small_provider.surplus import Surplus
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys; £ a year at face value (nothing taken off for waiting) unless said otherwise, null where undefined
  version, scenario   as with evaluate
  hours       what the provider gives: needed, or pays_best (--hours)
  year        the year's surplus, exactly: expected, sd, chance_of_loss, chance_of_ruin (it loses more than
              the reserves), worst_year (loss of the worst year in 20), worst_mean (mean of the worst 5 in 100),
              worst_year_weeks (in weeks of running costs), fee, expected_results, costs, set_up, reserves,
              quantiles (of what is left, by chance)
  verdict     whether it can be carried, giving what is needed: carried, expected (£ of an average year),
              worst_year (£ lost in the worst in 20), bearable (£ that reserves may bear), pool (partners among
              whom results money is pooled); with --remedies, unless it is carried, what alone would turn it,
              null where nothing would: reserves (£ at least), share (on results, at most), clients and
              partners (of the numbers tried)
  years       reserves carried on over the whole years of the contract: chance_of_ruin, most_often (year in which
              reserves most often run out, null for never), at_the_end (reserves in the worst case in 20, the middle,
              the best in 20), by year runs_out and ruin (chance that they run out then; that they have), bands
              (reserves that 5, 25, 50, 75 and 95 of 100 futures do not exceed, from the start on)
  luck        luck alone, giving what is needed, by number of clients (numbers): short and short_with_margin
              (chance of being paid less than cost), bad_year, bearable, unbearable (chance that luck takes more
              than reserves may bear), enough (clients needed), floor (£ per client), near and near_short (the
              provider's own number and those next to it, and short there); by share on results
              (shares): share_bad_year, share_short_with_margin; line_bad_year at 20%
  together    a consortium, for one partner, by number of partners: own (place of the scenario's number),
              sd, bad_year, chance_of_loss, floor_sd, payback; lower_share (share), comparison, collar:
              each bad_year and payback
  cash        month by month: months, balance, without_results, every_year_bad (the worst in 20), with_loan (£),
              trough, trough_month, loan,
              interest, owed_at_end, enough_up_front (smallest share paid up front that keeps the balance at £0)
  prime       under a prime with the scenario's terms: now (as year, for the clients who come),
              kept_by_prime, volumes (share of clients promised), left, bad_year, lowest_value (contract value
              at which giving what is needed loses nothing, by volume), hours_needed, hours_rewarded
  seats       commissioner: spend, deadweight, idle (its share of results pay), avoided, per_reoffence,
              left_behind, minimum (shares of people), by_luck; large_provider, £ per person today: clients,
              margin, done_right, temptation, parked, unwanted; small_charity: loss, ruin, bad_year, expected,
              income, trough, trough_month, gift; each with flags (code, sentence)
CSV holds one table (--table): year, what is left and its chance; years, by year; or cash, by month. It
is headed by a comment line with the version and the scenario.
"""
QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
TABLES = ("year", "years", "cash")


def plain(value: object) -> object:
    """A result ready for JSON: dataclasses and mappings by name, arrays as lists, nan as null."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, np.ndarray | tuple | list):
        return [plain(each) for each in value]
    return number(value) if isinstance(value, float) else value


def of_year(year: Surplus) -> dict[str, object]:
    """A year's surplus; its every amount is in the CSV."""
    measures = ("expected", "sd", "chance_of_loss", "chance_of_ruin", "worst_year", "worst_mean")
    given = ("fee", "expected_results", "costs", "set_up", "reserves")
    found = {name: number(getattr(year, name)) for name in (*measures, *given)}
    weeks = number(year.weeks(year.worst_year))
    return {**found, "worst_year_weeks": weeks, "quantiles": {str(q): year.money.quantile(q) for q in QUANTILES}}


def of_years(found: SeveralYears) -> dict[str, object]:
    """Several years in a row."""
    names = ("reserves", "expected", "chance_of_ruin", "at_the_end", "runs_out", "ruin", "bands")
    return {"most_often": found.most_often or None, **{name: plain(getattr(found, name)) for name in names}}


def of_verdict(evaluation: Evaluation, needed: Surplus, *, remedies: bool) -> dict[str, object]:
    """Whether the contract can be carried; and what alone would turn a no, each a search of its own."""
    answer = trustees.answer(evaluation, needed)
    asked = REMEDIES if remedies and not answer.carried else {}
    found = {name: number(look_for(evaluation).enough) for name, look_for in asked.items()}
    return {name: getattr(answer, name) for name in ("carried", "expected", "worst_year", "bearable", "pool")} | found


def as_json(evaluation: Evaluation, hours: str, *, remedies: bool = False) -> str:
    """The answer as JSON; see ``provider --help`` for the keys."""
    scenario, year = evaluation.scenario, surplus.of(evaluation, hours)
    needed = year if hours == "needed" else surplus.of(evaluation, "needed")
    bank = cash.cash(cash.plan(scenario, year))
    under = prime.under_prime(evaluation, hours, year)
    found = {
        "verdict": of_verdict(evaluation, needed, remedies=remedies),
        "years": of_years(several_years.of(evaluation, hours, year)),
        "luck": {**vars(luck_or_skill.by_size(evaluation)), **vars(luck_or_skill.by_share(evaluation))},
        "together": consortium.of(evaluation),
        "cash": bank,
        "prime": {**vars(under), "now": of_year(under.now)},
        "seats": {
            "commissioner": seats.commissioner(evaluation),
            "large_provider": seats.large_provider(evaluation),
            "small_charity": seats.small_charity(evaluation, needed, cash.cash(cash.plan(scenario, needed))),
        },
    }
    head = {"version": MODEL_VERSION, "scenario": scenario.values(), "hours": hours, "year": of_year(year)}
    document = {**head, **{name: plain(value) for name, value in found.items()}}
    return written.as_json(document)


def as_csv(evaluation: Evaluation, hours: str, table: str) -> str:
    """One table, headed by a comment line with the version and the scenario."""
    year = surplus.of(evaluation, hours)
    if table == "year":
        rows = pd.DataFrame({"left": year.money.values, "chance": year.money.chances})
    elif table == "years":
        found = several_years.of(evaluation, hours)
        numbers = {"year": np.arange(1, found.years + 1), "runs_out": found.runs_out, "ruin": found.ruin}
        bands = {f"reserves_{100 * b:.0f}": found.bands[i, 1:] for i, b in enumerate(several_years.BANDS)}
        rows = pd.DataFrame({**numbers, **bands})
    else:
        bank = cash.cash(cash.plan(evaluation.scenario, year))
        names = ("months", "balance", "without_results", "with_loan")
        rows = pd.DataFrame({name: getattr(bank, name) for name in names})
    return links.heading(evaluation.scenario) + written.as_csv(rows)


def add(parser: argparse.ArgumentParser) -> None:
    """Which price and people, the form, the hours that the provider gives, and what the CSV holds."""
    add_price(parser)
    parser.add_argument("--hours", choices=tuple(HOURS), default="needed", help="of support given; default: needed")
    parser.add_argument("--remedies", action="store_true", help="look for what would turn a no too: takes seconds")
    parser.add_argument("--table", choices=TABLES, default="year", help="what the CSV holds")


def text(arguments: argparse.Namespace) -> str:
    """The answer in the form that is asked for."""
    evaluation = read_evaluation(arguments)
    if arguments.format == "json":
        return as_json(evaluation, arguments.hours, remedies=arguments.remedies)
    return as_csv(evaluation, arguments.hours, arguments.table)


SUBCOMMAND = Subcommand(
    "provider",
    "what it means for one small provider: the year, luck, partners, cash, a prime, three seats",
    add,
    text,
    KEYS_HELP,
)
