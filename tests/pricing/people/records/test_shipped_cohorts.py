"""The shipped cohorts, written as one row for each person, come out of the door as they are shipped."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.bench_fitting import one_row_per_person
from pricing.people import fitting, shipped
from pricing.people.cells import Cells, Declaration, Factor
from pricing.people.records import counted
from pricing.people.records.engines.choose import opened
from pricing.people.records.mapping.read import read
from pricing.people.records.toml_text import toml


def rows_of(cells: Cells) -> pd.DataFrame:
    """One row a person: Greater Manchester's cells hold one each, Georgia's tell how many of them reoffended."""
    one_each = cells if (cells.people == 1).all() else one_row_per_person(cells)
    levels = {key: np.array(factor.levels)[one_each.codes[key]] for key, factor in cells.factors.items()}
    sums = {
        name: one_each.outcomes[name].astype(int) for name in ("reoffended", "reoffences") if name in one_each.outcomes
    }
    if "harm" in one_each.outcomes:
        sums["harm"] = one_each.outcomes["harm"]
    return pd.DataFrame(levels | sums).rename(columns={name: f"{name}_seen" for name in sums})


def factor_text(factor: Factor) -> str:
    """A factor as a map says it."""
    says = {
        "count": f"top = {len(factor.levels) - 1}\nbands = {list(factor.bands)}\n",
        "need": 'yes = ["1"]\nno = ["0"]\n',
        "decile": "",
    }.get(factor.kind, f"levels = {toml(list(factor.levels))}\nlabels = {toml(list(factor.labels))}\n")
    head = f'key = "{factor.key}"\nlabel = {toml(factor.label)}\nkind = "{factor.kind}"\ncolumn = "{factor.key}"\n'
    return f"[[factors]]\n{head}{says}"


def map_text(declaration: Declaration, cells: Cells) -> str:
    """The map by which the shipped cohort would be built."""
    head = 'label = "x"\noutcome = "y"\nfollow_up = "z"\n[outcomes]\n'
    head += 'reoffended = {column = "reoffended_seen", yes = ["1"], no = ["0"]}\n'
    if "reoffences" in cells.outcomes:
        head += 'reoffences = {column = "reoffences_seen"}\nharm = {column = "harm_seen"}\n'
    else:
        head += f"implied_alpha = {declaration.implied_alpha}\nequal_severity = {declaration.equal_severity}\n"
    return head + "".join(map(factor_text, cells.factors.values()))


@pytest.mark.parametrize("name", shipped.names())
def test_a_shipped_cohort_comes_out_of_the_door_as_it_is(name: str, tmp_path: Path) -> None:
    published = shipped.curves(name)
    rows_of(published.cells).to_csv(tmp_path / "people.csv", index=False)
    given = read(map_text(published.declaration, published.cells))
    engine = opened(str(tmp_path / "people.csv"))
    try:
        found = counted.count(engine, given)
    finally:
        engine.close()
    assert not found.wrong
    keys = list(published.cells.factors)
    ours, theirs = found.cells.group(keys), published.cells.group(keys)
    for key in keys:
        np.testing.assert_array_equal(ours.codes[key], theirs.codes[key])
    for outcome, sums in theirs.outcomes.items():
        np.testing.assert_allclose(ours.outcomes[outcome], sums, rtol=0, atol=1e-6, err_msg=outcome)
    curves = fitting.fit_curves(found.cells, found.histogram)
    assert set(curves) == set(published.curves)
    for kind, curve in published.curves.items():
        assert curves[kind].terms == curve.terms
        np.testing.assert_allclose(curves[kind].coefficients, curve.coefficients, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(curves[kind].covariance, curve.covariance, rtol=1e-6, atol=1e-9)
