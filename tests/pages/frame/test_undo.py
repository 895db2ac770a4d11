"""Steps: what is taken back, made again and replayed, without a screen."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pages.frame.undo import MOST, Standing, Steps
from pricing.scenario.scenario import Scenario


def at(value: float, other: float = 0.0, pinned: Scenario | None = None) -> Standing:
    return Standing({"one": value, "two": other}, pinned)


def test_changes_of_one_setting_close_together_are_one_step() -> None:
    steps = Steps(at(0)).move(at(1), 10).move(at(2), 11.9).move(at(3), 13.8)
    assert steps.past == (at(0),)
    assert steps.undo().now == at(0)
    assert steps.undo().redo().now == at(3)


def test_a_pause_or_another_setting_begins_a_new_step() -> None:
    steps = Steps(at(0)).move(at(1), 10).move(at(2), 12.1).move(at(2, 5), 12.2)
    assert steps.past == (at(0), at(1), at(2))


def test_a_drag_that_ends_where_it_began_is_no_step() -> None:
    steps = Steps(at(0)).move(at(1), 10).move(at(0), 11)
    assert steps.past == ()
    assert steps.now == at(0)


def test_a_change_forgets_what_was_taken_back() -> None:
    steps = Steps(at(0)).move(at(1), 10).undo().move(at(0, 1), 20)
    assert steps.future == ()
    assert steps.redo() is steps


def test_pinning_is_a_step_too() -> None:
    steps = Steps(at(0)).move(at(0, pinned=Scenario()), 10)
    assert steps.undo().now.pinned is None


def test_back_and_forward_travel_along_the_steps() -> None:
    steps = Steps(at(0)).move(at(1), 10).move(at(2), 20).move(at(3), 30)
    back = steps.travel(at(1), 40)
    assert (back.past, back.future) == ((at(0),), (at(2), at(3)))
    assert back.travel(at(3), 41) == Steps(at(3), (at(0), at(1), at(2)))
    elsewhere = back.travel(at(9), 42)
    assert (elsewhere.past, elsewhere.now) == ((at(0), at(1)), at(9))


def test_a_replay_shows_before_and_then_after() -> None:
    steps = Steps(at(0)).move(at(1), 10)
    before = steps.replayed()
    assert (before.now, before.replay, before.last_change) == (at(0), "before", (at(0), at(1)))
    after = before.replayed()
    assert (after.now, after.replay, after.last_change) == (at(1), "after", (at(0), at(1)))
    assert after.replayed().now == at(0)
    assert after.move(at(2), 20).replay == ""
    assert Steps(at(0)).replayed() == Steps(at(0))


@given(st.lists(st.tuples(st.sampled_from(["move", "undo", "redo", "replayed", "travel"]), st.integers(0, 5))))
def test_the_history_is_bounded_and_undo_leads_to_the_beginning(done: list[tuple[str, int]]) -> None:
    steps = Steps(at(0))
    for clock, (what, value) in enumerate(done * 12):
        if what in ("move", "travel"):
            steps = getattr(steps, what)(at(value, clock if what == "move" else 0), 10.0 * clock)
        else:
            steps = getattr(steps, what)()
        assert len(steps.past) <= MOST
    line = (*steps.past, steps.now, *steps.future)
    assert all(one.changed(other) for one, other in pairwise(line))
    for _ in steps.past:
        steps = steps.undo()
    assert steps.now == line[0]
    for _ in line[1:]:
        steps = steps.redo()
    assert (*steps.past, steps.now) == line
