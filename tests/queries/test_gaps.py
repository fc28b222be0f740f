"""The gap map on the hand-made graph."""

import pytest

from graph.engines import GraphEngine
from queries.answers import Thresholds
from queries.errors import ImpossibleMap, UnknownConcept, UnknownSearch
from queries.filters import Filters
from queries.gaps import gap_map
from tests.queries import world
from tests.queries.conftest import WorldConcepts


def test_therapies_by_diseases(answering: GraphEngine, concepts: WorldConcepts) -> None:
    found = gap_map(
        answering,
        row_names=["osimertinib", "bevacizumab", "gefitinib", "mycnib", "probe 7"],
        column_names=["non-small cell lung carcinoma", "breast cancer"],
        concepts=concepts,
        newest="2021-06-01",
    )
    lung = found.cell(world.OSI, world.NSCLC)
    assert (lung.state, lung.studies, lung.reports) == ("evidence", 4, 5)
    assert (lung.contradicted_claims, lung.synthesis_studies, lung.best_level) == (1, 1, "B")
    assert found.cell(world.OSI, world.BREAST).state == "unread"
    assert found.cell(world.OSI, world.BREAST).unread_ids == ("PMID:24",)
    assert found.cell(world.BEV, world.BREAST).badges == ("retracted",)
    assert found.cell(world.GEF, world.BREAST).badges == ("synthesis",)
    assert found.cell(world.GEF, world.BREAST).unread_ids == ("PMID:6",)
    assert found.cell(world.NIB, world.BREAST).badges == ("preclinical",)
    assert found.cell(world.NIB, world.NSCLC).state == "none"
    assert found.cell(world.PROBE, world.BREAST).state == "none"
    assert found.cell(world.BEV, world.NSCLC).combination_studies == 1
    assert "stale" in found.cell(world.BEV, world.NSCLC).flags
    assert (found.newest, found.release) == ("2021-06-01", "2026-11-24")


def test_a_subtype_counts_in_its_column_not_the_reverse(answering: GraphEngine, concepts: WorldConcepts) -> None:
    found = gap_map(
        answering, row_names=["osimertinib"], column_names=["cancer", "lung adenocarcinoma"], concepts=concepts
    )
    assert found.cell(world.OSI, world.CANCER).studies == 4
    assert found.cell(world.OSI, world.LUAD).studies == 1


def test_class_rows_mark_their_members(answering: GraphEngine, concepts: WorldConcepts) -> None:
    found = gap_map(
        answering, rows="class", row_names=["EGFR inhibitor"], column_names=["lung cancer"], concepts=concepts
    )
    (cell,) = found.cells
    assert cell.via == ("erlotinib", "gefitinib", "osimertinib")
    assert "differs by variant" in cell.flags


def test_default_rows_and_columns_are_the_most_studied(answering: GraphEngine) -> None:
    found = gap_map(answering, size=3)
    assert found.rows[0].name == "osimertinib"
    assert found.columns[0].name == "non-small cell lung carcinoma"
    assert len(found.rows) == 3
    assert len(found.cells) == len(found.rows) * len(found.columns)
    assert [row.name for row in gap_map(answering, rows="class", size=5).rows][:2] == [
        "EGFR inhibitor",
        "PARP inhibitor",
    ]


def test_default_rows_are_filled_up_by_mentions(answering: GraphEngine) -> None:
    names = [row.name for row in gap_map(answering, rows="test", columns="challenge", size=5).rows]
    assert names == ["whole-genome sequencing", "gene panel"]
    assert "bevacizumab" in [row.name for row in gap_map(answering, size=9).rows]


