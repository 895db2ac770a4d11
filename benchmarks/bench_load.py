"""A room of readers on one process: ``python -m benchmarks.bench_load``; with ``--soak``, memory over 5,000 events too.

Forty readers each move a slider every five seconds, as in a consultation event. Then eight move theirs as fast as they
are answered: the rate at which one process saturates, beside that of a bare app with as many charts, in turn.
"""

import asyncio
import sys
from collections.abc import Callable
from random import Random

import numpy as np

from benchmarks import serving
from benchmarks.readers import Reader, open_all

READERS = 40
EVERY = 5.0
SECONDS = 60.0
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


async def calm(reader: Reader, draw: Random) -> list[float]:
    """Seconds of each answer to a reader who moves a slider every five seconds."""
    await asyncio.sleep(draw.uniform(0, EVERY))
    taken = []
    end = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < end:
        seconds = await reader.move(anywhere(draw))
        taken.append(seconds)
        await asyncio.sleep(max(EVERY - seconds, 0))
    return taken


async def room(url: str) -> str:
    """The answers to a room of readers, in a line."""
    readers = await open_all(url, READERS)
    taken = np.concatenate(await asyncio.gather(*(calm(reader, Random(k)) for k, reader in enumerate(readers))))
    errors = sum(len(reader.errors) for reader in readers)
    await asyncio.gather(*(reader.close() for reader in readers))
    half, most = 1e3 * np.quantile(taken, [0.5, 0.95])
    return f"{READERS} readers, {len(taken)} events: median {half:.0f} ms, p95 {most:.0f} ms, {errors} errors"


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


async def soak(server: serving.Server) -> str:
    """Memory before and after 5,000 events, in a line; a tenth as many come first, to fill what is bounded."""
    readers = await open_all(server.url, EAGER)

    async def events(number: int) -> None:
        for _ in range(number // EAGER):
            await asyncio.gather(*(reader.move(anywhere(draw)) for reader, draw in drawn))

    drawn = [(reader, Random(k)) for k, reader in enumerate(readers)]
    await events(EVENTS // 10)
    before = server.memory()
    await events(EVENTS)
    after = server.memory()
    return f"memory over {EVENTS:,} events: {before:.0f} MB, then {after:.0f} MB ({after / before - 1:+.1%})"


def main() -> None:
    """Print what a room takes, where a process saturates, and with ``--soak`` what memory does."""
    with serving.explorer() as mine, serving.bare(CHARTS) as peer:
        print(asyncio.run(room(mine.url)), flush=True)
        rates = [(asyncio.run(rate(mine.url, anywhere)), asyncio.run(rate(peer.url, somewhere))) for _ in range(ROUNDS)]
        own, bare = np.median(rates, axis=0)
        share = np.median([a / b for a, b in rates])
        print(
            f"one process saturates at {own:.1f} events a second, the bare app at {bare:.1f}: {share:.2f} of it",
            flush=True,
        )
        if "--soak" in sys.argv:
            print(asyncio.run(soak(mine)))


if __name__ == "__main__":
    main()
