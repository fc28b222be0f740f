"""The state file of an embedded server: who serves a graph folder, where, and whether it is still true."""

import contextlib
import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.engines.credentials import Credentials, write_private
from graph.engines.process import same_process

#: everything that one server writes stands in this folder
STATE_NAME = "server.json"
LOCK_NAME = "server.lock"


@dataclass(frozen=True, slots=True)
class ServerState:
    """One started server; written in full before anyone may connect."""

    pid: int
    #: the process's start, seconds since 1970: a pid alone may belong to another process by now
    started: float
    #: Bolt on 127.0.0.1
    port: int
    engine_version: str
    heap: str
    watcher_pid: int
    watcher_started: float
    root: str
    reader: str

    @property
    def credentials(self) -> Credentials:
        """The passwords of this start."""
        return Credentials(self.root, self.reader)

    @property
    def uri(self) -> str:
        """The address, without secrets."""
        return f"bolt://127.0.0.1:{self.port}"

    def same_server(self, other: "ServerState | None") -> bool:
        """Whether both speak of one start."""
        return other is not None and (self.pid, self.started) == (other.pid, other.started)

    def __repr__(self) -> str:
        """Without the passwords: records end up in logs."""
        return f"ServerState(pid={self.pid}, port={self.port}, engine_version={self.engine_version!r})"


def read_state(folder: Path) -> ServerState | None:
    """What the state file says, or None when there is none or it cannot be understood."""
    try:
        return ServerState(**json.loads((folder / STATE_NAME).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def write_state(folder: Path, state: ServerState) -> None:
    """Replace the state file, mode 0600."""
    write_private(folder / STATE_NAME, json.dumps(asdict(state), indent=1))


def forget_state(folder: Path) -> None:
    """Remove the state file."""
    (folder / STATE_NAME).unlink(missing_ok=True)


def is_running(state: ServerState) -> bool:
    """Whether the server's process is the one that was started, and its port is open."""
    return same_process(state.pid, state.started) is not None and _answers(state.port)


def mark_used(folder: Path) -> None:
    """Tell the watcher that somebody is here; a full or read-only disk does not matter to that."""
    with contextlib.suppress(OSError):
        os.utime(folder / STATE_NAME)


def last_used(folder: Path) -> float:
    """When the server was last opened by a command, seconds since 1970; 0 when unknown."""
    try:
        return (folder / STATE_NAME).stat().st_mtime
    except OSError:
        return 0.0


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2.0):
            return True
    except OSError:
        return False
