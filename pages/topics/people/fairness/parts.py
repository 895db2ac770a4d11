"""The parts of the page on fairness, of which one is shown at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from pages.frame import address
from pages.kit import kept, pickers, show
from pages.kit.markdown import hours
from pages.topics.people.fairness import amplify_words, assessment, charts, women_case, words
from pricing.evaluate import Evaluation
from pricing.questions.fairness import amplification, by_group
from pricing.questions.fairness.characteristics import Characteristic
from pricing.questions.fairness.turning_away import turned_away


@dataclass(frozen=True)
class Looked:
    """What every part is about: a price, and by what its people can be looked at."""

    evaluation: Evaluation
    known: tuple[Characteristic, ...]

    def picked(self) -> Characteristic:
        """By what a reader looks at people; the same choice in every part."""
        named = {one.label: one for one in self.known}
        return named[pickers.one_of("Look at people by", list(named), "fairness_by")]


def looked_at(evaluation: Evaluation) -> Looked:
    """A price, and every characteristic that is known of its people."""
    return Looked(evaluation, kept.characteristics_of(evaluation.cohort))


def who_gets_what(looked: Looked) -> None:
    """Hours needed and rewarded, group by group."""
    evaluation, one = looked.evaluation, looked.picked()
    table = by_group.table(evaluation, one)
    groups = table[table["group"] != by_group.EVERYONE]
    show.chart(
        words.groups_title(one, table),
        charts.pairs(
            groups["group"].tolist(),
            charts.Marks("rewarded", groups["chosen_hours"].to_numpy()),
            charts.Marks("needed", groups["benchmark_hours"].to_numpy()),
            hours,
        ),
        words.groups_reading(one, table),
        "fairness_groups",
    )
    if said := words.calibration(one, table):
        st.write(said)
    show.numbers(words.in_words(one, table), evaluation, f"fairness_by_{one.key}", words.STYLES)
    small = words.SMALL if by_group.small_hidden(evaluation) else ""
    st.caption(f"{words.COLUMNS_SAY} {small}")
    st.caption(words.missing(evaluation.cohort, {each.key for each in looked.known}))


def womens_case(looked: Looked) -> None:
    """Women and men under a binary and a frequency rate."""
    st.write(words.WOMEN)
    women_case.draw(looked.evaluation, women_case.tables(looked.evaluation))


def amplified(looked: Looked) -> None:
    """Whether the price amplifies inequality, by needs or by place, and how sure that is."""
    evaluation = looked.evaluation
    orders = {name: ranking for ranking, (name, *_) in amplify_words.ORDERS.items()}
    ranked = pickers.one_of("In order of", list(orders), "ranked")
    draws = kept.fairness_draws(evaluation)
    found = amplification.amplification(evaluation, orders[ranked], draws)
    axes = (amplify_words.axis(found), "Reoffences per 100 people")
    show.chart(
        amplify_words.title(found),
        charts.along(amplify_words.lines(found), amplify_words.ticks(found), axes),
        amplify_words.reading(found),
        "amplify",
    )
    show.table(amplify_words.table(found), evaluation, f"reoffences_by_{found.ranking}", amplify_words.STYLES)
    st.markdown(f"- {amplify_words.slope(found)}\n- {amplify_words.concentration(found)}")
    one = looked.picked()
    gone = amplify_words.turning_away(turned_away(evaluation), amplification.gain(evaluation, draws))
    between = amplify_words.between(one, amplification.between(evaluation, one, draws))
    st.markdown(f"- {between}\n- {gone}{words.turned_away_by(one, by_group.table(evaluation, one))}")
    st.caption(amplify_words.ranges_note(evaluation.cohort))


def for_an_assessment(looked: Looked) -> None:
    """Notes to be taken away."""
    evaluation = looked.evaluation
    st.write(
        "Notes under the public sector equality duty (Equality Act 2010, section 149), with every table of this page, "
        "the settings, and what is not known. Open the file, check it, and paste it into yours."
    )
    asked = assessment.NotesSubject(
        evaluation,
        looked.known,
        kept.fairness_draws(evaluation),
        women_case.tables(evaluation),
        address.full_link("fairness"),
    )
    st.download_button(
        "Download notes for an assessment",
        lambda: assessment.document(asked),
        "equality_notes.html",
        "text/html",
        on_click="ignore",
    )


PARTS: Mapping[str, Callable[[Looked], None]] = {
    "groups": who_gets_what,
    "women": womens_case,
    "inequality": amplified,
    "assessment": for_an_assessment,
}
"""The parts of the page, by key; their titles and their order stand in the page's record."""
