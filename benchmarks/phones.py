"""Phones in a room without a browser: they open *Answer* on a real server, as a browser does, and answer."""

import asyncio
import json
import random
import time
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.readers import MOST
from pages.kit.consultation import news

PAGE = "answer"
VISITOR = "room_visitor"
"""Key of the component by which a browser tells its random id."""
KEPT = "Kept"
"""How the page begins to say that an answer is on the disk."""


class Phone:
    """One phone on *Answer*. ``widgets`` are the ids of its controls by their keys, ``options`` the words of one.

    ``part`` is the part of the page that holds the question, ``asks`` what the page asks for news with, and where.
    """

    def __init__(self, url: str, connection: ClientConnection, code: str, browser: str) -> None:
        self.url = url
        self.connection = connection
        self.code = code
        self.browser = browser
        self.widgets: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.told: list[str] = []
        self.part = ""
        self.page = ""
        self.asks: dict[str, Any] = {}
        self.moving = asyncio.Lock()
        self.shown = asyncio.Condition()

    @classmethod
    async def open(cls, url: str, code: str, browser: str) -> "Phone":
        """Open the page, and tell it who this is; the question is then there."""
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        connection = await connect(address, subprotocols=["streamlit"], max_size=MOST, proxy=None)  # type: ignore[list-item]
        phone = cls(url, connection, code, browser)
        await phone.run({})
        await phone.run({VISITOR: json.dumps({"browser": {"id": browser, "kept": True}})})
        return phone

    async def answer(self, place: int) -> float:
        """Tap the choice at this place; seconds until the page says that it is kept. Raises RuntimeError otherwise."""
        (key,) = self.options
        begun = time.perf_counter()
        await self.run({key: self.options[key][place]}, self.part)
        if not any(said.startswith(KEPT) for said in self.told):
            raise RuntimeError(f"not kept: {self.told}")
        return time.perf_counter() - begun

    async def shows(self, key: str) -> None:
        """Wait until the choices of a question stand there."""
        async with self.shown:
            await self.shown.wait_for(lambda: key in self.options)

    async def look(self) -> None:
        """Look for news every few seconds, as the page asks its browser to; until cancelled."""
        await asyncio.sleep(self.asks["every"] / 1000 * random.random())
        while True:
            await asyncio.sleep(self.asks["every"] / 1000)
            if await self.news() != self.asks["said"]:
                await self.run({}, self.part)

    async def news(self) -> str:
        """What the server says of the event, beside the page's socket."""
        there = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(there.hostname, there.port)
        writer.write(f"GET /{self.asks['at']} HTTP/1.1\r\nHost: {there.netloc}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        return answer.partition(b"\r\n\r\n")[2].decode()

    async def run(self, values: dict[str, str], fragment: str = "") -> None:
        """Let the page run with controls set, or a fragment of it, and wait until it is drawn."""
        async with self.moving:
            message = BackMsg()
            message.rerun_script.page_name = PAGE
            message.rerun_script.page_script_hash = self.page
            message.rerun_script.query_string = f"event={self.code}"
            message.rerun_script.fragment_id = fragment
            for key, value in values.items():
                state = message.rerun_script.widget_states.widgets.add()
                state.id = self.widgets[key]
                if key == VISITOR:
                    state.json_value = value
                else:
                    state.string_value = value
            self.told = []
            await self.connection.send(message.SerializeToString())
            while not self.take(await self.connection.recv()):
                pass
        async with self.shown:
            self.shown.notify_all()

    def take(self, data: str | bytes) -> bool:
        """Read one message of the server; whether it says that the run is over."""
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page = message.navigation.page_script_hash
        if kind == "delta":
            element = message.delta.new_element
            drawn = element.WhichOneof("type")
            if drawn in ("radio", "bidi_component"):
                widget = getattr(element, drawn)
                # An id ends in the key that the script gave: $$ID-<hash>-<key>.
                self.widgets[key := widget.id.split("-", 2)[2]] = widget.id
                if drawn == "radio":
                    self.options = {key: list(widget.options)}
                if key == news.KEY:
                    self.asks, self.part = json.loads(widget.json), message.delta.fragment_id
            if drawn == "alert":
                self.told.append(element.alert.body)
            if drawn == "exception":
                self.told.append(element.exception.message)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    async def close(self) -> None:
        """Leave."""
        await self.connection.close()
