"""Connection settings of Neo4j and what is said when nothing answers; the rest is in tests/contracts."""

import socket
from dataclasses import replace

import pytest

from graph.engines import EngineUnavailable, GraphEngine, StatementRefused
from graph.engines.neo4j import Neo4jSettings, open_neo4j
from tests.graph.engines.fixtures import Engines

SECRET = "s3cret-word"


def test_nothing_listens() -> None:
    """Exit code 3's error: the address without its secrets, and what to do."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(EngineUnavailable, match="--engine embedded") as raised:
        open_neo4j(Neo4jSettings(f"bolt://127.0.0.1:{port}", "neo4j", SECRET))
    assert raised.value.where == f"bolt://127.0.0.1:{port}"
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:7474", f"neo4j:{SECRET}@127.0.0.1", f"ftp://neo4j:{SECRET}@h", "", "neo4j://h/db"]
)
def test_an_address_that_cannot_be_one(uri: str) -> None:
    """The schemes are listed, a password in the address is not."""
    with pytest.raises(EngineUnavailable, match=r"neo4j\+s://") as raised:
        open_neo4j(Neo4jSettings(uri))
    assert SECRET not in str(raised.value)


def test_settings_keep_their_secrets() -> None:
    """A representation ends up in logs."""
    settings = Neo4jSettings(f"bolt://neo4j:{SECRET}@127.0.0.1:7687", "neo4j", SECRET)
    assert SECRET not in repr(settings)
    assert "127.0.0.1:7687" in repr(settings)


def test_a_wrong_password_or_database_is_said(engines: Engines, neo4j_engines: dict[str, GraphEngine]) -> None:
    """Both are found when the engine is opened, not in the middle of a load."""
    for name in neo4j_engines:
        settings = engines.settings[name]
        with pytest.raises(EngineUnavailable, match=r"neo4j\.database"):
            open_neo4j(replace(settings, database="nosuchdatabase"))
        if settings.password:
            with pytest.raises(EngineUnavailable, match=r"neo4j\.password") as raised:
                open_neo4j(replace(settings, password=SECRET))
            assert SECRET not in str(raised.value)


def test_the_plan_is_asked_for_files_and_procedures(
    neo4j_engines: dict[str, GraphEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """READ mode lets these through; what the server plans to do is looked at before it does it."""
    for module in ("bolt", "neo4j"):
        monkeypatch.setattr(f"graph.engines.{module}.refuse_unless_read", lambda statement: None)
    for engine in neo4j_engines.values():
        with pytest.raises(StatementRefused, match="LOAD CSV"):
            engine.read_untrusted("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
        with pytest.raises(StatementRefused, match="procedure"):
            engine.read_untrusted("CALL db.ping() YIELD success RETURN success")
        with pytest.raises(StatementRefused, match="type"):
            engine.read_untrusted("SHOW USERS")


def test_wipe_leaves_what_others_keep_there(neo4j_engines: dict[str, GraphEngine]) -> None:
    """A shared database loses this project's nodes and constraints only."""
    for engine in neo4j_engines.values():
        engine.write([("CREATE (:Stranger {id: 'x'})-[:KNOWS]->(:Study {id: 'y'}) RETURN 1 AS n", [{}])])
        engine.define(["CREATE CONSTRAINT theirs IF NOT EXISTS FOR (s:Stranger) REQUIRE s.id IS UNIQUE"])
        engine.wipe()
        assert engine.read("MATCH (n) RETURN labels(n) AS l").rows == ((["Stranger"],),)
        assert engine.read("SHOW CONSTRAINTS YIELD name RETURN name").rows == (("theirs",),)
        engine.write([("MATCH (s:Stranger) DELETE s RETURN 1 AS n", [{}])])
        engine.define(["DROP CONSTRAINT theirs"])
