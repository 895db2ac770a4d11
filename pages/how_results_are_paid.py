"""How results are paid: expected pay and luck, the chance of pay, the effective price, contracts to start from."""

from pages.frame import frame, tabs
from pages.kit import kept, show
from pages.kit.glossary import meaning
from pages.kit.markdown import percent
from pages.topics.price.how_results_are_paid import parts as contract_parts
from pages.topics.price.how_results_are_paid import words as result_words
from pages.topics.price.how_results_are_paid.parts import PriceAndPay

view = frame.view()
paid = PriceAndPay(view.evaluation, kept.results(view.evaluation))

view.head(
    "Between what happens and what is paid stand a measurement, which luck can move, and the clauses of the contract. "
    "Set them in the panel, under “How results are measured and paid”, or start from one of the contracts in the last "
    "part."
)
show.cautions_about(view.evaluation)
if view.scenario.results_share:
    row = show.grid()
    row.metric(
        "A result earns, of its price",
        percent(paid.found.factor),
        result_words.BEST,
        delta_color="off",
        delta_arrow="off",
        border=True,
        help=meaning("Effective price"),
    )
    for label, value, beside in result_words.metrics(view.evaluation, paid.found):
        row.metric(label, value, beside, delta_color="off", delta_arrow="off", border=True)
tabs.draw("how_results_are_paid", contract_parts.PARTS, paid)
