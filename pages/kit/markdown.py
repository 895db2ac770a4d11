"""Words for a page: the model's own, and text from outside made safe to stand in markdown. No streamlit."""

from collections.abc import Iterable

from pricing.words.numbers import (
    NOT_SHOWN,
    about,
    count,
    counted,
    hours,
    in_force,
    millions,
    pence,
    percent,
    points,
    pounds,
    price_of_one,
    prices,
    short_of_a_pound,
    signed,
    unit,
    verdict,
    version_line,
)

__all__ = [
    "NOT_SHOWN",
    "about",
    "bullets",
    "count",
    "counted",
    "escape",
    "hours",
    "in_force",
    "millions",
    "pence",
    "percent",
    "points",
    "pounds",
    "price_of_one",
    "prices",
    "short_of_a_pound",
    "signed",
    "unit",
    "verdict",
    "version_line",
]


def lower_first(text: str) -> str:
    """A sentence's words, to stand inside another."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Words that begin a sentence."""
    return text[:1].upper() + text[1:]


def bullets(lines: Iterable[str]) -> str:
    """Lines of markdown as a list."""
    return "\n".join(f"- {line}" for line in lines)


def escape(text: str) -> str:
    """Text from outside made safe to stand in markdown: every character that could mean something is escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~$:&@/\"'^=" else c for c in text)
