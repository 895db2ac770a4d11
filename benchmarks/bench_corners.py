"""The slowest links and tables there are; run ``python -m benchmarks.bench_corners --number 2000``.

Random corners of all parameters are each opened in one part of one page and given to one command, in turn, with
nothing kept from before. Printed are the ten of each that take the most processor time, the longest stretches of
commands without a pause, every failure, and every undefined number in print. ``--first`` goes on where another run
ended, ``--page`` and ``--command`` look at one alone.
"""

import argparse
import io
import logging
import re
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time, thread_time
from typing import Any

from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from benchmarks import corners
from benchmarks.stretches import Stretches, stretches
from pages.frame import menu, own_table_upload
from pages.frame.page_record import HOME
from pages.frame.pages_list import PAGES
from pricing.__main__ import main as run_command
from pricing.command.line import SUBCOMMANDS
from pricing.people.cohort import Cohort
from pricing.scenario import links
from pricing.scenario.scenario import Scenario, specs
from pricing.take_away.files import FILES

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 300
"""Seconds after which a page is given up."""
MOST_PAGE, MOST_COMMAND = 2.0, 5.0
"""Seconds of processor that no link may pass."""
MOST_STRETCH = 0.5
"""Seconds of processor without a pause, at which a server can end what nobody waits for."""
SHOWN = 10
UNDEFINED = re.compile(
    r"\bnan\b|\binf\b|\bNone\b(?! of)|\bNaN\b|\bInfinity\b|(?<![\w.])[−-]£?0(?:\.0+)?%?(?!\w|[.,]\d)"
)
FAILED = "an error of its own"
"""What a page says of work that failed unforeseen."""
PLACES = [(page.name, part.key) for page in PAGES.values() for part in page.parts] + [
    (page.name, "") for page in PAGES.values() if not page.parts
]
ALONE = {"parameters", "schema", "history", "consultation", "cohort"}
"""Commands that are given no price."""
COMMANDS = [name for name in SUBCOMMANDS if name not in ALONE]
WARM: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class Found:
    """What one corner took in one place: seconds of processor, where, and what went wrong if anything did.

    ``stretch`` is the longest of a command without a pause.
    """

    seconds: float
    where: str
    link: str
    wrong: str = ""
    stretch: Stretches | None = None


def visit(page: str, part: str, scenario: Scenario, people: Cohort) -> AppTest:
    """A visit to a page by a link, the reader's table already given."""
    at = AppTest.from_file(ROOT / "app.py", default_timeout=LIMIT)
    for name, text in (links.write(scenario) | ({links.PART: part} if part else {})).items():
        at.query_params[name] = text
    if page != HOME:
        at.switch_page(str(menu.FOLDER / f"{page}.py"))
    at.session_state[own_table_upload.HELD] = people
    return at.run()


def words(at: AppTest) -> Iterator[str]:
    """What a page says."""
    for kind in ("title", "subheader", "markdown", "caption", "text", "info", "warning", "error"):
        yield from (str(element.value) for element in getattr(at.main, kind))
    yield from (f"{metric.label}: {metric.value} {metric.delta}" for metric in at.main.metric)
    yield from (str(chart.proto.alt) for chart in at.main.get("plotly_chart"))


def warm(place: tuple[str, str], cohort: str, people: Cohort) -> None:
    """Open a page once for its libraries and its people, as a server that runs has done."""
    if (place[0], cohort) not in WARM:
        WARM.add((place[0], cohort))
        visit(*place, Scenario(cohort=cohort), people)


def on_page(place: tuple[str, str], scenario: Scenario, people: Cohort, link: str) -> Found:
    """One part of one page: seconds of the page's own thread, without those of the test that asks for it."""
    start = process_time() - thread_time()
    where = "/".join(filter(None, place))
    try:
        at = visit(*place, scenario, people)
        wrong = "".join(f"{one.value}\n{''.join(one.stack_trace)}" for one in at.exception)
        said = list(words(at))
        wrong = wrong or "; ".join(f"undefined: {text}" for text in said if UNDEFINED.search(text))
        wrong = wrong or "; ".join(text for text in said if FAILED in text)
    except Exception:  # whatever it is, the run goes on and says so
        wrong = traceback.format_exc(limit=-4)
    return Found(process_time() - thread_time() - start, where, link, wrong)


