"""A store of format 1, made from the first script alone, opens in this version with everything it held."""

import json
import sqlite3
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from corpus import codec, database, store_digest
from corpus.errors import StoreError
from corpus.ledger import Source
from corpus.records import Article, Correction
from corpus.store import CorpusStore
from tests.corpus.test_store import article

LATER = Source("pubmed26n1501.xml.gz", 26, 1501)
HELD = (article(1, "one"), article(2, "two"), replace(article(3, "three"), corrections=(Correction("ErratumIn", ""),)))
TOMBS = ((8, 26, 1500), (9, 26, 1400))


def script() -> str:
    return (resources.files("corpus") / "migrations" / "0001_articles.sql").read_text("utf-8")


def put(connection: sqlite3.Connection, record: Article) -> int:
    """One record as format 1 has it; what it adds to the digest."""
    encoded = codec.encode(record)
    number = record.pmid * 1000 + record.version
    hashes = (codec.content_hash(encoded), record.text_digest, record.revised_date, "2026-01-02")
    values = (number, record.pmid, record.version, *hashes, "pubmed26n1500.xml.gz", 0, 26, 1500, 1)
    connection.execute(f"INSERT INTO articles VALUES ({', '.join('?' * len(values))})", values)
    connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, codec.compress(encoded)))
    indexed = (record.pmid, record.title, record.abstract)
    connection.execute("INSERT INTO article_text (rowid, title, abstract) VALUES (?, ?, ?)", indexed)
    return store_digest.article_term(record.pmid, record.version, hashes[0])


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, str]:
    """The store, and its digest."""
    path = tmp_path / "corpus.db"
    connection = sqlite3.connect(path)
    connection.executescript(script())
    articles = sum(put(connection, record) for record in HELD)
    for tomb in TOMBS:
        connection.execute("INSERT INTO tombstones VALUES (?, 'pubmed26n1500.xml.gz', ?, ?)", tomb)
    tombstones = sum(store_digest.tombstone_term(*tomb) for tomb in TOMBS)
    for name, value in (("articles", articles), ("tombstones", tombstones), ("changes", 1)):
        connection.execute("UPDATE state SET value = ? WHERE name = ?", (str(value), name))
    file = ("f" * 64, "pubmed26n1500.xml.gz", 26, 1500, "complete", 3, "2026-01-02T03:04:05+00:00")
    connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", file)
    connection.execute("INSERT INTO failures VALUES ('x.xml', 4, 7, 'parse', 'broken', '2026-01-02')")
    connection.execute("INSERT INTO searches VALUES ('lung', 'lung[tiab]')")
    run = (1, "lung", "lung[tiab]", "2026-01-02T03:04:05+00:00", "lung", json.dumps(["a warning"]), 2, 1)
    connection.execute("INSERT INTO search_runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", run)
    connection.execute("INSERT INTO search_results VALUES (1, 0, 2), (1, 1, 1)")
    connection.execute(f"PRAGMA application_id = {database._APPLICATION}")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    return path, store_digest.combined(articles, tombstones)


def test_an_old_store_keeps_everything(old: tuple[Path, str]) -> None:
    path, digest = old
    with CorpusStore.open(path) as store:
        assert store.digest() == store.recomputed_digest() == digest
        assert list(store.problems()) == []
        assert tuple(store.articles()) == HELD
        assert store.search("two") == [2]
        assert (store.tombstones(), store.deleted_by(9)) == ([8, 9], "pubmed26n1500.xml.gz")
        assert [(x.name, x.state, x.md5) for x in store.files()] == [("pubmed26n1500.xml.gz", "complete", "")]
        assert [(x.source, x.pmid) for x in store.failures()] == [("x.xml", 7)]
        assert store.searches() == {"lung": "lung[tiab]"}
        [entry] = store.run_entries("lung")
        assert (entry.warnings, entry.complete, store.run_pmids(entry.number)) == (("a warning",), True, (2, 1))
        assert list(store.events(0)) == []
    with CorpusStore.open(path) as again:
        assert again.digest() == digest


def test_an_old_store_goes_on(old: tuple[Path, str], tmp_path: Path) -> None:
    revised = [replace(HELD[0], text="one, revised"), replace(HELD[2], doi="10.1/x"), article(4)]
    with CorpusStore.open(old[0]) as store:
        store.upsert(revised, LATER)
        store.delete([2], LATER)
        assert list(store.events(1)) == [(1, "revised_text"), (2, "deleted"), (3, "metadata_only"), (4, "new")]
        digest = store.digest()
        assert list(store.problems()) == []
    with CorpusStore.open(tmp_path / "new.db", create=True) as fresh:
        fresh.upsert(HELD, Source("pubmed26n1500.xml.gz", 26, 1500))
        fresh.delete([8], Source("pubmed26n1500.xml.gz", 26, 1500))
        fresh.delete([9], Source("pubmed26n1400.xml.gz", 26, 1400))
        fresh.upsert(revised, LATER)
        fresh.delete([2], LATER)
        assert fresh.digest() == digest, "as if it had always been of this format"


def test_a_step_that_fails_leaves_the_old_format(old: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [*database._migrations(), "CREATE TABLE more (x);\nINSERT INTO nowhere VALUES (1);\n"]
    with monkeypatch.context() as patched:
        patched.setattr(database, "_migrations", lambda: steps)
        with pytest.raises(StoreError, match="nowhere"):
            CorpusStore.open(old[0])
    with CorpusStore.open(old[0]) as store:
        assert (store.digest(), list(store.problems())) == (old[1], [])
