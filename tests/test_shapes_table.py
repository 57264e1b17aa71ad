"""Each shape says what it is, how grave, what it catches and what not; and the table of them is true."""

import pytest

from tests.shapes_table import FILE, Row, files, rows, written
from tests.spared import SPARED
from tests.test_slips import NEAR_MISSES

ROWS = [row for file in files() for row in rows(file)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.name))
def test_a_shape_says_what_it_is(row: Row) -> None:
    assert row.title
    assert row.severity in ("violation", "warning")
    assert row.scope in ("document", "context", "publication")
    assert row.caught.endswith("."), "a comment above it: # Caught: an example."
    assert row.spared.endswith("."), "and another: # Not caught: what comes close."
    assert row.remedy or row.name == "Fact", "sh:description says what to do"
    assert row.message or row.name == "Fact"


def test_every_shape_has_an_edit_that_comes_close_and_is_spared() -> None:
    assert {row.name for row in ROWS} - {"Fact"} == {*NEAR_MISSES, *SPARED}


def test_the_table_of_shapes_is_as_they_are() -> None:
    assert FILE.read_text("utf-8") == written(), "python -m tests.shapes_table writes it anew"
