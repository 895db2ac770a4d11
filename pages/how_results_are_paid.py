"""How results are paid: expected pay and luck, the chance of pay, the effective price, contracts to start from."""

import pandas as pd
import streamlit as st

from pages.shared import compute, contract_charts, frame, presets_list, show
from pages.shared.glossary import meaning
from pages.shared.wording import count, percent, pounds
from pricing.results_curve import AREAS

view = frame.view()
scenario, evaluation = view.scenario, view.evaluation
found = compute.results(evaluation)

st.title("How results are paid")
st.write(
    "Between what happens and what is paid stand a measurement, which luck can move, and the clauses of the contract. "
    "Set them in the panel, under “How results are measured and paid”, or start from one of the contracts below."
)
show.about(view.cohort)
show.cautions_about(evaluation)

row = show.grid()
row.metric("A result earns, of its price", percent(found.factor), border=True, help=meaning("Effective price"))
row.metric("Paid with no true change", percent(found.chance_of_luck), border=True)
row.metric("Rewards due to luck", percent(found.luck_share), border=True)

# Expected pay and luck
luck = (
    f"Measured on {count(found.measured)} people at a time, the rate is off by {found.noise_points:.1f} points in a "
    "typical measure (the standard error); the band holds 95 of 100 measures. "
    if found.noise_points
    else "The rate is measured without luck; give the number of people measured in the panel to see it. "
)
show.chart(
    contract_charts.title_of_pay(found),
    contract_charts.pay_curve(found),
    f"{luck}The dotted line pays results one for one, and the fall is one that all people share alike. "
    f"With no true change at all, luck alone brings rewards of "
    f"{pounds(found.luck)} a person, {percent(found.luck_share)} of what is expected in rewards where it pays best.",
    "pay",
)
curve = found.curve
columns = {"Fall in points": curve.points, "Expected pay, £": curve.expected}
columns |= {"Low, £": curve.low, "High, £": curve.high, "One for one, £": curve.linear}
columns |= {"Chance of pay": curve.chance, "Times the written price": curve.factor}
show.table(pd.DataFrame(columns), scenario, "results_pay")

# The same contract elsewhere
small, large = AREAS["small_year"][0], AREAS["large_year"][0]
show.chart(
    contract_charts.title_of_chance(found),
    contract_charts.chance_panels(found.areas),
    f"The same contract where {count(small)} or {count(large)} people are measured in a year. The dotted line and the "
    "number above each panel are a true fall of 4 points. The steeper the curve, the less luck decides.",
    "chance",
)
rows = {contract_charts.AREA_WORDS[name]: pd.Series(c.chance, c.points) for name, c in found.areas.items()}
show.table(pd.DataFrame(rows).interpolate("index").rename_axis("Fall in points").reset_index(), scenario, "areas")

# The effective price
show.chart(
    contract_charts.title_of_price(found),
    contract_charts.price_curve(found),
    "What expected pay gains from one more result, as a multiple of the price that is written down (the effective "
    "price). Under the dotted line a result is worth less than it says; near a threshold it is worth more. The hours "
    "and the payback on the other pages are those of this price.",
    "price",
)

st.subheader("Contracts to start from")
st.write(
    "Each sets the terms and clauses of a contract, and keeps your people and working assumptions. The title is a link."
)
presets_list.draw(scenario)
