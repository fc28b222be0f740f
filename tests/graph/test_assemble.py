"""Assembling one study: its node, its evidence, its shortcuts, and what is left out and counted."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.assemble import StudyRows, StudyState, assemble_study, study_key
from graph.rows import NodeRow, RelationRow, check_row
from graph.vocabulary import Names
from miner.decisions import Correction, Judgement
from miner.findings import Drop, MinedArticle
from tests.graph.worlds import (
    CANCER,
    COST,
    DISEASE,
    DRUG,
    DRUG_CLASS,
    EVENT,
    GENE,
    OTHER_DRUG,
    TEST,
    VARIANT,
    Vocabulary,
    World,
    article,
    challenge,
    corrected,
    finding,
    mention,
    mined,
)

SENTENCE = "Alphanib prolonged survival in lung adenocarcinoma."
SECOND = "Exome sequencing is too expensive for most clinics."
STUDY = article(7, SENTENCE, SECOND, title="Alphanib in lung adenocarcinoma.")


def assembled(
    result: MinedArticle | None, *, status: str = "current", judgements: Sequence[Judgement] = ()
) -> StudyRows:
    world = World()
    world.add(STUDY, result)
    names = Names(Vocabulary())
    state = StudyState(status)  # type: ignore[arg-type]
    rows = assemble_study(STUDY, state, world.results.get(7), names, {j.finding_id: j for j in judgements})
    for row in rows.rows:
        check_row(row)
    return rows


def relations(rows: StudyRows, type_: str) -> list[RelationRow]:
    return [row for row in rows.rows if isinstance(row, RelationRow) and row.type == type_]


def evidence(rows: StudyRows) -> list[NodeRow]:
    return [row for row in rows.rows if isinstance(row, NodeRow) and row.label == "Evidence"]


def test_a_finding_becomes_evidence_that_quotes_its_sentence() -> None:
    rows = assembled(mined(finding(STUDY, SENTENCE)))
    [node] = evidence(rows)
    assert node.properties["level"] == "B"
    [sentence] = [row for row in rows.rows if isinstance(row, NodeRow) and row.label == "Sentence"]
    assert sentence.properties["text"] == SENTENCE
    assert [row.end for row in relations(rows, "QUOTES")] == [sentence.id]
    assert [row.start for row in relations(rows, "SUPPORTS")] == [node.id]


def test_same_statement_twice_is_one_evidence_of_the_best_level() -> None:
    text = article(7, "Alphanib works.", "Alphanib helps.")
    world = World()
    made = [
        finding(text, "Alphanib works.", level="C", level_trace=("few",)),
        finding(text, "Alphanib helps.", level="B", level_trace=("cohort",), confidence=0.4),
    ]
    world.add(text, mined(*made))
    rows = assemble_study(text, StudyState(), world.results[7], Names(Vocabulary()))
    [node] = evidence(rows)
    assert (node.properties["level"], node.properties["levelTrace"], node.properties["confidence"]) == (
        "B",
        ("cohort",),
        0.8,
    )
    assert len(relations(rows, "QUOTES")) == 2


@pytest.mark.parametrize("certainty", ["speculative", "aim", "background"])
def test_what_is_not_asserted_only_considers(certainty: str) -> None:
    rows = assembled(mined(finding(STUDY, SENTENCE, certainty=certainty)))
    assert len(relations(rows, "CONSIDERS")) == 1
    assert relations(rows, "SUPPORTS") == relations(rows, "SUPPORTED_BY") == []


def test_retracted_evidence_is_joined_but_gives_no_shortcut() -> None:
    result = mined(finding(STUDY, SENTENCE), challenges=[challenge(STUDY, SECOND)])
    rows = assembled(result, status="retracted")
    assert len(relations(rows, "SUPPORTS")) == 2
    assert relations(rows, "SUPPORTED_BY") == relations(rows, "HINDERED_BY") == []


def test_a_review_gives_no_shortcut() -> None:
    assert relations(assembled(mined(finding(STUDY, SENTENCE), design="review")), "SUPPORTED_BY") == []


def test_shortcuts_of_a_combination_start_at_each_drug_and_at_no_class() -> None:
    rows = assembled(mined(finding(STUDY, SENTENCE, drugs=(DRUG, OTHER_DRUG))))
    assert sorted(row.start for row in relations(rows, "SUPPORTED_BY")) == [DRUG, OTHER_DRUG]
    assert relations(rows, "SUPPORTED_BY")[0].properties["diseaseIds"] == (DISEASE,)


def test_evidence_on_a_class_is_the_classes_alone() -> None:
    rows = assembled(mined(finding(STUDY, SENTENCE, drugs=(DRUG_CLASS,))))
    assert [row.start for row in relations(rows, "SUPPORTED_BY")] == [DRUG_CLASS]


@pytest.mark.parametrize(
    ("kind", "relation", "shortcut"),
    [
        ("predictive", "resistance", "CONTRADICTED_BY"),
        ("efficacy", "no_benefit", "CONTRADICTED_BY"),
        ("predictive", "sensitivity", "SUPPORTED_BY"),
        ("predictive", "adverse_response", None),
        ("target", "inhibits", None),
    ],
)
def test_which_findings_speak_for_or_against_a_therapy(kind: str, relation: str, shortcut: str | None) -> None:
    rows = assembled(mined(finding(STUDY, SENTENCE, kind, relation, genes=(GENE,))))
    found = {row.type for row in rows.rows if isinstance(row, RelationRow) and row.type.endswith("ED_BY")}
    assert found == ({shortcut} if shortcut else set())


def test_unlinked_and_unknown_participants_are_counted_and_left_out() -> None:
    made = [finding(STUDY, SENTENCE, drugs=("UNII:NOBODY",)), finding(STUDY, SENTENCE, disease="UNII:DRUGA")]
    rows = assembled(mined(*made, mentions=[mention(STUDY, "Alphanib", None), mention(STUDY, "Exome", "X:1", "test")]))
    assert evidence(rows) == []
    assert rows.dropped == {"unlinked finding": 2, "unlinked mention": 1, "mention of an unknown concept": 1}


def test_a_retired_id_is_replaced() -> None:
    rows = assembled(mined(finding(STUDY, SENTENCE, drugs=("UNII:OLD",))))
    assert [c.claim.participants for c in rows.contributions] == [(("disease", DISEASE), ("drug", DRUG))]


def test_a_wrong_finding_leaves_and_a_corrected_level_stands() -> None:
    made = finding(STUDY, SENTENCE)
    assert evidence(assembled(mined(made), judgements=[Judgement(made.id, "wrong")])) == []
    [node] = evidence(assembled(mined(made), judgements=[Judgement(made.id, "corrected", "D")]))
    assert (node.properties["level"], node.properties["review"]) == ("D", "corrected")
    assert node.properties["levelTrace"] == ("human judgement: D",)
    [node] = evidence(assembled(mined(made), judgements=[Judgement(made.id, "right")]))
    assert (node.properties["level"], node.properties["review"]) == ("B", "confirmed")


def test_a_corrected_finding_is_loaded_as_corrected() -> None:
    made = finding(STUDY, SENTENCE)
    judged = Judgement(
        made.id, "corrected", "none", correction=Correction(relation="no_benefit", certainty="background")
    )
    rows = assembled(mined(made), judgements=[judged])
    [node] = evidence(rows)
    assert (node.properties["relation"], node.properties["certainty"]) == ("no_benefit", "background")
    assert "level" not in node.properties
    assert node.properties["levelTrace"] == ("human judgement: none",)
    assert [(c.claim.relation, c.sign) for c in rows.contributions] == [("benefit", "considers")]
    assert rows.finding_ids == (made.id,)


def test_a_correction_that_no_longer_fits_is_counted_and_left_out() -> None:
    made = finding(STUDY, SENTENCE)
    rows = assembled(
        mined(made), judgements=[Judgement(made.id, "corrected", correction=Correction("safety", "causes"))]
    )
    assert evidence(rows) == []
    assert rows.dropped == {"correction that does not fit its finding": 1}


def test_a_pair_named_together_without_a_finding_is_what_a_map_calls_unread() -> None:
    named = [mention(STUDY, "Alphanib", DRUG), mention(STUDY, "lung adenocarcinoma", DISEASE, "disease")]
    missed = Drop("finding", "no relation read", 33, 80, "alphanib and lung adenocarcinoma")
    rows = assembled(replace(mined(mentions=named), drops=(missed,)))
    assert evidence(rows) == []
    assert {row.end for row in relations(rows, "MENTIONS")} == {DRUG, DISEASE}
    assert rows.rows == assembled(mined(mentions=named)).rows, "what was dropped changes no row"


def test_mentions_are_counted_by_concept() -> None:
    drug, again = mention(STUDY, "Alphanib", DRUG), mention(STUDY, "survival", "UNII:OLD")
    rows = assembled(mined(mentions=[drug, again, mention(STUDY, "Exome", TEST, "test")]))
    counts = {row.end: (row.properties["count"], row.properties["inTitle"]) for row in relations(rows, "MENTIONS")}
    assert counts == {DRUG: (2, True), TEST: (1, False)}


def test_a_variant_brings_its_gene() -> None:
    rows = assembled(mined(mentions=[mention(STUDY, "Alphanib", VARIANT, "variant", gene_ids=("HGNC:2", "HGNC:404"))]))
    assert rows.uses[VARIANT] == ("Alphanib", (GENE, "HGNC:2"))
    assert set(rows.uses) == {VARIANT, GENE, "HGNC:2"}


def test_a_challenge_is_raised_and_hinders_what_it_is_about() -> None:
    rows = assembled(mined(challenges=[challenge(STUDY, SECOND), challenge(STUDY, SENTENCE, "overcome", about=())]))
    [raised] = relations(rows, "RAISES")
    assert (raised.end, dict(raised.properties)) == (COST, {"barrier": 1, "absent": 0, "overcome": 1})
    [hindered] = relations(rows, "HINDERED_BY")
    assert (hindered.start_label, hindered.start, hindered.properties["classes"]) == ("Test", TEST, (COST,))
    [node] = evidence(rows)
    assert (node.properties["polarity"], "level" in node.properties) == ("barrier", False)


@pytest.mark.parametrize(
    ("stance", "edge"), [("barrier", "SUPPORTS"), ("absent", "CONTRADICTS"), ("overcome", "CONSIDERS")]
)
def test_stances(stance: str, edge: str) -> None:
    rows = assembled(mined(challenges=[challenge(STUDY, SECOND, stance)]))
    assert len(relations(rows, edge)) == 1
    assert len(relations(rows, "HINDERED_BY")) == (stance == "barrier")


def test_a_sentence_that_is_a_predictive_or_safety_finding_makes_no_second_claim() -> None:
    told = finding(STUDY, SENTENCE, "safety", "causes", event=EVENT)
    rows = assembled(mined(told, challenges=[challenge(STUDY, SENTENCE, about=(DRUG,))]))
    assert [node.properties["kind"] for node in evidence(rows)] == ["safety"]
    assert len(relations(rows, "RAISES")) == 1


def test_results_of_another_text_are_stale() -> None:
    result = mined(finding(STUDY, SENTENCE))
    rows = assemble_study(STUDY, StudyState(), result, Names(Vocabulary()))
    assert rows.dropped == {"stale study": 1}
    assert [row.kind for row in rows.rows] == [("Study",)]


def test_links_between_records_run_from_the_study_to_its_notice() -> None:
    study = corrected(corrected(corrected(STUDY, "RetractionIn", 8), "CommentOn", 9), "Cites", 10)
    rows = assemble_study(study, StudyState(), None, Names(Vocabulary()))
    assert rows.links == (("RETRACTED_BY", 7, 8), ("COMMENTED_BY", 9, 7))


@pytest.mark.parametrize(
    ("sentences", "trial", "key"),
    [
        (["None named."], "", "PMID:1"),
        (["Registered as NCT00000002."], "", "NCT00000002"),
        (["NCT00000002 and NCT00000003 were pooled."], "", "PMID:1"),
        (["Registered as NCT00000002."], "NCT00000001", "NCT00000001"),
    ],
)
def test_study_key(sentences: list[str], trial: str, key: str) -> None:
    assert study_key(article(1, *sentences, trial=trial)) == key


def test_evidence_ids_depend_on_what_is_said_only() -> None:
    made = finding(STUDY, SENTENCE)
    longer = article(7, "Something new stands first.", SENTENCE, SECOND, title=STUDY.title)
    world = World()
    world.add(longer, mined(finding(longer, SENTENCE, confidence=0.3, level="D")))
    moved = assemble_study(longer, StudyState(), world.results[7], Names(Vocabulary()))
    assert [e.id for e in evidence(assembled(mined(made)))] == [e.id for e in evidence(moved)]
    assert CANCER not in moved.uses


def test_a_class_that_is_not_sure_is_raised_and_hinders_nothing() -> None:
    both = replace(challenge(STUDY, SECOND), class_scores=(0.2,))
    rows = assembled(mined(challenges=[both]))
    assert evidence(rows) == []
    assert {row.end for row in relations(rows, "RAISES")} == {"challenge:cost"}
    assert rows.dropped == {"challenge not sure enough to hinder": 1}


def test_a_drug_is_not_called_inaccurate() -> None:
    rows = assembled(mined(challenges=[challenge(STUDY, SECOND, about=(DRUG, TEST), classes=("accuracy",))]))
    [claimed] = relations(rows, "HINDERED_BY")
    assert claimed.start == TEST
