"""Markers tied to a response to a therapy, and what must not be read as one."""

from collections.abc import Sequence

import pytest

from miner.findings import Finding, Participant
from miner.relate import relate
from tests.miner.marked import document


def names(participants: Sequence[Participant]) -> str:
    return "+".join(sorted(p.name for p in participants))


def said(finding: Finding) -> str:
    polarity = "" if finding.polarity == "supports" else "not"
    marks = names(finding.variants) or names(finding.genes)
    return " ".join(x for x in (finding.relation, polarity, names(finding.drugs), marks) if x)


def read(sentence: str, kind: str) -> list[str]:
    doc = document(sentence)
    return sorted(said(f) for f in relate(doc)[0] if f.start > len(doc.title) and f.kind == kind)


#: what is read of a therapy and a marker, and nothing where the words between do not tie them
RESPONSES: dict[str, tuple[str, list[str]]] = {
    "silencing sensitises cells": (
        "{M RAD51 knockdown|RAD51} promoted {S glioma} cell sensitivity to {D alphanib}.",
        ["sensitivity alphanib RAD51 knockdown"],
    ),
    "attenuated resistance": (
        "{M miR-9 overexpression|MIR9} strongly attenuated resistance to {D alphanib} in {S glioma} cells.",
        ["sensitivity alphanib miR-9 overexpression"],
    ),
    "rendered resistant": (
        "{G SOX9} rendered {S glioma} cells more resistant to {D alphanib}.",
        ["resistance alphanib SOX9"],
    ),
    "two signs": (
        "{M SOX9 overexpression|SOX9} was associated with reduced sensitivity to {D alphanib}.",
        ["reduced_sensitivity alphanib SOX9 overexpression"],
    ),
    "possessive disease between": (
        "{M SOX9 overexpression|SOX9} correlated with {S glioma}'s response to {D alphanib}.",
        ["sensitivity alphanib SOX9 overexpression"],
    ),
    "response first": (
        "Resistance to {D alphanib} in {S glioma} is frequently caused by {M SOX9 mutation|SOX9}.",
        ["resistance alphanib SOX9 mutation"],
    ),
    "mechanisms caused by": (
        "The study shows the resistance mechanisms of {D alphanib} caused by {M SOX9 mutation|SOX9}.",
        ["resistance alphanib SOX9 mutation"],
    ),
    "mediated": (
        "We report {M MET amplification|MET}-mediated resistance to {D alphanib} in {S glioma}.",
        ["resistance alphanib MET amplification"],
    ),
    "mediated but overcome": (
        "{D betamab} can overcome {M MET amplification|MET}-mediated resistance to {D alphanib}.",
        [],
    ),
    "responders": (
        "{M BRAF mutation|BRAF} positive patients often responded to {D alphanib}.",
        ["sensitivity alphanib BRAF mutation"],
    ),
    "did not respond": (
        "{M BRAF mutation|BRAF} positive patients did not respond to {D alphanib}.",
        ["no_effect alphanib BRAF mutation"],
    ),
    "looked for in resistant tumours and not found": (
        "No {G EGFR} or {M KRAS mutation|KRAS} was identified among the {D alphanib}-resistant {S glioma} cells.",
        [],
    ),
    "raised in resistant cells": (
        "{M SOX9 overexpression|SOX9} was frequently observed in {D alphanib}-resistant {S glioma} cells.",
        ["resistance alphanib SOX9 overexpression"],
    ),
    "sensitising agent": (
        "{D betamab} could sensitize {M SOX9 overexpressing|SOX9} {S glioma} cells to {D alphanib}.",
        ["sensitivity alphanib+betamab SOX9 overexpressing"],
    ),
    "second of two responses": (
        "{M SOX9 loss|SOX9} led to reduced response to {D alphanib} and increased sensitivity to {D betamab}.",
        ["reduced_sensitivity alphanib SOX9 loss", "sensitivity betamab SOX9 loss"],
    ),
    "course on a therapy": (
        "{M SOX9 loss|SOX9} predicts a favorable outcome for {S glioma} patients treated with {D alphanib}.",
        ["sensitivity alphanib SOX9 loss"],
    ),
    "relapse on a therapy": (
        "{M SOX9 loss|SOX9} predicts early relapse in {S glioma} patients treated with {D alphanib}.",
        ["reduced_sensitivity alphanib SOX9 loss"],
    ),
    "course without direction": (
        "{M SOX9 loss|SOX9} predicts outcome in {S glioma} patients treated with {D alphanib}.",
        [],
    ),
    "no difference": (
        "{M SOX9 loss|SOX9} cells showed no significant difference in sensitivity to {D alphanib}.",
        ["no_effect alphanib SOX9 loss"],
    ),
    "the only therapy named": (
        "After a response to {D alphanib}, secondary resistance was caused by {M SOX9 mutation|SOX9}.",
        ["resistance alphanib SOX9 mutation"],
    ),
    "overcomes resistance": (
        "{D alphanib} overcomes {D betamab} resistance in {M ROS1 fusion|ROS1} positive {S glioma}.",
        ["sensitivity alphanib ROS1 fusion"],
    ),
    "second verb": (
        "{M SOX9 knockdown|SOX9} reduced {G RAD51} levels and increased sensitivity to {D alphanib}.",
        ["sensitivity alphanib SOX9 knockdown"],
    ),
    "goes on in the next clause": (
        "{M SOX9 loss|SOX9} is common, and also a predictive marker for a greater benefit from {D alphanib}.",
        ["sensitivity alphanib SOX9 loss"],
    ),
    "linking": (
        "We present data linking {M SOX9 mutation|SOX9} to primary resistance to {D alphanib}.",
        ["resistance alphanib SOX9 mutation"],
    ),
    "acquired resistance of a population": (
        "We studied {M BRAF mutation|BRAF} {S glioma} clones with acquired resistance to {D alphanib}.",
        [],
    ),
    "acted on": ("{D betamab} lowered {G SOX9} and increased sensitivity to {D alphanib}.", []),
    "means": ("{D betamab} reduced {S glioma} growth via {G SOX9} and increased sensitivity to {D alphanib}.", []),
    "read-out": ("{D alphanib} resistance was shown, and the cells expressed {G SOX9}.", []),
    "inhibitor of the marker": ("{G SOX9} inhibitors increased sensitivity to {D alphanib}.", []),
    "axis": ("The {G AKT1}/{G SOX9} axis increased resistance to {D alphanib}.", []),
    "but not": (
        "{M SOX9 loss|SOX9} but not {M RAD51 loss|RAD51} increased resistance to {D alphanib}.",
        ["resistance alphanib SOX9 loss"],
    ),
    "how it works": ("The efficacy of {D alphanib} is primarily due to its {G SOX9} induction.", []),
    "role": ("{G SOX9} plays a role in resistance to {D alphanib}.", []),
    "when it is silenced": (
        "{S glioma} cells were more sensitive to {D alphanib} when {G SOX9} was {M silenced|SOX9}.",
        ["sensitivity alphanib silenced"],
    ),
    "less when it is silenced": (
        "{S glioma} cells were less sensitive to {D alphanib} when {G SOX9} was {M silenced|SOX9}.",
        ["reduced_sensitivity alphanib silenced"],
    ),
    "when it was given": ("Cells were more sensitive to {D alphanib} when given with {G SOX9}.", []),
    "the drug named before": (
        "Among patients receiving {D alphanib}, {M SOX9 loss|SOX9} predicted responsiveness to the drug.",
        ["sensitivity alphanib SOX9 loss"],
    ),
    "one of two drugs named before": (
        "Among patients given {D alphanib} or {D betamab}, {M SOX9 loss|SOX9} predicted responsiveness to the drug.",
        [],
    ),
    "the drug named behind": (
        "{M SOX9 loss|SOX9} predicted responsiveness to the drug, and {D alphanib} was stopped.",
        [],
    ),
    "when drugs are used": (
        "{M SOX9 loss|SOX9} is a predictor of response and longer survival when {D alphanib} or {D betamab} is used.",
        ["sensitivity alphanib SOX9 loss", "sensitivity betamab SOX9 loss"],
    ),
    "tested when drugs are used": (
        "We asked whether {M SOX9 loss|SOX9} is a predictor of response when {D alphanib} is used.",
        [],
    ),
    "efficiency": (
        "{M SOX9 loss|SOX9} improved the efficiency of {D alphanib} in {S glioma} cells.",
        ["sensitivity alphanib SOX9 loss"],
    ),
    "efficiency of something else": ("{M SOX9 loss|SOX9} improved the efficiency of repair after {D alphanib}.", []),
    "relapse in long words": (
        "Low {M SOX9 loss|SOX9} predicts early relapse and {S death} in older women with early-stage, {S glioma} who "
        "received adjuvant {D alphanib}.",
        ["reduced_sensitivity alphanib SOX9 loss"],
    ),
    "relapse before the therapy": (
        "{M SOX9 loss|SOX9} predicts early relapse, after which the women with {S glioma} refused {D alphanib}.",
        [],
    ),
    "behind a comma": (
        "Responses to {D alphanib} are limited by resistance conferred by a second mutation, {M EGFR T790M|EGFR}.",
        ["resistance alphanib EGFR T790M"],
    ),
    "a population overcomes nothing": (
        "{D betamab} may treat {M ROS1 fusion|ROS1} positive {S glioma} and overcome resistance to {D alphanib}.",
        [],
    ),
    "what the marker overcomes": (
        "{M SOX9 silencing|SOX9} may overcome resistance to {D alphanib}.",
        ["sensitivity alphanib SOX9 silencing"],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), RESPONSES.values(), ids=RESPONSES)
