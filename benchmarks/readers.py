"""Readers without a browser: they speak to a real server as a browser does, and time its answers."""

import asyncio
import json
import time
from collections.abc import Mapping
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import DoubleArray
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from websockets.asyncio.client import ClientConnection, connect

MOST = 64 * 2**20
"""Bytes of one message."""


class Reader:
    """One open page. ``sliders`` are the ids of its sliders by their parameter's name; ``errors`` what went wrong.

    ``drawn`` is the number of the drawing of the page, ``answered`` how many questions about positions.
    """

    def __init__(self, connection: ClientConnection, page: str) -> None:
        self.connection = connection
        self.page = page
        self.query = ""
        self.visit = ""
        self.cookie = ""
        self.uploader = ""
        self.follow = ""
        self.fragment = ""
        self.standing: dict[str, WidgetState] = {}
        self.drawn = 0
        self.answered = 0
        self.sliders: dict[str, str] = {}
        self.errors: list[str] = []

    @classmethod
    async def open(cls, url: str, page: str = "", query: str = "", *, wait: bool = True) -> "Reader":
        """Open a page by the ``query`` of a link; unless told otherwise, wait until its first run is over."""
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        cookie = f"explorer_reader={uuid4().hex}"
        told = {"Cookie": cookie}  # nginx leads to one process by it
        reader = cls(
            await connect(
                address,
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=MOST,
                max_queue=None,
                ping_interval=None,
                proxy=None,
                additional_headers=told,
            ),
            page,
        )
        reader.cookie = cookie
        reader.query = query
        if wait:
            await reader.move({})
        return reader

    async def move(self, values: Mapping[str, float]) -> float:
        """Set sliders by name; seconds from sending to the end of the run."""
        begun = time.perf_counter()
        await self.ask(values)
        while not self.take(await self.connection.recv()):
            pass
        return time.perf_counter() - begun

    async def ask(self, values: Mapping[str, float]) -> None:
        """Set sliders by name, and wait for no answer."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        for name, value in values.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.sliders[name]
            state.double_array_value.data[:] = [value]
        await self.connection.send(message.SerializeToString())

    async def hand_in(self, file: str, name: str, size: int) -> None:
        """Tell the page's first uploader of a file that was put under an id, and wait for the answer."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.uploader
        told = state.file_uploader_state_value.uploaded_file_info.add()
        told.file_id, told.name, told.size = file, name, size
        told.file_urls.file_id = file
        await self.connection.send(message.SerializeToString())
        while not self.take(await self.connection.recv()):
            pass

    async def drag(self, slider: str, *portions: int) -> float:
        """Ask for portions of a slider's positions, as a browser does while it is dragged; seconds to the answer."""
        begun = time.perf_counter()
        asked = ".".join(map(str, portions))
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = self.fragment
        # A browser says what all its controls stand at; what it does not say is not drawn there.
        message.rerun_script.widget_states.widgets.extend(self.standing.values())
        message.rerun_script.widget_states.widgets.add(id=self.follow, json_value="{}")
        state = message.rerun_script.widget_states.widgets.add()
        state.id = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{self.follow}__events"
        state.json_trigger_value = json.dumps([{"event": "asked", "value": f"{slider}:{asked}:{self.drawn}"}])
        await self.connection.send(message.SerializeToString())
        while not self.take(await self.connection.recv()):
            pass
        return time.perf_counter() - begun

    def take(self, data: str | bytes) -> bool:
        """Read one message of the server; whether it says that the run is over."""
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.visit = message.new_session.initialize.session_id
        if kind == "delta":
            self.look_at(message.delta.new_element, message.delta.fragment_id)
        return kind == "script_finished"

    def look_at(self, element: Element, fragment: str) -> None:
        """Take note of an element that was drawn, in a fragment or in none."""
        kind = element.WhichOneof("type")
        if kind == "slider":
            # An id ends in the key that the script gave: $$ID-<hash>-<key>.
            self.sliders[element.slider.id.split("-", 2)[2]] = element.slider.id
        if state := standing(element):
            self.standing[state.id] = state
        if kind == "file_uploader":
            self.uploader = self.uploader or element.file_uploader.id
        if kind == "bidi_component" and element.bidi_component.id.endswith("-follow"):
            self.follow, self.fragment = element.bidi_component.id, fragment
        if kind == "bidi_component" and element.bidi_component.component_name == "previews":
            said = json.loads(element.bidi_component.json)
            self.drawn = said["drawn"]
            self.answered += "came" in said
        if kind == "exception":
            self.errors.append(element.exception.message)

    async def close(self) -> None:
        """Leave."""
        await self.connection.close()


def standing(element: Element) -> WidgetState | None:
    """What a control that was just drawn stands at; nothing for what is none of those that decide on a picture."""
    kind = element.WhichOneof("type")
    if kind == "slider":
        one = element.slider
        stands = one.value if one.set_value else one.default
        return WidgetState(id=one.id, double_array_value=DoubleArray(data=stands))
    if kind == "checkbox":
        box = element.checkbox
        return WidgetState(id=box.id, bool_value=box.value if box.set_value else box.default)
    if kind == "selectbox":
        choice = element.selectbox
        told = choice.raw_value if choice.set_value else choice.options[choice.default]
        return WidgetState(id=choice.id, string_value=told)
    return None


async def open_all(url: str, number: int, page: str = "") -> list[Reader]:
    """So many readers of one page."""
    return list(await asyncio.gather(*(Reader.open(url, page) for _ in range(number))))
