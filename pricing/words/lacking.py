"""What the records of people do not say, in sentences: pages leave it out or assume it, and say so."""

from pricing.people.cohort import Cohort
from pricing.people.shipped import NO_DEPRIVATION
from pricing.scenario.offered import is_built_in

ASKED = {"previous": "previous sanctions", "sex": "sex", "age": "age", "sentence": "sentence", "offence": "offence"}
"""Factors that pages look for -> what they are."""
NO_NEEDS = "Needs were not recorded: everyone stands under no needs, so a premium per need pays for nobody."
NO_COUNTS = (
    "Reoffences were not counted: their number is implied by the chance of one, with an assumption on how unevenly "
    "they fall (alpha {alpha:g})."
)
NO_HARM = "Harm was not counted: every reoffence is taken as {days:g} days, which is assumed."


def of(cohort: Cohort) -> tuple[str, ...]:
    """What is missing of people whose curves were fitted from records; nothing of built-in ones, whose notes say it."""
    if cohort.fitted is None or is_built_in(cohort.name):
        return ()
    declared = cohort.fitted.declaration
    said = [] if "decile" in declared.factors else [NO_DEPRIVATION]
    if not declared.of_kind("need"):
        said.append(NO_NEEDS)
    if declared.implied_alpha is not None:
        said.append(NO_COUNTS.format(alpha=declared.implied_alpha))
    if declared.equal_severity is not None:
        said.append(NO_HARM.format(days=declared.equal_severity))
    if absent := [words for key, words in ASKED.items() if key not in declared.factors]:
        said.append(f"Not said of these people: {', '.join(absent)}. What goes by that is left out.")
    return tuple(said)
