"""What is awaited in a test: in a thread of its own, since a browser of other tests may hold a loop of this one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Found = TypeVar("Found")


def awaited(work: Coroutine[Any, Any, Found]) -> Found:
    """What ``work`` finds; raises what it raises."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
