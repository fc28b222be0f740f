"""The default recogniser on sentences that a dictionary gets wrong, with the weights that come with the program."""

import itertools
from pathlib import Path

import platformdirs
import pytest

from miner.annotate_input import make_document
from miner.concept_store import open_concepts
from miner.errors import ModelFileError
from miner.findings import Drop, Mention
from miner.pipeline import Pipeline
from miner.recognise import DictionaryRecogniser
from miner.statistical import StatisticalPipeline
from miner.tagger import WEIGHTS, Tagger


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return StatisticalPipeline(Path(platformdirs.user_cache_dir("theragraph"))).build()


def read(pipeline: Pipeline, text: str, title: str = "") -> tuple[tuple[Mention, ...], tuple[Drop, ...]]:
    mined = pipeline.mine(make_document("1", title, text))
    return mined.mentions, mined.drops


def found(pipeline: Pipeline, text: str) -> set[tuple[str, str]]:
    return {(m.text, m.type) for m in read(pipeline, text)[0]}


def test_a_name_that_the_vocabularies_lack_is_found_and_left_without_an_id(pipeline: Pipeline) -> None:
    text = "Expression of the KRTX17 gene and of the novel protein kinase LMKB2 was raised."
    mentions, _ = read(pipeline, text)
    assert [(m.text, m.type, m.concept_id) for m in mentions] == [("KRTX17", "gene", None), ("LMKB2", "gene", None)]
    assert all(0 < m.score < 1 for m in mentions)


def test_known_names_keep_their_concepts(pipeline: Pipeline) -> None:
    text = "Gefitinib improved survival of patients with non-small cell lung cancer and EGFR mutations."
    ids = {m.text: m.concept_id for m in read(pipeline, text)[0]}
    assert ids["Gefitinib"] == "UNII:S65743JHBS"
    assert ids["EGFR"] == "HGNC:3236"
    assert ids["non-small cell lung cancer"] == "MONDO:0005233"


def test_classes_procedures_and_tests_come_from_the_vocabularies(pipeline: Pipeline) -> None:
    text = "PARP inhibitors and radiotherapy were given after whole-exome sequencing of BRCA1."
    assert {("PARP inhibitors", "drug"), ("radiotherapy", "drug"), ("whole-exome sequencing", "test")} <= found(
        pipeline, text
    )


def test_a_class_is_read_whole_where_a_gene_runs_into_it(pipeline: Pipeline) -> None:
    text = "Cells responded to small molecule tyrosine kinase inhibitors, and the tyrosine kinase LMKB2 was raised."
    read = found(pipeline, text)
    assert ("tyrosine kinase inhibitors", "drug") in read
    assert ("small molecule tyrosine kinase", "gene") not in read
    assert ("LMKB2", "gene") in read


def test_spans_do_not_overlap_but_for_variants_and_scores_are_probabilities(pipeline: Pipeline) -> None:
    text = "HER2-positive breast cancer (BC) treated with trastuzumab (Herceptin): BC cells lost PTEN and p53 R175H."
    mentions, _ = read(pipeline, text)
    named = [m for m in mentions if m.type != "variant"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(named))
    assert all(text[m.start : m.end] == m.text and 0 <= m.score <= 1 for m in mentions)


def test_a_damaged_weight_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "entities.bin"
    path.write_bytes(WEIGHTS.read_bytes()[:-100])
    with pytest.raises(ModelFileError, match=r"entities\.bin.*damaged"):
        Tagger(path)


def test_weights_of_another_layout_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "entities.bin"
    path.write_bytes(WEIGHTS.read_bytes().replace(b'"format": 1', b'"format": 0', 1))
    with pytest.raises(ModelFileError, match="another version"):
        Tagger(path)


def test_the_digest_tells_the_recognisers_apart(pipeline: Pipeline) -> None:
    concepts = open_concepts(Path(platformdirs.user_cache_dir("theragraph")))
    assert DictionaryRecogniser(concepts).digest != pipeline.recogniser.digest
