"""Every question of the library on the hand-made graph: its answer is there, its near miss is not."""

from typing import Any

import pytest

from graph.engines import GraphEngine
from queries.library import list_queries, run_query
from tests.queries import world as w
from tests.queries.conftest import WorldConcepts

ALL_GENES = [w.EGFR, w.MYC, w.TP53, w.BRCA1]


@pytest.fixture
def ask(answering: GraphEngine, concepts: WorldConcepts) -> Any:
    """Rows of a question as mappings."""

    def rows(name: str, **parameters: Any) -> list[dict[str, Any]]:
        return list(run_query(answering, name, parameters, concepts=concepts).records())

    return rows


def test_evidence_for_therapy(ask: Any) -> None:
    rows = ask("evidence_for_therapy", therapy="osimertinib", disease="non-small cell lung carcinoma")
    first = rows[0]
    assert (first["pmid"], first["stance"], first["level"]) == ("PMID:5", "supports", "A")
    by_report = {row["pmid"]: row for row in rows}
    assert by_report["PMID:1"]["sentences"] == ["Osimertinib worked with T790M."]
    assert by_report["PMID:1"]["study"] == by_report["PMID:2"]["study"] == "NCT01"
    assert by_report["PMID:4"]["stance"] == "contradicts"
    assert by_report["PMID:4"]["relation"] == "no_effect"
    assert rows[-1]["stance"] == "considers"
    assert "PMID:9" in by_report, "a subtype of the disease counts in it"
    assert not {"PMID:2.1", "PMID:6", "PMID:26"} & set(by_report)
    assert all(row["via"] is None for row in rows)


def test_evidence_for_a_class_names_the_member_and_marks_combinations(ask: Any) -> None:
    rows = {row["pmid"]: row for row in ask("evidence_for_therapy", therapy="EGFR inhibitor")}
    assert rows["PMID:6"]["via"] == "gefitinib"
    assert (rows["PMID:10"]["via"], rows["PMID:10"]["combination"]) == ("erlotinib", True)
    assert not rows["PMID:6"]["combination"]
    assert "PMID:12" not in rows


def test_withdrawn_studies_come_last_with_their_state(ask: Any) -> None:
    rows = ask("evidence_for_therapy", therapy="mycnib")
    assert [(row["pmid"], row["status"]) for row in rows] == [("PMID:11", "current"), ("PMID:28", "retracted")]


def test_evidence_for_disease(ask: Any) -> None:
    rows = {row["claim_id"]: row for row in ask("evidence_for_disease", disease="non-small cell lung carcinoma")}
    sensitive = rows[w.SENSITIVE.id]
    assert (sensitive["supporting"], sensitive["contradicting"], sensitive["conflict"]) == (2, 1, 0.667)
    assert rows[w.COMBINED.id]["therapy"] == "bevacizumab + erlotinib"
    assert w.BENEFIT.id in rows
    assert w.HOPED_RESISTANT.id not in rows, "nobody asserted it"
    assert w.OLA_BREAST.id not in rows


def test_resistance_to_therapy(ask: Any) -> None:
    (row,) = ask("resistance_to_therapy", therapy="EGFR inhibitor")
    assert (row["claim_id"], row["genes"], row["variants"]) == (w.RESISTANT.id, ["EGFR"], ["EGFR T790M"])
    assert (row["supporting"], row["opposing"], row["pmids"]) == (1, 1, ["PMID:6"])
    assert ask("resistance_to_therapy", therapy="osimertinib") == [], "speculation is no report of resistance"
    assert ask("resistance_to_therapy", therapy="gefitinib", disease="breast cancer") == []


def test_contradicted_claims(ask: Any) -> None:
    rows = {row["claim_id"]: row for row in ask("contradicted_claims")}
    assert set(rows) == {w.SENSITIVE.id, w.RESISTANT.id, w.GEF_T790M.id}
    assert (rows[w.SENSITIVE.id]["supporting"], rows[w.SENSITIVE.id]["against"]) == (2, 1)
    assert rows[w.RESISTANT.id]["pmids_against"] == ["PMID:7"], "support for the opposite claim counts against it"
    assert [row["claim_id"] for row in ask("contradicted_claims", minimum_studies=3)] == [w.SENSITIVE.id]
    assert ask("contradicted_claims", kind="efficacy") == []


