"""What a reader picks on the risk curves page: the factor, the risk, and the person whose curve it is."""

import streamlit as st

from pages.kit import show
from pages.topics.people.risk_curves.words import KINDS, profile_words
from pricing.people.cells import Factor
from pricing.people.fitted import RiskCurves
from pricing.people.risk_curves import typical_profile
from pricing.people.shipped import AREA_INDICES
from pricing.questions import risk_and_return
from pricing.questions.risk_and_return import NEEDS
from pricing.scenario.scenario import Scenario

FIRST = "previous"
"""What a curve runs along as the page opens, where these people have it."""


def factor_and_kind(curves: RiskCurves) -> tuple[str, str]:
    """The factor along which to draw, and which risk; each cohort keeps its own choice for the visit."""
    left, right = st.columns(2)
    name, labels, offered = curves.declaration.name, risk_and_return.factors(curves), risk_and_return.kinds(curves)
    keys = list(labels)
    factor = left.selectbox(
        "What changes along the curve",
        keys,
        index=keys.index(first(curves)),
        format_func=lambda key: labels[key],
        key=f"factor_{name}",
        persist_state="session",
    )
    kind = right.selectbox(
        "Which risk", offered, format_func=lambda kind: KINDS[kind], key=f"kind_{name}", persist_state="session"
    )
    return str(factor), str(kind)


def first(curves: RiskCurves) -> str:
    """What a curve runs along as the page opens: previous sanctions, or else the first factor of the fit."""
    offered = risk_and_return.factors(curves)
    return FIRST if FIRST in offered else next(iter(offered))


def profile(curves: RiskCurves, scenario: Scenario, varied: str) -> dict[str, int]:
    """The person's levels, as codes: what is typical, but for what the reader has changed."""
    person = typical_profile(curves.cells)
    asked = [f for f in curves.cells.factors.values() if asks_for(f, scenario, varied)]

    def draw_choices() -> None:
        with show.grid(2):
            for factor in asked:
                pick(curves, factor, person[factor.key])

    show.fold("The person whose curve this is", "person", draw_choices)
    for factor in asked:
        person[factor.key] = int(st.session_state.get(widget_key(curves, factor), person[factor.key]))
    st.caption(profile_words(curves.cells.factors, person, varied))
    return person


def asks_for(factor: Factor, scenario: Scenario, varied: str) -> bool:
    """Whether a level of the factor is the reader's to choose: it counts, and the curve does not run along it."""
    if factor.key == varied or (varied == NEEDS and factor.kind == "need"):
        return False
    return factor.kind != "place" or factor.key == AREA_INDICES[scenario.area_index]


def widget_key(curves: RiskCurves, factor: Factor) -> str:
    return f"person_{curves.declaration.name}_{factor.key}"


def pick(curves: RiskCurves, factor: Factor, usual: int) -> None:
    st.selectbox(
        factor.label,
        range(len(factor.labels)),
        index=usual,
        format_func=lambda code: factor.labels[code],
        key=widget_key(curves, factor),
        persist_state="session",
    )
