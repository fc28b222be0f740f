"""What every engine must do: each test runs on the embedded engine and on every Neo4j line."""

import pytest

from graph.engines import GraphEngine, StatementRefused

STUDIES = "UNWIND $rows AS r MERGE (s:Study {id: r.id}) SET s.title = r.title RETURN count(*) AS n"
COUNT = "MATCH (s:Study) RETURN count(s) AS n"


def test_rows_written_are_read_back(engine: GraphEngine) -> None:
    """The plainest use: define, write, read."""
    engine.define(["CREATE CONSTRAINT study_id IF NOT EXISTS FOR (s:Study) REQUIRE s.id IS UNIQUE"])
    (counts,) = engine.write([(STUDIES, [{"id": "PMID:1", "title": "One"}, {"id": "PMID:2", "title": None}])])
    result = engine.read("MATCH (s:Study) RETURN s.id AS id, s.title AS title ORDER BY id")
    assert (counts.sent, counts.matched) == (2, 2)
    assert result.columns == ("id", "title")
    assert result.rows == (("PMID:1", "One"), ("PMID:2", None))


@pytest.mark.parametrize(
    "statement",
    ["CREATE (:Study {id: 'x'})", "MATCH (s:Study) SET s.title = 'x'", "LOAD CSV FROM 'file:///x' AS l RETURN l"],
)
def test_a_users_write_is_refused(engine: GraphEngine, statement: str) -> None:
    """Nothing changes, and the reason is said."""
    engine.write([(STUDIES, [{"id": "PMID:1", "title": "One"}])])
    with pytest.raises(StatementRefused):
        engine.read_untrusted(statement)
    assert engine.read("MATCH (s:Study) RETURN s.title AS title").rows == (("One",),)
