"""The cover of every export: version, date, people and their caution, warnings, link."""

from dataclasses import dataclass
from datetime import date

from pricing import MODEL_VERSION
from pricing.evaluate import Evaluation
from pricing.scenario import links
from pricing.scenario.links import TableName
from pricing.scenario.scenario import OWN_TABLE
from pricing.scenario.spec import printable, quoted
from pricing.words import cautions, followed, need, spend
from pricing.words.cautions import Caution
from pricing.words.numbers import LIMITS, in_days, in_force, verdict

TITLE = "Whom does this price leave behind?"
NO_WARNINGS = "None: no setting of this price was found to defeat itself."


@dataclass(frozen=True, eq=False)
class Cover:
    """An evaluated price on the day that it is taken away.

    ``link`` holds every value; ``short_link`` only what differs from the defaults, which a phone can read as a QR
    code. ``table`` is the reader's own table, where the people are that; ``name`` is what the reader called the
    scenario, "" if nothing: text from outside. ``pinned`` is the price A that this one is held beside, if any.
    """

    evaluation: Evaluation
    made: date
    link: str
    short_link: str
    table: TableName | None
    warnings: tuple[Caution, ...]
    name: str = ""
    pinned: Evaluation | None = None

    @property
    def people(self) -> str:
        """Whose figures these are. The name of a reader's own table comes from outside: quoted, on one line."""
        cohort = self.evaluation.cohort
        if self.evaluation.scenario.cohort != OWN_TABLE:
            return cohort.label
        what = "table" if cohort.fitted is None else "records"
        return f"A reader's own {what}, {quoted(cohort.label)}"

    @property
    def from_records(self) -> bool:
        """Whether the people were built from a reader's own records, which no file holds."""
        return self.table is not None and self.evaluation.cohort.fitted is not None

    @property
    def day(self) -> str:
        """The date in words."""
        return in_days(self.made)

    @property
    def said(self) -> tuple[str, ...]:
        """Each warning in a line."""
        return tuple(f"{warning.title}. {warning.sentence}" for warning in self.warnings)

    @property
    def followed(self) -> str:
        """The group that the reader follows, beside A where that is about the same people; "" where there is none."""
        a = self.pinned
        same = a is not None and a.cohort.digest == self.evaluation.cohort.digest
        return followed.sentence(self.evaluation, a if same else None)

    def beside(self, most: int | None = None) -> list[tuple[str, str]]:
        """What the price A is, costs and rewards, as (what it is, text); nothing where none is pinned.

        ``most`` as in :func:`numbers.in_force`.
        """
        if (a := self.pinned) is None:
            return []
        others = a.cohort.digest != self.evaluation.cohort.digest
        label = quoted(a.cohort.label) if a.scenario.cohort == OWN_TABLE else a.cohort.label
        return [
            ("A, which it is held beside", in_force(a.scenario, most)),
            *([("The people of A", f"{label}. {a.cohort.caution}")] if others else []),
            ("What A costs", spend.sentence(a)),
            ("Verdict on A", verdict(a)),
        ]

    def lines(self) -> list[tuple[str, str]]:
        """Everything that has to stand on an export, as (what it is, text); each text is one line."""
        return [
            *([("Name", quoted(self.name))] if self.name else []),
            ("Model version", MODEL_VERSION),
            ("Made on", self.day),
            ("People", f"{self.people}. {self.evaluation.cohort.caution}"),
            *([("Fingerprint of the table (SHA-256)", self.table.digest)] if self.table else []),
            ("The price", in_force(self.evaluation.scenario)),
            ("What it costs", spend.sentence(self.evaluation)),
            ("What people need", need.sentence(self.evaluation.scenario)),
            ("Verdict", verdict(self.evaluation)),
            *([("The group followed", self.followed)] if self.followed else []),
            *self.beside(),
            *([("Warning", line) for line in self.said] or [("Warnings", NO_WARNINGS)]),
            ("Link", self.link),
            ("What it is", LIMITS),
        ]


def of(evaluation: Evaluation, made: date, address: str, name: str = "", pinned: Evaluation | None = None) -> Cover:
    """The cover of an evaluation taken away on ``made``; ``address`` is where the explorer is served, without a query.

    ``pinned`` is the price A, judged by the need of this one. The table that a link names is one that was evaluated.
    """
    scenario = evaluation.scenario
    held = [one for one in (evaluation, pinned) if one is not None and one.scenario.cohort == OWN_TABLE]
    table = TableName(printable(held[0].cohort.label), held[0].cohort.digest) if held else None
    a = None if pinned is None else pinned.scenario
    named = {links.NAME: name} if name else {}
    short = {**links.write_changes(scenario.values(), table, a), **named, links.MODEL: MODEL_VERSION}
    return Cover(
        evaluation=evaluation,
        made=made,
        link=f"{address}?{links.to_query(links.write(scenario, table, a) | named)}",
        short_link=f"{address}?{links.to_query(short)}",
        table=table if scenario.cohort == OWN_TABLE else None,
        warnings=tuple(cautions.find(evaluation)),
        name=name,
        pinned=pinned,
    )
