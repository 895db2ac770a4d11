"""Serves explorers from forks of one process that has the libraries, and nothing of the explorer, imported.

A fork is a server that nobody has visited: no page, no cohort and no figure is in it. It need not read pandas and
plotly again, which takes a server several times as long as its first page.

Asked on a line of standard input for a script, an address, a port, a log file, a home and, if it should not be its
own, the database of what rooms said, it answers with the fork's number.
"""

import gc
import inspect
import json
import os
import signal
import sys
from importlib import import_module

LIBRARIES = (
    "streamlit.web.cli",
    "streamlit.web.bootstrap",
    "streamlit.runtime.scriptrunner.script_runner",
    "pandas",
    "plotly.graph_objects",
    "plotly.subplots",
    "pyarrow",
    "scipy.fft",
    "scipy.interpolate",
    "scipy.optimize",
    "scipy.special",
)


def serve(script: str, address: str, port: int, log: str, home: str, database: str = "") -> None:
    """Become a server: never returns but by the server's end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(os.devnull, "rb") as nothing, open(log, "wb") as console:
        os.dup2(nothing.fileno(), 0)
        for stream in (1, 2):
            os.dup2(console.fileno(), stream)
    os.environ["HOME"] = home
    if database:
        os.environ["EXPLORER_DATABASE"] = database
    from streamlit.web import cli

    options = ["--server.fileWatcherType", "none", "--server.address", address, "--server.port", str(port)]
    cli.main(["run", script, *options], standalone_mode=False)


def main() -> None:
    for library in LIBRARIES:
        import_module(library)
    # Streamlit's first sentence asks where every module comes from, and a page's first run looks for garbage in all.
    inspect.getmodule(inspect.currentframe())
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks that have ended leave nothing to wait for
    for line in sys.stdin:
        wished = json.loads(line)
        number = os.fork()
        if not number:
            serve(**wished)
            os._exit(0)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
