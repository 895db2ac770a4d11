"""A room under attack: ``python -m benchmarks.bench_attack``, two processes behind the nginx of ``deploy/``.

Forty ordinary readers each move a slider every five seconds. They are measured alone, and again while others send six
bodies that no page sends, keep 30 heavy links at work, hold 300 idle sockets, send 30 large files, and open 50 pages
that they do not read. All of them come from one address, which is the worst case for the limits by address.
"""

import argparse
import asyncio
import http.client
import subprocess
import sys
from collections import Counter
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from random import Random
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from benchmarks import bench_load, corners, uploads
from benchmarks.behind_nginx import deployment
from benchmarks.readers import Reader, open_all
from pricing.scenario import links

KINDS = ("bodies", "heavy", "files", "slow", "idle")
HEAVY, IDLE, FILES, SLOW = 30, 300, 30, 50
LARGE = 20_000_000
"""Bytes of a large file."""
EVERY = 5.0
"""Seconds between two volleys of bodies that no page sends."""
LOST = (OSError, WebSocketException, http.client.HTTPException, EOFError)
"""What a refusal looks like from outside."""


class Attack:
    """What was tried, and how it was answered."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: Counter[str] = Counter()

    def tasks(self, kinds: Sequence[str]) -> list[Coroutine[Any, Any, None]]:
        """All of these kinds at once, each until it is cancelled; what fills the limits comes last."""
        every: dict[str, list[Coroutine[Any, Any, None]]] = {
            "bodies": [self.bodies()],
            "heavy": [self.heavy(Random(f"attack/{k}")) for k in range(HEAVY)],
            "files": [self.file(k) for k in range(FILES)],
            "slow": [self.slow() for _ in range(SLOW)],
            "idle": [self.idle() for _ in range(IDLE)],
        }
        for kind in set(every) - set(kinds):
            for one in every.pop(kind):
                one.close()
        return [one for some in every.values() for one in some]

    async def go_on(self, kinds: Sequence[str], seconds: float) -> None:
        """Attack for so long."""
        tasks = [asyncio.create_task(one) for one in self.tasks(kinds)]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def bodies(self) -> None:
        """Six bodies of 6 MB where no page has any, and two uploads of 24 MB to no visit."""
        while True:
            asked = [("POST", "/glossary", 6_000_000)] * 6 + [("PUT", "/_stcore/upload_file/x/y", 24_000_000)] * 2
            await asyncio.gather(*(asyncio.to_thread(self.send, *one) for one in asked))
            await asyncio.sleep(EVERY)

    def send(self, method: str, path: str, size: int) -> None:
        """One body."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, b"x" * size)
            with connection.getresponse() as answer:
                self.answers[f"{method} {answer.status}"] += 1
        except LOST:
            self.answers[f"{method} cut off"] += 1
        finally:
            connection.close()

    async def heavy(self, luck: Random) -> None:
        """One link after another to the slowest page, each with settings that nobody has asked for."""
        while True:
            corner = corners.scenario(luck, "greater_manchester").with_(common_shock=0.5)
            query = links.to_query(links.write(corner) | {links.PART: luck.choice(("year", "prime", "years"))})
            try:
                reader = await Reader.open(self.url, "small_provider", query)
                self.answers["heavy links answered"] += 1
                await reader.close()
            except LOST:
                self.answers["heavy links refused"] += 1
                await asyncio.sleep(1)

    async def idle(self) -> None:
        """A socket on which nothing is ever said."""
        try:
            async with connect(socket_of(self.url), subprotocols=["streamlit"], proxy=None) as held:  # type: ignore[list-item]
                self.answers["idle sockets held"] += 1
                await held.wait_closed()
        except LOST:
            self.answers["idle sockets refused"] += 1

    async def slow(self) -> None:
        """A page that is asked for again and again, and never read."""
        try:
            async with connect(socket_of(self.url), subprotocols=["streamlit"], proxy=None, max_queue=1) as held:  # type: ignore[list-item]
                self.answers["slow readers held"] += 1
                while True:
                    message = BackMsg()
                    message.rerun_script.page_name = "places"
                    await held.send(message.SerializeToString())
                    await asyncio.sleep(4 * EVERY)
        except LOST:
            self.answers["slow readers refused"] += 1

    async def file(self, number: int) -> None:
        """A visit that sends large files, one after another."""
        data = b"x" * LARGE
        try:
            reader = await Reader.open(self.url, "glossary")
        except LOST:
            self.answers["uploads without a visit"] += 1
            return
        for turn in range(1000):
            try:
                status = await asyncio.to_thread(uploads.put, self.url, reader, f"{number}-{turn}", data)
                self.answers[f"uploads {status}"] += 1
            except LOST:
                self.answers["uploads cut off"] += 1
            await asyncio.sleep(EVERY)


def socket_of(url: str) -> str:
    """The address of a visit's socket."""
    return url.replace("http", "ws", 1) + "/_stcore/stream"


async def room(readers: list[Reader]) -> str:
    """The answers to a room of ordinary readers, in a line."""
    each = [bench_load.calm(one, Random(k), drags=False) for k, one in enumerate(readers)]
    taken = np.concatenate([moved for moved, _ in await asyncio.gather(*each)])
    errors = sum(len(one.errors) for one in readers)
    half, most, last = np.quantile(taken, [0.5, 0.95, 1.0])
    within = np.mean(taken <= 1.0)
    return (
        f"{len(readers)} readers, {len(taken)} answers: median {half:.2f} s, 95 in 100 within {most:.2f} s, "
        f"slowest {last:.2f} s; {within:.1%} within 1 s; {errors} errors"
    )


async def both(url: str, kinds: str) -> None:
    """The room alone, then under attack from a process of its own, with the same readers."""
    readers = await open_all(url, bench_load.READERS)
    print(f"alone: {await room(readers)}", flush=True)
    attack = ["-m", "benchmarks.bench_attack", "--against", url, "--kinds", kinds]
    with subprocess.Popen([sys.executable, *attack, "--seconds", str(bench_load.SECONDS + EVERY)]) as attackers:
        print(f"under attack: {await room(readers)}", flush=True)
        await asyncio.gather(*(reader.close() for reader in readers))
        await asyncio.to_thread(attackers.wait)


def read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A room under attack.")
    parser.add_argument("--seconds", type=float, default=bench_load.SECONDS, help="of each of the two rooms")
    parser.add_argument("--kinds", default=",".join(KINDS), help="of attack")
    parser.add_argument("--against", help="attack a server alone, which this does for itself")
    return parser.parse_args()


def main() -> None:
    """Print what a room takes alone and under attack, and how the attack was answered."""
    told = read()
    bench_load.SECONDS = told.seconds
    if told.against:
        attack = Attack(told.against)
        asyncio.run(attack.go_on(told.kinds.split(","), told.seconds))
        print(*(f"  {answer}: {number}" for answer, number in sorted(attack.answers.items())), sep="\n", flush=True)
        return
    with deployment() as (url, processes):
        asyncio.run(both(url, told.kinds))
        print("  memory of the processes, MB:", ", ".join(f"{one.memory():.0f}" for one in processes))


if __name__ == "__main__":
    main()
