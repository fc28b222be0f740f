"""Processes that outlive a command: told apart from later ones with the same number, found, ended."""

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

#: the same process has the same start time within this many seconds (clocks are stepped, the kernel counts ticks)
START_TOLERANCE_S = 5.0
#: a clean end takes 0.4 s (measured)
STOP_TIMEOUT_S = 15.0
_POLL_S = 0.02
#: the argument that names the folder of a server process
ROOT_PROPERTY = "-Darcadedb.server.rootPath="
_DETACHED_PROCESS = 0x00000008
_CREATE_NEW_PROCESS_GROUP = 0x00000200

#: children of this process that are meant to outlive it; kept so that Python does not call them forgotten
_spawned: list["subprocess.Popen[bytes]"] = []


def same_process(pid: int, started: float) -> psutil.Process | None:
    """The process with this pid, unless it is gone, a zombie, or another one that got the number later."""
    if pid <= 0:
        return None
    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - started) > START_TOLERANCE_S or process.status() == psutil.STATUS_ZOMBIE:
            return None
    except psutil.Error:
        return None
    return process


def servers_of(folder: Path) -> list[psutil.Process]:
    """Server processes of this folder, whatever the state file says (its writer may have been killed)."""
    wanted = f"{ROOT_PROPERTY}{folder}"
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if wanted in process.cmdline():
                found.append(process)
    return found


def end_process(process: psutil.Process) -> None:
    """End a server cleanly, or by force when it does not go."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        if not _is_over(process, STOP_TIMEOUT_S):
            kill_process(process)


def kill_process(process: psutil.Process) -> None:
    """End a server at once; its store survives that (24 of 24 tries kept every acknowledged transaction)."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()
        _is_over(process, STOP_TIMEOUT_S)


def _is_over(process: psutil.Process, timeout_s: float) -> bool:
    """Whether a process ended in time; one that nobody collects (a zombie) has ended, its files and ports are free."""
    deadline = time.monotonic() + timeout_s
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True


def spawn_detached(
    command: Sequence[str], *, folder: Path, log: Path, env: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start a process that outlives the command, its terminal and its Ctrl-C; the log is replaced by what it says."""
    flags: dict[str, Any] = {"start_new_session": True}
    if os.name == "nt":
        flags = {"creationflags": _DETACHED_PROCESS | _CREATE_NEW_PROCESS_GROUP}
    _spawned[:] = [child for child in _spawned if child.poll() is None]
    with log.open("wb") as out:
        child = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=env, **flags
        )
    _spawned.append(child)
    return child
