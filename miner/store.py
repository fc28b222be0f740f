"""findings.db: what was mined from which article text, by which rules, and what failed. Rebuildable from corpus.db."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from miner.codec import (
    conclusions_from_json,
    conclusions_to_json,
    drops_from_json,
    drops_to_json,
    mentions_from_json,
    mentions_to_json,
    pack,
    unpack,
)
from miner.errors import NewerStore, StoreError
from miner.findings import MinedArticle, digest

#: layout of the file; one change, one number. The content is rebuildable: an older layout is emptied, not migrated.
LAYOUT = 1
_SCHEMA = """
CREATE TABLE mined (
    pmid INTEGER PRIMARY KEY, version INTEGER NOT NULL, text_digest TEXT NOT NULL, content_hash TEXT NOT NULL,
    entity_digest TEXT NOT NULL, finding_digest TEXT NOT NULL, mined_digest TEXT NOT NULL,
    mentions BLOB NOT NULL, conclusions BLOB NOT NULL, drops BLOB NOT NULL);
CREATE TABLE tally (
    pmid INTEGER NOT NULL, stage TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (pmid, stage, name)
) WITHOUT ROWID;
CREATE TABLE failures (
    pmid INTEGER PRIMARY KEY, version INTEGER NOT NULL, text_digest TEXT NOT NULL, stage TEXT NOT NULL,
    message TEXT NOT NULL);
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state VALUES ('changes', 0);
"""
_TABLES = ("mined", "tally", "failures", "state")


@dataclass(frozen=True, slots=True)
class MiningKey:
    """What decides whether an article must be mined again."""

    pmid: int
    version: int
    text_digest: str
    #: digest of the whole record: publication types, MeSH and registry ids matter to the design
    content_hash: str
    entity_digest: str
    finding_digest: str


@dataclass(frozen=True, slots=True)
class MinedRow:
    """One article as it goes into the store."""

    key: MiningKey
    mined: MinedArticle


@dataclass(frozen=True, slots=True)
class FailedRow:
    """One article whose mining failed, and where."""

    pmid: int
    version: int
    text_digest: str
    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class MiningStatus:
    """What the store holds, counted."""

    path: str
    articles: int
    failures: int
    #: (stage, name, count), sorted: mention by type, finding by "kind relation", challenge by class, design by name,
    #: drop by "stage: gate"
    counts: tuple[tuple[str, str, int], ...]

    def count(self, stage: str) -> int:
        """Sum over the names of a stage ("mention", "finding", "challenge", "drop")."""
        return sum(n for s, _, n in self.counts if s == stage)


class FindingStore:
    """The store of mined articles; one writer at a time, readers beside it (SQLite WAL)."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> "FindingStore":
        """The store at path, made if missing; raises NewerStore, StoreError."""
        try:
            connection = sqlite3.connect(path, isolation_level=None, timeout=30.0)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            found = connection.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise StoreError(path, f"{error}; if the file is damaged, delete it and run mine again") from error
        if found > LAYOUT:
            connection.close()
            raise NewerStore(path, found, LAYOUT)
        store = cls(path, connection)
        if found < LAYOUT:
            store._create()
        return store

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def __enter__(self) -> "FindingStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def put(self, rows: Sequence[MinedRow], failed: Sequence[FailedRow] = ()) -> None:
        """Write a batch in one transaction; an article stands either among the mined or among the failed."""
        with self._transaction() as connection:
            self._forget(connection, [r.key.pmid for r in rows] + [f.pmid for f in failed])
            connection.executemany(
                "INSERT INTO mined VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (_stored(row) for row in rows)
            )
            connection.executemany(
                "INSERT INTO tally VALUES (?, ?, ?, ?)",
                ((r.key.pmid, *count) for r in rows for count in _tally(r.mined)),
            )
            connection.executemany(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?)",
                ((f.pmid, f.version, f.text_digest, f.stage, f.message) for f in failed),
            )

    def remove(self, pmids: Iterable[int]) -> None:
        """Forget articles that the corpus no longer holds."""
        with self._transaction() as connection:
            self._forget(connection, list(pmids))

    def held(self) -> Iterator[MiningKey]:
        """What was mined from what, in PMID order."""
        rows = self._rows(
            "SELECT pmid, version, text_digest, content_hash, entity_digest, finding_digest FROM mined ORDER BY pmid"
        )
        return (MiningKey(*row) for row in rows)

    def get(self, pmid: int) -> MinedArticle | None:
        """What was mined from an article; None where it was not."""
        return next(iter(self.mined((pmid,))), None)

    def mined(self, pmids: Iterable[int] | None = None) -> Iterator[MinedArticle]:
        """What was mined from these articles, or from all, in PMID order; those not mined are left out."""
        sql = "SELECT pmid, text_digest, mentions, conclusions, drops FROM mined"
        if pmids is None:
            for row in self._connection.execute(f"{sql} ORDER BY pmid"):
                yield _mined(row)
            return
        for pmid in sorted(set(pmids)):
            for row in self._rows(f"{sql} WHERE pmid = ?", (pmid,)):
                yield _mined(row)

    def mined_digests(self) -> Iterator[tuple[int, str]]:
        """(PMID, digest of its mentions, findings, challenges and design) in PMID order."""
        return iter(self._rows("SELECT pmid, mined_digest FROM mined ORDER BY pmid"))

    def digest(self) -> str:
        """Digest of all that was mined; the same for the same corpus and rules, interrupted or not."""
        return digest("mined", [list(pair) for pair in self.mined_digests()])

    def failures(self) -> tuple[FailedRow, ...]:
        """Articles whose mining failed, in PMID order."""
        return tuple(FailedRow(*row) for row in self._rows("SELECT * FROM failures ORDER BY pmid"))

    def status(self) -> MiningStatus:
        """What the store holds, counted."""
        counts = self._rows("SELECT stage, name, sum(n) FROM tally GROUP BY stage, name ORDER BY stage, name")
        articles, failures = self._rows("SELECT (SELECT count(*) FROM mined), (SELECT count(*) FROM failures)")[0]
        return MiningStatus(str(self.path), articles, failures, tuple(counts))

    def state(self) -> int:
        """A counter that moves with every change; equal values mean that nothing changed in between."""
        return int(self._rows("SELECT value FROM state WHERE name = 'changes'")[0][0])

    def _create(self) -> None:
        with self._transaction(counted=False) as connection:
            for table in _TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {LAYOUT}")

    def _forget(self, connection: sqlite3.Connection, pmids: list[int]) -> None:
        for table in ("mined", "tally", "failures"):
            connection.executemany(f"DELETE FROM {table} WHERE pmid = ?", ((pmid,) for pmid in pmids))

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(
                self.path, f"cannot be read ({error}); if it is damaged, delete it and run mine again"
            ) from error

    @contextmanager
    def _transaction(self, *, counted: bool = True) -> Iterator[sqlite3.Connection]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                if counted:
                    self._connection.execute("UPDATE state SET value = value + 1 WHERE name = 'changes'")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(
                self.path, f"cannot be written ({error}); free some space or check its permissions"
            ) from error


