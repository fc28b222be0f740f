"""Exit codes, and which failure ends in which: the one place where both are said."""

import sqlite3
from collections.abc import Iterator
from enum import IntEnum


class Exit(IntEnum):
    """What a shell, cron or systemd sees (docs/annotate.md)."""

    COMPLETE = 0
    #: something was kept and something failed: listed, retryable by the same command
    INCOMPLETE = 1
    #: wrong use, or nothing usable came in
    USAGE = 2
    #: a service is unavailable
    UNAVAILABLE = 3
    #: another run holds the lock
    LOCKED = 4
    #: disk or store: full, read-only, made by a newer version
    STORE = 5
    #: a bug of ours
    BUG = 70
    INTERRUPTED = 130


class CommandFailure(Exception):
    """A failure that the command line itself found; carries its exit code."""

    code = Exit.BUG


class UsageFailure(CommandFailure):
    """Wrong use: the message says what is allowed."""

    code = Exit.USAGE


class Unavailable(CommandFailure):
    """A service that must answer does not."""

    code = Exit.UNAVAILABLE


class Locked(CommandFailure):
    """Another run holds the lock."""

    code = Exit.LOCKED


class StoreFailure(CommandFailure):
    """A store, or a copy of one, is damaged or cannot be written."""

    code = Exit.STORE


#: names of the stages' exceptions -> exit code; the nearest name in a class's ancestry decides.
#: By name, so that a failing command imports no stage it did not use.
CODES: dict[str, Exit] = {
    "SettingsError": Exit.USAGE,
    "IdentifierError": Exit.USAGE,
    # corpus
    "InputError": Exit.USAGE,
    "ServiceError": Exit.UNAVAILABLE,
    "StoreError": Exit.STORE,
    # miner
    "VocabularyError": Exit.STORE,
    "ModelFileError": Exit.STORE,
    "MinerInputError": Exit.USAGE,
    # graph
    "EngineUnavailable": Exit.UNAVAILABLE,
    "EngineStoreError": Exit.STORE,
    "StatementRefused": Exit.USAGE,
    "StatementFailed": Exit.USAGE,
    "StatementTimeout": Exit.INCOMPLETE,
    "LeaseHeld": Exit.LOCKED,
    "WriteConflict": Exit.LOCKED,
    "RowsUnusable": Exit.BUG,
    "GraphError": Exit.STORE,
    # queries
    "QueryError": Exit.USAGE,
}


def exit_code(error: BaseException) -> Exit:
    """The code a failure ends in; BUG for one that nobody foresaw."""
    if isinstance(error, CommandFailure):
        return error.code
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    for ancestor in type(error).__mro__:
        if ancestor.__name__ in CODES:
            return CODES[ancestor.__name__]
    if isinstance(error, sqlite3.DatabaseError | PermissionError) or _is_full_disk(error):
        return Exit.STORE
    if isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return Exit.USAGE
    return Exit.BUG


def _is_full_disk(error: BaseException) -> bool:
    return any(isinstance(e, OSError) and e.errno in (28, 30, 122) for e in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
