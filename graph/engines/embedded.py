"""The embedded default: one ArcadeDB server process per graph folder, started on demand and shared by all commands.

A command finds the server through the folder's state file, under the folder's lock; the server outlives the command
and is ended by its watcher (graph/engines/watcher.py) or by `stop_embedded`.
"""

import contextlib
import json
import logging
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import psutil
from filelock import FileLock, Timeout

from graph.engines import EngineInfo, WriteCounts
from graph.engines.bolt import Batches, BoltEngine, open_driver
from graph.engines.credentials import READER, ROOT, new_credentials, write_private
from graph.engines.deadline import Deadline, end_statement
from graph.engines.errors import (
    EngineDiskFull,
    EngineError,
    EngineUnavailable,
    EngineVersionChanged,
    StatementFailed,
)
from graph.engines.process import end_process, kill_process, same_process, servers_of, spawn_detached
from graph.engines.server import (
    DATABASE,
    MIN_FREE_BYTES,
    Installation,
    disk_full,
    find_installation,
    make_folder,
    start_server,
    store_error,
)
from graph.engines.state import LOCK_NAME, ServerState, forget_state, is_running, mark_used, read_state, write_state
from graph.engines.watcher import IDLE_S

__all__ = ["EmbeddedStatus", "discard_embedded", "embedded_status", "open_embedded", "stop_embedded"]

log = logging.getLogger(__name__)

#: which engine version wrote the store
VERSION_NAME = "engine.json"
#: the longest start plus a clean end; another command may be doing both
LOCK_TIMEOUT_S = 120.0
#: how long the driver repeats a write that met another writer; commands that write hold the home's lock, so this is
#: rare, and the driver spends it on a server that died under us too, before we can start another
RETRY_S = 3.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EmbeddedStatus:
    """What is known about the server of a graph folder; nothing is started to find out."""

    folder: Path
    running: bool
    #: None when it does not run
    pid: int | None
    uri: str | None
    #: resident memory of the server, bytes
    memory: int | None
    #: the version that wrote the store, None when there is no store yet
    store_version: str | None
    #: the installed version, None when the engine is not installed here
    installed_version: str | None
    #: bytes on disk
    size: int


def open_embedded(folder: Path, *, heap: str = "1g", idle_s: float = IDLE_S) -> "EmbeddedEngine":
    """The engine of a graph folder, its server started when none runs.

    heap is the server's largest Java heap (512m is enough for 70,000 nodes), idle_s how long it outlives its last
    connection; both count only for the command that starts it. Raises EngineUnavailable, EngineStoreError (full or
    read-only disk) or EngineVersionChanged.
    """
    folder = Path(folder).resolve()
    return EmbeddedEngine(folder, heap, idle_s, _serve(folder, heap, idle_s))


def stop_embedded(folder: Path) -> bool:
    """End the server of a graph folder at once; whether one ran."""
    folder = Path(folder).resolve()
    if not folder.is_dir():
        return False
    with _locked(folder):
        return _stop(folder)


def discard_embedded(folder: Path) -> None:
    """End the server and delete its store, whatever version wrote it; the next open starts an empty one."""
    folder = Path(folder).resolve()
    if not folder.is_dir():
        return
    with _locked(folder):
        _stop(folder)
        _delete_store(folder)


def embedded_status(folder: Path) -> EmbeddedStatus:
    """What is known about the server of a graph folder, without starting it."""
    folder = Path(folder).resolve()
    state = read_state(folder)
    running = state is not None and is_running(state)
    memory = None
    if state is not None and running:
        with contextlib.suppress(psutil.Error):
            memory = psutil.Process(state.pid).memory_info().rss
    installed = None
    with contextlib.suppress(EngineUnavailable):
        installed = find_installation().version
    return EmbeddedStatus(
        folder,
        running,
        state.pid if state and running else None,
        state.uri if state and running else None,
        memory,
        _store_version(folder),
        installed,
        sum(path.stat().st_size for path in folder.glob("databases/**/*") if path.is_file()),
    )


