"""Names that the words beside them turn into something else; each with the twin where they stay what they are."""

from dataclasses import replace

import pytest

from miner.relate import relate
from tests.miner.marked import document
from tests.miner.test_relate import read, said

#: what is read where the name is what it seems, and the twin with which nothing of the kind is read
TWINS: dict[str, tuple[str, str, str]] = {
    "clone": (
        "{G QRS9} variants were associated with {D alphacillin} resistance.",
        "The {G QRS9} epidemic clone was associated with {D alphacillin} resistance.",
        "predictive resistance alphacillin QRS9",
    ),
    "sequence type": (
        "High {G QRS9} was associated with {D alphacillin} resistance.",
        "The sequence type {G QRS9} was associated with {D alphacillin} resistance.",
        "predictive resistance alphacillin QRS9",
    ),
    "lipid mediator": (
        "{D alphanib} inhibited {G IL5} and {G IL6}.",
        "{D alphanib} inhibited {G LTB4} and {G PGE2}.",
        "target inhibits alphanib IL6",
    ),
    "cells that carry it": (
        "{D alphanib} increased {G AKT1} protein.",
        "{D alphanib} increased {G AKT1}- and ZFX-positive cells.",
        "target activates alphanib AKT1",
    ),
    "plus sign": (
        "{D alphanib} suppressed {G CCR9} in colonocytes.",
        "{D alphanib} suppressed {G CCR9}+ subset-driven swelling.",
        "target inhibits alphanib CCR9",
    ),
    "structures": (
        "{D alphanib} reduced {G TUBB} levels.",
        "{D alphanib} reduced {G TUBB} bundles.",
        "target inhibits alphanib TUBB",
    ),
    "its repressors": (
        "{D alphanib} works via down-regulation of {G HBG1} protein.",
        "{D alphanib} works via down-regulation of {G HBG1} repressors.",
        "target inhibits alphanib HBG1",
    ),
    "scarce": (
        "{D alphanib} supply reduced {G AKT1}.",
        "Low {D alphanib} supply reduced {G AKT1}.",
        "target inhibits alphanib AKT1",
    ),
    "lack": (
        "Treatment with {D alphanib} reduced {G AKT1}.",
        "Lack of {D alphanib} reduced {G AKT1}.",
        "target inhibits alphanib AKT1",
    ),
    "product of an action": (
        "Treatment with {D alphanib} reduced {G AKT1}.",
        "The extract treatment suppressed the release of {D nitric oxide} and reduced {G AKT1}.",
        "target inhibits alphanib AKT1",
    ),
    "mediator": (
        "{D alphanib} was found to reduce the production of {G AKT1}.",
        "The extract stimulated {D alphanib} to reduce the production of {G AKT1}.",
        "target inhibits alphanib AKT1",
    ),
    "raised agent": (
        "Increased {D alphanib}, which activates {G AKT1}, was harmless.",
        "Starch increased {D alphanib}, which activates {G AKT1}.",
        "target activates alphanib AKT1",
    ),
}


def _said(marked: str) -> list[str]:
    return sorted(said(finding) for finding in read(marked))


@pytest.mark.parametrize(("plain", "twin", "finding"), TWINS.values(), ids=TWINS)
def test_the_words_beside_a_name_decide_what_it_is(plain: str, twin: str, finding: str) -> None:
    assert finding in _said(plain)
    assert _said(twin) == []


def test_a_list_of_inhibitors_pairs_each_with_its_own_drug() -> None:
    found = _said("We used the {G ERK1} inhibitor {D alphanib}, the {G MAPK9} inhibitor {D betamab}, and rest.")
    assert found == ["target inhibits alphanib ERK1", "target inhibits betamab MAPK9"]


def _unlinked(marked: str, text: str, title: str = "Report") -> list[str]:
    """Findings where the mention with these words has no concept."""
    doc = document(marked, title=title)
    mentions = tuple(replace(m, concept_id=None) if m.text == text else m for m in doc.mentions)
    return [said(finding) for finding in relate(replace(doc, mentions=mentions))[0]]


def test_letters_of_a_regimen_before_arm_are_no_gene_but_a_symbol_is() -> None:
    sentence = "Patients in the {G %s} group had longer survival in {S glioma}."
    assert _unlinked(sentence % "XYZP", "XYZP") == []
    assert _said(sentence % "XYZP") == ["prognostic better_outcome XYZP"]


def test_a_species_before_a_transcript_is_no_gene() -> None:
    assert _unlinked("{G Hsa}_circ_0001 promotes {D alphanib} resistance in {S glioma}.", "Hsa") == []
    assert _unlinked("{G HSA7} promotes {D alphanib} resistance in {S glioma}.", "HSA7") == [
        "predictive resistance alphanib HSA7"
    ]


@pytest.mark.parametrize("piece", ["12,18-{D dien-28-oic acid}", "{D 3-hydroxyurs-12},18-dien-28-oic acid"])
def test_a_piece_of_a_chemical_name_is_no_drug(piece: str) -> None:
    inner = piece[piece.index("{D ") + 3 : piece.index("}")]
    assert _unlinked(f"Hydroxyurs-{piece} inhibited {{G AKT1}}.", inner) == []
    assert _unlinked(f"{{D {inner}}} inhibited {{G AKT1}}.", inner) == [f"target inhibits {inner} AKT1"]


@pytest.mark.parametrize(
    ("named", "disease"),
    [
        ("In {S Glioma} Study Group 7, {D alphanib} improved survival.", None),
        ("The Society for the Study of {S Glioma} reports that {D alphanib} improved survival.", None),
        ("In {S Glioma}, {D alphanib} improved survival.", "S:glioma"),
    ],
)
def test_a_disease_in_the_name_of_an_organisation_is_not_treated(named: str, disease: str | None) -> None:
    found, _ = relate(document(named, "Patients were followed for a year."))
    assert [f.disease.id if f.disease else None for f in found] == [disease]


#: the drug as it stands, and beside what makes it another thing
DRUGS = [
    ("{D H2O} inhibited {G AKT1}.", "CuCl2.2 {D H2O} inhibited {G AKT1}."),
    (
        "Scavenging of {D O2} reduced mortality in {S colitis}.",
        "Scavenging of {D O2} \u00b7- reduced mortality in {S colitis}.",
    ),
    ("{D Steroids} reduced mortality in {S colitis}.", "Rest and non-{D steroids} reduced mortality in {S colitis}."),
    ("{D XPs} inhibited {G AKT1}.", "{D XPs} such as {D XPS} bind water, and {D XPs} inhibited {G AKT1}."),
    ("{D alphanib} reduced {S hepatitis}.", "{D alphanib} reduced {S necroptosis}."),
    (
        "{D alphanib}, the {C AKT inhibitor}, was given.",
        "{D alphanib}, the {C AKT inhibitor} {C betamab}, were given.",
    ),
]


@pytest.mark.parametrize(("plain", "twin"), DRUGS)
def test_a_drug_or_disease_in_another_name_is_left_out(plain: str, twin: str) -> None:
    assert len(_said(plain)) == 1
    assert _said(twin) == []
