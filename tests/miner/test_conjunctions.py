"""Numbers that stand for further genes."""

import pytest

from miner.concepts import Concept
from miner.conjunctions import further_numbers, stem
from miner.recognise import DictionaryRecogniser
from miner.sentences import split_sentences
from tests.miner.tiny import TinyTable


@pytest.mark.parametrize(
    ("text", "gene", "numbers"),
    [
        ("BRCA1/2 carriers", "BRCA1", ["2"]),
        ("MEK1 and 2 were blocked", "MEK1", ["2"]),
        ("NTRK1, 2 or 3 fusions", "NTRK1", ["2", "3"]),
        ("ERBB2, -3 and -4", "ERBB2", ["3", "4"]),
        ("interleukin-6 and -8", "interleukin-6", ["8"]),
        ("FGFR1-3 alterations", "FGFR1", ["3"]),
        ("BRCA1 and 2 patients", "BRCA1", []),
        ("BRCA1, 2", "BRCA1", []),
        ("TP53 and 12 of 30", "TP53", []),
        ("IL-6, 10 mg daily", "IL-6", []),
        ("KRAS and 2", "KRAS", []),
    ],
)
def test_numbers_behind_a_gene(text: str, gene: str, numbers: list[str]) -> None:
    start = text.index(gene)
    assert [text[s:e] for s, e in further_numbers(text, start, start + len(gene))] == numbers


def test_the_stem_is_the_name_without_its_number() -> None:
    assert stem("MEK1") == "MEK"
    assert stem("interleukin-6") == "interleukin-"
    assert stem("KRAS") == ""


def test_each_number_is_a_gene_of_its_own() -> None:
    genes = [
        Concept("HGNC:1", "gene", "gene", "kinase 1", "MAP2K1", ("MEK1",)),
        Concept("HGNC:2", "gene", "gene", "kinase 2", "MAP2K2", ("MEK2",)),
    ]
    text = "Inhibition of MEK1 and 2 in tumours."
    mentions = DictionaryRecogniser(TinyTable(genes)).recognise(text, split_sentences(text)).mentions
    assert [(m.text, m.concept_id) for m in mentions] == [("MEK1", "HGNC:1"), ("2", "HGNC:2")]
