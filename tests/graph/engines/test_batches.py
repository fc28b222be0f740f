"""Rows are cut into messages, or refused before anything is sent."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engines import RowsUnusable
from graph.engines.batches import MAX_ROWS, cut

NODES = "UNWIND $rows AS r MERGE (n:Study {id: r.id}) SET n.title = r.title RETURN count(*) AS n"
ENDS = (
    "UNWIND $rows AS r MATCH (a:A {id: r.start}) MATCH (b:B {`id`: r.`end`}) MERGE (a)-[:T]->(b) RETURN count(*) AS n"
)


def test_few_rows_are_one_piece() -> None:
    """The plainest use."""
    rows = [{"id": "PMID:1", "title": "One"}, {"id": "PMID:2", "title": None}]
    assert list(cut(NODES, rows)) == [rows]


@given(st.integers(0, 3 * MAX_ROWS))
def test_pieces_keep_order_and_lose_nothing(count: int) -> None:
    """Any number of rows."""
    rows = [{"id": str(number)} for number in range(count)]
    pieces = list(cut(NODES, rows))
    assert [row for piece in pieces for row in piece] == rows
    assert all(0 < len(piece) <= MAX_ROWS for piece in pieces)


def test_bytes_are_counted_as_they_travel() -> None:
    """Two bytes a letter: three rows of 3 MB do not fit into one message of 8 MB."""
    row = {"id": "x", "title": "ä" * 1_500_000}
    assert [len(piece) for piece in cut(NODES, [row] * 5)] == [2, 2, 1]


@pytest.mark.parametrize("row", [{"start": "a", "end": None}, {"start": 1, "end": "b"}, {"start": "a"}])
def test_a_bad_end_is_found(row: dict[str, object]) -> None:
    """Both ends of a relation are keys."""
    with pytest.raises(RowsUnusable):
        list(cut(ENDS, [row]))


def test_only_keys_must_be_text() -> None:
    """Other values may be null."""
    assert list(cut(NODES, [{"id": "a", "title": None}])) == [[{"id": "a", "title": None}]]


@pytest.mark.parametrize("value", [datetime.date(2020, 1, 1), object()])
def test_values_that_do_not_survive_are_refused(value: object) -> None:
    """A date with an offset loses its zone on one engine."""
    with pytest.raises(RowsUnusable, match="no text, number"):
        list(cut(NODES, [{"id": "a", "title": value}]))
