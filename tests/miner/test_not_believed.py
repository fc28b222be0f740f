"""What a sentence does not say of a therapy or a marker; each with the twin that does say it."""

import pytest

from tests.miner.test_relate import read, said

#: with a finding, the twin, and what the twin says
TWINS: dict[str, tuple[str, str, list[str]]] = {
    "safely stopped": (
        "{D alphanib} was well accepted in patients with {S glioma} who achieved a deep response.",
        "{D alphanib} can be safely discontinued in patients with {S glioma} who achieved a deep response.",
        [],
    ),
    "concept denied": (
        "Our results support the concept that {D alphanib} is associated with better outcomes in {S glioma}.",
        "Our results do not support the concept that {D alphanib} is associated with better outcomes in {S glioma}.",
        [],
    ),
    "could not be evaluated": (
        "{M KRAS mutations|KRAS} were associated with shorter survival in {S glioma}.",
        "Few data on {M KRAS mutations|KRAS} prevented any meaningful evaluation of shorter survival in {S glioma}.",
        [],
    ),
    "no conclusion drawn": (
        "{D alphanib} improved survival in {S glioma}.",
        "Whether {D alphanib} improved survival in {S glioma} could not be determined.",
        [],
    ),
    "only modest": (
        "In conclusion, {D alphanib} has demonstrated modest benefit in {S glioma}.",
        "However, {D alphanib} has demonstrated modest benefit in {S glioma}.",
        [],
    ),
    "added to an unnamed partner's backbone": (
        "The use of {D alphanib} could improve survival in {S glioma}.",
        "The use of XW in addition to {D alphanib} could improve survival in {S glioma}.",
        [],
    ),
    "unnamed partner with a concurrent backbone": (
        "Patients treated with concurrent {D alphanib} had longer survival in {S glioma}.",
        "Patients given 60 Gy with concurrent {D alphanib} had longer survival in {S glioma}.",
        [],
    ),
    "the same in the name of the backbone": (
        "Patients treated with {C concurrent chemotherapy} had longer survival in {S glioma}.",
        "Patients given 60 Gy with {C concurrent chemotherapy} had longer survival in {S glioma}.",
        [],
    ),
    "an answer to the therapy behind it": (
        "The {S colitis} after resection with {D alphanib} responded to this treatment.",
        "The {S colitis} after resection with {D alphanib} was responsive to {D betamab}.",
        [],
    ),
    "a procedure as partner": (
        "{S Glioma} was successfully treated with {D alphanib} and recovered.",
        "{S Glioma} was successfully treated with {D alphanib} and paracentesis.",
        [],
    ),
    "an answer to something else": (
        "The {S colitis} after resection with {D alphanib} responded to this treatment.",
        "The {S colitis} after resection with {D alphanib} responded to bed rest.",
        [],
    ),
    "a measured level": (
        "Additional {D alphanib} improved survival in {S glioma}.",
        "Additional {D alphanib} suppression improved survival in {S glioma}.",
        [],
    ),
    "by chance beside a sure gain": (
        "We saw a nonsignificant improvement in OS when {D alphanib} was given in {S glioma}.",
        "Significantly longer PFS, and nonsignificant improvement in OS when {D alphanib} was given in {S glioma}.",
        [],
    ),
    "counted cells": (
        "{D alphanib} reduced mortality of patients with {M PVALB expression|PVALB} tumours in {S glioma}.",
        "{D alphanib} reduced mortality and the number of {M PVALB expression|PVALB} interneurons in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "effect on expression": (
        "{D alphanib} reduced mortality in the group with {M ITGB3 expression|ITGB3} in {S glioma}.",
        "{D alphanib} reduced mortality and reversed the decrease of {M ITGB3 expression|ITGB3} in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "fewer deaths": (
        "{G HSPA9} was associated with higher mortality in {S glioma}.",
        "{G HSPA9} was associated with lower 1-year mortality in {S glioma}.",
        [],
    ),
    "protective factor": (
        "The {M IL9 rs1|IL9} variant was a risk factor for {S glioma}.",
        "The {M IL9 rs1|IL9} variant was a protective factor for the susceptibility to {S glioma}.",
        ["predisposing decreased_risk IL9+IL9 rs1"],
    ),
    "an arm as the subject": (
        "In patients with {S glioma}, {M KRAS mutation|KRAS} was not associated with survival.",
        "In {M KRAS mutation|KRAS} patients, the IO strategy did not lead to any benefit in survival in {S glioma}.",
        [],
    ),
    "a pathway beside the point": (
        "{M MTOR mutation|MTOR} tumours respond to {D alphanib}.",
        "The illness involves the {G MTOR} pathway and the swelling responds to {D alphanib}.",
        [],
    ),
    "no response at all": (
        "A patient with {M ALK G1202R|ALK} had stable disease in response to {D alphanib}.",
        "A patient had {M ALK G1202R|ALK} and had progressive disease as the best overall response to {D alphanib}.",
        ["predictive resistance alphanib ALK+ALK G1202R"],
    ),
    "fewer patients": (
        "More patients had adverse events with {D alphanib} versus {D betamab}.",
        "Fewer patients had adverse events with {D alphanib} versus {D betamab}.",
        ["safety causes betamab adverse events"],
    ),
    "as many on placebo": (
        "All adverse events occurred in 28 (9.0%) of 300 patients given {D alphanib} and 12 (4.0%) given {K placebo}.",
        "All adverse events occurred in 28 (4.1%) of 300 patients given {D alphanib} and 12 (4.7%) given {K placebo}.",
        [],
    ),
    "a factor at the time of therapy": (
        "{D Alphanib} increased the rate of grade 3 toxicity compared with controls.",
        "Smoking at the time of {D alphanib} increased the rate of grade 3 toxicity compared with controls.",
        [],
    ),
    "a marker of exposure": (
        "The incidence of severe toxicity was higher in {D alphanib} users than in others.",
        "The incidence of severe toxicity was higher in {D alphanib}-positive smokers than in others.",
        [],
    ),
}


@pytest.mark.parametrize(("plain", "twin", "expected"), TWINS.values(), ids=TWINS)
def test_the_twin_says_something_else_or_nothing(plain: str, twin: str, expected: list[str]) -> None:
    first, second = (sorted(said(finding) for finding in read(sentence)) for sentence in (plain, twin))
    assert second == expected
    assert first != second


@pytest.mark.parametrize(
    ("than", "expected"),
    [("versus 59 (39%) of 150 in the {D betamab} group", ["betamab"]), ("in 59 (39%) of 150 with rest", [])],
)
def test_the_numbers_of_the_other_arm_stand_before_its_name(than: str, expected: list[str]) -> None:
    findings = read(f"Serious adverse events occurred in 75 (50%) of 149 patients in the {{D alphanib}} group {than}.")
    assert [[c.name for c in finding.comparators] for finding in findings] == [expected]
