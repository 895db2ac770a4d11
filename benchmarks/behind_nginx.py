"""The deployment of ``deploy/`` on this machine: two explorers behind its nginx, on other ports."""

import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import serving
from tests.programs import find

CONFIGURATION = serving.ROOT / "deploy" / "nginx.conf"


@contextmanager
def deployment() -> Iterator[tuple[str, tuple[serving.Server, ...]]]:
    """The address of the nginx, and the processes behind it. Raises FileNotFoundError where there is no nginx."""
    with ExitStack() as stack:
        processes = tuple(stack.enter_context(serving.explorer()) for _ in range(2))
        url = stack.enter_context(nginx(tuple(one.url.removeprefix("http://") for one in processes)))
        yield url, processes


@contextmanager
def nginx(explorers: tuple[str, ...]) -> Iterator[str]:
    """The address of an nginx before explorers at these addresses."""
    program = find("nginx")
    if program is None:
        raise FileNotFoundError("no nginx on this machine: python -m tests.programs --install")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    text = CONFIGURATION.read_text(encoding="utf-8").replace("listen 8080", f"listen 127.0.0.1:{port}")
    for written, address in zip(("127.0.0.1:8501", "127.0.0.1:8502"), explorers, strict=True):
        text = text.replace(written, address)
    with tempfile.TemporaryDirectory(prefix="nginx-") as folder, ExitStack() as stack:
        Path(folder).chmod(0o755)  # where root calls, nginx works as another user
        (Path(folder) / "nginx.conf").write_text(text.replace("/tmp/explorer-nginx", f"{folder}/n"), encoding="utf-8")
        process = subprocess.Popen([program, "-p", folder, "-c", "nginx.conf", "-e", "stderr"])
        stack.callback(process.wait)
        stack.callback(process.terminate)
        url = f"http://127.0.0.1:{port}"
        serving.await_answer(url)
        yield url
