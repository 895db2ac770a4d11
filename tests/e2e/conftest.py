"""What tests in a browser may ask for besides: what axe-core finds on a page with nothing of ours on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.conftest import Server
from tests.e2e.axe import TALL, both

BARE = """\
import streamlit as st
st.title("Bare")
with st.sidebar:
    st.slider("A slider", 0.0, 1.0, 0.5)
    st.number_input("A number", 0.0, 1.0, 0.5)
    st.selectbox("A choice", ["one", "two"])
st.dataframe({"a": [1, 2]})
"""


@pytest.fixture(scope="session")
def hold_nothing_grave(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[dict[str, str]], None]:
    """``hold_nothing_grave(found)``: axe finds nothing grave but what it finds on a page of Streamlit's own too.

    That page is read only where something was found at all: two readings that mostly nobody needs.
    """

    @cache
    def bare() -> set[str]:
        return found_on_bare(request.getfixturevalue("desktop"), request.getfixturevalue("serve"), tmp_path_factory)

    def hold(found: dict[str, str]) -> None:
        ours = {kind: where for kind, where in found.items() if kind not in bare()}
        assert not ours

    return hold


def found_on_bare(
    desktop: BrowserContext,
    serve: Callable[[Path], AbstractContextManager[Server]],
    tmp_path_factory: pytest.TempPathFactory,
) -> set[str]:
    script = tmp_path_factory.mktemp("bare") / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    page = desktop.new_page()
    page.set_viewport_size(TALL)
    with serve(script) as server:
        page.goto(server.url)
        page.get_by_test_id("stDataFrame").wait_for()
        found = set(both(page))
    page.close()
    return found
