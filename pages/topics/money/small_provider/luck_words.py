"""Luck of a small provider, by its size and with partners, in words. No streamlit."""

import math

import numpy as np
import pandas as pd

from pages.kit.markdown import count, pence, percent, pounds
from pricing.people.arrays import FloatArray
from pricing.questions.small_provider.consortium import COLLAR, Together
from pricing.questions.small_provider.luck_or_skill import LINE, MARGIN, LuckByShare, LuckBySize
from pricing.questions.small_provider.said.words import middle_of_range
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario
from pricing.words.numbers import in_100, significant

BAD = "a bad year's results pay"
AVERAGE = "an average year's"
BELOW = "Results pay of the worst year in 20 below an average year's, £"
"""Luck as the heading of a column: a distance, not a sum that is lost or taken back."""
DISTANCE = (
    "That is a distance, not a loss: what an average year is paid for results goes first, and at most what lies below "
    "£0 is taken back. "
)


def luck_title(found: LuckBySize, scenario: Scenario) -> str:
    """How many clients it takes before a bad year can be borne."""
    borne = f"less than {stated(scenario, 'luck_share')} of reserves below {AVERAGE}, reserves growing with clients"
    if math.isnan(found.enough):
        why = ": clients share much of the luck" if found.floor * found.numbers[0] > found.bearable[0] else ""
        return f"Not even with {count(found.numbers[-1])} clients is {BAD} {borne}{why}"
    if found.enough <= found.numbers[0]:
        return f"With {count(found.numbers[0])} clients or more, {BAD} is {borne}"
    return f"It takes about {significant(found.enough)} clients before {BAD} is {borne}"


def luck_reading(found: LuckBySize, scenario: Scenario) -> str:
    """What the three curves are, and what size cannot do."""
    few, many = count(found.numbers[0]), count(found.numbers[-1])

    def by_size(chance: FloatArray) -> str:
        return f"{in_100(chance[0])} years with {few} clients and {in_100(chance[-1])} with {many}"

    return (
        "The provider gives what is needed, just as promised; only luck differs. If the contract covers its cost on "
        f"average and no more, it is paid less than that in {by_size(found.short)}. If it pays {percent(MARGIN)} more "
        "(the profit that owners expected of Transforming Rehabilitation), that happens in "
        f"{by_size(found.short_with_margin)}. “Too much for reserves” is how often results pay is more than "
        f"{stated(scenario, 'luck_share')} of them below {AVERAGE}, if reserves grow with clients: they may bear "
        f"{pounds(found.bearable[0] / found.numbers[0])} a client, and the luck that all clients share takes "
        f"it {pounds(found.floor)} a client below in a bad year, the worst in 20, however many there are. {DISTANCE}"
        "The verdict above sets what the worst year loses, all told, against the reserves as they are. "
    ) + f"{neighbours(found)}{middle_of_range(scenario)}"


def neighbours(found: LuckBySize) -> str:
    """How the chance jumps from one number of clients to the next, at the provider's own; nothing where it does not."""
    if len(found.near) == 1:
        return "The ring is this provider’s own number."
    numbers = [count(number) for number in found.near]
    chances = [f"{100 * chance:.0f}" for chance in found.near_short]
    clients, years = (f"{', '.join(each[:-1])} and {each[-1]}" for each in (numbers, chances))
    return (
        f"The rings are this provider’s own number and those next to it: with {clients} clients it is paid less than "
        f"its cost in {years} of 100 years. That jumps up and down because clients are whole people, and with one "
        "more the target falls between two other whole numbers of results. One client more or fewer says nothing; the "
        "whole curve tells."
    )


def share_title(found: LuckByShare, scenario: Scenario) -> str:
    """How far a bad year's results pay falls at the line of the consultation answer."""
    beside = f"; reserves may bear {pounds(scenario.luck_share * scenario.reserves)}"
    now = float(np.interp(scenario.results_share, found.shares, found.share_bad_year))
    at_the_line = f"{pounds(found.line_bad_year)} below {AVERAGE} with {percent(LINE)} on results"
    if abs(scenario.results_share - LINE) < 1e-9:
        return f"For this provider {BAD} is {at_the_line}{beside}"
    return (
        f"For this provider {BAD} is {at_the_line}, and {pounds(now)} with {stated(scenario, 'results_share')}{beside}"
    )


def share_reading(scenario: Scenario) -> str:
    """What the line is, what the two others are, and for how many clients."""
    return f"{SHARE_READING}{middle_of_range(scenario)}"


