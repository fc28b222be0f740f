"""One pace for all processes of this machine: NCBI counts requests per address and key, not per process."""

import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

#: A next turn further away than this comes from a clock that was set back.
_FURTHEST_S = 600.0


class SharedPace:
    """Hands out turns at least interval seconds apart, over every process that names the same file."""

    def __init__(
        self,
        file: Path,
        interval: float,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._file = file
        self._lock = FileLock(f"{file}.lock")
        self._interval = interval
        self._now = now
        self._sleep = sleep

    def wait(self) -> None:
        """Return when it is this caller's turn."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            now = self._now()
            turn = max(now, self._next(now))
            self._file.write_text(repr(turn + self._interval), "ascii")
        if turn > now:
            self._sleep(turn - now)

    def hold(self, seconds: float) -> None:
        """Give no turn to anybody before seconds have passed."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            now = self._now()
            self._file.write_text(repr(max(now + min(seconds, _FURTHEST_S), self._next(now))), "ascii")

    def _next(self, now: float) -> float:
        try:
            turn = float(self._file.read_text("ascii"))
        except (OSError, ValueError):
            return now
        return turn if turn <= now + _FURTHEST_S else now
