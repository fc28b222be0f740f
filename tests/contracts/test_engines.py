"""What every engine must do: each test runs on the embedded engine and on every Neo4j line."""

import math
from typing import Any

import pytest

from graph.engines import (
    EngineError,
    GraphEngine,
    RowsUnusable,
    StatementFailed,
    StatementRefused,
    StatementTimeout,
)

UNIQUE = "CREATE CONSTRAINT study_id IF NOT EXISTS FOR (s:Study) REQUIRE s.id IS UNIQUE"
STUDIES = "UNWIND $rows AS r MERGE (s:Study {id: r.id}) SET s.title = r.title RETURN count(*) AS n"
CREATED = "UNWIND $rows AS r CREATE (s:Study) SET s.id = r.id RETURN count(*) AS n"
ABOUT = (
    "UNWIND $rows AS r MATCH (s:Study {id: r.start}) MATCH (d:Drug {id: r.end}) "
    "MERGE (s)-[m:MENTIONS]->(d) SET m.count = r.count RETURN count(*) AS n"
)
COUNT = "MATCH (s:Study) RETURN count(s) AS n"


def count(engine: GraphEngine) -> int:
    """Studies in the graph."""
    ((number,),) = engine.read(COUNT).rows
    return int(number)


def test_rows_written_are_read_back(engine: GraphEngine) -> None:
    """The plainest use: define, write, read."""
    engine.define([UNIQUE])
    (counts,) = engine.write([(STUDIES, [{"id": "PMID:1", "title": "One"}, {"id": "PMID:2", "title": None}])])
    result = engine.read("MATCH (s:Study) RETURN s.id AS id, s.title AS title ORDER BY id")
    assert (counts.sent, counts.matched) == (2, 2)
    assert result.columns == ("id", "title")
    assert result.rows == (("PMID:1", "One"), ("PMID:2", None))


