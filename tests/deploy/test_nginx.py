"""The nginx of deploy/, for real, before an explorer: what it lets through, refuses, and writes down."""

import http.client
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from pages.frame.safe_headers import HEADERS
from tests.conftest import ROOT, Server
from tests.e2e.explorer import address, no_complaints, open_link, wait_until_it_stands
from tests.programs import find, needs

pytestmark = needs("nginx")
DEPLOY = ROOT / "deploy"
LISTEN = "listen 8080"
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}
TABLE = ROOT / "tests" / "tables" / "five_groups.csv"


@dataclass(frozen=True)
class Answer:
    """How a request was answered."""

    status: int
    headers: Message


@dataclass(frozen=True)
class Nginx:
    """A running nginx: where it listens on this machine, and what it has said."""

    port: int
    said: Path

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, headers: Mapping[str, str] = {}, body: bytes = b"") -> Answer:
        """Its answer, without a body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before all of the body was sent
                connection.request(method, path, body or None, dict(headers))
            with connection.getresponse() as answer:
                return Answer(answer.status, answer.headers)
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def adapted(explorer: str, port: int, folder: Path) -> str:
    """The file of deploy/ with other ports, and with its files in a folder of the test's."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for one in ("127.0.0.1:8501", "127.0.0.1:8502"):
        assert one in text
        text = text.replace(one, explorer)
    return text.replace(LISTEN, f"listen 127.0.0.1:{port}").replace("/tmp/explorer-nginx", f"{folder}/nginx")


@contextmanager
def serving(explorer: str) -> Iterator[Nginx]:
    # Not in a folder of pytest's: where root calls, nginx works as another user, who may not look into that.
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        port = free_port()
        (folder / "nginx.conf").write_text(adapted(explorer, port, folder), encoding="utf-8")
        nginx = Nginx(port, folder / "said")
        with nginx.said.open("wb") as log:
            command = [str(find("nginx")), "-p", name, "-c", "nginx.conf", "-e", "stderr"]
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            end = time.monotonic() + 30
            while process.poll() is None and time.monotonic() < end:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            assert process.poll() is None, nginx.said.read_text(encoding="utf-8")
            yield nginx
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(scope="module")
def nginx(app_server: Server) -> Iterator[Nginx]:
    with serving(urlsplit(app_server.url).netloc) as found:
        yield found


def test_a_page_comes_with_headers_that_keep_it_to_itself(nginx: Nginx) -> None:
    for path in ("/", "/answer", "/glossary"):
        answer = nginx.ask("GET", path)
        assert answer.status == 200
        for name, value in HEADERS.items():
            assert answer.headers.get_all(name) == [value], "from the explorer, and once"
        assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert nginx.ask("GET", "/", {"Cookie": "explorer_reader=one"}).headers["Set-Cookie"] is None


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp"])
def test_what_is_nobody_s_business_is_not_there(nginx: Nginx, path: str) -> None:
    assert nginx.ask("GET", path).status == 404


def test_the_longest_link_that_is_read_gets_through(nginx: Nginx) -> None:
    assert nginx.ask("GET", f"/?named={'x' * 79_000}").status == 200


def test_six_large_bodies_close_the_explorer_to_nobody(nginx: Nginx) -> None:
    for _ in range(6):
        assert nginx.ask("POST", "/glossary", body=b"x" * 6_000_000).status in (403, 413)
    for _ in range(2):
        assert nginx.ask("PUT", "/_stcore/upload_file/x/y", body=b"x" * 24_000_000).status >= 400
    too_large = nginx.ask("PUT", "/_stcore/upload_file/x/y", {"Content-Length": str(51 * 2**20)})
    assert too_large.status == 413
    for _ in range(4):
        assert nginx.ask("GET", "/").status == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 101),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
    ],
    ids=["own", "another site", "another port", "no site", "another name"],
)
def test_a_socket_is_opened_by_the_explorer_s_own_page_alone(
    nginx: Nginx, changes: Mapping[str, str], status: int
) -> None:
    own = {"Host": f"127.0.0.1:{nginx.port}", "Origin": nginx.url}
    assert nginx.ask("GET", "/_stcore/stream", SOCKET | own | changes).status == status


def test_pages_and_a_table_come_through_and_nothing_of_a_visit_is_written_down(
    nginx: Nginx, desktop_page: Page
) -> None:
    page = desktop_page
    with no_complaints(page):
        open_link(page, nginx.url + address("places", need_premium="0.3"))
        page.goto(nginx.url + address("start_here", cohort="own_table", target="own"))
        page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(TABLE)
        wait_until_it_stands(page)
    said = nginx.said.read_text(encoding="utf-8")
    assert "127.0.0.1" not in said
    assert "need_premium" not in said


@pytest.mark.skipif(find("openssl") is None, reason="no openssl on this machine")
def test_the_example_for_https_is_one_that_nginx_takes(tmp_path: Path) -> None:
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    https = (DEPLOY / "https.conf").read_text(encoding="utf-8").replace("EXPLORER.EXAMPLE", "localhost")
    https = https.replace("/etc/explorer/fullchain.pem", str(certificate))
    https = https.replace("/etc/explorer/privkey.pem", str(key)).replace("listen 443", f"listen {free_port()}")
    (tmp_path / "https.conf").write_text(https, encoding="utf-8")
    text = adapted("127.0.0.1:1", free_port(), tmp_path)
    head, _, tail = text.rpartition("server_name localhost")
    own = head.rpartition("listen")[0] + "include https.conf;" + tail.partition(";")[2].partition("\n")[2]
    (tmp_path / "nginx.conf").write_text(own, encoding="utf-8")
    run = subprocess.run(
        [str(find("nginx")), "-t", "-p", tmp_path, "-c", "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
