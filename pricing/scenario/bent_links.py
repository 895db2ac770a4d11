"""Repair of links that mail, chat or typing has changed, where only one meaning is possible."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, unquote

from pricing.scenario.scenario import specs
from pricing.scenario.spec import NUMBER

TRACKERS = re.compile(r"utm_\w+|[a-z]*clid|mc_[ce]id|_hs\w+|mkt_tok|igshid|ref_src|msockid|embed(_options)?", re.ASCII)
"""Names of tracking parts that mail, chat, search engines and hosts add to a link; ignored."""
AROUND = " \t\r\n.,;:!?)]}>’”'\""
"""Characters of the surrounding text that may be left at the end of a link."""
PAIR = re.compile(r"[?&]?[a-zA-Z][\w.]*=", re.ASCII)
"""How a name begins in which whole pairs are hidden, their separators having been encoded."""
PLAIN = re.compile(r"[\w.+%-]+", re.ASCII)
AMPERSANDS = re.compile(r"^(amp;)+", re.IGNORECASE)
SPACE = re.compile(r"\s+")
MOST_TURNS = 3
"""Number of times a repeatedly encoded link is decoded, at most."""


def understood(query: Mapping[str, Sequence[str]], reserved: Sequence[str] = ()) -> dict[str, list[str]]:
    """The repaired parts of a query, by name, in order; trackers are left out.

    ``&amp;`` stands for ``&``, capitals for small letters, ``%3D`` for ``=``; spaces and line breaks inside a name or a
    value, and punctuation after the last of them, stand for nothing. What stays unknown is left as it was written.
    ``reserved`` names the parts that are no parameters.
    """
    pairs = [pair for name, texts in query.items() for text in texts for pair in taken_apart(name, text)]
    if pairs and PLAIN.fullmatch(last := pairs[-1][1].rstrip(AROUND)):
        pairs[-1] = (pairs[-1][0], last)
    found: dict[str, list[str]] = {}
    for written, text in pairs:
        name = name_of(written, reserved)
        if not TRACKERS.fullmatch(name):
            found.setdefault(name, []).append(value_of(name, text))
    return found


def taken_apart(name: str, text: str, turns: int = MOST_TURNS) -> Iterator[tuple[str, str]]:
    """The pairs that a name and its value stand for: one, or several where separators were encoded."""
    plain = unquote(name)
    if not turns or not PAIR.match(plain):
        yield name, text
        return
    whole = f"{plain}={text}" if text else plain
    for inner, value in parse_qsl(whole.replace("&amp;", "&").lstrip("?&"), keep_blank_values=True):
        yield from taken_apart(inner, value, turns - 1)


def name_of(written: str, reserved: Sequence[str]) -> str:
    """The repaired name, if it is one that a link may have; else the name as written."""
    name = AMPERSANDS.sub("", SPACE.sub("", written).lstrip("?")).lower()
    known = name.removeprefix("a.") in specs() or name in reserved or TRACKERS.fullmatch(name)
    return name if known else written


def value_of(name: str, text: str) -> str:
    """The repaired value, if it is of the parameter's kind; else the value as written."""
    spec = specs().get(name.removeprefix("a."))
    if spec is None:
        return text
    plain = SPACE.sub("", text)
    if spec.choices:
        return plain.lower() if plain.lower() in spec.choices else text
    return plain if NUMBER.fullmatch(plain) else text
