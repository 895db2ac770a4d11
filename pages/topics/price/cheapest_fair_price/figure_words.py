"""The answer in three numbers, and what stands beside them, in words. No streamlit."""

from pages.kit.markdown import millions, pounds
from pages.topics.price.cheapest_fair_price import verdict_words
from pages.topics.price.cheapest_fair_price.weighed import Weighed
from pricing.scenario.in_words import stated


def numbers(shown: Weighed) -> list[tuple[str, str, str]]:
    """Cost, share on results, and a bad year beside reserves: label, number, and the words under it."""
    found, asked, luck = shown.found, shown.found.ground.scenario, shown.luck
    whole = millions(found.chosen.cost * float(found.ground.people.sum()))
    taken, beside = ("not known", "see below")
    if luck is not None:
        taken, beside = pounds(luck.taken), f"reserves may bear {pounds(luck.bearable)}"
    return [
        ("Cost a person", verdict_words.cost(shown), f"{whole} a year in all"),
        ("Share of it on results", verdict_words.share(shown), f"your limit: {stated(asked, 'most_on_results')}"),
        ("Worst year in 20 below average", taken, beside),
    ]


def beside(shown: Weighed) -> str:
    """The cost beside that of the price as it stands, and what the promise does not promise."""
    return f"{verdict_words.beside_today(shown)} {verdict_words.on_average(shown)}"


def texts(shown: Weighed) -> tuple[str, ...]:
    """All texts of the answer that move with a slider, in the order in which they stand."""
    figures = (text for _, number, under in numbers(shown) for text in (number, under))
    return (verdict_words.verdict(shown), *figures, beside(shown))
