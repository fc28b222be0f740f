"""findings.db: what goes in comes out, in whole batches."""

import sqlite3
from pathlib import Path

import pytest

from miner.errors import NewerStore, StoreError
from miner.findings import (
    About,
    Candidate,
    Challenge,
    Design,
    Drop,
    Finding,
    Mention,
    MinedArticle,
    Participant,
)
from miner.store import FailedRow, FindingStore, MinedRow, MiningKey

DRUG = Participant("UNII:1", "osimertinib")
MINED = MinedArticle(
    "7",
    "text",
    (
        Mention(0, 4, "EGFR", "gene", "gene", "HGNC:3236", "EGFR", 0.98, True, (), (Candidate("HGNC:1", 0.3),)),
        Mention(5, 10, "T790M", "variant", "", None, "T790M", 0.5, gene_ids=("HGNC:3236",)),
    ),
    (
        Finding(
            "predictive",
            "resistance",
            "supports",
            "asserted",
            "patients",
            0,
            40,
            "abc",
            drugs=(DRUG,),
            variants=(Participant(None, "T790M"),),
            disease=Participant("MONDO:1", "lung cancer"),
            disease_from="title",
            effect="HR 0.4",
            level="B",
            level_trace=("design: cohort",),
            confidence=0.8,
            method="pattern",
        ),
    ),
    (Challenge(0, 40, ("access", "cost"), "barrier", 0.9, "def", (About("UNII:1", "osimertinib", "sentence"),)),),
    Design("cohort", "2", 12, ("NCT00949650",), 0.9, ("text: cohort",)),
    (Drop("mention", "common word", 3, 6, "may"),),
)


def row(pmid: int = 7, mined: MinedArticle = MINED) -> MinedRow:
    return MinedRow(MiningKey(pmid, 1, "text", "content", "entities", "findings"), mined)


@pytest.fixture
def store(tmp_path: Path) -> FindingStore:
    with FindingStore.open(tmp_path / "findings.db") as opened:
        yield opened


def test_what_goes_in_comes_out(store: FindingStore) -> None:
    store.put([row()])
    assert store.get(7) == MINED
    assert list(store.held()) == [row().key]
    assert store.get(8) is None


def test_it_survives_closing(tmp_path: Path) -> None:
    with FindingStore.open(tmp_path / "f.db") as store:
        store.put([row()])
        digest, state = store.digest(), store.state()
    with FindingStore.open(tmp_path / "f.db") as again:
        assert (again.digest(), again.state()) == (digest, state)
        assert list(again.mined()) == [MINED]


def test_a_second_writing_replaces_the_first(store: FindingStore) -> None:
    store.put([row()])
    first = store.digest()
    store.put([row(mined=MinedArticle("7", "text"))])
    assert store.digest() != first
    assert store.status().count("mention") == 0
    store.put([row()])
    assert store.digest() == first


def test_an_article_is_mined_or_failed_never_both(store: FindingStore) -> None:
    store.put([row()])
    failed = FailedRow(7, 1, "text", "relate", "ValueError: x")
    store.put([], [failed])
    assert store.failures() == (failed,)
    assert store.get(7) is None
    store.put([row()])
    assert store.failures() == ()


def test_counts(store: FindingStore) -> None:
    store.put([row(7), row(8, MinedArticle("8", "t"))])
    status = store.status()
    assert (status.articles, status.failures) == (2, 0)
    assert ("mention", "gene", 1) in status.counts
    assert ("unlinked", "variant", 1) in status.counts
    assert ("finding", "predictive resistance", 1) in status.counts
    assert ("challenge", "cost", 1) in status.counts
    assert ("drop", "mention: common word", 1) in status.counts


def test_the_digest_of_an_article_ignores_drops(store: FindingStore) -> None:
    store.put([row()])
    before = dict(store.mined_digests())
    store.put([row(mined=MinedArticle("7", "text", MINED.mentions, MINED.findings, MINED.challenges, MINED.design))])
    assert dict(store.mined_digests()) == before


def test_removed_articles_are_gone(store: FindingStore) -> None:
    store.put([row(7), row(9)])
    state = store.state()
    store.remove([7])
    assert [key.pmid for key in store.held()] == [9]
    assert store.state() > state


def test_a_batch_is_written_whole_or_not_at_all(store: FindingStore) -> None:
    with pytest.raises(StoreError):
        store.put([row(1), row(1)])
    assert list(store.held()) == []


def test_a_newer_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerStore, match="update theragraph"):
        FindingStore.open(path)


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.db"
    path.write_text("not a database, but long enough to be looked at by SQLite " * 20)
    with pytest.raises(StoreError, match="delete it"):
        FindingStore.open(path)
