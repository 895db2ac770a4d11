"""The form of a scenario file: what ``python -m pricing schema`` prints."""

import argparse
import json

from pricing.command.subcommand import Subcommand
from pricing.take_away import scenario_file


def text(_: argparse.Namespace) -> str:
    """The JSON Schema."""
    return json.dumps(scenario_file.schema(), indent=2, ensure_ascii=False)


SUBCOMMAND = Subcommand("schema", "the JSON Schema of a scenario file", lambda _: None, text)
