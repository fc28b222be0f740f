"""One recogniser in a process of its own, on one core: how fast it reads, how long it takes to start, what it needs."""

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

#: documents read before the clock runs: imports, lazy tables and code paths
WARM = 20
_LIBRARIES = ("OPENBLAS", "OMP", "MKL", "BLIS", "VECLIB")
ONE_THREAD: Mapping[str, str] = {f"{library}_NUM_THREADS": "1" for library in _LIBRARIES}


@dataclass(frozen=True, slots=True)
class Reading:
    """One recogniser over all documents once."""

    name: str
    documents: int
    mentions: int
    cpu: float
    wall: float
    #: seconds from the first import until the first text is read
    start: float
    megabytes: float


def measure(
    name: str,
    open_reader: Callable[[], Callable[[Sequence[str]], Iterable[int]]],
    texts: Sequence[str],
    warm: Sequence[str],
) -> Reading:
    """Open a reader (texts -> number of mentions of each), warm it up, and time it."""
    began = time.perf_counter()
    read = open_reader()
    list(read(warm[:1]))
    start = time.perf_counter() - began
    list(read(warm))
    wall, cpu = time.perf_counter(), time.process_time()
    mentions = list(read(texts))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Reading(name, len(mentions), sum(mentions), cpu, wall, start, peak_megabytes())


def peak_megabytes() -> float:
    """Largest resident size of this process, without what its parent held before the program began."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(found[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def one_core() -> None:
    """Keep this process, and the threads its libraries start, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def answer(value: object) -> None:
    """Last line of a child's output: what it measured."""
    print(json.dumps(asdict(value) if isinstance(value, Reading) else value))


def child(module: str, *arguments: object) -> object:
    """What a module run in a fresh process answers; raises ChildFailed with what it said."""
    command = [sys.executable, "-W", "ignore", "-m", module, *(str(a) for a in arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **ONE_THREAD})
    if ended.returncode:
        raise ChildFailed(f"{module} ended with {ended.returncode}:\n{(ended.stdout + ended.stderr)[-2000:]}")
    return json.loads(ended.stdout.splitlines()[-1])


def reading(module: str, *arguments: object) -> Reading:
    """What a child measured."""
    return Reading(**child(module, *arguments))  # type: ignore[arg-type]


class ChildFailed(Exception):
    """A process of the benchmark broke off; the message is what it printed."""
