"""Whether something is new at an event: a phone asks beside its page, which runs again only where there is.

A run of the smallest part of a page costs the server some times what such a question does, and a room of phones asks
all the time. ``serve.py`` answers at ``ROUTE``; on a server without it the part that asks runs now and then instead.
"""

from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pricing.errors import EventError, ExplorerError

KEY = "room_news"
EVERY = 2.0
"""Seconds between two questions of a phone."""
GONE = "gone"
LOOK = st.components.v2.component(KEY, js=(Path(__file__).parent / "news.js").read_text(encoding="utf-8"))


def draw(code: str, revision: int) -> None:
    """Let the browser ask; what runs when there is news is the fragment, or the page, in which this stands."""
    with st.container(key="browser_news"):
        LOOK(key=KEY, data={"at": f"{KEY}/{code}", "said": str(revision), "every": 1000 * EVERY}, on_news_change=_heard)


def _heard() -> None:
    """Nothing to do: the run that it begins reads everything anew."""


def said(code: str) -> tuple[int, str]:
    """The answer as (status, text): the revision of an event, which the whole room may know, or that it is gone.

    The door is imported here: a server that has just started is open before the libraries of its pages are read.
    """
    from consultation import door  # noqa: PLC0415

    try:
        return 200, str(door.revision(code))
    except EventError:
        return 404, GONE
    except ExplorerError:
        return 503, ""


async def _answer(request: Request) -> PlainTextResponse:
    status, text = await run_in_threadpool(said, request.path_params["code"])
    return PlainTextResponse(text, status, {"Cache-Control": "no-store"})


ROUTE = Route(f"/{KEY}/{{code}}", _answer, methods=["GET"])
