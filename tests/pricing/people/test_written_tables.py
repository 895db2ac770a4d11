"""Tables as programs write them and people bend them: the same figures, or a sentence with the row and the cause."""

import re
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.errors import TableError
from pricing.people import own_table
from tests.examples import EXPLORED, EXPLORING, examples
from tests.pricing.people.bent_tables import BENDS, OF_TEXT, bent
from tests.pricing.people.written_tables import PROGRAMS, Written

CASES = [(program, done) for program, how in PROGRAMS.items() for done in BENDS if how.separator or done not in OF_TEXT]
"""Each program with each thing that can be done to what it writes."""


def hold(found: Written, data: bytes) -> None:
    """The table is read with the figures that were written, or refused with what has to be said."""
    try:
        people = own_table.read(data, "groups.csv")
    except TableError as problem:
        said = str(problem)
        assert said.isprintable()
        assert said.endswith(".")
        assert found.bent or found.reason, said
        assert found.reason in said
        assert found.reason or re.search(rf"Row {found.bent}\b", said) or said.endswith(" more."), said
    else:
        assert not found.refused
        read = [
            people.people,
            people.needs,
            people.deciles["overall"],
            people.probability,
            people.rate,
            people.severity,
        ]
        assert np.allclose(np.array(read).T, found.figures, rtol=1e-9, atol=0)


@EXPLORED
def test_bent_tables_give_the_same_figures_or_a_sentence_with_row_and_cause() -> None:
    for seed in range(10_000 if EXPLORING else 500):
        hold(*bent(Random(seed), *CASES[seed % len(CASES)]))


@examples(20)
@given(st.sampled_from(CASES), st.integers(0, 2**32))
def test_a_bent_table_gives_the_same_figures_or_a_sentence_with_row_and_cause(case: tuple[str, str], seed: int) -> None:
    hold(*bent(Random(seed), *case))


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_each_program_writes_is_read(program: str) -> None:
    for seed in range(4):
        found, data = bent(Random(seed), program, "as it stands")
        assert (found.bent, found.reason) == (0, "")
        hold(found, data)


HEADER = "people,needs,decile,probability,rate,severity"
GOOD = "420,0,9,0.12,0.15,6.0"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Table 1\n{HEADER}\n{GOOD}", "The columns' names stand in row 2: delete the rows above them"),
        (f"Ours;;\n\n{HEADER}\n{GOOD}".replace(",", ";"), "The columns' names stand in row 3"),
        ("7;1;8;0,55;0,6;0,5", "no header"),
        (f'"people":"needs"\n{GOOD}', "columns must be parted by commas, semicolons or tabs"),
        (f'{HEADER}\n{GOOD}\n"420,0,9,.1,.2,6', "Row 3 is not valid CSV: a quotation mark is never closed."),
        (f"{HEADER}\n1.250,0,9,12%,15%,6".replace(",", ";"), "“1.250” is not a number, as its point can part"),
    ],
)
def test_what_stands_in_the_way_is_said(text: str, said: str) -> None:
    with pytest.raises(TableError, match=re.escape(said)):
        own_table.read(text.encode(), "groups.csv")


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff\ufeff{HEADER}\n{GOOD}",
        f"sep=,\r{HEADER}\r{GOOD}\r",
        f'"people\n",{HEADER[7:]}\n{GOOD}'.replace(",", "\t"),
        f",,,{HEADER}\n,,,{GOOD}\n",
        f"{HEADER}\r" + f"{GOOD}\r" * 200,
    ],
)
def test_what_has_one_meaning_is_understood(text: str) -> None:
    assert set(own_table.read(text.encode(), "groups.csv").people.tolist()) == {420}
