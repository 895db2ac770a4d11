"""How sure: in how many draws the verdict holds, which assumption it leans on, and where it would turn."""

import math
from functools import partial

import streamlit as st

from pages.frame import frame
from pages.kit import draws_charts, draws_words, headline, kept, show
from pages.topics.trust.how_sure import need_words, turning_words
from pricing.questions.how_sure import how_sure, tornado

view = frame.view()
evaluation, curves = view.evaluation, view.cohort.fitted
fitted = curves is not None
draws = kept.draws_of(evaluation)
by_group = draws.by("decile", "needs")

view.head(
    "Nobody should act on one number. Here the price is held against 100 draws of what is uncertain: how likely people "
    "are to reoffend, how support works, and how much of it they need. The same settings always give the same draws."
)
headline.draw(evaluation, draws.by())
st.write(draws_words.surest(evaluation, by_group))
if said := draws_words.of_followed(draws):
    st.write(said)
show.table(
    lambda: draws_words.table(evaluation, by_group, "decile", "needs"),
    evaluation,
    "how_sure_by_group",
    draws_words.STYLES,
)

if not math.isnan(evaluation.payback):
    st.subheader("What the verdict leans on")
    swings = kept.swings_of(evaluation)
    alone = how_sure.curves_alone(evaluation, draws.strata).by().payback if fitted else None
    show.chart(
        turning_words.tornado_title(swings),
        draws_charts.tornado(turning_words.bars(swings, alone), evaluation.payback),
        turning_words.reading(swings, curves=fitted),
        "tornado",
    )
    varied = partial(turning_words.ranges_table, swings)
    show.table(varied, view.evaluation, "assumptions_varied", turning_words.STYLES)
    st.subheader("Where the verdict would turn")
    st.write(turning_words.turning_intro(evaluation, swings))
    st.markdown("\n".join(f"- {turning_words.turning(one)}" for one in swings))

    by_need = {one: kept.of(one, view.cohort) for one in need_words.measures(view.scenario)}
    st.subheader("If people need more, or less")
    st.markdown(f"**{need_words.title(by_need)}.**")
    st.table(need_words.rows(by_need).set_index("What people need"))
    st.write(need_words.READING)

st.subheader("What the draws vary")
implied = tornado.implied_alpha(evaluation) is not None
st.markdown("\n".join(f"- {line}" for line in draws_words.covered(evaluation, implied=implied)))
st.subheader("What they do not")
synthetic = curves is not None and curves.declaration.synthetic
st.markdown("\n".join(f"- {line}" for line in draws_words.not_covered(fitted=fitted, synthetic=synthetic)))
