"""What every test may ask for: a running explorer, a browser at a desk or on a phone, how many examples."""

import gc
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from pages.kit.cost.limits import SLOWER
from tests.examples import load_profile
from tests.find_chromium import find_chromium

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "serve.py"
FAILED = pytest.StashKey[bool]()
START_LIMIT = 60.0  # seconds for a server to answer; about 3 on a quiet machine
PAGE_LIMIT = 150_000  # milliseconds for anything awaited in the browser: long, since a busy machine is no fault

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36"
)

PROGRAM = sys.modules["__main__"]

load_profile()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end: Python need not look for garbage in it, now or as the tests run."""
    gc.disable()
    found = yield
    gc.freeze()
    gc.enable()
    return found


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
    foreign = ("STREAMLIT_", "PYTHON", "EXPLORER_DATABASE", "XDG_DATA_HOME")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {"HOME": str(home), SLOWER: "5"}  # limits of work, which tests of their own hold, test no machine


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


def _await_health(runs: Callable[[], bool], url: str) -> bool:
    """Whether the server came to answer; False as soon as its process no longer ``runs``."""
    end = time.monotonic() + START_LIMIT
    while runs() and time.monotonic() < end:
        if _is_healthy(url):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(autouse=True)
def unforeseen() -> Iterator[list[logging.LogRecord]]:
    """What the log says of kept work that failed: a page shows it as a sentence, and no test may pass over it."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    log = logging.getLogger("pages.kit.kept")
    log.addHandler(handler)
    yield records
    log.removeHandler(handler)
    assert not records, [str(record.exc_info and record.exc_info[1]) for record in records]


@pytest.fixture(autouse=True)
def the_program() -> None:
    """The program is pytest again: a script that Streamlit ran stays it, and a new process would run that first."""
    sys.modules["__main__"] = PROGRAM


@pytest.fixture(scope="session", autouse=True)
def nobody_else_s_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a test says to the explorer is kept in a folder of the tests, never in the home of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_DATABASE", str(tmp_path_factory.mktemp("store") / "consultations.sqlite"))
        yield


