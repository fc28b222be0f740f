"""Writes the difference between the rows an owner should have and those its manifest lists: one engine transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.ddl import delete_statement, upsert_statement
from graph.engines import GraphEngine
from graph.errors import IncompleteWrite
from graph.manifest import UNKNOWN, Manifest
from graph.rows import Row, RowKind, address, check_row, content_hash, kind_of

Owned = Mapping[str, Sequence[Row]]


@dataclass(slots=True)
class Tally:
    """Rows by label or type that a load wrote or deleted."""

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All of them."""
        return self.created.total() + self.changed.total() + self.deleted.total()


@dataclass(slots=True)
class _Difference:
    #: (owner, key, hash, row)
    written: list[tuple[str, str, bytes, Row]] = field(default_factory=list)
    #: (owner, key)
    gone: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """Sends differences to one engine; use inside Manifest.transaction()."""

    engine: GraphEngine
    manifest: Manifest
    tally: Tally

    def write(self, owned: Owned) -> None:
        """Make the owners have exactly these rows; nothing is sent when they already do."""
        difference = self._difference(owned)
        if not difference.written and not difference.gone:
            return
        journal = [(owner, key) for owner, key, _, _ in difference.written] + difference.gone
        self.manifest.write_journal(journal)
        batches = [*_upserts(difference.written), *_deletes(difference.gone)]
        counts = self.engine.write((text, rows) for _, text, rows in batches)
        for (kind, _, _), count in zip(batches, counts, strict=True):
            if kind and count.matched != count.sent:
                raise IncompleteWrite(kind, count.sent, count.matched)
        self.manifest.keep_rows((item[:3] for item in difference.written), difference.gone)

    def _difference(self, owned: Owned) -> _Difference:
        difference = _Difference()
        held = self.manifest.rows_of(owned.keys())
        for owner, rows in owned.items():
            known = held.get(owner, {})
            for row in rows:
                key = row.key
                content = content_hash(key, row.properties)
                before = known.pop(key, UNKNOWN)
                if before != content:
                    check_row(row)
                    difference.written.append((owner, key, content, row))
                    (self.tally.changed if before else self.tally.created)[row.kind[0]] += 1
            for key in known:
                difference.gone.append((owner, key))
                self.tally.deleted[kind_of(key)[0]] += 1
        return difference


#: (name of the kind when sent must equal matched, statement, rows)
_Batch = tuple[str, str, list[dict[str, Any]]]


def _upserts(written: Iterable[tuple[str, str, bytes, Row]]) -> list[_Batch]:
    """Nodes before relations, one batch a kind."""
    groups: dict[RowKind, list[dict[str, Any]]] = {}
    for *_, row in written:
        groups.setdefault(row.kind, []).append(row.message)
    return [(kind[0], upsert_statement(kind), groups[kind]) for kind in sorted(groups, key=lambda k: (len(k), k))]


def _deletes(gone: Iterable[tuple[str, str]]) -> list[_Batch]:
    """Relations before nodes; rows that are gone already are no fault."""
    groups: dict[RowKind, list[dict[str, Any]]] = {}
    for _, key in gone:
        groups.setdefault(kind_of(key), []).append(address(key))
    return [("", delete_statement(kind), groups[kind]) for kind in sorted(groups, key=lambda k: (-len(k), k))]
