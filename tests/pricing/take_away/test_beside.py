"""A price that is held beside another leaves with it: in the link, the report, the workbook and the script."""

import io

import openpyxl

from pricing.evaluate import evaluate
from pricing.people import shipped
from pricing.scenario import links
from pricing.scenario.scenario import Scenario
from pricing.take_away import cover, printed, reproduce, workbook
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
    for text in (printed.write(made), reproduce.python(made)):
        assert sentence(a) in text
        assert sentence(b) in text
    assert sentence(a) not in printed.write(cover.of(b, covers.DAY, covers.ADDRESS))
