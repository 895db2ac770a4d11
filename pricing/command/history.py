"""The checks against history as JSON and CSV: what ``python -m pricing history`` prints."""

import argparse
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from pricing import MODEL_VERSION
from pricing.command.subcommand import Subcommand, add_formats
from pricing.questions.history import checks
from pricing.questions.history.check import Row
from pricing.scenario import links
from pricing.words import written

KEYS_HELP = """\
JSON keys
  version     the model version
  summary     how many contracts agree, by kind of check
  counts      the same as numbers: by kind (arithmetic, shape, figure), by verdict
  rows        a row per contract: key, contract, published (what was published), inputs (what the
              explorer was given), findings (what it says; each: words, value, agrees), agrees
              (yes, in part or no), kind (arithmetic: a published rule or sum worked out again; shape:
              which way things go; figure: a published figure that was not put in), unchecked (what
              cannot be checked), price_to_cost (the ratios used, if any), link (the contract as a
              query; null where no scenario can hold it)
CSV holds the rows alone, findings as words, headed by a comment line with the version.
"""
VERDICTS = {True: "agrees", False: "does not agree"}


def record(row: Row) -> dict[str, object]:
    """One row ready for JSON."""
    return {
        "key": row.key,
        "contract": row.contract,
        "published": row.published,
        "inputs": row.inputs,
        "findings": [vars(finding) for finding in row.findings],
        "agrees": row.verdict,
        "kind": row.kind,
        "unchecked": row.unchecked,
        "price_to_cost": list(row.ratios),
        "link": None if row.scenario is None else links.to_query(links.write(row.scenario)),
    }


def as_json() -> str:
    """The checks as JSON; see ``history --help`` for the keys."""
    found = checks.rows()
    document = {
        "version": MODEL_VERSION,
        "summary": checks.summary(found),
        "counts": checks.counts(found),
        "rows": [record(row) for row in found],
    }
    return written.as_json(document)


def as_csv(named: Mapping[str, str] = MappingProxyType({})) -> str:
    """The rows alone, under a comment line with the version; columns are ``named`` otherwise where that says so."""
    told = [
        record(row)
        | {
            "findings": " ".join(f"{finding.words} ({VERDICTS[finding.agrees]})" for finding in row.findings),
            "price_to_cost": " or ".join(f"{ratio:.3g}" for ratio in row.ratios),
        }
        for row in checks.rows()
    ]
    table = pd.DataFrame(told).rename(columns=dict(named))
    return f"# pricing-structure explorer; model {MODEL_VERSION}\n" + written.as_csv(table)


def text(arguments: argparse.Namespace) -> str:
    """The checks in the form that is asked for."""
    return as_json() if arguments.format == "json" else as_csv()


SUBCOMMAND = Subcommand(
    "history",
    "what was published about past contracts, and what the explorer says of them",
    add_formats,
    text,
    KEYS_HELP,
)
