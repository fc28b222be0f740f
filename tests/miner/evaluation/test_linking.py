from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from miner.concepts import Concept
from miner.evaluation.linking import LinksReport, Vocabulary, score_links
from miner.findings import EntityType, Mention
from miner.gold import GoldDocument, GoldMention
from tests.miner.tiny import TinyTable

CONCEPTS = [
    Concept("HGNC:3236", "gene", "gene", "epidermal growth factor receptor", "EGFR", xrefs=("NCBIGene:1956",)),
    Concept("HGNC:3430", "gene", "gene", "erb-b2 receptor tyrosine kinase 2", "ERBB2", xrefs=("NCBIGene:2064",)),
    Concept("FPLX:RAS", "gene", "family", "RAS"),
    Concept("MONDO:0008903", "disease", "", "lung cancer", xrefs=("MESH:D008175", "OMIM:211980")),
    Concept("UNII:1", "drug", "substance", "alphanib", xrefs=("MESH:C1",)),
    Concept("TGC:X", "drug", "class", "chemotherapy"),
]
RETIRED = {"MONDO:0000001": "MONDO:0008903"}
TEXT = "EGFR and Egfr and RAS in lung cancer treated with alphanib or chemotherapy"


class Table(TinyTable):
    """The tiny table with retired ids, and look-up by cross-reference."""

    def get(self, concept_id: str) -> Concept | None:
        return super().get(RETIRED.get(concept_id, concept_id))

    def find(self, name: str, types: Sequence[str] = ()) -> list[Concept]:
        return [c for c in CONCEPTS if name in (c.id, *c.xrefs) and (not types or c.type in types)]


TABLE = Table(CONCEPTS)


def gold(*mentions: tuple[str, EntityType, tuple[str, ...]], id: str = "1") -> GoldDocument:
    places = [(TEXT.index(words), words, type_, ids) for words, type_, ids in mentions]
    return GoldDocument(id, "", TEXT, tuple(GoldMention(s, s + len(w), t, ids) for s, w, t, ids in places))


def found(words: str, type_: EntityType, concept_id: str | None, score: float = 0.9) -> Mention:
    begin = TEXT.index(words)
    return Mention(begin, begin + len(words), words, type_, "", concept_id, words, score)


def score(document: GoldDocument, *mentions: Mention) -> LinksReport:
    return score_links([document], lambda id, title, text: mentions, TABLE)


def counts(report: LinksReport, scoring: str, name: str) -> tuple[int, int, int]:
    (row,) = [e.score for e in report.estimates if (e.scoring, e.score.name) == (scoring, name)]
    return row.right, row.extracted, row.gold


def test_any_id_of_the_concept_agrees() -> None:
    for id_ in ("MESH:D008175", "OMIM:211980", "MONDO:0008903", "MONDO:0000001"):
        report = score(gold(("lung cancer", "disease", (id_,))), found("lung cancer", "disease", "MONDO:0008903"))
        assert counts(report, "document", "disease") == (1, 1, 1)
        assert counts(report, "mention", "disease") == (1, 1, 1)
        assert report.errors == ()


def test_a_retired_id_of_ours_agrees_too() -> None:
    report = score(
        gold(("lung cancer", "disease", ("MESH:D008175",))), found("lung cancer", "disease", "MONDO:0000001")
    )
    assert counts(report, "document", "disease") == (1, 1, 1)


def test_a_concept_that_the_table_does_not_know_agrees_with_its_own_id() -> None:
    report = score(gold(("Egfr", "gene", ("NCBIGene:13649",))), found("Egfr", "gene", "NCBIGene:13649"))
    assert counts(report, "document", "gene all") == (1, 1, 1)


def test_a_document_counts_each_concept_once() -> None:
    mentions = [found("EGFR", "gene", "HGNC:3236"), found("Egfr", "gene", "HGNC:3236")]
    report = score(gold(("EGFR", "gene", ("NCBIGene:1956",)), ("Egfr", "gene", ("NCBIGene:1956",))), *mentions)
    assert counts(report, "document", "gene all") == (1, 1, 1)
    assert counts(report, "mention", "gene all") == (2, 2, 2)


