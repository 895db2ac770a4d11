"""Set the price: the schedule, one person's money, the commissioner's spending, and settings that defeat themselves."""

import pandas as pd
import streamlit as st

from pages.frame import frame
from pages.kit import measures, persons_money, pickers, show
from pages.kit.markdown import counted, millions, pence, pounds, price_of_one, prices, unit
from pages.kit.tables.map_table import tabulate
from pages.kit.tables.steps_table import waterfall
from pages.topics.price.set_the_price import levers_part
from pricing.people.cohort import DECILE_LEVELS, NEED_LEVELS
from pricing.price import schedule
from pricing.words import rate_card, shares

view = frame.view()
scenario, evaluation = view.scenario, view.evaluation

view.head(
    "Everything is set in the panel (» opens it where it is closed). This page spells out the price that results."
)
show.cautions_about(evaluation)

st.write(f"{shares.both(evaluation)} {shares.priced_fall(evaluation)}")

levers_part.fold(evaluation)

# The published schedule
published = schedule.published(scenario, evaluation.terms)
parts = {"Fee for service": "fee"} | {f"Per {unit(m, scenario.target)}": m for m in evaluation.terms.unit_prices}
shown = pickers.one_of("Show", list(parts), "part")
part = parts[shown]
grid = published.pivot(index="decile", columns="needs", values=part)
measure = measures.Measure(shown, "price")
figure = tabulate(grid.to_numpy(), DECILE_LEVELS, NEED_LEVELS, measure, f"Deprivation tenth ({scenario.area_index})")
low, high = (price_of_one(end) for end in (published[part].min(), published[part].max()))
spread = f"{low} for everyone" if low == high else f"from {low} to {high}, by needs and place"
show.chart(
    f"The published schedule: {shown[0].lower()}{shown[1:]}, {spread}",
    figure,
    f"On average the fee is {pounds(evaluation.totals['fee'] / evaluation.totals['people'])} per person. "
    f"Results pay {prices(evaluation)}, before premiums.",
    "schedule",
)
named = {"needs": "Needs", "decile": "Deprivation tenth"} | {name: f"{words}, £" for words, name in parts.items()}
show.table(published.rename(columns=named), evaluation, "price_by_needs_and_deprivation")

# The rate card
if (card := rate_card.prices_by_kind(evaluation)) is not None:
    st.markdown("**What a need met pays, before premiums.** " + rate_card.explained(evaluation))
    written = card.rename(columns=rate_card.COLUMNS).style.format(rate_card.WRITTEN)
    st.dataframe(written, hide_index=True, key="rate_card")

st.subheader("One person's money")
codes = pickers.group(evaluation, "price")
at_benchmark = pickers.at_benchmark("price_hours")
account = persons_money.average(evaluation, persons_money.members(evaluation, codes))
steps = account.steps(evaluation, at_benchmark=at_benchmark)
margin = sum(amount for _, amount in steps)
hours = account.benchmark if at_benchmark else account.chosen
show.chart(
    f"{pounds(margin)} is left per person on {hours:.0f} hours of support, for {pickers.words(evaluation, codes)}",
    waterfall(steps, "Margin left", pounds),
    f"What an average person of this group brings in and costs. An extra £1 of the support they need pays back "
    f"{pence(account.payback)}.",
    "money",
)
show.table(pd.DataFrame(steps, columns=["Step", "£ per person"]), evaluation, "one_persons_money")

# The commissioner's spending
spent = persons_money.spending(evaluation, at_benchmark=at_benchmark)
people = counted(evaluation.totals["people"], "person", "people")
show.chart(
    f"For {people} the commissioner then pays {persons_money.in_all(spent)}",
    waterfall(spent, "Total", millions),
    persons_money.reading(scenario),
    "spend",
)
show.table(pd.DataFrame(spent, columns=["Part", "£"]), evaluation, "what_the_commissioner_pays")
