"""Each kind of question is whole, and its tally is what a sum by hand gives."""

import statistics
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import kinds, price_tally
from consultation.kinds import KINDS
from consultation.leaving import report, table_files
from consultation.ready import ready_set
from consultation.records import Question, RoomAnswer, RoomEvent, Tally
from pages.kit.consultation import words as room_words
from pricing import MODEL_VERSION
from pricing.errors import AnswerError, ExplorerError
from pricing.scenario import links
from pricing.scenario.links import TableName
from pricing.scenario.scenario import METRICS, Scenario, specs
from tests.consultation import rooms
from tests.consultation.test_seats import NOW, answers_of, event_of
from tests.examples import examples


def counted(question: Question, values: list[object]) -> Tally:
    event: RoomEvent = event_of(question)
    given = [RoomAnswer(f"{n:032x}", "q0", value, None, NOW, MODEL_VERSION) for n, value in enumerate(values)]  # type: ignore[arg-type]
    return KINDS[question.kind].count(Tally(event.questions[0], len(given), seen=True), given, event)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_lacks_nothing(kind: str) -> None:
    """A new kind needs a question to try it on in rooms.EACH, an answer in rooms.value_for, and these to hold."""
    question = next(one for one in rooms.EACH if one.kind == kind and not one.seat)
    assert KINDS[kind].key == kind
    assert KINDS[kind].name
    assert KINDS[kind].what.endswith(".")
    assert replace(kinds.declared(question), id="") == kinds.declared(question)
    event = event_of(question)
    given = answers_of(event.questions[0], [None] * 7, Random(1))
    for one in given:
        assert kinds.check(question, one.value) == one.value, "what is kept is accepted again, and stays as it is"
        assert isinstance(KINDS[kind].told(question, one.value), str | int | float)
    empty = Tally(event.questions[0], 0, seen=True)
    assert KINDS[kind].count(empty, (), event).answered == 0, "a question that nobody answered has a tally too"
    tally = KINDS[kind].count(replace(empty, answered=7), given, event)
    assert tally != replace(empty, answered=7)
    if KINDS[kind].by_seat:
        assert tally.counts or tally.median is not None


def test_the_ready_set_can_be_asked() -> None:
    found = ready_set()
    assert [one.kind for one in found] == ["choice", "number", "choice", "agreement", "price", "comment"]
    assert [one.seat for one in found] == [True, False, False, False, False, False]
    for one in found:
        assert kinds.declared(one) == one


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
@examples(50)
def test_agreement(values: list[int]) -> None:
    tally = counted(rooms.AGREEMENT, list(values))
    assert tally.counts == tuple(values.count(place) for place in range(1, 6))
    assert tally.median == statistics.median(values)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
@examples(50)
def test_numbers(values: list[float]) -> None:
    tally = counted(rooms.NUMBER, list(values))
    assert tally.values == tuple(sorted(values))
    assert tally.median == pytest.approx(statistics.median(values))
    assert tally.low_quarter in values
    assert tally.high_quarter in values


@given(st.lists(st.integers(0, 12).map(lambda step: step / 4), min_size=1, max_size=14))
@examples(200)
def test_what_is_said_of_the_middle_is_true_of_the_answers(values: list[float]) -> None:
    """Ties, and one, two or three answers: half may be no number of them. Told as the files and the pages tell it."""
    question = replace(rooms.NUMBER, step=0.25, unit="")
    tally, said = counted(question, list(values)), set(map(question.stated, values))
    low, middle, high = (
        float(question.stated(one))
        for one in (tally.low_quarter or 0.0, tally.median or 0.0, tally.high_quarter or 0.0)
    )
    number = len(values)
    under, over = (sum(value <= middle for value in values), sum(value >= middle for value in values))
    assert min(under, over) >= number / 2
    assert sum(low <= value <= high for value in values) >= number / 2
    assert sum(value <= low for value in values) >= number / 4
    assert sum(value <= high for value in values) >= 3 * number / 4
    assert sum(value >= low for value in values) >= 3 * number / 4
    finding = room_words.finding(tally)
    assert (finding.startswith("At least half of those who answered said")) == (len(said) > 1)
    assert (finding.startswith("The one answer is")) == (number == 1)
    told = report.line(question, tally)
    assert told
    assert told["words"].startswith("The one answer is") == (number == 1)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1234567.0, "£", "1,234,567 £"),
        (0.35, "%", "0.35%"),
        (12.5, "%", "12.5%"),
        (1012.5, "people", "1,012.5 people"),
        (-0.0, "", "0"),
        (1e-12, "", "0"),
        (0.1 + 0.2, "", "0.3"),
    ],
)
def test_an_answer_is_written_with_all_of_its_digits(value: float, unit: str, said: str) -> None:
    """1.23457e+06 stood in the files where the page had 1,234,567, and 0.3% where 0.35 had been typed."""
    question = replace(rooms.NUMBER, unit=unit, high=1e9)
    assert question.stated(value) == room_words.number(question, value) == said


