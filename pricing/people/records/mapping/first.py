"""A first map, from the names and the values of columns: to be mended by hand, and said to be so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pricing.people.records.levels_sql import NUMERIC
from pricing.people.records.toml_text import toml

MOST_VALUES = 20
"""Distinct values up to which a column may be a category."""
YES, NO = ("y", "yes", "1", "true", "t"), ("n", "no", "0", "false", "f")
NEEDS = {
    "accommodation": "accommod|homeless|housing",
    "employment": "employ|job",
    "drugs": "drug",
    "alcohol": "alcohol|drink",
    "mental_health": "mental",
}
AFTER, LATER = "(after|since|following)", "(new|later|further|subsequent)"
"""What happened after somebody came is an outcome, never a factor that it could be told from."""
ROLES = {
    "reoffences": r"(^|_)(n|num|number|count|times)(_|$).*(reoff|rearrest|recid|reconv)|reoffences|times"
    rf"|offen[cs]es_{AFTER}|{LATER}_(offen[cs]es|arrests|convictions)",
    "harm": r"harm",
    "reoffended": r"reoff|re_off|rearrest|recid|reconv|again"
    rf"|offen[cs]e_{AFTER}|{LATER}_(offen[cs]e|arrest|conviction)",
    "decile": r"^(?!.*score).*decile|imd.*(tenth|dec)",
    "lsoa": r"lsoa",
    **NEEDS,
    "previous": r"prev|prior|sanction|convictions",
    "age": r"\bage|_age|age_|^age",
    "sex": r"sex|gender",
    "offence": r"offen[cs]e|charge",
    "sentence": r"sentence|disposal",
    "person": r"(^|_)id$|person|^id_|pnc|urn",
}
"""What a column is for, by its name; the first that fits, and each role once."""
LISTED = ("sex", "offence", "sentence")
"""Roles of a column whose values are few and listed, as a date of an offence is not."""
IMD = 'table = "imd", key = "neighbourhood", value = "decile"'
HEAD = """\
# A first map of {name}, from the names and values of its columns. Read every line: it was guessed.
# Then: python -m pricing cohort check FILE --map THIS
"""
OUTCOME, FOLLOW_UP = "Proven reoffending within 12 months", "12 months"


@dataclass(frozen=True)
class SeenColumn:
    """A column: what it holds, and its values in the first rows, sorted; none where there are too many to list."""

    name: str
    kind: str
    values: tuple[str, ...]

    @property
    def numbers(self) -> bool:
        """Whether every value that is listed is a number."""
        return self.kind == NUMERIC or (bool(self.values) and all(re.fullmatch(r"-?[0-9.]+", v) for v in self.values))

    @property
    def yes_no(self) -> tuple[list[str], list[str]] | None:
        """Its values that mean yes and those that mean no; None where others are among them."""
        yes, no = ([v for v in self.values if v.lower() in words] for words in (YES, NO))
        return (yes, no) if yes and no and len(yes) + len(no) == len(self.values) else None


def first_map(columns: Sequence[SeenColumn], name: str) -> str:
    """The map as TOML, each line that was guessed among remarks on what was not used."""
    words = f'label = {toml(name)}\noutcome = "{OUTCOME}"   # mend\nfollow_up = "{FOLLOW_UP}"   # mend\n'
    return HEAD.format(name=toml(name)) + words + 'country = "England"\n\n' + body(columns, guessed(columns))


def guessed(columns: Sequence[SeenColumn]) -> dict[str, SeenColumn]:
    """Which column has which role, by its name."""
    roles: dict[str, SeenColumn] = {}
    for column in columns:
        words = re.sub(r"[\s-]+", "_", column.name.lower())
        open_roles = (role for role in ROLES if role not in roles and (role not in LISTED or len(column.values) > 1))
        found = next((role for role in open_roles if re.search(ROLES[role], words)), None)
        if found is not None:
            roles[found] = column
    if "decile" in roles:
        roles.pop("lsoa", None)
    return roles


def chosen_map(columns: Sequence[SeenColumn], roles: Mapping[str, SeenColumn], said: Mapping[str, str]) -> str:
    """The map that somebody chose: the column of each role; ``said`` are its label, outcome, follow_up and country."""
    return "".join(f"{key} = {toml(words)}\n" for key, words in said.items()) + "\n" + body(columns, roles)


def body(columns: Sequence[SeenColumn], roles: Mapping[str, SeenColumn]) -> str:
    """What a map says of rows, outcomes and factors, and which columns it does not use."""
    parts = [_rows(roles), _outcomes(roles)]
    parts += [_factor(role, roles[role]) for role in ROLES if role in roles]
    unused = [column.name for column in columns if column not in roles.values()]
    if unused:
        parts.append(f"# Not used: {', '.join(toml(one) for one in unused)}\n")
    return "\n".join(part for part in parts if part)


def _rows(roles: Mapping[str, SeenColumn]) -> str:
    person = f"person = {toml(roles['person'].name)}\n" if "person" in roles else "# person = ...\n"
    return f'[rows]\n{person}missing = ["Unknown", "NA", "NULL"]\nwrong = "refuse"   # or "leave_out"\n'


def _outcomes(roles: Mapping[str, SeenColumn]) -> str:
    lines = ["[outcomes]"]
    again, times, harm = (roles.get(role) for role in ("reoffended", "reoffences", "harm"))
    if again is not None and again.yes_no:
        yes, no = again.yes_no
        lines.append(f"reoffended = {{column = {toml(again.name)}, yes = {toml(yes)}, no = {toml(no)}}}")
    elif again is not None or times is not None:
        column = again or times
        assert column is not None
        lines.append(f"reoffended = {{column = {toml(column.name)}, from = 1}}   # mend")
    else:
        lines.append('# reoffended = {column = "...", yes = ["Y"], no = ["N"]}')
    if times is not None:
        lines.append(f"reoffences = {{column = {toml(times.name)}}}")
    else:
        lines.append("implied_alpha = 1.6   # assumed: how unevenly reoffences fall")
    if harm is not None and times is not None:
        lines.append(f"harm = {{column = {toml(harm.name)}}}")
    else:
        lines.append("equal_severity = 101.68   # assumed: mean harm of a crime recorded in England and Wales, in days")
    return "\n".join(lines) + "\n"


def _factor(role: str, column: SeenColumn) -> str:
    body = _body(role, column)
    return f'[[factors]]\nkey = "{"decile" if role == "lsoa" else role}"\n{body}' if body else ""


def _body(role: str, column: SeenColumn) -> str:
    """What is said of a factor after its key; empty where nothing can be guessed."""
    name = toml(column.name)
    if role in NEEDS:
        return _need(name, column)
    if role == "age" and (column.numbers or not column.values):
        return f'kind = "category"\ncolumn = {name}\ncut = [18, 21, 25, 30, 35, 40, 50]\n'
    if role in ("age", "sex", "offence", "sentence"):
        levels = toml(list(column.values))
        return f'kind = "category"\ncolumn = {name}\nlevels = {levels}\n' if len(column.values) > 1 else ""
    return {
        "previous": f'kind = "count"\ncolumn = {name}\ntop = 40\nbands = [0, 1, 3, 6, 11, 21]\n',
        "decile": f'kind = "decile"\ncolumn = {name}\n',
        "lsoa": f'kind = "decile"\n# Greater Manchester alone\nlookup = {{column = {name}, {IMD}}}\n',
    }.get(role, "")


def _need(name: str, column: SeenColumn) -> str:
    if column.yes_no is None and column.values and not column.numbers:
        mend = "mend: those of the values below that mean this need"
        return f'kind = "need"\ncolumn = {name}\nyes = []   # {mend}\nno = {toml(list(column.values))}\n'
    if column.yes_no is None:
        return f'kind = "need"\nany = [{{column = {name}, from = 1}}]   # mend\n'
    yes, no = column.yes_no
    return f'kind = "need"\ncolumn = {name}\nyes = {toml(yes)}\nno = {toml(no)}\n'
