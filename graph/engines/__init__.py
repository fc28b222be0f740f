"""The seam to a graph store: what an engine must be able to do, and what it answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from graph.engines.errors import (
    EngineDiskFull,
    EngineError,
    EngineStoreError,
    EngineUnavailable,
    EngineVersionChanged,
    RowsUnusable,
    StatementFailed,
    StatementRefused,
    StatementTimeout,
    WriteConflict,
)

__all__ = [
    "Dialect",
    "EngineDiskFull",
    "EngineError",
    "EngineInfo",
    "EngineStoreError",
    "EngineUnavailable",
    "EngineVersionChanged",
    "GraphEngine",
    "QueryResult",
    "RowsUnusable",
    "StatementFailed",
    "StatementRefused",
    "StatementTimeout",
    "WriteConflict",
    "WriteCounts",
]

Dialect = Literal["arcadedb", "neo4j"]


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What answers at the other end."""

    #: "embedded" or "neo4j"
    name: str
    dialect: Dialect
    version: str
    uri: str


@dataclass(frozen=True, slots=True)
class QueryResult:
    """A finished read: rows are tuples in column order, values scalars, lists or maps."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    #: more rows existed than the row limit let through
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """What one statement did: rows sent, rows the statement reported as matched (its `n` column)."""

    sent: int
    matched: int


class GraphEngine(Protocol):
    """One open graph store. Constructing it never starts or connects anything; `open_*` functions do."""

    @property
    def info(self) -> EngineInfo:
        """Name, dialect, version, address."""

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout_s: float = 60.0,
        max_rows: int | None = None,
    ) -> QueryResult:
        """Answer a trusted read (our own .cypher files); raises EngineError's children."""

    def read_untrusted(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout_s: float = 60.0,
        max_rows: int = 10_000,
    ) -> QueryResult:
        """Answer a user's statement; anything but a read is refused with StatementRefused and changes nothing."""

    def write(
        self, batches: Iterable[tuple[str, Sequence[Mapping[str, Any]]]], *, once: bool = False
    ) -> list[WriteCounts]:
        """Run (statement, rows) pairs in ONE managed transaction, rows bound as $rows.

        Repeated when the server went away under it, so statements must be idempotent, unless once is given: then
        EngineUnavailable may mean that it was committed.

        Each statement returns one row with the column `n` (rows matched). At most 5,000 rows and 8 MB
        a pair are sent in one message; larger lists are cut, still in the same transaction.
        """

    def define(self, statements: Iterable[str]) -> None:
        """Run schema statements (constraints, indexes) one by one, outside a write transaction."""

    def wipe(self) -> None:
        """Delete every node, relationship and schema element that this project defines."""

    def close(self) -> None:
        """Give the connection back; the embedded server lives on for other commands."""
