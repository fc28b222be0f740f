"""Is an article store whole: SQLite's own check, every record against its digest, the sums against the rows (disk).

SQLite notices a torn page and not a changed byte in a value, so each record is unpacked and hashed as well.
"""

import zlib
from collections.abc import Iterator

from corpus import codec, store_digest
from corpus.database import Database
from corpus.errors import StoreError

_PAGE = 500


def store_problems(database: Database, digest: str) -> Iterator[str]:
    """What is wrong, one line each; nothing in a sound store. digest is what the store says its own is."""
    try:
        found = [str(row[0]) for row in database.rows("PRAGMA integrity_check")]
        yield from (f"SQLite: {line}" for line in found if line != "ok")
        yield from _record_problems(database, digest)
        sql = "SELECT count(*) FROM bodies WHERE NOT EXISTS (SELECT 1 FROM articles WHERE articles.id = bodies.id)"
        if strays := database.rows(sql)[0][0]:
            yield f"{strays:,} records are stored and not listed"
    except StoreError as error:
        yield f"cannot be read to its end: {error.reason}"


def _record_problems(database: Database, digest: str) -> Iterator[str]:
    sql = (
        "SELECT a.id, pmid, version, content_hash, body FROM articles AS a LEFT JOIN bodies USING (id)"
        f" WHERE a.id > ? ORDER BY a.id LIMIT {_PAGE}"
    )
    articles, last = 0, 0
    while rows := database.rows(sql, (last,)):
        for _, pmid, version, content_hash, body in rows:
            articles += store_digest.article_term(pmid, version, content_hash)
            if reason := _body_problem(body, content_hash):
                yield f"PMID {pmid}, version {version}: {reason}"
        last = rows[-1][0]
    tombstones = sum(
        store_digest.tombstone_term(*row) for row in database.rows("SELECT pmid, year, number FROM tombstones")
    )
    if store_digest.combined(articles, tombstones) != digest:
        yield "its digest is not that of its records"


def _body_problem(body: bytes | None, content_hash: str) -> str:
    if body is None:
        return "its record is missing"
    try:
        encoded = codec.decompress(body)
    except zlib.error as error:
        return f"its record cannot be unpacked ({error})"
    return "" if codec.content_hash(encoded) == content_hash else "its record is not what was stored"
