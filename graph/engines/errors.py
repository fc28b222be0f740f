"""What can go wrong between us and a graph store.

EngineError
├── EngineUnavailable         nothing usable answers: not running, not reachable, no access, cannot be started here
├── EngineStoreError          the store on disk cannot be used as it is
│   ├── EngineDiskFull        no space left, or no right to write
│   └── EngineVersionChanged  the graph was written by another engine version: rebuild it
├── StatementRefused          a user's statement is not a plain read; nothing was changed
├── StatementTimeout          a statement ran past its limit and was ended
├── StatementFailed           the engine could not run the statement
├── RowsUnusable              rows that would be lost or merged wrongly; nothing was sent
└── WriteConflict             another writer was in the way longer than we retried

EngineUnavailable, StatementTimeout and WriteConflict are retryable: the same call may succeed later.
"""

from pathlib import Path

__all__ = [
    "EngineDiskFull",
    "EngineError",
    "EngineStoreError",
    "EngineUnavailable",
    "EngineVersionChanged",
    "RowsUnusable",
    "StatementFailed",
    "StatementRefused",
    "StatementTimeout",
    "WriteConflict",
]


class EngineError(Exception):
    """Root of everything the engines raise."""

    retryable = False


class EngineUnavailable(EngineError):
    """Nothing usable answers; carries the address or folder without secrets."""

    retryable = True

    def __init__(self, message: str, *, where: str) -> None:
        super().__init__(message)
        self.where = where


class EngineStoreError(EngineError):
    """The store on disk cannot be used as it is; carries the folder (or the address of a server)."""

    def __init__(self, message: str, *, where: str) -> None:
        super().__init__(message)
        self.where = where


class EngineDiskFull(EngineStoreError):
    """No space left where the graph lives, or no right to write there."""


class EngineVersionChanged(EngineStoreError):
    """The graph on disk was written by another engine version; carries both versions."""

    def __init__(self, folder: Path, *, found: str, installed: str) -> None:
        super().__init__(
            f"the graph in {folder} was written by engine version {found}; version {installed} is installed. "
            "Nothing was changed. The graph can be built again from findings.db: run `theragraph load --rebuild`",
            where=str(folder),
        )
        self.found = found
        self.installed = installed


class StatementRefused(EngineError):
    """A user's statement is not a plain read; carries the reason. Nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the statement was refused: {reason}. Nothing was changed; only statements that read are accepted"
        )
        self.reason = reason


class StatementTimeout(EngineError):
    """A statement ran past its limit and was ended; carries the limit in seconds."""

    retryable = True

    def __init__(self, limit_s: float) -> None:
        super().__init__(
            f"the statement was ended after {limit_s:g} s, its limit; nothing was changed. "
            "Anchor the first MATCH, bound variable-length paths, or allow more time"
        )
        self.limit_s = limit_s


class StatementFailed(EngineError):
    """The engine could not run the statement; carries the engine's own code."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class RowsUnusable(EngineError):
    """Rows that would be lost or merged wrongly; carries the index of the first one in its batch. Nothing was sent."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(f"row {index} was not sent: {reason}; nothing of this transaction was written")
        self.index = index
        self.reason = reason


class WriteConflict(EngineError):
    """Another writer was in the way longer than we retried."""

    retryable = True
