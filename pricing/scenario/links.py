"""Reading and writing of scenarios as links. Input is untrusted: a part that cannot be used is reported by name."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from pricing import MODEL_VERSION
from pricing.errors import ExplorerError, ParameterError, ScenarioError
from pricing.scenario import offered, versions
from pricing.scenario.bent_links import understood
from pricing.scenario.offered import COHORT, COHORT_DIGEST, check_cohort, whom
from pricing.scenario.scenario import OWN_TABLE, Scenario, defaults, specs
from pricing.scenario.spec import name_of, printable, quoted

MODEL = "model"
TABLE = "table"
TABLE_DIGEST = "table_sha256"
PINNED = "a"
"""Part that is "same" where the pinned scenario A is the link's own; differing settings of A are written ``a.name``."""
SAME = "same"
OF_PINNED = f"{PINNED}."
STEP = "step"
PART = "part"
NAME = "name"
LOOK = "look"
"""Part that says what a page looks at: ``measure.parked~down.borough``."""
SHORTLIST = "shortlist"
"""Part that holds a shortlist, which :mod:`pricing.scenario.shortlist` reads and writes."""
EVENT = "event"
"""Part that holds the code of a consultation event that whoever opens the link takes part in."""
RESERVED = (MODEL, TABLE, TABLE_DIGEST, COHORT_DIGEST, PINNED, STEP, PART, LOOK, NAME, SHORTLIST, EVENT)
MOST_CHARACTERS = 80_000
MOST_PARTS = 1000
MOST_PROBLEMS = 8
CUT = (
    "This link does not say at its end which model version it was made with: it may have been cut off. "
    "Check the settings before you rely on what it shows."
)
DIGEST = offered.DIGEST
NUMBERED = re.compile(r"[1-9][0-9]?", re.ASCII)
NAMED = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)
CODE = re.compile(r"[2-9A-HJKMNP-Z]{6}", re.ASCII)
"""The code of an event, written without what is easily mixed up: 0 and O, 1, I and L."""
LOOKS = re.compile(r"[a-z0-9_]{1,20}\.[a-z0-9_]{1,40}(~[a-z0-9_]{1,20}\.[a-z0-9_]{1,40}){0,29}", re.ASCII)
PLACES = {
    PART: (NAMED, "name of a part"),
    STEP: (NUMBERED, "number of a step"),
    LOOK: (LOOKS, "names of things to look at"),
}
"""What says where a link opens a page -> how it is written, and what it is."""

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class TableName:
    """Which table of the reader's own a link was made from: the file's name and its SHA-256 (hex)."""

    name: str
    digest: str


@dataclass(frozen=True)
class Link:
    """What a link says: its scenario, the model it was made under ("" if unsaid), and what could not be honoured.

    ``pinned`` is the scenario A that it is compared with, if any; ``note`` says what changed since the link was made;
    ``step`` is the place on a page that is gone through step by step, from 1; 0 if unsaid.
    ``name`` is what its reader called it; "" if nothing.
    ``look`` says what of a page is looked at; "" where that is as it opens.
    ``part`` is the key of a part of a page; "" if unsaid. A link up to version 1.2.0 numbered parts as steps.
    ``event`` is the code of a consultation event; "" if unsaid. No command needs it.
    """

    scenario: Scenario
    model: str = MODEL_VERSION
    table: TableName | None = None
    problems: tuple[str, ...] = ()
    pinned: Scenario | None = None
    note: str = ""
    step: int = 0
    part: str = ""
    name: str = ""
    look: str = ""
    event: str = ""


def text_of(value: float | str) -> str:
    """A value as it stands in a link: the shortest text that reads back as the same number."""
    return value if isinstance(value, str) else repr(value).removesuffix(".0")


def write(scenario: Scenario, table: TableName | None = None, pinned: Scenario | None = None) -> dict[str, str]:
    """A link that holds every value: what differs from the defaults of this model version, and the version, last.

    A version's defaults are known for good (:func:`versions.usual`), so the link means the same under a later one; and
    a link whose end was cut off lacks the version, which :func:`read` says.
    """
    return write_changes(scenario.values(), table, pinned) or {MODEL: MODEL_VERSION}


