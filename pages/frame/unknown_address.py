"""Addresses at which there is no page: Streamlit would show its first page there, or nothing at all.

A layer around Streamlit's server (ASGI). An address that means a page, as mail, typing and slides bend it, is led to
that page with its query; any other is answered by a page that says so and leads on.
"""

import re

import streamlit as st
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.frame.page_record import HOME, Page
from pages.frame.pages_list import PAGES
from pages.kit.cost.quotas import asks_for_a_page, plain_page

OF_STREAMLIT = re.compile(r"(^|/)_stcore(/|$)|\.\w+$")
"""What Streamlit serves beside pages: its own addresses, and files, whose names have an ending."""


class UnknownAddress:
    """The layer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is, lead to what is meant, and say of the rest that it is not there."""
        answer = instead(scope) if scope["type"] == "http" and asks_for_a_page(scope) else None
        await (answer or self.app)(scope, receive, send)


def instead(scope: Scope) -> Response | None:
    """What is answered in Streamlit's stead; None where it has what is asked for."""
    prefix = str(st.get_option("server.baseUrlPath") or "").strip("/")
    base = f"/{prefix}/" if prefix else "/"
    path = str(scope["path"])
    asked = path.removeprefix(base)
    if f"{path}/" == base or not asked or asked in {page.path for page in PAGES.values()} or OF_STREAMLIT.search(path):
        return None
    name = meant(asked)
    if name is None:
        return HTMLResponse(not_there(base), 404)
    query = str(scope.get("query_string", b""), "latin-1")
    return RedirectResponse(base + PAGES[name].path + (f"?{query}" if query else ""), 307)


def meant(asked: str) -> str | None:
    """The page whose name or title an address is, but for capitals and signs; the first page for signs alone."""
    letters = plain(asked)
    return HOME if not letters else next((page.name for page in PAGES.values() if letters in said(page)), None)


def said(page: Page) -> tuple[str, str]:
    """The letters of a page's name and of its title."""
    return plain(page.name), plain(page.title)


def plain(text: str) -> str:
    """The letters and figures of a text, in small letters."""
    return re.sub(r"[\W_]+", "", text.lower())


def not_there(base: str) -> str:
    """The page for an address that is none, with the way to each that is."""
    ways = "".join(
        f'<li><a href="{base}{page.path}">{page.title}</a></li>' for page in PAGES.values() if not page.alone
    )
    return plain_page(
        "There is no page at this address",
        "<p>A part of the address may be missing, or mistyped. A link that was shared with you says all in one line: "
        f"try it whole. These are the pages of the pricing-structure explorer:</p><ul>{ways}</ul>",
    )
