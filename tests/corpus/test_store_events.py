"""What the store says became of records: the ground of the nightly report."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.ledger import Source, Watermark
from corpus.records import Article, Correction
from corpus.store import CorpusStore
from tests.corpus.test_store import article

OLD, NEW, NEWER = (Source(f"pubmed26n15{n}.xml", 26, 1500 + n) for n in (0, 1, 2))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(tmp_path / "corpus.db", create=True) as opened:
        yield opened


def noticing(pmid: int, kind: str, target: int) -> Article:
    return replace(article(pmid, "notice"), corrections=(Correction(kind, "", target),))


def told(store: CorpusStore, since: int = 0) -> list[tuple[int, str]]:
    return list(store.events(since))


def test_every_change_is_told_once_with_its_kind(store: CorpusStore) -> None:
    store.upsert([article(1, "a"), article(2, "b")], OLD)
    before = store.changes()
    store.upsert([article(1, "c"), replace(article(2, "b"), doi="10.1/x"), article(3)], NEW)
    store.delete([2], NEW)
    assert told(store, before) == [(1, "revised_text"), (2, "deleted"), (2, "metadata_only"), (3, "new")]
    assert told(store, store.changes()) == []


def test_nothing_new_is_no_event(store: CorpusStore) -> None:
    store.upsert([article(1)], OLD)
    before = store.changes()
    store.upsert([article(1)], NEW)
    assert (told(store, before), store.changes()) == ([], before)


def test_a_record_that_comes_back_is_told_as_that(store: CorpusStore) -> None:
    store.upsert([article(1)], OLD)
    store.delete([1], NEW)
    before = store.changes()
    store.upsert([article(1)], NEWER)
    assert told(store, before) == [(1, "returned")]


def test_a_retraction_is_told_by_the_record_or_by_its_notice(store: CorpusStore) -> None:
    store.upsert([article(1, "notice"), article(2)], OLD)
    before = store.changes()
    store.upsert([noticing(1, "RetractionIn", 8), noticing(9, "RetractionOf", 2)], NEW)
    assert set(told(store, before)) == {
        (1, "metadata_only"),
        (1, "retracted"),
        (2, "notice RetractionOf"),
        (9, "new"),
    }
    assert store.notices(2) == [("RetractionOf", 9)]
    assert store.noticed() == {2: "RetractionOf 9"}


def test_a_notice_that_is_withdrawn_or_deleted_no_longer_speaks(store: CorpusStore) -> None:
    store.upsert([article(2), noticing(9, "RetractionOf", 2)], OLD)
    store.upsert([article(9, "notice")], NEW)
    assert store.notices(2) == []
    store.upsert([noticing(9, "RetractionOf", 2)], NEWER)
    store.delete([9], NEWER)
    assert store.notices(2) == []


def test_a_watermark_is_kept_by_name(store: CorpusStore) -> None:
    assert store.watermark("lung") is None
    store.advance("lung", Watermark("2026-11-24", "2026-11-20"))
    assert store.watermark("lung") == Watermark("2026-11-24", "2026-11-20")
