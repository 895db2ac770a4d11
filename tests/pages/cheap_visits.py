"""What makes a visit to a page in a test cheap: what a server does once, or not at all, no run of a test does again."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest.mock import MagicMock

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.elements.widgets import number_input, selectbox
from streamlit.runtime import Runtime
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SafeSessionState, get_session_state
from streamlit.testing.v1 import app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner


def make(patch: pytest.MonkeyPatch) -> None:
    """Let visits be cheap for as long as ``patch`` lasts."""
    found = manifest_scanner.scan_component_manifests()
    compiled, runtime = ScriptCache(), MagicMock(spec=Runtime)

    # Streamlit looks through every installed package for components at each visit of a test: half of its time.
    patch.setattr(manifest_scanner, "scan_component_manifests", lambda *_: found)
    # It compiles each script anew at every run; a server keeps what it has compiled.
    patch.setattr(app_test, "ScriptCache", lambda: compiled)
    # It invents a server for each run, and what is asked of it when asked.
    patch.setattr(app_test, "MagicMock", lambda **_: forgetful(runtime))
    # It forgets before each run that the explorer names its pages itself, which a server knows from the first run on,
    # and makes a page of each file of the folder. `tests/e2e/test_cold_links.py` opens pages on fresh servers.
    patch.setattr(PagesManager, "uses_pages_directory", False)
    patch.setattr(app_test, "PagesManager", partial(PagesManager))
    # It reads all that a visit holds for each box that it draws, to ask after one key: a tenth of a run.
    for boxes in (number_input, selectbox):
        patch.setattr(boxes, "get_session_state", lambda: OneKey(get_session_state()))
    # It looks every millisecond whether the script's thread has ended, and takes the interpreter from it to do so.
    patch.setattr(local_script_runner, "require_widgets_deltas", await_end)


@dataclass(frozen=True)
class OneKey:
    """The state of a visit, of which one key is asked for."""

    state: SafeSessionState

    @property
    def filtered_state(self) -> SafeSessionState:
        """The state itself: it finds a key, and what is under it, by the same rules."""
        return self.state


def forgetful(runtime: MagicMock) -> MagicMock:
    """The same invented server, without what the runs before have asked of it."""
    runtime.reset_mock()
    return runtime


def await_end(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for a run to end; one that has not by then is stopped, and its test fails."""
    thread: Any = runner._script_thread
    thread.join(timeout)
    if thread.is_alive():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"The run of a page took more than {timeout:g} seconds.")
