"""How results are paid: expected pay and luck, the chance of pay, the effective price, contracts to start from."""

import streamlit as st

from pages.shared import compute, contract_parts, frame, parts, show
from pages.shared.contract_parts import Paid
from pages.shared.glossary import meaning
from pages.shared.wording import percent

view = frame.view()
paid = Paid(view.evaluation, compute.results(view.evaluation))

st.title("How results are paid")
st.write(
    "Between what happens and what is paid stand a measurement, which luck can move, and the clauses of the contract. "
    "Set them in the panel, under “How results are measured and paid”, or start from one of the contracts in the last "
    "part."
)
show.about(view.cohort)
show.cautions_about(view.evaluation)
row = show.grid()
row.metric("A result earns, of its price", percent(paid.found.factor), border=True, help=meaning("Effective price"))
row.metric("Paid with no true change", percent(paid.found.chance_of_luck), border=True)
row.metric("Rewards due to luck", percent(paid.found.luck_share), border=True)
parts.draw("how_results_are_paid", contract_parts.PARTS, paid)
