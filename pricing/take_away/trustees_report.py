"""The trustees' report: what a contract means for one provider, as one HTML file that prints on two A4 pages.

It stands beside the commissioner's report (:mod:`pricing.take_away.printed`), on the same paper.
"""

from typing import Any

from pricing import MODEL_VERSION
from pricing.errors import ScenarioError
from pricing.questions.small_provider import cash
from pricing.questions.small_provider.said import questions, verdict_words, words
from pricing.take_away import board
from pricing.take_away.board import Board
from pricing.take_away.cover import Cover
from pricing.take_away.printed import TEMPLATES, link_parts
from pricing.words.numbers import LIMITS, in_force

TITLE = "Can we carry this contract?"
CANNOT = "This provider cannot be shown with these settings."


def write(cover: Cover) -> str:
    """The report as HTML; the same cover gives the same text. What cannot be followed is said in its place."""
    scenario = cover.evaluation.scenario
    try:
        found = told(cover, board.find(cover.evaluation))
    except ScenarioError as problem:
        found = {"verdict": CANNOT, "problem": str(problem)}
    return TEMPLATES.get_template("trustees.html.jinja").render(
        title=TITLE,
        cover=cover,
        version=MODEL_VERSION,
        limits=LIMITS,
        price=in_force(scenario, 3),
        settings=board.own_settings(scenario),
        of_price=board.of_price(scenario),
        **link_parts(cover),
        **({"problem": ""} | found),
    )


def told(cover: Cover, found: Board) -> dict[str, Any]:
    """What is found, in words."""
    scenario = cover.evaluation.scenario
    under_prime = cash.cash(cash.plan(scenario.with_(held="prime"), found.prime.now))
    readings = verdict_words.readings_table(found.readings)
    taken_back = verdict_words.taken_back(found.stake, scenario)
    why, means = verdict_words.why_so_many(found.verdict, scenario), verdict_words.meaning(found.verdict, scenario)
    return {
        "verdict": verdict_words.verdict(found.verdict),
        "asked": board.asked(scenario, found),
        "numbers": board.numbers(found),
        "lost": [said for said in (words.headline(found.year), means, taken_back, why) if said],
        "columns": list(readings.columns),
        "readings": readings.to_numpy().tolist(),
        "must_be_true": board.must_be_true(scenario, found),
        "questions_title": questions.TITLE,
        "questions_note": board.DIRECT if scenario.held == "direct" else board.PRIME,
        "questions": questions.questions(scenario, found.prime, under_prime),
    }
