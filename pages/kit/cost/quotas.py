"""Refuses pages and files past the limits of a process, each in a plain sentence, before anything else is asked of it.

A layer around Streamlit's server (ASGI): it sees requests before Streamlit does, all in one thread.
"""

import asyncio
import re
from dataclasses import dataclass, field
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from pages.kit.cost import limits

UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)")
FULL = "As many readers are here as this explorer can serve at once."


def plain_page(title: str, words: str) -> str:
    """A page of its own, in HTML, where Streamlit's is not to be had; ``words`` are HTML."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{{font:1.2rem/1.5 Arial,sans-serif;margin:10vh 8vw}} li{{padding:.3rem 0}}</style>
</head><body><main><h1>{title}</h1>{words}</main></body></html>"""


FULL_PAGE = plain_page(
    "Just now there is no room",
    f"<p>{FULL} Nothing of yours is lost: a link opens the same settings later. Please try again in some minutes.</p>",
)
REFUSALS = {
    411: "This file did not say how long it is, and was not taken.",
    413: f"A visit can hold {limits.MOST_FILES} files and {limits.MOST_BYTES // 10**6} MB. "
    "Take a file away, or open this page anew.",
    503: "Other readers’ files take all the room that there is. Please try again in some minutes.",
}
"""What is said of a file that is refused, by the number of the answer; nginx has the same for too many at once."""
TRY_AGAIN = {"Retry-After": "120", "Cache-Control": "no-store"}


@dataclass
class Uploads:
    """Bytes of files by visit and by file: ``arriving`` as they are announced, ``come`` as they were."""

    arriving: dict[str, dict[str, int]] = field(default_factory=dict)
    come: dict[str, dict[str, int]] = field(default_factory=dict)

    def forget_what_is_gone(self) -> None:
        """Files that Streamlit has let go, and visits that have ended, hold nothing any more."""
        held = runtime.get_instance().uploaded_file_mgr
        for visit, files in list(self.come.items()):
            there = {one.file_id for one in held.get_files(visit, list(files))}
            self.come[visit] = {name: size for name, size in files.items() if name in there}
            if not self.come[visit]:
                del self.come[visit]

    def of(self, visit: str) -> dict[str, int]:
        """Bytes by file of a visit."""
        return self.come.get(visit, {}) | self.arriving.get(visit, {})

    def refused(self, visit: str, name: str, size: int) -> int | None:
        """The answer to a file of so many bytes that is not taken. One that comes again takes its own place."""
        self.forget_what_is_gone()
        own = {other: held for other, held in self.of(visit).items() if other != name}
        if len(own) >= limits.MOST_FILES or sum(own.values()) + size > limits.MOST_BYTES:
            return 413
        everything = sum(sum(files.values()) for part in (self.come, self.arriving) for files in part.values())
        return 503 if everything + size > limits.MOST_BYTES_IN_ALL else None


class Pace:
    """How fast something is taken, that of all visits together: so much ``a_second``, and the rest in its turn.

    The thread that takes files and visits in also passes on every page and every move of a slider.
    """

    def __init__(self, a_second: float) -> None:
        self.a_second = a_second
        self.free_from = 0.0

    async def turn(self, much: float) -> None:
        """Wait until all that came before is taken; then so ``much`` is."""
        now = monotonic()
        begins = max(self.free_from, now)
        self.free_from = begins + much / self.a_second
        await asyncio.sleep(begins - now)

    def of(self, receive: Receive) -> Receive:
        """The same messages, none sooner than its turn; whoever sends faster waits, and is not read meanwhile."""

        async def paced() -> Message:
            message = await receive()
            await self.turn(len(message.get("body", b"")))
            return message

        return paced


class Quotas:
    """The layer. ``open_pages`` is how many there are just now."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.open_pages = 0
        self.uploads = Uploads()
        self.files, self.visits = Pace(limits.BYTES_A_SECOND), Pace(limits.VISITS_A_SECOND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        upload = UPLOAD.fullmatch(scope.get("path", ""))
        if scope["type"] == "websocket":
            await self._visit(scope, receive, send)
        elif scope["type"] == "http" and upload and scope["method"] == "PUT":
            await self._upload(upload[1], upload[2], (scope, self.files.of(receive), send))
        elif scope["type"] == "http" and self.open_pages >= limits.pages() and asks_for_a_page(scope):
            await HTMLResponse(FULL_PAGE, 503, TRY_AGAIN)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.open_pages >= limits.pages():
            await send({"type": "websocket.close", "code": 1013, "reason": FULL})
            return
        self.open_pages += 1
        try:
            await self.visits.turn(1)
            await self.app(scope, receive, send)
        finally:
            self.open_pages -= 1

    async def _upload(self, visit: str, name: str, request: tuple[Scope, Receive, Send]) -> None:
        length = Headers(scope=request[0]).get("content-length", "")
        if not length.isdecimal() or len(length) > 12:
            await refuse(411, request)
            return
        if status := self.uploads.refused(visit, name, int(length)):
            await refuse(status, request)
            return
        self.uploads.arriving.setdefault(visit, {})[name] = int(length)
        try:
            await self.app(*request)
        finally:
            self._has_come(visit, name)

    def _has_come(self, visit: str, name: str) -> None:
        files = self.uploads.arriving[visit]
        size = files.pop(name, 0)
        if not files:
            del self.uploads.arriving[visit]
        self.uploads.come.setdefault(visit, {})[name] = size  # forgotten at the next look where it was refused


async def refuse(status: int, request: tuple[Scope, Receive, Send]) -> None:
    """Refuse an upload in a sentence. Its body is let go as it comes: a browser hears no answer before it has sent."""
    while (await request[1]()).get("more_body", False):
        pass
    await PlainTextResponse(REFUSALS[status], status)(*request)


def asks_for_a_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show, not for one of its parts."""
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
