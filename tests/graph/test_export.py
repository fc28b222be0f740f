"""The graph for other programs."""

import csv
from pathlib import Path

import networkx as nx

from graph.export import export_graphml, export_kgx, to_networkx
from tests.graph.memory_engine import MemoryEngine
from tests.graph.test_load import SENTENCE, world_of_one


def loaded(folder: Path) -> MemoryEngine:
    engine = MemoryEngine()
    world_of_one().load(engine, folder)
    return engine


def test_a_therapy_is_a_path_away_from_its_study(tmp_path: Path) -> None:
    graph = to_networkx(loaded(tmp_path))
    assert graph.nodes["UNII:DRUGA"]["label"] == "Drug"
    assert graph.has_edge("UNII:DRUGA", "PMID:1", key="SUPPORTED_BY")
    assert nx.shortest_path(graph, "UNII:DRUGA", "PMID:1") == ["UNII:DRUGA", "PMID:1"]


def test_kgx_tables_name_every_end_of_every_edge(tmp_path: Path) -> None:
    nodes, edges = export_kgx(loaded(tmp_path), tmp_path / "kgx")
    node_rows, edge_rows = (
        list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t")) for path in (nodes, edges)
    )
    ids = {row["id"] for row in node_rows}
    assert {row["subject"] for row in edge_rows} | {row["object"] for row in edge_rows} <= ids
    assert {row["category"] for row in node_rows if row["id"] == "UNII:DRUGA"} == {"biolink:ChemicalEntity"}
    assert {row["name"] for row in node_rows if row["text"]} == {SENTENCE}
    assert all(row["predicate"].startswith("biolink:") for row in edge_rows)


def test_graphml_is_read_back(tmp_path: Path) -> None:
    path = export_graphml(loaded(tmp_path), tmp_path / "graph.graphml")
    graph = nx.read_graphml(path)
    assert graph.nodes["PMID:1"]["year"] == 2020
    assert graph.nodes["PMID:1"]["authors"] == ""
