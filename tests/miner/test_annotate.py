"""The contract of annotate, key by key; other programs depend on it."""

from collections.abc import Iterable

from corpus.records import Article
from miner.annotate import Annotation, AnnotationJson, BadDocument, annotate
from miner.annotate_input import article_documents, make_document
from miner.document import Document
from miner.executors import InlineExecutor, local_executor
from miner.findings import CHALLENGE_FAMILIES, DESIGNS, RELATIONS
from miner.run import CHUNK
from tests.miner.tiny import FailingPipeline, TinyPipeline, TinyTable, tiny_concepts

TEXT = (
    "Osimertinib improved progression-free survival versus chemotherapy in patients with EGFR T790M-positive "
    "lung cancer. "
    "The high cost of osimertinib limits access. AGS cells."
)
TITLE = "Osimertinib: a randomised trial."


def results(items: Iterable[Document | BadDocument]) -> list[Annotation | BadDocument]:
    return list(annotate(items, TinyPipeline(), InlineExecutor()))


def objects(items: Iterable[Document | BadDocument], *, explain: bool = False) -> list[dict]:
    writer = AnnotationJson(TinyTable(tiny_concepts()), explain=explain)
    return [writer.object(result) for result in results(items)]


def test_one_object_a_document() -> None:
    (found,) = objects([make_document("34093647", TITLE, TEXT)])
    assert list(found) == ["id", "mentions", "challenges", "findings", "design"]
    assert found["id"] == "34093647"


def test_mentions() -> None:
    (found,) = objects([make_document("1", TITLE, TEXT)])
    text = f"{TITLE} {TEXT}"
    first = found["mentions"][0]
    assert first == {
        "start": 0,
        "end": 11,
        "text": "Osimertinib",
        "type": "drug",
        "kind": "substance",
        "id": "UNII:3C06JJ0Z2O",
        "name": "osimertinib",
        "xrefs": [],
        "score": 0.98,
        "negated": False,
    }
    gene = next(m for m in found["mentions"] if m["id"] == "HGNC:3236")
    assert list(gene) == ["start", "end", "text", "type", "id", "name", "xrefs", "score", "negated"]
    assert gene["xrefs"] == ["NCBIGene:1956"]
    assert all(text[m["start"] : m["end"]] == m["text"] for m in found["mentions"])
    assert {m["type"] for m in found["mentions"]} == {"drug", "gene", "variant", "disease"}
    assert {m["kind"] for m in found["mentions"] if m["type"] == "drug"} == {"substance", "class"}


def test_findings() -> None:
    (found,) = objects([make_document("1", TITLE, TEXT)])
    finding = next(f for f in found["findings"] if f["kind"] == "predictive")
    assert list(finding) == [
        *("kind", "relation", "drugs", "genes", "variants", "disease", "diseaseFrom", "event", "comparators", "prior"),
        *("polarity", "certainty", "subject", "level", "confidence", "start", "end"),
    ]
    assert finding["relation"] in RELATIONS["predictive"]
    assert finding["drugs"] == [{"id": "UNII:3C06JJ0Z2O", "name": "osimertinib"}]
    assert finding["variants"] == [{"id": "TGV:HGNC:3236:p.T790M", "name": "EGFR T790M"}]
    assert finding["disease"] == {"id": "MONDO:0008903", "name": "lung cancer"}
    assert finding["comparators"] == [{"id": "TGC:CHEMOTHERAPY", "name": "chemotherapy"}]
    assert finding["event"] is None
    assert finding["prior"] == []
    assert f"{TITLE} {TEXT}"[finding["start"] : finding["end"]].startswith("Osimertinib improved")


def test_challenges() -> None:
    (found,) = objects([make_document("1", TITLE, TEXT)])
    challenge = next(c for c in found["challenges"] if "cost" in c["classes"])
    assert list(challenge) == ["start", "end", "classes", "polarity", "score", "about"]
    assert set(challenge["classes"]) <= {name for family in CHALLENGE_FAMILIES.values() for name in family}
    assert challenge["polarity"] == "barrier"
    assert challenge["about"] == [{"id": "UNII:3C06JJ0Z2O", "name": "osimertinib", "scope": "sentence"}]


def test_design() -> None:
    (found,) = objects([make_document("1", TITLE, TEXT)])
    design = found["design"]
    assert list(design) == ["design", "phase", "sample_size", "trial_ids", "score", "trace"]
    assert design["design"] in DESIGNS
    assert design["phase"] is None
    assert design["sample_size"] is None


def test_a_document_without_anything_in_it_has_its_line() -> None:
    (found,) = objects([make_document("x", "", "Nothing here.")])
    assert (found["id"], found["mentions"], found["challenges"], found["findings"]) == ("x", [], [], [])


def test_explain_adds_what_was_dropped() -> None:
    (found,) = objects([make_document("1", "", "AGS cells were used.")], explain=True)
    assert found["drops"] == [
        {
            "stage": "mention",
            "gate": "cell line",
            "start": 0,
            "end": 3,
            "text": "AGS",
            "detail": "gene HGNC:6188",
            "why": "the name of a cell line, or a word before 'cells'",
        }
    ]


def test_explain_tells_what_gave_way_to_a_longer_name_or_a_definition() -> None:
    text = "Non-small cell lung cancer and Duchenne muscular dystrophy (DMD)."
    (found,) = objects([make_document("1", "", text)], explain=True)
    assert [(d["gate"], d["text"], d["detail"]) for d in found["drops"]] == [
        ("inside a longer name", "lung cancer", "disease MONDO:0008903"),
        ("defined as something else", "DMD", "gene HGNC:2928"),
    ]


def test_a_bad_document_is_an_error_line_in_its_place() -> None:
    items = [
        BadDocument(None, "read", "line 1: not JSON"),
        make_document("2", "", "EGFR gene."),
        BadDocument("3", "read", "nothing in it"),
        make_document("4", "", "KRAS gene."),
        BadDocument("5", "read", "nothing in it"),
    ]
    found = objects(items)
    assert [f["id"] for f in found] == [None, "2", "3", "4", "5"]
    assert found[0] == {"id": None, "error": {"stage": "read", "message": "line 1: not JSON"}}
    assert found[1]["mentions"]


def test_only_bad_documents() -> None:
    assert [f["id"] for f in objects([BadDocument("1", "read", "x"), BadDocument("2", "read", "y")])] == ["1", "2"]


def test_a_document_that_cannot_be_mined_is_an_error_line() -> None:
    items = [make_document("1", "", "A bomb."), make_document("2", "", "EGFR gene.")]
    found = list(annotate(items, FailingPipeline(), InlineExecutor()))
    assert found[0] == BadDocument("1", "recognise", "ValueError: the bomb went off")
    assert isinstance(found[1], Annotation)


def test_order_and_result_do_not_depend_on_workers() -> None:
    items = [
        make_document(str(n), TITLE, TEXT) if n % 7 else BadDocument(str(n), "read", "x") for n in range(CHUNK * 2 + 3)
    ]
    with local_executor(2) as executor:
        many = list(annotate(items, TinyPipeline(), executor))
    assert many == results(items)


def test_a_pubmed_record_is_a_document_too() -> None:
    items = article_documents([Article(7, 1, "EGFR gene", "EGFR gene"), BadDocument(None, "read", "record 2")])
    assert [f["id"] for f in objects(items)] == ["7", None]