def write_changes(
    values: Mapping[str, float | str], table: TableName | None = None, pinned: Scenario | None = None
) -> dict[str, str]:
    """The same for the address bar: empty for the defaults themselves.

    ``values`` are every parameter's, and may contradict each other: the address then says so when it is opened.
    """
    usual = defaults().values()
    query = {name: text_of(value) for name, value in values.items() if value != usual[name]}
    query |= write_beside(values, table, pinned)
    return query | {MODEL: MODEL_VERSION} if query else {}


def write_all(scenario: Scenario, table: TableName | None = None, pinned: Scenario | None = None) -> dict[str, str]:
    """Every value, spelled out, and the model version: for exports, which are read without the explorer."""
    values = scenario.values()
    query = {name: text_of(value) for name, value in values.items()}
    return query | write_beside(values, table, pinned) | {MODEL: MODEL_VERSION}


def write_beside(values: Mapping[str, float | str], table: TableName | None, pinned: Scenario | None) -> dict[str, str]:
    """The parts of a link beside the settings: the scenario compared with, and the reader's own table."""
    query: dict[str, str] = {}
    if pinned is not None:
        other = {name: value for name, value in pinned.values().items() if value != values[name]}
        query |= {OF_PINNED + name: text_of(value) for name, value in other.items()} or {PINNED: SAME}
    if table is not None and OWN_TABLE in (values["cohort"], pinned and pinned.cohort):
        query |= {TABLE: table.name, TABLE_DIGEST: table.digest}
    return query | whom(str(values[COHORT]))


def to_query(values: Mapping[str, str]) -> str:
    """The values as text for an address, the model version last: a link without it has been cut off."""
    return urlencode({name: text for name, text in values.items() if name != MODEL} | _version(values))


def _version(values: Mapping[str, str]) -> dict[str, str]:
    return {MODEL: values[MODEL]} if MODEL in values else {}


def heading(scenario: Scenario, table: TableName | None = None, pinned: Scenario | None = None) -> str:
    """The comment line that stands over every CSV: the model version and every setting."""
    return f"# pricing-structure explorer; model {MODEL_VERSION}; {to_query(write_all(scenario, table, pinned))}\n"


def from_url(url: str) -> Query:
    """The query of a whole address, or of the part after its question mark; raises ParameterError if it is too long."""
    query = url.partition("?")[2] if "?" in url else url
    query = query.partition("#")[0]
    if len(query) > MOST_CHARACTERS or query.count("&") >= MOST_PARTS:
        raise ParameterError(f"A link may have {MOST_CHARACTERS:,} characters and {MOST_PARTS:,} parts, not more.")
    return parse_qs(query, keep_blank_values=True, max_num_fields=MOST_PARTS)


def read(raw: Query) -> Link:
    """Read a query; every name or value that cannot be honoured keeps its default and is named in ``problems``."""
    query, problems = understood(raw, RESERVED), list[str]()
    values: dict[str, float | str] = {}
    others: dict[str, float | str] = {}
    for name, texts in query.items():
        if name in RESERVED:
            continue
        into = others if name.startswith(OF_PINNED) else values
        try:
            into[name.removeprefix(OF_PINNED)] = read_value(name, texts)
        except ExplorerError as problem:
            problems.append(str(problem))
    name, key, model = (read_once(part, query.get(part, ()), problems) for part in (TABLE, TABLE_DIGEST, MODEL))
    base = defaults().with_(**versions.usual(model))
    scenario = combine(values, problems, base)
    pinned = read_pinned(query.get(PINNED), (values, others), problems, base)
    listed = "".join(query.get(SHORTLIST, ()))
    check_cohort(query.get(COHORT, ()), read_once(COHORT_DIGEST, query.get(COHORT_DIGEST, ()), problems), problems)
    cohorts = {scenario.cohort, pinned.cohort if pinned else "", OWN_TABLE if OWN_TABLE in listed else ""}
    table = read_table(name, key, cohorts, problems)
    called = read_name(read_once(NAME, query.get(NAME, ()), problems), problems)
    event = read_event(read_once(EVENT, query.get(EVENT, ()), problems), problems)
    part = read_place(PART, query.get(PART, ()), problems)
    step = int(read_place(STEP, query.get(STEP, ()), problems) or 0)
    note = CUT if (values or others or table or problems or listed or called) and not model else versions.since(model)
    look = read_place(LOOK, query.get(LOOK, ()), problems)
    return Link(scenario, model, table, shorten(problems), pinned, note, step, part, called, look, event)