def test_human_genes_stand_apart_from_all() -> None:
    document = gold(("EGFR", "gene", ("NCBIGene:1956",)), ("Egfr", "gene", ("NCBIGene:13649",)))
    mouse_as_human = [
        found("EGFR", "gene", "HGNC:3236"),
        found("Egfr", "gene", "HGNC:3430"),
        found("RAS", "gene", "FPLX:RAS"),
    ]
    report = score(document, *mouse_as_human)
    assert counts(report, "document", "gene human") == (1, 2, 1)
    assert counts(report, "document", "gene all") == (1, 3, 2)
    assert counts(report, "mention", "gene human") == (1, 1, 1)
    assert counts(report, "mention", "gene all") == (1, 2, 2)
    assert counts(report, "document", "all") == (1, 3, 2)


def test_one_of_several_gold_ids_is_enough_at_a_mention() -> None:
    document = gold(("EGFR", "gene", ("NCBIGene:2064", "NCBIGene:1956")))
    report = score(document, found("EGFR", "gene", "HGNC:3236"))
    assert counts(report, "mention", "gene human") == (1, 1, 1)
    assert counts(report, "document", "gene human") == (1, 1, 2)


def test_what_has_no_id_of_the_golds_vocabularies_is_wrong_and_counted() -> None:
    mentions = [found("alphanib", "drug", "UNII:1"), found("chemotherapy", "drug", "TGC:X")]
    report = score(gold(("alphanib", "drug", ("MESH:C1",))), *mentions)
    assert counts(report, "document", "drug") == (1, 2, 1)
    rows = {(row["scoring"], row["what"]): row for row in report.score_rows()}
    assert rows["document", "drug"]["outside"] == rows["document", "all"]["outside"] == 1
    assert rows["mention", "drug"]["outside"] is rows["mention", "drug"]["f1"] is None


def test_gold_and_found_without_a_link_are_left_out() -> None:
    document = gold(("lung cancer", "disease", ("MESH:D008175",)), ("RAS", "disease", ()))
    report = score(document, found("lung cancer", "disease", None), found("RAS", "disease", None))
    assert counts(report, "document", "disease") == (0, 0, 1)
    assert counts(report, "mention", "disease") == (0, 0, 1)


def test_types_that_gold_never_links_have_no_row() -> None:
    report = score(gold(("EGFR", "gene", ()), ("lung cancer", "disease", ("MESH:D1",))))
    assert {e.score.name for e in report.estimates} == {"all", "disease"}
    assert score(gold(("EGFR", "gene", ()))).estimates == ()


def test_errors_name_both_sides_as_the_text_writes_them() -> None:
    report = score(gold(("EGFR", "gene", ("NCBIGene:1956",))), found("RAS", "gene", "FPLX:RAS"))
    assert list(report.error_rows()) == [
        {"id": "1", "error": "extra", "type": "gene", "concept": "FPLX:RAS", "name": "RAS", "text": "RAS"},
        {"id": "1", "error": "missed", "type": "gene", "concept": "NCBIGene:1956", "name": "", "text": "EGFR"},
    ]


def test_links_at_a_gold_mention_are_judged_with_their_score() -> None:
    document = gold(("EGFR", "gene", ("NCBIGene:1956",)), ("Egfr", "gene", ("NCBIGene:13649",)))
    mentions = [found("EGFR", "gene", "HGNC:3236", 0.9), found("Egfr", "gene", "HGNC:3236", 0.4)]
    report = score(document, *mentions, found("RAS", "gene", "FPLX:RAS"))
    assert [(j.type, j.score, j.right) for j in report.judged] == [("gene", 0.9, True), ("gene", 0.4, False)]


def test_ids_are_looked_up_among_human_genes_only() -> None:
    vocabulary = Vocabulary(TABLE)
    assert vocabulary.human("NCBIGene:1956")
    assert not vocabulary.human("NCBIGene:13649")
    assert not vocabulary.human("MESH:D008175")


IDS = st.sampled_from(["HGNC:3236", "HGNC:3430", "FPLX:RAS", None])
GOLD_IDS = st.sampled_from([("NCBIGene:1956",), ("NCBIGene:2064",), ("NCBIGene:1",), ()])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20), IDS), max_size=6),
    st.lists(st.tuples(st.integers(0, 20), GOLD_IDS), max_size=6),
)
def test_right_never_exceeds_either_side(
    given_: list[tuple[int, str | None]], wanted: list[tuple[int, tuple[str, ...]]]
) -> None:
    document = GoldDocument("1", "", TEXT, tuple(GoldMention(s, s + 3, "gene", ids) for s, ids in wanted))
    mentions = [replace(found("EGFR", "gene", id_), start=s, end=s + 4) for s, id_ in given_]
    for estimate in score(document, *mentions).estimates:
        assert estimate.score.right <= min(estimate.score.extracted, estimate.score.gold)
