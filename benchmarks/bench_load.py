"""A room of readers on one process: ``python -m benchmarks.bench_load``.

With ``--soak``, memory over 5,000 events of all kinds; with ``--drags 1000``, over so many drags of three questions.

Forty readers each move a slider every five seconds, as in a consultation event; then once more while ten of them drag
theirs, for which a browser asks for all positions before it is let go. Then eight move theirs as fast as they are
answered: the rate at which one process saturates, beside that of a bare app with as many charts, in turn.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from random import Random
from uuid import uuid4

import numpy as np

from benchmarks import corners, serving, uploads
from benchmarks.readers import Reader, open_all
from pages.frame.pages_list import PAGES
from pages.kit.cost import memory
from pages.kit.live import sweep
from pricing.people.arrays import FloatArray
from pricing.scenario import links
from pricing.scenario.scenario import specs

READERS = 40
DRAGGING = 10
PORTIONS = -(-sweep.count(specs()["need_premium"]) // sweep.AT_ONCE)
"""Portions of positions of a slider: a drag asks for the first, then for the others by three."""
EVERY = 5.0
SECONDS = 60.0
ENOUGH = 0.5
"""Seconds within which an answer is to come."""
EAGER = 8
EAGER_SECONDS = 10.0
ROUNDS = 3
EVENTS = 5000
CHARTS = 1
"""Charts on Start here."""


def anywhere(draw: Random) -> dict[str, float]:
    """Settings that nobody has asked for yet, as a rule: 861 of them."""
    return {
        "need_premium": round(draw.randrange(21) * 0.05, 2),
        "area_multiplier": round(1 + draw.randrange(41) * 0.05, 2),
    }


def somewhere(draw: Random) -> dict[str, float]:
    """The same for the bare app, which has one slider."""
    return {"value": round(draw.randrange(21) * 0.05, 2)}


async def over_all(reader: Reader) -> list[float]:
    """Ask for every position of a slider, as a browser does while it is dragged; seconds of each answer."""
    by = sweep.TOGETHER
    questions = [[0], *(range(first, min(first + by, PORTIONS)) for first in range(1, PORTIONS, by))]
    return [await reader.drag("need_premium", *portions) for portions in questions]


async def calm(reader: Reader, draw: Random, *, drags: bool) -> tuple[list[float], list[float]]:
    """Seconds of each answer to a reader who moves a slider every five seconds, and to the questions of a drag."""
    await asyncio.sleep(draw.uniform(0, EVERY))
    moved, asked = list[float](), list[float]()
    end = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < end:
        begun = asyncio.get_running_loop().time()
        if drags:
            asked += await over_all(reader)
        moved.append(await reader.move(anywhere(draw)))
        await asyncio.sleep(max(EVERY - (asyncio.get_running_loop().time() - begun), 0))
    return moved, asked


async def room(url: str, dragging: int = 0, first: int = 0) -> str:
    """The answers to a room of readers of whom some drag, in a line; ``first`` is the seed of the first reader."""
    # Whoever drags has people's hours at a cost of their own: no position is at hand that another has asked for.
    own = [f"hour_cost={50 + first + k}" if k < dragging else "" for k in range(READERS)]
    readers = list(await asyncio.gather(*(Reader.open(url, query=query) for query in own)))
    each = [calm(reader, Random(first + k), drags=k < dragging) for k, reader in enumerate(readers)]
    moved, asked = (np.concatenate(taken) for taken in zip(*await asyncio.gather(*each), strict=True))
    errors = sum(len(reader.errors) for reader in readers) + len(asked) - sum(reader.answered for reader in readers)
    await asyncio.gather(*(reader.close() for reader in readers))
    both = np.concatenate([moved, asked])
    told = f"{READERS} readers of whom {dragging} drag, {len(both)} answers: {spread(both)}, {errors} errors"
    return f"{told}; moves alone {spread(moved)}" + (f"; questions alone {spread(asked)}" if dragging else "")


def spread(taken: FloatArray) -> str:
    """Median and 95th percentile."""
    half, most = 1e3 * np.quantile(taken, [0.5, 0.95])
    return f"median {half:.0f} ms, p95 {most:.0f} ms, {np.mean(taken <= ENOUGH):.1%} within {1e3 * ENOUGH:.0f} ms"


async def rate(url: str, settings: Callable[[Random], dict[str, float]]) -> float:
    """Events a second when eight readers wait only for the answer."""
    readers = await open_all(url, EAGER)
    end = asyncio.get_running_loop().time() + EAGER_SECONDS

    async def eager(reader: Reader, draw: Random) -> int:
        number = 0
        while asyncio.get_running_loop().time() < end:
            await reader.move(settings(draw))
            number += 1
        return number

    numbers = await asyncio.gather(*(eager(reader, Random(k)) for k, reader in enumerate(readers)))
    await asyncio.gather(*(reader.close() for reader in readers))
    return sum(numbers) / EAGER_SECONDS


async def mixed(server: serving.Server, reader: Reader, luck: Random) -> Reader:
    """One of what readers do: a slider moved, or dragged, a table brought, or another visit by a link to any page."""
    kind = luck.random()
    if kind < 0.6:
        if reader.sliders:
            await reader.move({name: value for name, value in anywhere(luck).items() if name in reader.sliders})
        return reader
    if kind < 0.85 and reader.follow:
        await reader.drag("need_premium", luck.randrange(PORTIONS))
        return reader
    await reader.close()
    if kind < 0.95:
        opened = await Reader.open(server.url, "", "cohort=own_table&target=own")
        data, _ = corners.table(luck)
        name = uuid4().hex
        await asyncio.to_thread(uploads.put, server.url, opened, name, data)
        await opened.hand_in(name, "one.csv", len(data))
        return opened
    page = luck.choice([one.name for one in PAGES.values() if one.panel])
    return await Reader.open(
        server.url, page, links.to_query(links.write(corners.scenario(luck, "greater_manchester")))
    )


async def dragged(server: serving.Server, reader: Reader, luck: Random) -> Reader:
    """A drag over a slider: all its positions are asked for, then it is let go; now and then in a new visit."""
    if luck.random() < 0.02:
        await reader.close()
        reader = await Reader.open(server.url, query=f"hour_cost={luck.randrange(40, 100)}")
    await over_all(reader)
    await reader.move(anywhere(luck))
    return reader


Event = Callable[[serving.Server, Reader, Random], Awaitable[Reader]]


async def soak(server: serving.Server, events: int, event: Event = mixed) -> str:
    """Memory over so many events, in a line; what is bounded is filled by the first eighth."""
    readers = await open_all(server.url, EAGER)
    lucks = [Random(f"soak/{k}") for k in range(EAGER)]
    seen = []
    for turn in range(1, events // EAGER + 1):
        readers = list(await asyncio.gather(*(event(server, *one) for one in zip(readers, lucks, strict=True))))
        if turn % (events // EAGER // 8) == 0:
            busy, resting = server.memory(), await at_rest(server)
            seen.append(resting)
            print(f"  {turn * EAGER:,} events: {resting:.0f} MB at rest, {busy:.0f} before", flush=True)
    first, most = seen[0], max(seen[1:])
    told = f"{first:.0f} MB after an eighth, then at most {most:.0f} ({most / first - 1:+.1%})"
    return f"memory at rest over {events:,} events: {told}"


async def at_rest(server: serving.Server) -> float:
    """Resident memory, MB, when work that was under way has ended and what is free was given back."""
    await asyncio.sleep(memory.EVERY + 1)
    await (await Reader.open(server.url)).close()  # the end of any run gives back what is free
    await asyncio.sleep(1)
    return server.memory()


def main() -> None:
    """Print what a room takes, where a process saturates, or what memory does."""
    for option, event in (("--soak", mixed), ("--drags", dragged)):
        if option in sys.argv:
            with serving.explorer() as mine:
                print(asyncio.run(soak(mine, int(sys.argv[-1]) if sys.argv[-1].isdecimal() else EVENTS, event)))
            return
    with serving.explorer() as mine, serving.bare(CHARTS) as peer:
        for number, dragging in enumerate((0, DRAGGING)):
            print(asyncio.run(room(mine.url, dragging, READERS * number)), flush=True)
        rates = [(asyncio.run(rate(mine.url, anywhere)), asyncio.run(rate(peer.url, somewhere))) for _ in range(ROUNDS)]
        own, bare = np.median(rates, axis=0)
        share = np.median([a / b for a, b in rates])
        print(
            f"one process saturates at {own:.1f} events a second, the bare app at {bare:.1f}: {share:.2f} of it",
            flush=True,
        )


if __name__ == "__main__":
    main()