def read_once(name: str, texts: Sequence[str], problems: list[str]) -> str:
    """The one value of a part; "" if unsaid. Of several the last counts, and is named."""
    if len(set(texts)) > 1:
        problems.append(f"{name} is given {len(texts)} times with different values; the last was used.")
    return texts[-1] if texts else ""


def read_name(text: str, problems: list[str]) -> str:
    """What a reader called a scenario; "" where that is unsaid, or no name, which ``problems`` then says."""
    try:
        return name_of(text) if text else ""
    except ParameterError as problem:
        problems.append(str(problem))
        return ""


def read_event(text: str, problems: list[str]) -> str:
    """The code of an event, however it was typed; "" where that is unsaid, or no code, which ``problems`` then says."""
    code = "".join(text[:40].split()).replace("-", "").upper()
    if not text or CODE.fullmatch(code):
        return code
    problems.append(f"{EVENT}: {quoted(text)} is not the code of an event.")
    return ""


def read_pinned(
    said: Sequence[str] | None,
    given: tuple[Mapping[str, float | str], Mapping[str, float | str]],
    problems: list[str],
    base: Scenario,
) -> Scenario | None:
    """The scenario A: the link's own values with A's in their place; none where the link speaks of none."""
    values, others = given
    if said is not None and (set(said) != {SAME} or others):
        problems.append(f"{PINNED}: {quoted(said[-1])} is not honoured: “{SAME}” stands alone, for A and B alike.")
    if not others:
        return combine(values, [], base) if said is not None and set(said) == {SAME} else None
    found: list[str] = []
    pinned = combine({**values, **others}, found, base)
    problems += [f"A: {problem}" for problem in found]
    return pinned


def read_value(name: str, texts: Sequence[str]) -> float | str:
    """One value; raises ExplorerError where it is unknown, repeated with different values, or not allowed."""
    spec = specs().get(name.removeprefix(OF_PINNED))
    if spec is None:
        raise ExplorerError(f"{quoted(name)} is not a parameter.")
    if len(set(texts)) != 1:
        raise ExplorerError(f"{name} is given {len(texts)} times with different values.")
    return spec.parse(name, texts[0])


def combine(values: Mapping[str, float | str], problems: list[str], base: Scenario) -> Scenario:
    """``base`` with ``values``; where they contradict each other, the default target and weights stand in."""
    try:
        return base.with_(**values)
    except ScenarioError as problem:
        problems.append(f"{problem} Target and blend weights were left at their defaults.")
    kept = {k: v for k, v in values.items() if k != "target" and not k.startswith("blend_")}
    return base.with_(**kept)


def read_table(name: str, key: str, cohorts: Collection[str], problems: list[str]) -> TableName | None:
    """The table a link or a file was made from, if it names one properly and is about it."""
    if not (name or key):
        return None
    if OWN_TABLE not in cohorts:
        problems.append(f"{TABLE}: {quoted(name)} is not honoured: the link is not about a table of one's own.")
        return None
    if not DIGEST.fullmatch(key):
        problems.append(f"{TABLE_DIGEST}: {quoted(key)} is not a SHA-256.")
        return None
    return TableName(printable(name), key)


def read_place(name: str, texts: Sequence[str], problems: list[str]) -> str:
    """The part or the step that a link opens at, as it is written; "" if it names none properly."""
    if not texts:
        return ""
    form, what = PLACES[name]
    if len(set(texts)) == 1 and form.fullmatch(texts[0]):
        return texts[0]
    problems.append(f"{name}: {quoted(' '.join(texts))} is not the {what}.")
    return ""


def shorten(problems: list[str]) -> tuple[str, ...]:
    """The first few problems, and how many more there were."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    return (*problems[:MOST_PROBLEMS], f"And {len(problems) - MOST_PROBLEMS} more.")
