"""The cohorts shipped with the explorer: cells with baseline risks, ready to price, and the curves behind them."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from pricing.errors import DataError
from pricing.people.arrays import FloatArray, IntArray
from pricing.people.cells import Cells, Declaration, Factor, read_cells, read_declaration, sha256
from pricing.people.cohort import Cohort, Dimension, decile_dimension, needs_dimension, risk_dimension
from pricing.people.fitted import RiskCurves
from pricing.people.hold_out import HoldOut, ObservedExpected
from pricing.people.risk_curves import Curve
from pricing.scenario import offered
from pricing.scenario.offered import CELLS, CURVES, DECLARED
from pricing.scenario.rate_card import KINDS

DIMENSIONS = ("previous", "sentence", "age", "sex", "borough", "offence")
SEXES = {"f": "Women", "female": "Women", "females": "Women", "m": "Men", "male": "Men", "males": "Men"}
"""How records write the sexes -> the words that pages compare them by."""
MIDDLE_TENTH = 5.0
NO_DEPRIVATION = (
    "Deprivation was not recorded: everyone is put in the fifth tenth, so places cannot be told apart here."
)
"""Said of people whose places are not known; the tenth is assumed for want of any."""
AREA_INDICES = {"overall": "decile", "employment": "decile_employment", "housing": "decile_housing"}


@cache
def names() -> tuple[str, ...]:
    """Names of the shipped cohorts, the default first."""
    return tuple(offered.folders())


@cache
def curves(name: str) -> RiskCurves:
    """The curves of a shipped cohort, with its cells.

    Raises
    ------
    DataError : there is no such cohort, or its files do not belong together.
    """
    if name not in names():
        raise DataError(f"There is no built-in cohort {name}; there are {', '.join(names())}.")
    folder = offered.folders()[name]
    declaration = read_declaration(folder / DECLARED)
    cells_file = folder / CELLS
    try:
        fitted = json.loads((folder / CURVES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{name} has no {CURVES}: `python -m data.fit_curves {name}` makes it.") from None
    if fitted["cells_sha256"] != sha256(cells_file):
        raise DataError(f"{name}/{CURVES} was fitted to other cells than {name}/{CELLS}: rebuild the curves.")
    return RiskCurves(
        declaration=declaration,
        cells=read_cells(cells_file, declaration),
        curves={kind: _curve(fields) for kind, fields in fitted["curves"].items()},
        hold_out=_hold_out(fitted["hold_out"]),
    )


def _curve(fields: dict[str, Any]) -> Curve:
    names = [name for name in ("coefficients", "covariance", "area_covariance") if fields[name] is not None]
    arrays = {name: np.array(fields[name]) for name in names}
    rows = {key: np.array(rows) for key, rows in fields["rows"].items()}
    return Curve(**{**fields, **arrays, "terms": tuple(fields["terms"]), "rows": rows})


def _hold_out(fields: dict[str, Any]) -> HoldOut:
    intervals = {name: tuple(fields[name]) for name in ("slope_interval", "intercept_interval")}
    groups = tuple(ObservedExpected(**group) for group in fields["groups"])
    return HoldOut(**{**fields, **intervals, "groups": groups})


@cache
def load(name: str) -> Cohort:
    """A shipped cohort: its cells with fitted baseline risks.

    Raises
    ------
    DataError : there is no such cohort, or its files are not as declared.
    """
    return ready(curves(name), name, offered.digest(name))


def ready(fitted: RiskCurves, name: str, digest: str) -> Cohort:
    """A cohort to price, from its curves and cells: fewer cells, both sides of the hold-out together."""
    declaration = fitted.declaration
    cells = fitted.cells.group(list(declaration.factors))
    probability, rate, severity = fitted.risks(cells.codes)
    return Cohort(
        name=name,
        label=declaration.label,
        caution=declaration.caution,
        notes=declaration.notes if "decile" in cells.factors else (*declaration.notes, NO_DEPRIVATION),
        digest=digest,
        people=cells.people,
        needs=cells.needs.astype(np.float64),
        deciles={index: _deciles(cells, key) for index, key in AREA_INDICES.items()},
        probability=probability,
        rate=rate,
        severity=severity,
        dimensions=_dimensions(cells, probability),
        country=declaration.country,
        area_map=declaration.area_map,
        no_map=declaration.no_map,
        needs_by_kind=needs_by_kind(declaration, cells.codes, len(cells.people)),
        fitted=fitted,
    )


def needs_by_kind(declaration: Declaration, codes: Mapping[str, IntArray], points: int) -> FloatArray | None:
    """Which needs each point has, (points, kinds); None where a declared need is of no kind on the rate card."""
    declared = {factor.key for factor in declaration.of_kind("need")}
    if not declared <= set(KINDS):
        return None
    nobody = np.zeros(points)
    return np.stack([codes[kind] if kind in declared else nobody for kind in KINDS], axis=1).astype(np.float64)


def _deciles(cells: Cells, key: str) -> FloatArray:
    """Decile of each cell, 1 to 10, by the index in column ``key``; the overall one where there is only that."""
    if "decile" not in cells.codes:
        return np.full(len(cells.people), MIDDLE_TENTH)
    return np.asarray(cells.codes.get(key, cells.codes["decile"]) + 1, dtype=np.float64)


def _dimensions(cells: Cells, probability: FloatArray) -> dict[str, Dimension]:
    """Ways of grouping the cells: needs, place and risk, then the declared factors that readers group by."""
    found = {
        "needs": needs_dimension(cells.needs.astype(np.float64)),
        "decile": decile_dimension(_deciles(cells, "decile")),
        "risk": risk_dimension(probability),
    }
    for key in DIMENSIONS:
        if key in cells.factors:
            factor, codes = cells.factors[key], cells.codes[key]
            if factor.kind == "count":
                codes = np.digitize(codes, factor.bands) - 1
            labels = _band_labels(factor)
            if key == "sex":
                labels = tuple(SEXES.get(label.lower(), label) for label in labels)
            found[key] = Dimension(factor.label, labels, codes)
    return found


def _band_labels(factor: Factor) -> tuple[str, ...]:
    """Labels of a factor's levels, or of the bands that group a count."""
    if factor.kind != "count":
        return factor.labels
    ends = [first - 1 for first in factor.bands[1:]]
    closed = [f"{a}" if a == b else f"{a} to {b}" for a, b in zip(factor.bands, ends, strict=False)]
    return (*closed, f"{factor.bands[-1]} or more")
