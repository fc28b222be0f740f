"""The canonical digest of a graph, and its counts: the same whichever engine holds it and in whatever order it is read.

Per kind the hashes of all rows are added modulo 2^256 (AdHash: Bellare & Micciancio 1997, A new paradigm for
collision-free hashing: incrementality at reduced cost), so nothing has to be sorted or held in memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.ddl import ids_statement, read_statement, relation_kinds
from graph.engines import GraphEngine
from graph.kinds import Property
from graph.rows import NodeRow, RelationRow, Row, RowKind, Value, kind_of, kind_properties, row_hash
from graph.schema import NODES
from miner.findings import digest

#: nodes whose rows, or whose relations of one type, are read in one go
_PAGE = 1_000
_MODULUS = 2**256


@dataclass(frozen=True, slots=True)
class GraphDigest:
    """What identifies a graph's content, and how many rows of each label and type it has."""

    value: str
    counts: Mapping[str, int]


class RowSums:
    """Adds up row hashes by label or type."""

    def __init__(self) -> None:
        self._sums: dict[str, int] = {}
        self._counts: dict[str, int] = {}

    def add(self, kind: str, content: bytes) -> None:
        """Count one row."""
        self._sums[kind] = (self._sums.get(kind, 0) + int.from_bytes(content)) % _MODULUS
        self._counts[kind] = self._counts.get(kind, 0) + 1

    def result(self) -> GraphDigest:
        """The digest of all that was added."""
        counts = dict(sorted(self._counts.items()))
        return GraphDigest(digest("graph", [(k, n, f"{self._sums[k]:064x}") for k, n in counts.items()]), counts)


def graph_digest(engine: GraphEngine) -> GraphDigest:
    """Read the whole graph back and digest it; bookkeeping kinds are outside."""
    sums = RowSums()
    for row in read_rows(engine):
        sums.add(row.kind[0], row_hash(row))
    return sums.result()


def digest_of(rows: Iterable[tuple[str, bytes]]) -> GraphDigest:
    """The digest of rows given as (key, hash): what graph_digest gives for a graph with these rows."""
    sums = RowSums()
    for key, content in rows:
        sums.add(kind_of(key)[0], content)
    return sums.result()


def read_rows(engine: GraphEngine) -> Iterator[Row]:
    """Every row that the digest covers, a page at a time: nodes by label, then relations by start label."""
    starts = [kind for kind in relation_kinds() if NODES[kind[1]].digested]
    for node in NODES.values():
        if not node.digested:
            continue
        listed = engine.read(ids_statement(node.label), timeout_s=600.0)
        ids = [row[0] for row in listed.rows]
        for page in _pages(ids):
            for values in engine.read(read_statement((node.label,)), {"ids": page}, timeout_s=600.0).rows:
                yield NodeRow(node.label, values[0], typed(node.properties[1:], values[1:]))
        for kind in starts:
            if kind[1] == node.label:
                yield from _read_relations(engine, kind, ids)


def typed(properties: Sequence[Property], values: Sequence[Any]) -> dict[str, Value]:
    """Values as the loader would hold them: nulls left out, lists as tuples, numbers of the schema's type."""
    return {prop.name: _typed(prop, value) for prop, value in zip(properties, values, strict=True) if value is not None}


def _typed(prop: Property, value: Any) -> Value:
    if prop.type == "strings":
        return tuple(value)
    if prop.type == "float":
        return float(value)
    if prop.type == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value  # type: ignore[no-any-return]


def _read_relations(engine: GraphEngine, kind: RowKind, ids: Sequence[str]) -> Iterator[Row]:
    type_, start_label, end_label = kind
    for page in _pages(ids):
        for start, end, *values in engine.read(read_statement(kind), {"ids": page}, timeout_s=600.0).rows:
            yield RelationRow(type_, start_label, start, end_label, end, typed(kind_properties(kind), values))


def _pages(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _PAGE):
        yield ids[first : first + _PAGE]
