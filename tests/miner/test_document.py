"""Ranges of a text, and the mentions of a title."""

from hypothesis import given
from hypothesis import strategies as st

from miner.document import Disjoint, Document, Ranges
from miner.findings import Mention, Span
from miner.relating.surroundings import Surroundings
from miner.sentences import split_sentences

spans = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(spans), spans)
def test_ranges_meet_and_hold_what_a_search_of_all_finds(ranges: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked
    found = Ranges(ranges)
    assert found.meet(start, end) == any(s < end and start < e for s, e in ranges)
    assert found.hold(start, end) == any(s <= start and end <= e for s, e in ranges)


@given(st.lists(spans), spans)
def test_what_is_put_takes_the_place_of_what_it_meets(ranges: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    laid: Disjoint[Span] = Disjoint(())
    kept: list[Span] = []
    for thing in (Span(*place) for place in ranges):
        laid.put(thing)
        kept = [k for k in kept if not (k.start < thing.end and thing.start < k.end)] + [thing]
    kept.sort(key=lambda span: span.start)
    assert list(laid) == kept == list(Disjoint(kept))
    start, end = asked
    assert laid.meeting(start, end) == [k for k in kept if k.start < end and start < k.end]


def gene(text: str, word: str, concept_id: str, name: str) -> Mention:
    start = text.index(word)
    return Mention(start, start + len(word), word, "gene", "gene", concept_id, name, 0.9)


def test_only_mentions_that_end_in_the_title_are_of_the_title() -> None:
    text = "KRAS and EGFR kinase BRAF"
    mentions = (
        gene(text, "KRAS", "x:1", "KRAS"),
        gene(text, "EGFR kinase", "x:2", "EGFR"),
        gene(text, "BRAF", "x:3", ""),
    )
    titled = Document("x", "KRAS and EGFR", text, mentions=mentions)
    assert titled.title_mentions() == mentions[:1]
    assert Document("x", "", text, mentions=mentions).title_mentions() == ()


def test_a_text_is_known_by_its_title_body_and_genes() -> None:
    text = "Her2 in mice. HER2 grew. Then her2 fell."
    mentions = (gene(text, "Her2", "x:1", "A"), gene(text, "HER2", "x:2", "B"), gene(text, "her2", "x:2", "C"))
    around = Surroundings(Document("x", "Her2 in mice.", text, split_sentences(text), mentions))
    assert (around.titles, [s.start for s in around.body]) == (1, [14, 25])
    assert around.gene_names == {"x:1": "A", "x:2": "C"}
    assert around.genes_by_text == {"her2": mentions[2]}
    assert not around.titled_disease