def test_tests_by_challenges(answering: GraphEngine) -> None:
    found = gap_map(answering, rows="test", columns="challenge")
    assert [column.name for column in found.columns] == ["access", "cost", "privacy"]
    cost = found.cell(world.WGS, world.COST)
    assert (cost.state, cost.studies, cost.synthesis_studies) == ("thin", 2, 1)
    assert "unsolved" not in cost.flags
    assert found.cell(world.PANEL, world.COST).state == "unread"
    assert found.cell(world.PANEL, world.ACCESS).state == "thin"
    assert found.cell(world.PANEL, world.PRIVACY).state == "none"
    unnamed = {barrier.column.name: barrier.study_ids for barrier in found.unnamed}
    assert unnamed == {"access": (), "cost": ("PMID:21", "PMID:22"), "privacy": ("PMID:21",)}


def test_therapies_by_challenges(answering: GraphEngine, concepts: WorldConcepts) -> None:
    found = gap_map(answering, columns="challenge", row_names=["osimertinib"], concepts=concepts)
    assert found.cell(world.OSI, world.COST).flags == ("unsolved",)
    clinical = gap_map(
        answering, columns="challenge", families=["clinical"], row_names=["osimertinib"], concepts=concepts
    )
    assert [column.name for column in clinical.columns] == ["toxicity"]


def test_therapies_by_genes(answering: GraphEngine, concepts: WorldConcepts) -> None:
    found = gap_map(
        answering, columns="gene", row_names=["gefitinib", "olaparib"], column_names=["EGFR"], concepts=concepts
    )
    gefitinib = found.cell(world.GEF, world.EGFR)
    assert (gefitinib.studies, gefitinib.contradicted_claims) == (2, 2)
    assert found.columns[0].name == "EGFR"
    assert found.cell(world.OLA, world.EGFR).state == "unread", "the report mentions a variant of the gene"


def test_search_and_designs_narrow_the_corpus(answering: GraphEngine, concepts: WorldConcepts) -> None:
    both = {
        "row_names": ["osimertinib", "gefitinib"],
        "column_names": ["non-small cell lung carcinoma", "breast cancer"],
    }
    found = gap_map(answering, **both, filters=Filters(search="lung"), concepts=concepts)  # type: ignore[arg-type]
    assert (found.cell(world.OSI, world.NSCLC).studies, found.cell(world.OSI, world.BREAST).state) == (2, "none")
    assert found.filters == (("search", "search:lung"),)
    trials = gap_map(answering, **both, filters=Filters(designs=("randomised trial",)), concepts=concepts)  # type: ignore[arg-type]
    assert trials.cell(world.OSI, world.NSCLC).studies == 1
    assert trials.cell(world.GEF, world.NSCLC).state == "none"
    graded = gap_map(answering, **both, filters=Filters(levels=("D",)), concepts=concepts)  # type: ignore[arg-type]
    assert graded.cell(world.OSI, world.NSCLC).badges == ("filtered",)


def test_thresholds_reach_the_cells(answering: GraphEngine, concepts: WorldConcepts) -> None:
    found = gap_map(
        answering,
        row_names=["olaparib"],
        column_names=["breast cancer"],
        concepts=concepts,
        thresholds=Thresholds(enough_studies=1),
    )
    assert found.cells[0].state == "evidence"


def test_newest_defaults_to_the_newest_year_of_the_graph(answering: GraphEngine) -> None:
    assert gap_map(answering, size=1).newest == "2022"


@pytest.mark.parametrize(
    ("rows", "columns"), [("test", "disease"), ("test", "gene"), ("drug", "disease"), ("class", "x")]
)
def test_impossible_maps_are_refused(answering: GraphEngine, rows: str, columns: str) -> None:
    with pytest.raises(ImpossibleMap):
        gap_map(answering, rows=rows, columns=columns)


def test_wrong_names_get_near_matches(answering: GraphEngine, concepts: WorldConcepts) -> None:
    with pytest.raises(UnknownConcept, match="osimertinib"):
        gap_map(answering, row_names=["osimertinip"], concepts=concepts)
    with pytest.raises(UnknownSearch):
        gap_map(answering, filters=Filters(search="nothing"))
