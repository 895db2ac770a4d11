"""Find a Chromium for the browser tests; with ``--install``, put one on this machine when there is none.

``CHROMIUM=/path/to/it`` in the environment is taken first, then what the machine has, then Playwright's own. Of those
that the machine has, Chromium's headless shell comes first: it lays out, paints and prints as Chromium does, without
the windows that no test looks at, for about a quarter less processor time.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.programs import installed

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = ("/usr/bin/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
APT = ("chromium-headless-shell", "chromium")
"""What apt may offer, the better first: Ubuntu has no headless shell."""


@cache
def find_chromium() -> str | None:
    """Path of a Chromium of this machine that starts; None leaves Playwright to use its own."""
    candidates = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *PLACES)
    return next((path for path in candidates if path and _starts(path)), None)


def _starts(path: str) -> bool:
    """Whether ``path --version`` succeeds: Ubuntu's chromium-browser may be a stub that does not."""
    if not Path(path).exists():
        return False
    run = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False)
    return run.returncode == 0 and "chrom" in run.stdout.lower()


def _install() -> bool:
    """Install a Chromium of apt's when that is possible, otherwise Playwright's build of it."""
    print("Installing Chromium for the browser tests (once)", flush=True)
    if any(installed(name, "fonts-liberation") for name in APT):
        find_chromium.cache_clear()
    if find_chromium():
        return True
    own = subprocess.run((sys.executable, "-m", "playwright", "install", "chromium"), check=False)
    return own.returncode == 0


def main() -> int:
    """Exit with 1 and a sentence when there is no Chromium to be had."""
    if find_chromium() or ("--install" in sys.argv and _install()):
        print(f"The browser tests use {find_chromium() or 'Playwright’s own Chromium'}", flush=True)
        return 0
    print("The browser tests need Chromium: install it, or set CHROMIUM=/path/to/it.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
