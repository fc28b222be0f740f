"""Neo4j over Bolt: connection settings, and what differs from the embedded server."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from neo4j import READ_ACCESS, Driver, Query
from neo4j.exceptions import DriverError

from graph.engines import EngineInfo, QueryResult
from graph.engines.bolt import BoltEngine, open_driver
from graph.engines.errors import EngineUnavailable, StatementRefused
from graph.engines.guard import ALLOWED_PROCEDURES, refuse_unless_read
from graph.engines.translate import redacted, translate, translated
from graph.schema import NODES, RELATIONS

__all__ = ["Neo4jSettings", "open_neo4j"]

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
#: planning a statement takes milliseconds
EXPLAIN_TIMEOUT_S = 60.0
#: how long the driver repeats a transaction that met another writer or a cluster's change of leader
RETRY_S = 30.0
#: nodes deleted in one transaction, so that a large graph does not have to fit into the server's memory
WIPE_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Neo4jSettings:
    """Where the server is and who asks; an empty password means a server without authentication."""

    #: bolt://, neo4j:// and their +s and +ssc forms (neo4j+s:// for clusters and Aura)
    uri: str
    user: str = "neo4j"
    password: str = ""
    database: str = "neo4j"

    def __repr__(self) -> str:
        """Without secrets: settings end up in logs."""
        return f"Neo4jSettings(uri={redacted(self.uri)!r}, user={self.user!r}, database={self.database!r})"


def open_neo4j(settings: Neo4jSettings) -> "Neo4jEngine":
    """The engine of a running server; raises EngineUnavailable when it does not answer or does not let us in."""
    where = redacted(settings.uri)
    address = urlsplit(settings.uri)
    if address.scheme not in SCHEMES or not address.hostname or address.path.strip("/"):
        raise EngineUnavailable(
            f"the address {where} cannot be used; allowed are {', '.join(f'{s}://' for s in SCHEMES)}, "
            "as in bolt://127.0.0.1:7687",
            where=where,
        )
    unknown = EngineInfo("neo4j", "neo4j", "unknown", where)
    try:
        driver = open_driver(
            settings.uri, (settings.user, settings.password) if settings.password else None, retry_s=RETRY_S
        )
    except (DriverError, ValueError) as error:
        raise (
            translate(error, unknown, 0.0)
            if isinstance(error, DriverError)
            else EngineUnavailable(f"the address {where} cannot be used ({error})", where=where)
        ) from error
    try:
        return Neo4jEngine(_identify(driver, settings, unknown), driver, settings.database)
    except BaseException:
        driver.close()
        raise


class Neo4jEngine(BoltEngine):
    """The adapter over a Neo4j server; its own limits hold, so ours only have to be handed over."""

    def __init__(self, info: EngineInfo, driver: Driver, database: str) -> None:
        super().__init__(info, driver, driver, database)

    def read_untrusted(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout_s: float = 60.0,
        max_rows: int = 10_000,
    ) -> QueryResult:
        """Answer a user's statement once the server has said that it is a read."""
        refuse_unless_read(statement)
        self._explain(statement, parameters)
        return super().read_untrusted(statement, parameters, timeout_s=timeout_s, max_rows=max_rows)

    def define(self, statements: Iterable[str]) -> None:
        """Run schema statements one by one and wait until the indexes are filled."""
        super().define(statements)
        self._run_alone("CALL db.awaitIndexes(1800)")

    def wipe(self) -> None:
        """Delete this project's nodes, relations, constraints and indexes; what others keep there stays."""
        for label in NODES:
            statement = f"MATCH (n:`{label}`) WITH n LIMIT {WIPE_ROWS} DETACH DELETE n RETURN count(*) AS n"
            while self.write([(statement, [{}])])[0].matched:
                pass
        for kind, several in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
            for name in self._ours(several):
                self._run_alone(f"DROP {kind} `{name.replace('`', '``')}` IF EXISTS")

    def _ours(self, several: str) -> list[str]:
        found = self._run_alone(f"SHOW {several} YIELD name, labelsOrTypes RETURN name, labelsOrTypes")
        ours = {*NODES, *RELATIONS}
        return [item["name"] for item in found if item["labelsOrTypes"] and ours.issuperset(item["labelsOrTypes"])]

    def _explain(self, statement: str, parameters: Mapping[str, Any] | None) -> None:
        """Ask the server what the statement would do: only type `r` without file operators may run."""
        with (
            translated(self._info, EXPLAIN_TIMEOUT_S),
            self._untrusted.session(database=self._database, default_access_mode=READ_ACCESS) as session,
        ):
            query = Query(f"EXPLAIN {statement}", timeout=EXPLAIN_TIMEOUT_S)
            summary = session.run(query, dict(parameters or {})).consume()
        if summary.query_type != "r":
            raise StatementRefused(f"Neo4j says that it is of type {summary.query_type!r}, not a read")
        for operator, details in _operators(summary.plan or {}):
            if "LoadCSV" in operator:
                raise StatementRefused("its plan reads files (LOAD CSV)")
            if operator.startswith("ProcedureCall") and not _allowed_call(details):
                raise StatementRefused(f"its plan calls a procedure that is not allowed ({details})")


def _operators(plan: Mapping[str, Any]) -> list[tuple[str, str]]:
    here = (str(plan.get("operatorType", "")), str((plan.get("args") or {}).get("Details", "")))
    return [here, *(found for child in plan.get("children") or () for found in _operators(child))]


def _allowed_call(details: str) -> bool:
    return details.partition("(")[0].strip().lower() in ALLOWED_PROCEDURES


def _identify(driver: Driver, settings: Neo4jSettings, info: EngineInfo) -> EngineInfo:
    """Ask the named database, not only the server: a wrong name is found here and not in the middle of a load."""
    with (
        translated(info, EXPLAIN_TIMEOUT_S),
        driver.session(database=settings.database, default_access_mode=READ_ACCESS) as session,
    ):
        session.run("RETURN 1 AS one").consume()
        agent = str(driver.get_server_info().agent)
    return EngineInfo("neo4j", "neo4j", agent.partition("/")[2] or agent, info.uri)
