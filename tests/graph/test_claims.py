"""Claims: which one a finding bears on, what contributions add up to, how a claim reads."""

import pytest

from graph.claims import (
    ClaimKey,
    Contribution,
    Sign,
    aggregate,
    claim_of,
    claim_rows,
    claim_statement,
    conflict_index,
    contribution,
    opposed,
)
from graph.schema import OPPOSES
from miner.findings import RELATIONS

PLAIN = (("disease", "MONDO:1"), ("drug", "UNII:A"))
WITH_GENE = (*PLAIN, ("gene", "HGNC:1"))
CLAIM = ClaimKey("predictive", "sensitivity", WITH_GENE)


def brought(
    sign: Sign = "supports", study: str = "PMID:1", *, pmid: int = 1, claim: ClaimKey = CLAIM, **more: object
) -> Contribution:
    values = {"year": 2020, "design": "cohort", "status": "current", "level": "B"} | more
    return contribution(claim, f"e{pmid}{sign}", sign, pmid=pmid, study_key=study, **values)  # type: ignore[arg-type]


def test_one_supporting_study() -> None:
    numbers = aggregate([brought()])
    assert (numbers.studyCount, numbers.supportCount, numbers.bestLevel) == (1, 1, "B")
    assert (numbers.firstYear, numbers.lastYear, numbers.conflictIndex) == (2020, 2020, None)
    assert numbers.stands == "for"


@pytest.mark.parametrize(
    ("kind", "relation", "participants", "claim"),
    [
        ("efficacy", "no_benefit", PLAIN, ("efficacy", "benefit")),
        ("efficacy", "no_benefit", WITH_GENE, ("predictive", "sensitivity")),
        ("efficacy", "no_benefit", (*PLAIN, ("variant", "TGV:MSI-H")), ("predictive", "sensitivity")),
        ("predictive", "no_effect", WITH_GENE, ("predictive", "sensitivity")),
        ("prognostic", "no_effect", WITH_GENE, ("prognostic", "worse_outcome")),
        ("predisposing", "no_effect", WITH_GENE, ("predisposing", "increased_risk")),
        ("diagnostic", "negative", WITH_GENE, ("diagnostic", "positive")),
        ("safety", "does_not_cause", PLAIN, ("safety", "causes")),
    ],
)
def test_a_negative_relation_contradicts_the_positive_one(
    kind: str, relation: str, participants: tuple[tuple[str, str], ...], claim: tuple[str, str]
) -> None:
    assert claim_of(kind, relation, "supports", participants) == (ClaimKey(*claim, participants), "contradicts")


def test_does_not_support_contradicts_its_own_relation() -> None:
    assert claim_of("predictive", "resistance", "does_not_support", WITH_GENE) == (
        ClaimKey("predictive", "resistance", WITH_GENE),
        "contradicts",
    )


def test_every_relation_of_the_vocabulary_leads_to_a_claim_that_can_be_worded() -> None:
    for kind, relations in RELATIONS.items():
        for relation in relations:
            key, _ = claim_of(kind, relation, "supports", WITH_GENE)
            assert "reported" in claim_statement(key, str)
    for kind, pairs in OPPOSES.items():
        assert {relation for pair in pairs for relation in pair} <= set(RELATIONS[kind])


def test_a_benefit_with_a_gene_stays_efficacy() -> None:
    assert claim_of("efficacy", "benefit", "supports", WITH_GENE)[0].kind == "efficacy"


def test_two_reports_of_one_trial_are_one_study() -> None:
    numbers = aggregate([brought(study="NCT1", pmid=1), brought(study="NCT1", pmid=2)])
    assert (numbers.studyCount, numbers.supportCount, numbers.reportCount) == (1, 1, 2)


def test_a_retracted_study_stays_visible_and_counts_nowhere() -> None:
    numbers = aggregate([brought(status="retracted")])
    assert numbers.retractedCount == 1
    assert (numbers.studyCount, numbers.reportCount, numbers.bestLevel, numbers.firstYear) == (0, 0, None, None)


@pytest.mark.parametrize("status", ["current", "corrected", "concern", "republished"])
def test_other_states_count(status: str) -> None:
    assert aggregate([brought(status=status)]).studyCount == 1


