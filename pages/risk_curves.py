"""Risk curves: how likely people are to reoffend, what the price pays back along the way, and how sure that is."""

from pages.frame import frame, menu
from pages.topics.people.risk_curves import parts, person

view = frame.view()

view.head("How likely people are to reoffend, and what an extra £1 of the support they need pays back along the way.")
if view.cohort.fitted is None:
    parts.draw_bands(view.evaluation)
    menu.link_to("who_it_pays_to_help")
else:
    curves = view.cohort.fitted
    chosen, risk = person.factor_and_kind(curves)
    parts.draw_curve(view.evaluation, curves, chosen, risk)
    parts.draw_ratios(view.evaluation, curves, risk)
    parts.draw_hold_out(view.evaluation, curves, risk)
