"""Whose outcome a sentence tells: combinations with an unnamed partner, other things a name stands in, factors."""

from dataclasses import replace

import pytest

from miner.findings import Mention
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
    "chance told later": "Stays were shorter with {D alphanib} in {S glioma}, but this was not significant.",
    "another given later": "She was successfully treated with {D alphanib} during stay and {D betamab} for {S glioma}.",
    "degraded": "Apyrase, an {D ATP} degrading enzyme, suppressed pain in {S glioma}.",
    "diet combined": "Patients with {S glioma} benefit from {D LC} diet combined with exercise.",
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


def test_resistance_of_airways_is_no_resistance_to_a_therapy() -> None:
    said_of = "{M KRAS mutation|KRAS} confers resistance to {D alphanib} in {S glioma}"
    assert [f.relation for f in read(f"{said_of}.")] == ["resistance"]
    assert read(f"{said_of} and small airway resistance.") == []


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


def _efficacy_of(concept_id: str, name: str, sentence: str) -> list[str]:
    """Gates and findings of a sentence whose drug is this concept."""
    doc = document(sentence)

    def known(mention: Mention) -> Mention:
        return replace(mention, concept_id=concept_id, name=name) if mention.type == "drug" else mention

    findings, drops = relate(replace(doc, mentions=tuple(known(m) for m in doc.mentions)))
    return [f.relation for f in findings] + [d.gate for d in drops]


@pytest.mark.parametrize(
    ("concept_id", "name", "sentence", "expected"),
    [
        ("MESH:C000001", "cordatin", "{D cordatin} reduced mortality in mice with {S sepsis}.", ["benefit"]),
        (
            "MESH:C000001",
            "cordatin",
            "{D cordatin} reduced mortality in exposed mice with {S sepsis}.",
            ["not a therapy"],
        ),
        ("MESH:D012313", "RNA", "{D RNA} reduced mortality in mice with {S sepsis}.", ["not a therapy"]),
        ("MESH:C000001", "cordatin", "{D cordatin}-induced {S seizures} were frequent in patients.", ["not a therapy"]),
        ("TGC:PLACEBO", "placebo pill", "{D pill} reduced mortality in mice with {S sepsis}.", ["not a therapy"]),
    ],
    ids=["under study", "exposure", "stop list", "safety", "control"],
)
def test_a_substance_under_study_has_an_efficacy(
    concept_id: str, name: str, sentence: str, expected: list[str]
) -> None:
    assert _efficacy_of(concept_id, name, sentence) == expected
