"""What must hold of a page, whatever a stranger gave it; each check returns the faults that it finds, in words."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, quote

from benchmarks.bench_corners import FAILED, UNDEFINED
from pages.frame.pages_list import PAGES
from pricing.scenario import links, shortlist
from pricing.scenario.bent_links import TRACKERS
from pricing.scenario.scenario import defaults, specs
from pricing.scenario.spec import NUMBER, printable
from tests.hostile import words
from tests.hostile.draw_links import DAMAGED, WRONG, HostileLink, Part
from tests.hostile.visitor import Said, Visit

TITLES = {f"{page.title} – Pricing-structure explorer" for page in PAGES.values()}
PLAIN = {
    ("page", "title"),
    ("text", "body"),
    ("code", "code_text"),
    ("text_area", "default"),
    ("text_area", "value"),
    ("text_input", "default"),
    ("text_input", "value"),
    ("selectbox", "options"),
    ("selectbox", "raw_value"),
    ("multiselect", "options"),
    ("bidi_component", "json"),
    ("page_link", "query_string"),
    ("file_uploader", "uploaded_file_info.name"),
}
"""Kinds of part and their fields that a browser shows letter by letter; any other is read as markdown."""
UNSEEN = ("id", "form_id", "url")
"""Fields that no reader sees; an address is encoded."""
DRAWN = {("plotly_chart", "spec"), ("html", "body")}
"""Those in which tags mean something, and nothing else does."""
QUOTED = re.compile(r"“[^”]*”")
SHORT = ("This takes more than", "In full, these settings")
"""What a page says of work past its budget: that there is no figure, or a coarser one."""
TEMPTING = (*words.MARKUP, *words.MARKDOWN, *words.SHORTCODES, *words.LATEX)
NUMBERLESS = {("bidi_component", "json"), ("html", "body"), ("bidi_component", "js_content"), ("page", "title")}
LEAVES = ("text", "title", "x", "y", "name", "customdata", "ticktext", "hovertemplate")
"""What of a picture holds words."""


def whole(visit: Visit, given: Iterable[str] = ()) -> Iterator[str]:
    """The page is one of ours, did not fail, and holds no undefined number that is not in what was ``given``."""
    # Markdown escapes what is a mark in it: backslashes are left out on either side.
    theirs = sorted(
        {printable(each).replace("\\", "") for each in given if UNDEFINED.search(each)}, key=len, reverse=True
    )
    yield from (f"failed: {error}" for error in visit.errors())
    if visit.title not in TITLES:
        yield f"the window is called {visit.title!r}"
    for said in visit.said():
        if said.kind == "exception":
            continue
        if FAILED in said.text:
            yield f"an error of its own: {said.text[:200]}"
        for text in shown_words(said):
            ours = QUOTED.sub("", text.replace("\\", "") if theirs else text)
            for each in theirs:
                ours = ours.replace(each, "")
            if found := UNDEFINED.search(ours):
                yield f"undefined in {said.kind}.{said.field}: {ours[max(found.start() - 80, 0) : found.end() + 40]!r}"


def shown_words(said: Said) -> Iterator[str]:
    """The words in a text of a page: those inside a picture one by one, none of a script or a style."""
    if (said.kind, said.field) == ("plotly_chart", "spec"):
        yield from leaves(json.loads(said.text))
    elif (said.kind, said.field) not in NUMBERLESS and said.field in ("body", "label", "value", "delta", "alt"):
        yield said.text


def leaves(value: Any, name: str = "") -> Iterator[str]:
    """Every text of a picture that is shown."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, key if key in LEAVES else name if key not in ("type", "dtype", "bdata") else "")
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, name)
    elif isinstance(value, str) and name:
        yield value


def as_text(every: Iterable[Said], given: Iterable[str]) -> Iterator[str]:
    """What a stranger gave means nothing where markdown or tags would be read, in any text of a page."""
    there = [each for each in TEMPTING if any(each in text for text in given)]
    for said in every if there else ():
        place = (said.kind, said.field)
        if place in PLAIN or said.field.rpartition(".")[2] in UNSEEN:
            continue
        for each in there:
            if re.search(rf"(?<!\\){re.escape(each)}", said.text) and (place not in DRAWN or "<" in each):
                yield f"{said.kind}.{said.field} says {each!r} as its own: {said.text[:120]!r}"