def _stored(row: MinedRow) -> tuple[object, ...]:
    key, mined = row.key, row.mined
    mentions, conclusions = mentions_to_json(mined.mentions), conclusions_to_json(mined)
    return (
        key.pmid,
        key.version,
        key.text_digest,
        key.content_hash,
        key.entity_digest,
        key.finding_digest,
        digest("article", key.text_digest, mentions, conclusions),
        pack(mentions),
        pack(conclusions),
        pack(drops_to_json(mined.drops)),
    )


def _mined(row: tuple[int, str, bytes, bytes, bytes]) -> MinedArticle:
    pmid, text_digest, mentions, conclusions, drops = row
    findings, challenges, design = conclusions_from_json(unpack(conclusions))
    return MinedArticle(
        str(pmid),
        text_digest,
        mentions_from_json(unpack(mentions)),
        findings,
        challenges,
        design,
        drops_from_json(unpack(drops)),
    )


def _tally(mined: MinedArticle) -> list[tuple[str, str, int]]:
    counts: dict[tuple[str, str], int] = {}
    pairs: list[tuple[str, str]] = [("mention", m.type) for m in mined.mentions]
    pairs += [("unlinked", m.type) for m in mined.mentions if m.concept_id is None]
    pairs += [("finding", f"{f.kind} {f.relation}") for f in mined.findings]
    pairs += [("challenge", name) for c in mined.challenges for name in c.classes]
    pairs += [("design", mined.design.design)]
    pairs += [("drop", f"{d.stage}: {d.gate}") for d in mined.drops]
    for pair in pairs:
        counts[pair] = counts.get(pair, 0) + 1
    return [(stage, name, n) for (stage, name), n in sorted(counts.items())]
