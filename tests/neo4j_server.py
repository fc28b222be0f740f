"""A real Neo4j Community server for the tests, from the jars that tests/fetch.py brought."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.engines.neo4j import Neo4jSettings
from tests.fetch import neo4j_jars
from tests.java import Line, java_for

#: up after 9-13 s on two quiet cores (measured)
START_TIMEOUT_S = 180.0

_FLAGS = (
    "-Xms256m",
    "-Xmx1g",
    "-XX:+ExitOnOutOfMemoryError",
    # a server that lives for a minute never earns back the optimising compiler: half the processor time (measured)
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
)

PASSWORD = "only-for-these-tests"


class ServerFailed(Exception):
    """Neo4j did not come up; the message has its last words."""


@contextmanager
def neo4j_server(line: Line) -> Iterator[Neo4jSettings]:
    """Run a server of one line with authentication on, as in production, in a folder that goes away with it."""
    with starting_neo4j(line) as ready:
        yield ready()


@contextmanager
def starting_neo4j(line: Line) -> Iterator[Callable[[], Neo4jSettings]]:
    """The same without waiting: what it gives waits until the server answers, and says how to reach it."""
    with tempfile.TemporaryDirectory(prefix="theragraph-neo4j-") as place:
        home = Path(place)
        port = _free_port()
        _configure(home, port, line)
        jars = neo4j_jars(line)
        java = str(java_for(line))
        command = [java, *_FLAGS, *line.flags, "-cp", f"{jars}/*", line.main]
        command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"]
        with (home / "console.log").open("wb") as out:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)

        def ready() -> Neo4jSettings:
            settings = Neo4jSettings(f"bolt://127.0.0.1:{port}", "neo4j", PASSWORD)
            _await_server(process, settings, home / "console.log")
            _set_password(settings)
            return settings

        try:
            yield ready
        finally:
            # its folder goes away: a clean end would take ten seconds and save nothing
            process.kill()
            process.wait()


def _configure(home: Path, port: int, line: Line) -> None:
    (home / "conf").mkdir()
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        "server.memory.pagecache.size": "128m",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.retention_policy": "keep_none",
    }
    lines = [f"{name}={value}" for name, value in settings.items()] + list(line.settings)
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _set_password(settings: Neo4jSettings) -> None:
    """Replace the password of a new server, as it demands at first."""
    with GraphDatabase.driver(settings.uri, auth=("neo4j", "neo4j")) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", old="neo4j", new=PASSWORD, database_="system"
        )


def _await_server(process: "subprocess.Popen[bytes]", settings: Neo4jSettings, console: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    with GraphDatabase.driver(settings.uri, auth=("neo4j", "neo4j")) as driver:
        while True:
            with suppress(DriverError, Neo4jError, OSError):
                driver.get_server_info()
                return
            if process.poll() is not None or time.monotonic() > deadline:
                words = console.read_text(encoding="utf-8", errors="replace")[-1_500:]
                raise ServerFailed(f"Neo4j did not start (exit code {process.poll()}); it said:\n{words}")
            time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