def test_response_is_read(sentence: str, expected: list[str]) -> None:
    assert read(sentence, "predictive") == expected


#: what is read of a marker and the course of a disease
COURSES: dict[str, tuple[str, list[str]]] = {
    "risk factor": (
        "{M SOX9 expression|SOX9} was also a risk factor for the disease-specific survival of {S glioma} patients.",
        ["worse_outcome SOX9 expression"],
    ),
    "course of patients was": (
        "Prognosis among patients with {M SOX9 overexpression|SOX9} was poor.",
        ["worse_outcome SOX9 overexpression"],
    ),
    "course was longer in": (
        "Overall survival was significantly longer in patients with {M SOX9 loss|SOX9}.",
        ["better_outcome SOX9 loss"],
    ),
    "shorter course was seen": (
        "Shorter overall survival was observed in patients with {M SOX9 loss|SOX9}.",
        ["worse_outcome SOX9 loss"],
    ),
    "patients had": (
        "Patients with {M SOX9 loss|SOX9} had a higher risk of recurrence.",
        ["worse_outcome SOX9 loss"],
    ),
    "named factor": (
        "{M SOX9 loss|SOX9} was identified as an independent favourable prognostic factor in {S glioma}.",
        ["better_outcome SOX9 loss"],
    ),
    "lower risk": (
        "{M SOX9 overexpression|SOX9} predicted a lower risk of death in {S glioma}.",
        ["better_outcome SOX9 overexpression"],
    ),
    "list of factors": (
        "Factors associated with mortality were age (OR 1.2), {M SOX9 overexpression|SOX9} and smoking.",
        ["worse_outcome SOX9 overexpression"],
    ),
    "both markers": (
        "In patients with {M SOX9 overexpression|SOX9}, {M RAD51 loss|RAD51} was associated with poor survival.",
        ["worse_outcome RAD51 loss+SOX9 overexpression"],
    ),
    "no impact": (
        "{M SOX9 loss|SOX9} was heterogeneous and had no impact on overall survival.",
        ["no_effect SOX9 loss"],
    ),
    "no direction": ("{M SOX9 loss|SOX9} was an independent prognostic factor for survival in {S glioma}.", []),
    "level without a state": ("{G SOX9} was an independent predictor of mortality.", []),
    "comparator": ("Compared to patients with {M SOX9 loss|SOX9}, the other group had shorter overall survival.", []),
    "survival of cells": ("{M SOX9 loss|SOX9} increased cell proliferation and survival.", []),
    "survival of melanocytes": ("{M SOX9 loss|SOX9} enhanced melanocyte survival.", []),
    "test for the marker": ("{M SOX9 mutation|SOX9} detection has reduced mortality in {S glioma}.", []),
    "clause of another noun": (
        "{G SOX9} is a marker of the stem cells that maintain recurrence in {S glioma}.",
        [],
    ),
    "population of another marker": (
        "{G RAD51} is raised in {M SOX9 loss|SOX9} {S glioma} and associated with poor prognosis.",
        [],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), COURSES.values(), ids=COURSES)
