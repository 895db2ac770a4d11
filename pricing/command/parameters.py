"""What a scenario may say: what ``python -m pricing parameters`` and ``schema`` print."""

import argparse
import json

import pandas as pd

from pricing.command.subcommand import Subcommand, add_formats
from pricing.scenario.scenario import defaults, specs
from pricing.take_away import scenario_file
from pricing.words import written


def rows() -> list[dict[str, object]]:
    """A row per parameter, in the order of declaration."""
    found = []
    usual = defaults().values()
    for name, spec in specs().items():
        allowed: object = list(spec.choices) if spec.choices else [spec.low, spec.high]
        row = {"name": name, "default": usual[name], "allowed": allowed, "step": spec.step or None}
        found.append(row | {"unit": spec.unit, "label": spec.label, "origin": spec.origin, "source": spec.source})
    return found


def text(arguments: argparse.Namespace) -> str:
    """The rows as JSON or CSV."""
    if arguments.format == "json":
        return json.dumps(rows(), indent=2, ensure_ascii=False)
    return written.as_csv(pd.DataFrame(rows()))


SUBCOMMAND = Subcommand("parameters", "every parameter with its default, range, unit and source", add_formats, text)


def schema_text(_: argparse.Namespace) -> str:
    """The JSON Schema of a scenario file."""
    return json.dumps(scenario_file.schema(), indent=2, ensure_ascii=False)


SCHEMA = Subcommand("schema", "the JSON Schema of a scenario file", lambda _: None, schema_text)
