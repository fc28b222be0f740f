"""Steps in order, and the digests that follow from their sources."""

import pytest

from corpus.records import Article, MeshHeading, Passage, Term
from miner.annotate_input import make_document
from miner.pipeline import PipelineError, Step, check_steps, document_of, source_digest
from tests.miner.tiny import TinyPipeline


def step(name: str, requires: tuple[str, ...], provides: tuple[str, ...]) -> Step:
    return Step(name, requires, provides, lambda draft: None)


def test_mines_a_document() -> None:
    mined = TinyPipeline().build().mine(make_document("1", "", "MET amplification caused resistance to gefitinib."))
    assert mined.id == "1"
    assert [m.concept_id for m in mined.mentions] == ["HGNC:7029", "TGV:HGNC:7029:amplification", "UNII:S65743JHBS"]
    assert [(f.kind, f.relation) for f in mined.findings] == [("predictive", "resistance")]


def test_reading_and_concluding_apart_say_the_same() -> None:
    pipeline = TinyPipeline().build()
    document = make_document("1", "A title.", "MET amplification caused resistance to gefitinib. AGS cells.")
    whole = pipeline.mine(document, "t")
    _, reading = pipeline.read(document)
    assert pipeline.conclude(pipeline.resume(document, reading), reading, "t") == whole


def test_a_step_needs_what_an_earlier_one_provides() -> None:
    with pytest.raises(PipelineError, match="'b' requires sentences") as caught:
        check_steps([step("b", ("sentences",), ()), step("a", ("text",), ("sentences",))])
    assert (caught.value.step, caught.value.missing) == ("b", ("sentences",))
    check_steps([step("a", ("text",), ("sentences",)), step("b", ("sentences",), ())])


def test_digests_follow_the_vocabulary() -> None:
    one, same, other = (TinyPipeline(x).build() for x in ("", "", "TGD:Z|drug|substance|zorbamine||"))
    assert one.entity_digest == same.entity_digest
    assert one.finding_digest == same.finding_digest
    assert one.entity_digest != other.entity_digest


def test_source_digest_depends_on_the_files() -> None:
    assert source_digest(("link.py",)) != source_digest(("gates.py",))
    assert len(source_digest(("relating",))) == 32


def test_document_of_an_article() -> None:
    article = Article(
        7,
        1,
        "T.",
        "T. Text.",
        (Passage("TITLE", "", 0, 2), Passage("", "", 3, 8)),
        publication_types=(Term("D016428", "Journal Article"),),
        mesh=(MeshHeading("D002289", "Carcinoma, Non-Small-Cell Lung", True),),
        languages=("eng",),
    )
    document = document_of(article)
    assert (document.id, document.title, document.text) == ("7", "T.", "T. Text.")
    assert document.publication_types == ("Journal Article",)
    assert document.mesh == ("Carcinoma, Non-Small-Cell Lung",)
