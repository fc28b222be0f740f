"""What is written to an engine: node and relation rows, their keys, hashes, and their check against the schema."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph.errors import RowRefused
from graph.kinds import Property
from graph.schema import NODES, RELATIONS

Value = str | int | float | bool | tuple[str, ...]

#: (label,) of a node, (type, start label, end label) of a relation
RowKind = tuple[str, ...]

#: separates the parts of a row's key; refused inside ids
_BREAK = "\t"
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_TYPES: dict[str, type] = {"string": str, "integer": int, "float": float, "boolean": bool, "strings": tuple}


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One node as it should stand in the graph; properties without id and without nulls."""

    label: str
    id: str
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def kind(self) -> RowKind:
        """What the row is, for statements and counts."""
        return (self.label,)

    @property
    def key(self) -> str:
        """The row's address: at most one row of a graph has it."""
        return f"{self.label}{_BREAK}{self.id}"

    @property
    def message(self) -> dict[str, Any]:
        """The row as it is bound into a statement."""
        return {"id": self.id, **self.properties}


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One relation as it should stand in the graph; properties without nulls."""

    type: str
    start_label: str
    start: str
    end_label: str
    end: str
    properties: Mapping[str, Value] = field(default_factory=dict)

    @property
    def kind(self) -> RowKind:
        """What the row is, for statements and counts."""
        return (self.type, self.start_label, self.end_label)

    @property
    def key(self) -> str:
        """The row's address: at most one row of a graph has it."""
        return _BREAK.join((self.type, self.start_label, self.start, self.end_label, self.end))

    @property
    def message(self) -> dict[str, Any]:
        """The row as it is bound into a statement; s and e are the ids of its ends."""
        return {"s": self.start, "e": self.end, **self.properties}


Row = NodeRow | RelationRow


def row_hash(row: Row) -> bytes:
    """32 bytes that change exactly when the row's key or a property changes."""
    return content_hash(row.key, row.properties)


def content_hash(key: str, properties: Mapping[str, Value]) -> bytes:
    """Hash of a key and its properties, canonical JSON; an integral float hashes as a float, a null is left out."""
    line = _CANONICAL.encode([key, properties])
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest()


def kind_of(key: str) -> RowKind:
    """The kind of the row with this key."""
    parts = key.split(_BREAK)
    return (parts[0],) if len(parts) == 2 else (parts[0], parts[1], parts[3])


def address(key: str) -> dict[str, str]:
    """What a delete statement needs to find the row with this key."""
    parts = key.split(_BREAK)
    return {"id": parts[1]} if len(parts) == 2 else {"s": parts[2], "e": parts[4]}


def present(**values: Value | Sequence[str] | None) -> dict[str, Value]:
    """Properties without nulls and empty strings, lists as tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value  # type: ignore[misc]
        for name, value in values.items()
        if value is not None and value != ""
    }


def kind_properties(kind: RowKind) -> tuple[Property, ...]:
    """Properties of a kind in schema order, without a node's id."""
    return NODES[kind[0]].properties[1:] if len(kind) == 1 else RELATIONS[kind[0]].properties


def check_row(row: Row) -> None:
    """Raise RowRefused unless the row fits the schema: ends, names, types, values, required properties."""
    ids = (row.id,) if isinstance(row, NodeRow) else (row.start, row.end)
    if not all(isinstance(part, str) and part and _BREAK not in part for part in ids):
        raise RowRefused(row.kind[0], row.key, "an id is empty, not text, or holds a tab")
    expected = _expected(row.kind)
    if expected is None:
        raise RowRefused(row.kind[0], row.key, f"the schema has no {' '.join(row.kind)}")
    known, required = expected
    for name, value in row.properties.items():
        if name not in known:
            raise RowRefused(row.kind[0], row.key, f"the schema has no property {name!r}")
        prop = known[name]
        if type(value) is not _TYPES[prop.type] or (prop.type == "strings" and not _all_text(value)):
            raise RowRefused(row.kind[0], row.key, f"{name} is {value!r}, not {prop.type}")
        if prop.values and value not in prop.values:
            raise RowRefused(row.kind[0], row.key, f"{name} is {value!r}; allowed: {', '.join(prop.values)}")
    if not required <= row.properties.keys():
        missing = min(required - row.properties.keys())
        raise RowRefused(row.kind[0], row.key, f"{missing} is missing")


@cache
def _expected(kind: RowKind) -> tuple[dict[str, Property], frozenset[str]] | None:
    """Properties by name and names of the required ones; None for a kind that the schema does not have."""
    if (
        (kind[0] not in NODES)
        if len(kind) == 1
        else (kind[0] not in RELATIONS or kind[1:] not in RELATIONS[kind[0]].ends)
    ):
        return None
    properties = kind_properties(kind)
    return {p.name: p for p in properties}, frozenset(p.name for p in properties if p.required)


def _all_text(values: object) -> bool:
    return isinstance(values, tuple) and all(type(value) is str for value in values)
