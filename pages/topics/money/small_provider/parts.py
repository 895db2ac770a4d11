"""The parts of the page on being a small provider, of which one is shown at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.grid_container import GridContainer

from pages.frame import own_table_upload
from pages.kit import kept, show
from pages.kit.cost import one_opening
from pages.kit.cost.heavy import OverBudgetError
from pages.kit.cost.one_opening import PutOffError
from pages.kit.markdown import pounds
from pages.topics.money.small_provider import charts, luck_words, years_words
from pricing.evaluate import Evaluation
from pricing.questions.small_provider import (
    cash,
    consortium,
    luck_or_skill,
    prime,
    seats,
    several_years,
    surplus,
    trustees,
)
from pricing.questions.small_provider.cash import Cash
from pricing.questions.small_provider.consortium import Together
from pricing.questions.small_provider.luck_or_skill import LuckByShare, LuckBySize
from pricing.questions.small_provider.prime import UnderPrime
from pricing.questions.small_provider.remedies import REMEDIES, Remedy
from pricing.questions.small_provider.said import questions, verdict_words, words
from pricing.questions.small_provider.seat_flags import Flag
from pricing.questions.small_provider.several_years import SeveralYears
from pricing.questions.small_provider.surplus import Surplus
from pricing.questions.small_provider.trustees import AtStake, Verdict
from pricing.scenario import links
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario


@dataclass(frozen=True)
class Shown:
    """What every part is about: a price, the provider's year, and the hours that it gives (clients.HOURS)."""

    evaluation: Evaluation
    year: Surplus
    hours: str


def figure(row: GridContainer, label: str, value: str, beside: str) -> None:
    """A number that matters, and what to hold it against."""
    row.metric(label, value, beside, delta_color="off", delta_arrow="off", border=True)


@kept.kept()
def answer(evaluation: Evaluation) -> Verdict:
    """The verdict for trustees, kept, without what would turn it."""
    return trustees.answer(evaluation)


@kept.kept()
def remedy(evaluation: Evaluation, name: str) -> Remedy:
    """One of the REMEDIES, kept."""
    return REMEDIES[name](evaluation)


def remedied(evaluation: Evaluation, found: Verdict) -> Verdict:
    """A verdict that is no, with what alone would turn it; what takes too long is left out, and told to be.

    So is what is put off to the next opening of the page.
    """
    later = False
    for name in REMEDIES:
        try:
            found = found.with_remedy(name, None if later else remedy(evaluation, name))
        except PutOffError:
            one_opening.put_off()
            later = True
            found = found.with_remedy(name, None)
        except OverBudgetError:
            found = found.with_remedy(name, None)
    return found


def what_turns(place: DeltaGenerator, evaluation: Evaluation, found: Verdict) -> None:
    """Under a verdict that is no, what alone would turn it, why it would, and what a yes would mean."""
    if found.carried:
        return
    found, scenario = remedied(evaluation, found), evaluation.scenario
    said = (verdict_words.why_so_many(found, scenario), verdict_words.meaning(found, scenario))
    with place:
        st.markdown(f"**{verdict_words.remedies(found)}**")
        if any(said):
            st.write(" ".join(filter(None, said)))


def stake(evaluation: Evaluation, _: str) -> AtStake:
    """What can be taken back, in the form that is kept."""
    return trustees.at_stake(evaluation)


def the_year(shown: Shown) -> None:
    """What a year may leave, with every chance."""
    year = shown.year
    show.chart(
        words.year_title(year),
        charts.distribution(year.money.values, year.money.chances, year.reserves),
        words.year_reading(year),
        "one_year_of_a_provider",
    )
    show.table(words.year_table(year), shown.evaluation, "one_year_of_a_provider", {"Chance": "percent"})
    readings = kept.of_provider(trustees.readings, shown.evaluation, shown.hours)
    own = trustees.own_reading(shown.evaluation.scenario)
    if readings and own:
        readings = readings | {own: shown.year}  # one contract has one year, however much work the others were given
    if readings:
        st.markdown("#### What “so much on results” may mean")
        show.in_rows(verdict_words.readings_table(readings))
        st.write(verdict_words.READING)


def kept_years(evaluation: Evaluation, hours: str) -> SeveralYears:
    """Several years in a row, in the form that is kept; one of them stands on the page already."""
    return several_years.of(evaluation, hours, kept.of_provider(surplus.of, evaluation, hours))


def several_years_in_a_row(shown: Shown) -> None:
    """Whether the reserves last the contract, and what is left of them year by year."""
    scenario = shown.evaluation.scenario
    found = kept.of_provider(kept_years, shown.evaluation, shown.hours)
    show.chart(
        years_words.title(found),
        charts.reserves(found),
        years_words.reading(found, scenario),
        "provider_years",
    )
    show.table(years_words.table(found), shown.evaluation, "reserves_over_several_years", years_words.FORMATS)


def kept_luck_by_size(evaluation: Evaluation, _: str) -> LuckBySize:
    """Luck by number of clients, in the form that is kept."""
    return luck_or_skill.by_size(evaluation)


def kept_luck_by_share(evaluation: Evaluation, _: str) -> LuckByShare:
    """Luck by share on results, in the form that is kept."""
    return luck_or_skill.by_share(evaluation)


def luck_and_size(shown: Shown) -> None:
    """What luck alone does to a provider that delivers what it promised, by its size."""
    scenario = shown.evaluation.scenario
    found = kept.of_provider(kept_luck_by_size, shown.evaluation, "needed")
    show.chart(
        luck_words.luck_title(found, scenario),
        charts.luck_by_clients(found),
        luck_words.luck_reading(found, scenario),
        "provider_luck",
    )
    show.table(luck_words.luck_table(found), shown.evaluation, "luck_by_number_of_clients")


