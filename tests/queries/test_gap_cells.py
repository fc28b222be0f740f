"""The four states, badges and flags of a cell, one by one (definitions: Gap)."""

from dataclasses import replace

from queries.answers import AxisItem, GapCell, Thresholds
from queries.gap_cells import ClaimShape, Fact, Scope, gap_cell

ROW, COLUMN = AxisItem("UNII:1", "drug"), AxisItem("MONDO:1", "disease")
FINDINGS = Scope(challenges=False, thresholds=Thresholds(), newest_year=2021)
CHALLENGES = replace(FINDINGS, challenges=True)
SHAPES = {
    "benefit": ClaimShape("efficacy", "benefit", ("UNII:1",), ("MONDO:1",), (), ()),
    "together": ClaimShape("efficacy", "benefit", ("UNII:1", "UNII:2"), ("MONDO:1",), (), ()),
    "responds": ClaimShape("predictive", "sensitivity", ("UNII:1",), ("G",), ("V1",), ("fails",)),
    "fails": ClaimShape("predictive", "resistance", ("UNII:1",), ("G",), ("V1",), ("responds",)),
    "fails elsewhere": ClaimShape("predictive", "resistance", ("UNII:1",), ("G",), ("V2",), ()),
    "hinders": ClaimShape("challenge", "hinders", ("UNII:1",), (), (), ()),
}


def fact(
    pmid: int,
    claim: str = "benefit",
    side: str = "SUPPORTS",
    level: str | None = "B",
    design: str = "cohort",
    year: int | None = 2020,
    status: str = "current",
    key: str = "",
    polarity: str = "supports",
    via: tuple[str, ...] = (),
) -> Fact:
    study = f"PMID:{pmid}"
    return Fact(claim, via, side, polarity, level, study, key or study, design, year, status)


def cell(*facts: Fact, mentioned: set[str] | None = None, scope: Scope = FINDINGS) -> GapCell:
    return gap_cell(ROW, COLUMN, facts, SHAPES, mentioned or set(), scope)


def test_three_primary_studies_are_evidence() -> None:
    found = cell(fact(1), fact(2), fact(3, side="CONTRADICTS"))
    assert (found.state, found.studies, found.reports, found.best_level, found.gap) == ("evidence", 3, 3, "B", False)


def test_reports_of_one_trial_are_one_study() -> None:
    found = cell(fact(1, key="NCT1"), fact(2, key="NCT1"), fact(3))
    assert (found.state, found.studies, found.reports) == ("thin", 2, 3)


def test_one_or_two_studies_are_thin() -> None:
    found = cell(fact(1), fact(2))
    assert (found.state, found.badges, found.gap) == ("thin", (), True)


def test_all_preclinical_is_thin_with_a_badge() -> None:
    found = cell(*(fact(n, level="DE"[n % 2], design="in vitro") for n in range(1, 6)))
    assert (found.state, found.badges, found.studies) == ("thin", ("preclinical",), 5)
    assert cell(fact(1, level="D"), fact(2, level="E"), fact(3, level="C")).state == "evidence"


def test_synthesis_only_is_thin_with_its_badge() -> None:
    found = cell(*(fact(n, level="A", design="meta-analysis") for n in range(1, 5)))
    assert (found.state, found.badges) == ("thin", ("synthesis",))
    assert (found.studies, found.synthesis_studies, found.best_level) == (0, 4, None)


def test_considered_only_is_thin_with_its_badge() -> None:
    found = cell(fact(1, side="CONSIDERS"))
    assert (found.state, found.badges, found.studies) == ("thin", ("considered",), 0)


def test_a_republished_report_counts_as_the_new_one_of_its_pair() -> None:
    found = cell(*(fact(n, status="republished") for n in range(1, 4)))
    assert (found.state, found.studies) == ("evidence", 3)


def test_retracted_only_is_thin_with_its_badge() -> None:
    found = cell(*(fact(n, status="retracted") for n in range(1, 5)))
    assert (found.state, found.badges, found.studies, found.study_ids) == ("thin", ("retracted",), 0, ())


def test_a_protocol_alone_is_thin_and_counted_nowhere() -> None:
    found = cell(fact(1, design="protocol"))
    assert (found.state, found.badges, found.studies, found.synthesis_studies) == ("thin", ("uncounted",), 0, 0)


def test_concern_and_correction_still_count() -> None:
    assert cell(fact(1, status="concern"), fact(2, status="corrected"), fact(3)).state == "evidence"


def test_mentioned_together_without_evidence_is_unread_and_no_gap() -> None:
    found = cell(mentioned={"PMID:9", "PMID:10"})
    assert (found.state, found.comentions, found.unread_ids) == ("unread", 2, ("PMID:10", "PMID:9"))
    assert not found.gap


