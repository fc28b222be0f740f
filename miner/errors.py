"""What can go wrong while articles are mined.

MinerError
├── MinerInputError           an annotate input, or an option's value, cannot be used
├── VocabularyError           a vocabulary table is missing, damaged or does not fit its declaration
└── StoreError                the findings store cannot be read or written
    └── NewerStore            it was made by a newer version of this program

A bad document is none of these: it becomes a row of the failure ledger, or an error line of annotate.
"""

from pathlib import Path


class MinerError(Exception):
    """Root of the miner package's own errors."""


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


class StoreError(MinerError):
    """The findings store cannot be used; carries path and reason."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"findings store {path}: {reason}")
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
