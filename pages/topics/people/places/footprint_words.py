"""One price for a wide area, or one for each borough, in words and tables. No streamlit."""

import numpy as np
import pandas as pd

from pages.kit.markdown import percent, pounds
from pricing.people.area_map import AreaMap
from pricing.people.arrays import BoolArray
from pricing.questions.places.footprint import BoroughPrices, Footprint
from pricing.questions.places.neighbourhoods import Authority
from pricing.scenario.scenario import Scenario


def footprint_title(wide: Footprint, shown: BoolArray) -> str:
    """How much one price moves, and between whom."""
    moved = np.where(shown, wide.moved, np.nan)
    if np.all(np.isnan(moved)):
        return "Too few people to show what one price moves"
    high, low = int(np.nanargmax(moved)), int(np.nanargmin(moved))
    if round(moved[high]) == 0 and round(moved[low]) == 0:
        return "One price for the whole area moves nothing between its parts"
    if np.all(np.abs(moved[shown]) <= wide.chance[shown]):
        return "What one price for the whole area moves between its parts is no more than chance could move"
    return (
        f"One price for the whole area sends {wide.names[high]} {more_or_less(moved[high], ' a person')}, and "
        f"{wide.names[low]} {more_or_less(moved[low])}, than prices set place by place"
    )


def more_or_less(moved: float, per: str = "") -> str:
    """£ that a place gets more, or less: where some places are too few to be shown, all others may get more."""
    return f"{pounds(abs(moved))}{per} {'more' if moved >= 0 else 'less'}"


CHANNEL_WORDS = {
    "fee": "the premiums and the multiplier on the fee",
    "results": "the price of results, which goes where a priced reduction counts for most",
    "target": "the common target: places whose people start below the average are paid before anyone has done a thing",
}


def footprint_reading(scenario: Scenario, wide: Footprint, shown: BoolArray) -> str:
    """Through which channel it moves, and how much of it is chance."""
    weight = np.abs(wide.by_channel) @ wide.people / wide.people.sum()
    channel = list(CHANNEL_WORDS)[int(np.argmax(weight))]
    through = f" comes most of all through {CHANNEL_WORDS[channel]}" if np.any(weight >= 0.5) else ""
    gives = f"what one price for all gives instead{through}." if through else "so does one price for all, to a pound."
    within, all_of_them = int(np.sum(shown & (np.abs(wide.moved) <= wide.chance))), int(np.sum(shown))
    how_many = {0: "none", all_of_them: "all"}.get(within, str(within))
    undone = (
        " To move money is what the multiplier is for: prices set place by place with the same total would undo it."
        if scenario.area_multiplier > 1
        else ""
    )
    return (
        "Each amount is £ per person a year. "
        "With the same total, prices set place by place give each place the same per head; "
        f"{gives}{undone} The thin lines show "
        "chance: had other "
        "people been drawn into a place, its figure could differ by that much; the movement is no larger than that in "
        f"{how_many} of the {all_of_them} places. A provider in one place lives with that chance too."
    )


FOOTPRINT_POUNDS = (
    "£ per person under one price",
    "£ moved per person",
    "£ of it through the fee",
    "£ of it through the price of results",
    "£ of it through the common target",
    "£ give or take (chance)",
)


def footprint_table(wide: Footprint, prices: list[BoroughPrices], shown: BoolArray) -> pd.DataFrame:
    """What one price moves, by channel, and the payback under either price."""
    own = {price.name: price for price in prices}
    columns = dict(zip(FOOTPRINT_POUNDS, (wide.paid, wide.moved, *wide.by_channel, wide.chance), strict=True))
    table = pd.DataFrame({"Place": wide.names, **columns})
    for label, name in (("Payback, one price", "payback_wide"), ("Payback, own price", "payback_own")):
        table[label] = [getattr(own[place], name) if place in own else np.nan for place in wide.names]
    table.loc[~shown, table.columns[1:]] = np.nan
    return table


SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PARTS_OF = {1: "all", 2: "half", 3: "a third", 4: "a quarter", 5: "a fifth"}


def in_words(number: int) -> str:
    """A small number in words."""
    return SMALL[number] if number < len(SMALL) else str(number)


def outside_words(area_map: AreaMap, others: tuple[Authority, ...], inside: tuple[Authority, ...]) -> str:
    """What is known of the other part of the contract package area, and what is not."""
    scores = "; ".join(f"{a.name} {a.score:.1f}, {percent(a.most_deprived)}" for a in others)
    mine = [a.score for a in inside]
    return (
        f"{area_map.package} **Known of {area_map.beside}** "
        f"(published, Indices of Deprivation 2025): its {in_words(len(others))} authorities' mean deprivation score, "
        f"and the share of their neighbourhoods in England's most deprived tenth: {scores}. "
        f"({area_map.area}'s boroughs score {min(mine):.1f} to {max(mine):.1f}.) **Not known here**: how many people "
        "are on probation there, their needs, their risks, and in which streets they live. So no figure for "
        f"{area_map.beside} is shown unless you "
        "ask for an illustration."
    )


def outside_note(area_map: AreaMap, share: float, authorities: int) -> str:
    """What the illustration assumes."""
    return (
        f"An illustration, not a finding. It assumes that {percent(share)} of the area's people are in "
        f"{area_map.beside}, {PARTS_OF.get(authorities, 'as many')} of them in each authority, and that they are like "
        f"the people of {area_map.area} who live in places as deprived as that authority's."
    )
