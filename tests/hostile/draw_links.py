"""Hostile links, drawn at random, and what each asks for: so that what a page made of it can be held to it."""

from dataclasses import dataclass
from random import Random
from urllib.parse import quote, quote_plus

from pages.frame.pages_list import PAGES
from pricing import MODEL_VERSION
from pricing.scenario import links
from pricing.scenario.scenario import specs
from pricing.scenario.spec import Spec
from tests.hostile import words

WHOLE, BENT, WRONG, DAMAGED = "whole", "bent", "wrong", "damaged"
"""A part as the explorer writes it; one that means the same to a reader; one that cannot be taken; one of a query into
which bytes were put, so that nobody can say what it asks for. All but the last are taken or named."""
RARE = ("table", "table_sha256", "cohort_sha256", "shortlist", "a", "event", "look", "step", "part", "name", "model")


@dataclass(frozen=True)
class Part:
    """A name and a value as they were drawn, before anything was encoded, and of which kind they are."""

    name: str
    text: str
    kind: str


@dataclass(frozen=True)
class HostileLink:
    """A page's path, the query that it is opened with, and the parts that the query was made of."""

    page: str
    query: str
    parts: tuple[Part, ...]


def valid(luck: Random, spec: Spec) -> str:
    """A value that a parameter may have, as the explorer writes it."""
    if spec.choices:
        return luck.choice([one for one in sorted(spec.choices) if one != "own_table"])
    drawn = luck.choice((spec.low, spec.high, luck.uniform(spec.low, spec.high), spec.low + spec.step))
    return links.text_of(float(round(drawn)) if spec.counted else drawn)


def wrong(luck: Random, spec: Spec) -> str:
    """A value that it may not have, or a text that may be a number."""
    if spec.choices:
        return luck.choice((words.some(luck), luck.choice(sorted(spec.choices)) + "x", ""))
    beyond = (spec.high * 2 + 1, spec.low - 1, 1e308, -1e-300 if spec.low >= 0 else spec.low * 2)
    return luck.choice((links.text_of(luck.choice(beyond)), luck.choice(words.NUMBERS), words.some(luck)))


def kind_of(text: str, spec: Spec) -> str:
    """What a text that was drawn as wrong is: some are a choice in other letters ("None" is no target), and taken."""
    return BENT if "".join(text.split()).lower() in spec.choices else WRONG


def bent(luck: Random, name: str, text: str) -> tuple[str, str]:
    """A part as mail, a chat or a hurried reader would change it."""
    ways = (
        (name.upper(), text),
        (f" {name}", text),
        (name, f"{text} "),
        (name, f"{text[:1]} {text[1:]}"),
        (f"amp;{name}", text),
        (name.replace("_", "-"), text),
        (name, text.upper()),
        (f"\u200b{name}", text),
    )
    return luck.choice(ways)


def part(luck: Random) -> Part:
    """One part of a link."""
    name = luck.choice(sorted(specs()))
    spec, prefix = specs()[name], luck.choice(("", "", "", "a."))
    which = luck.random()
    if which < 0.35:
        return Part(prefix + name, valid(luck, spec), WHOLE)
    if which < 0.5:
        return Part(*bent(luck, prefix + name, valid(luck, spec)), BENT)
    if which < 0.75:
        text = wrong(luck, spec)
        return Part(prefix + name, text, kind_of(text, spec))
    if which < 0.9:
        name, text = luck.choice(RARE), luck.choice((words.some(luck), "same", "a" * 64, "ABC234", "2"))
        return Part(name, text, BENT if (name, text) == (links.PINNED, links.SAME) else WRONG)
    return Part(words.some(luck), words.some(luck), WRONG)


def encoded(luck: Random, parts: list[Part]) -> str:
    """The parts as one query: encoded in full, in part, or twice, with what mail leaves at its end."""
    ways = (quote_plus, quote, lambda text: quote(text, safe="/:.,~!$'()*"), lambda text: quote(quote(text)))
    write = luck.choices(ways, (6, 3, 2, 1))[0]
    between = luck.choices(("&", "&amp;", "&&"), (10, 1, 1))[0]
    query = between.join(f"{write(one.name)}={write(one.text)}" for one in parts)
    return query + luck.choices(("", ".", ")", "&utm_source=x", "&fbclid=1"), (12, 1, 1, 1, 1))[0]


def whole(luck: Random) -> str:
    """The query of a link with nothing wrong in it; its settings may contradict each other."""
    names = luck.sample(sorted(specs()), luck.randint(1, 5))
    return links.to_query({name: valid(luck, specs()[name]) for name in names} | {links.MODEL: MODEL_VERSION})


def link(luck: Random) -> HostileLink:
    """A link of one to nine parts, now and then of very many or of bytes that mean nothing."""
    page = luck.choice(list(PAGES.values()))
    which = luck.random()
    parts = [part(luck) for _ in range(luck.randint(1, 9))]
    if which < 0.02:
        parts += [Part(f"x{number}", "1", WRONG) for number in range(luck.choice((900, 1000, 3000)))]
    elif which < 0.05:
        parts.append(Part(luck.choice(sorted(specs())), words.some(luck)[:9] * 4000, WRONG))
    elif which < 0.3:  # where in the page it opens
        places = [each.key for each in page.parts] or ["map"]
        parts.append(Part("part", luck.choice(places), BENT))
    query = encoded(luck, parts)
    if which > 0.95:
        place = luck.randrange(len(query) + 1)
        query = query[:place] + luck.choice(("%zz", "%ff%fe", "%", "%00", ";", "=", "&=", "%C3%28")) + query[place:]
        parts = [Part(one.name, one.text, DAMAGED) for one in parts]
    return HostileLink(page.path, query, tuple(parts))