def luck_and_share(shown: Shown) -> None:
    """How far luck takes results pay below its average, by the share of the contract that hangs on results."""
    scenario = shown.evaluation.scenario
    found = kept.of_provider(kept_luck_by_share, shown.evaluation, "needed")
    bearable = scenario.luck_share * scenario.reserves
    show.chart(
        luck_words.share_title(found, scenario),
        charts.luck_by_share(found, bearable, scenario.results_share),
        luck_words.share_reading(scenario),
        "provider_share",
    )
    show.table(luck_words.share_table(found), shown.evaluation, "luck_by_share_on_results")


def kept_together(evaluation: Evaluation, _: str) -> Together:
    """The consortium, in the form that is kept."""
    return consortium.of(evaluation)


def together(shown: Shown) -> None:
    """What pooling removes, its floor, what it does to effort, and what only the commissioner can do."""
    scenario = shown.evaluation.scenario
    found = kept.of_provider(kept_together, shown.evaluation, "needed")
    show.chart(
        luck_words.together_title(found),
        charts.pooling(found),
        luck_words.together_reading(found, scenario),
        "provider_together",
    )
    show.table(luck_words.together_table(found), shown.evaluation, "luck_shared_with_partners")
    st.markdown("#### What only the commissioner can do")
    st.markdown(luck_words.levers_table(found))
    st.write(luck_words.LEVERS_READING)
    show.download(luck_words.levers(found), shown.evaluation, "what_the_commissioner_can_do")


def bank(scenario: Scenario, year: Surplus) -> Cash:
    """The bank balance of a scenario's provider, month by month."""
    return cash.cash(cash.plan(scenario, year))


def cash_by_month(shown: Shown) -> None:
    """The bank balance, its lowest point, and what would fill the gap."""
    scenario = shown.evaluation.scenario
    found = bank(scenario, shown.year)
    show.chart(
        words.cash_title(found),
        charts.balance(found),
        words.cash_reading(found, scenario),
        "provider_cash",
    )
    show.table(words.cash_table(found), shown.evaluation, "cash_by_month")


def kept_prime(evaluation: Evaluation, hours: str) -> UnderPrime:
    """A prime's terms, in the form that is kept; the year is the page's own where a prime holds the contract."""
    return prime.under_prime(evaluation, hours, kept.of_provider(surplus.of, evaluation, hours))


def under_prime(shown: Shown) -> None:
    """What a prime's terms leave, by the number of clients who come, and what to ask of it."""
    scenario = shown.evaluation.scenario
    found = kept.of_provider(kept_prime, shown.evaluation, shown.hours)
    full, _, least = (words.lowest(found, volume) for volume in found.lowest_value)
    row = show.grid()
    figure(row, "Kept by the prime in a year", pounds(found.kept_by_prime), "of what may be expected")
    price = "Lowest price at which your charity does not subsidise the contract"
    figure(row, price, full, f"now {stated(scenario, 'contract_value')}")
    figure(row, "The same with 48% fewer clients", least, f"now {stated(scenario, 'contract_value')}")
    show.chart(
        words.prime_title(found, scenario),
        charts.by_volume(found),
        words.prime_reading(found, scenario),
        "provider_prime",
    )
    show.table(words.prime_table(found), shown.evaluation, "under_a_prime")
    st.markdown(f"#### {questions.TITLE}")
    balance = bank(scenario.with_(held="prime"), found.now)
    asked = questions.questions(scenario, found, balance)
    st.markdown("\n".join(f"{n}. **{question}** {why}" for n, (question, why) in enumerate(asked, 1)))
    heading = links.heading(scenario, own_table_upload.reference())
    text = questions.page(scenario, found, balance, heading)
    st.download_button("Download the questions", text, "questions_to_the_prime.txt", "text/plain", on_click="ignore")


def payer_of(evaluation: Evaluation, _: str) -> seats.Commissioner:
    """The commissioner's seat, in the form that is kept."""
    return seats.commissioner(evaluation)


def three_seats(shown: Shown) -> None:
    """The same scenario from three seats, each with its figures and flags."""
    evaluation, scenario = shown.evaluation, shown.evaluation.scenario
    payer = kept.of_provider(payer_of, evaluation, "pays_best")
    large = seats.large_provider(evaluation)
    needed = kept.of_provider(surplus.of, evaluation, "needed")
    small = seats.small_charity(evaluation, needed, bank(scenario, needed))
    st.write(
        "One contract, three readers. The commissioner and the large provider are shown where it pays best to be; the "
        "small charity gives what people need. The large provider's money is at today's value, the others' as paid "
        "(face value). A flag on yellow is a figure beyond a limit; the limits are this explorer's own."
    )
    first, second, third = st.columns(3)
    with first:
        seat("The commissioner", words.commissioner(payer), payer.flags)
    with second:
        seat("A large provider", words.large(large), large.flags)
    with third:
        seat("A small charity", words.charity(small, needed), small.flags)


def seat(name: str, figures: list[tuple[str, str]], flags: tuple[Flag, ...]) -> None:
    """One seat: its figures, then its flags."""
    st.subheader(name)
    st.markdown("\n".join(f"- {label}: **{value}**" for label, value in figures))
    for flag in flags:
        st.warning(flag.sentence, icon=":material/flag:")
    if not flags:
        st.info("No flag: every figure is within its limit.")


PARTS: Mapping[str, Callable[[Shown], None]] = {
    "year": the_year,
    "years": several_years_in_a_row,
    "luck": luck_and_size,
    "share": luck_and_share,
    "together": together,
    "cash": cash_by_month,
    "prime": under_prime,
    "seats": three_seats,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
