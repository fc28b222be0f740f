"""Human judgements of findings, in decisions.db: precious, and keyed so that they survive mining again.

The key is the finding's id, which depends on what the sentence says and on nothing else. Beside it stands the finding
as it was judged, so that a judgement can be recognised, and filed under today's concept ids, when it is mined no more.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, Self, get_args

from miner.errors import StoreError
from miner.findings import RELATIONS, Certainty, Finding, FindingKind, Level, Polarity, finding_id

Verdict = Literal["right", "wrong", "corrected"]
#: "none" = the finding has no level, whatever is suggested
JudgedLevel = Literal["A", "B", "C", "D", "E", "none"]
#: relations without a negative of their own: only they go with does_not_support (definitions, From a sentence)
DENIABLE = frozenset(
    ("resistance", "reduced_sensitivity", "adverse_response", "inhibits", "activates", "binds", "better_outcome",
     "decreased_risk"),
)  # fmt: skip
#: kinds about a gene or variant and a disease: they name no therapy
_MARKER_KINDS = ("prognostic", "diagnostic", "predisposing")
_THERAPY, _MARKER, _EVENT = "a therapy", "a gene or variant", "an adverse event"
#: kind -> what its findings must name (definitions, From a sentence)
_NEEDS: dict[str, tuple[str, ...]] = {
    "predictive": (_THERAPY, _MARKER),
    "efficacy": (_THERAPY,),
    "target": (_THERAPY, _MARKER),
    "safety": (_THERAPY, _EVENT),
} | dict.fromkeys(_MARKER_KINDS, (_MARKER,))
_GENE_IN_VARIANT = re.compile(r"(?:HGNC|NCBIGene|FPLX):[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """What the sentence says in truth; None keeps what was mined."""

    kind: FindingKind | None = None
    relation: str | None = None
    polarity: Polarity | None = None
    certainty: Certainty | None = None

    def __post_init__(self) -> None:
        for name, values in corrections_allowed(self.kind).items():
            value = getattr(self, name)
            if value is not None and value not in values:
                raise ValueError(f"{name} {value!r}; use one of {', '.join(values)}")

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))

    def misfit(self, finding: Finding) -> tuple[str, str] | None:
        """(field, reason) where it cannot be said of this finding; None where it can."""
        if not self:
            return None
        kind, relation = self.kind or finding.kind, self.relation or finding.relation
        if relation not in RELATIONS[kind]:
            return "relation", f"{kind} goes with {', '.join(RELATIONS[kind])}, not with {relation}"
        named = {
            _THERAPY: bool(finding.drugs),
            _MARKER: bool(finding.genes or finding.variants),
            _EVENT: finding.event is not None,
        }
        missing = [need for need in _NEEDS[kind] if not named[need]]
        if self.kind and missing:
            return "kind", f"{kind} needs {' and '.join(missing)}, and the finding names none; judge it wrong"
        if (self.polarity or finding.polarity) == "does_not_support" and relation not in DENIABLE:
            return "polarity", f"{relation} has a negative of its own; does_not_support goes with other relations"
        return None

    def applied(self, finding: Finding) -> Finding:
        """The finding as corrected, under the id it was mined with; roles that the new kind lacks are left out."""
        stated = {f.name: value for f in fields(self) if (value := getattr(self, f.name))}
        if self.kind in _MARKER_KINDS:
            stated["drugs"] = ()
        if self.kind and self.kind != "safety":
            stated["event"] = None
        return replace(finding, **stated)


def corrections_allowed(kind: str | None = None) -> dict[str, tuple[str, ...]]:
    """Field of a correction -> the values it may have; the relations are those of the kind, or all."""
    every = dict.fromkeys(relation for relations in RELATIONS.values() for relation in relations)
    return {
        "kind": tuple(RELATIONS),
        "relation": RELATIONS.get(kind or "", tuple(every)),
        "polarity": get_args(Polarity),
        "certainty": get_args(Certainty),
    }


@dataclass(frozen=True, slots=True)
class Origin:
    """The finding as it was judged."""

    pmid: int
    sentence: str = ""
    kind: str = ""
    relation: str = ""
    polarity: str = ""
    #: sorted (role, id) pairs; empty where they are not known
    participants: tuple[tuple[str, str], ...] = ()

    def finding_id(self, current: Callable[[str], str] = lambda concept_id: concept_id) -> str:
        """The finding's id with today's ids of its participants; "" where it cannot be told."""
        if not self.participants:
            return ""
        today = {(role, _today(key, current)) for role, key in self.participants}
        return finding_id(str(self.pmid), self.sentence, self.kind, self.relation, self.polarity, sorted(today))


def _today(key: str, current: Callable[[str], str]) -> str:
    if key.startswith("TGV:"):
        return "TGV:" + _GENE_IN_VARIANT.sub(lambda gene: current(gene[0]), key[4:])
    return key if key.startswith("text:") else current(key)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided about one finding."""

    finding_id: str
    verdict: Verdict
    #: replaces the suggested level; None keeps it
    level: JudgedLevel | None = None
    note: str = ""
    #: who judged; "" if not said
    judged_by: str = ""
    correction: Correction = Correction()
    #: None for a judgement kept before origins were
    origin: Origin | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise ValueError(
                f"verdict {self.verdict!r} of finding {self.finding_id}; use one of right, wrong, corrected"
            )
        if self.level is not None and self.level not in get_args(JudgedLevel):
            raise ValueError(f"level {self.level!r} of finding {self.finding_id}; use one of A, B, C, D, E, none")
        if self.correction and self.verdict != "corrected":
            raise ValueError(f"a correction of finding {self.finding_id} with the verdict {self.verdict}")

    def applied(self, finding: Finding) -> Finding:
        """The finding as judged: corrected, with the judged level and a line of the trace for it."""
        judged = self.correction.applied(finding) if self.correction else finding
        if self.level is None:
            return judged
        level: Level | None = None if self.level == "none" else self.level
        if level == finding.level:
            return judged
        return replace(judged, level=level, level_trace=(*finding.level_trace, f"human judgement: {self.level}"))


