"""Whose outcome a sentence tells: combinations with an unnamed partner, other things a name stands in, factors."""

import pytest

from miner.relate import relate
from tests.miner.marked import document
from tests.miner.test_relate import read, said

#: the therapy's own outcome, and its twin where the outcome is that of something else or of more than the therapy
OWN: dict[str, str] = {
    "pretreatment as the therapy": "{D alphanib} pretreatment reduced mortality in mice with {S sepsis}.",
    "factors": "Factors associated with improved overall survival in {S glioma} included age and {D alphanib}.",
    "predictors": "Independent predictors of longer survival in {S glioma} were: stage, {D alphanib}, and sex.",
    "a factor": "{D alphanib} was an independent prognostic factor for better overall survival in {S glioma}.",
    "seemed": "{D alphanib} seemed more effective than {D betamab} in {S glioma}.",
    "operation as an arm": "Patients who underwent {D gastrectomy} had longer survival than others with {S glioma}.",
    "benefit from it": "Patients with {S glioma} given {D alphanib} benefited from a reduction in the risk of death.",
    "no effect of it": "There was no effect of {D alphanib} on survival in {S glioma}.",
    "significant": "Survival was longer with {D alphanib} in {S glioma} (P = 0.03).",
}
OTHERS: dict[str, str] = {
    "partner that is a gene product": "{D alphanib} and cytokine {G IL33} have shown efficacy in {S glioma}.",
    "partner before": "The combined photodynamic and {D alphanib} therapy improved survival in {S glioma}.",
    "partner with a disease's name": "The combination of {S hunger} therapy and {D alphanib} reduced mortality.",
    "name goes on": "{D BDP}-(NO2)3 particles suppressed tumor growth in {S glioma}.",
    "pathway": "The {D alphanib} pathway reduced the growth of {S glioma}.",
    "tolerance": "Rest reduced mortality and {D alphanib} tolerance reduced pain in {S glioma}.",
    "the opposite": "Pain improved after treatment with non-{D alphanib} drugs in {S glioma}.",
    "operation as an occasion": "Imaging reduced mortality in patients undergoing {D gastrectomy} for {S glioma}.",
    "benefit from another": "Patients with {S glioma} treated with {D alphanib} benefit from better nursing.",
    "less benefit": "Older patients with {S glioma} may benefit less from {D alphanib}.",
    "whom to treat": "The score may identify patients with {S glioma} who benefit from {D alphanib}.",
    "another's influence": "No influence of renal function on {D alphanib} was seen in {S glioma}.",
    "costs": "Analyses confirmed the cost benefit of {D alphanib} in {S glioma}.",
    "other arm of its own": "Robotic {D gastrectomy} reduced mortality compared to open {D gastrectomy} in {S glioma}.",
    "chance": "Survival was longer with {D alphanib} in {S glioma} (P = 0.13).",
    "absent factor": "Factors for improved survival in {S glioma} were: young age and no {D alphanib}.",
}


@pytest.mark.parametrize("sentence", OWN.values(), ids=OWN.keys())
def test_outcome_is_that_of_the_therapy(sentence: str) -> None:
    assert {tuple(p.name for p in f.drugs) for f in read(sentence) if f.kind == "efficacy"} in (
        {("alphanib",)},
        {("gastrectomy",)},
    )


@pytest.mark.parametrize("sentence", OTHERS.values(), ids=OTHERS.keys())
def test_outcome_of_something_else_is_no_finding(sentence: str) -> None:
    assert [said(f) for f in read(sentence) if f.kind == "efficacy"] == []


def test_outcome_by_chance_is_dropped_with_its_gate() -> None:
    findings, drops = relate(document("Survival was longer with {D alphanib} in {S glioma} (P = 0.13)."))
    assert (findings, [d.gate for d in drops]) == ((), ["not significant"])


@pytest.mark.parametrize(
    ("sentence", "disease"),
    [
        ("The {S diabetes} drug, {D alphanib}, improved survival in mice with {S glioma}.", "glioma"),
        ("{D alphanib} improved survival in patients with {S glioma} without {S neuropathy}.", "glioma"),
    ],
)
def test_disease_beside_the_treated_one_is_left_out(sentence: str, disease: str) -> None:
    assert {f.disease and f.disease.name for f in read(sentence) if f.kind == "efficacy"} == {disease}


def test_subject_falls_back_to_what_the_abstract_speaks_of() -> None:
    told = "{D alphanib} improved {S glioma}."
    assert [f.subject for f in relate(document("Patients were seen.", "Children were not.", told))[0]] == ["patients"]
    assert [f.subject for f in relate(document("Patients were seen.", told))[0]] == ["unknown"]
