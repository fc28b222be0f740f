"""What names mean beside other words."""

import pytest

from miner.abbreviations import find_abbreviations
from miner.concepts import Concept
from miner.findings import Mention
from miner.senses import in_place
from miner.sentences import split_sentences
from tests.miner.tiny import TinyTable

PLATINUM = Concept("TGC:PLATINUM", "drug", "class", "platinum-based chemotherapy")
MEANT = [
    Concept("MONDO:0100096", "disease", "", "COVID-19"),
    Concept("MONDO:0006314", "disease", "", "nasal cavity polyp"),
    Concept("MONDO:0005233", "disease", "", "non-small cell lung carcinoma"),
]
TABLE = TinyTable([PLATINUM, *MEANT])


def read(text: str, name: str, type: str) -> list[Mention]:
    found = []
    at = text.find(name)
    while at >= 0:
        found.append(Mention(at, at + len(name), name, type, "", "X:1", name, 0.9))  # type: ignore[arg-type]
        at = text.find(name, at + 1)
    kept, drops = in_place(text, found, find_abbreviations(text, split_sentences(text)), TABLE)
    assert len(kept) + len(drops) == len(found)
    return kept


@pytest.mark.parametrize(
    ("text", "name", "type", "stays"),
    [
        ("Patients in septic shock were treated.", "shock", "disease", True),
        ("They had extracorporeal shock wave therapy.", "shock", "disease", False),
        ("The heat shock response rose.", "shock", "disease", False),
        ("Fatigue was the commonest complaint.", "Fatigue", "disease", True),
        ("The fatigue strength of the alloy fell.", "fatigue", "disease", False),
        ("Blindness of assessors was kept.", "Blindness", "disease", False),
        ("Glaucoma leads to blindness.", "blindness", "disease", True),
        ("The extract showed cytotoxicity.", "cytotoxicity", "disease", False),
        ("Surfaces carried SARS-CoV-2 for days.", "SARS-CoV-2", "disease", False),
        ("It killed Mycobacterium tuberculosis.", "tuberculosis", "disease", False),
        ("Pulmonary tuberculosis was cured.", "tuberculosis", "disease", True),
        ("A hydrogen bond formed.", "hydrogen", "drug", False),
        ("They inhaled hydrogen gas.", "hydrogen", "drug", True),
        ("The luminal subtype did well.", "luminal", "drug", False),
        ("She took Luminal at night.", "Luminal", "drug", True),
        ("Smears showed ASC-US.", "ASC", "gene", False),
        ("ASC specks formed.", "ASC", "gene", True),
        ("Serum alkaline phosphatase rose.", "phosphatase", "gene", False),
        ("PM10 rose in winter.", "PM10", "gene", False),
    ],
)
def test_the_words_beside_a_name_may_rule_it_out(text: str, name: str, type: str, stays: bool) -> None:
    assert [m.concept_id for m in read(text, name, type)] == (["X:1"] if stays else [])


def test_a_name_may_mean_another_concept() -> None:
    (resistant,) = read("Women with platinum-resistant tumours were treated.", "platinum", "drug")
    assert (resistant.concept_id, resistant.kind, resistant.name) == (PLATINUM.id, "class", PLATINUM.name)
    (metal,) = read("A platinum electrode was used.", "platinum", "drug")
    assert metal.concept_id == "X:1"


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("COVID-19 infection", "MONDO:0100096"),
        ("nasal polyposis", "MONDO:0006314"),
        ("familial polyposis", "X:1"),
        ("non-squamous NSCLC", "MONDO:0005233"),
        ("squamous NSCLC", "X:1"),
    ],
)
def test_a_name_that_holds_another_disease_means_its_own(name: str, concept: str) -> None:
    assert [m.concept_id for m in read(f"Patients with {name} were treated.", name, "disease")] == [concept]


def test_a_short_form_goes_the_way_of_its_long_form() -> None:
    text = "Mycobacterium tuberculosis (Mtb) was grown, and MX was not."
    mentions = [
        Mention(0, 26, text[:26], "disease", "", "X:1", "tuberculosis", 0.9),
        Mention(28, 31, "Mtb", "disease", "", "X:1", "tuberculosis", 0.9),
        Mention(48, 50, "MX", "disease", "", "X:1", "tuberculosis", 0.9),
    ]
    kept, drops = in_place(text, mentions, find_abbreviations(text, split_sentences(text)), TABLE)
    assert [m.text for m in kept] == ["MX"]
    assert {d.gate for d in drops} == {"means something else here"}
