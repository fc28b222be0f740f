"""Whose gene a text names."""

import pytest

from miner.recognise import DictionaryRecogniser
from miner.sentences import split_sentences
from miner.species import Species
from tests.miner.tiny import TinyTable, tiny_concepts

MICE = "Loss of Trp53 in mice. Mice without Trp53 and mouse cells with Kras were kept as were wild-type mice."


def human(text: str, gene: str, title: str = "") -> bool:
    whole = f"{title} {text}" if title else text
    start = whole.rindex(gene)
    return Species(whole, len(title)).is_human(start, start + len(gene))


@pytest.mark.parametrize(
    ("text", "gene", "expected"),
    [
        ("EGFR mutations were found.", "EGFR", True),
        (MICE, "Trp53", False),
        ("Patients and mice were studied for Egfr.", "Egfr", True),
        ("The murine EGFR gene was cloned beside human DNA.", "EGFR", False),
        ("Mice carry human EGFR; mice, mice and more mice were bred.", "EGFR", True),
        ("Mice with EGFR-mutant xenografts; mice, mice and mice.", "EGFR", True),
        ("In mice, EGFR was measured; mice, mice and mice.", "EGFR", True),
    ],
)
def test_species_of_a_gene(text: str, gene: str, expected: bool) -> None:
    assert human(text, gene) is expected


def test_a_title_that_names_the_species_speaks_for_capitals_too() -> None:
    assert not human("SIR2 and CDC28 act together.", "SIR2", "Silencing in yeast Saccharomyces")


def test_a_gene_of_another_species_keeps_the_human_one_as_runner_up() -> None:
    text = "Murine EGFR was deleted."
    mentions = DictionaryRecogniser(TinyTable(tiny_concepts())).recognise(text, split_sentences(text)).mentions
    gene = next(m for m in mentions if m.type == "gene")
    assert gene.concept_id is None
    assert gene.runners_up[0].concept_id == "HGNC:3236"
