"""The changes of a visit, one step each, to be taken back, made again and replayed. No streamlit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pricing.scenario.links import NAME, PINNED, SHORTLIST
from pricing.scenario.scenario import Scenario
from pricing.scenario.shortlist import Shortlist

MOST = 50
"""Steps that can be taken back; older ones are forgotten."""
TOGETHER = 2.0
"""Seconds within which changes of the same settings are one step: a slider on the move is a change per stop."""

APART = {SHORTLIST, NAME}
"""Changes of which each is a step, however fast it follows another: they are typed or pressed, never dragged."""


@dataclass(frozen=True)
class Standing:
    """What stands at one moment: every setting, which may contradict another, the pinned A, the shortlist, the name."""

    values: Mapping[str, float | str]
    pinned: Scenario | None = None
    listed: Shortlist = ()
    name: str = ""

    def changed(self, other: "Standing") -> frozenset[str]:
        """Names of the settings that differ, and PINNED, SHORTLIST or NAME where these do."""
        names = {name for name, value in self.values.items() if other.values[name] != value}
        beside = {
            PINNED: self.pinned != other.pinned,
            SHORTLIST: self.listed != other.listed,
            NAME: self.name != other.name,
        }
        return frozenset(names | {name for name, differs in beside.items() if differs})


@dataclass(frozen=True)
class Steps:
    """Where a visit stands, what stood before (oldest first), and what was taken back (next first).

    ``moved`` and ``at`` are the settings that changed last and when, in seconds of any clock that never goes back.
    ``replay`` says which side of the last change is being shown: "", "before" or "after".
    """

    now: Standing
    past: tuple[Standing, ...] = ()
    future: tuple[Standing, ...] = ()
    moved: frozenset[str] = frozenset()
    at: float = 0.0
    replay: str = ""

    def move(self, there: Standing, at: float) -> "Steps":
        """A change made by the reader: one more step, or more of the last one. What was taken back is forgotten."""
        moved = self.now.changed(there)
        if not moved:
            return self
        past = (*self.past, self.now)[-MOST:]
        if moved == self.moved and not moved & APART and at - self.at <= TOGETHER:
            past = self.past
        if past and not past[-1].changed(there):
            past, moved = past[:-1], frozenset()
        return Steps(there, past, (), moved, at)

    def travel(self, there: Standing, at: float) -> "Steps":
        """Where the browser's back or forward led: a place among the steps if it is one, or else a change."""
        line = (*self.past, self.now, *self.future)
        here = len(self.past)
        found = [place for place, standing in enumerate(line) if not standing.changed(there)]
        if not found:
            return replace(self.move(there, at), moved=frozenset())
        place = min(found, key=lambda place: abs(place - here))
        return Steps(line[place], line[:place], line[place + 1 :])

    def undo(self) -> "Steps":
        """One step back, if there is one."""
        if not self.past:
            return self
        return Steps(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redo(self) -> "Steps":
        """One step forward again, if there is one."""
        if not self.future:
            return self
        return Steps(self.future[0], (*self.past, self.now), self.future[1:])

    def replayed(self) -> "Steps":
        """Show what stood before the last change; asked again, what stands after it."""
        if self.replay == "before":
            return replace(self.redo(), replay="after")
        return replace(self.undo(), replay="before") if self.past else self

    @property
    def last_change(self) -> tuple[Standing, Standing] | None:
        """What stood before and after the change that is being replayed."""
        if self.replay == "before" and self.future:
            return self.now, self.future[0]
        return (self.past[-1], self.now) if self.replay == "after" and self.past else None
