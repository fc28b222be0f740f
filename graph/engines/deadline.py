"""A limit that strikes from our side, for a server that does not keep the driver's."""

import contextlib
import logging
import os
import socket
import threading

import psutil

from graph.engines.process import kill_process, same_process

log = logging.getLogger(__name__)

#: the server notices a closed connection and stops its statement within this time (measured: below 2 s)
GRACE_S = 2.0
#: a server that still keeps half a core busy after that is stuck inside one expression
BUSY_PERCENT = 50.0
_LOOK_S = 0.5


class Deadline:
    """A limit; `passed` is set when it struck."""

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self.passed = threading.Event()


def end_statement(deadline: Deadline, pid: int, started: float, port: int) -> None:
    """Close our connections to a local server, and end the server when that does not stop its work.

    The embedded server stops a statement whose client is gone, but not inside one expression (a list comprehension
    over millions ran 80 s past its limit and then took the server's memory). Others who are busy on the same server
    at that moment find it again and ask once more.
    """
    deadline.passed.set()
    server = same_process(pid, started)
    if server is None:
        return
    closed = _hang_up(port)
    with contextlib.suppress(psutil.Error):
        if closed:
            with contextlib.suppress(psutil.TimeoutExpired):
                server.wait(GRACE_S)
        if not closed or server.cpu_percent(_LOOK_S) > BUSY_PERCENT:
            log.warning("a statement ran past its limit and could not be stopped; the graph server is started anew")
            kill_process(server)


def _hang_up(port: int) -> bool:
    """Shut down this process's connections to the port; whether there were any that could be."""
    closed = False
    for connection in psutil.Process().net_connections(kind="tcp"):
        if connection.fd >= 0 and connection.raddr and connection.raddr.port == port:
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fd)) as ours:
                ours.shutdown(socket.SHUT_RDWR)
                closed = True
    return closed
