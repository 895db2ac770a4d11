"""The contract of a step in a reader's hand: one slider, and what it changes, which follows the finger."""

import math

import streamlit as st

from pages.frame import panel
from pages.kit import groups, kept, show
from pages.kit.live import follow, sweep
from pages.kit.live.preview import Previewed
from pages.kit.markdown import pence
from pages.kit.tables import group_map
from pages.topics.begin.story.answers import bill
from pricing.evaluate import Evaluation
from pricing.people.cohort import Cohort
from pricing.scenario.in_words import stated
from pricing.scenario.scenario import Scenario, specs

SLIDER = "story_share"
"""The slider's key: it moves the contract of the step, and nothing that the reader has set."""
PARAMETER = follow.MOVES[SLIDER]


def texts(evaluation: Evaluation) -> tuple[str, ...]:
    """What the price pays back on average and for how many it rewards doing the minimum, and what it may cost."""
    totals = evaluation.totals
    least = 100 * totals["parked_people"] / totals["people"]
    share = stated(evaluation.scenario, PARAMETER)
    return (
        f"At {share} on results an extra £1 pays back {pence(evaluation.payback)} on average, and for {least:.0f} "
        "people in 100 this price rewards doing the minimum.",
        bill(evaluation),
    )


SHOWN = Previewed(group_map.PAYBACK, group_map.payback_title, texts)


def draw(contract: Scenario, cohort: Cohort) -> None:
    """The slider, which begins at its first step that is enough, over what it changes."""
    st.markdown("#### Try it: put more or less of this contract on results")
    spec = specs()[PARAMETER]
    if SLIDER not in st.session_state:
        position = math.ceil((getattr(contract, PARAMETER) - spec.low) / spec.step - 1e-9)
        st.session_state[SLIDER] = sweep.value(spec, position)
    panel.slide_or_type(SLIDER, spec)
    moved = contract.with_(**{PARAMETER: st.session_state[SLIDER]})
    evaluation = kept.of(moved, cohort)
    with follow.region():
        for text in texts(evaluation):
            st.write(text)
        title = group_map.payback_title(evaluation, group_map.PAYBACK)
        figure = group_map.table(evaluation, group_map.PAYBACK)
        show.chart(title, figure, f"{groups.BELOW_NOTE} {groups.people_short(evaluation)}", "story_play")
    follow.draw(evaluation, SHOWN, sliders=(SLIDER,))
