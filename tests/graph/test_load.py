"""Loading into a graph held in memory: what a load writes, leaves alone and reports."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.assemble import StudyState
from graph.check import check_graph
from graph.digest import graph_digest
from graph.errors import ForeignGraph, IncompleteWrite, LeaseHeld, UnknownRelease, UnusableManifest
from graph.evidence import Thresholds
from graph.history import History
from graph.load import SavedSearch
from graph.manifest import last_load
from miner.decisions import Correction, Judgement
from tests.graph.memory_engine import MemoryEngine
from tests.graph.worlds import GENE, VARIANT, World, article, challenge, corrected, finding, mention, mined

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
    assert report.digest == graph_digest(engine).value == last_load(tmp_path / "manifest.db")[0]
    assert check_graph(engine, tmp_path / "manifest.db").problems == ()
    assert "studies: 1 added, 0 changed, 0 removed" in report.lines()


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    first = world.load(engine, tmp_path)
    written = engine.rows_written

    again = world.load(engine, tmp_path)

    assert (again.rows, again.claim_changes, again.digest) == (0, (), first.digest)
    assert engine.rows_written == written


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.load(engine, tmp_path)
    world.states[1] = StudyState("retracted", "2022-01-01", 99)

    report = world.load(engine, tmp_path)

    assert report.changed == {"Study": 1, "Claim": 1}
    assert report.deleted == {"SUPPORTED_BY": 1}
    assert report.created == {}
    [direction, level] = report.claim_changes
    assert (level.change, level.before, level.after) == ("level", "B", "none")
    assert (direction.change, direction.before, direction.after) == ("direction", "for", "open")


def test_a_deleted_study_takes_its_claim_with_it(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.load(engine, tmp_path)
    world.remove(1)

    report = world.load(engine, tmp_path)

    assert report.studies_removed == 1
    assert [change.change for change in report.claim_changes] == ["gone"]
    assert not {"Study", "Claim", "Evidence", "Sentence"} & {label for label, _ in engine.nodes}


def test_a_link_appears_once_both_records_are_held(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), World()
    world.add(corrected(article(1), "RetractionIn", 2))
    world.load(engine, tmp_path)
    assert not [key for key in engine.relations if key[0] == "RETRACTED_BY"]
    world.add(article(2))
    world.load(engine, tmp_path)
    assert [key[2::2] for key in engine.relations if key[0] == "RETRACTED_BY"] == [("PMID:1", "PMID:2")]


def test_what_nobody_studied_stands_in_the_graph_when_it_could_be_a_gap(tmp_path: Path) -> None:
    engine = MemoryEngine()
    World().load(engine, tmp_path)
    types = {key[0] for key in engine.relations}
    assert types == {"TARGETS", "ASSOCIATED_WITH", "IS_A", "WITHIN"}
    assert [key[2::2] for key in engine.relations if key[0] == "ASSOCIATED_WITH"] == [("HGNC:2", "MONDO:3")]
    assert {label for label, _ in engine.nodes} >= {"Challenge", "Drug", "Gene", "Disease", "Release", "Run"}


def test_the_least_of_a_variants_names_wins_and_claims_follow(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), World()
    for pmid, name in ((1, "GEN1 T790M"), (2, "GEN1 (T790M)")):
        study = article(pmid, f"{name} means resistance to alphanib.")
        said = finding(study, study.abstract, "predictive", "resistance", variants=(VARIANT,), disease=None)
        world.add(study, mined(said, mentions=[mention(study, name, VARIANT, "variant", gene_ids=(GENE,))]))
    second = world.articles.pop(2)
    world.load(engine, tmp_path)
    world.articles[2] = second
    world.load(engine, tmp_path)
    [statement] = [v["statement"] for (label, _), v in engine.nodes.items() if label == "Claim"]
    assert statement == "alphanib: resistance reported with GEN1 (T790M)"


def test_saved_searches_scope_studies(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.searches = (SavedSearch("search:1", "mine", (1, 2)),)
    world.load(engine, tmp_path)
    assert [key[4] for key in engine.relations if key[0] == "FOUND"] == ["PMID:1"]
    world.searches = ()
    assert world.load(engine, tmp_path).deleted == {"Search": 1, "FOUND": 1}


def test_a_first_load_creates_unseen_and_merges_what_may_be_there_already(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    engine.answers_late = True
    report = world.load(engine, tmp_path)
    assert report.digest == graph_digest(engine).value
    assert check_graph(engine, tmp_path / "manifest.db").problems == ()


def test_an_emptied_graph_is_written_anew(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    first = world.load(engine, tmp_path)
    engine.wipe()
    again = world.load(engine, tmp_path)
    assert (again.digest, again.claim_changes) == (first.digest, ())
    assert graph_digest(engine).value == first.digest


def test_a_graph_of_another_home_is_left_alone_unless_it_is_to_be_rebuilt(tmp_path: Path) -> None:
    engine = MemoryEngine()
    first = world_of_one().load(engine, tmp_path / "one")
    with pytest.raises(ForeignGraph, match="another home"):
        World().load(engine, tmp_path / "two")
    assert graph_digest(engine).value == first.digest
    assert World().load(engine, tmp_path / "two", rebuild=True).digest == graph_digest(engine).value != first.digest


def test_a_graph_in_another_state_is_left_alone(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.load(engine, tmp_path)
    engine.nodes["Release", "release"]["graphDigest"] = "other"
    with pytest.raises(ForeignGraph, match="state"):
        world.load(engine, tmp_path)


def test_another_loader_is_waited_for_until_its_lease_ends(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    engine.nodes["Lease", "loader"] = {"holder": "somebody", "until": "2026-01-01T00:05:00Z"}
    with pytest.raises(LeaseHeld, match="2026-01-01T00:05:00Z"):
        world.load(engine, tmp_path, rebuild=True, now=lambda: moment)
    world.load(engine, tmp_path, rebuild=True, now=lambda: moment + timedelta(minutes=6))
    assert engine.nodes["Lease", "loader"]["until"] is None


def test_a_node_that_is_missing_in_the_graph_is_noticed(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.load(engine, tmp_path)
    del engine.nodes["Drug", "UNII:DRUGA"]
    assert "Drug: the graph has 1, the manifest lists 2" in check_graph(engine, tmp_path / "manifest.db").problems
    study = article(2, SENTENCE)
    world.add(study, mined(mentions=[mention(study, "Alphanib", "UNII:OLD")]))
    with pytest.raises(IncompleteWrite, match="1 MENTIONS rows were sent and 0 matched"):
        world.load(engine, tmp_path)


def test_a_changed_value_is_noticed(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.load(engine, tmp_path)
    engine.nodes["Study", "PMID:1"]["title"] = "Another title."
    engine.nodes["Person", "x"] = {}
    problems = check_graph(engine, tmp_path / "manifest.db").problems
    assert any("digests differ" in problem for problem in problems)
    assert any("Person" in problem for problem in problems)


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.db").write_text("not a database, but long enough to be read as one " * 50)
    with pytest.raises(UnusableManifest, match=r"manifest\.db"):
        World().load(MemoryEngine(), tmp_path)


def test_each_judgement_reaches_the_graph_and_leaves_it_again(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), World()
    study = article(1, SENTENCE)
    made = finding(study, SENTENCE)
    world.add(study, mined(made))
    plain = world.load(engine, tmp_path).digest
    denied = Judgement(made.id, "corrected", "C", correction=Correction(relation="no_benefit"))
    changed = Judgement(made.id, "corrected", "C", correction=Correction(certainty="background"))
    digests = {plain}
    for judgement in (denied, changed, Judgement(made.id, "wrong")):
        world.judgements = {made.id: judgement}
        report = world.load(engine, tmp_path)
        assert report.studies_changed == 1
        digests.add(report.digest)
    assert len(digests) == 4
    assert report.dropped == {"finding judged wrong": 1}
    world.judgements = {}
    assert world.load(engine, tmp_path).digest == plain


def test_what_is_unsure_is_counted_and_left_out_until_less_is_asked_for(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), World()
    study = article(1, SENTENCE, "The assay is dear.")
    made = finding(study, SENTENCE, confidence=0.6)
    world.add(study, mined(made, challenges=[challenge(study, "The assay is dear.", score=0.4)]))
    everything = world.load(engine, tmp_path).digest

    world.thresholds = Thresholds(0.601, 0.401)
    report = world.load(engine, tmp_path)

    left_out = {"challenge below the score asked for": 1, "finding below the confidence asked for": 1}
    assert report.dropped == left_out
    assert last_load(tmp_path / "manifest.db") == (report.digest, left_out)
    assert not {"Evidence", "Claim", "Sentence"} & {label for label, _ in engine.nodes}
    assert not [key for key in engine.relations if key[0] == "RAISES"]
    world.thresholds = Thresholds(0.6, 0.4)
    assert world.load(engine, tmp_path).digest == everything
    assert world.load(engine, tmp_path).studies_changed == 0


def test_a_judged_finding_needs_no_confidence(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), World()
    study = article(1, SENTENCE)
    made = finding(study, SENTENCE, confidence=0.1)
    world.add(study, mined(made))
    world.thresholds = Thresholds(finding=0.5)
    assert world.load(engine, tmp_path).claim_changes == ()
    world.judgements = {made.id: Judgement(made.id, "right")}
    assert [change.change for change in world.load(engine, tmp_path).claim_changes] == ["new"]


def test_history_tells_two_releases_apart(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.load(engine, tmp_path, release="first")
    world.remove(1)
    world.load(engine, tmp_path, release="second")
    with History(tmp_path / "history.db") as past:
        assert [note.name for note in past.releases()] == ["first", "second"]
        assert [change.change for change in past.diff("first", "second")] == ["gone"]
        assert [change.change for change in past.diff("2", "1")] == ["new"]
        with pytest.raises(UnknownRelease, match="first, second"):
            past.find("third")


def test_history_survives_a_rebuild(tmp_path: Path) -> None:
    engine, world = MemoryEngine(), world_of_one()
    world.load(engine, tmp_path)
    report = world.load(engine, tmp_path, rebuild=True)
    assert report.claim_changes == ()
    with History(tmp_path / "history.db") as past:
        assert len(past.releases()) == 1
