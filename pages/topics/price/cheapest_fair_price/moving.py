"""What of the page moves while a slider is dragged, and what is worked out for it. Only caches from streamlit.

Today's price moves no more than what the answer is held beside, and the limit on results no more than what it is held
against: the question is solved once for all positions of these. What £1 has to pay back is the question itself, solved
anew at each position, without the provider's luck, which takes ten times as long.
"""

from collections.abc import Mapping
from dataclasses import replace

from pages.kit import kept
from pages.kit.live.preview import Previewed, Texts
from pages.topics.price.cheapest_fair_price import figure_words, verdict_words, work
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.evaluate import Evaluation
from pricing.questions.cheapest import rewarded
from pricing.questions.cheapest.answer import Answer, answer
from pricing.scenario.scenario import defaults

SLIDERS = ("promise_floor", "promise_people", "most_on_results")
"""The page's own numbers that have a slider."""
LATER = ("…", "worked out when you let go")
"""How far the worst year is below an average one, and what stands under it, while it is not known."""


def under_price(evaluation: Evaluation) -> Weighed:
    """The answer as the page shows it."""
    return work.shown(kept.cheapest(evaluation))


def under_limit(evaluation: Evaluation) -> Weighed:
    """The answer as the page shows it, from what was solved under the usual limit on results."""
    asked = evaluation.scenario
    usual = replace(evaluation, scenario=asked.with_(most_on_results=defaults().most_on_results))
    found = kept.cheapest(usual)
    here = found.ground.scenario.with_(most_on_results=asked.most_on_results)
    shown = work.shown(found)
    return replace(shown, found=replace(found, evaluation=evaluation, ground=replace(found.ground, scenario=here)))


def under_promise(evaluation: Evaluation) -> Weighed:
    """The answer as the page shows it but for luck; not kept, since each position is another question."""
    found: Answer = answer(evaluation)
    return Weighed(found, None, LATER[1], rewarded.under(found.ground, found.chosen.found.prices))


def without_luck(shown: Weighed) -> tuple[str, ...]:
    """The texts of the answer, with luck to come."""
    said = list(figure_words.texts(shown))
    said[5:7] = LATER
    return tuple(said)


def answer_under_price(evaluation: Evaluation) -> tuple[str, ...]:
    return figure_words.texts(under_price(evaluation))


def answer_under_limit(evaluation: Evaluation) -> tuple[str, ...]:
    return figure_words.texts(under_limit(evaluation))


def answer_under_promise(evaluation: Evaluation) -> tuple[str, ...]:
    return without_luck(under_promise(evaluation))


def verdict_under_price(evaluation: Evaluation) -> tuple[str, ...]:
    return (verdict_words.verdict(under_price(evaluation)),)


def verdict_under_limit(evaluation: Evaluation) -> tuple[str, ...]:
    return (verdict_words.verdict(under_limit(evaluation)),)


def verdict_under_promise(evaluation: Evaluation) -> tuple[str, ...]:
    return (verdict_words.verdict(under_promise(evaluation)),)


def of_part(part: str) -> tuple[Previewed, Mapping[str, Previewed]]:
    """What moves with the sliders of the price, and with each of the page's own, while a part is open."""
    ways: tuple[Texts, ...] = (verdict_under_price, verdict_under_limit, verdict_under_promise)
    if part == "answer":
        ways = (answer_under_price, answer_under_limit, answer_under_promise)
    price, limit, promise = (Previewed(before=texts, whole=True) for texts in ways)
    return price, {"most_on_results": limit, "promise_floor": promise, "promise_people": promise}
