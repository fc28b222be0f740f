"""The embedded server's process: the wheel's own Java with the settings that were measured; started, awaited, ended."""

import contextlib
import importlib.util
import logging
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from neo4j import Driver
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.engines.bolt import open_driver
from graph.engines.credentials import ROOT, Credentials, write_private, write_users
from graph.engines.errors import EngineDiskFull, EngineStoreError, EngineUnavailable
from graph.engines.process import ROOT_PROPERTY, end_process, spawn_detached

log = logging.getLogger(__name__)

DATABASE = "neo4j"
#: ready in 2 s on a quiet machine, 4 s beside other work (measured); a cold, loaded disk takes longer
START_TIMEOUT_S = 90.0
#: the server's own limit for one statement; shorter limits are kept by the client
COMMAND_TIMEOUT_MS = 600_000
#: a start writes little, but a store that cannot even grow by this much will fail in the middle of a load
MIN_FREE_BYTES = 32_000_000

_JVM = (
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-UsePerfData",
    "-XX:+UseCompactObjectHeaders",
    "-XX:+UseG1GC",
    # reserved address space, not memory in use: Java's defaults do not fit below a 4 GB limit of address space
    "-XX:CompressedClassSpaceSize=128m",
    "-XX:ReservedCodeCacheSize=128m",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "-Dpolyglot.engine.WarnInterpreterOnly=false",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF8",
)


@dataclass(frozen=True, slots=True)
class Installation:
    """Java and the engine's jars as the wheel brings them."""

    java: Path
    jars: Path
    version: str


def find_installation() -> Installation:
    """The engine inside the installed wheel, without importing it; raises EngineUnavailable with what to do."""
    spec = importlib.util.find_spec("arcadedb_embedded")
    package = Path(next(iter(spec.submodule_search_locations or ()))) if spec else None
    java = package / "jre" / "bin" / ("java.exe" if os.name == "nt" else "java") if package else None
    engine = sorted(package.glob("jars/arcadedb-engine-*.jar")) if package else []
    if package is None or java is None or not java.exists() or not engine:
        raise EngineUnavailable(
            f"the embedded graph engine is not installed for this platform ({platform.platform()}). It exists for "
            "Linux with glibc 2.34 or newer (x86_64, aarch64), macOS on Apple silicon, and Windows: "
            "`pip install arcadedb-embedded`. Elsewhere use a Neo4j server: `--engine neo4j`",
            where=sys.prefix,
        )
    version = re.sub(r"^arcadedb-engine-|\.jar$", "", engine[-1].name)
    return Installation(java, package / "jars", version)


@dataclass(frozen=True, slots=True)
class Started:
    """A server that answers."""

    process: psutil.Process
    port: int


def start_server(folder: Path, installation: Installation, credentials: Credentials, heap: str) -> Started:
    """Start the server of a folder and wait until it answers a statement.

    The caller holds the folder's lock. Raises EngineUnavailable or EngineStoreError with the server's own words.
    """
    _configure(folder, credentials)
    port = _free_port()
    try:
        child = spawn_detached(
            _command(folder, installation, heap, port),
            folder=folder,
            log=folder / "log" / "console.log",
            env=_environment(),
        )
    except OSError as error:
        raise EngineUnavailable(
            f"the embedded server could not be started: {error}; {installation.java} must be an executable for "
            "this machine. Install arcadedb-embedded anew, or use `--engine neo4j`",
            where=str(folder),
        ) from error
    try:
        _await_answer(folder, child, port, credentials)
    except BaseException:
        if child.poll() is None:
            end_process(psutil.Process(child.pid))
        raise
    return Started(psutil.Process(child.pid), port)


