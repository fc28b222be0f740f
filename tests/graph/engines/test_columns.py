"""Column names without an engine."""

import pytest

from graph.engines.columns import columns_of


@pytest.mark.parametrize(
    ("statement", "columns"),
    [
        ("MATCH (n) RETURN n.id AS id, count(*) AS n ORDER BY id LIMIT 3", ("id", "n")),
        ("RETURN DISTINCT 1 AS `a b`", ("a b",)),
        ("MATCH (n) RETURN n.id, [x IN [1, 2] | x] AS list", ("n.id", "list")),
        ("CALL () { RETURN 1 AS inner } WITH inner RETURN {a: 1, b: 2} AS map", ("map",)),
        ("RETURN 1 AS x UNION RETURN 2 AS x", ("x",)),
        ("MATCH (n) RETURN *", ()),
        ("CALL db.labels()", ()),
    ],
)
def test_the_last_return_names_them(statement: str, columns: tuple[str, ...]) -> None:
    """Commas inside brackets separate nothing."""
    assert columns_of(statement) == columns
