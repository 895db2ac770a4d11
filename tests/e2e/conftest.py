"""What tests in a browser may ask for besides: a visit that stays open, and that axe finds nothing grave of ours."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.conftest import FAILED, Server, picture_of
from tests.e2e.axe import TALL, both
from tests.e2e.explorer import open_to_go_on, open_within

BARE = """\
import streamlit as st
st.title("Bare")
with st.sidebar:
    st.slider("A slider", 0.0, 1.0, 0.5)
    st.number_input("A number", 0.0, 1.0, 0.5)
    st.selectbox("A choice", ["one", "two"])
st.dataframe({"a": [1, 2]})
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in a browser that fails is tried once more, and named at the end (RERUN): two of it are a failure.

    Browser, server and test are three programs on two cores. What comes once in some thousands of openings is a fault
    to look for, but whether it comes in this run of all the tests says nothing about what was changed.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def left_open(desktop: BrowserContext) -> list[Page]:
    """The page of ``desktop`` that stays open from test to test, if there is one; it ends with its context."""
    return []


@pytest.fixture
def visit(
    app_url: str, desktop: BrowserContext, left_open: list[Page], request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Page]]:
    """``visit(path)`` is a page that stands there, in a visit that other tests began: a load is most of a short test.

    For what a page does once it stands, whatever was done before. A test of what a visit begins with or remembers has a
    ``desktop_page`` of its own, and one that leaves more behind than the address tells too.
    """

    def go(path: str) -> Page:
        if left_open and left_open[0].is_closed():  # a browser may end a page that has stood for long
            left_open.clear()
        if not left_open:
            left_open.append(desktop.new_page())
            open_to_go_on(left_open[0], app_url + path)
        open_within(left_open[0], app_url + path)
        return left_open[0]

    yield go
    if left_open and request.node.stash.get(FAILED, False):
        failed = left_open.pop()
        if not failed.is_closed():
            failed.screenshot(path=picture_of(request.node))
            failed.close()


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
