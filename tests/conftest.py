"""What every test may ask for: a running explorer, a browser at a desk or on a phone, how many examples."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import BrowserContext, Page

from tests.find_chromium import find_chromium

ROOT = Path(__file__).resolve().parents[1]
START_LIMIT = 60.0  # seconds for a server to answer; about 3 on a quiet machine
PAGE_LIMIT = 20_000  # milliseconds for anything awaited in the browser

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36"
)

# The same examples every time in CI, fresh ones at a desk; and no time limit, which would test the machine.
UNTIMED = [HealthCheck.too_slow]
settings.register_profile("desk", max_examples=60, deadline=None, suppress_health_check=UNTIMED)
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@dataclass(frozen=True)
class Server:
    """A running explorer: its address, without a slash at the end, and where its console goes."""

    url: str
    log_file: Path

    def log(self) -> str:
        """Everything the server has printed so far, tracebacks included."""
        return self.log_file.read_text(encoding="utf-8")


def _environment(home: Path) -> dict[str, str]:
    """The caller's environment without what would change Python or Streamlit, and with an empty home."""
    foreign = ("STREAMLIT_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {"HOME": str(home)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_healthy(url: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _await_health(process: subprocess.Popen[bytes], url: str) -> bool:
    """Whether the server came to answer; False as soon as its process has ended."""
    end = time.monotonic() + START_LIMIT
    while process.poll() is None and time.monotonic() < end:
        if _is_healthy(url):
            return True
        time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=5)


@contextmanager
def _running_server(folder: Path, script: Path) -> Iterator[Server]:
    """Serve a script of Streamlit's; a port that another process took first costs a second try."""
    for attempt in range(3):
        port = _free_port()
        server = Server(f"http://127.0.0.1:{port}", folder / f"server-{attempt}.log")
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.fileWatcherType", "none"]
        command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
        with server.log_file.open("wb") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            if _await_health(process, server.url):
                yield server
                return
        finally:
            _stop(process)
    raise RuntimeError(f"the explorer did not start; its console said:\n{server.log()}")


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], AbstractContextManager[Server]]:
    """``with start_server() as server:`` serves the explorer from a process of its own."""
    return lambda: _running_server(tmp_path_factory.mktemp("server"), ROOT / "app.py")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], AbstractContextManager[Server]]:
    """``with serve(script) as server:`` serves another script, under the explorer's own settings."""
    return lambda script: _running_server(tmp_path_factory.mktemp("server"), script)


@pytest.fixture(scope="session")
def app_server(start_server: Callable[[], AbstractContextManager[Server]]) -> Iterator[Server]:
    """The explorer that the tests of one worker share."""
    with start_server() as server:
        yield server


@pytest.fixture(scope="session")
def app_url(app_server: Server) -> str:
    """Address of the shared explorer, without a slash at the end."""
    return app_server.url


@pytest.fixture
def fresh_server(
    start_server: Callable[[], AbstractContextManager[Server]],
) -> Iterator[Callable[[], Server]]:
    """``fresh_server()`` is an explorer that nobody has visited yet; it ends with the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(start_server())


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium found here, kept from every address but this machine's own."""
    chromium = find_chromium()
    own = {"executable_path": chromium} if chromium else {}
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    here_only = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    return {**browser_type_launch_args, **own, "args": [*quiet, here_only]}


def _page(context: BrowserContext) -> Page:
    context.set_default_timeout(PAGE_LIMIT)
    return context.new_page()


@pytest.fixture
def desktop_page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of a commissioner's screen."""
    return _page(new_context(viewport={"width": 1400, "height": 900}, locale="en-GB"))


@pytest.fixture
def phone_page(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of a phone that someone holds in a meeting."""
    phone = {"device_scale_factor": 2, "is_mobile": True, "has_touch": True, "user_agent": PHONE}
    return _page(new_context(viewport={"width": 390, "height": 844}, locale="en-GB", **phone))
