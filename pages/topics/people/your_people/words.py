"""Your own people, in words. No streamlit."""

import re
from dataclasses import replace

from pricing.people.cells import Factor
from pricing.people.records.door import RecordsMap

PURPOSE = (
    "Bring records of your own people, one row for each person and period. Their risk curves are fitted here, and "
    "every page then shows what this price rewards for them."
)
RECORDS = (
    "A CSV file (UTF-8, with a first row of column names) or a Parquet file, up to 50 MB. It stays in the memory of "
    "this visit: it is not written to disk, not logged and not shared with other visits, and it goes when you close "
    "the page. Leave out names and addresses: they are not needed."
)
MAP = (
    "A map says what each column means. A first one is guessed from your file: check every line, above all which "
    "values mean that somebody reoffended. A map holds what values a column may have and no row of anybody; keep it "
    "for the next time."
)
BUILD = (
    "Records become counts of like people. To check the curves they are fitted to some of the people, seven in ten "
    "unless the map says otherwise, and held to the rest; what pages show is then fitted to everybody. "
    "Whatever is wrong in the records is said first, by kind and with the first row numbers, never with a value."
)
DISCLOSES = (
    "Small numbers are not joined, so what you see may show who somebody is: it **may disclose; do not share** it, nor "
    "pictures and files made from it. For figures that may leave your office have them joined."
)
JOIN = "Join small numbers, so that figures may leave your office"
JOIN_HELP = (
    "People who are alike are put together until no group has under 10 people, and no count of people with or without "
    "the outcome is from 1 to 9. What that does to the curves is said when it is done."
)
JOINED = "No group will have under 10 people. Curves become a little coarser; by how much is said when it is done."
FORM = (
    "One choice for each column, as it was guessed. The button writes the map below anew, over what you mended there; "
    "what a form cannot ask, such as which values mean yes, is then mended in the map."
)
USUAL = {
    "label": "My people",
    "outcome": "Proven reoffending within 12 months",
    "follow_up": "12 months",
    "country": "England",
}
ROLES = {
    "": "Not used",
    "person": "Who the row is about (an id)",
    "reoffended": "Whether they reoffended",
    "reoffences": "How many reoffences",
    "harm": "Days of harm of their reoffences",
    "age": "Age",
    "sex": "Sex",
    "previous": "Previous sanctions, a number",
    "offence": "The offence that brought them here (index offence)",
    "sentence": "Sentence",
    "decile": "Deprivation tenth of where they live (1: most deprived)",
    "lsoa": "Neighbourhood (LSOA 2021, Greater Manchester)",
    "accommodation": "Need: accommodation",
    "employment": "Need: employment",
    "drugs": "Need: drugs",
    "alcohol": "Need: alcohol",
    "mental_health": "Need: mental health",
}
"""What a column may be -> its words; the keys are the roles of a first map."""
MOST_ASKED = 60
"""Columns that a form asks about."""
DOORS = (
    "**Records** (this page): a row for each person, with what happened. The curves are fitted here and checked on "
    "people held out; *Risk curves*, *How sure* and *Fairness* then speak of your people.",
    "**A table of risks** (choose “My own table or records” under “People” on another page): a row for each group, "
    "with risks that you worked out yourself. They are taken as given, and nothing is fitted or checked.",
    "**Larger records**: build them where they are, with `python -m pricing cohort`; only counts leave that place.",
)
NOT_UNDER = "Small numbers are joined: no group has under 10 people."
STAYS = "These people stay in this visit until you let them go or close the page."
NOT_READY = "There is something to build once a file is here and the map has no mistakes."
PLAIN = str.maketrans(
    {
        "_": " ",
        "*": "∗",
        "`": "'",
        "[": "(",
        "]": ")",
        "<": "‹",
        ">": "›",
        "$": "USD ",
        "|": "/",
        "~": "∼",
        "#": "№",
        "\\": "/",
        "@": "＠",
    }
)
"""What a label may mean in markdown -> what looks like it and means nothing."""
DIRECTIVE = re.compile(r":(?=\S)")
ADDRESS = re.compile(r"(?<=\bwww)\.", re.IGNORECASE)
"""What makes a link of words that nobody marked as one."""


def plain(text: str) -> str:
    """Words of a map on one line, safe to stand in markdown on every page, without marks that turn text around."""
    plain_text = ADDRESS.sub("․", DIRECTIVE.sub("∶", text.translate(PLAIN)))
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(plain_text.split()))


def in_plain_words(given: RecordsMap) -> RecordsMap:
    """The same map with labels that mean nothing in markdown; levels, by which people are counted, stay."""
    return replace(
        given,
        label=plain(given.label),
        outcome=plain(given.outcome),
        follow_up=plain(given.follow_up),
        caution=plain(given.caution),
        country=plain(given.country),
        notes=tuple(map(plain, given.notes)),
        factors=tuple(replace(one, factor=_plain_factor(one.factor)) for one in given.factors),
    )


def _plain_factor(factor: Factor) -> Factor:
    return replace(factor, label=plain(factor.label), labels=tuple(map(plain, factor.labels)))


def a_line_each(problem: str) -> str:
    """A sentence that names several mistakes, each on a line of its own."""
    return problem.replace("; ", ";\n").replace(" mistakes: ", " mistakes:\n")


def twice(roles: list[str]) -> str:
    """Said where two columns were chosen for one thing."""
    return f"More than one column is said to be “{'”, “'.join(roles)}”. Choose one of them; the map is as it was."


def more_columns(number: int) -> str:
    """Said of a file of many columns."""
    return f"The file has {number} columns; the first {MOST_ASKED} are asked about here, the others in the map."


def in_use(people: float, *, shown: bool, discloses: bool) -> str:
    """Whose figures every page shows now; ``shown`` is whether these are the people that were chosen."""
    now = f"Every page now shows these {people:,.0f} people."
    other = f"These {people:,.0f} people are here; choose “My own table or records” under “People” to see them."
    return f"{now if shown else other} {DISCLOSES if discloses else NOT_UNDER}"