def test_course_is_read(sentence: str, expected: list[str]) -> None:
    assert read(sentence, "prognostic") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Response to {D alphanib} in patients with {M RET fusion|RET} {S glioma}.",
            ["sensitivity alphanib RET fusion"],
        ),
        ("Predicting response to {D alphanib} in patients with {M RET fusion|RET}.", []),
    ],
)
def test_title_reports_a_response(title: str, expected: list[str]) -> None:
    doc = document("We looked at it.", title=title)
    assert [said(f) for f in relate(doc)[0]] == expected


#: what is read of a marker and getting a disease
RISKS: dict[str, tuple[str, list[str]]] = {
    "risk behind the disease": (
        "{M rs123|SNHG5} was associated with increased {S glioma} risk.",
        ["increased_risk rs123"],
    ),
    "lowered": ("{M rs123|SNHG5} was associated with decreased {S glioma} risk.", ["decreased_risk rs123"]),
    "predisposes carriers": (
        "{M VHL mutation|VHL} predisposes carriers to the development of {S haemangioblastoma}.",
        ["increased_risk VHL mutation"],
    ),
    "no association": (
        "{M rs123|SNHG5} showed no association with {S glioma} risk.",
        ["no_effect rs123"],
    ),
    "no direction": ("{M rs123|SNHG5} was associated with {S glioma} risk.", []),
    "risk of an event": ("{M rs123|SNHG5} was associated with increased {S metastasis} risk.", []),
    "after a therapy": (
        "{M rs123|SNHG5} carriers had an increased risk of {S rash} after receiving {D alphanib}.",
        [],
    ),
    "hyphenated verb": ("{G NCOA3} regulates radiation-induced damage and {S melanoma} susceptibility.", []),
}


@pytest.mark.parametrize(("sentence", "expected"), RISKS.values(), ids=RISKS)
def test_risk_is_read(sentence: str, expected: list[str]) -> None:
    assert read(sentence, "predisposing") == expected