@pytest.mark.parametrize(
    ("value", "step", "kept"), [(100 / 3, 1.0, 33.33), (0.35, 1.0, 0.35), (100 / 3, 0.1, 33.333), (99.999, 1.0, 99.9)]
)
def test_an_answer_is_kept_to_a_hundredth_of_its_steps_and_within_its_range(
    value: float, step: float, kept: float
) -> None:
    question = replace(rooms.NUMBER, step=step, high=99.9 if kept == 99.9 else 100.0)
    found = kinds.check(question, min(value, question.high))
    assert found == kept == kinds.check(question, found)


def test_a_range_is_told_with_all_of_its_digits() -> None:
    large = replace(rooms.NUMBER, low=1e9, high=2e9, unit="£")
    with pytest.raises(AnswerError, match=r"^Answer with a number from 1,000,000,000 £ to 2,000,000,000 £\.$"):
        kinds.check(large, 0)


@pytest.mark.parametrize("own", ["binary", "frequency", "progress"])
def test_a_tied_choice_is_the_events_own_or_the_first_whatever_the_order_of_the_answers(own: str) -> None:
    """The random ids of the answers decided on the room's price, and nothing said that it was a tie."""
    given = [(f"metric={one}&target=own&model={MODEL_VERSION}", MODEL_VERSION) for one in ("frequency", "binary")]
    found = [price_tally.of(f"metric={own}&target=own&model={MODEL_VERSION}", order) for order in (given, given[::-1])]
    (one, other) = ({dots.name: dots for dots in tally.settings}["metric"] for tally in found)
    assert one.room == other.room == (own if own in ("binary", "frequency") else "binary")
    assert one.tied == other.tied == ("binary", "frequency")
    assert found[0].middle == found[1].middle
    names = specs()["metric"].choices
    unlike = next(name for name in one.tied if name != one.room)
    assert report.setting(one)["room"] == f"{names[str(one.room)]} (chosen as often: {names[unlike]})"
    (row,) = room_words.setting_rows(found[0]).to_dict(orient="records")
    assert row[room_words.ROOMS_MIDDLE].endswith(f"(chosen as often: {names[unlike]})")


def test_prices_that_cannot_be_read_are_not_called_the_events_own() -> None:
    own, unread = f"model={MODEL_VERSION}", f"nonsense=1&model={MODEL_VERSION}"
    said = {
        (unread, unread): "None of the prices that were sent can be read by this version",
        (own,): "The one price that was sent is the event’s own",
        (own, unread): "The one price that can be read is the event’s own",
        (own, own): "2 prices, all the event’s own",
    }
    for sent, finding in said.items():
        tally = counted(rooms.PRICE, list(sent))
        assert room_words.finding(tally) == finding
        line = table_files.in_a_line(rooms.PRICE, tally)
        assert ("the event’s own" in line) == (sent != (unread, unread)), line


