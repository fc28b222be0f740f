"""Every failure a stage can raise ends in a code of its own choosing, never in 70."""

import importlib
import inspect
import sqlite3

import pytest

from theragraph.exits import CODES, Exit, UsageFailure, exit_code

MODULES = ("corpus.errors", "miner.errors", "graph.errors", "graph.engines.errors", "queries.errors")


def stage_errors() -> list[type[Exception]]:
    """Every exception class that a stage declares, roots apart."""
    found = []
    for name in MODULES:
        for _, member in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(member, Exception) and member.__module__ == name and member.__base__ is not Exception:
                found.append(member)
    return found


@pytest.mark.parametrize("error", stage_errors(), ids=lambda error: f"{error.__module__}.{error.__name__}")
def test_every_stage_error_has_a_code(error: type[Exception]) -> None:
    assert any(ancestor.__name__ in CODES for ancestor in error.__mro__)


def test_codes_of_the_environment() -> None:
    assert exit_code(UsageFailure("x")) is Exit.USAGE
    assert exit_code(OSError(28, "No space left on device")) is Exit.STORE
    assert exit_code(sqlite3.OperationalError("disk full")) is Exit.STORE
    assert exit_code(KeyboardInterrupt()) is Exit.INTERRUPTED
    assert exit_code(ZeroDivisionError()) is Exit.BUG
