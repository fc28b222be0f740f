"""Taking records into the store: which delivery wins, and what becomes of the others (disk)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import cast

from corpus import codec, store_digest
from corpus.corrections import SAID_OF, study_state
from corpus.database import Database
from corpus.ledger import Counts, Source
from corpus.records import Article

#: Versions of one PMID: id = pmid * VERSIONS + version.
VERSIONS = 1000


@dataclass(frozen=True, slots=True)
class _Held:
    content_hash: str
    text_digest: str
    revised: str
    source: Source
    #: what the record says of its study's state; "" where an older format did not keep it
    state: str = ""


class Writer:
    """One batch from one source, inside a transaction that the caller holds."""

    def __init__(self, database: Database, source: Source) -> None:
        self._database = database
        self._source = source
        self._changes = self._state("changes") + 1
        self._articles = 0
        self._tombstones = 0
        self._held: dict[int, dict[int, _Held]] = {}
        self._rows: list[tuple[object, ...]] = []
        self._bodies: list[tuple[object, ...]] = []
        self._texts: list[tuple[object, ...]] = []
        self._events: list[tuple[object, ...]] = []

    def upsert(self, articles: Iterable[Article]) -> Counts:
        """Take in records in the order given."""
        tally = dict.fromkeys((field.name for field in fields(Counts)), 0)
        for article in articles:
            tally[self._take(article)] += 1
        counts = Counts(**tally)
        self._finish(changed=counts.changed > 0)
        return counts

    def delete(self, pmids: Iterable[int]) -> Counts:
        """Bury PMIDs; those never held, too."""
        deleted = 0
        key = (self._source.year, self._source.number)
        tombstones = self._tombstones
        for pmid in sorted(set(pmids)):
            tomb = self._tomb(pmid)
            if tomb is not None and key[0] and tomb >= key:
                continue
            if self._remove(pmid):
                deleted += 1
                self._tell(pmid, "deleted")
            self._bury(pmid, tomb)
        self._finish(changed=deleted > 0 or tombstones != self._tombstones)
        return Counts(deleted=deleted)

    def _take(self, article: Article) -> str:
        """Name of the count that the article falls under."""
        source = self._source
        versions = self._versions(article.pmid)
        mine = versions.get(article.version)
        if self._is_buried(article.pmid) or (mine and not _is_newer(source, article.revised_date, mine)):
            return "outdated"
        encoded = codec.encode(article)
        state = study_state(article).state
        held = _Held(codec.content_hash(encoded), article.text_digest, article.revised_date, source, state)
        if mine and mine.content_hash == held.content_hash:
            if mine.source != source:
                self._move(article, held)
            return "unchanged"
        same_text = mine is not None and mine.text_digest == held.text_digest
        top = max(versions, default=0)
        if article.version > top or (article.version == top and not same_text):
            if top:
                self._unindex(article.pmid, top)
            self._texts.append((article.pmid, article.title, article.abstract))
        if mine:
            self._articles -= store_digest.article_term(article.pmid, article.version, mine.content_hash)
        self._put(article, held, codec.compress(encoded))
        if (mine and mine.state not in ("", state)) or (not top and state == "retracted"):
            self._tell(article.pmid, state)
        became = "new" if mine is None else "metadata_only" if same_text else "revised_text"
        self._tell(article.pmid, "returned" if not top and self._tomb(article.pmid) else became)
        return became

    def _put(self, article: Article, held: _Held, body: bytes) -> None:
        number = article.pmid * VERSIONS + article.version
        source = held.source
        entered = next((x.iso for x in article.history if x.status == "pubmed"), "")
        hashes = (held.content_hash, held.text_digest, held.revised, entered)
        origin = (source.name, int(source.live), source.year, source.number)
        self._rows.append((number, article.pmid, article.version, *hashes, *origin, self._changes, held.state))
        self._bodies.append((number, body))
        self._held[article.pmid][article.version] = held
        self._articles += store_digest.article_term(article.pmid, article.version, held.content_hash)
        self._keep_notices(article)

    def _keep_notices(self, article: Article) -> None:
        """What the record says about others, and an event for each held one that it says for the first time."""
        said = {(x.pmid, article.pmid, x.kind) for x in article.corrections if x.pmid and x.kind in SAID_OF}
        sql = "SELECT target, notice, kind FROM notices WHERE notice = ?"
        known = set(self._database.rows(sql, (article.pmid,)))
        for notice in known - said:
            self._database.run("DELETE FROM notices WHERE target = ? AND notice = ? AND kind = ?", notice)
        for notice in sorted(said - known):
            self._database.run("INSERT INTO notices VALUES (?, ?, ?)", notice)
            if self._versions(int(notice[0])):
                self._tell(int(notice[0]), f"notice {notice[2]}")

    def _tell(self, pmid: int, what: str) -> None:
        self._events.append((self._changes, pmid, what))

    def _move(self, article: Article, held: _Held) -> None:
        """Same content, newer source: later comparisons go by that."""
        self._flush()
        source = held.source
        self._database.run(
            "UPDATE articles SET source = ?, live = ?, year = ?, number = ? WHERE id = ?",
            (source.name, int(source.live), source.year, source.number, article.pmid * VERSIONS + article.version),
        )
        self._held[article.pmid][article.version] = held

    def _remove(self, pmid: int) -> bool:
        """Take out the versions that the source is entitled to delete; True if there was one."""
        self._flush()
        versions = self._versions(pmid)
        gone = [version for version, held in versions.items() if self._may_delete(held)]
        if not gone:
            return False
        self._unindex(pmid, max(versions))
        for version in gone:
            held = versions.pop(version)
            self._articles -= store_digest.article_term(pmid, version, held.content_hash)
            for table in ("articles", "bodies"):
                self._database.run(f"DELETE FROM {table} WHERE id = ?", (pmid * VERSIONS + version,))
        if not versions:
            self._database.run("DELETE FROM notices WHERE notice = ?", (pmid,))
        if versions:
            rest = self._stored(pmid, max(versions))
            self._texts.append((pmid, rest.title, rest.abstract))
        return True

    def _may_delete(self, held: _Held) -> bool:
        """A file deletes what is not newer than itself; of what has no age, everything."""
        source = self._source
        return (
            not source.year
            or not held.source.year
            or (held.source.year, held.source.number)
            <= (
                source.year,
                source.number,
            )
        )

    def _bury(self, pmid: int, tomb: tuple[int, int] | None) -> None:
        source = self._source
        key = max((source.year, source.number), tomb or (0, 0))
        if key == tomb:
            return
        if tomb:
            self._tombstones -= store_digest.tombstone_term(pmid, *tomb)
        self._tombstones += store_digest.tombstone_term(pmid, *key)
        self._database.run("INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?, ?)", (pmid, source.name, *key))

    def _is_buried(self, pmid: int) -> bool:
        """True when a deletion at least as new as the source stands; the service itself is always newer."""
        if self._source.live:
            return False
        tomb = self._tomb(pmid)
        return tomb is not None and tomb >= (self._source.year, self._source.number)

    def _tomb(self, pmid: int) -> tuple[int, int] | None:
        rows = self._database.rows("SELECT year, number FROM tombstones WHERE pmid = ?", (pmid,))
        return cast("tuple[int, int]", rows[0]) if rows else None

    def _versions(self, pmid: int) -> dict[int, _Held]:
        if pmid not in self._held:
            sql = (
                "SELECT version, content_hash, text_digest, revised, source, year, number, live, state"
                " FROM articles WHERE id > ? AND id < ?"
            )
            rows = self._database.rows(sql, (pmid * VERSIONS, (pmid + 1) * VERSIONS))
            self._held[pmid] = {
                version: _Held(content, text, revised, Source(name, year, number, bool(live)), state)
                for version, content, text, revised, name, year, number, live, state in rows
            }
        return self._held[pmid]

    def _unindex(self, pmid: int, version: int) -> None:
        """An index without content needs the old text to take it out (sqlite.org/fts5.html, delete command)."""
        self._flush()
        old = self._stored(pmid, version)
        self._database.run(
            "INSERT INTO article_text (article_text, rowid, title, abstract) VALUES ('delete', ?, ?, ?)",
            (pmid, old.title, old.abstract),
        )

    def _stored(self, pmid: int, version: int) -> Article:
        rows = self._database.rows("SELECT body FROM bodies WHERE id = ?", (pmid * VERSIONS + version,))
        return codec.decode(codec.decompress(cast(bytes, rows[0][0])))

    def _flush(self) -> None:
        if self._rows:
            self._database.run_many(f"INSERT OR REPLACE INTO articles VALUES ({'?, ' * 12}?)", self._rows)
            self._database.run_many("INSERT OR REPLACE INTO bodies VALUES (?, ?)", self._bodies)
        if self._texts:
            self._database.run_many("INSERT INTO article_text (rowid, title, abstract) VALUES (?, ?, ?)", self._texts)
        self._rows, self._bodies, self._texts = [], [], []

    def _finish(self, changed: bool) -> None:
        self._flush()
        self._database.run_many("INSERT OR IGNORE INTO events VALUES (?, ?, ?)", self._events)
        self._events = []
        if not changed:
            return
        for name, delta in (("articles", self._articles), ("tombstones", self._tombstones)):
            if delta:
                self._database.run("UPDATE state SET value = ? WHERE name = ?", (str(self._state(name) + delta), name))
        self._database.run("UPDATE state SET value = ? WHERE name = 'changes'", (str(self._changes),))

    def _state(self, name: str) -> int:
        return int(cast(str, self._database.rows("SELECT value FROM state WHERE name = ?", (name,))[0][0]))


def _is_newer(source: Source, revised: str, held: _Held) -> bool:
    """True when a delivery is to replace what is held.

    NLM's files are in order by number. Where that does not decide, the later DateRevised does, and with
    equal dates what arrives last.
    """
    if source.live:
        return True
    if source.year and held.source.year:
        return (source.year, source.number) >= (held.source.year, held.source.number)
    if revised and held.revised and revised != held.revised:
        return revised > held.revised
    return True
