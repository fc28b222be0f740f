"""The library: listing, looking up and running questions."""

from pathlib import Path

import pytest

from graph.engines import GraphEngine
from queries.errors import ParameterError, QueryFileError, UnknownConcept, UnknownQuery
from queries.library import get_query, list_queries, read_query, run_query
from tests.queries import world
from tests.queries.conftest import WorldConcepts

HEADER = """\
// question: What?
// for: researcher
// parameters:
//   limit: integer = 1 - most rows
// columns:
//   study_id - the study
// cost: light
"""


def test_run_a_question(answering: GraphEngine, concepts: WorldConcepts) -> None:
    answer = run_query(answering, "evidence_for_therapy", {"therapy": "osimertinib", "limit": "3"}, concepts=concepts)
    assert dict(answer.parameters) == {"therapy": world.OSI, "disease": None, "limit": 3}
    assert len(answer.rows) == 3
    assert answer.truncated
    assert answer.release == "2026-11-24"
    assert next(iter(answer.records()))["pmid"] == "PMID:5"


def test_an_answer_without_rows_still_has_its_columns(answering: GraphEngine, concepts: WorldConcepts) -> None:
    answer = run_query(answering, "evidence_for_therapy", {"therapy": "probe 7"}, concepts=concepts)
    assert (answer.rows, answer.truncated) == ((), False)
    assert answer.columns[0] == "claim"


def test_values_are_bound_never_formatted_in(answering: GraphEngine) -> None:
    injected = "PMID:1'}) MATCH (n) DETACH DELETE n //"
    assert run_query(answering, "findings_of_study", {"pmid": injected}).rows == ()
    assert run_query(answering, "findings_of_study", {"pmid": "PMID:1"}).rows


def test_wrong_use_is_refused_before_the_engine_is_asked(answering: GraphEngine, concepts: WorldConcepts) -> None:
    with pytest.raises(ParameterError, match=r"therapy .* is missing"):
        run_query(answering, "evidence_for_therapy", {}, concepts=concepts)
    with pytest.raises(UnknownConcept):
        run_query(answering, "evidence_for_therapy", {"therapy": "snake oil"}, concepts=concepts)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("evidence_for_therpy", "evidence_for_therapy"),
        ("targets", "targets_of_genes"),
        ("Top-Therapies", "top_therapies"),
    ],
)
def test_an_unknown_query_offers_near_matches(typed: str, meant: str) -> None:
    with pytest.raises(UnknownQuery) as error:
        get_query(typed)
    assert meant in error.value.near
    assert "query list" in str(error.value)


def test_a_path_is_no_query_name() -> None:
    with pytest.raises(UnknownQuery):
        get_query("internal/release")


def test_the_list_describes_itself() -> None:
    described = {query.name: query.described() for query in list_queries()}
    assert list(described) == sorted(described)
    therapy = described["evidence_for_therapy"]
    assert set(therapy) == {"name", "question", "users", "parameters", "columns"}
    assert therapy["parameters"][0]["name"] == "therapy"
    assert therapy["parameters"][0]["required"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADER.replace("// question: What?\n", ""), "has no // question: line"),
        (HEADER.replace("light", "cheap"), "says cost 'cheap'"),
        (HEADER.replace("study_id - the study", "study_id"), "has the column line 'study_id'"),
        (HEADER.replace("= 1 - most rows", "= one - most rows"), "has the parameter line"),
        ("// some remark\n" + HEADER, "belongs to no field"),
    ],
)
def test_a_bad_header_names_file_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "broken.cypher"
    file.write_text(text + "MATCH (s:Study) RETURN s.id AS study_id ORDER BY study_id LIMIT $limit\n", encoding="utf-8")
    with pytest.raises(QueryFileError, match=r"broken\.cypher") as error:
        read_query(file)
    assert reason in str(error.value)
