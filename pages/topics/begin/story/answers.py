"""What the steps of the story answer. No streamlit.

Every answer holds fixed contracts against the reader's people, under the default assumptions, and words what it tells
from the numbers that come out: no figure and no answer is written down here.
"""

import math
from types import MappingProxyType

import numpy as np

from pages.kit import charts, groups, measures
from pages.kit.markdown import pence, percent, pounds
from pages.topics.begin.story.step_answer import (
    Hold,
    StepAnswer,
    band,
    by_needs,
    line,
    needs_lines,
    risks,
    shown,
    times,
    with_needs,
)
from pricing.evaluate import Evaluation
from pricing.scenario.in_words import stated
from pricing.scenario.presets import PRESETS, Settings

PREMIUM, MULTIPLIER = 0.3, 1.5
"""The premium for each need and the multiplier for the most deprived tenth that the story tries."""
FLAT: Settings = MappingProxyType({})
ON_FEE: Settings = MappingProxyType({"need_premium": PREMIUM, "uplift_applies_to": "fee"})
ON_RESULTS: Settings = MappingProxyType({"need_premium": PREMIUM, "uplift_applies_to": "results"})
OWN_TARGET: Settings = MappingProxyType({"target": "own"})
NEEDS_ONLY: Settings = MappingProxyType({**OWN_TARGET, **ON_RESULTS})
PLACE_TOO: Settings = MappingProxyType({**NEEDS_ONLY, "area_multiplier": MULTIPLIER})
EACH_COUNTS: Settings = MappingProxyType({**OWN_TARGET, "metric": "frequency"})
NEED_AND_PLACE: Settings = next(preset.changes for preset in PRESETS if preset.key == "need_and_place")
BEARABLE = 0.2
"""The share on results above which GMCVO's members had significant concern (2013)."""


def who_they_are(hold: Hold) -> StepAnswer:
    evaluation = hold(FLAT)
    cohort = evaluation.cohort
    several = cohort.mean((cohort.needs >= 2).astype(float))
    risk = risks(evaluation, "needs")
    first, last = shown(risk)
    chance = measures.Measure("Chance of reoffending", "percent")
    figure = groups.mapped(evaluation, risks(evaluation, "decile", "needs"), "decile", "needs", chance)
    return StepAnswer(
        band(round(several, 2), (0.25, 0.5, 0.75)),
        f"{several * 100:.0f} in 100 have two needs or more. Needs come together, and risk with them.",
        f"Of {with_needs(evaluation, first)} {risk[first] * 100:.0f} in 100 reoffend, of "
        f"{with_needs(evaluation, last)} {risk[last] * 100:.0f} in 100",
        figure,
        "The chance of reoffending if nothing is added to what people get now. "
        f"Left to right people have more needs. {groups.people_short(evaluation)}",
        FLAT,
    )


def what_flat_pays(hold: Hold) -> StepAnswer:
    evaluation = hold(FLAT)
    payback = by_needs(evaluation)
    first, last = shown(payback)
    grid = groups.grid(evaluation, "decile", "needs", "payback")
    figure = groups.mapped(evaluation, grid, "decile", "needs", measures.MEASURES["payback"])
    parked = evaluation.totals["parked_people"] / evaluation.totals["people"]
    return StepAnswer(
        band(round(payback[last], 2), (0.5, 0.75, 1.0)),
        f"{pence(payback[last])} for {with_needs(evaluation, last)}, and {pence(payback[first])} for "
        f"{with_needs(evaluation, first)}. For {parked * 100:.0f} people in 100 this price rewards doing the minimum "
        "(parking).",
        groups.payback_title(evaluation),
        figure,
        f"{groups.BELOW_NOTE} {groups.people_short(evaluation)}",
        FLAT,
    )


def premium_for_needs(hold: Hold) -> StepAnswer:
    flat, fee, results = (hold(changes) for changes in (FLAT, ON_FEE, ON_RESULTS))
    before, after, stronger = (by_needs(evaluation) for evaluation in (flat, fee, results))
    _, last = shown(before)
    left = [groups.along(e, "needs", "margin_at_benchmark")[last] for e in (flat, fee, results)]
    whom = with_needs(flat, last)
    losses = "But with one target for everyone a premium multiplies what is taken back, too: what is left is then "
    losses = f"{losses}{pounds(left[2])}." if left[2] < left[0] else ""
    return StepAnswer(
        band(round(after[last] - before[last], 2), (-0.005, 0.005)),
        f"It is {pence(before[last])} without the premium and {pence(after[last])} with it. A fee is paid whether or "
        "not the support is given. A higher fee makes people more welcome at the door: what is left per person when "
        f"{whom} get the support they need goes from {pounds(left[0])} to {pounds(left[1])}. It does not reward "
        f"helping them once inside. On results instead, the same premium makes it {pence(stronger[last])}. {losses}",
        f"For {whom} an extra £1 pays back {pence(before[last])} with no premium, {pence(after[last])} with a premium "
        f"on the fee, {pence(stronger[last])} with one on results",
        needs_lines(
            (
                line("No premium", before, measures.BLUE),
                line("On the fee", after, measures.ORANGE, "dash"),
                line("On results", stronger, measures.TEAL, "dashdot"),
            ),
            flat,
        ),
        "The first two lines lie on each other. With a fixed total, what a premium on results gives to some it takes "
        "from others. The dotted line is £1.",
        ON_RESULTS,
    )


