"""The one adapter: GraphEngine over Bolt with the official driver, for the embedded server and for Neo4j."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Query, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.engines import EngineInfo, QueryResult, WriteCounts
from graph.engines.batches import cut
from graph.engines.columns import columns_of
from graph.engines.deadline import Deadline
from graph.engines.errors import EngineUnavailable, StatementTimeout
from graph.engines.guard import refuse_unless_read
from graph.engines.translate import translated, unreachable
from graph.engines.values import plain

log = logging.getLogger(__name__)

#: a write transaction carries at most a few thousand rows (0.5 s at most, measured); past this the engine is stuck
WRITE_TIMEOUT_S = 600.0
#: constraints and indexes over a filled graph take their time
DEFINE_TIMEOUT_S = 1_800.0
CONNECT_TIMEOUT_S = 10.0
#: what a user's statement may ask for; Neo4j would take 0 for no limit at all
MIN_TIMEOUT_S, MAX_TIMEOUT_S = 0.1, 600.0

T = TypeVar("T")
Batches = Iterable[tuple[str, Sequence[Mapping[str, Any]]]]


def open_driver(uri: str, auth: tuple[str, str] | None, *, retry_s: float) -> Driver:
    """A driver that tells nobody about us and asks for no advice; connects at first use.

    Its own log is silent unless somebody set its level: every failure in it reaches the caller as our exception.
    """
    if logging.getLogger("neo4j").level == logging.NOTSET:
        logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    return GraphDatabase.driver(
        uri,
        auth=auth,
        telemetry_disabled=True,
        notifications_min_severity="OFF",
        connection_timeout=CONNECT_TIMEOUT_S,
        connection_acquisition_timeout=30.0,
        max_transaction_retry_time=retry_s,
        max_connection_pool_size=20,
        user_agent="theragraph",
    )


class BoltEngine:
    """All of GraphEngine but `wipe`, over two drivers: one that may write, one for a user's statements."""

    def __init__(self, info: EngineInfo, trusted: Driver, untrusted: Driver, database: str) -> None:
        self._info = info
        self._trusted = trusted
        self._untrusted = untrusted
        self._database = database

    @property
    def info(self) -> EngineInfo:
        """Name, dialect, version, address."""
        return self._info

    def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout_s: float = 60.0,
        max_rows: int | None = None,
    ) -> QueryResult:
        """Answer a trusted read; raises EngineError's children."""
        return self._again(lambda: self._read(self._trusted, statement, parameters, timeout_s, max_rows))

    def read_untrusted(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout_s: float = 60.0,
        max_rows: int = 10_000,
    ) -> QueryResult:
        """Answer a user's statement; anything but a read is refused with StatementRefused and changes nothing."""
        refuse_unless_read(statement)
        limit_s = min(max(timeout_s, MIN_TIMEOUT_S), MAX_TIMEOUT_S)
        return self._again(lambda: self._read(self._untrusted, statement, parameters, limit_s, max_rows))

    def write(self, batches: Batches, *, once: bool = False) -> list[WriteCounts]:
        """Run (statement, rows) pairs in one managed transaction; see the protocol.

        The driver repeats a transaction that was rolled back because another writer was in the way.
        """
        pairs = [(statement, list(cut(statement, rows))) for statement, rows in batches]

        @unit_of_work(timeout=WRITE_TIMEOUT_S)
        def work(transaction: ManagedTransaction) -> list[WriteCounts]:
            return [_send(transaction, statement, pieces) for statement, pieces in pairs]

        def send() -> list[WriteCounts]:
            with (
                translated(self._info, WRITE_TIMEOUT_S, writing=True),
                self._limited(WRITE_TIMEOUT_S) as deadline,
                self._trusted.session(database=self._database, default_access_mode=WRITE_ACCESS) as session,
            ):
                return session.execute_write(_guarded(work, self._info, deadline))

        return send() if once else self._again(send)

    def define(self, statements: Iterable[str]) -> None:
        """Run schema statements one by one, outside a write transaction, and wait until indexes are filled."""
        for statement in statements:
            self._again(lambda statement=statement: self._run_alone(statement))  # type: ignore[misc]

    def close(self) -> None:
        """Give the connections back."""
        self._trusted.close()
        if self._untrusted is not self._trusted:
            self._untrusted.close()

    @contextmanager
    def _limited(self, limit_s: float) -> Iterator[Deadline]:
        """A limit that strikes from our side; this one never does, since the server keeps the driver's."""
        yield Deadline(limit_s)

    def _reconnect(self) -> bool:
        """Find the server again after it went away; False when there is nothing to be done."""
        return False

    def _again(self, call: Callable[[], T]) -> T:
        """The call, repeated once when the server went away under it and could be found again."""
        try:
            return call()
        except EngineUnavailable:
            if not self._reconnect():
                raise
            log.info("the server at %s went away; asking again", self._info.uri)
            return call()

    def _read(
        self,
        driver: Driver,
        statement: str,
        parameters: Mapping[str, Any] | None,
        timeout_s: float,
        max_rows: int | None,
    ) -> QueryResult:
        @unit_of_work(timeout=timeout_s)
        def work(transaction: ManagedTransaction) -> QueryResult:
            return _fetch(transaction, statement, parameters, max_rows)

        with (
            translated(self._info, timeout_s),
            self._limited(timeout_s) as deadline,
            driver.session(database=self._database, default_access_mode=READ_ACCESS) as session,
        ):
            return session.execute_read(_guarded(work, self._info, deadline))

    def _run_alone(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        with (
            translated(self._info, DEFINE_TIMEOUT_S),
            self._limited(DEFINE_TIMEOUT_S),
            self._trusted.session(database=self._database) as session,
        ):
            result = session.run(Query(statement, timeout=DEFINE_TIMEOUT_S), dict(parameters or {}))
            return [plain(record.data()) for record in result]


def _fetch(
    transaction: ManagedTransaction, statement: str, parameters: Mapping[str, Any] | None, max_rows: int | None
) -> QueryResult:
    result = transaction.run(statement, dict(parameters or {}))
    rows: list[tuple[Any, ...]] = []
    truncated = False
    for record in result:
        if max_rows is not None and len(rows) == max_rows:
            truncated = True
            break
        rows.append(tuple(plain(value) for value in record.values()))
    columns = tuple(result.keys()) or columns_of(statement)
    result.consume()
    return QueryResult(columns, tuple(rows), truncated)


def _send(
    transaction: ManagedTransaction, statement: str, pieces: Sequence[Sequence[Mapping[str, Any]]]
) -> WriteCounts:
    sent = matched = 0
    for piece in pieces:
        record = transaction.run(statement, {"rows": piece}).single(strict=True)
        sent += len(piece)
        matched += record["n"]
    return WriteCounts(sent, matched)


def _guarded(work: Callable[[ManagedTransaction], T], info: EngineInfo, deadline: Deadline) -> Callable[..., T]:
    """The work, ended instead of repeated by the driver when our own limit struck or the server is gone."""

    def guarded(transaction: ManagedTransaction) -> T:
        try:
            return work(transaction)
        except (DriverError, Neo4jError) as error:
            if deadline.passed.is_set():
                raise StatementTimeout(deadline.limit_s) from error
            if isinstance(error, ServiceUnavailable | SessionExpired):
                raise unreachable(info.name, info.uri, error) from error
            raise

    for name in ("timeout", "metadata"):
        setattr(guarded, name, getattr(work, name, None))
    return guarded
