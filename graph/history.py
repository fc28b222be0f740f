"""What claims said at each release: append-only, beside the stores, and what changed between two releases."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.claims import Aggregates
from graph.errors import UnknownRelease

ChangeKind = Literal["new", "gone", "level", "direction", "counts"]

_TABLES = """
CREATE TABLE IF NOT EXISTS release (
    number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, created_at TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS claim_state (
    claim TEXT, release INTEGER, state TEXT, PRIMARY KEY (claim, release)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class ClaimState:
    """What a claim says: in words and numbers."""

    statement: str
    numbers: Aggregates

    def to_text(self) -> str:
        """As it is kept."""
        numbers = {name: getattr(self.numbers, name) for name in self.numbers.__slots__}
        return json.dumps([self.statement, numbers], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> "ClaimState":
        """From what to_text gave."""
        statement, numbers = json.loads(text)
        return cls(statement, Aggregates(**numbers))


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One way in which a claim differs between two states of the graph."""

    claim_id: str
    statement: str
    #: level = best level; direction = for, against, mixed or open; counts = only numbers moved
    change: ChangeKind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """A release as the history knows it."""

    number: int
    name: str
    created_at: str
    digest: str


class History:
    """An open history.db; states are only ever added."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(_TABLES)

    def __enter__(self) -> "History":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def releases(self) -> list[ReleaseNote]:
        """All releases, oldest first."""
        return [ReleaseNote(*row) for row in self._db.execute("SELECT * FROM release ORDER BY number")]

    def states(self, number: int | None = None) -> dict[str, str]:
        """Claim id -> state text at a release, by default the last one."""
        statement = "SELECT claim, state, max(release) FROM claim_state WHERE release <= ? GROUP BY claim"
        rows = self._db.execute(statement, (2**62 if number is None else number,))
        return {claim: state for claim, state, _ in rows if state is not None}

    def append(self, name: str, created_at: str, digest: str, now: Mapping[str, str]) -> ReleaseNote:
        """Add a release with the claims whose state differs from the last one; name "" takes the next free one.

        The last release is given again when it has this digest: a load that was cut off after it had been noted.
        """
        known = self.releases()
        if known and known[-1].digest == digest and name in ("", known[-1].name):
            return known[-1]
        before = self.states()
        number = len(known) + 1
        changed = {claim: state for claim, state in now.items() if before.get(claim) != state}
        gone: dict[str, str | None] = {claim: None for claim in before if claim not in now}
        note = ReleaseNote(number, self._free_name(name or f"{created_at[:10]}.{number}"), created_at, digest)
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("INSERT INTO release VALUES (?, ?, ?, ?)", (number, note.name, created_at, digest))
        self._db.executemany(
            "INSERT INTO claim_state VALUES (?, ?, ?)",
            ((claim, number, state) for claim, state in sorted({**changed, **gone}.items())),
        )
        self._db.execute("COMMIT")
        return note

    def find(self, name: str) -> ReleaseNote:
        """The release of this name or number; raises UnknownRelease."""
        known = self.releases()
        for note in known:
            if name in (note.name, str(note.number)):
                return note
        raise UnknownRelease(name, tuple(note.name for note in known))

    def diff(self, first: str, second: str) -> tuple[ClaimChange, ...]:
        """What changed in the claims from one release to another, by statement."""
        a, b = self.find(first), self.find(second)
        return claim_changes(self.states(a.number), self.states(b.number))

    def _free_name(self, wanted: str) -> str:
        taken = {note.name for note in self.releases()}
        name, extra = wanted, 2
        while name in taken:
            name, extra = f"{wanted}-{extra}", extra + 1
        return name


def claim_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[ClaimChange, ...]:
    """All differences, in the order of the statements; a claim may change in level and in direction."""
    changes: list[ClaimChange] = []
    for claim in before.keys() | after.keys():
        old, new = before.get(claim), after.get(claim)
        if old != new:
            changes += _changes(claim, ClaimState.of(old) if old else None, ClaimState.of(new) if new else None)
    return tuple(sorted(changes, key=lambda c: (c.statement, c.claim_id, c.change)))


def _changes(claim: str, old: ClaimState | None, new: ClaimState | None) -> Iterable[ClaimChange]:
    if old is None or new is None:
        said = new or old
        if said:
            stands = said.numbers.stands
            yield ClaimChange(
                claim,
                said.statement,
                "new" if new else "gone",
                "" if new else stands,
                stands if new else "",
            )
        return
    level = (old.numbers.bestLevel or "none", new.numbers.bestLevel or "none")
    stands_both = (old.numbers.stands, new.numbers.stands)
    if level[0] != level[1]:
        yield ClaimChange(claim, new.statement, "level", *level)
    if stands_both[0] != stands_both[1]:
        yield ClaimChange(claim, new.statement, "direction", *stands_both)
    if level[0] == level[1] and stands_both[0] == stands_both[1]:
        counts = tuple(f"{s.numbers.studyCount} studies" for s in (old, new))
        yield ClaimChange(claim, new.statement, "counts", *counts)