SHARE_READING = (
    "How far results pay of a bad year, the worst in 20, is below an average year's, by the share of the contract that "
    f"hangs on results. {DISTANCE}In 2013 the voluntary sector called more than 20% a significant concern, and 20% a "
    "struggle for smaller organisations: the dotted line. The level across is what reserves may bear, as set above. "
    "This is luck in results pay alone: the year counts who comes in fees and costs too, and the verdict what an "
    "average year leaves."
)


def luck_table(found: LuckBySize) -> pd.DataFrame:
    """Luck by number of clients."""
    return pd.DataFrame(
        {
            "Clients": found.numbers,
            "Chance: paid less than cost, no margin": found.short,
            f"Chance: paid less than cost, {percent(MARGIN)} margin": found.short_with_margin,
            "Chance: further below an average year's than reserves may bear": found.unbearable,
            BELOW: found.bad_year,
            "What reserves may bear, £": found.bearable,
        }
    )


def share_table(found: LuckByShare) -> pd.DataFrame:
    """Luck by share on results."""
    return pd.DataFrame({"Share on results": found.shares, BELOW: found.share_bad_year})


def together_title(found: Together) -> str:
    """What pooling removes, and the floor."""
    at = found.own if found.partners[found.own] > 1 else int(np.searchsorted(found.partners, 8))
    left = "not at all" if found.floor_sd < 0.5 else f"by {pounds(found.floor_sd)} and not {pounds(found.sd[0])}"
    return (
        f"With {count(found.partners[at])} partners, each one's results pay swings {percent(found.removed[at])} less "
        f"from year to year; with ever more, {left}"
    )


def together_reading(found: Together, scenario: Scenario) -> str:
    """What the curve is, what the floor is, and what pooling does to effort."""
    said = (
        f"Each partner is like this provider and gives what is needed.{middle_of_range(scenario)} The "
        "swing is how far a year's results pay usually is from its average for one of them (the standard deviation). "
        "Pooling spreads what "
        "happens to be different between partners. It cannot spread what all clients share, such as a year's jobs, "
        f"homes or policing (here {stated(scenario, 'common_shock')} in log-odds, the logarithm of the odds; "
        "an assumption): that floor only the "
        "commissioner can lower. "
    )
    alone, many = found.payback[0], found.payback[found.own]
    if math.isnan(alone):
        return said
    if found.own == 0:
        return said + (
            f"It also thins out what effort earns: alone, an extra £1 of needed support pays back {pence(alone)}; "
            f"among {count(found.partners[-1])} partners, {pence(found.payback[-1])}."
        )
    return said + (
        f"It also thins out what effort earns: an extra £1 of needed support pays a partner back {pence(many)}, "
        f"against {pence(alone)} alone, since the rest goes to the others."
    )


def levers(found: Together) -> pd.DataFrame:
    """What only the commissioner can do, for one partner of the consortium as it is."""
    now = ("As the contract is", found.bad_year[found.own], found.payback[found.own])
    rows = [
        now,
        (f"Only {percent(found.share)} on results", found.lower_share.bad_year, found.lower_share.payback),
        ("A live comparison group", found.comparison.bad_year, found.comparison.payback),
        (f"A collar of {percent(COLLAR)} of results money", found.collar.bad_year, found.collar.payback),
    ]
    return pd.DataFrame(rows, columns=["What the commissioner does", BELOW, "Payback, £"])


LEVERS_READING = (
    "A lower share costs incentive in proportion. A live comparison group moves with the year's jobs, homes and "
    "policing, so only own luck is left (here the group itself is taken to be without luck). A collar keeps pay near "
    "what is expected, and pays for an extra result only inside it."
)


def together_table(found: Together) -> pd.DataFrame:
    """A consortium by its number of partners, £ a year to one of them."""
    return pd.DataFrame(
        {
            "Partners": found.partners,
            "Swing of results pay (standard deviation), £": found.sd,
            BELOW: found.bad_year,
            "Chance of a loss": found.chance_of_loss,
            "Payback of own extra £1, £": found.payback,
        }
    )


def levers_table(found: Together) -> str:
    """The same as a table in markdown, which reads on a phone."""
    rows = [
        f"| {what} | {pounds(luck)} | {pence(back)} |" for what, luck, back in levers(found).itertuples(index=False)
    ]
    head = f"| For one partner | {BELOW.removesuffix(', £')} | An extra £1 of its support pays back |"
    return "\n".join([head, "| --- | ---: | ---: |", *rows])
