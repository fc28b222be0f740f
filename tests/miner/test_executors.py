"""Where tasks run, and in which order their results come."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from miner.errors import MinerInputError
from miner.executors import InlineExecutor, in_order, local_executor, usable_cores


def square(number: int) -> int:
    if number < 0:
        raise ValueError("negative")
    return number * number


def test_results_come_in_input_order() -> None:
    with ThreadPoolExecutor(3) as executor:
        found = [(item, future.result()) for item, future in in_order(executor, square, range(50), workers=3)]
    assert found == [(n, n * n) for n in range(50)]


def test_items_are_read_only_a_few_ahead() -> None:
    read: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    with ThreadPoolExecutor(2) as executor:
        results = in_order(executor, square, items(), workers=2)
        next(results)
        assert len(read) <= 6
        results.close()


def test_one_worker_stays_in_this_process() -> None:
    with local_executor(1) as executor:
        assert isinstance(executor, InlineExecutor)
        assert executor.submit(square, 3).result() == 9


def test_a_failing_task_keeps_its_place() -> None:
    found = list(in_order(InlineExecutor(), square, [1, -1, 2]))
    assert [type(future.exception()) for _, future in found] == [type(None), ValueError, type(None)]


def test_two_workers_are_processes() -> None:
    with local_executor(2) as executor:
        assert [f.result() for _, f in in_order(executor, square, [1, 2, 3])] == [1, 4, 9]


def test_fewer_than_no_workers_is_refused() -> None:
    with pytest.raises(MinerInputError, match="less than 0"), local_executor(-1):
        pass


def test_there_is_at_least_one_core() -> None:
    assert usable_cores() >= 1
