"""What is found for one object, kept for as long as that object is: several figures of a page ask for it."""

from collections.abc import Callable, Hashable
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")
Further = ParamSpec("Further")
FoundForOwner = TypeVar("FoundForOwner")


def kept_with(
    work: Callable[Concatenate[Owner, Further], FoundForOwner],
) -> Callable[Concatenate[Owner, Further], FoundForOwner]:
    """Keep what ``work`` finds for its first argument or one equal to it, by whatever else it is given.

    Nothing outlives that owner. What is found may not lead back to it, or it would never go.
    """
    asked = signature(work)
    held: WeakKeyDictionary[Owner, dict[Hashable, Any]] = WeakKeyDictionary()

    @wraps(work)
    def found(owner: Owner, /, *given: Further.args, **named: Further.kwargs) -> FoundForOwner:
        results = held.setdefault(owner, {})
        bound = asked.bind(owner, *given, **named)
        bound.apply_defaults()
        key = bound.args[1:]
        if key not in results:
            results[key] = work(owner, *given, **named)
        result: FoundForOwner = results[key]
        return result

    return found
