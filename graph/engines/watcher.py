"""Ends an embedded server that nobody uses: `python -m graph.engines.watcher FOLDER IDLE_SECONDS`.

In use means an open connection on its Bolt port, whoever holds it: a command, a notebook, Neo4j's own tools. The
kernel's table of connections is asked instead of the clients, since a killed client cannot say goodbye and a foreign
one never says hello. Commands shorter than the watcher's interval are seen by the state file's time stamp, which every
opening command renews.
"""

import contextlib
import sys
import time
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from graph.engines.process import end_process, same_process
from graph.engines.state import LOCK_NAME, ServerState, forget_state, last_used, read_state

#: a server without a connection for this long is ended
IDLE_S = 900.0
INTERVAL_S = 5.0


def watch(folder: Path, idle_s: float, interval_s: float = INTERVAL_S) -> None:
    """Return when the server that the state file names is gone or was ended here."""
    state = read_state(folder)
    seen = time.time()
    while state is not None:
        server = same_process(state.pid, state.started)
        if server is None:
            return
        if in_use(server, state.port):
            seen = time.time()
        if time.time() - max(seen, last_used(folder)) >= idle_s and _end(folder, state, idle_s):
            return
        time.sleep(min(interval_s, idle_s))
        now = read_state(folder)
        if now is not None and not now.same_server(state):
            return


def in_use(server: psutil.Process, port: int) -> bool:
    """Whether somebody is connected to the server's Bolt port; taken for granted when it cannot be known."""
    try:
        connections = server.net_connections(kind="tcp")
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True
    return any(c.laddr and c.laddr.port == port and c.status == psutil.CONN_ESTABLISHED for c in connections)


def _end(folder: Path, state: ServerState, idle_s: float) -> bool:
    """End the server under the folder's lock, unless a command came in the meantime."""
    with contextlib.suppress(Timeout), FileLock(folder / LOCK_NAME, timeout=0):
        server = same_process(state.pid, state.started)
        if server is not None and (in_use(server, state.port) or time.time() - last_used(folder) < idle_s):
            return False
        if server is not None:
            end_process(server)
        if state.same_server(read_state(folder)):
            forget_state(folder)
        return True
    return False


if __name__ == "__main__":
    watch(Path(sys.argv[1]), float(sys.argv[2]))
