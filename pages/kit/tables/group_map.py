"""A map of groups: a measure over two dimensions, with how sure it is in each cell where a reader asks for it."""

from dataclasses import dataclass
from functools import partial

from pages.kit import draws_words, groups, kept, measures, show
from pages.kit.tables.map_table import MapTable
from pricing.evaluate import Evaluation
from pricing.questions.how_sure.how_sure import HowSure


@dataclass(frozen=True)
class MapChoice:
    """What a map shows: a dimension down the side, one across the top, and the measure in the cells."""

    down: str
    across: str
    measure: str


PAYBACK = MapChoice("decile", "needs", "payback")
"""The map that stands on the first page and on the wall."""


def title(evaluation: Evaluation, asked: MapChoice) -> str:
    """The measure of a map, and the groups at its two ends."""
    ends = groups.extremes(evaluation, asked.down, asked.across, asked.measure)
    return f"{measures.MEASURES[asked.measure].label}: {', '.join(ends)}" if ends else groups.nothing_shown(evaluation)


@kept.kept()
def payback_title(evaluation: Evaluation, asked: MapChoice) -> str:
    """What an extra £1 pays back at the two ends of the map of payback, in a sentence."""
    del asked
    return groups.payback_title(evaluation)


@kept.kept()
def table(evaluation: Evaluation, asked: MapChoice) -> MapTable:
    """The map itself; kept, since a page also tells the browser what stands in it."""
    values = groups.grid(evaluation, asked.down, asked.across, asked.measure)
    return groups.mapped(evaluation, values, asked.down, asked.across, measures.MEASURES[asked.measure])


def draw(evaluation: Evaluation, asked: MapChoice, heading: str, reading: str, sure: HowSure | None) -> None:
    """Draw the map between ``heading`` and ``reading``, and its table; ``sure`` are the draws by group, if shown."""
    figure = table(evaluation, asked)
    said = f"{reading} {groups.people_short(evaluation)}"
    data, styles = partial(groups.table, evaluation, asked.down, asked.across), groups.STYLES
    if sure is not None:
        counts = draws_words.counts(sure, asked.measure)
        if counts is not None:
            values = groups.grid(evaluation, asked.down, asked.across, asked.measure)
            shown = draws_words.grid(evaluation, counts, asked.down, asked.across)
            figure = figure.with_texts(draws_words.cells(values, shown, measures.MEASURES[asked.measure]))
        said = f"{draws_words.map_note(asked.measure)} {groups.people_short(evaluation)}"
        data = partial(draws_words.table, evaluation, sure, asked.down, asked.across)
        styles = groups.STYLES | draws_words.STYLES
    show.chart(heading, figure, said, "map")
    show.table(data, evaluation, f"groups_by_{asked.down}_and_{asked.across}", styles)