def by_command(name: str, scenario: Scenario, data: bytes, luck: Random, link: str) -> Found:
    """One command, in one of its forms."""
    with tempfile.TemporaryDirectory() as folder:
        shared = "?" + links.to_query(links.write(scenario))
        arguments = [name, "--link", shared]
        if name == "shortlist":
            beside = Scenario(cohort=scenario.cohort)
            arguments = [name, shared, "?" + links.to_query(links.write(beside))]
        if data:
            (Path(folder) / "corner.csv").write_bytes(data)
            arguments += ["--baseline", str(Path(folder) / "corner.csv")]
        if name == "take-away":
            form = luck.choice(sorted(FILES))
            arguments += ["--format", form, "--output", str(Path(folder) / f"corner.{FILES[form].ending}")]
        elif name == "compare":
            arguments += ["--a", f"results_share={luck.choice((0, 0.2, 1))}"]
        elif luck.random() < 0.3:
            arguments += ["--format", "csv"]
        said, aside = io.StringIO(), io.StringIO()
        start = process_time()
        stretch = None
        try:
            with redirect_stdout(said), redirect_stderr(aside), stretches() as stretch:
                run_command(arguments)
            seconds, wrong = process_time() - start, ""
        except Exception:
            seconds, wrong = process_time() - start, traceback.format_exc(limit=-4)
        files = Path(folder).glob("corner.*")
        wrong = wrong or undefined([said.getvalue(), *(words for file in files for words in exported(file))])
    return Found(seconds, " ".join([name, *arguments[3:]]), link, wrong, stretch)


NONE = re.compile(
    "None by default|None: no setting|None / |None</dt><dd>choice|"
    + "|".join(f"{re.escape(one.label)}</dt><dd>None" for one in specs().values() if one.choices)
)
"""Words of ours, of which Python's are no part."""


def exported(file: Path) -> Iterator[str]:
    """The words of a file that was taken away, and the numbers of a workbook as they are in it."""
    if file.suffix == ".xlsx":
        rows = (row for sheet in load_workbook(file).worksheets for row in sheet.iter_rows(values_only=True))
        yield from (NONE.sub("", "</dt><dd>".join(str(cell) for cell in row if cell is not None)) for row in rows)
    elif file.name != "corner.csv":  # the reader's own table
        yield from (NONE.sub("", one) for one in file.read_text(encoding="utf-8").splitlines() if "<path" not in one)


def undefined(texts: Iterable[str]) -> str:
    """The first undefined number in texts, with what stands around it; "" where there is none."""
    found = next((found for text in texts if (found := UNDEFINED.search(text))), None)
    return f"undefined: {found.string[max(found.start() - 60, 0) : found.end() + 20]}" if found else ""


def look(arguments: argparse.Namespace) -> tuple[list[Found], list[Found]]:
    """All corners that are asked for, on pages and by command."""
    pages, commands = [], []
    places = [place for place in PLACES if arguments.page in (None, place[0], "/".join(place))]
    names = [name for name in COMMANDS if arguments.command in (None, name)]
    for number in range(arguments.first, arguments.first + arguments.number):
        luck = Random(f"{arguments.seed}/{number}")
        scenario = corners.scenario(luck, arguments.cohort)
        data, people = corners.people(scenario, luck)
        link = f"corner {number}: ?{links.to_query(links.write(scenario))}"
        if data:
            link += f"\n    {data.decode()!r}"
        if places and arguments.command is None:
            place = places[number % len(places)]
            warm(place, scenario.cohort, people)
            pages.append(on_page(place, scenario, people, link))
        if names and arguments.page is None:
            commands.append(by_command(names[number % len(names)], scenario, data, luck, link))
    return pages, commands


def report(found: list[Found], kind: str, most: float) -> None:
    """The slowest, how many are too slow, and what went wrong."""
    if not found:
        return
    slow = sum(one.seconds > most for one in found)
    print(f"{len(found)} {kind}: {slow} over {most:.0f} s of processor; the slowest:")
    for one in sorted(found, key=lambda each: -each.seconds)[:SHOWN]:
        print(f"  {one.seconds:6.2f} s  {one.where}  {one.link}")
    held = [one for one in found if one.stretch is not None and one.stretch.longest > MOST_STRETCH]
    for one in sorted(held, key=lambda each: -each.stretch.longest if each.stretch else 0.0)[:SHOWN]:
        print(f"  {one.stretch.said() if one.stretch else ''}: {one.where}  {one.link}")
    for one in found:
        if one.wrong:
            print(f"  WRONG {one.where}  {one.link}\n    {one.wrong[-900:]}")


def read(line: list[str] | None = None) -> Any:
    parser = argparse.ArgumentParser(description="The slowest corners.")
    parser.add_argument("--number", type=int, default=100, help="corners drawn; 2,000 take about an hour")
    parser.add_argument("--first", type=int, default=0, help="number of the first corner")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--page", help="a page, or page/part")
    parser.add_argument("--command")
    parser.add_argument("--cohort")
    return parser.parse_args(line)


def main() -> None:
    """Print what was found."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    pages, commands = look(read())
    report(pages, "pages", MOST_PAGE)
    report(commands, "commands", MOST_COMMAND)


if __name__ == "__main__":
    main()
