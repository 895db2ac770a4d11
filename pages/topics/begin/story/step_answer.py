"""What a step of the story answers, and how its numbers are read and drawn. No streamlit."""

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.kit import charts, groups, measures
from pages.kit.tables.map_table import MapTable
from pricing.evaluate import Evaluation
from pricing.people.arrays import FloatArray
from pricing.scenario.presets import Settings

Hold = Callable[[Settings], Evaluation]
"""Holds a contract, given by what differs from the default one, against the reader's people."""


@dataclass(frozen=True)
class StepAnswer:
    """What a step tells: which of its choices is right, in words and in a picture, and the contract to play with."""

    choice: int
    told: str
    title: str
    figure: go.Figure | MapTable
    reading: str
    changes: Settings


def band(value: float, edges: tuple[float, ...]) -> int:
    """Which of the choices parted by ``edges`` a value belongs to."""
    return bisect_right(edges, value)


def shown(values: FloatArray) -> tuple[int, int]:
    """Places of the first and the last group with enough people."""
    there = np.flatnonzero(~np.isnan(values))
    return int(there[0]), int(there[-1])


def times(after: float, before: float) -> float:
    """How many times the one is of the other, both as a reader sees them, in pence."""
    return round(after, 2) / round(before, 2) if round(before, 2) > 0 else math.inf


def by_needs(evaluation: Evaluation) -> FloatArray:
    return groups.along(evaluation, "needs", "payback")


def needs_lines(lines: tuple[measures.Line, ...], evaluation: Evaluation) -> go.Figure:
    levels = [str(needs) for needs in range(len(evaluation.cohort.dimensions["needs"].levels))]
    figure = charts.payback_lines(lines, levels)
    return figure.update_xaxes(title="Number of needs")


def line(label: str, values: FloatArray, colour: str, dash: str = "solid") -> measures.Line:
    return measures.Line(label, np.arange(float(len(values))), values, colour, dash)


def with_needs(evaluation: Evaluation, code: int) -> str:
    return groups.group_words(evaluation, {"needs": code})


def risks(evaluation: Evaluation, *keys: str) -> FloatArray:
    """Chance of reoffending without extra support, by level of one or two dimensions; nan where too few people."""
    cohort = evaluation.cohort
    dimensions = [cohort.dimensions[key] for key in keys]
    shape = tuple(len(dimension.levels) for dimension in dimensions)
    codes = np.ravel_multi_index(tuple(dimension.codes for dimension in dimensions), shape)
    size = math.prod(shape)
    people = np.bincount(codes, cohort.people, size)
    reoffend = np.bincount(codes, cohort.people * cohort.probability, size)
    enough = (people > 0) & (people >= groups.smallest_shown(evaluation))
    chance: FloatArray = np.divide(reoffend, people, out=np.full(size, np.nan), where=enough)
    return chance.reshape(shape)
