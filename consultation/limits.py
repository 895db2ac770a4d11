"""How often one browser may answer: so that a stuck finger, or a program, does not fill the store."""

import threading
import time
from collections import OrderedDict, deque

from pricing.errors import AnswerError

MOST, SECONDS = 30, 60.0
REMEMBERED = 10_000
"""Browsers remembered at most; who has been quiet longest is forgotten first."""
TOO_OFTEN = "That is more than 30 answers in a minute from this browser. Wait a minute; what was sent before is kept."

_lock = threading.Lock()
_sent: OrderedDict[str, deque[float]] = OrderedDict()


def count(person: str) -> None:
    """Note that a person answers now; raises AnswerError for the 31st time within a minute."""
    moment = time.monotonic()
    with _lock:
        times = _sent.setdefault(person, deque())
        _sent.move_to_end(person)
        while times and times[0] <= moment - SECONDS:
            times.popleft()
        if len(times) >= MOST:
            raise AnswerError(TOO_OFTEN)
        times.append(moment)
        while len(_sent) > REMEMBERED:
            _sent.popitem(last=False)


def forget() -> None:
    """Forget who has answered how often."""
    with _lock:
        _sent.clear()
