"""Phones in a room without a browser: they open *Answer* on a real server, as a browser does, and answer."""

import asyncio
import json
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.readers import MOST

PAGE = "answer"
VISITOR = "room_visitor"
"""Key of the component by which a browser tells its random id."""
KEPT = "Kept"
"""How the page begins to say that an answer is on the disk."""


class Phone:
    """One phone on *Answer*. ``widgets`` are the ids of its controls by their keys, ``options`` the words of one.

    ``fragment`` is the part of the page that looks for news, ``answered_in`` the part that holds the question.
    """

    def __init__(self, connection: ClientConnection, code: str, browser: str) -> None:
        self.connection = connection
        self.code = code
        self.browser = browser
        self.widgets: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.told: list[str] = []
        self.fragment = ""
        self.answered_in = ""
        self.every = 0.0
        self.moving = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, code: str, browser: str) -> "Phone":
        """Open the page, and tell it who this is; the question is then there."""
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        connection = await connect(address, subprotocols=["streamlit"], max_size=MOST, proxy=None)  # type: ignore[list-item]
        phone = cls(connection, code, browser)
        await phone.run({})
        await phone.run({VISITOR: json.dumps({"browser": {"id": browser, "kept": True}})})
        return phone

    async def answer(self, place: int) -> float:
        """Tap the choice at this place; seconds until the page says that it is kept. Raises RuntimeError otherwise."""
        (key,) = self.options
        begun = time.perf_counter()
        await self.run({key: self.options[key][place]}, self.answered_in)
        if not any(said.startswith(KEPT) for said in self.told):
            raise RuntimeError(f"not kept: {self.told}")
        return time.perf_counter() - begun

    async def look(self) -> None:
        """Look for news every few seconds, as the page asks its browser to; until cancelled."""
        while True:
            await asyncio.sleep(self.every or 5.0)
            await self.run({}, self.fragment)

    async def run(self, values: dict[str, str], fragment: str = "") -> None:
        """Let the page run with controls set, or a fragment of it, and wait until it is drawn."""
        async with self.moving:
            message = BackMsg()
            message.rerun_script.page_name = PAGE
            message.rerun_script.query_string = f"event={self.code}"
            message.rerun_script.fragment_id = fragment
            message.rerun_script.is_auto_rerun = bool(fragment) and not values
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

    def take(self, data: str | bytes) -> bool:
        """Read one message of the server; whether it says that the run is over."""
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        kind = message.WhichOneof("type")
        if kind == "auto_rerun":
            self.fragment, self.every = message.auto_rerun.fragment_id, message.auto_rerun.interval
        if kind == "delta":
            element = message.delta.new_element
            drawn = element.WhichOneof("type")
            if drawn in ("radio", "bidi_component"):
                widget = getattr(element, drawn)
                # An id ends in the key that the script gave: $$ID-<hash>-<key>.
                self.widgets[key := widget.id.split("-", 2)[2]] = widget.id
                if drawn == "radio":
                    self.options, self.answered_in = {key: list(widget.options)}, message.delta.fragment_id
            if drawn == "alert":
                self.told.append(element.alert.body)
            if drawn == "exception":
                self.told.append(element.exception.message)
        return kind == "script_finished"

    async def close(self) -> None:
        """Leave."""
        await self.connection.close()
