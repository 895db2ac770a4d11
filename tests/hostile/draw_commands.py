"""Hostile commands, drawn at random: words, files, and what the shell gave them to write to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from pricing import MODEL_VERSION
from pricing.command.line import SUBCOMMANDS
from pricing.scenario.scenario import specs
from pricing.take_away.files import FILES
from tests.hostile import draw_files, draw_links, words

KEPT, FULL, CLOSED, GONE = "kept", "full", "closed", "gone"
"""Where output goes: into a file that is read, on a full disk, into a pipe that nobody reads, nowhere."""
ENCODINGS = ("utf-8", "ascii", "latin-1", "cp850")
HEAVY = ("uncertainty", "provider", "cheapest", "levers")
HOSTS = (
    "https://example.org/?",
    "http://a]b?",
    "http://[::1?",
    "http://℀.com/?",
    "?",
    "",
    "//x?",
    "javascript:1?",
    "x#?",
)
DOES = {
    "cohort": ("map", "check", "build", "from-cells", "x"),
    "consultation": ("list", "export", "delete", "schema", "x"),
}


@dataclass(frozen=True)
class HostileCommand:
    """The words of a command, the files beside it by name, and how its outputs are taken.

    ``asked`` are the settings that it asks for, as they were said.
    """

    words: tuple[str, ...]
    files: Mapping[str, bytes]
    output: str = KEPT
    errors: str = KEPT
    encoding: str = "utf-8"
    asked: tuple[tuple[str, str], ...] = field(default=())


class Line:
    """The words of a command as they come together."""

    def __init__(self, luck: Random) -> None:
        self.luck = luck
        self.tame = luck.random() < 0.5  # most that is drawn wild is refused, and what is refused writes nothing
        self.words: list[str] = []
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []

    def file(self, drawn: draw_files.HostileFile, called: str) -> str:
        """Put a file there, and how it is called; now and then none is there, or something else."""
        if not self.tame and self.luck.random() < 0.1:
            return self.luck.choice(("nowhere.csv", ".", "/dev/null", "/dev/full", "a\nb", "\udcff.csv", "-"))
        self.files[called] = drawn.data
        return called

    def set(self, option: str) -> None:
        """A setting."""
        luck = self.luck
        name = luck.choice(sorted(specs()))
        which = 0.0 if self.tame else luck.random()
        text = draw_links.valid(luck, specs()[name]) if which < 0.6 else draw_links.wrong(luck, specs()[name])
        self.words += [option, luck.choice((words.some(luck), name)) if which > 0.95 else f"{name}={text}"]
        if option == "--set":
            self.asked.append((name, text))

    def price(self) -> None:
        """Which price, and which people."""
        luck = self.luck
        for _ in range(luck.choice((0, 1, 1, 2))):
            self.set("--set")
        which = luck.random()
        if which < 0.3:
            self.words += ["--link", self.link()]
        elif which < 0.5 and not self.tame:
            self.words += ["--scenario", self.file(draw_files.scenario(luck), "scenario.json")]
        if luck.random() < 0.25:
            drawn = draw_files.sound_table(luck) if self.tame else draw_files.table(luck)
            self.words += ["--baseline", self.file(drawn, "table.csv")]
        elif luck.random() < 0.1 and not self.tame:
            self.words += ["--cohort", luck.choice(("georgia_parole", words.some(luck)))]

    def link(self) -> str:
        """A link, whole where the command is tame."""
        luck = self.luck
        return luck.choice(HOSTS) + (draw_links.whole(luck) if self.tame else draw_links.link(luck).query[:3000])

    def rest(self, command: str) -> None:
        """What goes with some commands, and what goes with none."""
        luck = self.luck
        extra: tuple[Callable[[], list[str]], ...] = (
            lambda: ["--format", luck.choice(("csv", "json", "xlsx", words.some(luck)))],
            lambda: ["--rows-only"],
            lambda: ["--model", luck.choice((MODEL_VERSION, words.some(luck)))],
            lambda: [words.some(luck)],
            lambda: [f"--{words.some(luck)}"],
            lambda: ["--table", "cash"],
            lambda: ["--help"],
        )
        for _ in range(luck.choices((0, 1, 2), (5, 3, 1))[0]):
            self.words += ["--format", "csv"] if self.tame else luck.choices(extra, (8, 3, 2, 1, 1, 1, 1))[0]()
        if command == "compare":
            self.set("--a")
        if command == "take-away" or (luck.random() < 0.05 and not self.tame):
            form = luck.choice(sorted(FILES))
            place = luck.choice((f"out.{FILES[form].ending}",) * 4 + ("/dev/full", ".", "no/where.json", "\udcff.html"))
            self.words += ["--format", form, "--output", place]
            if luck.random() < 0.3:
                self.files[place if "/" not in place and "\udcff" not in place and place != "." else "x"] = b"mine"
            if luck.random() < 0.3:
                self.words += ["--force"]
            if luck.random() < 0.3:
                self.words += ["--address", luck.choice((*HOSTS, words.some(luck), "\udcff", "http://x/\ud800"))]


def command(luck: Random) -> HostileCommand:
    """One command."""
    names = list(SUBCOMMANDS)
    chosen = luck.choices(names, [1 if name in HEAVY else 4 for name in names])[0]
    line = Line(luck)
    line.words.append(words.some(luck) if luck.random() < 0.02 else chosen)
    if chosen in DOES:
        line.words.append(luck.choice(DOES[chosen]))
        if chosen == "cohort":
            line.words.append(line.file(draw_files.records(luck), "records.csv"))
            line.files["map.toml"] = luck.choice(
                (b"", b"[x", words.some(luck).encode("utf-8", "replace"), b"label = 1")
            )
            line.words += ["--map", "map.toml"] if line.words[1] != "map" else []
            line.words += ["--out", "made"] if line.words[1] in ("build", "from-cells") else []
        elif line.words[1] in ("export", "delete"):
            line.words.append(words.some(luck))
    elif chosen == "shortlist":
        line.words += [line.link() for _ in range(luck.randint(1, 3))]
    elif chosen not in ("parameters", "schema", "history"):
        line.price()
    line.rest(chosen)
    given = tuple(word.replace("\0", "") for word in line.words)
    return HostileCommand(
        given,
        line.files,
        luck.choices((KEPT, FULL, CLOSED, GONE), (20, 2, 2, 1))[0],
        luck.choices((KEPT, FULL, GONE), (20, 1, 1))[0],
        luck.choices(ENCODINGS, (6, 2, 1, 1))[0],
        tuple(line.asked),
    )
