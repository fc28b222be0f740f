"""Variants tied to their genes, with the ids of the definitions."""

from dataclasses import replace

import pytest

from corpus.records import Passage
from miner.concepts import Target
from miner.recognise import DictionaryRecogniser
from miner.sentences import split_sentences
from tests.miner.tiny import TinyTable, tiny_concepts

RECOGNISER = DictionaryRecogniser(TinyTable(tiny_concepts()))


def variants(text: str, title: str = "") -> list[tuple[str, str | None]]:
    whole = f"{title} {text}" if title else text
    passages = (Passage("TITLE", "", 0, len(title)), Passage("", "", len(title) + 1, len(whole))) if title else ()
    found = RECOGNISER.recognise(whole, split_sentences(whole, passages)).mentions
    return [(m.text, m.concept_id) for m in found if m.type == "variant"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EGFR T790M", [("T790M", "TGV:HGNC:3236:p.T790M")]),
        ("the V600E mutation in BRAF", [("V600E", "TGV:HGNC:1097:p.V600E")]),
        (
            "EGFR L858R or exon 19 deletions",
            [("L858R", "TGV:HGNC:3236:p.L858R"), ("exon 19 deletions", "TGV:HGNC:3236:exon19del")],
        ),
        ("KRAS G12C and BRAF V600E", [("G12C", "TGV:HGNC:6407:p.G12C"), ("V600E", "TGV:HGNC:1097:p.V600E")]),
        ("CYP2C19*2 carriers", [("CYP2C19*2", "TGV:HGNC:2621:*2")]),
        ("HLA-B*57:01 carriers", [("HLA-B*57:01", "TGV:HLA-B*57:01")]),
        ("PTEN was methylated", [("methylated", "TGV:HGNC:9588:silencing")]),
        ("PTEN was methodical", []),
        ("rs704 was typed", [("rs704", "TGV:rs704")]),
        ("MSI-H tumours", [("MSI-H", "TGV:MSI-H")]),
        ("the EML4-ALK fusion", [("EML4-ALK", "TGV:HGNC:1316+HGNC:427:fusion")]),
        ("MET amplification", [("amplification", "TGV:HGNC:7029:amplification")]),
        ("ALK translocation", [("translocation", "TGV:HGNC:427:rearrangement")]),
        ("PTEN translocation", []),
        ("ALK rearrangements", [("rearrangements", "TGV:HGNC:427:rearrangement")]),
        ("ALK-positive disease", [("positive", "TGV:HGNC:427:rearrangement")]),
        ("loss of PTEN", [("loss", "TGV:HGNC:9588:loss")]),
        ("PTEN knockdown", [("knockdown", "TGV:HGNC:9588:silencing")]),
        ("KRAS wild-type tumours", [("wild-type", "TGV:HGNC:6407:wild-type")]),
        ("mutant KRAS", [("mutant", "TGV:HGNC:6407:mutation")]),
        ("activating EGFR mutations", [("mutations", "TGV:HGNC:3236:activating-mutation")]),
        ("high PD-L1 expression", [("expression", "TGV:HGNC:17635:overexpression")]),
        ("PD-L1 TPS \u2265 50%", [("\u2265 50%", "TGV:HGNC:17635:overexpression")]),
        ("PD-L1 expression <1%", [("<1%", "TGV:HGNC:17635:low-expression")]),
        ("mutations in the EGFR gene", [("mutations", "TGV:HGNC:3236:mutation")]),
        (
            "EGFR, KRAS and BRAF mutations",
            [
                ("mutations", "TGV:HGNC:1097:mutation"),
                ("mutations", "TGV:HGNC:3236:mutation"),
                ("mutations", "TGV:HGNC:6407:mutation"),
            ],
        ),
    ],
)
def test_ids(text: str, expected: list[tuple[str, str]]) -> None:
    assert variants(text) == expected


def test_a_hotspot_finds_its_gene_elsewhere_in_the_text() -> None:
    assert variants("BRAF and MET were tested. T790M arose.", "Resistance in EGFR disease.") == [
        ("T790M", "TGV:HGNC:3236:p.T790M")
    ]


def test_a_variant_takes_the_only_gene_of_the_title() -> None:
    assert variants("The R999W change was seen.", "A new PTEN variant.")[-1] == ("R999W", "TGV:HGNC:9588:p.R999W")


@pytest.mark.parametrize(
    ("text", "gene"),
    [
        ("T790M causes EGFR-TKI resistance", "HGNC:3236"),
        ("A1234V causes EGFR-TKI resistance", "HGNC:3236"),
        ("A1234V of MET causes EGFR-TKI resistance", "HGNC:7029"),
        ("A1234V causes resistance to chemotherapy", None),
        ("V600E causes EGFR-TKI resistance", None),
    ],
)
def test_a_class_of_drugs_names_the_gene_where_no_other_stands(text: str, gene: str | None) -> None:
    aimed = [
        replace(c, targets=(Target("HGNC:3236", "inhibits", "test"),)) if c.id == "TGC:EGFR_TKI" else c
        for c in tiny_concepts()
    ]
    found = DictionaryRecogniser(TinyTable(aimed)).recognise(text, split_sentences(text)).mentions
    assert [m.gene_ids for m in found if m.type == "variant"] == [(gene,) if gene else ()]


def test_a_variant_without_a_gene_has_no_id() -> None:
    assert variants("The R999W change was seen.") == [("R999W", None)]


def test_a_state_word_without_a_gene_is_no_variant() -> None:
    assert variants("Mutations were common and amplification rare.") == []


def test_gene_ids_go_with_the_variant() -> None:
    text = "the EML4-ALK fusion"
    (found,) = [m for m in RECOGNISER.recognise(text, split_sentences(text)).mentions if m.type == "variant"]
    assert found.gene_ids == ("HGNC:1316", "HGNC:427")
    assert found.name == "EML4-ALK fusion"
