"""What is found for one evaluation, kept for as long as that evaluation is: several figures of a page ask for it."""

from collections.abc import Callable, Hashable
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from pricing.evaluate import Evaluation

Further = ParamSpec("Further")
ForEvaluation = TypeVar("ForEvaluation")


def kept_with(
    work: Callable[Concatenate[Evaluation, Further], ForEvaluation],
) -> Callable[Concatenate[Evaluation, Further], ForEvaluation]:
    """Keep what ``work`` finds for the very same evaluation, by whatever else it is given; nothing outlives it."""
    asked = signature(work)
    held: WeakKeyDictionary[Evaluation, dict[Hashable, Any]] = WeakKeyDictionary()

    @wraps(work)
    def found(evaluation: Evaluation, /, *given: Further.args, **named: Further.kwargs) -> ForEvaluation:
        results = held.setdefault(evaluation, {})
        bound = asked.bind(evaluation, *given, **named)
        bound.apply_defaults()
        key = bound.args[1:]
        if key not in results:
            results[key] = work(evaluation, *given, **named)
        result: ForEvaluation = results[key]
        return result

    return found
