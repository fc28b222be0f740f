"""Traps of outcome sentences: what looks like a benefit, or like none, and is not."""

import pytest

from miner.relate import relate
from tests.miner.marked import document
from tests.miner.test_relate import read, said

CASES: dict[str, tuple[str, list[str]]] = {
    "title that names a topic": (
        "Complete response to {D alphanib} in {S glioma}: the relationship between markers and subtypes.",
        [],
    ),
    "outcome of everyone": (
        "{D alphanib} did not improve survival in the whole population, but tumours with {M SOX9 loss|SOX9} are rare.",
        ["efficacy no_benefit alphanib"],
    ),
    "outcome of a part": (
        "{D alphanib} did not improve survival in patients with {M SOX9 loss|SOX9} {S glioma}.",
        ["efficacy no_benefit alphanib SOX9+SOX9 loss"],
    ),
    "prior therapy by its target": (
        "Objective response was observed in all {S glioma} patients, even after failure of other {G EGFR}- and/or "
        "{D betamab} treatments.",
        [],
    ),
    "rate alone": ("Complete response to {D alphanib} was 33% in {S glioma}.", []),
    "one dose excepted": (
        "Treatment with 400- but not 600-mg {D alphanib} resulted in significant improvement in {S glioma} symptoms.",
        [],
    ),
    "not only": (
        "{D alphanib} resulted in not only better responses than {K placebo} but also improved survival in {S glioma}.",
        ["efficacy benefit alphanib", "efficacy benefit alphanib"],
    ),
    "words of measure behind the outcome": (
        "{D alphanib} is superior to {D betamab} in terms of response and time to progression in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "in favour of": (
        "The pooled data showed an improvement in favour of {D alphanib} in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "effect of": (
        "The trial showed a beneficial effect of {D alphanib} on survival in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "effect on costs": ("The trial showed a beneficial effect of {D alphanib} on costs in {S glioma}.", []),
    "share that achieved": (
        "The proportion of patients achieving a normal score was greater in {D alphanib} than in {K placebo} {S glioma}"
        " arms.",
        ["efficacy benefit alphanib"],
    ),
    "share with a harm": (
        "The proportion of patients with falls was greater in {D alphanib} than in {K placebo} {S glioma} arms.",
        [],
    ),
    "outcome left as it is": (
        "The improved response after {D alphanib} was not affected by {D betamab} in {S glioma}.",
        [],
    ),
    "benefit confirmed": (
        "These results confirm the benefit of {D alphanib} in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "approved label": (
        "Risks are based on the approved product inserts for several drugs (eg, {D alphanib}) in {S glioma}.",
        [],
    ),
    "an operation as the outcome": (
        "Injections had a reduced risk of {D surgery} and better outcomes in {S glioma}.",
        [],
    ),
    "an operation as the occasion": ("Clot removal improves outcome for {S stroke} after cardiac {D surgery}.", []),
    "significant without a direction": (
        "Use of {D alphanib} was significant, impacting the likelihood of {S epilepsy} remission.",
        [],
    ),
    "no more harm": ("{D alphanib} did not lead to an increase in relapse in {S glioma}.", []),
    "praise without an outcome": ("{D alphanib} is showing substantial improvements in potency in {S glioma}.", []),
    "effect of another therapy": ("Herbal broth enhances the efficacy of {D alphanib} in {S glioma}.", []),
    "partner in a list": ("Combined MK-7/{D alphanib} blockade improved survival in {S glioma}.", []),
    "partner that comes first": (
        "FZX and {D alphanib} treatment prolonged the survival of patients with {S glioma}.",
        [],
    ),
    "adjunct": ("Improved survival was observed with {D alphanib} as an adjunct to exercise in {S glioma}.", []),
    "population of another thing": (
        "Higher dose is associated with improved survival in patients with {S glioma} treated with {D alphanib}.",
        [],
    ),
    "marker among the treated": (
        "High levels of the receptor were associated with longer survival among {D alphanib}-treated patients.",
        [],
    ),
    "effective at something else": ("{D alphanib} is effective in the pH range of 3 to 9 in {S glioma} cells.", []),
    "effect on something else": ("{D alphanib} had no effect on glucose levels in {S glioma}.", []),
    "no effect on the disease": (
        "{D alphanib} had no effect on {S glioma} or pain in patients.",
        ["efficacy no_benefit alphanib"],
    ),
    "stopped in some": ("{D alphanib} was stopped due to lack of efficacy in some with {S glioma}.", []),
    "partner that nobody names in combined use": (
        "The combined use of HJD with {D alphanib} significantly reduced tumor growth in {S glioma} xenografts.",
        [],
    ),
    "marker as a read-out": (
        "{D alphanib} improved survival in {S glioma} xenografts, induced XY, and inhibited {M BCL2|BCL2} levels.",
        ["efficacy benefit alphanib", "target inhibits alphanib BCL2+G:bcl2"],
    ),
    "same therapy on both sides": (
        "{D alphanib} tablets were superior to {D alphanib} capsules in patients with {S glioma}.",
        [],
    ),
    "failed to be superior": (
        "{D alphanib} failed to show its superiority over {D betamab} in patients with {S glioma}.",
        [],
    ),
    "lower risk than": (
        "{D alphanib} had a reduced risk of poor outcome than either {D betamab} or care in {S glioma}.",
        [],
    ),
    "better here and worse there": (
        "{D alphanib} was associated with increased mortality in early but reduced mortality in late {S glioma}.",
        [],
    ),
    "not confirmed": (
        "An improved survival was not confirmed with {D alphanib} in {S glioma}.",
        ["efficacy no_benefit alphanib"],
    ),
    "groups of risk": (
        "Low-risk patients with {S glioma} benefited from {D alphanib}, but others did not benefit from {D alphanib}.",
        [],
    ),
    "all given to one patient": (
        "The patient's {S glioma} improved and {D alphanib}, {D betamab}, and {D gammanib} prolonged her survival.",
        [],
    ),
    "member of a list without a name": (
        "Patients with {S glioma} had XR, {D alphanib}, and plasmapheresis with improvement of symptoms.",
        [],
    ),
    "cells in culture": ("{D alphanib} increased cell death and was more active in gel contraction.", []),
    "silenced by the therapy": (
        "{D alphanib} carrying shRNA against the {M GAA silencing|GAA} decreased the tumor growth in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), CASES.values(), ids=CASES.keys())
def test_sentence_says(sentence: str, expected: list[str]) -> None:
    assert [said(f) for f in read(sentence)] == expected


@pytest.mark.parametrize(
    "title",
    [
        "Complete response to {D alphanib} in {S glioma}: the relationship between markers and subtypes",
        "Identification of patient benefit from {D alphanib} in {S glioma}",
        'A commentary on "{D alphanib} improves survival in {S glioma}"',
    ],
)
def test_title_that_states_nothing_is_no_finding(title: str) -> None:
    assert relate(document("Much was looked at.", title=title))[0] == ()


def test_title_with_a_verb_is_one() -> None:
    [finding] = relate(document("Much was looked at.", title="{D alphanib} improves survival in {S glioma}: a study"))[
        0
    ]
    assert said(finding) == "efficacy benefit alphanib"


@pytest.mark.parametrize(
    "sentence",
    [
        "Although {D alphanib} is effective for {S glioma}, many relapse.",
        "{D alphanib} is an evidence-based treatment with demonstrated efficacy in {S glioma}.",
    ],
)
def test_what_is_known_is_background(sentence: str) -> None:
    assert {f.certainty for f in read(sentence)} == {"background"}


@pytest.mark.parametrize(
    ("sentence", "disease"),
    [
        ("{D alphanib} increases {S amenorrhea} and improves quality of life.", "fibroids"),
        ("{D alphanib} improved survival but not secondary {S infections}.", "fibroids"),
        ("{D alphanib} failed in {S glioma}; moreover, {D betamab} improved survival in {S melanoma}.", "melanoma"),
    ],
)
def test_disease_is_the_one_that_was_treated(sentence: str, disease: str) -> None:
    found = [f for f in read(sentence, title="{S fibroids}") if f.kind == "efficacy"]
    assert {f.disease and f.disease.name for f in found} == {disease}


def test_outcome_words_alone_do_not_make_it_patients() -> None:
    found = relate(document("Mice and rats with {S glioma} were used.", "{D alphanib} improved survival."))[0]
    assert [(f.subject, f.level) for f in found] == [("animal", "D")]


def test_without_a_disease_soft_outcomes_are_no_finding() -> None:
    assert read("{D alphanib} effectively treated the samples and was effective as a drug.") == []


@pytest.mark.parametrize(
    ("sentence", "gate"),
    [
        ("{D alphanib} effectively reduced pain and was effective as a drug.", "no disease"),
        ("{D alphanib} plus XR-17 improved survival in patients with {S glioma}.", "therapy not sure"),
    ],
)
def test_what_is_unsure_is_dropped_with_its_gate(sentence: str, gate: str) -> None:
    findings, drops = relate(document(sentence))
    assert (findings, {d.gate for d in drops}) == ((), {gate})
