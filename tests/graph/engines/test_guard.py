"""A user's statement is looked at before an engine sees it; what both engines do is in tests/contracts."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engines import StatementRefused
from graph.engines.guard import refuse_unless_read, tokens_of


def test_a_plain_read_passes() -> None:
    """The plainest use."""
    refuse_unless_read("MATCH (s:Study)-[:MENTIONS]->(d:Drug {name: $name}) RETURN s.id AS id ORDER BY id LIMIT 5")


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("MATCH (n) SET n.x = 1", "SET"),
        ("MATCH (n) DETACH DELETE n", "DETACH"),
        ("LOAD CSV FROM 'x' AS l RETURN l", "LOAD CSV"),
        ("CALL dbms.killQuery('1')", "dbms.killQuery"),
        ("CALL db . createLabel('x')", "db.createLabel"),
        ("CALL { MATCH (n) DELETE n }", "DELETE"),
        ("USE other MATCH (n) RETURN n", "USE"),
        ("RETURN 'a' /* ' */ CREATE (n) // '", "CREATE"),
        ('RETURN "a\\"" CREATE (n)', "CREATE"),
        ("MATCH (n) \\u0053ET n.x = 1", "u outside"),
        ("PROFILE RETURN 1", "plan"),
        ("RETURN 1; RETURN 2", "more than one"),
        (" ; ", "empty"),
    ],
)
def test_the_reason_is_named(statement: str, reason: str) -> None:
    """Comments, quotes and spaces hide nothing."""
    with pytest.raises(StatementRefused, match=reason):
        refuse_unless_read(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "RETURN 'CREATE (n)' AS x",
        'RETURN "it\'s // SET" AS x',
        "MATCH (n:`DELETE me`) RETURN n.delete AS d, $merge AS m, {set: 1} AS s",
        "RETURN 1 AS x // CREATE (n)",
        "RETURN 1 AS x /* CREATE\n (n) */",
        "call db.labels() yield label return label",
    ],
)
def test_words_that_are_no_clauses_pass(statement: str) -> None:
    """A false alarm costs a user an answer."""
    refuse_unless_read(statement)


@given(
    st.text(max_size=60), st.sampled_from(["CREATE (n)", "MERGE (n)", "MATCH (n) SET n.x = 1"]), st.text(max_size=20)
)
def test_a_write_after_any_quoted_text_is_seen(text: str, write: str, name: str) -> None:
    """Whatever stands in a text, a name or a comment before it."""
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    comment = text.replace("*/", "")
    backticked = name.replace("`", "")
    with pytest.raises(StatementRefused):
        refuse_unless_read(f"WITH '{quoted}' AS `{backticked}` /*{comment} */ {write}")


@given(st.text(max_size=80))
def test_no_text_breaks_the_tokens(text: str) -> None:
    """Any text is either refused or passes; nothing else happens, and no token is empty."""
    assert all(tokens_of(text))
    with contextlib.suppress(StatementRefused):
        refuse_unless_read(text)
