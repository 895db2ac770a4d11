"""A price that is held beside another leaves with it: in the link, the report, the workbook and the script."""

import io

import openpyxl

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, Scenario
from pricing.take_away import cover, printed, reproduce, workbook
from pricing.words.numbers import in_force
from pricing.words.spend import sentence
from tests.pricing.take_away import covers

A, B = Scenario(), Scenario(target="own", need_premium=0.3, results_share=0.5)


def test_a_leaves_with_b() -> None:
    people = shipped.load(A.cohort)
    a, b = evaluate(A, people), evaluate(B, people)
    made = cover.of(b, covers.DAY, covers.ADDRESS, pinned=a)
    for link in (made.link, made.short_link):
        found = links.read(links.from_url(link))
        assert (found.pinned, found.scenario) == (A, B)
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(made)))
    texts = {row[0]: row[1] for row in book["Read me"].iter_rows(min_row=3, max_col=2, values_only=True)}
    assert texts["What A costs"] == sentence(a) != sentence(b) == texts["What it costs"]
    script, report = reproduce.python(made), printed.write(made)
    assert sentence(a) in script
    assert in_force(A) in report
    for text in (script, report):
        assert sentence(b) in text


def test_a_about_other_people_leaves_with_them() -> None:
    a = A.with_(cohort="georgia_parole")
    made = covers.of(B, a=a)
    assert links.read(links.from_url(made.link)).pinned == a
    assert dict(made.lines())["The people of A"].startswith("Georgia")
    own = covers.of(B, a=A.with_(cohort=OWN_TABLE))
    found = links.read(links.from_url(own.short_link))
    assert found.problems == ()
    assert found.table is not None
    assert own.table is None


def test_a_is_judged_by_the_need_of_b() -> None:
    made = covers.of(B.with_(needed_budget=3000.0), a=A)
    pinned = links.read(links.from_url(made.link)).pinned
    assert pinned == A.with_(needed_budget=3000.0)
