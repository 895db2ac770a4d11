"""What tests in a browser may ask for besides: what axe-core finds on a page with nothing of ours on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
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
def bare(
    desktop: BrowserContext,
    tmp_path_factory: pytest.TempPathFactory,
    serve: Callable[[Path], AbstractContextManager[Server]],
) -> set[str]:
    """What axe finds that is grave on a page of Streamlit's own."""
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
