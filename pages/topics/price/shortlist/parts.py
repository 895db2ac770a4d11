"""What the page "Shortlist" is made of: adding, naming, opening and removing scenarios, and what each comes to."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from pages.frame import address, own_table_upload, panel
from pages.kit import kept, show
from pages.kit.callbacks import if_there
from pages.topics.price.shortlist import words
from pricing import MODEL_VERSION
from pricing.errors import ExplorerError
from pricing.people.cohort import Cohort
from pricing.questions.shortlist import Outcome, as_text, outcome
from pricing.questions.small_provider import surplus
from pricing.scenario import links, shortlist
from pricing.scenario.scenario import Scenario
from pricing.scenario.shortlist import Shortlist
from pricing.scenario.spec import LONGEST
from pricing.take_away import cover
from pricing.words import need, written
from pricing.words.numbers import in_days

NAME = "shortlist_name"
REFUSED = "shortlist_refused"


def change(to: Callable[[], Shortlist]) -> bool:
    """Hold what ``to`` makes of the shortlist; what is refused leaves it, and its sentence is shown. Whether it did."""
    st.session_state[REFUSED] = ""
    try:
        address.hold(to())
    except ExplorerError as problem:
        st.session_state[REFUSED] = str(problem)
        return False
    return True


def add() -> None:
    """The present price goes on the shortlist, under the name that was typed."""
    scenario = panel.scenario()
    if isinstance(scenario, ExplorerError):
        return
    if change(lambda: shortlist.add(address.listed(), st.session_state[NAME], scenario)):
        st.session_state[NAME] = ""


def rename(place: int, key: str) -> None:
    """Another name, as it was typed; one that is refused stands as it was."""
    entries = address.listed()
    if not change(lambda: shortlist.rename(entries, place, st.session_state[key])):
        st.session_state[key] = entries[place].name


def remove(place: int) -> None:
    """A scenario goes from the shortlist."""
    change(lambda: shortlist.without(address.listed(), place))


def draw_people(entries: Shortlist) -> None:
    """The people that the scenarios are about, each once."""
    cohorts = [own_table_upload.people_of(entry.scenario) for entry in entries]
    for cohort in {one.digest: one for one in cohorts if one}.values():
        show.about(cohort)


def draw_adding(entries: Shortlist) -> None:
    """The box for a name and the button that adds; what was refused is said under it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("A name for the price in the panel", key=NAME, max_chars=LONGEST, placeholder="Table 4’s price")
        full = len(entries) >= shortlist.MOST
        st.button("Add the present price", key="shortlist_add", on_click=add, help=shortlist.FULL if full else None)
    if st.session_state.get(REFUSED):
        st.error("The shortlist stays as it was.")
        st.text(st.session_state[REFUSED])


def draw_entry(place: int, entry: shortlist.Entry, present: Scenario) -> None:
    """One scenario: its name, which can be changed, and buttons that open and remove it."""
    key, number = f"shortlist_rename_{entry.name}", place + 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            f"Name of {number}",
            entry.name,
            key=key,
            max_chars=LONGEST,
            on_change=if_there(key, rename),
            args=(place, key),
        )
        here = (entry.scenario, entry.name) == (present, address.called())
        label = f"{number} is in the panel" if here else f"Open {number}"
        st.button(
            label, key=f"shortlist_open_{place}", on_click=address.use, args=(entry.scenario, entry.name), disabled=here
        )
        st.button(f"Remove {number}", key=f"shortlist_remove_{place}", on_click=remove, args=(place,))


@kept.kept()
def outcome_of(scenario: Scenario, cohort: Cohort) -> Outcome:
    """What a scenario comes to; kept, since the worst year takes a moment. Raises ExplorerError where it cannot be."""
    evaluation = kept.of(scenario, cohort)
    try:
        worst = -kept.of_provider(surplus.of, evaluation, "needed").worst_year
    except ExplorerError:
        worst = float("nan")
    return outcome(evaluation, worst)


def held_of(entries: Shortlist) -> tuple[list[Outcome | None], list[str]]:
    """What each scenario comes to, and a sentence for each that cannot be shown."""
    found: list[Outcome | None] = []
    problems: list[str] = []
    for number, scenario in enumerate(shortlist.judged(entries), 1):
        cohort = own_table_upload.people_of(scenario)
        found.append(None)
        if cohort is None:
            problems.append(f"{number}: its people are a table of your own that is not here. Upload it under “People”.")
            continue
        try:
            found[-1] = outcome_of(scenario, cohort)
        except ExplorerError as problem:
            problems.append(f"{number}: {problem}")
    return found, problems


def heading(entries: Shortlist) -> str:
    """Comment lines for the CSV: version, the shortlist as a link's query, date, people's cautions, warnings.

    Names come from outside and stand in the query alone, where nothing can be taken for a formula.
    """
    query = links.to_query(shortlist.write(entries, own_table_upload.reference()))
    today = date.today()
    said = [f"Made on {in_days(today)}"]
    if apart := need.of_all([entry.scenario for entry in entries]):
        said.append(apart)
    for number, scenario in enumerate(shortlist.judged(entries), 1):
        cohort = own_table_upload.people_of(scenario)
        if cohort is None:
            continue
        said.append(f"Scenario {number}: {cohort.caution}")
        try:
            made = cover.of(kept.of(scenario, cohort), today, "")
        except ExplorerError:
            continue
        said += [f"Scenario {number}: {line}" for line in made.said]
    return f"# pricing-structure explorer; model {MODEL_VERSION}; {query}\n" + written.comments(said)


def draw_table(entries: Shortlist) -> None:
    """The scenarios side by side, with the download."""
    found, problems = held_of(entries)
    with st.container(key="side_by_side"):
        st.table(words.table(entries, found))
    st.write(" ".join(filter(None, (words.READING, need.of_all([entry.scenario for entry in entries])))))
    if problems:
        st.warning("Some of these scenarios cannot be shown:")
        st.text("\n".join(problems))
    show.csv_button(lambda: heading(entries) + as_text(entries, found, words.columns(entries)), "shortlist")
