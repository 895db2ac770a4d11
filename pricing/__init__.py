"""The domain of the pricing-structure explorer: people and risk, price, support, incentives.

Nothing in this package imports streamlit or plotly; imports run only downwards.
"""

MODEL_VERSION = "1.6.12"
"""Version of the model. It changes whenever any result does, with an entry in CHANGELOG and in scenario.versions."""
