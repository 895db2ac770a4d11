"""Fairness: who gets what under this price, women's case, whether it amplifies inequality, notes for an assessment."""

from pages.frame import frame, tabs
from pages.topics.people.fairness import parts as fairness_parts
from pages.topics.people.fairness import words

view = frame.view()
looked = fairness_parts.looked_at(view.evaluation)

view.head(f"What this price means for people, group by group. {words.priced_by(view.cohort)}")
tabs.draw("fairness", fairness_parts.PARTS, looked)
