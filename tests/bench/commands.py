"""Whole commands as a user runs them: wall clock and peak memory of each, one row a command."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

THERAGRAPH = [sys.executable, "-m", "theragraph"]


@dataclass(frozen=True, slots=True)
class Timing:
    """One finished command."""

    name: str
    seconds: float
    megabytes: float
    code: int
    said: str

    def line(self) -> str:
        """A row of the table."""
        return f"{self.name:<44} {self.seconds:8.2f} s {self.megabytes:8.0f} MB   exit {self.code}"


def timed(name: str, command: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None) -> Timing:
    """Run a command, printing its row at once.

    Peak memory is that of the largest single process, as the operating system reports it for finished children.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=cwd, stdout=said, stderr=said, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    timing = Timing(name, time.perf_counter() - start, usage.ru_maxrss / 1024, process.returncode, text)
    print(timing.line(), flush=True)
    if process.returncode:
        print(text[-2000:])
    return timing
