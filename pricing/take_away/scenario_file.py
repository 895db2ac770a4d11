"""Reading and writing of scenarios as JSON files, with a schema from the declarations. Input is untrusted."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pricing import MODEL_VERSION
from pricing.errors import ExplorerError, ScenarioFileError
from pricing.scenario import links, versions
from pricing.scenario.links import Link
from pricing.scenario.scenario import defaults, specs
from pricing.scenario.spec import Spec, quoted
from pricing.take_away.cover import Cover

SCHEMA = "urn:pricing-structure-explorer:scenario:1"
PARTS: Mapping[str, str] = {
    "schema": "What kind of file this is.",
    "model": "The model version that it was made with.",
    "name": "What its reader called it; left out if nothing.",
    "made": "The date on which it was made.",
    "people": "Whose figures the scenario is about, with the caution that goes with them.",
    "warnings": "Settings of this price that defeat themselves.",
    "link": "The same scenario as a link.",
    "scenario": "Every parameter and its value; one that is left out stands at its default.",
    "table": "Which table of the reader's own it was made from; the table itself is not in the file.",
}
TEXTS = ("model", "name", "made", "people", "link")
MOST_BYTES = 100_000
DEEPEST = 4
STRING = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""A text in JSON, or one that never ends. It gives nothing back: tried again from each quote, a file would cost the
square of its length."""
TABLE_PARTS = ("name", "sha256")

Gathered = dict[str, list[Any]]


def write(cover: Cover) -> str:
    """The scenario as JSON: see :func:`schema`."""
    document: dict[str, object] = {
        "schema": SCHEMA,
        "model": MODEL_VERSION,
        "made": cover.made.isoformat(),
        "people": f"{cover.people}. {cover.evaluation.cohort.caution}",
        "warnings": list(cover.said),
        "link": cover.link,
        "scenario": cover.evaluation.scenario.values(),
    }
    if cover.name:
        document["name"] = cover.name
    if cover.table is not None:
        document["table"] = dict(zip(TABLE_PARTS, (cover.table.name, cover.table.digest), strict=True))
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a scenario file, drawn from the declaration of each parameter."""
    text = {"type": "string"}
    usual = defaults().values()
    kinds: dict[str, Any] = {
        **dict.fromkeys(TEXTS, text),
        "schema": {"const": SCHEMA},
        "made": {"type": "string", "format": "date"},
        "warnings": {"type": "array", "items": text},
        "scenario": closed({name: of_parameter(spec, usual[name]) for name, spec in specs().items()}),
        "table": closed({"name": text, "sha256": {"type": "string", "pattern": f"^{links.DIGEST.pattern}$"}})
        | {"required": list(TABLE_PARTS)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "A scenario of the pricing-structure explorer",
        **closed({name: kinds[name] | {"description": says} for name, says in PARTS.items()}),
        "required": ["schema", "model", "scenario"],
    }


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with these properties and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def of_parameter(spec: Spec, usual: float | str) -> dict[str, Any]:
    """What the schema says of one parameter."""
    said = {"title": spec.label, "description": f"{spec.help} Unit: {spec.unit}.", "default": usual}
    if spec.choices:
        return said | {"enum": list(spec.choices)}
    return said | {"type": "number", "minimum": spec.low, "maximum": spec.high}


def read(data: bytes) -> Link:
    """What a file says, as a link: its scenario, model and table, and each part that could not be honoured.

    Raises ScenarioFileError, with one sentence, where it is no scenario file at all.
    """
    document = parse(data)
    problems = [f"{quoted(name)} is not a part of a scenario file." for name in document if name not in PARTS]
    values: dict[str, float | str] = {}
    for name, given in gathered(document, "scenario").items():
        try:
            values[name] = read_value(name, given)
        except ExplorerError as problem:
            problems.append(str(problem))
    model = text_in(document, "model", problems)
    scenario = links.combine(values, problems, defaults().with_(**versions.usual(model)))
    table = {part: text_in(gathered(document, "table"), part, problems) for part in TABLE_PARTS}
    name = links.read_name(text_in(document, "name", problems), problems)
    if not model:
        problems.append("The file does not say its model version.")
    reference = links.read_table(table["name"], table["sha256"], {scenario.cohort}, problems)
    return Link(scenario, model, reference, links.shorten(problems), note=versions.since(model, "file"), name=name)


def read_value(name: str, given: list[Any]) -> float | str:
    """One value; raises ExplorerError where it is unknown, repeated with different values, or not allowed."""
    spec = specs().get(name)
    if spec is None:
        raise ExplorerError(f"{quoted(name)} is not a parameter.")
    if any(other != given[0] for other in given[1:]):
        raise ExplorerError(f"{name} is given {len(given)} times with different values.")
    return spec.check(name, given[0])


def text_in(document: Gathered, part: str, problems: list[str]) -> str:
    """A part that has to be one text; "" where it is missing, or named in ``problems`` where it is not that."""
    given = document.get(part, [""])
    if len(given) == 1 and isinstance(given[0], str):
        return given[0]
    problems.append(f"{part} is not one text.")
    return ""


def gathered(document: Gathered, part: str) -> Gathered:
    """An object inside the file; empty where it is missing. Raises ScenarioFileError for anything else."""
    given = document.get(part, [{}])
    if len(given) != 1 or not isinstance(given[0], dict):
        raise ScenarioFileError(f"The file's “{part}” is not one object with names and values.")
    return given[0]


def parse(data: bytes) -> Gathered:
    """The file as name -> every value that it is given; raises ScenarioFileError for what is no scenario file."""
    if len(data) > MOST_BYTES:
        raise ScenarioFileError(f"The file has {len(data):,} bytes; a scenario file has at most {MOST_BYTES:,}.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ScenarioFileError(f"The file is not UTF-8 text: byte {problem.start + 1} cannot be read.") from None
    if depth(text) > DEEPEST:
        raise ScenarioFileError(f"The file is nested more than {DEEPEST} deep; a scenario file is not.")
    try:
        document = json.loads(text, object_pairs_hook=gather, parse_int=float)
    except json.JSONDecodeError as problem:
        raise ScenarioFileError(f"The file is not JSON: line {problem.lineno}, column {problem.colno}.") from None
    if not isinstance(document, dict) or document.get("schema") != [SCHEMA] or "scenario" not in document:
        raise ScenarioFileError(f"The file is not a scenario of this explorer: its “schema” has to be {SCHEMA}.")
    return document


def depth(text: str) -> int:
    """How deep the brackets of a JSON text are nested, those inside its strings left out; each character seen once."""
    deepest = level = 0
    for bracket in re.findall(r"[\[\]{}]", STRING.sub("", text)):
        level += 1 if bracket in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def gather(pairs: list[tuple[str, Any]]) -> Gathered:
    """An object of the file with every value that a name is given: JSON itself would keep the last in silence."""
    found: Gathered = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
