"""What the evidence page says of the parameters beside their table. No streamlit."""

from pages.kit.markdown import lower_first
from pricing.scenario.in_words import ORIGINS, changes
from pricing.scenario.scenario import GROUPS, Scenario, specs

EVERY = "All of them"
WIDTHS = {"Parameter": 230, "Changed": 70, "Now": 130, "Default": 130, "Unit": 120, "Origin": 110, "Source": 460}
"""How wide the columns stand, in pixels."""
FILTERS = {"": EVERY, **GROUPS}
"""Group -> its words; the empty one stands for every group."""


def summary(scenario: Scenario) -> str:
    """How many parameters are published, assumed and chosen, and which of them have been changed."""
    origins = [spec.origin for spec in specs().values()]
    published, assumed, chosen = (origins.count(origin) for origin in ORIGINS)
    moved = [lower_first(specs()[name].label) for name in changes(scenario)]
    said = f"Changed from the default, and marked: {'; '.join(moved)}." if moved else "All stand at their defaults now."
    return (
        f"{len(origins)} parameters: {published} have a published default, {assumed} an assumed one, and {chosen} are "
        f"yours to choose. {said}"
    )
