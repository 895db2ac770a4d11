"""The named contracts, each a link that keeps the reader's people and working assumptions."""

import streamlit as st

from pages.shared import frame
from pricing.parameters import Scenario
from pricing.presets import PRESETS


def draw(scenario: Scenario) -> None:
    """Every preset with its paragraph; the one in force says so."""
    for start in range(0, len(PRESETS), 2):
        for place, preset in zip(st.columns(2), PRESETS[start : start + 2], strict=True):
            wanted = preset.scenario(scenario)
            with place.container(border=True):
                frame.link_with("how_results_are_paid", preset.title, wanted)
                if wanted == scenario:
                    st.markdown("**These are the terms in force now.**")
                st.write(f"{preset.what} **Published:** {preset.published} **Assumed:** {preset.assumed}")
