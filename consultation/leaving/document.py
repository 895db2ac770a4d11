"""An event as JSON, and the published schema of that JSON."""

from dataclasses import asdict
from typing import Any, get_args

from consultation.kinds import KINDS
from consultation.leaving import rows
from consultation.leaving.rows import WholeEvent
from consultation.records import Question, State, Tally
from pricing import MODEL_VERSION
from pricing.take_away.scenario_file import closed
from pricing.words import written

SCHEMA = "urn:pricing-structure-explorer:event:1"
TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "number"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
MINUTE: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\dZ$"}


def write(whole: WholeEvent) -> bytes:
    """The event as JSON: see :func:`schema`."""
    event = whole.event
    document = {
        "schema": SCHEMA,
        "version": MODEL_VERSION,
        "event": {
            "code": event.code,
            "title": event.title,
            "link": whole.link(event.link),
            "model": event.model,
            "started": rows.minute(event.started),
            "closed": event.closed and rows.minute(event.closed),
            "delete_on": event.delete_on.isoformat(),
        },
        "questions": [of_question(whole, question) for question in event.questions],
    }
    return (written.as_json(document) + "\n").encode("utf-8")


def of_question(whole: WholeEvent, question: Question) -> dict[str, Any]:
    """A question with its result and the answers to it."""
    tally = whole.tally(question)
    kept = ("kind", "words", "choices", "low", "high", "step", "unit", "seat", "story", "state", "right")
    answers = [asdict(row) for row in rows.of_question(whole, question)]
    return {
        **{name: asdict(question)[name] for name in kept},
        "answered": tally.answered,
        "result": result(whole, tally),
        "answers": [
            {name: value for name, value in row.items() if name not in ("question", "kind")} for row in answers
        ],
    }


def result(whole: WholeEvent, tally: Tally) -> dict[str, Any]:
    """What came of a question, without what stands in its answers."""
    price = tally.price
    return {
        "counts": tally.counts,
        "median": tally.median,
        "low_quarter": tally.low_quarter,
        "high_quarter": tally.high_quarter,
        "by_seat": [asdict(one) for one in tally.by_seat],
        "seats_left_out": tally.seats_left_out,
        "settings": [asdict(one) for one in price.settings] if price else [],
        "unread": price.unread if price else 0,
        "middle": whole.link(price.middle) if price and price.middle else None,
        "own_tables": price.own_tables if price else 0,
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an event as it leaves."""
    event = dict.fromkeys(("code", "title", "link", "model"), TEXT)
    event |= {"started": MINUTE, "closed": nullable(MINUTE), "delete_on": TEXT | {"format": "date"}}
    parts = {
        "schema": {"const": SCHEMA},
        "version": TEXT | {"description": "The model version of the explorer that wrote this."},
        "event": whole_of(event),
        "questions": listed(whole_of(question_schema())),
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA}
    return head | {"title": "What a room said at a consultation event"} | whole_of(parts)


def question_schema() -> dict[str, Any]:
    """The parts of a question."""
    return {
        "kind": {"enum": list(KINDS)},
        "words": TEXT,
        "choices": listed(TEXT),
        **dict.fromkeys(("low", "high", "step"), NUMBER),
        "unit": TEXT,
        "seat": {"type": "boolean", "description": "Whether it asks from which seat a person speaks."},
        "story": TEXT | {"description": "The step of the story that a guess belongs to."},
        "state": {"enum": list(get_args(State))},
        "right": nullable(COUNT) | {"description": "The model's choice of a guess, from 0."},
        "answered": COUNT | {"description": "Browsers that answered."},
        "result": whole_of(result_schema()),
        "answers": listed(whole_of(answer_schema())) | {"description": "By their random ids."},
    }


def answer_schema() -> dict[str, Any]:
    """The parts of an answer."""
    seat = (
        f"The seat in words; “{rows.NOT_SHOWN}” where fewer than 5 answers, or what would give them back, are from it."
    )
    return {
        "answer": {"type": ["string", "number"]},
        "seat": TEXT | {"description": seat},
        "minute": MINUTE,
        "link": TEXT | {"description": "A price; of a reader's own table it holds the SHA-256 alone."},
        "model": TEXT | {"description": "The model version under which it was given."},
        "appears": {"type": ["boolean", "null"], "description": "Whether the room may see a comment."},
    }


def result_schema() -> dict[str, Any]:
    """The parts of a result."""
    number = nullable(NUMBER)
    seat = whole_of({"seat": TEXT, "answered": COUNT, "counts": listed(COUNT), "median": number})
    value: dict[str, Any] = {"type": ["number", "string"]}
    setting = whole_of({"name": TEXT, "own": value, "values": listed(value), "room": value, "tied": listed(TEXT)})
    return {
        "counts": listed(nullable(COUNT)) | {"description": "By choice, or from 1 to 5; null where not shown."},
        "median": number | {"description": "Half-way between two answers where their number is even."},
        "low_quarter": number | {"description": "At least half of all answers lie from this one to high_quarter."},
        "high_quarter": number,
        "by_seat": listed(seat),
        "seats_left_out": {"type": "boolean"},
        "settings": listed(setting)
        | {
            "description": "Settings of the prices that differ, with the room's median, or its commonest choice; tied "
            "are the choices where several are."
        },
        "middle": nullable(TEXT) | {"description": "The room's median price as a link."},
        "unread": COUNT | {"description": "Prices that this version cannot read whole: they are not counted."},
        "own_tables": COUNT | {"description": "Prices that were set on a table of a reader's own."},
    }


def whole_of(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with all of these properties and no others."""
    return closed(properties) | {"required": list(properties)}


def listed(items: dict[str, Any]) -> dict[str, Any]:
    """A list of such items."""
    return {"type": "array", "items": items}


def nullable(kind: dict[str, Any]) -> dict[str, Any]:
    """Such a value, or null."""
    return kind | {"type": [kind["type"], "null"]}
