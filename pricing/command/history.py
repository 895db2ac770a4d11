"""The checks against history as JSON and CSV: what ``python -m pricing history`` prints."""

import json

import pandas as pd

from pricing import MODEL_VERSION
from pricing.questions.history import checks
from pricing.questions.history.check import Row
from pricing.scenario import links

KEYS_HELP = """\
JSON keys
  version     the model version
  summary     how many contracts agree
  rows        a row per contract: key, contract, published (what was published), inputs (what the
              explorer was given), findings (what it says; each: words, value, agrees), agrees
              (yes, in part or no), checked (figures or shape), price_to_cost (the ratios used, if
              any), link (the contract as a query)
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
        "checked": "figures" if row.figures else "shape",
        "price_to_cost": list(row.ratios),
        "link": links.to_query(links.write(row.scenario)),
    }


def as_json() -> str:
    """The checks as JSON; see ``history --help`` for the keys."""
    found = checks.rows()
    document = {"version": MODEL_VERSION, "summary": checks.summary(found), "rows": [record(row) for row in found]}
    return json.dumps(document, indent=2, allow_nan=False, ensure_ascii=False)


def as_csv() -> str:
    """The rows alone, under a comment line with the version."""
    told = [
        record(row)
        | {
            "findings": " ".join(f"{finding.words} ({VERDICTS[finding.agrees]})" for finding in row.findings),
            "price_to_cost": " or ".join(f"{ratio:.3g}" for ratio in row.ratios),
        }
        for row in checks.rows()
    ]
    return f"# pricing-structure explorer; model {MODEL_VERSION}\n" + pd.DataFrame(told).to_csv(index=False)
