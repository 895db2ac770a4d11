"""Reproduce a scenario: the command and the Python that give the same numbers, pinned to the model's version."""

import shlex

from pricing import MODEL_VERSION
from pricing.questions.savings import appraisal
from pricing.scenario import in_words
from pricing.scenario.links import text_of
from pricing.scenario.scenario import OWN_TABLE
from pricing.take_away.cover import Cover
from pricing.words import spend
from pricing.words.numbers import count, pence

PYTHON = ".venv/bin/python"
"""The explorer's own interpreter, where ``make run`` puts it."""
SCRIPT = """\
{header}
{imports}
from pricing.evaluate import evaluate
from pricing.questions.savings import appraisal
from pricing.scenario.scenario import Scenario
from pricing.words import spend

if MODEL_VERSION != "{version}":
    raise SystemExit(f"Made with model {version}; this is {{MODEL_VERSION}}, whose figures may differ.")

scenario = {scenario}
{people}
evaluation = evaluate(scenario, people)

totals = evaluation.totals
print(f"An extra £1 of support pays back £{{evaluation.payback:.2f}}")  # {payback} when this was made
print(spend.sentence(evaluation))  # {costs} when this was made
print(appraisal.sentence(evaluation))  # {value} when this was made
print(f"It pays to do the minimum for {{totals['parked_people']:,.0f}} people")  # {parked} when this was made
print(evaluation.groups("needs", "decile").to_string())
"""
OWN_PEOPLE = """\
table = Path({name!r})
people = own_table.read(table.read_bytes(), table.name)
if people.digest != "{digest}":
    raise SystemExit("This is not the table that it was made from.")"""
BUILT = "own_people"
"""Folder, and so name, of the people that the command builds again from a reader's own records."""
BUILD = f"{PYTHON} -m pricing cohort build RECORDS --map people.toml --out {BUILT}"
FROM_RECORDS = (
    f"build the same people first, from the records and the map: {BUILD}, with --leave-out if rows were left out. "
    f"Then set EXPLORER_COHORTS={BUILT}"
)
BUILTIN = (
    "from pricing import MODEL_VERSION\nfrom pricing.people import shipped",
    "people = shipped.load(scenario.cohort)",
)
OWN = (
    "from pathlib import Path\n\nfrom pricing import MODEL_VERSION\nfrom pricing.people import own_table",
    OWN_PEOPLE,
)
"""What is imported, and how the people are fetched."""


def command(cover: Cover) -> str:
    """One line for a terminal, in a copy of the explorer; only what differs from the defaults is set."""
    words = [PYTHON, "-m", "pricing", "evaluate", "--model", MODEL_VERSION]
    if cover.from_records:
        words += ["--cohort", BUILT]
    elif cover.table is not None:
        words += ["--baseline", f"./{cover.table.name}"]
    for name, value in in_words.changes(cover.evaluation.scenario).items():
        if (name, value) != ("cohort", OWN_TABLE):
            words += ["--set", f"{name}={text_of(value)}"]
    again = shlex.join(words)
    return f"{BUILD} && EXPLORER_COHORTS={BUILT} {again}" if cover.from_records else again


def python(cover: Cover) -> str:
    """A script that works everything out anew, and says its main numbers beside those of the day it was made."""
    evaluation = cover.evaluation
    lines = [*cover.lines(), ("To run it", f"save it as again.py in a copy of the explorer, then {PYTHON} again.py")]
    changed = in_words.changes(evaluation.scenario)
    if cover.from_records:
        lines, changed = [*lines, ("Before", FROM_RECORDS)], {**changed, "cohort": BUILT}
    changes = "".join(f"    {name}={value!r},\n" for name, value in changed.items())
    imports, people = BUILTIN
    if cover.table is not None and not cover.from_records:
        imports, people = OWN[0], OWN[1].format(name=cover.table.name, digest=cover.table.digest)
    return SCRIPT.format(
        header="".join(f"# {what}: {text}\n" for what, text in lines),
        imports=imports,
        version=MODEL_VERSION,
        scenario=f"Scenario(\n{changes})" if changes else "Scenario()",
        people=people,
        costs=spend.sentence(evaluation).rstrip("."),
        value=appraisal.sentence(evaluation).rstrip("."),
        payback=pence(evaluation.payback),
        parked=count(evaluation.totals["parked_people"]),
    )
