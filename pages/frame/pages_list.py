"""Every page of the explorer, one record each: menu, panel, first page, links and tests read them here.

To add a page, write ``pages/NAME.py`` and add a ``Page`` below, where it stands in the menu. To add a part to a page,
add a ``Part`` to its record and a function of that key to ``PARTS`` of the page's topic.
"""

from collections.abc import Mapping

from pages.frame.page_record import Page, Part
from pricing.scenario.metrics import how_many


def by_name(*pages: Page) -> dict[str, Page]:
    """Pages by name; a name given twice is refused."""
    found = {page.name: page for page in pages}
    if len(found) != len(pages):
        raise ValueError("Two pages have one name.")
    return found


BEGIN, PRICE, PEOPLE, MONEY = "Begin", "The price", "People and places", "Money and risk"
ROOM, TRUST = "In the room", "How far to trust it"
"""The parts of the menu, in order."""
PAGES: Mapping[str, Page] = by_name(
    Page(
        "start_here",
        "Start here",
        BEGIN,
        "",
        heading="Whom does this price leave behind?",
    ),
    Page(
        "story",
        "The story in six steps",
        BEGIN,
        "From who these people are to what it would take: guess before each answer.",
        lifted=("cohort",),
        stepped=True,
        panel=False,
        pictures=False,
    ),
    Page(
        "set_the_price",
        "Set the price",
        PRICE,
        "What each group brings in and costs, and settings that defeat themselves.",
    ),
    Page(
        "cheapest_fair_price",
        "The cheapest fair price",
        PRICE,
        "What would put it right, and what it would cost: the least that keeps a promise to every group.",
        group="cheapest",
        parts=(
            Part("answer", "The answer"),
            Part("what_sets_it", "What sets it"),
            Part("who_else", "If not, who"),
            Part("specify", "Specify or pay"),
            Part("how_sure", "In most of 100 draws"),
        ),
    ),
    Page(
        "how_results_are_paid",
        "How results are paid",
        PRICE,
        "What luck and the clauses of a contract make of a result, and contracts to start from.",
        parts=(
            Part("expected_pay", "Expected pay"),
            Part("areas", "In small and large areas"),
            Part("effective_price", "The effective price"),
            Part("contracts", "Contracts to start from"),
        ),
    ),
    Page(
        "compare",
        "A and B",
        PRICE,
        "Hold one price beside another: what changed, who gains and who loses.",
        pictures=False,
    ),
    Page(
        "shortlist",
        "Shortlist",
        PRICE,
        "A shortlist with names of your own, side by side in one table, one link and one file.",
        pictures=False,
    ),
    Page(
        "who_it_pays_to_help",
        "Who it pays to help",
        PEOPLE,
        "Other ways of grouping people, and one group's money in and out.",
        parts=(
            Part("map", "The map"),
            Part("one_group", "One group’s money"),
            Part("four_measures", f"Paid on {how_many()} measures"),
        ),
    ),
    Page(
        "places",
        "Places",
        PEOPLE,
        "What this price does in each street and borough, and the money a multiplier moves between them.",
        parts=(
            Part("map", "The map"),
            Part("multipliers", "Three multipliers"),
            Part("footprint", "One price, which footprint?"),
        ),
    ),
    Page(
        "fairness",
        "Fairness",
        PEOPLE,
        "Women and men, age, race where recorded: who gets what, and whether this price amplifies inequality.",
        parts=(
            Part("groups", "Who gets what"),
            Part("women", "Women’s case"),
            Part("inequality", "Inequality"),
            Part("assessment", "For an equality assessment"),
        ),
    ),
    Page(
        "risk_curves",
        "Risk curves",
        PEOPLE,
        "How likely people are to reoffend, and what the price pays along the way.",
    ),
    Page(
        "your_people",
        "Your people",
        PEOPLE,
        "Bring records of your own people for this visit, say what the columns mean, and see every page on them.",
        panel=False,
        pictures=False,
        brings=True,
    ),
    Page(
        "who_pays_who_saves",
        "Who pays, who saves",
        MONEY,
        "Where the money from fewer reoffences falls, and what a shared pot could pay for.",
        group="local",
        parts=(
            Part("who_saves", "Who saves"),
            Part("pot", "The pot"),
            Part("value", "Value for money"),
            Part("pays_for", "What it would pay for"),
            Part("boroughs", "By borough"),
            Part("not_known", "What is not known"),
        ),
    ),
    Page(
        "small_provider",
        "Being a small provider",
        MONEY,
        "Can we carry this? Luck, reserves and cash of one provider, alone, together or under a prime contractor.",
        group="provider",
        parts=(
            Part("year", "The year"),
            Part("years", "Several years"),
            Part("luck", "Luck or skill"),
            Part("share", "How much on results"),
            Part("together", "Together"),
            Part("cash", "Cash"),
            Part("prime", "Under a prime"),
            Part("seats", "Three seats"),
        ),
    ),
    Page(
        "take_away",
        "Take it away",
        ROOM,
        "A link, a QR code, a workbook, a report to print, and the Python that gives the same.",
        pictures=False,
    ),
    Page(
        "presenter",
        "Presenter view",
        ROOM,
        "One large picture for a wall, and a code with which phones in the room join in.",
        lifted=("results_share", "need_premium", "area_multiplier", "metric"),
        stepped=True,
    ),
    Page(
        "ask_the_room",
        "Ask the room",
        ROOM,
        "For who leads a consultation event: questions, a code for the phones, and what the room said.",
        panel=False,
        pictures=False,
    ),
    Page(
        "answer",
        "Answer",
        ROOM,
        "For who sits in the room: the question that is shown now, with no name and no account.",
        panel=False,
        alone=True,
        pictures=False,
    ),
    Page(
        "what_is_kept",
        "What is kept, and why",
        ROOM,
        "What a consultation event stores, for how long, and who can read it: for a data protection officer.",
        panel=False,
        pictures=False,
    ),
    Page(
        "how_sure",
        "How sure",
        TRUST,
        "How far to trust the verdict, and what would turn it.",
    ),
    Page(
        "checked_against_history",
        "Checked against history",
        TRUST,
        "What past contracts paid for, and whether the explorer says the same.",
        pictures=False,
    ),
    Page(
        "evidence",
        "Evidence",
        TRUST,
        "Where every number comes from, and what this explorer may be used for.",
        parts=(
            Part("parameters", "Parameters"),
            Part("data", "Data"),
            Part("people", "People"),
            Part("model", "The model"),
            Part("limits", "Use and limits"),
        ),
        pictures=False,
    ),
    Page(
        "glossary",
        "Glossary",
        TRUST,
        "The words of this explorer, one meaning each.",
        pictures=False,
    ),
    Page(
        "accessibility",
        "Accessibility",
        TRUST,
        "What was tested for whom, and what does not pass.",
        pictures=False,
    ),
)
"""Every page by name, in the order of the menu."""

LEADS = ("ask_the_room", "what_is_kept")
"""Pages of whoever leads a room: they need no way back to its question."""


def menu() -> dict[str, tuple[Page, ...]]:
    """The parts of the menu in order, each with its pages."""
    parts = dict.fromkeys(page.menu for page in PAGES.values())
    return {part: tuple(page for page in PAGES.values() if page.menu == part) for part in parts}