def test_never_together_is_none() -> None:
    found = cell()
    assert (found.state, found.gap) == ("none", True)


def test_every_cell_lists_its_unread_studies() -> None:
    found = cell(fact(1), fact(2, side="CONSIDERS"), mentioned={"PMID:1", "PMID:2", "PMID:3"})
    assert (found.state, found.comentions, found.unread_ids) == ("thin", 3, ("PMID:3",))


def test_thresholds_are_parameters() -> None:
    scope = replace(FINDINGS, thresholds=Thresholds(enough_studies=1))
    assert cell(fact(1), scope=scope).state == "evidence"


def test_a_combination_counts_once_and_is_marked() -> None:
    found = cell(fact(1, "together"), fact(2, "together"), fact(2), fact(3))
    assert (found.studies, found.combination_studies) == (3, 1)


def test_members_evidence_is_marked_via() -> None:
    assert cell(fact(1, via=("olaparib",)), fact(2, via=("olaparib",))).via == ("olaparib",)


def test_missing_synthesis_is_flagged_from_five_studies_on() -> None:
    many = [fact(n) for n in range(1, 6)]
    assert "synthesis" in cell(*many).flags
    assert "synthesis" not in cell(*many[:4]).flags
    assert "synthesis" not in cell(*many, fact(9, design="review", level=None, year=2016)).flags
    assert "synthesis" in cell(*many, fact(9, design="review", level=None, year=2015)).flags
    assert "synthesis" in cell(*many, fact(9, design="review", level=None, status="retracted")).flags


def test_stale_is_measured_from_the_newest_entry_of_the_corpus() -> None:
    assert "stale" in cell(fact(1, year=2015)).flags
    assert "stale" not in cell(fact(1, year=2016)).flags
    assert "stale" not in cell(fact(1, year=2015), scope=replace(FINDINGS, newest_year=2018)).flags
    assert "stale" not in cell(fact(1, year=None)).flags
    assert cell(fact(1, year=2012), fact(2, year=2019)).last_year == 2019


def test_contradicted_claims_need_identical_participants() -> None:
    assert cell(fact(1), fact(2, side="CONTRADICTS")).contradicted_claims == 1
    assert cell(fact(1, "responds"), fact(2, "fails")).contradicted_claims == 2
    assert cell(fact(1, "responds"), fact(2, "fails elsewhere")).contradicted_claims == 0
    assert cell(fact(1), fact(2, side="CONTRADICTS", status="retracted")).contradicted_claims == 0


def test_poles_that_differ_by_variant_are_flagged() -> None:
    assert "differs by variant" in cell(fact(1, "responds"), fact(2, "fails elsewhere")).flags
    assert "differs by variant" not in cell(fact(1, "responds"), fact(2, "fails")).flags


def test_filters_on_evidence_leave_a_badge_not_a_hole() -> None:
    scope = replace(FINDINGS, levels=frozenset("AB"))
    found = cell(fact(1, level="D"), mentioned={"PMID:1"}, scope=scope)
    assert (found.state, found.badges, found.studies, found.unread_ids) == ("thin", ("filtered",), 0, ())
    assert cell(fact(1), scope=replace(FINDINGS, kinds=frozenset({"safety"}))).badges == ("filtered",)


def barrier(pmid: int, side: str = "SUPPORTS", design: str = "cohort", status: str = "current") -> Fact:
    polarity = {"SUPPORTS": "barrier", "CONTRADICTS": "absent", "CONSIDERS": "overcome"}[side]
    return fact(pmid, "hinders", side, None, design, status=status, polarity=polarity)


def test_in_challenge_columns_reviews_count_and_levels_do_not() -> None:
    found = cell(barrier(1), barrier(2, design="review"), barrier(3, "CONTRADICTS"), scope=CHALLENGES)
    assert (found.state, found.studies, found.synthesis_studies) == ("evidence", 3, 1)
    assert cell(barrier(1), barrier(2), barrier(3, status="retracted"), scope=CHALLENGES).state == "thin"


def test_a_barrier_nobody_overcomes_is_unsolved() -> None:
    assert "unsolved" in cell(barrier(1), scope=CHALLENGES).flags
    assert "unsolved" not in cell(barrier(1), barrier(2, "CONSIDERS"), scope=CHALLENGES).flags
    assert "unsolved" not in cell(barrier(1, "CONTRADICTS"), scope=CHALLENGES).flags
    assert "unsolved" in cell(barrier(1), barrier(2, "CONSIDERS", status="retracted"), scope=CHALLENGES).flags


def test_overcome_alone_is_thin() -> None:
    assert cell(barrier(1, "CONSIDERS"), scope=CHALLENGES).badges == ("considered",)
