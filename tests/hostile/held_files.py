"""What a page makes of a file is what the domain makes of it: refused in the same sentence, or taken as it is."""

import json
from collections.abc import Iterator

from pricing.errors import ExplorerError
from pricing.people import own_table
from pricing.scenario.scenario import specs
from pricing.take_away import scenario_file
from tests.hostile import held
from tests.hostile.draw_files import HostileFile
from tests.hostile.visitor import Visit


def texts(visit: Visit) -> list[str]:
    """What a page shows letter by letter."""
    return [part.body for part in visit.of("text")]


def of_table(visit: Visit, file: HostileFile) -> Iterator[str]:
    """A table is refused with its sentence, or its people are there."""
    try:
        people = own_table.read(file.data, file.name)
    except ExplorerError as problem:
        if str(problem) not in texts(visit):
            yield f"refused, and the page does not say {str(problem)[:200]!r}"
        return
    if "Go on without this table" not in [button.label for button in visit.of("button")]:
        yield f"{people.label!r} can be used, and the page does not use it: {texts(visit)}"


def of_scenario(visit: Visit, file: HostileFile) -> Iterator[str]:
    """A scenario file is refused with its sentence, or each of its settings is taken or named."""
    said = "\n".join(texts(visit))
    try:
        scenario_file.read(file.data)
    except ExplorerError as problem:
        if str(problem) not in said:
            yield f"refused, and the page does not say {str(problem)[:200]!r}"
        return
    now = held.copied(visit)
    if now is None:
        yield "no link to copy"
        return
    for name, value in json.loads(file.data.decode("utf-8-sig"))["scenario"].items():
        named = "more." in said or held.is_named(held.Part(name, str(value), ""), said)
        if name in specs() and not (named or taken(name, value, now)):
            yield f"silent: {name}={value!r} became {now.get(name)!r}"


def taken(name: str, value: object, now: dict[str, str]) -> bool:
    """Whether the page stands at a value of a file."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    return held.is_taken(held.Part(name, str(value), ""), now) or (
        isinstance(value, int | float) and name in now and float(now[name]) == float(value)
    )
