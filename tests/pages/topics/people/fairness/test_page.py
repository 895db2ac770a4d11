"""Fairness, the page and its notes for an assessment, against the model itself."""

import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.kit import kept
from pages.topics.people.fairness import amplify_words, assessment, women_case
from pages.topics.people.fairness import words as fairness_words
from pricing.evaluate import evaluate
from pricing.people.cohort import Cohort
from pricing.people.own_table import read
from pricing.questions.fairness import amplification, by_group, characteristics
from pricing.questions.fairness.alternatives import CHANGES
from pricing.scenario.scenario import OWN_TABLE, Scenario
from tests.examples import EXPLORED
from tests.pages.frame.test_own_table_upload import GOOD, HEADER, ROW, upload
from tests.pages.visit import (
    VALID,
    all_words,
    check,
    check_parts,
    drawn,
    evaluated,
    open_part,
    visit,
    visit_with,
    words,
)

TITLE = "Fairness"
WOMEN, AMPLIFY = "women", "inequality"
BUILT_IN = ("greater_manchester", "georgia_parole")


def look_by(at: AppTest, label: str) -> AppTest:
    """Choose by what to look at people."""
    return next(one for one in at.button_group if one.key == "fairness_by").set_value(label).run()


@EXPLORED
@pytest.mark.parametrize("scenario", VALID, ids=lambda s: f"{s.metric}-{s.target}")
def test_every_price_that_has_a_meaning_can_be_shown(scenario: Scenario) -> None:
    cohort = BUILT_IN[VALID.index(scenario) % 2]
    at = visit_with("fairness", scenario.with_(cohort=cohort))
    check_parts(at, TITLE, "fairness", VALID.index(scenario) // 2)
    found = amplification.amplification(evaluated(scenario.with_(cohort=cohort)), "needs")
    open_part(at, "fairness", AMPLIFY)
    assert any(amplify_words.title(found) in said for said in words(at))


def test_the_picture_is_the_models() -> None:
    scenario = Scenario(target="own", metric="frequency", results_share=0.5)
    at, groups = visit_with("fairness", scenario), evaluated(scenario).groups("sex")
    assert drawn(at, 0)["x"] == pytest.approx([groups["chosen_hours"][0], groups["benchmark_hours"][0]])
    table = at.main.dataframe[0].value
    assert table["Sex"].tolist() == ["Everyone", "Women", "Men"]
    assert table["Payback per £1"][1:].tolist() == pytest.approx(groups["payback"].tolist())


@pytest.mark.parametrize("cohort", BUILT_IN)
def test_every_characteristic_can_be_looked_at(cohort: str) -> None:
    at = visit("fairness", cohort=cohort)
    for one in characteristics.of(evaluated(Scenario(cohort=cohort)).cohort):
        check(look_by(at, one.label), TITLE)
        assert at.main.dataframe[0].value[one.label].tolist() == ["Everyone", *one.levels]
    open_part(at, "fairness", AMPLIFY)
    next(one for one in at.button_group if one.key == "ranked").set_value("Deprivation").run()
    check(at, TITLE)


def test_race_is_told_with_what_was_recorded_and_how_it_was_shared_out() -> None:
    at = look_by(visit("fairness", cohort="georgia_parole"), "Race, as recorded")
    said = " ".join(words(at))
    assert "Of Black people 58.7 in 100 were rearrested (95% interval 57.9 to 59.5" in said
    assert characteristics.RACE_NOTE in said
    assert "Not in these data: race" not in said
    assert "Not in these data: race" in " ".join(words(visit("fairness")))


def test_womens_case_stands_under_both_metrics() -> None:
    said = " ".join(words(visit("fairness", part=WOMEN)))
    for metric in women_case.METRICS:
        groups = evaluated(Scenario(metric=metric)).groups("sex")
        women, men = groups["payback"]
        assert f"£{women:.2f} for women and £{men:.2f} for men under a {metric} rate" in said
    assert "differences by sex are results of assumptions" in said
    assert "implied from the chance, not counted" in " ".join(
        words(visit("fairness", cohort="georgia_parole", part=WOMEN))
    )
    assert "Without a target there is no frequency rate" in " ".join(
        words(visit("fairness", target="none", part=WOMEN))
    )


def test_the_published_pattern_is_not_among_the_assumptions() -> None:
    """As the page says of the illustrative cohort: women do not reoffend more times each there."""
    groups = by_group.table(evaluated(Scenario()), characteristics.of(evaluated(Scenario()).cohort)[0])
    women, men = (groups.set_index("group").loc[who] for who in ("Women", "Men"))
    assert women["risk"] < men["risk"]
    assert women["reoffences"] / women["risk"] < men["reoffences"] / men["risk"]


def test_a_readers_own_table_says_what_cannot_be_said() -> None:
    at = upload(visit("fairness", cohort="own_table"), GOOD)
    check(at, TITLE)
    said = " ".join(all_words(at, "fairness"))
    assert "nothing can be said by a protected characteristic" in said
    assert "do not say who are women" in said
    assert "The risk curves do use age and sex" not in said
    open_part(at, "fairness", "groups")
    check(look_by(at, "Deprivation tenth"), TITLE)


def test_turning_nobody_away_and_everybody_the_same_hours() -> None:
    at = visit("fairness", results_share="0", contract_value="10000", part=AMPLIFY)
    check(at, TITLE)
    said = " ".join(words(at))
    assert "nothing is gained by it" in said
    assert "leaves inequality by needs as it is" in said
    assert "nothing to part between groups" in said


@pytest.mark.parametrize(
    ("query", "part", "said"),
    [
        (
            {"minimum_hours": "100", "hour_cost": "120"},
            WOMEN,
            "Under a binary rate too few women or men need more than the minimum",
        ),
        ({"minimum_hours": "0", "benchmark": "guideline", "results_share": "0"}, AMPLIFY, "No hours are rewarded"),
        ({"benchmark": "socially_worthwhile", "flat_zone": "fixed", "measured_people": "500"}, WOMEN, "an extra £1"),
        ({"case_cost": "3000", "needed_budget": "500"}, "groups", "from each of these groups"),
    ],
)
def test_settings_at_an_edge_are_said_in_words(query: dict[str, str], part: str, said: str) -> None:
    at = visit("fairness", **query)
    check(at, TITLE)
    assert said.lower() in " ".join(words(open_part(at, "fairness", part))).lower()
    check(at, TITLE)


def test_a_table_of_one_group_has_nothing_to_compare() -> None:
    at = upload(visit("fairness", cohort="own_table"), HEADER + ROW)
    check(at, TITLE)
    assert amplify_words.NO_ORDER in " ".join(words(open_part(at, "fairness", AMPLIFY)))


# The notes

HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "b", "ul", "li"),
    *("table", "caption", "tr", "th", "td"),
}


