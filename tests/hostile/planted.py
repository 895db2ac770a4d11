"""A measured server with faults in it, each met by a link that names it: what looks for faults must see them."""

import logging
import sys
from functools import cache
from time import thread_time
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from tests.hostile import measured

FAILS, REPAIRS, HANGS, SAYS_NAN, PRINTS, HOLDS_UP = "fails", "repairs", "hangs", "says nan", "prints", "holds up"
"""A traceback in place of the page, a setting that is not taken and not named, work of `LONG`, an undefined number, a
traceback that only the log has, and the thread that takes requests in at work for `HELD`."""
LONG, HELD = 2.2, 0.6
"""Seconds of processor: the first a little more than `found.MOST`."""
NOT_TAKEN = 61.5
"""An hour's cost that is not taken and not named, wherever it comes from."""


def work(seconds: float) -> None:
    """Keep the processor busy for so long."""
    end = thread_time() + seconds
    while thread_time() < end:
        pass


@cache
def plant() -> None:
    """Put the faults in, once, when the server runs: its components cannot be declared before."""
    from pages.frame import frame, panel

    drawn, seeded = frame.draw_all, panel.seed

    def draw_all() -> None:
        asked = st.query_params.get("name", "")
        if asked == FAILS:
            raise ValueError("put in")
        if asked == HANGS:
            work(LONG)
        if asked == SAYS_NAN:
            st.write("It pays £nan.")
        if asked == PRINTS:
            logging.getLogger(__name__).error("put in", exc_info=ValueError("put into the log"))
        if asked == HOLDS_UP:
            runtime.get_instance()._get_async_objs().eventloop.call_soon_threadsafe(work, HELD)
        drawn()

    def seed(scenario: Any) -> None:
        repaired = st.query_params.get("name") == REPAIRS or scenario.hour_cost == NOT_TAKEN
        seeded(scenario.with_(hour_cost=50.0) if repaired else scenario)

    frame.draw_all, panel.seed = draw_all, seed


def before_each_run() -> None:
    """Have the faults in before a page is drawn."""
    run = ScriptRunner._run_script

    def planted(self: Any, *given: Any) -> Any:
        plant()
        return run(self, *given)

    ScriptRunner._run_script = planted  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    before_each_run()
    measured.serve(sys.argv[1:])
