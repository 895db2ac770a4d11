"""The answer of a step, beside what a reader guessed, and the way to the page where one plays with it."""

import streamlit as st

from pages.frame import address, opened_part, own_table_upload, room
from pages.frame.frame import View
from pages.frame.pages_list import PAGES
from pages.kit import kept, show
from pages.topics.begin.story import play
from pages.topics.begin.story.steps import Step
from pricing.errors import ExplorerError
from pricing.scenario import links
from pricing.scenario.presets import Settings
from pricing.scenario.scenario import BESIDE, Scenario, specs


def there(contract: Scenario, own: Scenario) -> dict[str, str]:
    """The link to a step's contract. It keeps all that the reader has set.

    What moves neither the price nor what it rewards stays set; a price of the reader's own goes along as A.
    """
    beside = {name: value for name, value in own.values().items() if specs()[name].group in BESIDE}
    changed = own.price_alone() != Scenario(cohort=own.cohort)
    pinned = address.pinned() or (own if changed else None)
    return links.write(contract.with_(**beside), own_table_upload.reference(), pinned)


def draw(step: Step, view: View, guess: str | None) -> None:
    """The right choice, what was guessed, and the answer in words and in a picture."""

    def fixed(changes: Settings) -> Scenario:
        return Scenario(cohort=view.scenario.cohort).with_(**changes)

    try:
        answer = step.answer(lambda changes: kept.of(fixed(changes), view.cohort))
    except ExplorerError as problem:
        st.warning("The contract of this step has no meaning for these people.")
        st.text(str(problem))
        return
    right = step.choices[answer.choice]
    guessed = "" if guess is None else "You guessed it. " if guess == right else f"You guessed: {guess}. "
    st.success(f"**{right}.** {guessed}{answer.told}")
    show.chart(answer.title, room.for_this_screen(answer.figure), answer.reading, f"story_{step.key}")
    if step.plays:
        play.draw(fixed(answer.changes), view.cohort)
    page = PAGES[step.page]
    query = links.to_query(there(fixed(answer.changes), view.scenario) | opened_part.asked(page.name, step.part))
    st.link_button(
        f"{step.invitation}: {page.title}",
        f"{page.path or './'}?{query}",
        icon=":material/open_in_new:",
        wrap=True,
    )
