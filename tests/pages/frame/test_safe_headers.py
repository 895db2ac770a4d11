"""A bare server sends the headers that keep a page to itself, each once, whatever it answers."""

import http.client
from urllib.parse import urlsplit

import pytest

from pages.frame.safe_headers import HEADERS
from tests.conftest import Server

ASKED = {
    "a page": ("/glossary", 200),
    "an address that is none": ("/glossary/x", 404),
    "an address that leads on": ("/Glossary", 307),
    "a file of Streamlit’s": ("/favicon.png", 200),
    "an address of Streamlit’s": ("/_stcore/health", 200),
    "the news of a room that is not there": ("/room_news/XXXXXX", 404),
}


@pytest.mark.parametrize("asked", ASKED)
def test_each_answer_has_each_header_once(app_server: Server, asked: str) -> None:
    path, status = ASKED[asked]
    connection = http.client.HTTPConnection(urlsplit(app_server.url).netloc, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept": "text/html"})
        with connection.getresponse() as answer:
            assert answer.status == status
            assert {name: answer.headers.get_all(name) for name in HEADERS} == {k: [v] for k, v in HEADERS.items()}
    finally:
        connection.close()


def test_no_other_site_may_show_a_page_or_give_it_anything() -> None:
    policy = {one.split()[0]: one.split()[1:] for one in HEADERS["Content-Security-Policy"].split("; ")}
    assert (
        policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == policy["default-src"] == ["'self'"]
    )
    assert policy["object-src"] == ["'none'"]
    allowed = {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
    assert set().union(*policy.values()) <= allowed, "no other site, and no scheme for all of them"
