"""Which settings that came along with a question are the reader's own."""

from pages.kit.live.follow import taken

DRAWN = {"results_share": 0.2, "need_premium": 0.3, "metric": "binary"}


def test_what_a_reader_set_is_taken_and_what_the_drawing_before_had_is_not() -> None:
    before = DRAWN | {"results_share": 0.5}
    assert taken(DRAWN, before, DRAWN | {"results_share": 0.5, "need_premium": 0.4}) == DRAWN | {"need_premium": 0.4}
    assert taken(DRAWN, {}, DRAWN | {"metric": "frequency"}) == DRAWN | {"metric": "frequency"}


def test_controls_that_are_gone_say_nothing() -> None:
    """The page was left meanwhile: taken for a change, they led back to it."""
    assert taken(DRAWN, DRAWN, dict.fromkeys(DRAWN)) == DRAWN
    assert taken(DRAWN, {}, {"results_share": 0.6} | dict.fromkeys(("need_premium", "metric"))) == DRAWN | {
        "results_share": 0.6
    }
