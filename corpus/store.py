"""CorpusStore: every article we hold, in one SQLite file (disk).

Rows are versions of records; readers see the highest version of each PMID. Which of two deliveries of the
same version wins is decided by the age of where they came from, never by the order they are read in, so
that the same files in any order give the same store.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from corpus import codec, store_digest
from corpus.database import Database
from corpus.fulltext import match_expression
from corpus.ledger import Counts, Source, StoreStatus, TextKey
from corpus.records import Article
from corpus.store_check import store_problems
from corpus.store_searches import SearchLedger
from corpus.store_write import VERSIONS, Writer

_PAGE = 500
_HIGHEST = "NOT EXISTS (SELECT 1 FROM articles AS b WHERE b.id > a.id AND b.id < (a.pmid + 1) * 1000)"


class CorpusStore(SearchLedger):
    """The article store; one connection, one thread."""

    @classmethod
    def open(cls, path: Path, create: bool = False) -> "CorpusStore":
        """The store at path; raises StoreMissingError unless create, StoreVersionError, StoreError."""
        return cls(Database.open(path, create=create))

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def __enter__(self) -> "CorpusStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, pmid: int, version: int | None = None) -> Article | None:
        """The record's highest version, or the given one; None where it is not held."""
        low, high = (1, VERSIONS - 1) if version is None else (version, version)
        sql = "SELECT body FROM bodies WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1"
        rows = self._database.rows(sql, (pmid * VERSIONS + low, pmid * VERSIONS + high))
        return _article(rows[0][0]) if rows else None

    def not_held(self, pmids: Iterable[int]) -> list[int]:
        """Those of the PMIDs that the store has no version of, ascending; reads no record."""
        sql = (
            "SELECT value FROM json_each(?) WHERE NOT EXISTS"
            " (SELECT 1 FROM articles WHERE id > value * 1000 AND id < (value + 1) * 1000) ORDER BY value"
        )
        return [cast(int, row[0]) for row in self._database.rows(sql, (json.dumps(sorted(set(pmids))),))]

    def articles(self, pmids: Iterable[int] | None = None, since: int = 0) -> Iterator[Article]:
        """Highest versions in PMID order: all, those of pmids, or those changed after change counter since."""
        if pmids is not None:
            for pmid in sorted(set(pmids)):
                article = self.get(pmid)
                if article is not None:
                    yield article
            return
        sql = (
            "SELECT a.id, body FROM articles AS a JOIN bodies USING (id)"
            f" WHERE a.id > ? AND a.changed > ? AND {_HIGHEST} ORDER BY a.id LIMIT {_PAGE}"
        )
        last = 0
        while rows := self._database.rows(sql, (last, since)):
            for number, body in rows:
                last = cast(int, number)
                yield _article(body)

    def text_keys(self) -> Iterator[TextKey]:
        """Key and digests of every highest version in PMID order, without reading a text."""
        sql = (
            "SELECT a.id, pmid, version, text_digest, content_hash FROM articles AS a"
            f" WHERE a.id > ? AND {_HIGHEST} ORDER BY a.id LIMIT 10000"
        )
        last = 0
        while rows := self._database.rows(sql, (last,)):
            for row in rows:
                yield TextKey(*row[1:])
            last = cast(int, rows[-1][0])

    def search(self, text: str, limit: int = 20) -> list[int]:
        """PMIDs whose title and abstract hold the words, best first; see fulltext.match_expression."""
        expression = match_expression(text)
        if not expression:
            return []
        order = "bm25(article_text, 2.0, 1.0), rowid"
        sql = f"SELECT rowid FROM article_text WHERE article_text MATCH ? ORDER BY {order} LIMIT ?"
        return [cast(int, row[0]) for row in self._database.rows(sql, (expression, limit))]

    def tombstones(self) -> list[int]:
        """PMIDs announced as deleted and not held."""
        held = "SELECT 1 FROM articles AS a WHERE a.id > t.pmid * 1000 AND a.id < (t.pmid + 1) * 1000"
        sql = f"SELECT pmid FROM tombstones AS t WHERE NOT EXISTS ({held}) ORDER BY pmid"
        return [cast(int, row[0]) for row in self._database.rows(sql)]

    def deleted_by(self, pmid: int) -> str | None:
        """Name of the file or search that announced the record as deleted; None where it is held, or nothing did."""
        rows = self._database.rows("SELECT source FROM tombstones WHERE pmid = ?", (pmid,))
        return cast(str, rows[0][0]) if rows and self.get(pmid) is None else None

    def digest(self) -> str:
        """Digest of the records and tombstones held; the same for the same content, however it came in."""
        return store_digest.combined(self._sum("articles"), self._sum("tombstones"))

    def recomputed_digest(self) -> str:
        """The digest from the rows themselves; differs from digest() only in a damaged store."""
        articles = sum(
            store_digest.article_term(*cast("tuple[int, int, str]", row))
            for row in self._database.rows("SELECT pmid, version, content_hash FROM articles")
        )
        tombstones = sum(
            store_digest.tombstone_term(*cast("tuple[int, int, int]", row))
            for row in self._database.rows("SELECT pmid, year, number FROM tombstones")
        )
        return store_digest.combined(articles, tombstones)

    def problems(self) -> Iterator[str]:
        """What is wrong with the store, read to its end as it stands at one moment; nothing in a sound one."""
        with self._database.snapshot():
            yield from store_problems(self._database, self.digest())

    def changes(self) -> int:
        """The change counter; equal values mean that nothing changed in between."""
        return self._sum("changes")

    def status(self) -> StoreStatus:
        """What the store holds."""
        sql = (
            "SELECT count(DISTINCT pmid), count(*), coalesce(max(entered), ''),"
            " (SELECT count(*) FROM files), (SELECT count(*) FROM files WHERE state != 'complete'),"
            " (SELECT count(*) FROM failures), (SELECT count(*) FROM searches) FROM articles"
        )
        articles, versions, newest, files, incomplete, failures, searches = cast(
            "tuple[int, int, str, int, int, int, int]", self._database.rows(sql)[0]
        )
        return StoreStatus(
            path=str(self._database.path),
            articles=articles,
            versions=versions,
            tombstones=len(self.tombstones()),
            files=files,
            files_incomplete=incomplete,
            failures=failures,
            searches=searches,
            newest_entry=newest,
            digest=self.digest(),
            changes=self.changes(),
            size_bytes=self._database.path.stat().st_size,
        )

    def upsert(self, articles: Iterable[Article], source: Source) -> Counts:
        """Take in records from one source, in one transaction; of two deliveries the newer source wins."""
        with self._database.transaction():
            return Writer(self._database, source).upsert(articles)

    def delete(self, pmids: Iterable[int], source: Source) -> Counts:
        """Delete records on the word of an update file; PMIDs never held leave a tombstone as well."""
        with self._database.transaction():
            return Writer(self._database, source).delete(pmids)

    def _sum(self, name: str) -> int:
        return int(cast(str, self._database.rows("SELECT value FROM state WHERE name = ?", (name,))[0][0]))


def _article(body: object) -> Article:
    return codec.decode(codec.decompress(cast(bytes, body)))
