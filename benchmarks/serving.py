"""Two servers side by side for a benchmark: the explorer, and a bare app of the same Streamlit."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = ("--server.headless", "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false")
PATIENCE = 60.0
"""Seconds for a server to answer."""
BARE_HEAD = """
import plotly.graph_objects as go
import streamlit as st

value = st.sidebar.slider("Value", 0.0, 1.0, 0.2, step=0.05, key="value")
"""
BARE_CHART = """
st.plotly_chart(
    go.Figure(go.Scatter(y=[value * k for k in range(50)])), theme=None, key="chart_{number}",
    config={{"displayModeBar": False}},
)
"""


def bare_app(charts: int) -> str:
    """Source of an app with one slider and so many small charts."""
    return BARE_HEAD + "".join(BARE_CHART.format(number=number) for number in range(charts))


@dataclass(frozen=True)
class Server:
    """A running server: its address, without a slash at the end, and its process."""

    url: str
    process: int

    def memory(self) -> float:
        """Resident memory, MB (Linux)."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def processor(self) -> float:
        """Seconds of processor so far (Linux)."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def explorer() -> Iterator[Server]:
    """Serve the explorer."""
    with serving(ROOT / "serve.py", ROOT) as server:
        yield server


@contextmanager
def bare(charts: int = 1) -> Iterator[Server]:
    """Serve a bare app with so many charts."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(bare_app(charts), encoding="utf-8")
        with serving(Path(folder) / "bare.py", Path(folder)) as server:
            yield server


@contextmanager
def serving(
    script: Path, folder: Path, by: Sequence[str] = ("streamlit",), console: Path = Path(os.devnull)
) -> Iterator[Server]:
    """Serve a Streamlit script from a process of its own, started in ``folder``.

    ``by`` is the module that serves, with what comes before Streamlit's words; ``console`` is where it prints.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", *by, "run", str(script), "--server.address", "127.0.0.1", *OPTIONS]
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        printed = stack.enter_context(console.open("ab"))
        process = subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=folder,
            env=one_thread(),
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        stack.callback(process.wait)
        stack.callback(process.terminate)
        await_answer(url)
        yield Server(url, process.pid)


def one_thread() -> dict[str, str]:
    """The environment of ``make run``: linear algebra keeps to one thread, free memory to two heaps of small pages."""
    return os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "NUMPY_MADVISE_HUGEPAGE": "0"}


def await_answer(url: str) -> None:
    """Wait until a server answers; raises RuntimeError when it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url} within {PATIENCE:.0f} seconds")
