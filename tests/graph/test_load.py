"""Loading into a graph held in memory: what a load writes, leaves alone and reports."""

from pathlib import Path

from graph.check import check_graph
from graph.digest import graph_digest
from tests.graph.memory_engine import MemoryEngine
from tests.graph.worlds import World, article, finding, mention, mined

SENTENCE = "Alphanib prolonged survival in lung adenocarcinoma."


def world_of_one() -> World:
    world = World()
    study = article(1, SENTENCE)
    world.add(study, mined(finding(study, SENTENCE), mentions=[mention(study, "Alphanib", "UNII:OLD")]))
    return world


def test_a_study_becomes_a_claim_with_its_sentence(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()

    report = world.load(engine, tmp_path)

    [claim] = [values for (label, _), values in engine.nodes.items() if label == "Claim"]
    assert claim["statement"] == "alphanib: benefit reported in lung adenocarcinoma"
    assert (claim["studyCount"], claim["bestLevel"]) == (1, "B")
    assert report.studies_added == 1
    assert [change.change for change in report.claim_changes] == ["new"]
    assert report.digest == graph_digest(engine).value
    assert check_graph(engine, tmp_path / "manifest.db").problems == ()


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    first = world.load(engine, tmp_path)
    written = engine.rows_written

    again = world.load(engine, tmp_path)

    assert (again.rows, again.claim_changes, again.digest) == (0, (), first.digest)
    assert engine.rows_written == written
