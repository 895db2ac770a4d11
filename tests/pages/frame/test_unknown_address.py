"""An address that means a page leads there with its query; any other says so and leads on; the rest is Streamlit's."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.responses import Response

from pages.frame import unknown_address
from pages.frame.pages_list import PAGES
from pages.frame.unknown_address import instead


def ask(address: str, accept: str = "text/html,*/*;q=0.8") -> Response | None:
    """What a browser that asks for an address is answered in Streamlit's stead."""
    path, _, query = address.partition("?")
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": unquote(path), "query_string": query.encode()}
    return instead(scope | {"headers": [(b"accept", accept.encode())]})


OF_STREAMLIT = ("_stcore/health", "glossary/_stcore/host-config", "favicon.png", "app/static/shapes.json", "robots.txt")


@pytest.mark.parametrize("path", [*(page.path for page in PAGES.values()), *OF_STREAMLIT])
def test_what_is_there_is_streamlits(path: str) -> None:
    assert ask(f"/{path}?need_premium=0.3") is None


@pytest.mark.parametrize("path", ["/glossary/x", "/nonsense", "//evil", "/%3Cscript%3E", "/who", "/glossary/places"])
def test_what_is_not_there_says_so_and_leads_on(path: str) -> None:
    answer = ask(path)
    assert answer
    assert answer.status_code == 404
    text = bytes(answer.body).decode()
    assert "<h1>There is no page at this address</h1>" in text
    assert "script" not in text
    assert re.findall(r'href="/(\w*)"', text) == [page.path for page in PAGES.values() if not page.alone]


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/Glossary", "/glossary"),
        ("/who-it-pays-to-help?need_premium=0.3&model=1.6.0", "/who_it_pays_to_help?need_premium=0.3&model=1.6.0"),
        ("/Being%20a%20small%20provider", "/small_provider"),
        ("/small-provider)?part=cash", "/small_provider?part=cash"),
        ("/glossary/?named=caf%C3%A9", "/glossary?named=caf%C3%A9"),
        ("/places.", "/places"),
        ("/start_here?metric=frequency", "/?metric=frequency"),
        ("/%E2%80%9D", "/"),
    ],
)
def test_what_means_a_page_leads_there_with_its_query(path: str, leads: str) -> None:
    answer = ask(path)
    assert answer
    assert (answer.status_code, answer.headers["location"]) == (307, leads)


def test_under_a_path_of_its_own_it_leads_there_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown_address.st, "get_option", lambda name: "/explorer/")
    assert ask("/explorer") is ask("/explorer/") is ask("/explorer/glossary") is None
    led, lost = ask("/explorer/Glossary"), ask("/explorer/x")
    assert led
    assert lost
    assert led.headers["location"] == "/explorer/glossary"
    assert b'href="/explorer/glossary"' in lost.body


def test_pages_are_told_apart_by_their_letters() -> None:
    letters = [letters for page in PAGES.values() for letters in set(unknown_address.said(page))]
    assert len(letters) == len(set(letters))