def test_prices_by_hand() -> None:
    own = f"need_premium=0.2&model={MODEL_VERSION}"
    given = [
        (f"need_premium=0.1&results_share=0.3&model={MODEL_VERSION}", MODEL_VERSION),
        (f"need_premium=0.5&metric=frequency&model={MODEL_VERSION}", MODEL_VERSION),
        (f"need_premium=0.3&metric=frequency&clients=10&model={MODEL_VERSION}", MODEL_VERSION),
    ]
    tally = price_tally.of(own, given)
    found = {one.name: one for one in tally.settings}
    assert set(found) == {"need_premium", "results_share", "metric"}, "one provider's clients are no term of the price"
    assert found["need_premium"].values == (0.1, 0.5, 0.3)
    assert found["need_premium"].own == 0.2
    assert found["need_premium"].room == 0.3
    assert found["results_share"].room == 0.2
    assert found["metric"].room == "frequency"
    middle = links.read(links.from_url(tally.middle))
    assert not middle.problems
    assert (middle.scenario.need_premium, middle.scenario.metric) == (0.3, "frequency")


def test_a_price_of_another_version_says_what_changed() -> None:
    tally = price_tally.of(
        f"model={MODEL_VERSION}",
        [("need_premium=0.1&model=1.2.0", "1.2.0"), (f"nonsense=1&model={MODEL_VERSION}", MODEL_VERSION)],
    )
    assert len(tally.notes) == 1
    assert "1.2.0" in tally.notes[0]
    assert tally.unread == 1
    assert len(tally.links) == 2
    assert tally.settings[0].values == (0.1,), "what cannot be honoured in full is not drawn"


def test_choices_that_contradict_each_other_stay_the_events_own() -> None:
    """Each of these prices is one; the commonest target and the commonest measure together are none."""
    terms = (
        ["metric=frequency&target=own"] * 2 + ["metric=frequency&target=one"] * 2 + ["metric=binary&target=none"] * 3
    )
    tally = price_tally.of(
        f"model={MODEL_VERSION}", [(f"need_premium=0.4&{one}&model={MODEL_VERSION}", MODEL_VERSION) for one in terms]
    )
    assert {one.name: one.room for one in tally.settings} == {
        "need_premium": 0.4,
        "metric": "frequency",
        "target": "none",
    }
    middle = links.read(links.from_url(tally.middle))
    assert not middle.problems
    assert (middle.scenario.need_premium, middle.scenario.metric, middle.scenario.target) == (0.4, "binary", "one")


def test_numbers_that_contradict_the_events_own_choices_leave_its_price() -> None:
    """The medians of three blends with one measure each are a weight of 0 on every one."""
    weights = [f"blend_{name}" for name in METRICS]
    given = [
        "&".join(["metric=blend", *(f"{name}={int(name == one)}" for name in weights), f"model={MODEL_VERSION}"])
        for one in weights[:3]
    ]
    own = f"metric=blend&need_premium=0.4&model={MODEL_VERSION}"
    tally = price_tally.of(own, [(one, MODEL_VERSION) for one in given])
    assert {one.room for one in tally.settings if one.name in weights} == {0.0}
    assert links.read(links.from_url(tally.middle)).scenario == links.read(links.from_url(own)).scenario


@given(st.data())
@examples(30)
def test_every_price_that_can_be_set_can_be_answered(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(specs())), max_size=6, unique=True))
    changes: dict[str, float | str] = {}
    for name in names:
        spec = specs()[name]
        drawn = st.sampled_from(sorted(spec.choices)) if spec.choices else st.sampled_from([spec.low, spec.high])
        changes[name] = data.draw(drawn)
    try:
        scenario = Scenario().with_(**changes)
    except ExplorerError:
        return
    table = TableName("A person’s name.csv", rooms.SHA)
    query = kinds.price_answer(scenario, table)
    assert kinds.check(rooms.PRICE, query) == query
    assert links.read(links.from_url(query)).scenario == scenario.price_alone()
    assert "person" not in query
    assert "reserves" not in query
    assert (rooms.SHA in query) == (scenario.cohort == "own_table")
    assert price_tally.of(f"model={MODEL_VERSION}", [(query, MODEL_VERSION)]).unread == 0
