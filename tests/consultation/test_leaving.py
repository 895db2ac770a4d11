"""What leaves an event: whole, escaped, never a formula, in no order that tells who sat where."""

import csv
import io
import json
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from random import Random

import jsonschema
import openpyxl
import pandas
import pytest

from consultation import door
from consultation.leaving import document, forms, rows
from consultation.records import Question, Started
from pricing import MODEL_VERSION
from pricing.errors import EventError, ParameterError
from pricing.scenario import links
from pricing.scenario.links import TableName
from pricing.scenario.scenario import Scenario
from tests.consultation import rooms

HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    " =1+1",
    "＝1+1",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    'a, "b"; =c\n=d',
    "{{ 7 * 7 }}",
)
pytestmark = pytest.mark.usefixtures("file")


@pytest.mark.parametrize(
    ("question", "right", "told"),
    [(rooms.PRICE, None, True), (rooms.GUESS, 1, True), (rooms.GUESS, None, False), (rooms.CHOICE, None, False)],
    ids=["price", "guess", "guess without the model's answer", "choice"],
)
def test_the_report_says_whose_the_models_figures_are(question: Question, right: int | None, told: bool) -> None:
    made = rooms.started((question,))
    rooms.asked_of_all(made, 3, until="stopped")
    door.reveal(made.secret, rooms.key(made.event, question), right)
    text = door.export(made.secret, "html").content.decode("utf-8")
    assert ("invented people" in text) == told


@pytest.fixture
def hostile() -> Started:
    made = rooms.started(
        (rooms.SEAT, rooms.COMMENT, rooms.CHOICE, Question("choice", "=A1", ("=B1", "+C1"))), "=A1 <b>"
    )
    event = door.show(made.secret, made.event.questions[1].id)
    for number, text in enumerate(HOSTILE):
        door.answer(event.code, event.shown, rooms.browser(number), text)
    for one in door.comments(made.secret, event.shown):
        door.let_appear(made.secret, one.id)
    last = event.questions[3].id
    door.show(made.secret, last)
    door.answer(event.code, last, rooms.browser(0), 0)
    door.reveal(made.secret, last)
    return made


def read(made: Started) -> list[dict[str, str]]:
    text = door.export(made.secret, "csv").content.decode("utf-8")
    assert text.startswith(f"# pricing-structure explorer; model {MODEL_VERSION}; event {made.event.code}; ")
    return list(csv.DictReader(io.StringIO(text.partition("\n")[2], newline="")))


def test_no_cell_of_the_csv_is_a_formula(hostile: Started) -> None:
    found = read(hostile)
    assert len(found) == len(HOSTILE) + 1
    for row in found:
        for text in row.values():
            assert not text.lstrip().startswith(("=", "+", "-", "@", "＝", "\t", "\r"))
    assert {row["answer"].removeprefix("'") for row in found} == {*map(str.strip, HOSTILE), "=B1"}


