"""The graph for other programs: KGX tables for the Biolink world, GraphML, and a NetworkX graph for path questions."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import networkx as nx  # type: ignore[import-untyped]

from graph.digest import read_rows
from graph.engines import GraphEngine
from graph.rows import NodeRow, RelationRow, Row, Value
from graph.schema import NODES, RELATIONS

#: our labels in the Biolink model (https://biolink.github.io/biolink-model/); what it has no word for is a NamedThing
_CATEGORIES = {
    "Study": "biolink:Article",
    "Drug": "biolink:ChemicalEntity",
    "Gene": "biolink:Gene",
    "Variant": "biolink:SequenceVariant",
    "Disease": "biolink:Disease",
    "Test": "biolink:Procedure",
    "Evidence": "biolink:InformationContentEntity",
    "Claim": "biolink:InformationContentEntity",
    "Sentence": "biolink:InformationContentEntity",
}
_PREDICATES = {
    "IS_A": "biolink:subclass_of",
    "WITHIN": "biolink:subclass_of",
    "MENTIONS": "biolink:mentions",
    "TARGETS": "biolink:interacts_with",
    "ASSOCIATED_WITH": "biolink:gene_associated_with_condition",
    "VARIANT_OF": "biolink:is_sequence_variant_of",
    "PART_OF": "biolink:part_of",
}
_NODE_COLUMNS = (
    "id",
    "category",
    "name",
    *sorted({p.name for k in NODES.values() for p in k.properties} - {"id", "name"}),
)
_EDGE_COLUMNS = (
    *("subject", "predicate", "object", "relation"),
    *sorted({p.name for k in RELATIONS.values() for p in k.properties}),
)


def export_kgx(engine: GraphEngine, folder: Path) -> tuple[Path, Path]:
    """Write nodes.tsv and edges.tsv as KGX reads them (lists joined by |); streaming, files are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes, edges = folder / "nodes.tsv", folder / "edges.tsv"
    with (
        nodes.open("w", encoding="utf-8", newline="") as node_file,
        edges.open("w", encoding="utf-8", newline="") as out,
    ):
        node_table = csv.DictWriter(node_file, _NODE_COLUMNS, delimiter="\t", lineterminator="\n")
        edge_table = csv.DictWriter(out, _EDGE_COLUMNS, delimiter="\t", lineterminator="\n")
        node_table.writeheader()
        edge_table.writeheader()
        for row in read_rows(engine):
            values = {name: _cell(value) for name, value in row.properties.items()}
            if isinstance(row, NodeRow):
                category = _CATEGORIES.get(row.label, "biolink:NamedThing")
                name = values.pop("name", _title(row))
                node_table.writerow({"id": row.id, "category": category, "name": name, **values})
            else:
                predicate = _PREDICATES.get(row.type, "biolink:related_to")
                edge = {"subject": row.start, "predicate": predicate, "object": row.end, "relation": row.type}
                edge_table.writerow({**edge, **values})
    return nodes, edges


def export_graphml(engine: GraphEngine, path: Path) -> Path:
    """Write the graph as GraphML, lists joined by |; holds the whole graph in memory."""
    graph = to_networkx(engine)
    for _, values in graph.nodes(data=True):
        values.update({name: _flat(value) for name, value in values.items()})
    for _, _, values in graph.edges(data=True):
        values.update({name: _flat(value) for name, value in values.items()})
    nx.write_graphml(graph, path)
    return path


def to_networkx(engine: GraphEngine) -> "nx.MultiDiGraph[str]":
    """The graph in memory: nodes by id with `label`, edges keyed by relation type."""
    return networkx_of(read_rows(engine))


def networkx_of(rows: Iterable[Row]) -> "nx.MultiDiGraph[str]":
    """Rows as a NetworkX graph; nodes come before the relations that join them or are completed later."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in rows:
        values: dict[str, Any] = dict(row.properties)
        if isinstance(row, RelationRow):
            graph.add_edge(row.start, row.end, key=row.type, **values)
        else:
            graph.add_node(row.id, label=row.label, **values)
    return graph


def _created(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _title(row: NodeRow) -> str:
    for name in ("title", "statement", "text", "relation"):
        if name in row.properties:
            return _cell(row.properties[name])
    return row.id


def _flat(value: Any) -> Any:
    return _cell(value) if isinstance(value, tuple) else value


def _cell(value: Value) -> str:
    if isinstance(value, tuple):
        return "|".join(part.replace("|", "/") for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())
