"""From the schema to constraints, indexes, write and read statements, and the data dictionary."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from graph.kinds import Property, RelationKind
from graph.rows import RowKind, kind_properties
from graph.schema import NODES, OPPOSES, RELATIONS
from miner.findings import digest


def schema_checksum() -> str:
    """Digest of everything in graph/schema.py that an engine can see."""
    nodes = [(k.label, [(p.name, p.type, p.required, p.indexed) for p in k.properties]) for k in NODES.values()]
    relations = [(k.type, k.ends, [(p.name, p.type, p.required) for p in k.properties]) for k in RELATIONS.values()]
    return digest("schema", nodes, relations)


def schema_statements() -> list[str]:
    """Uniqueness constraints first, then indexes; each may be run again.

    One text for both engines: ArcadeDB 26.10 over Bolt takes Neo4j's form.
    """
    unique = [
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (x:{label}) REQUIRE x.id IS UNIQUE" for label in NODES
    ]
    indexes = [
        f"CREATE INDEX {kind.label.lower()}_{prop.name.lower()} IF NOT EXISTS FOR (x:{kind.label}) ON (x.{prop.name})"
        for kind in NODES.values()
        for prop in kind.properties
        if prop.indexed
    ]
    return unique + indexes


def relation_kinds() -> Iterator[RowKind]:
    """(type, start label, end label) of every relation the schema allows."""
    for kind in RELATIONS.values():
        for start, end in kind.ends:
            yield (kind.type, start, end)


@cache
def upsert_statement(kind: RowKind) -> str:
    """MERGE on the key, then SET every property: one that the row lacks is removed."""
    return _filled("upsert_nodes" if len(kind) == 1 else "upsert_relations", kind)


@cache
def create_statement(kind: RowKind) -> str:
    """CREATE with the row's properties, without looking whether it is there: for rows of which it is known."""
    return _filled("create_nodes" if len(kind) == 1 else "create_relations", kind)


@cache
def delete_statement(kind: RowKind) -> str:
    """Delete by key."""
    return _filled("delete_nodes" if len(kind) == 1 else "delete_relations", kind)


@cache
def read_statement(kind: RowKind) -> str:
    """Keys and properties in schema order, of the nodes or start nodes with the ids $ids."""
    return _filled("read_nodes" if len(kind) == 1 else "read_relations", kind)


@cache
def ids_statement(label: str) -> str:
    """Ids of all nodes of a label."""
    return _filled("list_ids", (label,))


@cache
def statement(name: str) -> str:
    """The text of graph/cypher/NAME.cypher without its comments."""
    text = files("graph").joinpath("cypher", f"{name}.cypher").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if line and not line.startswith("//"))


def data_dictionary() -> str:
    """The whole schema as a Markdown document, the text of docs/data-dictionary.md."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from `graph/schema.py`. Every node has one label and the unique key `id`; a missing optional value",
        "is null. Kinds marked *bookkeeping* are outside the graph's digest.",
        "",
        "## Nodes",
    ]
    for node in NODES.values():
        lines += ["", f"### {node.label}", "", node.description + ("" if node.digested else " *Bookkeeping.*"), ""]
        lines += _property_table(node.properties)
    lines += ["", "## Relations", "", "At most one relation of a type between two nodes."]
    for relation in RELATIONS.values():
        lines += ["", f"### {relation.type}", "", relation.description, ""]
        lines += [f"- {_pattern(relation, start, end)}" for start, end in relation.ends]
        if relation.properties:
            lines += ["", *_property_table(relation.properties)]
    lines += ["", "## Claims that oppose", "", "| kind | relation | opposes |", "| --- | --- | --- |"]
    lines += [f"| {kind} | {a} | {b} |" for kind, pairs in OPPOSES.items() for a, b in pairs]
    return "\n".join(lines) + "\n"


def _filled(template: str, kind: RowKind) -> str:
    text = statement(template)
    properties = kind_properties(kind)
    sets = ", ".join(f"x.`{prop.name}` = r.`{prop.name}`" for prop in properties)
    text = text.replace("\nASSIGNMENTS__", f"\nSET {sets}" if sets else "")
    text = text.replace("PROPERTIES__", "".join(f", `{prop.name}`: r.`{prop.name}`" for prop in properties))
    text = text.replace("COLUMNS__", "".join(f", x.`{prop.name}` AS p{i}" for i, prop in enumerate(properties)))
    if len(kind) == 3:
        # A MERGE between bound nodes walks the relations of the node it names first: on ArcadeDB, 5,000 merges from one
        # drug to its studies took 57 s, and 1.4 s written from the studies' side.
        backwards = RELATIONS[kind[0]].hub_start
        text = text.replace("(a)-[x:TYPE__]->(b)", "(b)<-[x:TYPE__]-(a)") if backwards else text
    names = ("LABEL__",) if len(kind) == 1 else ("TYPE__", "START__", "END__")
    for name, value in zip(names, kind, strict=True):
        text = text.replace(name, value)
    return text


def _property_table(properties: tuple[Property, ...]) -> list[str]:
    lines = ["| property | type | required | meaning |", "| --- | --- | --- | --- |"]
    for prop in properties:
        allowed = f" One of: {', '.join(prop.values)}." if prop.values else ""
        lines.append(
            f"| `{prop.name}` | {prop.type} | {'yes' if prop.required else ''} | {prop.description}{allowed} |"
        )
    return lines


def _pattern(relation: RelationKind, start: str, end: str) -> str:
    names = ", ".join(prop.name for prop in relation.properties)
    return f"`(:{start})-[:{relation.type}{f' {{{names}}}' if names else ''}]->(:{end})`"