def two_streets(hold: Hold) -> StepAnswer:
    without, with_it = hold(NEEDS_ONLY), hold(PLACE_TOO)
    people = np.nan_to_num(groups.along(without, "needs", "people"))
    most = int(np.argmax(np.where(np.isnan(by_needs(without)), 0, people)))
    before, after = (groups.grid(e, "needs", "decile", "payback")[most] for e in (without, with_it))
    first, last = shown(before)
    ends = [groups.group_words(without, {"needs": most, "decile": end}) for end in (first, last)]
    figure = charts.payback_lines(
        (line("No multiplier", before, measures.BLUE), line(f"× {MULTIPLIER:g}", after, measures.ORANGE, "dash")),
        [str(decile) for decile in range(1, len(before) + 1)],
    )
    figure.update_xaxes(title="Deprivation tenth (1: most)")
    return StepAnswer(
        band(times(before[last], before[first]), (0.95, 1.05, 1.25)),
        f"{pence(before[first])} for {ends[0]}, {pence(before[last])} for {ends[1]}. The model assumes that the same "
        "support achieves less where homes and jobs are scarce; how much less is not well known. A price for needs "
        f"alone does not see it. A multiplier of {MULTIPLIER:g} for the most deprived tenth, less for each tenth above "
        f"it, makes it {pence(after[first])} and {pence(after[last])}.",
        f"For {with_needs(without, most)} a multiplier for place brings the two ends of the line to "
        f"{pence(after[first])} and {pence(after[last])}",
        figure,
        "What an extra £1 pays back, with a premium for needs on results and an own target for each person. "
        f"{groups.people_short(without)}",
        PLACE_TOO,
    )


def what_counts(hold: Hold) -> StepAnswer:
    binary, frequency = hold(OWN_TARGET), hold(EACH_COUNTS)
    once, each = by_needs(binary), by_needs(frequency)
    first, last = shown(once)
    implied = " ".join(note for note in binary.cohort.notes if "implied" in note)
    return StepAnswer(
        band(times(each[last], once[last]), (0.95, 1.5, 2.0)),
        f"It goes from {pence(once[last])} to {pence(each[last])} for {with_needs(binary, last)}. Under the binary "
        "measure, whoever is likely to reoffend again and again is a failure after the first time, and nothing that is "
        f"achieved after that is worth anything. For {with_needs(binary, first)} it goes from {pence(once[first])} to "
        f"{pence(each[first])}: the results money is the same, and follows what counts.",
        f"For {with_needs(binary, last)} an extra £1 pays back {pence(once[last])} if reoffending counts once, "
        f"{pence(each[last])} if each reoffence counts",
        needs_lines((line("Once", once, measures.BLUE), line("Each", each, measures.TEAL, "dash")), binary),
        f"Reoffended or not (binary) against the number of reoffences (frequency). The dotted line is £1. {implied}",
        EACH_COUNTS,
    )


def share_needed(evaluation: Evaluation) -> float:
    """The smallest share on results, a whole percentage, at which £1 pays back £1; nan where no share is enough.

    A contract without clauses pays in proportion to that share, so the payback at one share tells it at every other.
    """
    share = math.ceil(100 * evaluation.scenario.results_share / evaluation.payback - 1e-9) / 100
    return share if share <= 1 else float("nan")


def bill(evaluation: Evaluation) -> str:
    """What is set aside for a person, and what the commissioner pays if everyone gets the support they need."""
    set_aside, paid = evaluation.scenario.contract_value, evaluation.totals["spend_at_benchmark"]
    paid /= evaluation.totals["people"]
    if pounds(paid) == pounds(set_aside):
        return f"If everyone then gets the support they need, the bill is the {pounds(set_aside)} a person set aside."
    above = "Results can take the bill above what was set aside" if paid > set_aside else "The bill can also be lower"
    return f"{above}: {pounds(set_aside)} a person, and {pounds(paid)} if everyone gets the support they need."


def what_it_takes(hold: Hold) -> StepAnswer:
    now = hold(NEED_AND_PLACE)
    needed = share_needed(now)
    share = 1.0 if math.isnan(needed) else needed
    changes = MappingProxyType({**NEED_AND_PLACE, "results_share": share})
    then = hold(changes)
    before, after = by_needs(now), by_needs(then)
    first, last = shown(after)
    parked = then.totals["parked_people"] / then.totals["people"]
    enough = "No share is enough" if math.isnan(needed) else f"It takes {percent(needed)}"
    more = "more than" if share > BEARABLE else "within"
    return StepAnswer(
        band(2.0 if math.isnan(needed) else round(needed, 2), (0.205, 0.405, 0.605)),
        f"{enough}. At {stated(now.scenario, 'results_share')} on results this price pays back {pence(now.payback)} "
        f"for an extra £1, at {percent(share)} it pays back {pence(then.payback)}. But that puts {percent(share)} of "
        f"the contract at risk, {more} the {percent(BEARABLE)} that the voluntary sector said it could bear (GMCVO, "
        f"2013). {bill(then)} And an average hides people: for {parked * 100:.0f} in 100 it still pays to do the "
        "minimum.",
        f"At {percent(share)} on results an extra £1 pays back {pence(after[first])} for {with_needs(then, first)} and "
        f"{pence(after[last])} for {with_needs(then, last)}",
        needs_lines(
            (
                line(f"At {stated(now.scenario, 'results_share')}", before, measures.BLUE),
                line(f"At {percent(share)}", after, measures.TEAL, "dash"),
            ),
            then,
        ),
        "Each reoffence counts, each person is compared with what is expected of them, and needs and place are priced. "
        "Where a line is under the dotted one, at £1, it pays to cut support.",
        changes,
    )
