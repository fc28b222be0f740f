"""Values as the driver gives them -> plain Python: scalars, lists, maps."""

from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time


def plain(value: Any) -> Any:
    """A value that every output format can write.

    A node becomes {labels, properties}, a relation {type, properties}, a path the list of its nodes and relations in
    order; dates and durations become ISO text, bytes hexadecimal text, a point {srid, coordinates}.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": _properties(value)}
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": _properties(value)}
    if isinstance(value, Path):
        return _steps(value)
    if isinstance(value, Date | DateTime | Time | Duration):
        return value.iso_format()
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, bytes | bytearray):
        return bytes(value).hex()
    return str(value)


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {key: plain(item) for key, item in sorted(entity.items())}


def _steps(path: Path) -> list[Any]:
    steps = [plain(path.nodes[0])]
    for relation, node in zip(path.relationships, path.nodes[1:], strict=True):
        steps += [plain(relation), plain(node)]
    return steps
