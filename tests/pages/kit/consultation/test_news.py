"""A phone asks whether there is news: a number, and nothing else of the event, for whoever knows its code."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette

import serve
from consultation import door, revisions
from pages.kit.consultation import news
from tests.awaited import awaited
from tests.consultation import rooms


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    revisions.forget()
    yield
    revisions.forget()


def asked(code: str, method: str = "GET") -> tuple[int, str, dict[str, str]]:
    """How a server with the route answers for a code: status, text, headers."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    path = f"/{news.KEY}/{code}"
    scope = {
        "type": "http",
        "path": path,
        "raw_path": path.encode(),
        "method": method,
        "headers": [],
        "query_string": b"",
    }
    awaited(Starlette(routes=[news.ROUTE])(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent).decode(), told


def test_the_server_answers_with_a_number_that_nobody_may_keep() -> None:
    made = rooms.started()
    event = rooms.asked_of_all(made, 3, until="stopped")
    status, text, headers = asked(event.code)
    assert (status, text) == (200, str(event.revision))
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers
    assert asked(f"{event.code[:3].lower()}-{event.code[3:]}")[1] == text
    assert asked(event.code, "POST")[0] == 405


@pytest.mark.parametrize("code", ["ABCDEF", "x", "%00", "' OR 1=1 --", "A" * 10_000, "<script>", "\u202e"])
def test_a_code_that_nobody_has_is_gone(code: str) -> None:
    assert asked(code)[:2] == (404, news.GONE)


def test_without_a_database_it_says_nothing_that_a_phone_would_take_for_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_DATABASE", "/proc/nowhere/rooms.sqlite")
    assert asked("ABC234")[:2] == (503, "")


def test_the_explorer_serves_it() -> None:
    assert news.ROUTE in serve.app._user_routes


def test_the_facilitators_secret_opens_nothing_here() -> None:
    made = rooms.started()
    door.show(made.secret, made.event.questions[0].id)
    assert asked(made.secret)[:2] == (404, news.GONE)
