"""Hold every pinned library against the published advisories: ``make audit``, with pip-audit in its own environment.

Exits with 0 where none is known, 1 where one is, 2 where the advisories could not be had: then nothing was audited.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(ROOT.glob("requirements*.txt"))


def audited(file: Path) -> list[Mapping[str, Any]]:
    """What pip-audit says of each library of a file: its advisories, or why it was skipped; raises RuntimeError."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json"]
    run = subprocess.run([*command, "-r", file], capture_output=True, text=True, check=False)
    if not run.stdout.strip():
        raise RuntimeError(run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "pip-audit said nothing")
    found: list[Mapping[str, Any]] = json.loads(run.stdout)["dependencies"]
    return found


def verdict(files: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[int, list[str]]:
    """The exit code, and lines to print, of what was said of each file's libraries."""
    said, code = [], 0
    for name, libraries in files.items():
        skipped = [one for one in libraries if "skip_reason" in one]
        known = [(one, each["id"]) for one in libraries for each in one.get("vulns", ())]
        said += [f"{name}: {one['name']} {one['version']} has {advisory}" for one, advisory in known]
        if skipped:
            missed = f"{len(skipped)} of {len(libraries)} libraries were not audited"
            said.append(f"{name}: {missed}, no advisories were to be had")
        elif not known:
            said.append(f"{name}: no advisory for any of {len(libraries)} libraries")
        code = 1 if known or code == 1 else 2 if skipped or code else 0
    return code, said


def main() -> int:
    """Print a line an advisory, and one a file."""
    try:
        code, said = verdict({file.name: audited(file) for file in FILES})
    except RuntimeError as problem:
        code, said = 2, [f"Nothing was audited: {problem}"]
    print("\n".join(said))
    return code


if __name__ == "__main__":
    sys.exit(main())
