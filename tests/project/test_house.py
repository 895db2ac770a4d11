"""The house keeps its shape: imports go down, files stay short, versions are pinned, settings are real."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

LINE_LIMITS = {"pages/*.py": 80, "pricing/**/*.py": 300, "consultation/**/*.py": 300, "app.py": 15}
"""Lines that files stay under, by pattern."""
PACKAGES = ("pages/**/*.py", "consultation/**/*.py", "pricing/**/*.py")


def _paths(pattern: str) -> list[Path]:
    found = (path for path in ROOT.glob(pattern) if path.suffix == ".py" or path.is_dir())
    return sorted(inner for path in found for inner in ([path] if path.is_file() else path.rglob("*.py")))


@cache
def _imports(path: Path) -> frozenset[str]:
    """Dotted names that a file imports, all absolute; ``from a import b`` counts as ``a.b``."""
    package = path.relative_to(ROOT).parent.parts
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return frozenset(names)


def _contract(name: str) -> list[str]:
    """The modules that one of import-linter's contracts in pyproject.toml is about."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    modules: list[str] = next(c["source_modules"] for c in declared["contracts"] if c["name"] == name)
    return modules


@pytest.mark.parametrize(
    ("ending", "name"), [("words", "Words know no screen and no chart"), ("charts", "Charts know no screen")]
)
def test_every_module_of_words_or_charts_is_under_its_contract(ending: str, name: str) -> None:
    held = [re.compile(pattern.replace(".", r"\.").replace("*", r"\w+")) for pattern in _contract(name)]
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in _paths(f"pages/**/*{ending}.py")]
    free = [module for module in modules if not any(pattern.fullmatch(module) for pattern in held)]
    assert modules
    assert not free, f"name these in the contract “{name}” in pyproject.toml: {', '.join(free)}"


def test_what_is_awaited_in_a_test_has_a_thread_of_its_own() -> None:
    """A browser of other tests holds a loop in the first: whether a test passed hung on what its process had run."""
    asked = [path.name for path in _paths("tests/**/*.py") if "asyncio.run(" in path.read_text(encoding="utf-8")]
    assert asked == ["test_house.py"]


def test_packages_stay_small() -> None:
    folders = {path.parent for pattern in PACKAGES for path in _paths(pattern)}
    counts = {folder: len([p for p in folder.glob("*.py") if p.name != "__init__.py"]) for folder in folders}
    pages = ROOT / "pages"  # one script a page: Streamlit looks for them there
    crowded = {str(f.relative_to(ROOT)): n for f, n in counts.items() if n > 17 and f != pages}
    assert not crowded, f"give these modules packages of their own: {crowded}"


