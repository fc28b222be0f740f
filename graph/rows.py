"""What is written to an engine: node and relation rows, their keys, hashes, and their check against the schema."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import RowRefused
from graph.schema import NODES, RELATIONS, Property

Value = str | int | float | bool | tuple[str, ...]

#: (label,) of a node, (type, start label, end label) of a relation
RowKind = tuple[str, ...]

#: separates the parts of a row's key; refused inside ids
_BREAK = "\t"
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
        return {"id": self.id, **{name: _sendable(value) for name, value in self.properties.items()}}


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
        return {"s": self.start, "e": self.end, **{name: _sendable(value) for name, value in self.properties.items()}}


Row = NodeRow | RelationRow


def row_hash(row: Row) -> bytes:
    """32 bytes that change exactly when the row's key or a property changes."""
    return content_hash(row.key, row.properties)


def content_hash(key: str, properties: Mapping[str, Value]) -> bytes:
    """Hash of a key and its properties, canonical JSON; an integral float hashes as a float, a null is left out."""
    line = json.dumps([key, properties], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
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
    if isinstance(row, NodeRow) and row.label not in NODES:
        raise RowRefused(row.label, row.key, "the schema has no such label")
    if isinstance(row, RelationRow) and (
        row.type not in RELATIONS or (row.start_label, row.end_label) not in RELATIONS[row.type].ends
    ):
        raise RowRefused(row.type, row.key, f"it may not join {row.start_label} to {row.end_label}")
    left = dict(row.properties)
    for prop in kind_properties(row.kind):
        _check_value(row, prop, left.pop(prop.name, None))
    if left:
        raise RowRefused(row.kind[0], row.key, f"the schema has no property {min(left)!r}")


def _check_value(row: Row, prop: Property, value: Any) -> None:
    if value is None:
        if prop.required:
            raise RowRefused(row.kind[0], row.key, f"{prop.name} is missing")
        return
    wrong = not isinstance(value, _TYPES[prop.type]) or (isinstance(value, bool) and prop.type != "boolean")
    if wrong or (isinstance(value, tuple) and not all(isinstance(part, str) for part in value)):
        raise RowRefused(row.kind[0], row.key, f"{prop.name} is {value!r}, not {prop.type}")
    if prop.values and value not in prop.values:
        raise RowRefused(row.kind[0], row.key, f"{prop.name} is {value!r}; allowed: {', '.join(prop.values)}")


def _sendable(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value
