"""Being a small provider: can we carry this? The year, luck, a consortium, cash, a prime, and three seats."""

import streamlit as st

from pages.frame import frame, panel, tabs
from pages.kit import kept, pickers, show
from pages.kit.cost import coarser, one_opening
from pages.kit.markdown import pounds
from pages.topics.money.small_provider.parts import PARTS, Shown, answer, bank, figure, stake, what_turns
from pricing.errors import ExplorerError
from pricing.questions.small_provider import cash, surplus
from pricing.questions.small_provider.said import verdict_words, words
from pricing.words import shares
from pricing.words.numbers import in_100

PAGE = "small_provider"
view = frame.view()
scenario, evaluation = view.scenario, view.evaluation
FIRST = ("clients", "client_mix", "reserves")
LIMITS = ("most_lost", "most_gained")

view.head(
    "Trustees have one question about a contract that is paid by results: can we carry this? Among few clients luck "
    "does not even out, though fewer stake less money, and results are paid long after the wages. Set your own "
    "numbers; the link carries them."
)
panel.draw_own(PAGE, names=FIRST)
st.markdown(f"**What can be taken back and paid, with {verdict_words.share(scenario.results_share)} on results**")
panel.draw_own(PAGE, names=LIMITS)
show.fold(
    "The rest of this provider: volumes, costs, luck, partners, the prime, cash",
    "provider_rest",
    lambda: panel.draw_own(PAGE, without=(*FIRST, *LIMITS)),
)
hours = "needed" if pickers.at_benchmark("provider_hours", first=True) else "pays_best"

try:
    cash.check(scenario.contract_months, scenario.payment_lag_months)
    year = kept.of_provider(surplus.of, evaluation, hours)
    found = answer(evaluation)
    staked = kept.of_provider(stake, evaluation, "needed")
    st.subheader(verdict_words.answer(found))
    turning = st.container()
    if found.carried:
        st.write(verdict_words.meaning(found, scenario))
    balance = words.cash_title(bank(scenario, year))
    st.write(
        f"{words.headline(year)} Over the contract, results coming as expected: {balance[0].lower()}{balance[1:]}."
    )
    st.write(verdict_words.taken_back(staked, scenario))
    drawn = f" {words.DRAWN}" if year.drawn and not coarser.is_told() else ""
    st.caption(f"{words.provider(scenario)} {shares.written(scenario)} {words.paid_for_results(year)}{drawn}")
    row = show.grid()
    average = f"average year: {words.loss_or_gain(year.expected)}"
    reserves = f"of {pounds(year.reserves)}, in a single year"
    figure(row, "Chance of a loss in a year", in_100(year.chance_of_loss), average)
    figure(row, "Chance that reserves run out", in_100(year.chance_of_ruin), reserves)
    figure(row, "Left in the worst year in 20", pounds(-year.worst_year), words.weeks(year, year.worst_year))
    # A link that names a part opens with it: what might turn a no can take as long as there is.
    with one_opening.then(lambda: what_turns(turning, evaluation, found)):
        tabs.draw(PAGE, PARTS, Shown(evaluation, year, hours))
except ExplorerError as problem:
    st.error("This provider cannot be shown with these settings. Change one of them.")
    st.text(str(problem))