@pytest.fixture(scope="session")
def serve(
    warm: subprocess.Popen[str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., AbstractContextManager[Server]]:
    """``with serve(script) as server:`` serves a script of Streamlit's, under the explorer's own settings.

    With a ``database`` it keeps what rooms said there, beside the test.
    """
    return lambda script, **beside: _forked_server(warm, tmp_path_factory.mktemp("server"), script=script, **beside)


@pytest.fixture(scope="session")
def app_server(serve: Callable[[Path], AbstractContextManager[Server]]) -> Iterator[Server]:
    """The explorer that the tests of one worker share."""
    with serve(APP) as server:
        yield server


@pytest.fixture(scope="session")
def app_url(app_server: Server) -> str:
    """Address of the shared explorer, without a slash at the end."""
    return app_server.url


@pytest.fixture(scope="session")
def fresh_port() -> int:
    """One port for all fresh servers, so that a browser need not fetch Streamlit's own files from each of them."""
    return _free_port()


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """The process whose forks are servers."""
    command = [sys.executable, "-m", "tests.warm_server"]
    home = _environment(tmp_path_factory.mktemp("warm"))
    with subprocess.Popen(
        command, cwd=ROOT, env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.terminate()


@contextmanager
def _forked_server(
    warm: subprocess.Popen[str], folder: Path, wished: int = 0, script: Path = APP, database: str = ""
) -> Iterator[Server]:
    """A fork of ``warm`` that serves a script from a home of its own, on the port ``wished`` for if it can be had."""
    assert warm.stdin
    assert warm.stdout
    for attempt in range(3):
        port = wished if wished and not attempt else _free_port()
        server = Server(f"http://127.0.0.1:{port}", folder / f"server-{attempt}.log")
        asked = {"script": str(script), "address": "127.0.0.1", "port": port, "log": str(server.log_file)}
        asked |= {"home": str(folder), "database": database}
        print(json.dumps(asked), file=warm.stdin, flush=True)
        fork = int(warm.stdout.readline())
        try:
            if _await_health(lambda fork=fork: _is_there(fork), server.url):
                yield server
                return
        finally:
            _end(fork)
    raise RuntimeError(f"the explorer did not start; its console said:\n{server.log()}")


def _is_there(process: int) -> bool:
    """Whether a process that is not a child of this one still runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _end(process: int) -> None:
    """End a process that is not a child of this one, and wait until it has."""
    for how, limit in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.kill(process, how)
        end = time.monotonic() + limit
        while _is_there(process) and time.monotonic() < end:
            time.sleep(0.02)
        if not _is_there(process):
            return


@pytest.fixture
def fresh_server(warm: subprocess.Popen[str], tmp_path: Path, fresh_port: int) -> Iterator[Callable[[], Server]]:
    """``fresh_server()`` is an explorer that nobody has visited yet; it ends with the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(_forked_server(warm, tmp_path, fresh_port))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium found here, kept from every address but this machine's own."""
    chromium = find_chromium()
    own = {"executable_path": chromium} if chromium else {}
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    quiet += ["--process-per-site"]  # what has been read of Streamlit's code serves the next page: half of its work
    # A page parses Streamlit's code anew unless it may take what the process has parsed: not while it streams in, and
    # not once it was thrown away. And what runs but once a page is worth no more than the plainest machine code.
    quiet += ["--js-flags=--no-script-streaming --no-flush-bytecode --always-sparkplug"]
    here_only = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    return {**browser_type_launch_args, **own, "args": [*quiet, here_only]}


def _context(browser: Browser, **screen: Any) -> Iterator[BrowserContext]:
    """One browser for all tests of a worker: what it has fetched once it has. Each test gets a page of its own.

    It asks for reduced motion: all that moves here is Streamlit's own, and drawing it took a third of the processor.
    """
    context = browser.new_context(locale="en-GB", reduced_motion="reduce", **screen)
    context.set_default_timeout(PAGE_LIMIT)
    # Streamlit remembers, for one, whether the panel was open; a test is nobody's second visit.
    context.add_init_script("try { localStorage.clear(); } catch (refused) {}")
    stand_by(context)
    yield context
    context.close()


def stand_by(context: BrowserContext) -> None:
    """Leave an empty page of the site open: the process that has read Streamlit's code ends with its last page.

    A page that finds it running takes a quarter to a third less of the processor.
    """
    empty = context.new_page()
    empty.route("**", lambda asked: asked.fulfill(body=""))
    empty.goto("http://127.0.0.1/")


@pytest.fixture(scope="session")
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    """A commissioner's screen."""
    yield from _context(browser, viewport={"width": 1400, "height": 900})


@pytest.fixture(scope="session")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that someone holds in a meeting."""
    touch = {"is_mobile": True, "has_touch": True, "user_agent": PHONE}
    yield from _context(browser, viewport={"width": 390, "height": 844}, **touch)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know whether their test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What went wrong at the first try of a test that passed at its second: nobody mends what nobody reads."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"first try of {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


def _page(context: BrowserContext, test: pytest.Item) -> Iterator[Page]:
    """A page of its own for a test; one that fails leaves a picture of it in test-results/."""
    page = context.new_page()
    yield page
    if test.stash.get(FAILED, False):
        page.screenshot(path=picture_of(test))
    page.close()


def picture_of(test: pytest.Item) -> Path:
    """Where the picture of a test that failed is left."""
    return ROOT / "test-results" / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', test.name)}.png"


@pytest.fixture
def desktop_page(desktop: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a commissioner's screen."""
    yield from _page(desktop, request.node)


@pytest.fixture
def phone_page(phone: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a phone that someone holds in a meeting."""
    yield from _page(phone, request.node)
