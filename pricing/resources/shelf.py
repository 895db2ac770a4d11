"""The memory that all kept results of a process may take together: whose turn it is to go when they take more.

A result is weighed once, when it is kept: every object that it leads to, but what it was made of, which somebody else
holds. An array that several results share counts once. What the domain keeps for a while stands here beside what a
server keeps between reruns, so that one bound holds for both.
"""

import gc
import sys
import types
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial, update_wrapper
from itertools import count
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np

Given = ParamSpec("Given")
Result = TypeVar("Result")
LARGE = 1024
"""Bytes from which on an object is looked up among those of other results."""
MANY = 100_000
"""Objects of one result that are looked at, at most."""
NOT_HELD = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.CodeType)
"""What a result leads to and does not hold: the program."""
LEADS_NOWHERE = frozenset({float, int, bool, str, bytes, complex, type(None)})
"""Kinds of objects that hold no others."""
Weight = Mapping[int, int]
"""Bytes of each large object by its id, and under 0 of all that are small."""


def weigh(result: object, made_of: Iterable[object] = ()) -> Weight:
    """The memory that a ``result`` takes beside what it is ``made_of``."""
    seen, todo, small, large = {id(each) for each in made_of}, [result], 0, dict[int, int]()
    while todo and len(seen) < MANY:
        leading: list[object] = []
        for one in todo[:MANY]:
            if id(one) in seen or isinstance(one, NOT_HELD):
                continue
            seen.add(id(one))
            size = sys.getsizeof(one)
            if size < LARGE:
                small += size
            else:
                large[id(one)] = size
            if type(one) not in LEADS_NOWHERE:
                leading.append(one)
        todo = gc.get_referents(*leading)
        todo += [one.base for one in leading if isinstance(one, np.ndarray) and one.base is not None]
    return {0: small, **large}


class Shelf:
    """What is kept, the one that was not asked for the longest first, and how many ``bytes`` it takes.

    An entry is known by the number of its owner and its key there. Safe between threads.
    """

    def __init__(self, most: int = sys.maxsize) -> None:
        self.most = most
        self.bytes = 0
        self.lock = RLock()
        self.numbers = count()
        self.owners: dict[int, Callable[[Hashable], object]] = {}
        self.gone: deque[int] = deque()
        self.entries: OrderedDict[tuple[int, Hashable], Weight] = OrderedDict()
        self.times: Counter[int] = Counter()

    def owner(self, take_out: Callable[[Hashable], object]) -> int:
        """A number for somebody who keeps results; ``take_out`` takes one of them away, and holds no owner alive."""
        with self.lock:
            number = next(self.numbers)
            self.owners[number] = take_out
            return number

    def put(self, number: int, key: Hashable, weight: Weight) -> None:
        """An owner keeps a result; the oldest of anyone's go until all fit, but for this one."""
        with self.lock:
            self._forget_who_is_gone()
            self.take(number, key)
            self.entries[number, key] = weight
            self._count(weight, 1)
            while self.bytes > self.most and len(self.entries) > 1:
                (oldest, oldest_key), light = self.entries.popitem(last=False)
                self._count(light, -1)
                self.owners[oldest](oldest_key)

    def touch(self, number: int, key: Hashable) -> None:
        """A result was asked for."""
        with self.lock:
            if (number, key) in self.entries:
                self.entries.move_to_end((number, key))

    def take(self, number: int, key: Hashable) -> None:
        """An owner keeps a result no longer."""
        with self.lock:
            if (weight := self.entries.pop((number, key), None)) is not None:
                self._count(weight, -1)

    def empty(self) -> None:
        """Let everything go."""
        with self.lock:
            while self.entries:
                (number, key), light = self.entries.popitem()
                self._count(light, -1)
                self.owners[number](key)

    def _forget_who_is_gone(self) -> None:
        """Owners that have ended: told in ``gone``, since it may happen in the midst of anything."""
        ended = set()
        while self.gone:
            ended.add(self.gone.popleft())
        for entry in [entry for entry in self.entries if entry[0] in ended] if ended else ():
            self.take(*entry)
        for number in ended:
            self.owners.pop(number, None)

    def _count(self, weight: Weight, way: int) -> None:
        """Count the parts of a result in or out; those that others hold too weigh nothing more."""
        for part, size in weight.items():
            if part == 0:
                self.bytes += way * size
                continue
            before = self.times[part]
            self.times[part] = before + way
            if min(before, before + way) == 0:
                self.bytes += way * size
            if before + way == 0:
                del self.times[part]


SHELF = Shelf()
"""A server sets how much it may take; a command ends before that matters."""


class Shelved(Generic[Given, Result]):
    """A function whose results are kept by its arguments, ``most`` of them."""

    def __init__(self, work: Callable[Given, Result], most: int) -> None:
        self.work, self.most = work, most
        self.shelf = SHELF
        self.results: OrderedDict[Hashable, Any] = OrderedDict()
        self.number = self.shelf.owner(partial(self.results.pop, default=None))
        update_wrapper(self, work)

    def known(self, *given: Given.args, **named: Given.kwargs) -> Result | None:
        """What is kept for these arguments, if anything."""
        if named:
            raise TypeError(f"{self.work.__qualname__} is kept by the arguments that are given by position.")
        with self.shelf.lock:
            if given not in self.results:
                return None
            self.results.move_to_end(given)
            self.shelf.touch(self.number, given)
            return cast(Result, self.results[given])

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> Result:
        """The same, found where nothing is kept."""
        found = self.known(*given, **named)
        if found is not None:
            return found
        found = self.work(*given, **named)
        weight = weigh((given, found))
        with self.shelf.lock:
            self.results[given] = found
            self.shelf.put(self.number, given, weight)
            while len(self.results) > self.most:
                self.shelf.take(self.number, self.results.popitem(last=False)[0])
        return found


def shelved(most: int) -> Callable[[Callable[Given, Result]], Shelved[Given, Result]]:
    """Keep what a function finds by its arguments, ``most`` of it, on the shelf: for what is asked for again soon.

    Arguments are given by position, and weigh too: nobody else may hold them. Unlike ``functools.lru_cache``, whose
    place it takes for what is large, it goes when others need the room. It never finds None.
    """
    return partial(Shelved, most=most)
