"""Evidence: where every number comes from, the model in words, and what the explorer may be used for."""

from pages.frame import frame, menu, tabs
from pages.topics.trust.evidence.parts import PARTS

view = frame.view()

view.head("Where every number comes from, how the model works, and what this explorer may and may not be used for.")
tabs.draw("evidence", PARTS, view.evaluation)
menu.link_to("glossary")
