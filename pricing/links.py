"""Scenario <-> link. A link from outside is hostile until read: what cannot be honoured is named, never guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from pricing import MODEL_VERSION
from pricing.errors import ExplorerError, ScenarioError
from pricing.parameters import OWN_TABLE, Scenario, defaults, specs
from pricing.spec import quoted

MODEL = "model"
TABLE = "table"
TABLE_DIGEST = "table_sha256"
STEP = "step"
RESERVED = (MODEL, TABLE, TABLE_DIGEST, STEP)
MOST_CHARACTERS = 4000
MOST_PROBLEMS = 8
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
NUMBERED = re.compile(r"[1-9][0-9]?", re.ASCII)

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class TableName:
    """Which table of the reader's own a link was made from: the file's name and its SHA-256 (hex)."""

    name: str
    digest: str


@dataclass(frozen=True)
class Link:
    """What a link says: its scenario, the model it was made under ("" if unsaid), and what could not be honoured.

    ``step`` is the place on a page that is gone through step by step, from 1; 0 if unsaid.
    """

    scenario: Scenario
    model: str = MODEL_VERSION
    table: TableName | None = None
    problems: tuple[str, ...] = ()
    step: int = 0


def text_of(value: float | str) -> str:
    """A value as it stands in a link: the shortest text that reads back as the same number."""
    return value if isinstance(value, str) else repr(value).removesuffix(".0")


def write(scenario: Scenario, table: TableName | None = None) -> dict[str, str]:
    """Every value of a scenario and the model version, ready to be a query."""
    query = {name: text_of(value) for name, value in scenario.values().items()} | {MODEL: MODEL_VERSION}
    if table is not None and scenario.cohort == OWN_TABLE:
        query |= {TABLE: table.name, TABLE_DIGEST: table.digest}
    return query


def write_changes(values: Mapping[str, float | str], table: TableName | None = None) -> dict[str, str]:
    """Only what differs from the defaults, for the address bar; empty for the defaults themselves.

    ``values`` are every parameter's, and may contradict each other: the address then says so when it is opened.
    """
    usual = defaults().values()
    query = {name: text_of(value) for name, value in values.items() if value != usual[name]}
    if table is not None and values["cohort"] == OWN_TABLE:
        query |= {TABLE: table.name, TABLE_DIGEST: table.digest}
    return query | {MODEL: MODEL_VERSION} if query else {}


def to_query(values: Mapping[str, str]) -> str:
    """The values as text for an address."""
    return urlencode(values)


def heading(scenario: Scenario, table: TableName | None = None) -> str:
    """The comment line that stands over every CSV: the model version and every setting."""
    return f"# pricing-structure explorer; model {MODEL_VERSION}; {to_query(write(scenario, table))}\n"


def from_url(url: str) -> Query:
    """The query of a whole address, or of the part after its question mark."""
    query = urlsplit(url).query if "?" in url else url
    return parse_qs(query[: MOST_CHARACTERS * 20], keep_blank_values=True, max_num_fields=1000)


def read(query: Query) -> Link:
    """Read a query; every name or value that cannot be honoured keeps its default and is named in ``problems``."""
    problems: list[str] = []
    values: dict[str, float | str] = {}
    for name, texts in query.items():
        if name in RESERVED:
            continue
        try:
            values[name] = read_value(name, texts)
        except ExplorerError as problem:
            problems.append(str(problem))
    scenario = combine(values, problems)
    table = read_table(query, scenario, problems)
    model = (query.get(MODEL) or [""])[-1]
    if model and model != MODEL_VERSION:
        problems.append(
            f"This link was made with model version {quoted(model)}; the figures here are from {MODEL_VERSION}."
        )
    step = read_step(query.get(STEP, ()), problems)
    return Link(scenario, model, table, shorten(problems), step)


def read_value(name: str, texts: Sequence[str]) -> float | str:
    """One value; raises ExplorerError where it is unknown, repeated with different values, or not allowed."""
    spec = specs().get(name)
    if spec is None:
        raise ExplorerError(f"{quoted(name)} is not a parameter.")
    if len(set(texts)) != 1:
        raise ExplorerError(f"{name} is given {len(texts)} times with different values.")
    return spec.parse(name, texts[0])


def combine(values: Mapping[str, float | str], problems: list[str]) -> Scenario:
    """The scenario of ``values``; where they contradict each other, the default target and weights stand in."""
    scenario = defaults()
    try:
        return scenario.with_(**values)
    except ScenarioError as problem:
        problems.append(f"{problem} The link's target and blend weights were left at their defaults.")
    kept = {k: v for k, v in values.items() if k != "target" and not k.startswith("blend_")}
    return scenario.with_(**kept)


def read_table(query: Query, scenario: Scenario, problems: list[str]) -> TableName | None:
    """The table a link was made from, if it names one properly."""
    name, key = ((query.get(part) or [""])[-1] for part in (TABLE, TABLE_DIGEST))
    if scenario.cohort != OWN_TABLE or not (name or key):
        return None
    if not DIGEST.fullmatch(key):
        problems.append(f"{TABLE_DIGEST}: {quoted(key)} is not a SHA-256.")
        return None
    return TableName(quoted(name)[1:-1], key)


def read_step(texts: Sequence[str], problems: list[str]) -> int:
    """The step that a link opens at; 0 if it names none properly."""
    if not texts:
        return 0
    if len(set(texts)) == 1 and NUMBERED.fullmatch(texts[0]):
        return int(texts[0])
    problems.append(f"{STEP}: {quoted(' '.join(texts))} is not the number of a step.")
    return 0


def shorten(problems: list[str]) -> tuple[str, ...]:
    """The first few problems, and how many more there were."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    return (*problems[:MOST_PROBLEMS], f"And {len(problems) - MOST_PROBLEMS} more.")
