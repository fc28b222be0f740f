"""One SQLite connection to an article store: opened, migrated, its errors in our words (disk)."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.errors import StoreError, StoreMissingError, StoreVersionError

#: "TGcs": marks the file as ours (PRAGMA application_id).
_APPLICATION = 0x54476373
_MIGRATION = re.compile(r"(\d{4})_\w+\.sql")
_BUSY_MS = 30_000


class Database:
    """A connection with nested transactions: an inner one joins the outer one."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._depth = 0

    @classmethod
    def open(cls, path: Path, *, create: bool) -> "Database":
        """The store at path, brought to the present format; raises StoreError and its kinds."""
        if not path.exists() and not create:
            raise StoreMissingError(path)
        with _told(path):
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None)
            database = cls(path, connection)
            try:
                database._prepare()
            except BaseException:
                connection.close()
                raise
        return database

    def close(self) -> None:
        """Give the file back; what is committed stays."""
        self._connection.close()

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        with _told(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def run(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        """Rows that a statement changed."""
        with _told(self.path):
            return self._connection.execute(sql, parameters).rowcount

    def run_many(self, sql: str, parameters: list[tuple[object, ...]]) -> None:
        """One statement for many rows."""
        with _told(self.path):
            self._connection.executemany(sql, parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing on disk, also when the process is killed."""
        if self._depth == 0:
            self.run("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0 and self._connection.in_transaction:
                self._connection.rollback()
            raise
        self._depth -= 1
        if self._depth == 0:
            self.run("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads inside see one moment, whatever others write meanwhile."""
        self.run("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()

    def _prepare(self) -> None:
        application = self._connection.execute("PRAGMA application_id").fetchone()[0]
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and application != _APPLICATION:
            raise StoreError(self.path, "a database of another program, not an article store")
        steps = _migrations()
        if version > len(steps):
            raise StoreVersionError(self.path, version, len(steps))
        if version < len(steps):
            self._connection.execute("PRAGMA journal_mode = WAL")
        # WAL with NORMAL survives a killed process whole; a power cut may cost the last batches (sqlite.org/wal.html).
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("PRAGMA cache_size = -65536")
        for number in range(version + 1, len(steps) + 1):
            self._migrate(number, steps[number - 1])

    def _migrate(self, number: int, script: str) -> None:
        """One step, in one transaction; another process may have done it meanwhile."""
        with self.transaction():
            if self._connection.execute("PRAGMA user_version").fetchone()[0] >= number:
                return
            for statement in _statements(script):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {number}")


def _migrations() -> list[str]:
    """Scripts in order; their numbers run from 1 without a gap."""
    folder = resources.files("corpus") / "migrations"
    found = sorted((x.name, x.read_text("utf-8")) for x in folder.iterdir() if _MIGRATION.fullmatch(x.name))
    return [script for _, script in found]


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors as StoreError, with what to do where that is known."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(path, _reason(error)) from error
    except OSError as error:
        raise StoreError(path, f"cannot be opened ({error.strerror or error})") from error


def _reason(error: sqlite3.Error) -> str:
    text = str(error)
    known = {
        "SQLITE_FULL": "the disk is full; free some space and run the same command again",
        "SQLITE_READONLY": "the store is read-only; check the permissions of the file and its folder",
        "SQLITE_CANTOPEN": "cannot be opened; check the folder and its permissions",
        "SQLITE_NOTADB": "not an article store, or damaged",
        "SQLITE_CORRUPT": "the store is damaged; restore a backup or harvest again into an empty home",
        "SQLITE_BUSY": "another process is writing to the store; run the same command again",
        "SQLITE_IOERR": "reading or writing the disk failed",
    }
    name = getattr(error, "sqlite_errorname", "") or ""
    for code, words in known.items():
        if name.startswith(code):
            return f"{words} ({text})"
    return text
