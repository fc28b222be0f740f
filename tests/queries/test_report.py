"""Answers as rows and texts."""

import csv
import io
import json
from dataclasses import replace

import pytest

from queries.answers import (
    AxisItem,
    ClaimEvidence,
    EvidenceAnswer,
    GapMap,
    StudyEvidence,
    Thresholds,
    UnnamedBarrier,
)
from queries.gap_cells import ClaimShape, Fact, Scope, gap_cell
from queries.report import FORMATS, as_csv, evidence_rows, gap_legend, gap_matrix, gap_rows, rendered

ROWS = [
    {"claim": "drug: benefit", "level": "A", "year": 2020, "sentences": ["One.", "Two."], "sure": True, "left": "out"},
    {"claim": "a | b\nc", "level": None, "year": -1, "sentences": [], "sure": False},
]
COLUMNS = ("claim", "level", "year", "sentences", "sure")

STUDY = StudyEvidence(
    evidence_id="e1",
    kind="efficacy",
    relation="benefit",
    polarity="supports",
    certainty="asserted",
    subject="patients",
    level="B",
    level_trace=("cohort",),
    confidence=0.9,
    effect="HR 0.5",
    comparators=(),
    sentences=("The drug helped.",),
    study_id="PMID:1",
    study_key="PMID:1",
    title="Report",
    journal=None,
    year=2020,
    design="cohort",
    status="current",
    url="https://example.org/1",
)
CLAIM = ClaimEvidence(
    claim_id="c1",
    kind="efficacy",
    relation="benefit",
    statement="drug: benefit reported",
    best_level="B",
    combination=False,
    supporting=(STUDY, replace(STUDY, evidence_id="e2", status="retracted")),
    contradicting=(replace(STUDY, evidence_id="e3", relation="no_benefit"),),
    synthesis=(replace(STUDY, evidence_id="e4", design="review"),),
    synthesis_against=(),
    considered=(replace(STUDY, evidence_id="e5", certainty="aim"),),
    uncounted=(),
    support_count=1,
    contradict_count=1,
    study_count=2,
)


def small_map(*, challenges: bool = False) -> GapMap:
    drug, disease = AxisItem("UNII:1", "drug"), AxisItem("MONDO:1", "disease")
    shapes = {"c": ClaimShape("efficacy", "benefit", ("UNII:1",), ("MONDO:1",), (), ())}
    facts = [Fact("c", (), side, "supports", "B", f"PMID:{n}", f"PMID:{n}", "cohort", 2020, "current")
             for n, side in enumerate(("SUPPORTS", "SUPPORTS", "CONTRADICTS"), 1)]  # fmt: skip
    scope = Scope(challenges=challenges, thresholds=Thresholds(), newest_year=2021)
    return GapMap(
        row_kind="therapy",
        column_kind="challenge" if challenges else "disease",
        rows=(drug, AxisItem("UNII:2", "other")),
        columns=(disease,),
        cells=(
            gap_cell(drug, disease, facts, shapes, set(), scope),
            gap_cell(AxisItem("UNII:2", "other"), disease, (), shapes, {"PMID:7"}, scope),
        ),
        unnamed=(UnnamedBarrier(disease, 2, 3, ("PMID:8",)),) if challenges else (),
        thresholds=Thresholds(),
        filters=(("level", "A, B"),),
        newest="2021-06-01",
        release="r",
    )


def test_csv() -> None:
    lines = list(csv.reader(io.StringIO(as_csv(ROWS, COLUMNS))))
    assert lines[0] == list(COLUMNS)
    assert lines[1] == ["drug: benefit", "A", "2020", "One.; Two.", "yes"]
    assert lines[2] == ["a | b\nc", "", "-1", "", "no"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_runs_no_formula(text: str) -> None:
    ((cell,),) = list(csv.reader(io.StringIO(as_csv([{"a": text}], ["a"]), newline="")))[1:]
    assert cell == f"'{text}".replace("\r", "\n")
    ((listed,),) = list(csv.reader(io.StringIO(as_csv([{"a": [text, "b"]}], ["a"]), newline="")))[1:]
    assert listed.startswith("'")


def test_json_keeps_types_and_the_order_of_columns() -> None:
    objects = json.loads(rendered(ROWS, COLUMNS, "json"))
    assert list(objects[0]) == list(COLUMNS)
    assert objects[0]["sentences"] == ["One.", "Two."]
    assert objects[1]["level"] is None
    lines = rendered(ROWS, COLUMNS, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == objects


def test_markdown_and_table_hold_one_line_a_row() -> None:
    markdown = rendered(ROWS, COLUMNS, "md").splitlines()
    assert markdown[3] == "| a \\| b c |  | -1 |  | no |"
    table = rendered(ROWS, COLUMNS, "table").splitlines()
    assert table[2] == "a | b c\t\t-1\t\tno"
    assert len(markdown) == len(ROWS) + 2


def test_no_rows_still_have_a_header() -> None:
    assert {name: bool(rendered([], COLUMNS, name)) for name in FORMATS} == {
        "table": True, "csv": True, "json": True, "jsonl": False, "md": True,
    }  # fmt: skip


def test_evidence_rows_keep_the_sides_apart() -> None:
    rows = evidence_rows(EvidenceAnswer((("therapy", "UNII:1"),), (CLAIM,), "r"))
    assert [(row["side"], row["evidence_id"], row["badge"]) for row in rows] == [
        ("supporting", "e1", ""),
        ("supporting", "e2", "RETRACTED"),
        ("contradicting", "e3", ""),
        ("synthesis", "e4", ""),
        ("considered", "e5", ""),
    ]
    assert (rows[0]["supporting"], rows[0]["contradicting"], rows[0]["conflict"]) == (1, 1, 1.0)


def test_conflict_needs_two_studies() -> None:
    assert replace(CLAIM, study_count=1).conflict_index is None


def test_gap_rows_and_matrix() -> None:
    rows = gap_rows(small_map())
    assert (rows[0]["state"], rows[0]["studies"], rows[0]["study_ids"]) == (
        "evidence",
        3,
        ["PMID:3", "PMID:2", "PMID:1"],
    )
    titles, matrix = gap_matrix(small_map())
    assert titles == ["therapy", "disease"]
    assert matrix == [
        {"therapy": "drug", "disease": "evidence 3, 1 contradicted"},
        {"therapy": "other", "disease": "unread 1"},
    ]


def test_barriers_without_therapy_or_test_are_a_visible_row() -> None:
    last = gap_rows(small_map(challenges=True))[-1]
    assert (last["row"], last["studies"], last["reports"], last["state"]) == ("no therapy or test named", 2, 3, None)
    assert list(last) == list(gap_rows(small_map(challenges=True))[0])
    assert gap_matrix(small_map(challenges=True))[1][-1] == {"therapy": "no therapy or test named", "disease": "2"}


def test_the_legend_tells_thresholds_filters_and_limits() -> None:
    legend = "\n".join(gap_legend(small_map(), recall="0.4 on 100 sentences"))
    for part in ("at least 3 primary studies", "2021-06-01", "level: A, B", "0.4 on 100 sentences", "abstracts only"):
        assert part in legend
    assert "raises the challenge" in "\n".join(gap_legend(small_map(challenges=True)))
