"""What can be wrong with a row, as negative codes where a level would stand, and in words without any of its values."""

from collections.abc import Sequence
from dataclasses import dataclass

MISSING, UNREAD, UNKNOWN, OUTSIDE, LACKING = -1, -2, -3, -4, -5
NO_COUNT, UNREAD_COUNT, TOO_MANY = -11, -12, -13
COUNT_WITHOUT, NONE_WITH = -21, -22
NO_HARM, UNREAD_HARM, HARM_WITHOUT = -31, -32, -33
NO_PERSON, TWICE = -41, -42

WORDS = {
    MISSING: "no value",
    UNREAD: "a value that is not a number",
    UNKNOWN: "a value that the map does not name",
    OUTSIDE: "a number that no level fits",
    LACKING: "a code that the lookup lacks",
    NO_COUNT: "no number of reoffences",
    UNREAD_COUNT: "a number of reoffences that is not a whole number",
    TOO_MANY: "more reoffences than the map believes",
    COUNT_WITHOUT: "reoffences of somebody who did not reoffend",
    NONE_WITH: "no reoffences of somebody who did reoffend",
    NO_HARM: "no harm",
    UNREAD_HARM: "harm that is not a number from 0 to 1,000,000 days",
    HARM_WITHOUT: "harm without a reoffence",
    NO_PERSON: "no id of a person",
    TWICE: "a person who stands more than once",
}
"""The sentence's end after "12 rows have"."""
SIDE, OUTCOME = "side", "outcome"
"""Columns of the answer beside the factors: the side of the hold-out, and reoffences (or reoffended, 0 or 1)."""


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong: in which factor (or ``outcome``, ``side``), which kind, how many rows, the first ones.

    ``first`` is empty where rows have no numbers; ``instead`` says what was done with the rows.
    """

    where: str
    label: str
    kind: int
    rows: int
    first: tuple[int, ...] = ()
    instead: str = ""

    @property
    def words(self) -> str:
        """The flaw as a sentence without its full stop."""
        what = WORDS[self.kind]
        have = f"{self.rows:,} rows have" if self.rows != 1 else "1 row has"
        about = f"{self.label}: " if self.where not in (SIDE, OUTCOME) or self.kind > NO_COUNT else ""
        more = ", ..." if self.rows > len(self.first) else ""
        at = f" (row{'s' * (self.rows != 1)} {', '.join(f'{row:,}' for row in self.first)}{more})" if self.first else ""
        done = f"; {self.instead}" if self.instead else ""
        return f"{about}{have} {what}{at}{done}"


def sentences(flaws: Sequence[Flaw]) -> str:
    """All of them as one line."""
    return "; ".join(flaw.words for flaw in flaws)