def renewed(judgements: Iterable[Judgement], current: Callable[[str], str]) -> list[Judgement]:
    """The judgements, and those made under retired concept ids once more under today's; one's own judgement wins.

    current gives today's id of a concept.
    """
    kept = {judgement.finding_id: judgement for judgement in judgements}
    for judgement in list(kept.values()):
        today = judgement.origin.finding_id(current) if judgement.origin else ""
        if today and today not in kept:
            kept[today] = replace(judgement, finding_id=today)
    return list(kept.values())


#: layout of the database, kept in its user_version: 2 adds corrections, the level "none" and origins
LAYOUT = 2
_STORE = "decision store"
_TABLE = """
CREATE TABLE judgement (
    finding_id TEXT PRIMARY KEY,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'corrected')),
    level TEXT NOT NULL DEFAULT '' CHECK (level IN ('', 'A', 'B', 'C', 'D', 'E', 'none')),
    note TEXT NOT NULL DEFAULT '',
    judged_by TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    relation TEXT NOT NULL DEFAULT '',
    polarity TEXT NOT NULL DEFAULT '',
    certainty TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL DEFAULT ''
) STRICT
"""
_COLUMNS = "finding_id, verdict, level, note, judged_by, kind, relation, polarity, certainty, origin"


class DecisionStore:
    """decisions.db; open it with `open` and close it, or use it in a with block."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> "DecisionStore":
        """The store at a path, made if it is not there; one of an older layout is brought up to date, whole or not.

        Raises:
            StoreError: the file is no decision store, or one of a newer version.
        """
        try:
            connection = sqlite3.connect(path, isolation_level=None, timeout=30.0)
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > LAYOUT:
                connection.close()
                raise StoreError(
                    path,
                    f"layout {version}, this program knows {LAYOUT}; upgrade theragraph",
                    _STORE,
                )
            store = cls(path, connection)
            if version < LAYOUT:
                store._bring_up_to_date()
        except sqlite3.Error as error:
            raise StoreError(path, f"cannot be opened ({error}); is it another file?", _STORE) from error
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database; the store cannot be used afterwards."""
        self._connection.close()

    def put(self, *judgements: Judgement) -> None:
        """Keeps judgements, all or none; a later one on the same finding replaces the earlier."""
        self.change(judgements)

    def change(self, judgements: Iterable[Judgement], withdrawn: Iterable[str] = ()) -> None:
        """Keeps these judgements and forgets those of the withdrawn findings, all of it or nothing."""
        marks = ", ".join("?" * len(_COLUMNS.split(", ")))
        with self._transaction():
            self._connection.executemany(
                f"INSERT OR REPLACE INTO judgement ({_COLUMNS}) VALUES ({marks})", map(_row, judgements)
            )
            self._connection.executemany("DELETE FROM judgement WHERE finding_id = ?", ((key,) for key in withdrawn))

    def get(self, finding_id: str) -> Judgement | None:
        """The judgement of a finding, None if there is none."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM judgement WHERE finding_id = ?", (finding_id,)
        ).fetchone()
        return _judgement(row) if row else None

    def remove(self, finding_id: str) -> bool:
        """Forgets a judgement; whether there was one."""
        there = self.get(finding_id) is not None
        self.change((), (finding_id,))
        return there

    def list(self) -> Iterator[Judgement]:
        """Every judgement, by finding id."""
        return map(_judgement, self._connection.execute(f"SELECT {_COLUMNS} FROM judgement ORDER BY finding_id"))

    def _bring_up_to_date(self) -> None:
        with self._transaction():
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 1:
                self._connection.execute("ALTER TABLE judgement RENAME TO former")
            if version < LAYOUT:
                self._connection.execute(_TABLE)
            if version == 1:
                kept = "finding_id, verdict, level, note, judged_by"
                self._connection.execute(f"INSERT INTO judgement ({kept}) SELECT {kept} FROM former")
                self._connection.execute("DROP TABLE former")
            self._connection.execute(f"PRAGMA user_version = {LAYOUT}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(
                self.path, f"cannot be written ({error}); free some space or check its permissions", _STORE
            ) from error


def _row(judgement: Judgement) -> tuple[str, ...]:
    said, origin = judgement.correction, judgement.origin
    stated = (judgement.level, judgement.note, judgement.judged_by, said.kind, said.relation, said.polarity)
    kept = ""
    if origin:
        values = [getattr(origin, f.name) for f in fields(origin)]
        kept = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return (judgement.finding_id, judgement.verdict, *(value or "" for value in (*stated, said.certainty)), kept)


def _judgement(row: tuple[Any, ...]) -> Judgement:
    key, verdict, level, note, judged_by, kind, relation, polarity, certainty, kept = row
    correction = Correction(kind or None, relation or None, polarity or None, certainty or None)
    origin = None
    if kept:
        pmid, sentence, said, as_relation, as_polarity, participants = json.loads(kept)
        origin = Origin(pmid, sentence, said, as_relation, as_polarity, tuple((r, key) for r, key in participants))
    return Judgement(key, verdict, level or None, note, judged_by, correction, origin)
