"""Real engines for every test that asks: `engine` (clean for each test) and `module_engine` (clean for each module).

Both run once on the embedded engine and once on each Neo4j line that this machine can start. THERAGRAPH_TEST_NEO4J_URI
(with ..._USER, ..._PASSWORD, ..._DATABASE) names a running server instead: it must be empty, and only nodes of this
project's labels are deleted there. THERAGRAPH_SKIP_NEO4J=1 leaves Neo4j out; nothing else does.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.engines import GraphEngine
from tests.java import LINES, java_for, not_run

if TYPE_CHECKING:
    from graph.engines.neo4j import Neo4jSettings

NAMED = "neo4j-named"
EMBEDDED = "embedded"
MISSING = "neo4j"
ADVICE = (
    "no Neo4j can be started: neither Java 17, 21 nor 25 was found. Debian's packages are openjdk-17-jre-headless and "
    "maven (then `make test` fetches Neo4j). Or name a running empty server with THERAGRAPH_TEST_NEO4J_URI, or leave "
    "Neo4j out with THERAGRAPH_SKIP_NEO4J=1"
)


class Engines:
    """The session's engines, each started when the first test asks for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, GraphEngine] = {}
        #: how to reach each Neo4j that was opened
        self.settings: dict[str, Neo4jSettings] = {}
        self._starting: dict[str, Callable[[], Neo4jSettings]] = {}
        self._stack = contextlib.ExitStack()

    def prepare(self, names: Iterable[str]) -> None:
        """Start the Neo4j lines among these without waiting for them."""
        from tests.neo4j_server import starting_neo4j

        for line in LINES:
            if f"neo4j-{line.version}" in names:
                self._starting[f"neo4j-{line.version}"] = self._stack.enter_context(starting_neo4j(line))

    def get(self, name: str) -> GraphEngine:
        """An engine by name, as it was left by the test before."""
        if name not in self._open:
            self._open[name] = self._start(name)
        return self._open[name]

    def close(self) -> None:
        """End everything that was started."""
        self._stack.close()

    def _start(self, name: str) -> GraphEngine:
        from graph.engines.embedded import open_embedded, stop_embedded
        from graph.engines.neo4j import open_neo4j

        if name == EMBEDDED:
            folder = self._folder / "graph"
            self._stack.callback(stop_embedded, folder)
            engine: GraphEngine = open_embedded(folder, heap="512m", idle_s=60.0)
        elif name == NAMED:
            self.settings[name] = _named_settings()
            engine = _only_empty(open_neo4j(self.settings[name]))
        elif name == MISSING:
            pytest.fail(ADVICE)
        else:
            if name not in self._starting:
                self.prepare([name])
            self.settings[name] = self._starting[name]()
            engine = open_neo4j(self.settings[name])
        self._stack.callback(engine.close)
        return engine


def engine_names() -> list[str]:
    """The engines that this run covers."""
    if os.environ.get("THERAGRAPH_SKIP_NEO4J") == "1":
        return [EMBEDDED]
    if os.environ.get("THERAGRAPH_TEST_NEO4J_URI"):
        return [EMBEDDED, NAMED]
    return [EMBEDDED, *([f"neo4j-{line.version}" for line in LINES if java_for(line)] or [MISSING])]


def clean(engine: GraphEngine, *, ours: bool = True) -> None:
    """Empty a graph that the tests started; on a server named by the user only what the project defines goes."""
    if not ours:
        engine.wipe()
        return
    engine.write([("MATCH (n) DETACH DELETE n RETURN count(*) AS n", [{}])])
    for (name,) in engine.read("SHOW CONSTRAINTS YIELD name RETURN name").rows:
        engine.define([f"DROP CONSTRAINT `{name}` IF EXISTS"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test, every engine."""
    for name in ("engine", "module_engine"):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, engine_names(), indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need no shared engine first: the Neo4j servers start beside them."""
    items.sort(key=lambda item: "engines" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def _servers_start_early(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start what the collected tests will ask for, and have embedded servers compile once only.

    A server that lives for seconds never earns back the optimising compiler: 2.2 s of processor time for a start and
    not 3.5 (measured).
    """
    functions = [item for item in request.session.items if isinstance(item, pytest.Function)]
    chosen = [item.callspec.params for item in functions if hasattr(item, "callspec")]
    wanted = {params.get(name) for params in chosen for name in ("engine", "module_engine") if name in params}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
        if any("engines" in item.fixturenames for item in functions):
            engines: Engines = request.getfixturevalue("engines")
            engines.prepare([name for name in engine_names() if name in wanted])
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which lines were left out, and why."""
    for line in LINES:
        if java_for(line) is None:
            terminalreporter.write_line(not_run(line))


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """The session's engines by name."""
    started = Engines(tmp_path_factory.mktemp("engines"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def embedded_engine(engines: Engines) -> GraphEngine:
    """The embedded engine, whatever is in it."""
    return engines.get(EMBEDDED)


@pytest.fixture(scope="session")
def neo4j_engines(engines: Engines) -> dict[str, GraphEngine]:
    """Every Neo4j of this run by name; empty only with THERAGRAPH_SKIP_NEO4J=1."""
    return {name: engines.get(name) for name in engine_names() if name != EMBEDDED}


@pytest.fixture
def engine(request: pytest.FixtureRequest, engines: Engines) -> GraphEngine:
    """An empty graph, once for each engine."""
    opened = engines.get(request.param)
    clean(opened, ours=request.param != NAMED)
    return opened


@pytest.fixture(scope="module")
def module_engine(request: pytest.FixtureRequest, engines: Engines) -> GraphEngine:
    """A graph that is empty when the module begins, once for each engine."""
    opened = engines.get(request.param)
    clean(opened, ours=request.param != NAMED)
    return opened


def _named_settings() -> "Neo4jSettings":
    from graph.engines.neo4j import Neo4jSettings

    def given(name: str, otherwise: str) -> str:
        return os.environ.get(f"THERAGRAPH_TEST_NEO4J_{name}", otherwise)

    return Neo4jSettings(given("URI", ""), given("USER", "neo4j"), given("PASSWORD", ""), given("DATABASE", "neo4j"))


def _only_empty(engine: GraphEngine) -> GraphEngine:
    ((nodes,),) = engine.read("MATCH (n) RETURN count(n) AS n").rows
    if nodes:
        engine.close()
        pytest.fail(
            f"the database at {engine.info.uri} holds {nodes} nodes; the tests write to it and delete again, so they "
            "accept an empty one only. Name another in THERAGRAPH_TEST_NEO4J_URI"
        )
    return engine