def test_trials_for_gene(ask: Any) -> None:
    rows = {row["pmid"]: row for row in ask("trials_for_gene", gene="EGFR")}
    assert set(rows) == {"PMID:1", "PMID:25"}
    assert (rows["PMID:1"]["phase"], rows["PMID:1"]["trial_ids"], rows["PMID:1"]["in_title"]) == ("3", ["NCT01"], True)
    assert len(rows["PMID:1"]["claims"]) == 1
    assert rows["PMID:25"]["claims"] == []


def test_comentioned_without_evidence(ask: Any) -> None:
    rows = {row["disease"]: row for row in ask("comentioned_without_evidence", therapy="osimertinib")}
    assert rows["breast cancer"]["pmids"] == ["PMID:24"]
    assert rows["breast cancer"]["both_in_title"] == 1
    assert "non-small cell lung carcinoma" not in rows
    assert set(rows) == {"breast cancer", "rash"}
    assert [r["disease"] for r in ask("comentioned_without_evidence", therapy="osimertinib", neoplasms_only="yes")] == [
        "breast cancer"
    ]


def test_retracted_support(ask: Any) -> None:
    rows = {row["pmid"]: row for row in ask("retracted_support")}
    assert set(rows) == {"PMID:13", "PMID:28"}
    assert (rows["PMID:13"]["remaining_support"], rows["PMID:28"]["remaining_support"]) == (0, 1)
    assert rows["PMID:13"]["sentences"] == ["Bevacizumab helped."]
    assert ask("retracted_support", states="concern") == []


def test_studies_of_challenge(ask: Any) -> None:
    rows = {row["pmid"]: row for row in ask("studies_of_challenge", challenge="cost")}
    assert set(rows) == {"PMID:18", "PMID:19", "PMID:20", "PMID:21", "PMID:22"}
    assert rows["PMID:18"]["sentences"] == ["The price of sequencing limits its use."]
    assert (rows["PMID:20"]["barrier"], rows["PMID:20"]["overcome"]) == (0, 1)
    assert rows["PMID:21"]["about"] == []
    tied = ask("studies_of_challenge", challenge="cost", therapy="osimertinib")
    assert [row["pmid"] for row in tied] == ["PMID:19"]


def test_top_therapies(ask: Any) -> None:
    rows = ask("top_therapies")
    assert rows[0]["therapy"] == "osimertinib"
    assert (rows[0]["supporting"], rows[0]["contradicting"], rows[0]["hindered"]) == (3, 1, 2)
    assert "orphanib" not in [row["therapy"] for row in rows], "not targeted"
    assert "orphanib" in [row["therapy"] for row in ask("top_therapies", targeted_only=False)]
    breast = ask("top_therapies", disease="breast cancer")
    assert [row["therapy"] for row in breast] == ["mycnib", "olaparib"], "retracted and synthesised support is no study"


def test_targets_of_genes(ask: Any) -> None:
    rows = ask("targets_of_genes", genes="EGFR, MYC, TP53, BRCA1")
    found = {(row["gene"], row["drug"], row["disease"]): row for row in rows}
    lung = found["EGFR", "osimertinib", "non-small cell lung carcinoma"]
    assert (lung["best_level"], lung["studies"], lung["supporting"], lung["reports"]) == ("A", 3, 2, 4)
    assert lung["synthesis"] == 1
    assert found["EGFR", "erlotinib", "non-small cell lung carcinoma"]["combined"] == 1
    assert found["MYC", "mycnib", "breast cancer"]["best_level"] == "D", "the retracted trial gives no level"
    assert not [pair for pair in found if pair[0] == "TP53"]
    assert not [pair for pair in found if pair[1] == "probe 7"]
    every = ask("targets_of_genes", genes=["EGFR"], therapies_only=False)
    (probe,) = [row for row in every if row["drug"] == "probe 7"]
    assert (probe["disease"], probe["studies"], probe["best_level"]) == (None, 0, None)


def test_genes_without_drug_target(ask: Any) -> None:
    (row,) = ask("genes_without_drug_target", genes=ALL_GENES)
    assert (row["gene"], row["links"], row["mentioned_in"]) == ("TP53", 0, 1)
    assert row["sources_asked"] == ["oncoref 1.20.0"]


