"""What changes on a page while a slider of the price moves, as a function of an evaluation. No streamlit."""

from collections.abc import Callable
from dataclasses import dataclass

from pages.kit.tables import group_map
from pages.kit.tables.group_map import MapChoice
from pricing.evaluate import Evaluation

Texts = Callable[[Evaluation], tuple[str, ...]]
"""Texts of a page that hold figures, in the order in which they stand; a function of a module, so that it is a key."""


def nothing(evaluation: Evaluation) -> tuple[str, ...]:
    """No texts."""
    del evaluation
    return ()


@dataclass(frozen=True)
class Preview:
    """One position of a slider: the texts in the order in which they stand, and text and tint of the map's cells."""

    texts: tuple[str, ...]
    cells: list[list[str]]


@dataclass(frozen=True)
class Previewed:
    """What of a page moves: ``before`` its map, the map under its ``title``, and ``after`` it; None: it has no map.

    ``whole`` is whether it hangs on all that is set, and not on the price alone. Two that are equal show the same.
    """

    choice: MapChoice | None = None
    title: Callable[[Evaluation, MapChoice], str] = group_map.title
    before: Texts = nothing
    after: Texts = nothing
    whole: bool = False

    def at(self, evaluation: Evaluation) -> Preview:
        """The page under an evaluated price."""
        if self.choice is None:
            return Preview((*self.before(evaluation), *self.after(evaluation)), [])
        title = self.title(evaluation, self.choice)
        # The title stands over the map and, for those who cannot see it, in it.
        texts = (*self.before(evaluation), title, title, *self.after(evaluation))
        return Preview(texts, group_map.table(evaluation, self.choice).painted())