VALUES = [
    2**63 - 1,
    -(2**63),
    0.1,
    -0.0,
    1e308,
    True,
    "",
    "β-catenin 🧬 é e\u0301 \u200b שלום 'quoted' \"text\" \\ back`tick\nline",
    "x" * 100_000,
    [],
    ["a", "b"],
    [1, 2],
    [True],
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
def test_values_survive_the_store(engine: GraphEngine, value: Any) -> None:
    """What goes in comes out, equal and of the same type."""
    engine.write([("UNWIND $rows AS r MERGE (s:Study {id: r.id}) SET s.v = r.v RETURN count(*) AS n", [_row(value)])])
    ((found,),) = engine.read("MATCH (s:Study {id: 'PMID:1'}) RETURN s.v AS v").rows
    assert found == value
    assert type(found) is type(value)
    assert not isinstance(value, float) or math.copysign(1, found) == math.copysign(1, value)


def _row(value: Any) -> dict[str, Any]:
    return {"id": "PMID:1", "v": value}


def test_nodes_relations_and_paths_become_plain_maps(engine: GraphEngine) -> None:
    """A user's statement may return them; every output format must be able to write them."""
    _graph(engine)
    result = engine.read_untrusted("MATCH p = (s:Study)-[m:MENTIONS]->(d:Drug) RETURN s, m, p")
    study = {"labels": ["Study"], "properties": {"id": "PMID:1", "title": "One"}}
    drug = {"labels": ["Drug"], "properties": {"id": "UNII:1", "title": "osimertinib"}}
    mention = {"type": "MENTIONS", "properties": {"count": 3}}
    assert result.rows == ((study, mention, [study, mention, drug]),)


def test_missing_end_nodes_are_counted(engine: GraphEngine) -> None:
    """A relation whose end is not there is dropped by the engine; the count tells."""
    _graph(engine)
    (counts,) = engine.write([(ABOUT, [{"start": "PMID:1", "end": end, "count": 1} for end in ("UNII:1", "UNII:2")])])
    assert (counts.sent, counts.matched) == (2, 1)


def _graph(engine: GraphEngine) -> None:
    drugs = STUDIES.replace("Study", "Drug")
    engine.write(
        [
            (STUDIES, [{"id": "PMID:1", "title": "One"}]),
            (drugs, [{"id": "UNII:1", "title": "osimertinib"}]),
            (ABOUT, [{"start": "PMID:1", "end": "UNII:1", "count": 3}]),
        ]
    )


def test_the_same_rows_twice_change_nothing(engine: GraphEngine) -> None:
    """Writes are idempotent, so that a load can be repeated."""
    _graph(engine)
    before = engine.read("MATCH (n) RETURN n.id AS id, n.title AS title ORDER BY id").rows
    _graph(engine)
    assert engine.read("MATCH (n) RETURN n.id AS id, n.title AS title ORDER BY id").rows == before
    assert engine.read("MATCH ()-[m]->() RETURN count(m) AS n").rows == ((1,),)


def test_a_failing_transaction_leaves_nothing(engine: GraphEngine) -> None:
    """All pairs of one call are one transaction: the first pair is gone when the second fails."""
    engine.define([UNIQUE])
    twice = [{"id": f"PMID:{number}"} for number in (*range(6_000), 5)]
    with pytest.raises(StatementFailed):
        engine.write([(STUDIES, [{"id": "PMID:x", "title": "kept?"}]), (CREATED, twice)])
    assert count(engine) == 0


def test_a_second_node_with_the_same_id_is_refused(engine: GraphEngine) -> None:
    """The constraint is kept by the engine, not by our good manners."""
    engine.define([UNIQUE])
    engine.write([(CREATED, [{"id": "PMID:1"}])])
    with pytest.raises(StatementFailed):
        engine.write([(CREATED, [{"id": "PMID:1"}])])
    assert count(engine) == 1


def test_constraints_may_be_defined_again(engine: GraphEngine) -> None:
    """Every load defines the schema; what is there stays."""
    engine.define([UNIQUE, UNIQUE])
    assert engine.read("SHOW CONSTRAINTS YIELD name RETURN name").rows == (("study_id",),)


def test_more_rows_than_one_message_takes(engine: GraphEngine) -> None:
    """12,345 rows are cut and counted together."""
    engine.define([UNIQUE])
    (counts,) = engine.write([(STUDIES, [{"id": f"PMID:{number}", "title": "t"} for number in range(12_345)])])
    assert (counts.sent, counts.matched) == (12_345, 12_345)
    assert count(engine) == 12_345


def test_more_bytes_than_one_message_takes(engine: GraphEngine) -> None:
    """30 MB of text in 60 rows: in one message the embedded server would never answer."""
    text = "ä" * 250_000
    (counts,) = engine.write([(STUDIES, [{"id": f"PMID:{number}", "title": text} for number in range(60)])])
    assert counts.matched == 60
    assert engine.read("MATCH (s:Study) WHERE s.title = $t RETURN count(s) AS n", {"t": text}).rows == ((60,),)


@pytest.mark.parametrize("key", [None, 1, ""])
def test_keys_must_be_text(engine: GraphEngine, key: Any) -> None:
    """One engine merges nodes without a key in silence, and takes 1 for "1"."""
    with pytest.raises(RowsUnusable) as raised:
        engine.write([(STUDIES, [{"id": "PMID:1", "title": "One"}, {"id": key, "title": "Two"}])])
    assert raised.value.index == 1
    assert count(engine) == 0


WRITES = {
    "create": "CREATE (:Study {id: 'x'})",
    "merge": "MERGE (s:Study {id: 'x'}) RETURN s",
    "set": "MATCH (s:Study) SET s.title = 'x' RETURN s",
    "add label": "MATCH (s:Study) SET s:Drug RETURN s",
    "remove": "MATCH (s:Study) REMOVE s.title RETURN s",
    "delete": "MATCH (s:Study) DETACH DELETE s",
    "foreach": "MATCH (s:Study) FOREACH (x IN [1] | SET s.title = 'x')",
    "in a subquery": "MATCH (s:Study) CALL (s) { SET s.title = 'x' RETURN 1 AS one } RETURN one",
    "in comments and odd case": "MATCH (s:Study) /* read */ sEt // only\n s.title = 'x' RETURN s",
    "after a quoted name": "MATCH (s:`Study`) SET s.title = 'x' RETURN s.title AS `t`",
    "constraint": "CREATE CONSTRAINT x FOR (s:Study) REQUIRE s.title IS UNIQUE",
    "drop": "DROP CONSTRAINT study_id",
    "index": "CREATE INDEX x FOR (s:Study) ON (s.title)",
    "user": "CREATE USER eve SET PASSWORD 'abcdefgh'",
    "show users": "SHOW USERS",
    "file": "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "web": "LOAD CSV FROM 'http://127.0.0.1:1/x' AS line RETURN line",
    "procedure": "CALL db.createLabel('Eve')",
    "unknown procedure": "CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value",
    "quoted procedure": "CALL `db`.`createLabel`('Eve')",
    "own transactions": "MATCH (s:Study) CALL (s) { RETURN 1 AS one } IN TRANSACTIONS RETURN one",
    "two statements": "MATCH (s:Study) RETURN s; MATCH (s) DETACH DELETE s",
    "plan only": "EXPLAIN MATCH (s:Study) RETURN s",
    "nothing": "  // only a comment",
}


@pytest.mark.parametrize("statement", WRITES.values(), ids=WRITES)
def test_a_users_statement_that_does_more_than_read_is_refused(module_engine: GraphEngine, statement: str) -> None:
    """The reason is said and nothing changes."""
    module_engine.define([UNIQUE])
    module_engine.write([(STUDIES, [{"id": "PMID:1", "title": "One"}])])
    before = _everything(module_engine)
    with pytest.raises(StatementRefused) as raised:
        module_engine.read_untrusted(statement)
    assert raised.value.reason
    assert _everything(module_engine) == before


#: what changes nothing anyway, or is refused by the words alone
WORDS_ONLY = ("plan only", "procedure", "quoted procedure", "show users", "own transactions")
LOCKED = {name: statement for name, statement in WRITES.items() if name not in WORDS_ONLY}


@pytest.mark.parametrize("statement", LOCKED.values(), ids=LOCKED)
def test_the_engines_own_lock_holds_behind_ours(
    module_engine: GraphEngine, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With our check of the words out of the way the engine still changes nothing."""
    for module in ("bolt", "neo4j"):
        monkeypatch.setattr(f"graph.engines.{module}.refuse_unless_read", lambda statement: None)
    module_engine.define([UNIQUE])
    module_engine.write([(STUDIES, [{"id": "PMID:1", "title": "One"}])])
    before = _everything(module_engine)
    with pytest.raises(EngineError):
        module_engine.read_untrusted(statement)
    assert _everything(module_engine) == before


def _everything(engine: GraphEngine) -> tuple[Any, ...]:
    nodes = engine.read("MATCH (n) RETURN labels(n) AS l, properties(n) AS p, n.id AS id ORDER BY id").rows
    return nodes, engine.read("SHOW CONSTRAINTS YIELD name RETURN name").rows


READS = {
    "text, properties and map keys": (
        "MATCH (s:Study) WHERE s.title CONTAINS 'SET' OR s.set = 1 RETURN {create: 1, delete: 2} AS x",
        ("x",),
    ),
    "quoted names": ("MATCH (s:`Set`) RETURN s.`create` AS `merge`", ("merge",)),
    "labels": ("MATCH (s:Set|Create) RETURN count(s) AS n", ("n",)),
    "procedure": ("CALL db.labels() YIELD label RETURN label", ("label",)),
    "subquery": (
        "MATCH (s:Study) CALL (s) { MATCH (s)-[:MENTIONS]->(d) RETURN count(d) AS n } RETURN s.id AS id, n;",
        ("id", "n"),
    ),
    "parameter": ("RETURN $set AS x /* CREATE */", ("x",)),
}


@pytest.mark.parametrize(("statement", "columns"), READS.values(), ids=READS)
def test_a_users_read_is_answered(module_engine: GraphEngine, statement: str, columns: tuple[str, ...]) -> None:
    """Words in text, names, map keys and parameters are not clauses; an answer without rows has its columns too."""
    assert module_engine.read_untrusted(statement, {"set": 1}).columns == columns


def test_a_users_mistake_is_told(engine: GraphEngine) -> None:
    """A statement that cannot be understood names the place, and a missing parameter its name."""
    with pytest.raises(StatementFailed, match="RETRUN"):
        engine.read_untrusted("MATCH (s:Study) RETRUN s")
    with pytest.raises(StatementFailed, match="gene"):
        engine.read_untrusted("MATCH (s:Study {id: $gene}) RETURN s.id AS id")


ENDLESS = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c "
    "WITH a, b, c WHERE a * b * c = -1 RETURN count(*) AS n"
)


def test_an_endless_statement_is_ended(engine: GraphEngine) -> None:
    """The limit holds, and the engine answers afterwards."""
    engine.write([(STUDIES, [{"id": "PMID:1", "title": "One"}])])
    with pytest.raises(StatementTimeout) as raised:
        engine.read_untrusted(ENDLESS, timeout_s=1.0)
    assert raised.value.limit_s == 1.0
    assert count(engine) == 1


def test_more_rows_than_asked_for_are_cut_and_said(engine: GraphEngine) -> None:
    """A row limit bounds what is fetched; the exact number is not called cut."""
    five = "UNWIND range(1, 5) AS x RETURN x"
    assert engine.read_untrusted(five, max_rows=3) == engine.read(five, max_rows=3)
    assert engine.read(five, max_rows=3).rows == ((1,), (2,), (3,))
    assert engine.read(five, max_rows=3).truncated
    assert not engine.read(five, max_rows=5).truncated
    assert engine.read("MATCH (n:Nothing) RETURN n.id AS id").columns == ("id",)


def test_wipe_leaves_an_empty_graph(engine: GraphEngine) -> None:
    """Nodes, relations and constraints go; the engine can be used at once."""
    engine.define([UNIQUE])
    _graph(engine)
    engine.wipe()
    assert engine.read("MATCH (n) RETURN count(n) AS n").rows == ((0,),)
    assert engine.read("SHOW CONSTRAINTS YIELD name RETURN name").rows == ()
    _graph(engine)
    assert count(engine) == 1


def test_it_says_what_it_is(engine: GraphEngine) -> None:
    """Reports name engine and version; the address carries no secret."""
    info = engine.info
    assert (info.name, info.dialect) in (("embedded", "arcadedb"), ("neo4j", "neo4j"))
    assert info.version[0].isdigit()
    assert info.uri.startswith(("bolt", "neo4j"))
    assert "@" not in info.uri
