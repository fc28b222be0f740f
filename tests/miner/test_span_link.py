"""Linking spans that the vocabulary may not hold as they stand."""

import pytest

from miner.concepts import Concept
from miner.span_link import SpanLinker
from miner.span_names import LEVELLED, SORTED, name_keys
from tests.miner.tiny import TinyTable

CONCEPTS = [
    Concept("MONDO:1", "disease", "", "esophageal cancer"),
    Concept("MONDO:2", "disease", "", "hypotension"),
    Concept("MONDO:3", "disease", "", "seizure"),
    Concept("UNII:1", "drug", "substance", "cocaine"),
    Concept("HGNC:1", "gene", "gene", "telomerase", "TERT"),
    Concept("HGNC:2", "gene", "gene", "tumor protein p53", "TP53"),
    Concept("HGNC:3", "gene", "gene", "interleukin 6", "IL6", ("IL-6",)),
    Concept("HGNC:4", "gene", "gene", "estimator receptor", "EGFR"),
    Concept("HGNC:5", "gene", "gene", "catenin", "ARK"),
    Concept("FPLX:Notch", "gene", "family", "Notch"),
    Concept("HGNC:6", "gene", "gene", "notch receptor 1", "NOTCH1", parents=("FPLX:Notch",)),
    Concept("UNII:2", "drug", "substance", "calcium", synonyms=("Ca", "Ca2+")),
    Concept("UNII:3", "drug", "substance", "carbon dioxide", synonyms=("CO2", "co2")),
    Concept("UNII:4", "drug", "substance", "hydrogen sulfide gas", synonyms=("H 2",)),
    Concept("MONDO:4", "disease", "", "myocardial infarction", synonyms=("MI",)),
]
LINKER = SpanLinker(TinyTable(CONCEPTS))


@pytest.mark.parametrize(
    ("text", "type", "concept"),
    [
        ("Esophageal Cancer", "disease", "MONDO:1"),
        ("oesophageal cancers", "disease", "MONDO:1"),
        ("cancer of the esophagus", "disease", None),
        ("cancers, esophageal", "disease", "MONDO:1"),
        ("hypotensive", "disease", "MONDO:2"),
        ("severe recurrent seizures", "disease", "MONDO:3"),
        ("cocaine hydrochloride", "drug", "UNII:1"),
        ("hTERT", "gene", "HGNC:1"),
        ("tp-53 gene", "gene", "HGNC:2"),
        ("cocaine", "disease", None),
        ("--", "drug", None),
    ],
)
def test_stages(text: str, type: str, concept: str | None) -> None:
    link = LINKER.link_span(text, 0, len(text), type)  # type: ignore[arg-type]
    assert link.concept_id == concept
    assert (link.score > 0) == (concept is not None)


def test_an_exact_name_scores_more_than_a_bare_one() -> None:
    exact = LINKER.link_span("cocaine", 0, 7, "drug")
    bare = LINKER.link_span("oral cocaine", 0, 12, "drug")
    assert exact.concept_id == bare.concept_id
    assert exact.score > bare.score


def test_the_long_form_speaks_for_its_short_form() -> None:
    assert LINKER.link_span("EC", 0, 2, "disease", long_form="esophageal cancer").concept_id == "MONDO:1"


@pytest.mark.parametrize(("text", "concept"), [("TERT", "HGNC:1"), ("Tert", None), ("tERT", None), ("TP-53", None)])
def test_a_short_symbol_must_be_written_as_the_gene_writes_it(text: str, concept: str | None) -> None:
    link = LINKER.link_span(text, 0, len(text), "gene")
    assert link.concept_id == concept
    assert concept is not None or link.runners_up


def test_a_name_has_each_key_once() -> None:
    forms = [form for _, form in name_keys("Cancer of the lung")]
    assert forms == sorted(set(forms))
    assert {form: key for key, form in name_keys("lung tumours")}[LEVELLED] == "lungtumor"
    assert ("cancer lung", SORTED) in name_keys("Cancer of the lung")


@pytest.mark.parametrize(
    ("text", "long_form", "type", "concept"),
    [
        ("MI", "marker index", "disease", None),
        ("MI", "myocardial infarct", "disease", "MONDO:4"),
        ("EGFR", "early good fruit ripening", "gene", None),
        ("ARK", "anchored receptor kinase", "gene", "HGNC:5"),
        ("CA", "control area", "drug", None),
    ],
)
def test_a_short_form_is_what_its_definition_says(text: str, long_form: str, type: str, concept: str | None) -> None:
    link = LINKER.link_span(text, 0, len(text), type, long_form=long_form)  # type: ignore[arg-type]
    assert link.concept_id == concept


def test_two_letters_need_the_name_in_the_text_or_the_spelling_of_chemistry() -> None:
    assert LINKER.link_span("MI", 0, 2, "disease").concept_id is None
    assert LINKER.link_span("MI", 0, 2, "disease", seen={"MONDO:4"}).concept_id == "MONDO:4"
    assert LINKER.link_span("Carriers develop MI early.", 17, 19, "disease").concept_id == "MONDO:4"
    assert LINKER.link_span("Rochester, MI, USA", 11, 13, "disease").concept_id is None
    assert LINKER.link_span("Ca", 0, 2, "drug").concept_id == "UNII:2"
    assert LINKER.link_span("CA", 0, 2, "drug", seen={"UNII:2"}).concept_id is None


@pytest.mark.parametrize(("text", "concept"), [("CO2", "UNII:3"), ("Co2+", None), ("H2S", None), ("Ca2+", "UNII:2")])
def test_a_formula_is_written_as_chemistry_writes_it(text: str, concept: str | None) -> None:
    assert LINKER.link_span(text, 0, len(text), "drug").concept_id == concept


@pytest.mark.parametrize(
    ("text", "concept"), [("IL-6 receptor", None), ("IL-6 protein", "HGNC:3"), ("Notch receptors", "FPLX:Notch")]
)
def test_the_receptor_of_a_gene_is_another_gene(text: str, concept: str | None) -> None:
    assert LINKER.link_span(text, 0, len(text), "gene").concept_id == concept
