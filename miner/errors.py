"""What can go wrong while articles are mined.

MinerError
├── MinerInputError           an annotate input, or an option's value, cannot be used
├── VocabularyError           a vocabulary table is missing, damaged or does not fit its declaration
├── ModelFileError            the weights of a recogniser are missing, damaged or made for another version
└── StoreError                the findings or the decision store cannot be read or written
    └── NewerStore            it was made by a newer version of this program

A bad document is none of these: it becomes a row of the failure ledger, or an error line of annotate.
"""

from pathlib import Path
from typing import Any

#: how a file that came with the program is brought back
REINSTALL = "install theragraph again (`pip install --force-reinstall --no-deps`), or in a clone `git checkout -- {}`"


class MinerError(Exception):
    """Root of the miner package's own errors; each comes back whole from a worker process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[MinerError], args: tuple[object, ...], values: dict[str, Any]) -> MinerError:
    """An error as it was, whatever its constructor takes."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(values)
    return error


class MinerInputError(MinerError):
    """Unusable input: carries subject (file, document or option) and reason."""

    def __init__(self, subject: str, reason: str) -> None:
        super().__init__(f"{subject}: {reason}")
        self.subject = subject
        self.reason = reason


class VocabularyError(MinerError):
    """A vocabulary table cannot be used; carries table and reason."""

    def __init__(self, table: str, reason: str) -> None:
        super().__init__(f"vocabulary table {table}: {reason}")
        self.table = table
        self.reason = reason


class ModelFileError(MinerError):
    """A file of the recogniser's weights cannot be used; carries path and problem."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"weight file {path} {problem}; {REINSTALL.format('miner/models')}")
        self.path = path
        self.problem = problem


class StoreError(MinerError):
    """A store of the miner cannot be used; carries path and reason."""

    def __init__(self, path: Path, reason: str, store: str = "findings store") -> None:
        super().__init__(f"{store} {path}: {reason}")
        self.path = path
        self.reason = reason


class NewerStore(StoreError):
    """The store's layout is newer than this program; carries found and known."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            path, f"layout {found} is newer than {known}, the newest this version reads; update theragraph"
        )
        self.found = found
        self.known = known
