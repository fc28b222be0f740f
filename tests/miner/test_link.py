"""Choosing between concepts of one name."""

from miner.concepts import Concept, SurfaceEntry
from miner.link import Linker, context_words
from tests.miner.tiny import TinyTable

CONCEPTS = [
    Concept("MONDO:1", "disease", "", "stroke disorder"),
    Concept("MONDO:2", "disease", "", "cerebrovascular disorder"),
    Concept("MESH:D1", "disease", "", "Stroke"),
    Concept("HGNC:1", "gene", "gene", "gene one", "AAA1"),
    Concept("HGNC:2", "gene", "gene", "gene two", "BBB2"),
    Concept("MESH:C1", "drug", "substance", "Gene One Protein"),
]
LINKER = Linker(TinyTable(CONCEPTS))


def entry(id: str, type: str, prior: float, surface: str = "x") -> SurfaceEntry:
    return SurfaceEntry(id, type, "gene" if type == "gene" else "", "folded", surface, prior, ambiguous=True)


def choose(*entries: SurfaceEntry, text: str = "x", seen: tuple[str, ...] = ()) -> str | None:
    start = text.index("x")
    return LINKER.choose(entries, text, (start, start + 1), seen).concept_id


def test_the_better_prior_wins_and_the_other_is_kept() -> None:
    link = LINKER.choose((entry("HGNC:1", "gene", 1.0), entry("HGNC:2", "gene", 0.4)), "x", (0, 1), ())
    assert link.concept_id == "HGNC:1"
    assert [c.concept_id for c in link.runners_up] == ["HGNC:2"]


def test_a_tie_stays_open() -> None:
    link = LINKER.choose((entry("HGNC:1", "gene", 0.5), entry("HGNC:2", "gene", 0.45)), "x", (0, 1), ())
    assert link.concept_id is None
    assert {c.concept_id for c in link.runners_up} == {"HGNC:1", "HGNC:2"}


def test_a_concept_named_elsewhere_breaks_a_tie() -> None:
    assert choose(entry("HGNC:1", "gene", 0.5), entry("HGNC:2", "gene", 0.5), seen=("HGNC:2",)) == "HGNC:2"


def test_the_preferred_vocabulary_breaks_a_tie() -> None:
    assert choose(entry("MESH:D1", "disease", 1.0), entry("MONDO:2", "disease", 1.0)) == "MONDO:2"


def test_the_concept_that_bears_the_name_breaks_a_tie() -> None:
    same = [entry(i, "disease", 0.5, "stroke") for i in ("MONDO:1", "MONDO:2")]
    assert choose(*same) == "MONDO:1"


def test_context_decides_the_type() -> None:
    both = (entry("HGNC:1", "gene", 0.8), entry("MONDO:1", "disease", 0.9))
    assert choose(*both, text="mutations in the x gene") == "HGNC:1"
    assert choose(*both, text="patients with x syndrome") == "MONDO:1"


def test_a_protein_filed_under_chemicals_is_the_gene() -> None:
    assert choose(entry("HGNC:1", "gene", 0.8), entry("MESH:C1", "drug", 1.0)) == "HGNC:1"


def test_context_words_count_both_sides() -> None:
    assert context_words("expression of x protein", 14, 15, "gene") == 2
    assert context_words("we saw x yesterday", 7, 8, "gene") == 0
