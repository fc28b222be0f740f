"""What a target graph holds, as its loader knows it: one SQLite file per target, written after each acknowledged write.

Rows stand by owner (a study, a claim, a concept, a variant ...) with the hash of what was written. A journal beside the
file names the rows of a write that may or may not have reached the engine; after a crash they count as unknown and are
written or deleted again.
"""

import json
import os
import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.assemble import StudyRows
from graph.claims import ClaimKey, Contribution, Sign
from graph.errors import UnusableManifest

FORMAT = 1
#: hash of a row of which it is not known whether the engine has it
UNKNOWN = b""
_CHUNK = 500

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE owned (owner TEXT, key TEXT, hash BLOB NOT NULL, PRIMARY KEY (owner, key)) WITHOUT ROWID;
CREATE TABLE study (pmid INTEGER PRIMARY KEY, input TEXT NOT NULL);
CREATE TABLE contribution (
    claim TEXT, evidence TEXT, pmid INTEGER NOT NULL, study_key TEXT NOT NULL, sign TEXT NOT NULL, level TEXT,
    year INTEGER, counted INTEGER NOT NULL, synthesis INTEGER NOT NULL, retracted INTEGER NOT NULL,
    PRIMARY KEY (claim, evidence)) WITHOUT ROWID;
CREATE INDEX contribution_pmid ON contribution (pmid);
CREATE TABLE claim (id TEXT PRIMARY KEY, kind TEXT, relation TEXT, participants TEXT, state TEXT) WITHOUT ROWID;
CREATE TABLE uses (concept TEXT, pmid INTEGER, name TEXT, genes TEXT, PRIMARY KEY (concept, pmid)) WITHOUT ROWID;
CREATE INDEX uses_pmid ON uses (pmid);
CREATE TABLE link (source INTEGER, type TEXT, start INTEGER, end INTEGER);
CREATE INDEX link_source ON link (source);
CREATE TABLE finding (id TEXT PRIMARY KEY, pmid INTEGER) WITHOUT ROWID;
CREATE INDEX finding_pmid ON finding (pmid);
CREATE TABLE judged (finding TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE dropped (pmid INTEGER, reason TEXT, count INTEGER, PRIMARY KEY (pmid, reason)) WITHOUT ROWID;
"""


class Manifest:
    """An open manifest. One process writes it; opening settles what a crash left in the journal."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._journal = path.with_name(path.name + ".journal")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise UnusableManifest(str(path), f"cannot be read ({error})") from error
        self._settle()

    def __enter__(self) -> "Manifest":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together, or not at all; the journal is dropped once it is kept."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        self._journal.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything but the holder's token: the target is empty."""
        with self.transaction():
            for table in ("owned", "study", "contribution", "claim", "uses", "link", "finding", "judged", "dropped"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("DELETE FROM meta WHERE key NOT IN ('format', 'holder')")

    def meta(self, key: str) -> str:
        """A noted value, "" if there is none."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def note(self, **values: str) -> None:
        """Keep values by name."""
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def write_journal(self, owned: Iterable[tuple[str, str]]) -> None:
        """Say on disk which (owner, key) rows the next write may touch, before it is sent."""
        data = zlib.compress(json.dumps(list(owned), separators=(",", ":")).encode(), 1)
        draft = self._journal.with_name(self._journal.name + ".draft")
        with draft.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._journal)

    def rows_of(self, owners: Iterable[str]) -> dict[str, dict[str, bytes]]:
        """owner -> key -> hash of the rows these owners have in the graph."""
        held: dict[str, dict[str, bytes]] = {}
        for owner, key, content in self._in("SELECT owner, key, hash FROM owned WHERE owner", list(owners)):
            held.setdefault(owner, {})[key] = content
        return held

    def keep_rows(self, written: Iterable[tuple[str, str, bytes]], gone: Iterable[tuple[str, str]]) -> None:
        """Note (owner, key, hash) rows that were written and (owner, key) rows that were deleted."""
        self._db.executemany("INSERT OR REPLACE INTO owned VALUES (?, ?, ?)", written)
        self._db.executemany("DELETE FROM owned WHERE owner = ? AND key = ?", gone)

    def all_rows(self) -> Iterator[tuple[str, bytes]]:
        """(key, hash) of every row, in no order that means anything."""
        return iter(self._db.execute("SELECT key, hash FROM owned"))

    def owners(self, prefix: str, *, unknown_only: bool = False) -> list[str]:
        """Owners of rows that begin with prefix and ":", sorted."""
        extra = " AND hash = x''" if unknown_only else ""
        statement = f"SELECT DISTINCT owner FROM owned WHERE owner >= ? AND owner < ?{extra} ORDER BY owner"
        return [owner for (owner,) in self._db.execute(statement, (f"{prefix}:", f"{prefix};"))]

    def is_empty(self) -> bool:
        """No row is known to be in the graph."""
        return self._db.execute("SELECT 1 FROM owned LIMIT 1").fetchone() is None

    def studies(self) -> dict[int, str]:
        """PMID -> digest of the inputs its rows were made from."""
        return dict(self._db.execute("SELECT pmid, input FROM study"))

    def forget_studies(self, pmids: Sequence[int]) -> None:
        """Drop what these studies brought, before new rows are noted."""
        marks = [(pmid,) for pmid in pmids]
        for table in ("study", "contribution", "uses", "finding", "dropped"):
            self._db.executemany(f"DELETE FROM {table} WHERE pmid = ?", marks)
        self._db.executemany("DELETE FROM link WHERE source = ?", marks)

    def keep_studies(self, studies: Sequence[StudyRows], made_from: Mapping[int, str]) -> None:
        """Note what studies bring, and the digest of the inputs that their rows were made from."""
        many = self._db.executemany
        many("INSERT OR REPLACE INTO study VALUES (?, ?)", ((s.pmid, made_from[s.pmid]) for s in studies))
        contributions = [item for study in studies for item in study.contributions]
        many("INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?, '')", map(_claim_values, contributions))
        many(
            "INSERT OR REPLACE INTO contribution VALUES (?,?,?,?,?,?,?,?,?,?)", map(_contribution_values, contributions)
        )
        many(
            "INSERT OR REPLACE INTO uses VALUES (?, ?, ?, ?)",
            ((i, s.pmid, name, " ".join(genes)) for s in studies for i, (name, genes) in s.uses.items()),
        )
        many("INSERT INTO link VALUES (?, ?, ?, ?)", ((s.pmid, *link) for s in studies for link in s.links))
        many("INSERT OR REPLACE INTO finding VALUES (?, ?)", ((i, s.pmid) for s in studies for i in s.finding_ids))
        many("INSERT INTO dropped VALUES (?, ?, ?)", ((s.pmid, *item) for s in studies for item in s.dropped.items()))

    def claims_of_studies(self, pmids: Sequence[int]) -> set[str]:
        """Ids of claims that these studies contribute to."""
        return {row[0] for row in self._in("SELECT DISTINCT claim FROM contribution WHERE pmid", pmids)}

    def claim_keys(self, ids: Iterable[str] | None = None) -> dict[str, ClaimKey]:
        """Claims by id: those asked for that are known, or all."""
        columns = "SELECT id, kind, relation, participants FROM claim"
        rows = self._db.execute(columns) if ids is None else self._in(f"{columns} WHERE id", sorted(ids))
        return {row[0]: ClaimKey(row[1], row[2], tuple(tuple(p) for p in json.loads(row[3]))) for row in rows}

    def claims_with(self, concept_id: str) -> set[str]:
        """Ids of claims that have this participant."""
        statement = "SELECT id FROM claim WHERE instr(participants, ?)"
        return {row[0] for row in self._db.execute(statement, (json.dumps(concept_id),))}

    def contributions(self, claims: Mapping[str, ClaimKey]) -> dict[str, list[Contribution]]:
        """Contributions to these claims, by claim id."""
        found: dict[str, list[Contribution]] = {}
        for row in self._in("SELECT * FROM contribution WHERE claim", sorted(claims)):
            sign: Sign = row[4]
            item = Contribution(claims[row[0]], row[1], row[2], row[3], sign, row[5], row[6], *map(bool, row[7:]))
            found.setdefault(row[0], []).append(item)
        return found

    def keep_claim_states(self, states: Mapping[str, str | None]) -> None:
        """Note what claims say now; None removes a claim that nothing is reported about any more."""
        said = ((state, claim) for claim, state in states.items() if state is not None)
        self._db.executemany("UPDATE claim SET state = ? WHERE id = ?", said)
        gone = ((claim,) for claim, state in states.items() if state is None)
        self._db.executemany("DELETE FROM claim WHERE id = ?", gone)

    def claim_states(self) -> dict[str, str]:
        """What every claim says, by id."""
        return dict(self._db.execute("SELECT id, state FROM claim"))

    def variants_of_studies(self, pmids: Sequence[int], prefix: str) -> set[str]:
        """Ids with this prefix that these studies use."""
        rows = self._in("SELECT DISTINCT concept FROM uses WHERE pmid", pmids)
        return {concept for (concept,) in rows if concept.startswith(prefix)}

    def uses_of(self, concept_id: str) -> list[tuple[str, tuple[str, ...]]]:
        """(name, gene ids) that studies give a concept."""
        rows = self._db.execute("SELECT DISTINCT name, genes FROM uses WHERE concept = ?", (concept_id,))
        return [(name, tuple(genes.split())) for name, genes in rows]

    def variant_name(self, variant_id: str) -> str:
        """The name a variant goes by, the least of those that studies give; "" when none uses it."""
        row = self._db.execute("SELECT min(name) FROM uses WHERE concept = ?", (variant_id,)).fetchone()
        return str(row[0] or "")

    def used_concepts(self) -> set[str]:
        """Ids of every concept and variant that a study needs."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT concept FROM uses")}

    def held_links(self) -> list[tuple[str, int, int]]:
        """(type, start, end) links of which both records are held, sorted, each once."""
        held = "end IN (SELECT pmid FROM study) AND start IN (SELECT pmid FROM study)"
        return list(self._db.execute(f"SELECT DISTINCT type, start, end FROM link WHERE {held} ORDER BY 1, 2, 3"))

    def judged(self) -> dict[str, str]:
        """Finding id -> digest of the judgement that the graph reflects."""
        return dict(self._db.execute("SELECT finding, digest FROM judged"))

    def keep_judged(self, judged: Mapping[str, str]) -> None:
        """Replace what judged() gives."""
        self._db.execute("DELETE FROM judged")
        self._db.executemany("INSERT INTO judged VALUES (?, ?)", judged.items())

    def studies_of_findings(self, finding_ids: Sequence[str]) -> set[int]:
        """PMIDs of the studies that these findings stand in."""
        return {row[0] for row in self._in("SELECT pmid FROM finding WHERE id", finding_ids)}

    def dropped(self) -> dict[str, int]:
        """How much did not become rows, by reason, over all studies."""
        return dict(self._db.execute("SELECT reason, sum(count) FROM dropped GROUP BY reason ORDER BY reason"))

    def _in(self, statement: str, values: Sequence[Any]) -> Iterator[Any]:
        for first in range(0, len(values), _CHUNK):
            chunk = values[first : first + _CHUNK]
            yield from self._db.execute(f"{statement} IN ({','.join('?' * len(chunk))})", chunk)

    def _prepare(self) -> None:
        if self._db.execute("PRAGMA user_version").fetchone()[0] == 0:
            self._db.executescript(f"BEGIN;{_TABLES}PRAGMA user_version = {FORMAT};COMMIT;")
            self.note(format=str(FORMAT), holder=secrets.token_hex(8))
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found != FORMAT:
            raise UnusableManifest(str(self.path), f"has format {found}, this program reads {FORMAT}")

    def _settle(self) -> None:
        if not self._journal.exists():
            return
        touched = json.loads(zlib.decompress(self._journal.read_bytes()))
        with self.transaction():
            self.keep_rows(((owner, key, UNKNOWN) for owner, key in touched), ())
            studies = [(int(owner.split(":")[1]),) for owner, _ in touched if owner.startswith("study:")]
            self._db.executemany("INSERT OR REPLACE INTO study VALUES (?, '')", studies)


def last_load(manifest: Path) -> tuple[str, dict[str, int]]:
    """Digest of the graph as the last finished load left it, and what did not become rows, by reason.

    ("", {}) when there was none. Asks no engine.
    """
    if not manifest.exists():
        return "", {}
    with Manifest(manifest) as held:
        return held.meta("digest"), held.dropped()


def _claim_values(item: Contribution) -> tuple[str, str, str, str]:
    claim = item.claim
    return claim.id, claim.kind, claim.relation, json.dumps(claim.participants, separators=(",", ":"))


def _contribution_values(item: Contribution) -> tuple[Any, ...]:
    flags = (int(item.counted), int(item.synthesis), int(item.retracted))
    return item.claim.id, item.evidence_id, item.pmid, item.study_key, item.sign, item.level, item.year, *flags
