"""What tests in a browser may ask for besides: what axe-core finds on a page with nothing of ours on it."""

import json
import os
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
def bare(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What axe finds that is grave on a page of Streamlit's own; found once for all workers of a run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    told = tmp_path_factory.getbasetemp().parent / f"bare-{run}.json"
    if run and told.exists():
        return set(json.loads(told.read_text(encoding="utf-8")))
    found = found_on_bare(request.getfixturevalue("desktop"), request.getfixturevalue("serve"), tmp_path_factory)
    if run:
        mine = told.with_suffix(f".{os.getpid()}")
        mine.write_text(json.dumps(sorted(found)), encoding="utf-8")
        mine.replace(told)
    return found


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