def test_no_cell_of_the_workbook_is_a_formula(hostile: Started) -> None:
    book = openpyxl.load_workbook(io.BytesIO(door.export(hostile.secret, "xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert {row[2].value for row in book["Answers"].iter_rows(min_row=2)} == {*map(str.strip, HOSTILE), "=B1"}


class Parts(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_report_runs_and_fetches_nothing(hostile: Started) -> None:
    parts = Parts(door.export(hostile.secret, "html", "https://explorer.example/").content.decode("utf-8"))
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(parts.tags)
    for name, value in parts.attributes:
        assert not name.startswith("on")
        assert name not in ("src", "srcset")
        assert name != "href" or str(value).startswith("https://explorer.example/?")
    for text in HOSTILE:
        assert text.strip() in parts.words
    assert "49" not in parts.words


def test_the_report_holds_what_the_room_was_shown_and_no_more() -> None:
    made = rooms.started((rooms.CHOICE, rooms.COMMENT))
    event = rooms.asked_of_all(made, 7, until="stopped")
    door.answer(event.code, door.show(made.secret, event.questions[1].id).shown, rooms.browser(0), "The hidden one")
    door.answer(event.code, event.questions[1].id, rooms.browser(1), "The shown one")
    shown = next(one for one in door.comments(made.secret, event.questions[1].id) if one.value == "The shown one")
    door.let_appear(made.secret, shown.id)
    words = Parts(door.export(made.secret, "html").content.decode("utf-8")).words
    assert "The shown one" in words
    assert "The hidden one" not in words
    assert "Three" not in words, "the choices of a question whose result was not revealed are not drawn"
    door.reveal(made.secret, event.questions[0].id)
    assert "Three" in Parts(door.export(made.secret, "html").content.decode("utf-8")).words


def test_the_json_is_what_its_schema_says() -> None:
    schema = document.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    made = rooms.started()
    jsonschema.validate(json.loads(door.export(made.secret, "json").content), schema)
    event = rooms.asked_of_all(made, 12)
    door.close(made.secret)
    said = json.loads(door.export(made.secret, "json", "https://explorer.example/").content)
    jsonschema.validate(said, schema)
    assert said["event"]["code"] == event.code
    assert [len(one["answers"]) for one in said["questions"]] == [12] * len(event.questions)
    assert made.secret not in json.dumps(said)
    price = next(one for one in said["questions"] if one["kind"] == "price")
    for one in price["answers"]:
        link = links.read(links.from_url(one["link"]))
        assert not link.problems
        assert link.model == one["model"] == MODEL_VERSION


def test_answers_stand_by_their_random_ids_and_by_the_minute() -> None:
    made = rooms.started((rooms.NUMBER,))
    event = door.show(made.secret, made.event.questions[0].id)
    for number in range(40):
        door.answer(event.code, event.shown, rooms.browser(number), number)
    told = [float(row["answer"]) for row in read(made)]
    assert sorted(told) == list(range(40))
    ups = sum(after > before for before, after in pairwise(told))
    assert 10 <= ups <= 29, "neither the order in which they answered nor its reverse"
    assert [float(row["answer"]) for row in read(made)] == told
    assert all(len(row["minute"]) == len("2026-11-26T09:00Z") for row in read(made))


def test_a_price_on_a_table_of_ones_own_leaves_as_its_hash_alone() -> None:
    made = rooms.started((rooms.PRICE,))
    event = door.show(made.secret, made.event.questions[0].id)
    own = door.price_answer(
        Scenario(cohort="own_table", need_premium=0.3), TableName("Jane Doe clients.csv", rooms.SHA)
    )
    door.answer(event.code, event.shown, rooms.browser(1), own)
    door.reveal(made.secret, event.shown)
    for form in forms.FORMS:
        content = door.export(made.secret, form).content
        assert b"Jane" not in content
    assert rooms.SHA in read(made)[0]["link"]
    assert "set on a table of the reader’s own" in door.export(made.secret, "html").content.decode("utf-8")


def test_a_form_that_there_is_not_and_a_guessed_link() -> None:
    made = rooms.started()
    with pytest.raises(ParameterError, match="csv, xlsx, html, json"):
        door.export(made.secret, "exe")
    for form in door.FORMS:
        with pytest.raises(EventError, match="No event has this link"):
            door.export("0" * 32, form)
    assert set(door.FORMS) == set(forms.FORMS)


def test_the_same_event_leaves_as_the_same_bytes() -> None:
    made = rooms.started()
    rooms.asked_of_all(made, 6)
    for form in door.FORMS:
        assert door.export(made.secret, form).content == door.export(made.secret, form).content


def test_every_column_is_there() -> None:
    made = rooms.started()
    rooms.asked_of_all(made, 6)
    assert tuple(read(made)[0]) == rows.COLUMNS


def test_who_opens_the_files_in_a_program_of_tables_counts_what_the_room_said() -> None:
    made, draw, said = rooms.started(), Random(16), dict[str, list[object]]()
    for question in made.event.questions:
        door.show(made.secret, question.id)
        said[question.words] = [rooms.value_for(question, draw) for _ in range(14)]
        for number, value in enumerate(said[question.words]):
            door.answer(made.event.code, question.id, rooms.browser(number), value)
        if question.kind != "comment":
            door.reveal(made.secret, question.id)
    door.close(made.secret)
    csv_file, book = (io.BytesIO(door.export(made.secret, form).content) for form in ("csv", "xlsx"))
    sheets = pandas.read_excel(book, sheet_name=None)
    results = sheets["Questions"].set_index("Question")
    for table in (pandas.read_csv(csv_file, comment="#"), sheets["Answers"]):
        for question in made.event.questions:
            its_rows = table[table["question"] == question.words]
            assert results.loc[question.words, "Answered"] == len(its_rows) == 14
            if not question.seat:
                assert sorted(map(as_number, its_rows[column(question)])) == sorted(expected(question, said))
    middle = re.match(r"Middle answer \(median\): ([\d.]+)%", results.loc[rooms.NUMBER.words, "Result"])
    assert middle
    assert float(middle[1]) == pytest.approx(
        statistics.median(map(float, map(str, said[rooms.NUMBER.words]))), rel=1e-5
    )
    told = results.loc[rooms.PRICE.words, "Result"]
    assert told.startswith("Premium per complex need: the event’s own 20%, the room’s middle ")


def column(question: Question) -> str:
    return "link" if question.kind == "price" else "answer"


def as_number(cell: object) -> str:
    """A cell as text, a number to nine digits: a workbook holds no more of one than its cells do."""
    try:
        return f"{float(str(cell)):.9g}"
    except ValueError:
        return str(cell)


def expected(question: Question, said: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """What stands in a table for each of the answers that were given."""
    for value in said[question.words]:
        if question.kind == "price":
            yield f"?{value}"
        elif question.choices:
            yield question.choices[int(str(value))]
        else:
            yield as_number(value)
