"""Human judgements of findings, in decisions.db: precious, and keyed so that they survive mining again.

The key is the finding's id, which depends on what the sentence says and on nothing else.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, cast, get_args

from miner.errors import StoreError
from miner.findings import Level

Verdict = Literal["right", "wrong", "corrected"]
#: layout of the database, kept in its user_version
LAYOUT = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS judgement (
    finding_id TEXT PRIMARY KEY,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'corrected')),
    level TEXT NOT NULL DEFAULT '' CHECK (level IN ('', 'A', 'B', 'C', 'D', 'E')),
    note TEXT NOT NULL DEFAULT '',
    judged_by TEXT NOT NULL DEFAULT ''
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided about one finding."""

    finding_id: str
    verdict: Verdict
    #: replaces the suggested level; None keeps it
    level: Level | None = None
    note: str = ""
    #: who judged; "" if not said
    judged_by: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise ValueError(
                f"verdict {self.verdict!r} of finding {self.finding_id}; use one of right, wrong, corrected"
            )
        if self.level is not None and self.level not in get_args(Level):
            raise ValueError(f"level {self.level!r} of finding {self.finding_id}; use one of A, B, C, D, E")


class DecisionStore:
    """decisions.db; open it with `open` and close it, or use it in a with block."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> "DecisionStore":
        """The store at a path, made if it is not there.

        Raises:
            StoreError: the file is no decision store, or one of a newer version.
        """
        try:
            connection = sqlite3.connect(path)
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > LAYOUT:
                connection.close()
                raise StoreError(
                    path, f"decisions of layout {version}, this program knows {LAYOUT}; upgrade theragraph"
                )
            with connection:
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
        except sqlite3.Error as error:
            raise StoreError(path, f"cannot be opened as a decision store ({error})") from error
        return cls(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database; the store cannot be used afterwards."""
        self._connection.close()

    def put(self, judgement: Judgement) -> None:
        """Keeps a judgement; a later one on the same finding replaces it."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO judgement (finding_id, verdict, level, note, judged_by) VALUES (?, ?, ?, ?, ?)",
                (judgement.finding_id, judgement.verdict, judgement.level or "", judgement.note, judgement.judged_by),
            )

    def get(self, finding_id: str) -> Judgement | None:
        """The judgement of a finding, None if there is none."""
        row = self._connection.execute(
            "SELECT finding_id, verdict, level, note, judged_by FROM judgement WHERE finding_id = ?", (finding_id,)
        ).fetchone()
        return _judgement(row) if row else None

    def remove(self, finding_id: str) -> bool:
        """Forgets a judgement; whether there was one."""
        with self._connection:
            return self._connection.execute("DELETE FROM judgement WHERE finding_id = ?", (finding_id,)).rowcount > 0

    def list(self) -> Iterator[Judgement]:
        """Every judgement, by finding id."""
        rows = self._connection.execute(
            "SELECT finding_id, verdict, level, note, judged_by FROM judgement ORDER BY finding_id"
        )
        return (_judgement(row) for row in rows)


def _judgement(row: tuple[str, str, str, str, str]) -> Judgement:
    finding_id, verdict, level, note, judged_by = row
    return Judgement(finding_id, cast(Verdict, verdict), cast(Level, level) if level else None, note, judged_by)
