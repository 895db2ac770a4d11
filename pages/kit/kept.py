"""Results kept between reruns: nothing is worked out twice, and a reader's own people stay in their visit.

What fails is kept too: a reload of a link that cannot be shown must not pay for the failure again. What takes too long
in full is kept as coarser, and said to be wherever it is shown.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import partial, wraps
from threading import Event
from typing import Any, cast
from weakref import finalize

import pandas as pd
import streamlit as st

from pages.kit.cost import coarser, heavy, limits
from pages.kit.cost.coarser import Coarser
from pricing.errors import ExplorerError
from pricing.evaluate import Evaluation, evaluate
from pricing.people.cohort import Cohort
from pricing.people.strata import Strata, reduce
from pricing.questions.cheapest.answer import Answer, SolvedQuestion, answer, solve
from pricing.questions.fairness import amplification, characteristics
from pricing.questions.fairness.characteristics import Characteristic
from pricing.questions.how_sure import draws, how_sure, tornado
from pricing.questions.how_sure.how_sure import Draws
from pricing.questions.how_sure.tornado import Swing
from pricing.questions.places import neighbourhoods, same_people
from pricing.questions.results_paid import AREAS, ChanceOfPay, ResultsPaid, chance_in_area, results_paid
from pricing.questions.savings import spending
from pricing.questions.savings.spending import Offer, Refusal
from pricing.resources.shelf import SHELF, Given, Result, weigh
from pricing.scenario.scenario import OWN_TABLE, Scenario

MOST = 48
"""Results of one kind kept per process; an evaluation takes about 1.5 MB on the default cohort."""
MOST_LARGE = 12
"""The same for what is larger: draws take 2 to 5 MB, a set of offers an evaluation for each of two."""
MOST_IN_VISIT = 6
"""Results of one kind kept in a visit with a reader's own people, who may be large: A, B and what they are held to."""
IN_VISIT = "kept_in_visit"
PASSING = (MemoryError, OSError)
"""What may fail now and succeed later: it is not kept."""
LOG = logging.getLogger(__name__)
SHELF.most = limits.MOST_BYTES_KEPT


class NotWorkedOutError(ExplorerError):
    """Work on a reader's settings failed in a way that nobody foresaw; the log says how."""


@dataclass(frozen=True)
class Failure:
    """Work that failed: the kind of error that a reader is told of, and its sentence."""

    kind: type[ExplorerError]
    sentence: str

    @classmethod
    def of(cls, problem: Exception) -> "Failure":
        """What is kept of an error, and the log told of one that was not foreseen: no frame of it stays in memory."""
        if isinstance(problem, ExplorerError):
            return cls(type(problem), str(problem))
        LOG.error("Work that is kept has failed.", exc_info=problem)
        return cls(
            NotWorkedOutError,
            f"The explorer met an error of its own here ({type(problem).__name__}), which is not your doing. "
            "Other settings may work; please tell whoever runs it which link this was.",
        )


class Bounded:
    """Results by key, at most so many: the one that was not asked for the longest goes first. Safe between threads.

    They stand on the shelf of the process beside all others, and go earlier where those take too much memory.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.results: OrderedDict[Hashable, Any] = OrderedDict()
        self.pending: dict[Hashable, Event] = {}
        self.lock = SHELF.lock
        self.number = SHELF.owner(partial(self.results.pop, default=None))  # the results alone: see `Shelf.owner`
        finalize(self, SHELF.gone.append, self.number).atexit = False

    def get(self, key: Hashable, work: Callable[[], Any], made_of: tuple[object, ...] = ()) -> Any:
        """The result under a key, worked out where there is none; raises an ExplorerError where that fails, or failed.

        What it is ``made_of`` is held by others, and weighs nothing here.

        Of threads that ask at once one works it out, and the others wait for it; one of them if its visit ends.
        """
        while True:
            with self.lock:
                known, other = self._holds(key), self.pending.get(key)
                if known:
                    self.results.move_to_end(key)
                    SHELF.touch(self.number, key)
                    result = self.results[key]
                elif other is None:
                    self.pending[key] = Event()
            if known:
                break
            if other is None:
                result = self._filled(key, work, made_of)
                break
            heavy.await_others(other)
        if isinstance(result, Failure):
            raise result.kind(result.sentence)
        return coarser.used(result) if isinstance(result, Coarser) else result

    def _holds(self, key: Hashable) -> bool:
        """Whether there is a result under a key, and not one that only held while another page was opened."""
        result = self.results.get(key, self)
        return result is not self and not (isinstance(result, Coarser) and not result.holds)

    def _filled(self, key: Hashable, work: Callable[[], Any], made_of: tuple[object, ...]) -> Any:
        """Work out what is asked for under a key, and keep it; whatever happens, those who wait go on."""
        try:
            result = self._worked_out(work)
            weight = weigh(result, made_of)
            with self.lock:
                self.results[key] = result
                SHELF.put(self.number, key, weight)
                while len(self.results) > self.most:
                    oldest, _ = self.results.popitem(last=False)
                    SHELF.take(self.number, oldest)
            return result
        finally:
            with self.lock:
                self.pending.pop(key).set()

    def _worked_out(self, work: Callable[[], Any]) -> Any:
        try:
            return coarser.worked_out(work)
        except PASSING:
            raise
        except Exception as problem:  # whatever it is, it would be the same again
            return Failure.of(problem)


def kept(most: int = MOST) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Keep what a function finds, by its arguments: evaluations and cohorts by what they hold, others as they are.

    Results on built-in cohorts are shared by the process, ``most`` of them. Results on a reader's own people stay in
    the state of the visit that asked for them. Arguments are given by position.
    """

    def decorate(work: Callable[Given, Result]) -> Callable[Given, Result]:
        shared = Bounded(most)
        name = f"{work.__module__}.{work.__qualname__}"

        @wraps(work)
        def looked_up(*given: Given.args, **named: Given.kwargs) -> Result:
            if named:
                raise TypeError(f"{name} is kept by the arguments that are given by position; give it these alone.")
            own = any(cohort_of(one).name == OWN_TABLE for one in given if isinstance(one, Cohort | Evaluation))
            results = of_visit(name, min(most, MOST_IN_VISIT)) if own else shared
            key = tuple(map(identity, cast(tuple[Hashable, ...], given)))
            return cast(Result, results.get(key, lambda: work(*given, **named), held_by_others(given)))

        return looked_up

    return decorate


