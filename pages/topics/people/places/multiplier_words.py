"""What three multipliers move between places, and their cliffs, in words and tables. No streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pages.kit.markdown import count, pounds, signed
from pages.topics.people.places.words import INDEX_WORDS, SHAPE_WORDS
from pricing.people.arrays import BoolArray, FloatArray
from pricing.questions.places import multipliers
from pricing.questions.places.multipliers import Cliffs, Moved
from pricing.questions.places.neighbourhoods import Neighbourhoods
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario


def moved_title(compared: Scenario, moved: Mapping[str, Moved], levels: tuple[str, ...], shown: BoolArray) -> str:
    """Who gains and who loses most under the scenario's own index."""
    money = np.where(shown, moved[compared.area_index].by_borough, np.nan)
    if np.all(np.isnan(money)):
        return "Too few people to show what the multiplier moves"
    high, low = int(np.nanargmax(money)), int(np.nanargmin(money))
    if pounds(money[high]) == pounds(money[low]):
        return f"By {INDEX_WORDS[compared.area_index]}, the multiplier moves {signed(money[high])} a person everywhere"
    return (
        f"By {INDEX_WORDS[compared.area_index]}, {levels[high]} {'loses' if money[high] < 0 else 'gains'} "
        f"{pounds(abs(money[high]))} a person and {levels[low]} {'loses' if money[low] < 0 else 'gains'} "
        f"{pounds(abs(money[low]))}"
    )


def moved_reading(compared: Scenario, moved: Mapping[str, Moved], levels: tuple[str, ...], shown: BoolArray) -> str:
    """How the three multipliers differ."""
    money = np.where(shown, [moved[index].by_borough for index in INDEX_WORDS], np.nan)
    spread = np.nanmax(money, axis=0, initial=-np.inf, where=~np.isnan(money)) - np.nanmin(
        money, axis=0, initial=np.inf, where=~np.isnan(money)
    )
    most = int(np.argmax(np.where(shown, spread, -1)))
    values = ", ".join(f"{signed(money[row, most])} by {word}" for row, word in enumerate(INDEX_WORDS.values()))
    total = (
        "What some gain others lose: over all people it sums to zero."
        if compared.total_spend == "fixed"
        else "The total grows, so the multiplier takes from nobody: it adds to what is spent."
    )
    return (
        f"£ per person that a multiplier of {stated(compared, 'area_multiplier')}× moves into each borough, "
        "for the fee "
        "and for "
        f"results if everyone reaches the reduction they are priced for. {total} The choice matters most in "
        f"{levels[most]}: {values}."
    )


def moved_table(
    moved: Mapping[str, Moved], levels: tuple[str, ...], people: FloatArray, shown: BoolArray
) -> pd.DataFrame:
    """The same, with each borough's total."""
    table = pd.DataFrame({"Borough": levels, "People": people})
    for index, words in INDEX_WORDS.items():
        money = np.where(shown, moved[index].by_borough, np.nan)
        table[f"£ per person by {words}"] = money
        table[f"£ in all by {words}"] = money * people
    return table


def cliff_words(compared: Scenario, steps: Cliffs, places: Neighbourhoods) -> str:
    """The largest step between neighbours, where it is, and how many there are."""
    if not len(steps.top):
        return "No two neighbours differ under this multiplier."
    one, other = places.pairs[steps.top[0]]
    tenths = places.tenths[compared.area_index]
    poor, rich = (one, other) if tenths[one] < tenths[other] else (other, one)
    return (
        f"{places.names[poor]} (tenth {tenths[poor]:.0f} by {INDEX_WORDS[compared.area_index]}) and "
        f"{places.names[rich]} "
        f"(tenth {tenths[rich]:.0f}) share a border of {places.border[steps.top[0]]:,.0f} metres, and the same person "
        f"brings {pounds(steps.largest)} a year more on its more deprived side. Of {count(len(steps.step))} "
        "pairs of neighbours, "
        f"{count(steps.large)} differ by {pounds(multipliers.LARGE_STEP)} or more."
    )


def cliff_table(tenths: FloatArray, steps: Cliffs, places: Neighbourhoods) -> pd.DataFrame:
    """The highest steps, the longest border first among equals."""
    rows = []
    for pair in steps.top:
        one, other = sorted(places.pairs[pair], key=lambda place: tenths[place])
        names = {"More deprived side": places.names[one], "Its tenth": int(tenths[one])}
        names |= {"Less deprived side": places.names[other], "Tenth there": int(tenths[other])}
        rows.append(names | {"Step, £ per person": steps.step[pair], "Shared border, metres": places.border[pair]})
    return pd.DataFrame(rows)


def shapes_table(found: Mapping[tuple[str, str], Cliffs]) -> pd.DataFrame:
    """The largest step of every shape and index, and how many pairs of neighbours step by £100 or more."""
    rows = [
        {
            "Multiplier rises": SHAPE_WORDS[shape],
            "By": INDEX_WORDS[index],
            "Largest step, £ per person": steps.largest,
            "Pairs that differ by £100 or more": steps.large,
        }
        for (shape, index), steps in found.items()
    ]
    return pd.DataFrame(rows)


def shapes_words(found: Mapping[tuple[str, str], Cliffs], index: str) -> str:
    """How the shapes compare for one index."""
    said = [
        f"{SHAPE_WORDS[shape].lower()}, {pounds(steps.largest)} and {count(steps.large)} pairs"
        for (shape, other), steps in found.items()
        if other == index
    ]
    return (
        "The largest step, and the pairs of neighbours that differ by £100 or more, depend on how the multiplier "
        f"rises: {'; '.join(said)}."
    )