class Text(HTMLParser):
    """The tables, the words and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.tags: set[str] = set()
        self.cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("src", "href")]
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        self.cell = tag in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.tables[-1][-1].append(data)
            self.cell = False


def notes(scenario: Scenario, cohort: Cohort, link: str = "http://localhost/fairness?a=1&b=2") -> str:
    evaluation = evaluate(scenario, cohort)
    known = characteristics.of(cohort)
    return assessment.document(
        assessment.NotesSubject(
            evaluation,
            known,
            kept.fairness_draws(evaluation),
            women_case.tables(evaluation) if scenario.cohort != OWN_TABLE else {},
            link,
        )
    )


@pytest.mark.parametrize("cohort", BUILT_IN)
def test_the_notes_hold_every_table_and_what_an_assessment_asks_for(cohort: str) -> None:
    scenario = Scenario(cohort=cohort)
    text = notes(scenario, evaluated(scenario).cohort)
    page = Text()
    page.feed(text)
    known = characteristics.of(evaluated(scenario).cohort)
    *groups, changes = page.tables
    assert [row[0] for row in changes[1:]] == list(CHANGES)
    for one, table in zip(known, groups, strict=True):
        assert [row[0] for row in table] == [one.label, *one.levels, "Everyone"]
        assert len({len(row) for row in table}) == 1
    said = unescape(re.sub(r"<[^>]+>", " ", text))
    for part in ("section 149", "Model version", "a=1&b=2", "disability", "do not forecast", *amplify_words.GISTS):
        assert part in said, part
    assert not re.search(r"\bnan\b|\binf\b|None|\d\.\d{4,}", said)


def test_the_notes_are_safe_from_a_tables_name() -> None:
    hostile = '<script>alert("1")</script>**=cmd|" /C calc"!A0.csv'
    scenario = Scenario(cohort=OWN_TABLE)
    text = notes(scenario, read(GOOD, hostile), link="http://x/?table=<img src=x onerror=alert(1)>")
    page = Text()
    page.feed(text)
    assert page.tags <= HARMLESS
    assert "&lt;script&gt;" in text
    assert "No count under 10" not in text


def test_a_download_is_offered() -> None:
    at = visit("fairness", part="assessment")
    labels = [button.label for button in at.get("download_button")]
    assert labels.count("Download notes for an assessment") == 1


def test_small_groups_are_said_to_be_hidden_in_the_notes() -> None:
    table = by_group.table(evaluated(Scenario()), characteristics.of(evaluated(Scenario()).cohort)[0])
    table.loc[0, table.columns.drop("group")] = np.nan
    sex = characteristics.of(evaluated(Scenario()).cohort)[0]
    assert assessment.written(sex, table).iloc[0, 1:].eq("not shown").all()
    assert (
        fairness_words.groups_title(sex, table)
        == "Fewer than two of these groups can be shown, so there is nothing to compare"
    )
