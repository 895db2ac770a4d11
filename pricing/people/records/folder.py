"""A built cohort as a folder like those in ``data/cohorts``: whole or not at all."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pricing.errors import OutputError
from pricing.people.area_map import SHAPES
from pricing.people.cells import Cells, Declaration, sha256
from pricing.people.provenance import COLUMNS
from pricing.people.records import curves_file, places
from pricing.people.records.build import Built
from pricing.people.records.mapping.places import KEY
from pricing.people.records.thin import counts_of
from pricing.people.records.toml_text import toml
from pricing.scenario.offered import CELLS, CURVES, DECLARED, NAME, TAKEN
from pricing.scenario.spec import quoted

COUNTS, SOURCES, REPORT, MAP = "counts.csv", "sources.csv", "report.txt", "people.toml"
OURS = (DECLARED, CELLS, COUNTS, CURVES, SOURCES, REPORT, MAP, *places.TABLES, SHAPES)


def check_name(folder: Path) -> str:
    """The cohort's name, which is the folder's; raises OutputError where no cohort may be called so."""
    name = folder.name
    if not NAME.fullmatch(name) or name in TAKEN:
        raise OutputError(f"{quoted(name)}: a cohort's folder is named in small letters, digits and _, as my_people.")
    return name


def check_place(folder: Path, *, force: bool) -> None:
    """Raise OutputError where something stands that is no cohort, or, without ``force``, another cohort."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{quoted(folder.name)} is a file: name a folder that is not there yet.")
    strange = [path.name for path in folder.iterdir() if path.name not in OURS]
    if strange:
        raise OutputError(f"{quoted(folder.name)} holds {quoted(strange[0])}, which is no part of a built cohort.")
    if any(folder.iterdir()) and not force:
        raise OutputError(f"{quoted(folder.name)} is there already. --force writes over it.")


def write(built: Built, folder: Path, *, force: bool = False) -> None:
    """Write the folder beside its place and move it there when whole; raises OutputError, and leaves nothing then."""
    check_name(folder)
    check_place(folder, force=force)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        beside.mkdir(parents=True)
        write_files(built, beside)
        move_in(beside, folder)
    except OSError as problem:
        raise OutputError(f"{quoted(folder.name)} cannot be written: {problem.strerror}.") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def move_in(beside: Path, folder: Path) -> None:
    """Put a whole folder in its place; what stood there goes when that is done, and stands there again where it fails.

    An interrupt is a failure too.
    """
    former = beside.with_suffix(".former")
    try:
        if folder.exists():
            folder.rename(former)
        beside.rename(folder)
    except BaseException:
        if former.exists() and not folder.exists():
            former.rename(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def write_files(built: Built, folder: Path) -> None:
    """Every file of the cohort."""
    cells = built.curves.cells
    (folder / CELLS).write_text(cells_csv(cells), encoding="utf-8")
    if built.histogram is not None:
        (folder / COUNTS).write_text(counts_of(built.histogram), encoding="utf-8")
    fitted = curves_file.text(sha256(folder / CELLS), built.curves.curves, built.curves.hold_out)
    (folder / CURVES).write_text(fitted, encoding="utf-8")
    (folder / DECLARED).write_text(declared(built.curves.declaration), encoding="utf-8")
    (folder / REPORT).write_text("".join(f"{line}.\n" for line in built.said), encoding="utf-8")
    (folder / MAP).write_text(built.given.text, encoding="utf-8")
    (folder / SOURCES).write_text(sources_csv(built), encoding="utf-8")
    for name, text in places_of(built).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def places_of(built: Built) -> dict[str, str]:
    """Shapes and tables of the places where these people live, by file; raises RecordsError where none can be drawn."""
    given = built.given.places
    return {} if given is None else places.files(given, built.curves.cells.factors[KEY].levels)


def cells_csv(cells: Cells) -> str:
    """``cells.csv``: a row per cell, levels as declared; sums are whole but for harm, which has four decimals."""
    columns = [np.array(cells.factors[key].levels, dtype=object)[codes] for key, codes in cells.codes.items()]
    columns.append(cells.held_out.astype(int).astype(object))
    for name, sums in cells.outcomes.items():
        columns.append((np.round(sums, 4) if name == "harm" else sums.astype(np.int64)).astype(object))
    return places.table([*cells.factors, "held_out", *cells.outcomes], zip(*columns, strict=True))


def sources_csv(built: Built) -> str:
    """``sources.csv``: where each file comes from."""
    given, people = built.given, float(built.curves.cells.people.sum())
    records = f"Records of {given.label}"
    holds = {
        DECLARED: ("Its words and factors", "declaration"),
        CELLS: (f"{people:,.0f} people, as cells", "real people, as cells"),
        COUNTS: ("How many people had each number of reoffences", "real people, as cells"),
        CURVES: ("Risk curves fitted to the cells, and the report on the people held out", "fitted"),
        REPORT: ("What was read, left out and joined", "declaration"),
        MAP: ("The map by which the records were read", "declaration"),
    }
    if built.histogram is None:
        del holds[COUNTS]
    if given.places is not None:
        holds |= dict.fromkeys(places.TABLES, (f"Places of {given.places.area}", "published"))
    rows = [
        (file, what, records, given.follow_up, "Not stated", "Reduced to cells", nature, "")
        for file, (what, nature) in holds.items()
    ]
    return places.table(COLUMNS, rows)


def declared(declaration: Declaration) -> str:
    """``cohort.toml``."""
    told: dict[str, Any] = {
        "label": declaration.label,
        "country": declaration.country,
        "outcome": declaration.outcome,
        "follow_up": declaration.follow_up,
        "synthetic": declaration.synthetic,
        "caution": declaration.caution,
        "notes": list(declaration.notes),
        "no_map": declaration.no_map or None,
        "implied_alpha": declaration.implied_alpha,
        "equal_severity": declaration.equal_severity,
    }
    parts = [_table(told)]
    if declaration.area_map is not None:
        parts.append(
            "[map]\n" + _table({"area": declaration.area_map.area, "start": declaration.area_map.start or None})
        )
    for factor in declaration.factors.values():
        each: dict[str, Any] = {"key": factor.key, "label": factor.label, "kind": factor.kind}
        if factor.kind == "count":
            each |= {"top": len(factor.levels) - 1, "bands": list(factor.bands)}
        else:
            each |= {"levels": list(factor.levels), "labels": list(factor.labels)}
        parts.append("[[factors]]\n" + _table(each))
    return "\n".join(parts)


def _table(values: Mapping[str, Any]) -> str:
    """Keys and values as TOML, those that are None left out."""
    return "".join(f"{key} = {toml(value)}\n" for key, value in values.items() if value is not None)
