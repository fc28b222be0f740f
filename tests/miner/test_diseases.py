"""Which disease a finding stands for; each case with its twin."""

from dataclasses import replace

import pytest

from miner.relate import relate
from tests.miner.marked import document

#: concepts that the invented names stand for
_CONCEPTS = {
    "S:inflammation": "MESH:D007249",
    "S:dyspnea": "MESH:D004417",
    "S:necrosis": "MESH:D009336",
    "S:leak": "MESH:D057868",
    "S:glioma": "MONDO:0021042",
    "S:fibrosis of the lung": "MONDO:0002771",
    "S:diabetic": "MONDO:0005015",
    "S:nephritis": "MONDO:0001343",
    "S:hepatitis b": "MONDO:0005344",
    "S:hepatoma": "MONDO:0007256",
    "S:prolapse": "MONDO:0000082",
}


def _diseases(sentence: str, title: str) -> list[str | None]:
    doc = document(sentence, "Patients were followed for a year.", title=title)
    mentions = tuple(replace(m, concept_id=_CONCEPTS.get(m.concept_id or "", m.concept_id)) for m in doc.mentions)
    return sorted({f.disease.name if f.disease else None for f in relate(replace(doc, mentions=mentions))[0]}, key=str)


#: sentence, title and disease; the same of the twin
CASES: dict[str, tuple[tuple[str, str, str | None], tuple[str, str, str | None]]] = {
    "a sign alone gives way to the title's disease": (
        ("Patients on {D alphanib} had improvements in {S dyspnea} scores.", "Trial in {S glioma}", "glioma"),
        ("Patients on {D alphanib} had improvements in {S dyspnea} scores.", "Trial at home", "dyspnea"),
    ),
    "a sign beside a disease": (
        ("{D alphanib} reduced {S fibrosis of the lung} and {S inflammation}.", "Report", "fibrosis of the lung"),
        ("{D alphanib} reduced {S inflammation}.", "Report", "inflammation"),
    ),
    "the host": (
        ("{D alphanib} alleviated {S nephritis} in {S diabetic} rats.", "Report", "nephritis"),
        ("{D alphanib} prolonged survival in {S diabetic} rats.", "Report", "diabetic"),
    ),
    "the occasion": (
        (
            "{D alphanib} reduced the risk of {S leak} in women undergoing colectomy for {S prolapse}.",
            "Report",
            "leak",
        ),
        ("{D alphanib} reduced the risk of death in women with {S prolapse}.", "Report", "prolapse"),
    ),
    "the cause of another": (
        ("{D alphanib} prolonged survival in {S hepatitis B} related {S hepatoma}.", "Report", "hepatoma"),
        ("{D alphanib} prolonged survival in {S hepatitis B}.", "Report", "hepatitis B"),
    ),
    "a harm of the therapy in the title": (
        ("{D Radiosurgery} is an effective treatment.", "{S Necrosis} from {D radiosurgery}", None),
        ("{D alphanib} is an effective treatment.", "{S Necrosis} from {D radiosurgery}", "Necrosis"),
    ),
    "a complication after the therapy in the title": (
        ("{D Colectomy} is an effective treatment.", "{S Leak} after {D colectomy}", None),
        ("{D Colectomy} is an effective treatment.", "{S Glioma} after {D colectomy}", "Glioma"),
    ),
}


@pytest.mark.parametrize("case", [case for pair in CASES.values() for case in pair])
def test_the_disease_is_the_one_that_was_treated(case: tuple[str, str, str | None]) -> None:
    sentence, title, disease = case
    assert _diseases(sentence, title) == [disease]


def test_letters_that_are_a_drug_elsewhere_are_no_disease() -> None:
    sentence = "{S ARB} and {D alphanib} were studied and {D alphanib} improved survival in {S glioma}."
    assert _diseases(sentence, "Report on {D ARBs}") == ["glioma"]
    assert _diseases("{D alphanib} improved survival in {S ARB}.", "Report on {D XRBs}") == ["ARB"]
