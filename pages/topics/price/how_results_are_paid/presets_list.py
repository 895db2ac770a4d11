"""The named contracts, each with a button and a link that keep the reader's people and working assumptions."""

import streamlit as st

from pages.frame import address
from pages.kit.markdown import escape
from pricing.scenario.presets import PRESETS
from pricing.scenario.scenario import Scenario


def draw(scenario: Scenario) -> None:
    """Every preset with its paragraph; the one in force says so.

    The button acts in this visit; the title is the link that shares it, and opens a visit of its own.
    """
    for start in range(0, len(PRESETS), 2):
        for place, preset in zip(st.columns(2), PRESETS[start : start + 2], strict=True):
            wanted = preset.scenario(scenario)
            with place.container(border=True):
                st.markdown(f"**[{escape(preset.title)}]({address.link_here(wanted)})**")
                st.write(f"{preset.what} **Published:** {preset.published} **Assumed:** {preset.assumed}")
                in_force = wanted == scenario
                label = "These are the terms in force now" if in_force else "Use these terms"
                st.button(label, key=f"use_{preset.key}", on_click=address.use, args=(wanted,), disabled=in_force)