def said_for_want_of_time(visit: Visit) -> str:
    """What a page says of work that would have taken too long: its first words, or nothing."""
    told = (part.body for kind in ("alert", "text") for part in visit.of(kind))
    return next((text[:20] for text in told if text.startswith(SHORT)), "")


def copied(visit: Visit) -> dict[str, str] | None:
    """The settings of the link that the page gives to copy, and what it holds besides; None where it gives none."""
    found = [one for one in visit.of("bidi_component") if one.component_name == "copy_link"]
    link = str(json.loads(found[0].json)["link"]) if found else ""
    if not link:
        return None
    return {name: texts[-1] for name, texts in parse_qs(link.partition("?")[2], keep_blank_values=True).items()}


def nothing_in_silence(visit: Visit, link: HostileLink) -> Iterator[str]:
    """Each part of a link is taken as it was said, or named."""
    lines = [part.body for part in visit.of("text")]
    said = "\n".join([*lines, *(part.body.replace("\\", "") for part in visit.of("alert"))])
    if re.search(r"^And \d+ more\.$", said, re.MULTILINE) or link.query.count("&") >= links.MOST_PARTS:
        return  # of a query of more parts Streamlit gives none on; the page's script shortens it
    now = copied(visit)
    for part in link.parts:
        taken = now is not None and is_taken(part, now)
        seen = now is not None or (part.kind == WRONG and not NUMBER.fullmatch("".join(part.text.split())))
        if part.kind != DAMAGED and seen and not (taken or is_named(part, said) or means_nothing(part)):
            yield f"silent on {part.kind} {part.name!r}={part.text[:60]!r}; it has {(now or {}).get(part.name)!r}"


def is_named(part: Part, said: str) -> bool:
    """Whether a part is named, by its name or by its value."""
    plain = re.sub(r"[^a-z0-9_.]", "", part.name.lower().replace("-", "_")).removeprefix("amp")
    told = "(table|table_sha256|cohort_sha256|known by)" if plain.endswith("sha256") else re.escape(plain)
    known = plain.removeprefix("a.") in specs() or plain in links.RESERVED
    if known and re.search(rf"(^|[^\w]){told}\b", said, re.MULTILINE):
        return True
    weighed = plain.removeprefix("a.") in ("target", "metric") or "blend_" in plain or "rate_" in plain
    if weighed and ("Target and blend weights were left" in said or "needs a target" in said):
        return True
    # A name that holds a sign of equality is cut there, as every link is.
    texts = (part.name, part.name.partition("=")[0], part.text)
    shown = [form(text)[:30] for text in texts for form in (printable, coded) if text]
    quoted = any(f"“{before}{text}" in said for text in shown for before in ("", "amp;"))
    return quoted or f"{printable(part.name)}”" in said


def coded(text: str) -> str:
    """A text as it stands in a link, still encoded."""
    return quote(text)


def means_nothing(part: Part) -> bool:
    """Whether a part asks for nothing: a tracker's, an empty one that is no setting, or a default."""
    name = re.sub(r"\s", "", part.name.lower())
    if TRACKERS.fullmatch(name) or (name in links.RESERVED and not part.text.strip()):
        return True
    if name == links.EVENT:
        return bool(links.CODE.fullmatch(part.text))
    if name == links.SHORTLIST:  # a name alone, of a scenario at its defaults
        return bool(shortlist.read({links.SHORTLIST: [part.text]})[0])
    plain = name.removeprefix("a.")
    return plain in specs() and same(part.text, links.text_of(defaults().values()[plain]))


def is_taken(part: Part, now: dict[str, str]) -> bool:
    """Whether the page stands at what a part says."""
    name = re.sub(r"[^a-z0-9_.]", "", part.name.lower()).removeprefix("amp")
    if name == links.STEP and links.PART in now:  # links of before numbered the parts
        return True
    stands = now.get(name)
    if stands is None and name.startswith("a."):
        stands = now.get(name.removeprefix("a."))  # A is as B
    if stands is None and name.removeprefix("a.") in specs():
        stands = links.text_of(defaults().values()[name.removeprefix("a.")])
    return stands is not None and same(re.sub(r"\s", "", part.text), stands)


def same(text: str, other: str) -> bool:
    """Whether two texts say the same value."""
    if NUMBER.fullmatch(text) and NUMBER.fullmatch(other):
        return float(text) == float(other)
    return text.lower() == other.lower()
