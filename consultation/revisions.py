"""How far events have come, as it was at most a second ago: one look at the store for all phones of a process.

Nothing of an event but a number stays in memory.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from pricing.errors import ExplorerError

SECONDS = 1.0
REMEMBERED = 200
"""Codes remembered at most; the one that was looked up the longest ago is forgotten first."""

_lock = threading.Lock()
_seen: OrderedDict[str, tuple[int | ExplorerError, float]] = OrderedDict()


def of(code: str, look: Callable[[], int]) -> int:
    """The revision of an event: as it was last seen, or as ``look`` finds it where that is a second ago.

    Who asks while another looks waits for what that one finds; a refusal is told again for as long.
    """
    with _lock:
        found, at = _seen.get(code, (0, -SECONDS))
        if time.monotonic() - at >= SECONDS:
            _seen.pop(code, None)
            found = _looked_up(look)
            _seen[code] = found, time.monotonic()
            while len(_seen) > REMEMBERED:
                _seen.popitem(last=False)
    if isinstance(found, ExplorerError):
        raise type(found)(str(found))
    return found


def _looked_up(look: Callable[[], int]) -> int | ExplorerError:
    try:
        return look()
    except ExplorerError as problem:
        return problem.with_traceback(None)


def forget() -> None:
    """Forget every event, so that the next look goes to the store."""
    with _lock:
        _seen.clear()
