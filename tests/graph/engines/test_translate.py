"""The driver's exceptions become ours, without secrets."""

import pytest
from neo4j.exceptions import ClientError, Neo4jError, ServiceUnavailable

from graph.engines import (
    EngineDiskFull,
    EngineInfo,
    EngineUnavailable,
    StatementFailed,
    StatementRefused,
    WriteConflict,
)
from graph.engines.translate import redacted, translate

INFO = EngineInfo("neo4j", "neo4j", "5", "bolt://127.0.0.1:7687")


def test_an_address_loses_its_secrets() -> None:
    """The plainest use."""
    assert redacted("neo4j+s://neo4j:pass@word@db.example:7687") == "neo4j+s://db.example:7687"
    assert redacted("neo4j:password@db.example") == "db.example"
    assert redacted("bolt://127.0.0.1:7687") == "bolt://127.0.0.1:7687"


@pytest.mark.parametrize(
    ("code", "message", "writing", "kind"),
    [
        ("Neo.ClientError.Statement.SyntaxError", "Invalid input 'RETRUN'", False, StatementFailed),
        ("Neo.ClientError.Statement.AccessMode", "Writing in read access mode not allowed", False, StatementRefused),
        ("Neo.ClientError.Security.Forbidden", "not allowed", False, StatementRefused),
        ("Neo.ClientError.Security.Forbidden", "not allowed", True, StatementFailed),
        ("Neo.ClientError.Security.Unauthorized", "bad credentials", False, EngineUnavailable),
        ("Neo.TransientError.Transaction.DeadlockDetected", "deadlock", True, WriteConflict),
        (
            "Neo.DatabaseError.General.UnknownError",
            "java.io.IOException: No space left on device",
            True,
            EngineDiskFull,
        ),
        ("Neo.ClientError.Database.DatabaseNotFound", "Database not found", False, EngineUnavailable),
    ],
)
def test_codes_decide(code: str, message: str, writing: bool, kind: type[Exception]) -> None:
    """What happened is told by the server's code, what to do by our class."""
    error = Neo4jError._hydrate_neo4j(code=code, message=message)
    ours = translate(error, INFO, 60.0, writing=writing)
    assert type(ours) is kind
    assert str(ours)


def test_a_broken_connection_is_no_statement_error() -> None:
    """Its text may carry the address as it was given."""
    ours = translate(ServiceUnavailable("cannot reach bolt://neo4j:secret@127.0.0.1:7687"), INFO, 60.0)
    assert isinstance(ours, EngineUnavailable)
    assert "secret" not in str(ours)


def test_a_timeout_names_its_limit() -> None:
    """Both engines' codes."""
    for code in ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "Terminated"):
        error = Neo4jError._hydrate_neo4j(code=f"Neo.ClientError.Transaction.{code}", message="too long")
        assert isinstance(error, ClientError)
        assert "1.5 s" in str(translate(error, INFO, 1.5))