def make_folder(folder: Path) -> None:
    """Make the folder with its parts, private to this user; raises EngineStoreError when that cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in ("config", "log", "databases"):
            (folder / part).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise store_error(folder, error) from error


def _configure(folder: Path, credentials: Credentials) -> None:
    make_folder(folder)
    free = shutil.disk_usage(folder).free
    if free < MIN_FREE_BYTES:
        raise disk_full(folder, free)
    try:
        write_private(folder / "config" / "log.properties", _logging_properties(folder))
        write_users(folder / "config", credentials)
    except OSError as error:
        raise store_error(folder, error) from error


def disk_full(folder: Path, free: int) -> EngineDiskFull:
    """Too little space left where a graph lives."""
    return EngineDiskFull(
        f"the disk of {folder} has {free / 1e6:.0f} MB left, too little for the graph; what was written before is "
        "safe. Free some space and run the same command again",
        where=str(folder),
    )


def store_error(folder: Path, error: OSError) -> EngineStoreError:
    """A folder that cannot be written, and why."""
    kind = EngineDiskFull if error.errno in (27, 28, 122) else EngineStoreError
    advice = "free some space" if kind is EngineDiskFull else "check the rights of the folder, or name another --home"
    return kind(f"the graph folder {folder} cannot be written ({error.strerror or error}); {advice}", where=str(folder))


def _command(folder: Path, installation: Installation, heap: str, port: int) -> list[str]:
    log_folder = folder / "log"
    settings = {
        "server.logsDirectory": log_folder,
        # production mode would hide every error text
        "server.mode": "development",
        "txWalFlush": 1,
        "command.timeout": COMMAND_TIMEOUT_MS,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "bolt.port": port,
        "bolt.defaultDatabase": DATABASE,
        # above its limit a message makes the client hang instead of failing
        "bolt.maxMessageSize": 67_108_864,
        # HTTP cannot be switched off; 0 is a random port
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": 0,
        "server.defaultDatabases": f"{DATABASE}[{ROOT}]",
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "server.security.importAllowedLocalPaths": folder / "nothing",
        "serverMetrics": "false",
    }
    return [
        str(installation.java),
        f"-Xmx{heap}",
        *_JVM,
        f"-XX:ErrorFile={log_folder / 'hs_err_%p.log'}",
        f"-Djava.util.logging.config.file={folder / 'config' / 'log.properties'}",
        f"{ROOT_PROPERTY}{folder}",
        *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
        "-cp",
        str(installation.jars / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _environment() -> dict[str, str]:
    """Ours, without what would change the server's Java."""
    kept = {name: value for name, value in os.environ.items() if name not in ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")}
    return {**kept, "MALLOC_ARENA_MAX": "2"}


def _logging_properties(folder: Path) -> str:
    pattern = str(folder / "log" / "engine.log").replace("\\", "/").replace("%", "%%")
    return (
        "handlers=java.util.logging.FileHandler\n.level=WARNING\n"
        f"java.util.logging.FileHandler.pattern={pattern}\n"
        "java.util.logging.FileHandler.limit=10000000\njava.util.logging.FileHandler.count=3\n"
        "java.util.logging.FileHandler.append=true\n"
        "java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter\n"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_answer(folder: Path, child: "subprocess.Popen[bytes]", port: int, credentials: Credentials) -> None:
    """Wait for an auto-commit statement to be answered: an open port is not readiness."""
    deadline = time.monotonic() + START_TIMEOUT_S
    with open_driver(f"bolt://127.0.0.1:{port}", (ROOT, credentials.root), retry_s=0.0) as driver:
        while not _ready(driver, port):
            if child.poll() is not None:
                raise _failed_start(folder, child.returncode)
            if time.monotonic() > deadline:
                raise EngineUnavailable(
                    f"the embedded server did not answer within {START_TIMEOUT_S:.0f} s; look into {folder / 'log'}",
                    where=str(folder),
                )
            time.sleep(0.05)


def _ready(driver: Driver, port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0):
            pass
        with driver.session(database=DATABASE) as session:
            session.run("RETURN 1 AS one").consume()
    except AuthError:
        raise
    except (OSError, DriverError, Neo4jError):
        return False
    return True


def _failed_start(folder: Path, code: int) -> EngineUnavailable | EngineStoreError:
    words = _last_words(folder)
    where = str(folder)
    if re.search(r"no space left|disk quota", words, re.IGNORECASE):
        return disk_full(folder, 0)
    if re.search(r"locked by another process", words):
        return EngineStoreError(
            f"another program has the graph in {folder} open; end it, then run the same command again", where=where
        )
    if re.search(
        r"Could not (reserve|allocate)|insufficient memory|OutOfMemory|Cannot allocate|create the Java", words
    ):
        return EngineUnavailable(
            f"the embedded server got too little memory ({_first_line(words)}); allow more, or set a smaller "
            "embedded.heap such as 512m",
            where=where,
        )
    cause = f"ended by signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return EngineUnavailable(
        f"the embedded server did not start ({cause}): {_first_line(words)}; look into {folder / 'log'}", where=where
    )


def _last_words(folder: Path) -> str:
    texts = []
    for name in ("console.log", "engine.log.0", "engine.log"):
        with contextlib.suppress(OSError):
            texts.append((folder / "log" / name).read_text(encoding="utf-8", errors="replace")[-8_000:])
    return "\n".join(texts)


def _first_line(words: str) -> str:
    lines = [
        line.strip() for line in words.splitlines() if line.strip() and not line.startswith("WARNING: Using incub")
    ]
    telling = [line for line in lines if re.search(r"error|exception|could not|GLIBC", line, re.IGNORECASE)]
    return (telling or lines or ["it said nothing"])[0][:300]
