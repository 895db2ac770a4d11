"""What `make audit` says of pip-audit's answers; the advisories themselves need the network."""

import pytest

from tests import audit

CLEAN = {"name": "a", "version": "1", "vulns": []}
KNOWN = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("files", "code", "lines"),
    [
        ({"x": [CLEAN]}, 0, ["x: no advisory for any of 1 libraries"]),
        ({"x": [CLEAN, KNOWN]}, 1, ["x: b 2 has PYSEC-1", "x: b 2 has PYSEC-2"]),
        ({"x": [CLEAN, SKIPPED]}, 2, ["x: 1 of 2 libraries were not audited, no advisories were to be had"]),
        ({"x": [KNOWN], "y": [SKIPPED], "z": [CLEAN]}, 1, None),
        ({"y": [SKIPPED], "z": [CLEAN]}, 2, None),
    ],
)
def test_nothing_that_was_not_audited_is_called_clean(files, code, lines) -> None:  # type: ignore[no-untyped-def]
    found, said = audit.verdict(files)
    assert found == code
    assert lines is None or said == lines


def test_every_pinned_file_is_held_against_the_advisories() -> None:
    assert {"requirements.txt", "requirements-engines.txt", "requirements-test.txt"} <= {
        one.name for one in audit.FILES
    }
