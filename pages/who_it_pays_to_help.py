"""Who it pays to help: the map over any two dimensions, one group's money by hours, each of the metrics."""

from pages.frame import frame, tabs
from pages.topics.people.who_it_pays_to_help import parts as help_parts

view = frame.view()

view.head("Group people as you like, and see what this price rewards for each group.")
tabs.draw("who_it_pays_to_help", help_parts.PARTS, view)
