"""Evidence for and against, side by side."""

import pytest

from graph.engines import GraphEngine
from queries.answers import CLOSING, ClaimEvidence
from queries.errors import UnknownConcept, UnknownSearch
from queries.evidence import evidence
from queries.filters import Filters
from tests.queries import world
from tests.queries.conftest import WorldConcepts


def claim_of(claims: tuple[ClaimEvidence, ...], claim_id: str) -> ClaimEvidence:
    return next(claim for claim in claims if claim.claim_id == claim_id)


def pmids(studies: tuple[object, ...]) -> list[str]:
    return sorted(study.study_id for study in studies)  # type: ignore[attr-defined]


def test_a_therapy_in_a_disease(answering: GraphEngine, concepts: WorldConcepts) -> None:
    answer = evidence(answering, therapy="osimertinib", disease="non-small cell lung carcinoma", concepts=concepts)
    assert answer.scope == (("therapy", world.OSI), ("disease", world.NSCLC))
    claim = answer.claims[0]
    assert claim.claim_id == world.SENSITIVE.id
    assert pmids(claim.supporting) == ["PMID:1", "PMID:2", "PMID:3"]
    assert pmids(claim.contradicting) == ["PMID:4"]
    assert pmids(claim.synthesis) == ["PMID:5"]
    assert (claim.support_count, claim.contradict_count, claim.conflict_index) == (2, 1, 0.667)
    assert claim.best_level == "A"
    assert claim.supporting[-1].sentences == ("Osimertinib worked with T790M.",)
    assert answer.release == "2026-11-24"


def test_speculation_stands_apart_and_counts_nowhere(answering: GraphEngine, concepts: WorldConcepts) -> None:
    answer = evidence(answering, therapy="osimertinib", variant="EGFR L858R", concepts=concepts)
    (claim,) = answer.claims
    assert pmids(claim.considered) == ["PMID:8"]
    assert (claim.supporting, claim.support_count, claim.conflict_index, claim.best_level) == ((), 0, None, None)


def test_support_of_the_opposite_claim_counts_against(answering: GraphEngine, concepts: WorldConcepts) -> None:
    answer = evidence(answering, therapy="gefitinib", gene="EGFR", concepts=concepts)
    resistant = claim_of(answer.claims, world.RESISTANT.id)
    assert pmids(resistant.contradicting) == ["PMID:7"]
    assert resistant.contradicting[0].by_opposition == world.GEF_T790M.id
    assert (resistant.support_count, resistant.contradict_count, resistant.conflict_index) == (1, 1, 1.0)
    assert claim_of(answer.claims, world.GEF_SENSITIVE.id).contradicting == (), "another variant is no conflict"


def test_a_retracted_study_is_shown_with_its_badge_and_counts_nowhere(
    answering: GraphEngine, concepts: WorldConcepts
) -> None:
    (claim,) = evidence(answering, therapy="bevacizumab", disease="breast cancer", concepts=concepts).claims
    assert claim.supporting[0].badge == "RETRACTED"
    assert (claim.support_count, claim.best_level) == (0, None)


def test_a_class_shows_its_members_a_disease_its_subtypes(answering: GraphEngine, concepts: WorldConcepts) -> None:
    answer = evidence(answering, therapy="EGFR inhibitor", disease="lung cancer", concepts=concepts)
    found = {claim.claim_id: claim for claim in answer.claims}
    assert {world.SENSITIVE.id, world.RESISTANT.id, world.BENEFIT.id, world.COMBINED.id} <= set(found)
    assert found[world.COMBINED.id].combination
    assert not found[world.SENSITIVE.id].combination


def test_challenges_follow_findings_and_count_reviews(answering: GraphEngine, concepts: WorldConcepts) -> None:
    answer = evidence(answering, therapy="osimertinib", concepts=concepts)
    kinds = [claim.kind for claim in answer.claims]
    assert kinds == sorted(kinds, key=lambda kind: kind == "challenge")
    cost = claim_of(answer.claims, world.OSI_COST.id)
    assert (pmids(cost.synthesis), cost.support_count) == (["PMID:19"], 1)


def test_what_stands_in_the_way_of_a_test(answering: GraphEngine, concepts: WorldConcepts) -> None:
    (claim,) = evidence(answering, test="whole-genome sequencing", concepts=concepts).claims
    assert (pmids(claim.supporting), pmids(claim.considered)) == (["PMID:18"], ["PMID:20"])
    assert claim.support_count == 2


def test_counts_agree_with_what_the_loader_wrote(answering: GraphEngine) -> None:
    stored = answering.read(
        "MATCH (c:Claim) RETURN c.id AS claim, c.supportCount AS pro, c.conflictIndex AS conflict, c.bestLevel AS best"
    )
    for claim_id, pro, conflict, best in stored.rows:
        seen = [
            claim
            for anchor in ({"therapy": world.OSI}, {"therapy": world.GEF}, {"disease": world.CANCER})
            for claim in evidence(answering, **anchor).claims  # type: ignore[arg-type]
            if claim.claim_id == claim_id
        ]
        for claim in seen:
            assert (claim.support_count, claim.conflict_index, claim.best_level) == (pro, conflict, best)


def test_a_saved_search_and_filters_act_before_counting(answering: GraphEngine, concepts: WorldConcepts) -> None:
    scoped = evidence(answering, therapy="osimertinib", filters=Filters(search="lung"), concepts=concepts)
    claim = claim_of(scoped.claims, world.SENSITIVE.id)
    assert (claim.support_count, claim.contradict_count, claim.synthesis) == (2, 0, ())
    trials = evidence(
        answering, therapy="osimertinib", filters=Filters(designs=("randomised trial",)), concepts=concepts
    )
    assert claim_of(trials.claims, world.SENSITIVE.id).support_count == 1
    lab = evidence(
        answering, therapy="osimertinib", filters=Filters(levels=("D",), kinds=("target",)), concepts=concepts
    )
    assert [claim.claim_id for claim in lab.claims] == [world.BINDS.id]


def test_the_limit_says_what_it_left_out(answering: GraphEngine, concepts: WorldConcepts) -> None:
    every = evidence(answering, therapy="osimertinib", concepts=concepts)
    few = evidence(answering, therapy="osimertinib", limit=1, concepts=concepts)
    assert few.claims == every.claims[:1]
    assert few.omitted == len(every.claims) - 1


def test_wrong_names_get_near_matches(answering: GraphEngine, concepts: WorldConcepts) -> None:
    with pytest.raises(UnknownConcept, match="osimertinib"):
        evidence(answering, therapy="osimertinip", concepts=concepts)
    with pytest.raises(UnknownSearch, match="did you mean lung"):
        evidence(answering, therapy="osimertinib", filters=Filters(search="lungs"), concepts=concepts)
    with pytest.raises(ValueError, match="name at least"):
        evidence(answering)


def test_nothing_known_is_an_empty_answer(answering: GraphEngine, concepts: WorldConcepts) -> None:
    assert evidence(answering, therapy="probe 7", concepts=concepts).claims == ()


def test_the_closing_line_warns_and_credits() -> None:
    for part in ("machine-suggested", "abstracts only", "not for clinical decisions", "National Library of Medicine"):
        assert part in CLOSING