class EmbeddedEngine(BoltEngine):
    """The adapter over the embedded server: restarts it when it is gone, ends it when a statement cannot be stopped."""

    def __init__(self, folder: Path, heap: str, idle_s: float, state: ServerState) -> None:
        self._folder = folder
        self._heap = heap
        self._idle_s = idle_s
        self._connect(state)

    def write(self, batches: Batches, *, once: bool = False) -> list[WriteCounts]:
        """Run (statement, rows) pairs in one managed transaction; raises EngineDiskFull before or when space runs out.

        The server only says "transaction error" then. It is ended, so that its next start recovers the store from
        what was acknowledged; every acknowledged row was there after a disk had been full (measured).
        """
        self._check_space()
        try:
            return super().write(batches, once=once)
        except EngineError:
            try:
                self._check_space()
            except EngineDiskFull:
                super().close()
                stop_embedded(self._folder)
                raise
            raise

    def wipe(self) -> None:
        """Empty the graph by starting its server on a new store: faster than deleting, and it mends a damaged one."""
        super().close()
        discard_embedded(self._folder)
        self._connect(_serve(self._folder, self._heap, self._idle_s))

    def _connect(self, state: ServerState) -> None:
        self._state = state
        super().__init__(
            EngineInfo("embedded", "arcadedb", state.engine_version, state.uri),
            open_driver(state.uri, (ROOT, state.root), retry_s=RETRY_S),
            open_driver(state.uri, (READER, state.reader), retry_s=RETRY_S),
            DATABASE,
        )

    def _check_space(self) -> None:
        free = shutil.disk_usage(self._folder).free
        if free < MIN_FREE_BYTES:
            raise disk_full(self._folder, free)

    def _reconnect(self) -> bool:
        super().close()
        self._connect(_serve(self._folder, self._heap, self._idle_s))
        return True

    def _again(self, call: Callable[[], T]) -> T:
        if same_process(self._state.pid, self._state.started) is None:
            self._reconnect()
        try:
            return super()._again(call)
        except EngineUnavailable as error:
            if same_process(self._state.pid, self._state.started) is not None:
                raise
            raise StatementFailed(
                f"the statement ended the graph server twice; it most likely needs more memory than embedded.heap = "
                f"{self._heap}. Ask for less at once, or allow more",
                code="OutOfMemory",
            ) from error

    @contextmanager
    def _limited(self, limit_s: float) -> Iterator[Deadline]:
        """A limit of our own: the server keeps one for all statements, and ignores the driver's."""
        deadline = Deadline(limit_s)
        timer = threading.Timer(
            limit_s, end_statement, (deadline, self._state.pid, self._state.started, self._state.port)
        )
        timer.daemon = True
        timer.start()
        try:
            yield deadline
        finally:
            timer.cancel()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / LOCK_NAME, timeout=LOCK_TIMEOUT_S)
    try:
        lock.acquire()
    except Timeout as error:
        raise EngineUnavailable(
            f"another command has been starting or stopping the embedded server of {folder} for "
            f"{LOCK_TIMEOUT_S:.0f} s; wait for it, or end it, then try again",
            where=str(folder),
        ) from error
    except OSError as error:
        raise store_error(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _serve(folder: Path, heap: str, idle_s: float) -> ServerState:
    """The running server of a folder, started if need be."""
    installation = find_installation()
    make_folder(folder)
    with _locked(folder):
        state = read_state(folder)
        if state is not None and state.engine_version == installation.version and is_running(state):
            mark_used(folder)
            if same_process(state.watcher_pid, state.watcher_started) is None:
                state = _watched(folder, state, idle_s)
            return state
        _stop(folder)
        _check_version(folder, installation)
        return _start(folder, installation, heap, idle_s)


def _start(folder: Path, installation: Installation, heap: str, idle_s: float) -> ServerState:
    credentials = new_credentials()
    started = start_server(folder, installation, credentials, heap)
    try:
        write_private(folder / VERSION_NAME, json.dumps({"engine": "arcadedb", "version": installation.version}))
        state = ServerState(
            started.process.pid,
            started.process.create_time(),
            started.port,
            installation.version,
            heap,
            0,
            0.0,
            credentials.root,
            credentials.reader,
        )
        write_state(folder, state)
        return _watched(folder, state, idle_s)
    except BaseException as error:
        end_process(started.process)
        if isinstance(error, OSError):
            raise store_error(folder, error) from error
        raise


def _watched(folder: Path, state: ServerState, idle_s: float) -> ServerState:
    """Start the watcher of a server whose state file is written."""
    ours = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
    child = spawn_detached(
        [sys.executable, "-P", "-m", "graph.engines.watcher", str(folder), str(idle_s)],
        folder=folder,
        log=folder / "log" / "watcher.log",
        env={**os.environ, "PYTHONPATH": path},
    )
    state = replace(state, watcher_pid=child.pid, watcher_started=psutil.Process(child.pid).create_time())
    write_state(folder, state)
    return state


def _stop(folder: Path) -> bool:
    """End whatever serves this folder, named by the state file or not; the caller holds the lock."""
    state = read_state(folder)
    watcher = same_process(state.watcher_pid, state.watcher_started) if state else None
    named = same_process(state.pid, state.started) if state else None
    servers = servers_of(folder) or ([named] if named else [])
    for server in servers:
        end_process(server)
    if watcher is not None:
        kill_process(watcher)
    forget_state(folder)
    return bool(servers)


def _check_version(folder: Path, installation: Installation) -> None:
    found = _store_version(folder)
    if found is not None and found != installation.version and any(folder.glob("databases/*")):
        raise EngineVersionChanged(folder, found=found, installed=installation.version)


def _store_version(folder: Path) -> str | None:
    try:
        return str(json.loads((folder / VERSION_NAME).read_text(encoding="utf-8"))["version"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _delete_store(folder: Path) -> None:
    try:
        for path in ((folder / "databases"), (folder / VERSION_NAME)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise store_error(folder, error) from error
