"""A map of groups: a measure over two dimensions, with how sure it is in each cell where a reader asks for it."""

from dataclasses import dataclass
from functools import partial

from pages.kit import draws_words, groups, measures, show
from pricing.evaluate import Evaluation
from pricing.uncertainty.how_sure import HowSure


@dataclass(frozen=True)
class MapChoice:
    """What a map shows: a dimension down the side, one across the top, and the measure in the cells."""

    down: str
    across: str
    measure: str


def draw(evaluation: Evaluation, asked: MapChoice, title: str, reading: str, sure: HowSure | None) -> None:
    """Draw the map between ``title`` and ``reading``, and its table; ``sure`` are the draws by group, if shown."""
    measure = measures.MEASURES[asked.measure]
    values = groups.grid(evaluation, asked.down, asked.across, asked.measure)
    figure = groups.mapped(evaluation, values, asked.down, asked.across, measure)
    said = f"{reading} {groups.people_short(evaluation)}"
    table, styles = partial(groups.table, evaluation, asked.down, asked.across), groups.STYLES
    if sure is not None:
        counts = draws_words.counts(sure, asked.measure)
        if counts is not None:
            shown = draws_words.grid(evaluation, counts, asked.down, asked.across)
            figure = figure.with_texts(draws_words.cells(values, shown, measure))
        said = f"{draws_words.map_note(asked.measure)} {groups.people_short(evaluation)}"
        table = partial(draws_words.table, evaluation, sure, asked.down, asked.across)
        styles = groups.STYLES | draws_words.STYLES
    show.chart(title, figure, said, "map")
    show.table(table, evaluation, f"{asked.across}_by_{asked.down}", styles)
