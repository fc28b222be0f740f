"""Where mining runs: the concurrent.futures Executor interface is the seam, processes of this machine the default.

Anything with that interface fits (Dask's client.get_executor(), for one): tasks are a module-level function with
picklable arguments, and results are taken in input order, so that any number of workers writes the same bytes.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from typing import Any, TypeVar

from miner.errors import MinerInputError

In = TypeVar("In")
Out = TypeVar("Out")

#: tasks handed out ahead of the one whose result is awaited, per worker: enough to keep workers busy, flat memory
_AHEAD = 3


class InlineExecutor(Executor):
    """Runs each task at once in the calling thread: one worker needs no second process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A finished future of fn(*args, **kwargs)."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def local_executor(workers: int = 0) -> Iterator[Executor]:
    """Processes of this machine; 0 = one a core, 1 = none but this one. Raises MinerInputError for less than 0."""
    if workers < 0:
        raise MinerInputError("workers", f"{workers} is less than 0; give a number of processes, or 0 for one a core")
    count = workers or usable_cores()
    if count == 1:
        yield InlineExecutor()
        return
    # fork would copy the parent's SQLite handles and locks
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(count, mp_context=get_context(method))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def usable_cores() -> int:
    """Cores this process may use, at least one."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    executor: Executor, work: Callable[[In], Out], items: Iterable[In], *, workers: int = 0
) -> Iterator[tuple[In, Future[Out]]]:
    """Each item with its finished future, in input order; items are read only a few ahead."""
    ahead = 1 if isinstance(executor, InlineExecutor) else _AHEAD * (workers or usable_cores())
    waiting: deque[tuple[In, Future[Out]]] = deque()
    for item in items:
        waiting.append((item, executor.submit(work, item)))
        if len(waiting) >= ahead:
            yield _finished(*waiting.popleft())
    while waiting:
        yield _finished(*waiting.popleft())


def _finished(item: In, future: Future[Out]) -> tuple[In, Future[Out]]:
    future.exception()
    return item, future