def test_genes_whose_drugs_lack_clinical_evidence(ask: Any) -> None:
    (row,) = ask("genes_whose_drugs_lack_clinical_evidence", genes=ALL_GENES)
    assert (row["gene"], row["drugs"], row["best_level"], row["studies"]) == ("MYC", ["mycnib"], "D", 1)


def test_gene_therapy_outcomes(ask: Any) -> None:
    rows = ask("gene_therapy_outcomes", gene="EGFR", variant="EGFR T790M")
    seen = {(row["therapy"], row["outcome"], row["design"], row["year"]): row for row in rows}
    assert seen["gefitinib", "resistance", "cohort", 2012]["pmids"] == ["PMID:6"]
    assert seen["osimertinib", "no_effect", "cohort", 2021]["studies"] == 1
    assert not [row for row in rows if row["variants"] == ["EGFR L858R"]]
    assert ("osimertinib", "resistance", "cohort", 2014) not in seen, "speculation is no outcome"
    everything = ask("gene_therapy_outcomes", gene="EGFR")
    assert [row for row in everything if row["variants"] == ["EGFR L858R"]]


def test_rare_diseases_without_therapy_evidence(ask: Any) -> None:
    rows = {row["disease"]: row for row in ask("rare_diseases_without_therapy_evidence")}
    assert set(rows) == {"rare atrophy", "rare hoped-for atrophy"}
    assert (rows["rare atrophy"]["genes"], rows["rare atrophy"]["reports"]) == (["SMN1"], 1)
    assert (rows["rare hoped-for atrophy"]["considered"], rows["rare hoped-for atrophy"]["drugs_for_genes"]) == (
        1,
        ["mycnib"],
    )
    assert ask("rare_diseases_without_therapy_evidence", within="lung cancer") == []
    assert ask("rare_diseases_without_therapy_evidence", minimum_reports=2) == []


def test_challenges_by_class(ask: Any) -> None:
    rows = {(row["challenge"], row["name"], row["year"]): row for row in ask("challenges_by_class")}
    assert rows["cost", "whole-genome sequencing", 2019]["barrier"] == 1
    assert rows["cost", "whole-genome sequencing", 2021]["overcome"] == 1
    assert rows["access", "gene panel", 2021]["absent"] == 1
    assert rows["cost", "osimertinib", 2020]["about"] == "therapy"
    assert rows["cost", "osimertinib", 2020]["reviews"] == 1
    assert not [found for found in rows if found[0] == "toxicity"]
    assert {row["name"] for row in ask("challenges_by_class", families="clinical")} == {"osimertinib"}
    assert {row["about"] for row in ask("challenges_by_class", about="test")} == {"test"}
    assert {row["year"] for row in ask("challenges_by_class", first_year=2021)} == {2021}


def test_biomarkers_of_disease(ask: Any) -> None:
    (row,) = ask("biomarkers_of_disease", disease="cancer")
    assert (row["genes"], row["relation"], row["supporting"]) == (["TP53"], "worse_outcome", 1)
    assert ask("biomarkers_of_disease", disease="lung cancer") == []


def test_adverse_events_of_therapy(ask: Any) -> None:
    (row,) = ask("adverse_events_of_therapy", therapy="osimertinib")
    assert (row["event"], row["supporting"]) == ("rash", 1)
    assert ask("adverse_events_of_therapy", therapy="gefitinib") == []


def test_combinations_with_therapy(ask: Any) -> None:
    (row,) = ask("combinations_with_therapy", therapy="erlotinib")
    assert row["therapies"] == ["bevacizumab", "erlotinib"]
    assert ask("combinations_with_therapy", therapy="osimertinib") == []
    assert ask("combinations_with_therapy", therapy="erlotinib", disease="breast cancer") == []


def test_findings_of_study(ask: Any) -> None:
    rows = ask("findings_of_study", pmid="PMID:2")
    assert {row["claim_id"] for row in rows} == {w.SENSITIVE.id, w.RASHES.id}
    assert ask("findings_of_study", pmid="PMID:24") == []


def test_barriers_without_therapy_or_test(ask: Any) -> None:
    rows = {row["challenge"]: row["pmids"] for row in ask("barriers_without_therapy_or_test")}
    assert rows == {"cost": ["PMID:21", "PMID:22"], "privacy": ["PMID:21"]}


def test_every_question_has_its_test() -> None:
    tested = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert {query.name for query in list_queries()} <= tested
