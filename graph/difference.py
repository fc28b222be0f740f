"""Writes the difference between the rows an owner should have and those its manifest lists: one engine transaction."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from graph.ddl import create_statement, delete_statement, upsert_statement
from graph.engines import EngineError, GraphEngine
from graph.errors import IncompleteWrite
from graph.manifest import Manifest
from graph.rows import Row, RowKind, address, check_row, content_hash, kind_of

log = logging.getLogger(__name__)

Owned = Mapping[str, Sequence[Row]]
T = TypeVar("T")


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


class Ahead(Generic[T]):
    """An iterator whose next item can be made early, while something else is waited for."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = iter(items)
        self._made: list[T] = []

    def prepare(self) -> None:
        """Make the next item now, if there is one."""
        if not self._made:
            self._made = list(islice(self._items, 1))

    def __iter__(self) -> Iterator[T]:
        self.prepare()
        while self._made:
            yield self._made.pop()
            self.prepare()


@dataclass(slots=True)
class _Difference:
    #: (owner, key, hash, row)
    written: list[tuple[str, str, bytes, Row]] = field(default_factory=list)
    #: of these, the keys that the manifest has never heard of
    new: set[str] = field(default_factory=set)
    #: (owner, key)
    gone: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """Sends differences to one engine; use inside Manifest.transaction()."""

    engine: GraphEngine
    manifest: Manifest
    tally: Tally
    #: this process found the graph empty: what the manifest has never heard of is not there, and is not looked for
    empty_before: bool = False

    def write(self, owned: Owned, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Make the owners have exactly these rows; nothing is sent when they already do.

        meanwhile runs while the engine works; it must not touch the manifest.
        """
        difference = self._difference(owned)
        if not difference.written and not difference.gone:
            return
        journal = [(owner, key) for owner, key, _, _ in difference.written] + difference.gone
        self.manifest.write_journal(journal)
        with ThreadPoolExecutor(1) as engine:
            sent = engine.submit(self._send, difference)
            meanwhile()
            sent.result()
        self.manifest.keep_rows((item[:3] for item in difference.written), difference.gone)

    def _send(self, difference: _Difference) -> None:
        """In one transaction; when new rows were created unseen and that failed, all of them are merged instead."""
        if self.empty_before:
            try:
                self._send_as(difference, difference.new, once=True)
            except EngineError as error:
                log.info("sent again without taking anything for granted: %s", error)
            else:
                return
        self._send_as(difference, frozenset())

    def _send_as(self, difference: _Difference, new: Set[str], *, once: bool = False) -> None:
        batches = [*_writes(difference.written, new), *_deletes(difference.gone)]
        counts = self.engine.write([(text, rows) for _, text, rows in batches], once=once)
        for (kind, _, _), count in zip(batches, counts, strict=True):
            if kind and count.matched != count.sent:
                raise IncompleteWrite(kind, count.sent, count.matched)

    def _difference(self, owned: Owned) -> _Difference:
        difference = _Difference()
        held = self.manifest.rows_of(owned.keys())
        for owner, rows in owned.items():
            known = held.get(owner, {})
            for row in rows:
                key = row.key
                content = content_hash(key, row.properties)
                before = known.pop(key, None)
                if before is None:
                    # twice in one transaction: merged, not created
                    (difference.new.discard if key in difference.new else difference.new.add)(key)
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


def _writes(written: Iterable[tuple[str, str, bytes, Row]], new: Set[str]) -> Iterator[_Batch]:
    """Nodes before relations, one batch a kind; those whose keys are new are created."""
    groups: dict[tuple[RowKind, bool], list[dict[str, Any]]] = {}
    for _, key, _, row in written:
        groups.setdefault((row.kind, key in new), []).append(row.message)
    for kind, created in sorted(groups, key=lambda group: (len(group[0]), group)):
        text = create_statement(kind) if created else upsert_statement(kind)
        yield kind[0], text, groups[kind, created]


def _deletes(gone: Iterable[tuple[str, str]]) -> list[_Batch]:
    """Relations before nodes; rows that are gone already are no fault."""
    groups: dict[RowKind, list[dict[str, Any]]] = {}
    for _, key in gone:
        groups.setdefault(kind_of(key), []).append(address(key))
    return [("", delete_statement(kind), groups[kind]) for kind in sorted(groups, key=lambda k: (-len(k), k))]
