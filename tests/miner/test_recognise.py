"""What the dictionary recogniser finds, links and leaves alone."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.findings import Mention
from miner.recognise import DictionaryRecogniser, Recognised
from miner.sentences import split_sentences
from tests.miner.tiny import TinyTable, tiny_concepts

RECOGNISER = DictionaryRecogniser(TinyTable(tiny_concepts()))


def read(text: str) -> Recognised:
    return RECOGNISER.recognise(text, split_sentences(text))


def linked(text: str, type: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.concept_id) for m in read(text).mentions if m.type == type]


def ids(text: str) -> set[str | None]:
    return {m.concept_id for m in read(text).mentions}


def test_plain_names() -> None:
    found = read("Osimertinib in EGFR-mutant lung cancer").mentions
    assert [(m.start, m.end, m.text, m.type, m.kind, m.concept_id, m.name) for m in found] == [
        (0, 11, "Osimertinib", "drug", "substance", "UNII:3C06JJ0Z2O", "osimertinib"),
        (15, 19, "EGFR", "gene", "gene", "HGNC:3236", "EGFR"),
        (20, 26, "mutant", "variant", "", "TGV:HGNC:3236:mutation", "EGFR mutation"),
        (27, 38, "lung cancer", "disease", "", "MONDO:0008903", "lung cancer"),
    ]
    assert all(m.score == round(m.score, 3) and 0 < m.score <= 1 for m in found)


def test_the_longest_name_stays() -> None:
    assert linked("an EGFR tyrosine kinase inhibitor", "drug") == [("EGFR tyrosine kinase inhibitor", "TGC:EGFR_TKI")]
    assert linked("an EGFR tyrosine kinase inhibitor", "gene") == []


def test_a_short_form_takes_the_concept_of_its_long_form() -> None:
    text = "Spinal muscular atrophy (SMA) is rare. SMA was treated."
    assert linked(text, "disease") == [
        ("Spinal muscular atrophy", "MONDO:0001516"),
        ("SMA", "MONDO:0001516"),
        ("SMA", "MONDO:0001516"),
    ]


def test_a_broader_name_in_the_long_form_is_less_sure() -> None:
    found = read("castration-resistant prostate cancer (CRPC) progressed").mentions
    assert [(m.text, m.concept_id) for m in found] == [("prostate cancer", "MONDO:0008315"), ("CRPC", "MONDO:0008315")]
    assert found[1].score < found[0].score


@pytest.mark.parametrize(
    ("text", "not_id"),
    [
        ("Transarterial chemoembolization (TACE) was used; TACE failed.", "HGNC:195"),
        ("The class switch recombination (CSR) rate; CSR was low.", "HGNC:19751"),
        ("IgM antibodies were found.", "HGNC:11935"),
        ("AGS cells were cultured.", "HGNC:6188"),
        ("Patients may respond.", "UNII:MAY"),
        ("The dose was raised.", "HGNC:30009"),
        ("The MS spectrum was recorded.", "MONDO:0005301"),
        ("The pest was controlled.", "MONDO:0100999"),
    ],
)
def test_look_alikes_are_stopped_and_counted(text: str, not_id: str) -> None:
    found = read(text)
    assert not_id not in {m.concept_id for m in found.mentions}
    assert any(not_id in d.detail for d in found.drops)


def test_a_gene_short_form_with_an_unknown_long_form_stays() -> None:
    text = "Proprotein convertase subtilisin kexin 9 (PCSK9) inhibitors; PCSK9 falls."
    assert linked(text, "gene") == [("PCSK9", "HGNC:20001"), ("PCSK9", "HGNC:20001")]


def test_type_by_context() -> None:
    assert linked("patients with DMD patients", "disease") == [("DMD", "MONDO:0010679")]
    assert linked("mutations in the DMD gene", "gene") == [("DMD", "HGNC:2928")]


def test_a_gene_state_inside_a_disease_name_is_read_apart() -> None:
    text = "HER2-positive breast cancer"
    assert ids(text) == {"HGNC:3430", "TGV:HGNC:3430:overexpression", "MONDO:0007254"}


def test_slashed_genes() -> None:
    assert linked("BRCA1/2 mutation carriers", "gene") == [("BRCA1", "HGNC:1100"), ("2", "HGNC:1101")]
    assert {"TGV:HGNC:1100:mutation", "TGV:HGNC:1101:mutation"} <= ids("BRCA1/2 mutation carriers")


def test_capitals_prove_nothing_in_a_shouted_title() -> None:
    assert "HGNC:7029" not in ids("THE CRITERIA WERE MET BY MOST OF THE PATIENTS IN BOTH GROUPS")


def negated(text: str) -> set[str]:
    return {m.text for m in read(text).mentions if m.negated}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No EGFR mutation was found.", {"EGFR", "mutation"}),
        ("MET amplification was not detected.", {"MET", "amplification"}),
        ("HER2-negative breast cancer", {"HER2"}),
        ("tumours without BRAF V600E but with KRAS G12C", {"BRAF", "V600E"}),
        ("No significant benefit of osimertinib in EGFR-mutant disease", set()),
        ("EGFR mutations were found", set()),
    ],
)
def test_what_the_sentence_denies(text: str, expected: set[str]) -> None:
    assert negated(text) == expected


PIECES = st.sampled_from(
    [
        "EGFR",
        " T790M",
        "osimertinib",
        "é",
        "\U0001d6fd",
        " (",
        ")",
        ". ",
        "İ",
        "ß",
        "\u2011",
        " mutation",
        "NSCLC",
        "-",
        "\n",
        "BRCA1/2",
        " ",
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_offsets_are_code_points_of_the_text(text: str) -> None:
    found = read(text).mentions
    assert all(text[m.start : m.end] == m.text and m.text for m in found)
    assert list(found) == sorted(found, key=lambda m: (m.start, m.end, m.type, m.concept_id or ""))


def mentions_of(text: str) -> Iterator[Mention]:
    return iter(read(text).mentions)


def test_same_text_same_mentions() -> None:
    text = "EGFR and KRAS mutations in NSCLC treated with gefitinib."
    assert list(mentions_of(text)) == list(mentions_of(text))


TABLE_OF_TRAPS = """
HGNC:26077|gene|gene|membrane associated ring-CH-type finger 1|MARCHF1|March1;March 1
HGNC:1569|gene|gene|cholecystokinin|CCK|
HGNC:10537|gene|gene|seryl-tRNA synthetase 1|SARS1|SARS
UNII:T|drug|substance|tyrosine||
"""
TRAPS = DictionaryRecogniser(TinyTable(tiny_concepts(extra=TABLE_OF_TRAPS.lstrip())))


@pytest.mark.parametrize(
    "text",
    [
        "It began on March 1 of that year.",
        "Viability was measured by CCK-8 assay.",
        "SARS-CoV-2 spread.",
        "Protein tyrosine phosphatases were assayed.",
    ],
)
def test_traps_seen_in_real_abstracts(text: str) -> None:
    assert TRAPS.recognise(text, split_sentences(text)).mentions == ()


def test_the_same_names_where_they_are_meant() -> None:
    text = "CCK release and dietary tyrosine were measured."
    assert [m.concept_id for m in TRAPS.recognise(text, split_sentences(text)).mentions] == ["HGNC:1569", "UNII:T"]