def held_by_others(given: tuple[object, ...]) -> tuple[object, ...]:
    """What a result may lead to and its caller holds: the arguments, and the people of an evaluation."""
    return (*given, *(one.cohort for one in given if isinstance(one, Evaluation)))


def cohort_of(argument: Cohort | Evaluation) -> Cohort:
    """The people that an argument is about."""
    return argument if isinstance(argument, Cohort) else argument.cohort


def identity(argument: Hashable) -> Hashable:
    """What tells an argument from others: the name, label and digest of a cohort, and the scenario held against it."""
    if isinstance(argument, Evaluation):
        return argument.scenario, identity(argument.cohort)
    if isinstance(argument, Cohort):
        return argument.name, argument.label, argument.digest
    return argument


def of_visit(name: str, most: int) -> Bounded:
    """The results of one kind that this visit keeps."""
    by_name: dict[str, Bounded] = st.session_state.setdefault(IN_VISIT, {})
    return by_name.setdefault(name, Bounded(most))


@kept()
def _of_price(scenario: Scenario, cohort: Cohort) -> Evaluation:
    return evaluate(scenario, cohort)


@kept()
def of(scenario: Scenario, cohort: Cohort) -> Evaluation:
    """Evaluation of a scenario on a cohort; raises ScenarioError where the price has no meaning for it.

    The price, which takes the time, is shared by all providers.
    """
    return replace(_of_price(scenario.price_alone(), cohort), scenario=scenario)


@kept()
def results(evaluation: Evaluation) -> ResultsPaid:
    """How the evaluated contract turns results into pay."""
    return results_paid(evaluation)


@kept()
def _chance_in(evaluation: Evaluation, area: str) -> ChanceOfPay:
    return chance_in_area(evaluation, area)


def areas(evaluation: Evaluation) -> Mapping[str, ChanceOfPay]:
    """The chance of any pay under the evaluated contract in small and large areas, each a work of its own."""
    return {name: _chance_in(evaluation, name) for name in AREAS}


@kept(MOST_LARGE)
def offers(evaluation: Evaluation) -> list[Offer | Refusal]:
    """What a shared pot would pay for."""
    return spending.offers(evaluation)


@kept()
def _of_provider(work: Callable[[Evaluation, str], Any], evaluation: Evaluation, hours: str) -> Any:
    return work(evaluation, hours)


def of_provider(work: Callable[[Evaluation, str], Result], evaluation: Evaluation, hours: str) -> Result:
    """What ``work`` finds for the scenario's provider, which gives ``hours``."""
    return cast(Result, _of_provider(work, evaluation, hours))


@kept(8)
def _strata(cohort: Cohort, index: str, most: int, rates: tuple[float, ...]) -> Strata:
    return reduce(cohort, draws.of(cohort), index, most, rates)


def strata_of(evaluation: Evaluation) -> Strata:
    """The strata on which the draws of an evaluation run, shared by all prices that afford as many."""
    scenario = evaluation.scenario
    return _strata(evaluation.cohort, scenario.area_index, how_sure.most_strata(scenario), scenario.rates_apart)


@kept(MOST_LARGE)
def draws_of(evaluation: Evaluation) -> Draws:
    """What a price rewards in each draw of what is uncertain."""
    return how_sure.draw(evaluation, strata_of(evaluation))


@kept(MOST_LARGE)
def swings_of(evaluation: Evaluation) -> tuple[Swing, ...]:
    """How far the payback moves with each assumption, and where the verdict turns."""
    return tornado.tornado(evaluation)


@kept(4)
def characteristics_of(cohort: Cohort) -> tuple[Characteristic, ...]:
    """What people are looked at by on the fairness page."""
    return characteristics.of(cohort)


@kept(MOST_LARGE)
def fairness_draws(evaluation: Evaluation) -> amplification.Drawn:
    """Reoffences, hours and margins in each draw of what is uncertain."""
    return amplification.drawn(evaluation, strata_of(evaluation))


@kept(MOST_LARGE)
def _cheapest(question: Scenario, cohort: Cohort) -> SolvedQuestion:
    return solve(question, cohort)


def cheapest(evaluation: Evaluation) -> Answer:
    """The cheapest fair price, for the question that the scenario asks; solved once for all prices of today."""
    return answer(evaluation, _cheapest)


@kept()
def everywhere(evaluation: Evaluation) -> pd.DataFrame:
    """What a price rewards for the same people in every neighbourhood; shared, so callers must not change it."""
    tenths = neighbourhoods.load(evaluation.cohort.name).tenths
    return same_people.everywhere(evaluation, tenths["overall"], tenths[evaluation.scenario.area_index])
