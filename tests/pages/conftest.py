"""What makes a visit to a page in a test cheap."""

from collections.abc import Iterator

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test

from pages.kit.cost import heavy


@pytest.fixture(scope="session", autouse=True)
def components_looked_for_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components at each visit of a test: half of its time."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda *_: found)
        yield


@pytest.fixture(scope="session", autouse=True)
def scripts_compiled_once() -> Iterator[None]:
    """A visit of a test compiles each script anew, at every run; a server keeps what it has compiled, as here."""
    compiled = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_test, "ScriptCache", lambda: compiled)
        yield


@pytest.fixture(scope="session", autouse=True)
def time_enough() -> Iterator[None]:
    """Work of a page has a budget of processor time, which a busy machine stretches: no test hangs on that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heavy, "BUDGET", 60.0)
        yield
