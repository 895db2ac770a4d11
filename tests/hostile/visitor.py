"""A visitor without a browser: speaks to a real server as a browser does, and keeps all that a page holds."""

import http.client
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

MOST = 64 * 2**20
"""Bytes of one message."""
PATIENCE = 120.0
"""Seconds without a message after which a page is said to hang."""
EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
COMPONENT = "bidi_component"


class HangsError(Exception):
    """The server sent nothing for so long."""


@dataclass(frozen=True)
class Said:
    """A text on a page: the kind of part that holds it, the field of it, and the text."""

    kind: str
    field: str
    text: str


class Visit:
    """One open page of a running server; ``parts`` are what it holds since its last run, in order."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.parts: list[Message] = []
        self.session = ""
        self.query = ""
        self.title = ""
        self.found = True
        self.urls: Any = None
        self.states: dict[str, WidgetState] = {}
        self.page = ""
        self.connection: ClientConnection
        self.ends = ExitStack()

    def __enter__(self) -> "Visit":
        self.connection = self.ends.enter_context(
            connect(
                self.url.replace("http", "ws", 1) + "/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=MOST,
                proxy=None,
                compression=None,
            )
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.ends.close()

    def open(self, page: str, query: str = "") -> "Visit":
        """Open a page by its path with a query, as an address bar would; wait until its run is over."""
        self.page, self.query, self.states = page, query, {}
        return self.run()

    def run(self, *states: WidgetState) -> "Visit":
        """Run the page again with what was set in its widgets, now and before; a button is pressed once."""
        self.states |= {state.id: state for state in states}
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.context_info.url = f"{self.url}/{self.page}"
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        self.states = {name: one for name, one in self.states.items() if not one.HasField("trigger_value")}
        self.connection.send(message.SerializeToString())
        return self.wait("script_finished")

    def wait(self, kind: str) -> "Visit":
        """Take what the server sends until it sends that kind; raises HangsError where it falls silent."""
        try:
            while not self.take(self.connection.recv(timeout=PATIENCE), kind):
                pass
        except TimeoutError:
            raise HangsError(f"/{self.page}?{self.query}") from None
        return self

    def take(self, data: str | bytes, awaited: str) -> bool:
        """Keep one message; whether it is the one that was awaited."""
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.parts, self.found = [], True
            self.session = message.new_session.initialize.session_id
        elif kind == "delta":
            delta = message.delta
            change = delta.WhichOneof("type")
            if change in ("new_element", "add_block"):
                self.parts.append(getattr(delta, change))
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "page_config_changed":
            self.title = message.page_config_changed.title or self.title
        elif kind == "page_not_found":
            self.found = False
        elif kind == "file_urls_response":
            self.urls = message.file_urls_response
        return kind == awaited and not (kind == "script_finished" and message.script_finished == EARLY)

    def of(self, kind: str) -> list[Any]:
        """Parts of one kind."""
        return [getattr(part, kind) for part in self.parts if part.WhichOneof("type") == kind]

    def errors(self) -> list[str]:
        """What Streamlit says of a run that failed."""
        return [f"{one.type}: {one.message}" for one in self.of("exception")]

    def said(self) -> Iterator[Said]:
        """Every text in every part, the title of the window among them."""
        yield Said("page", "title", self.title)
        for part in self.parts:
            kind = part.WhichOneof("type")  # type: ignore[arg-type]
            if kind:
                yield from (Said(kind, *found) for found in texts(getattr(part, kind)))

    def widget(self, kind: str, key: str) -> Any:
        """The widget of a kind with the key that the page gave it."""
        return next(one for one in self.of(kind) if one.id.split("-", 2)[2] == key)

    def press(self, key: str) -> "Visit":
        """Press the button of that key."""
        return self.run(WidgetState(id=self.widget("button", key).id, trigger_value=True))

    def type(self, kind: str, key: str, text: str) -> "Visit":
        """Type into a box."""
        return self.run(WidgetState(id=self.widget(kind, key).id, string_value=text))

    def upload(self, key: str, name: str, data: bytes) -> "Visit":
        """Give a file to the box of that key, and wait until the page has been run with it."""
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        self.connection.send(message.SerializeToString())
        self.wait("file_urls_response")
        place = self.urls.file_urls[0]
        status = put(self.url, place.upload_url, name, data)
        if status >= 300:
            raise OSError(f"the upload was answered with {status}")
        state = WidgetState(id=self.widget("file_uploader", key).id)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(data), place.file_id
        info.file_urls.CopyFrom(place)
        return self.run(state)


def is_answered(url: str, page: str, query: str) -> bool:
    """Whether the server gives a browser anything to show for an address: it refuses one that is far too long."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        line.request("GET", f"/{page}?{query}", headers={"Accept": "text/html"})
        return line.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def texts(message: Message, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a message and in what it holds, with the path of its field."""
    for field, value in message.ListFields():
        name = f"{path}.{field.name}".lstrip(".")
        values = [value] if not field.is_repeated else value.values() if hasattr(value, "values") else value
        for one in values:
            if isinstance(one, str):
                yield name, one
            elif isinstance(one, Message):
                yield from texts(one, name)


def put(url: str, where: str, name: str, data: bytes) -> int:
    """Send a file as a browser does, with the token that the server gave; the status of the answer."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    line.request("GET", "/_stcore/health")
    answer = line.getresponse()
    answer.read()
    found = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers.get("Set-Cookie") or "")
    token = found[1].strip('"') if found else ""
    boundary = "----hostile7d93"
    said = name.replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="f"; filename="{said}"\r\n\r\n'
    body = head.encode("utf-8", "replace") + data + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "X-Xsrftoken": token}
    line.request("PUT", where, body, headers | {"Cookie": f"_streamlit_xsrf={token}"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status