def test_what_takes_an_answer_holds_that_its_widget_is_still_there() -> None:
    """Streamlit calls it for a widget of a page that was just left, too, and no longer knows the widget's key."""
    free = []
    for path in _paths("pages/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "on_change":
                given = ast.unparse(node.value.body if isinstance(node.value, ast.IfExp) else node.value)
                if given != "'rerun'" and not given.startswith("if_there("):
                    free.append(f"{path.relative_to(ROOT)}:{node.value.lineno} {given}")
    assert not free, f"give these through pages.kit.callbacks.if_there: {free}"


def _named(path: Path) -> Iterator[str]:
    """Names of a module's classes, and of its type aliases such as ``Settings``; those of arrays are left out."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (
                t.id
                for t in node.targets
                if isinstance(t, ast.Name) and re.fullmatch(r"([A-Z][a-z]+)+(?<!Array)", t.id)
            )


def test_a_class_shares_its_name_with_no_other() -> None:
    modules: dict[str, list[str]] = {}
    for path in (path for pattern in PACKAGES for path in _paths(pattern)):
        for name in set(_named(path)):
            modules.setdefault(name, []).append(str(path.relative_to(ROOT)))
    twice = {name: where for name, where in modules.items() if len(where) > 1}
    assert not twice, f"one word for one thing: {twice}"


@pytest.mark.parametrize(("pattern", "limit"), LINE_LIMITS.items())
def test_files_stay_short(pattern: str, limit: int) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _paths(pattern)}
    too_long = {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length >= limit}
    assert not too_long, f"split these, or move work where it belongs: {too_long} (under {limit} lines)"


def _requirements(name: str) -> list[str]:
    """Logical lines of a requirements file, comments left out."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    lines = _requirements(name)
    pinned = re.compile(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}")
    loose = [line.split()[0] for line in lines if not pinned.match(line)]
    assert lines
    assert not loose, f"`make requirements` writes these with a version and hashes: {loose}"


def _versions(name: str) -> dict[str, str]:
    return dict(line.split()[0].split("==") for line in _requirements(name))


def test_both_requirements_files_agree() -> None:
    run, tests = _versions("requirements.txt"), _versions("requirements-test.txt")
    different = [name for name in run.keys() & tests.keys() if run[name] != tests[name]]
    assert not different, f"run `make requirements`; the versions differ of {different}"


NAMED_IN = ("requirements.in", "requirements-engines.in")


def test_what_is_imported_is_required() -> None:
    required = {re.split(r"[^a-z0-9-]", line)[0] for name in NAMED_IN for line in _requirements(name)}
    here = {"app", "pages", "consultation", "pricing", "data", "__future__", *sys.stdlib_module_names}
    files = [path for pattern in ("app.py", *PACKAGES) for path in _paths(pattern)]
    imported = {name.split(".")[0] for path in files for name in _imports(path)} - here
    assert imported <= required, f"add to requirements.in: {sorted(imported - required)}"


def _options(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _options(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def test_streamlit_honours_every_setting() -> None:
    """Streamlit only warns of an option that it does not know, so a misspelt one would pass unnoticed."""
    declared = dict(_options(tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))))
    script = (
        "import json, sys; from streamlit import config; config.get_config_options();"
        "print(json.dumps({name: config.get_option(name) for name in json.load(sys.stdin)}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(list(declared)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == declared


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_from_their_ground(scheme: str) -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][scheme]
    assert _contrast("#FFFFFF", theme["primaryColor"]) >= 3, "the tick in a box"
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert _contrast(theme["textColor"], ground) >= 7
        assert _contrast(theme["linkColor"], ground) >= 4.5
        assert _contrast(theme["primaryColor"], ground) >= 4.5
        assert _contrast(theme["borderColor"], ground) >= 3


def _git(*arguments: str, at: Path = ROOT) -> str:
    """What git prints; skips where it refuses, as in a tree that is no clone."""
    run = subprocess.run(["git", *arguments], cwd=at, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip("not a git clone")
    return run.stdout


def test_no_tracked_file_is_a_link_out_of_the_tree() -> None:
    """A link to a place that only one machine has is a broken file in every other clone."""
    entries = [entry for entry in _git("ls-files", "-s", "-z").split("\0") if entry]
    links = [ROOT / entry.partition("\t")[2] for entry in entries if entry.startswith("120000")]
    assert entries
    out = [str(link) for link in links if not (link.parent / link.readlink()).resolve().is_relative_to(ROOT)]
    assert not out, f"these lead out of the tree: {out}"


@pytest.mark.parametrize("linked", [False, True])
def test_an_environment_is_ignored_as_a_folder_and_as_a_link(linked: bool, tmp_path: Path) -> None:
    """A pattern that ends in a stroke matches folders only, and a link to a shared environment is none."""
    clone, elsewhere = tmp_path / "clone", tmp_path / "elsewhere"
    (elsewhere / "bin").mkdir(parents=True)
    (elsewhere / "bin" / "python").touch()
    clone.mkdir()
    (clone / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    if linked:
        (clone / ".venv").symlink_to(elsewhere)
    else:
        elsewhere.rename(clone / ".venv")
    assert _git("init", "-q", at=clone) == ""
    assert _git("ls-files", "--others", "--exclude-standard", at=clone).split() == [".gitignore"]


def _committed_texts() -> Iterator[tuple[str, str]]:
    for name in filter(None, _git("ls-files", "-z").split("\0")):
        path = ROOT / name
        if path.is_file() and path.stat().st_size < 5_000_000:
            yield name, path.read_bytes().decode("utf-8", errors="replace")


def test_no_file_names_one_machine_or_one_registry() -> None:
    """A path or a host that only the author has would fail everywhere else."""
    words = ["/work" + "/", "/root" + "/", "pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org"]
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}" for word in words))
    wrong = {name: found[0] for name, text in _committed_texts() if (found := pattern.search(text))}
    assert not wrong, f"name no such place: {wrong}"
