"""A first map from the names of the columns, to be mended: which column is what is guessed, and the usual values.

Values are never read for it, so that no value of a person stands in a map.
"""

import json
import re
from collections.abc import Iterable, Mapping

HEAD = """\
# A first map, from the names of the columns. Mend it: every line is a guess.
label = "My people"
outcome = "Proven reoffending within 12 months"
follow_up = "12 months"
"""
KNOWN = {
    "person": r"(person|offender|nomis|pnc|case|subject|unique)?_?(id|identifier|number|no)",
    "reoffended": r".*(reoffend(ed)?|recid\w*|rearrest\w*|reconvict\w*|again)(?!.*(count|num|n_)).*",
    "age": r"(age|age_.*|.*_age)",
    "sex": r"(sex|gender)",
    "previous": r".*(prev|prior|sanction).*",
    "decile": r".*(decile|tenth).*",
}
"""What a column may be -> the names, in small letters, by which it is known."""
NEEDS = ("housing", "work", "drugs", "alcohol", "mental_health")
NEED = {
    "housing": r".*(housing|accommodation|homeless).*",
    "work": r".*(employ|work|job|education).*",
    "drugs": r".*drug.*",
    "alcohol": r".*alcohol.*",
    "mental_health": r".*mental.*",
}
COUNTS = r"(n_|num_|number_of_)?(reoffences|reoffenses|rearrests|offences_after|times)(_count|_n)?"
HARM = r".*harm.*"
IMPLIED = """\
implied_alpha = 1.6 # reoffences were not counted: how unevenly they fall among people
"""
EQUAL = """\
equal_severity = 100.0 # harm was not counted: mean harm of a reoffence, in days of the Cambridge index
"""


def of(columns: Iterable[str]) -> str:
    """A map in TOML for columns of these names; one for which no outcome was found names a column to be replaced."""
    names = list(columns)
    found = {what: name for what, form in KNOWN.items() if (name := first(names, form))}
    needs = {need: name for need in NEEDS if (name := first(names, NEED[need]))}
    factors = [FACTOR[key].format(column=json.dumps(found[key])) for key in FACTOR if key in found]
    factors += [NEED_FACTOR.format(key=key, column=json.dumps(name)) for key, name in needs.items()]
    person = f"person = {json.dumps(found['person'])}\n" if "person" in found else ""
    return "\n".join([HEAD, f"[rows]\n{person}", outcomes(names, found), *factors])


def first(names: Iterable[str], form: str) -> str:
    """The first name of a form; "" where there is none."""
    return next((name for name in names if re.fullmatch(form, name.lower().replace(" ", "_"))), "")


def outcomes(names: list[str], found: Mapping[str, str]) -> str:
    """The part of the map on what happened."""
    again, counts, harm = found.get("reoffended", "your column"), first(names, COUNTS), first(names, HARM)
    reoffended = f'reoffended = {{column = {json.dumps(again)}, yes = ["1", "Y"], no = ["0", "N"]}}\n'
    counted = f"reoffences = {{column = {json.dumps(counts)}}}\n" if counts else IMPLIED
    harmed = f"harm = {{column = {json.dumps(harm)}}}\n" if counts and harm else EQUAL
    return f"[outcomes]\n{reoffended}{counted}{harmed}"


FACTOR = {
    "age": """\
[[factors]]
key = "age"
kind = "category"
column = {column}
cut = [18, 21, 25, 30, 35, 40, 50]
""",
    "sex": """\
[[factors]]
key = "sex"
kind = "category"
column = {column}
values = {{F = ["F", "Female"], M = ["M", "Male"]}}
labels = ["Women", "Men"]
""",
    "previous": """\
[[factors]]
key = "previous"
label = "Previous sanctions"
kind = "count"
column = {column}
top = 40
bands = [0, 1, 3, 6, 11, 21]
""",
    "decile": """\
[[factors]]
key = "decile"
label = "Deprivation tenth"
kind = "decile"
column = {column}
""",
}
NEED_FACTOR = """\
[[factors]]
key = "{key}"
kind = "need"
any = [{{column = {column}, from = 1}}]
"""
"""A need, which a column of 0 and 1, or a score, tells of."""