@pytest.mark.parametrize("design", ["review", "systematic review", "meta-analysis", "guideline"])
def test_syntheses_are_counted_apart_but_give_the_best_level(design: str) -> None:
    numbers = aggregate([brought(design=design, level="A"), brought(pmid=2, study="PMID:2", level="C")])
    assert (numbers.synthesisCount, numbers.studyCount, numbers.bestLevel) == (1, 1, "A")


@pytest.mark.parametrize("design", ["protocol", "editorial", "notice"])
def test_protocols_editorials_and_notices_enter_no_count(design: str) -> None:
    numbers = aggregate([brought(design=design, level=None)])
    assert (numbers.studyCount, numbers.synthesisCount, numbers.backgroundCount, numbers.firstYear) == (0, 0, 0, None)


def test_what_only_considers_a_claim_is_background() -> None:
    numbers = aggregate([brought("considers", level="A")])
    assert (numbers.backgroundCount, numbers.studyCount, numbers.bestLevel, numbers.stands) == (1, 0, None, "open")


def test_contradicting_evidence_gives_no_best_level() -> None:
    numbers = aggregate([brought("contradicts", level="A")])
    assert (numbers.contradictCount, numbers.bestLevel, numbers.stands) == (1, None, "against")


@pytest.mark.parametrize(
    ("supporting", "opposing", "index"),
    [
        ({"a"}, set(), None),
        ({"a"}, {"a"}, None),
        ({"a", "b"}, set(), 0.0),
        ({"a"}, {"b"}, 1.0),
        ({"a", "b", "c"}, {"d"}, 0.5),
        ({"a", "b"}, {"c"}, 0.667),
    ],
)
def test_conflict_index(supporting: set[str], opposing: set[str], index: float | None) -> None:
    assert conflict_index(supporting, opposing) == index


def test_support_of_an_opposed_claim_is_against() -> None:
    resistance = ClaimKey("predictive", "resistance", WITH_GENE)
    against = [
        brought(pmid=2, study="PMID:2", claim=resistance),
        brought("contradicts", "PMID:3", pmid=3, claim=resistance),
    ]
    numbers = aggregate([brought()], against)
    assert (numbers.opposedCount, numbers.contradictCount, numbers.conflictIndex) == (1, 0, 1.0)
    assert (numbers.studyCount, numbers.stands) == (1, "mixed")


def test_opposed_claims_have_identical_participants() -> None:
    assert {c.relation for c in opposed(CLAIM)} == {"resistance", "reduced_sensitivity"}
    assert all(c.participants == CLAIM.participants for c in opposed(CLAIM))
    assert opposed(ClaimKey("efficacy", "benefit", PLAIN)) == ()
    for rival in opposed(CLAIM):
        assert CLAIM in opposed(rival)


def test_opposes_is_stored_once() -> None:
    resistance = ClaimKey("predictive", "resistance", WITH_GENE)
    numbers = aggregate([brought()])
    edges = [row.kind[0] for row in claim_rows(CLAIM, numbers, "x", [resistance])]
    assert edges.count("OPPOSES") == 1
    assert "OPPOSES" not in [row.kind[0] for row in claim_rows(resistance, numbers, "x", [CLAIM])]


def test_a_challenge_counts_reviews_and_shows_them_apart() -> None:
    claim = ClaimKey("challenge", "hinders", (("challenge", "challenge:cost"), ("test", "TGT:1")))
    numbers = aggregate([brought(claim=claim, design="review", level=None)])
    assert (numbers.studyCount, numbers.synthesisCount, numbers.bestLevel) == (1, 1, None)


def test_a_combination_is_its_own_claim_and_reads_as_a_report() -> None:
    names = {"UNII:A": "erlotinib", "UNII:B": "bevacizumab", "HGNC:1": "EGFR", "MONDO:1": "lung adenocarcinoma"}
    names["TGV:HGNC:1:p.L858R"] = "EGFR L858R"
    both = (*WITH_GENE, ("drug", "UNII:B"), ("variant", "TGV:HGNC:1:p.L858R"))
    key = ClaimKey("predictive", "sensitivity", tuple(sorted(both)))
    assert key.id != CLAIM.id
    assert (
        claim_statement(key, names.__getitem__)
        == "bevacizumab + erlotinib: sensitivity reported with EGFR L858R in lung adenocarcinoma"
    )
