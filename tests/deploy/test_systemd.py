"""The units of deploy/ are ones that systemd takes; the programs that they start need not be on this machine."""

import re
import subprocess
from pathlib import Path

from tests.conftest import ROOT
from tests.programs import find, needs

UNITS = ROOT / "deploy" / "systemd"


@needs("systemd-analyze")
def test_systemd_has_nothing_to_say_about_the_units(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        text = re.sub(r"ExecStart=/opt/\S+", "ExecStart=/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name.replace("@.", "@8501.")).write_text(text, encoding="utf-8")
    names = [str(path) for path in sorted(tmp_path.iterdir())]
    assert len(names) == 3
    command = [str(find("systemd-analyze")), "verify", *names]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_process_gets_what_the_readme_says_and_one_more_page_fits_its_descriptors() -> None:
    unit = (UNITS / "explorer@.service").read_text(encoding="utf-8")
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    descriptors = int(re.search(r"LimitNOFILE=(\d+)", unit)[1])  # type: ignore[index]
    pages = int(re.search(r"limit_conn all_visits (\d+)", nginx)[1])  # type: ignore[index]
    assert descriptors > 4 * pages + 100, "all pages may come to one process"
