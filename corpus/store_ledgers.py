"""The store's ledgers: files read, searches and their runs, failures (disk)."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from corpus.database import Database
from corpus.ledger import Failure, FileEntry, FileState, Source, Watermark
from corpus.records import SearchRun


class Ledgers:
    """What happened to a store; every write joins the batch it stands in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Writes inside reach the disk together or not at all."""
        with self._database.transaction():
            yield

    def file(self, sha256: str) -> FileEntry | None:
        """What is known about the file with this digest."""
        sql = "SELECT sha256, name, state, records, updated_at, md5 FROM files WHERE sha256 = ?"
        rows = self._database.rows(sql, (sha256,))
        return FileEntry(*rows[0]) if rows else None

    def files(self) -> list[FileEntry]:
        """All files read, in NLM's order, the others by name after."""
        order = "year = 0, year, number, name, sha256"
        sql = f"SELECT sha256, name, state, records, updated_at, md5 FROM files ORDER BY {order}"
        return [FileEntry(*row) for row in self._database.rows(sql)]

    def record_file(self, sha256: str, source: Source, state: FileState, records: int) -> None:
        """How far a file has been read; a whole one replaces broken ones of the same name."""
        self._database.run(
            "INSERT INTO files (sha256, name, year, number, state, records, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET name = excluded.name,"
            " year = excluded.year, number = excluded.number, state = excluded.state, records = excluded.records,"
            " updated_at = excluded.updated_at",
            (sha256, source.name, source.year, source.number, state, records, _now()),
        )
        if state == "complete":
            replaced = "DELETE FROM files WHERE name = ? AND sha256 != ? AND state != 'complete'"
            self._database.run(replaced, (source.name, sha256))

    def note_md5(self, sha256: str, md5: str) -> None:
        """What NLM says the MD5 of a file is that has been read."""
        self._database.run("UPDATE files SET md5 = ? WHERE sha256 = ?", (md5, sha256))

    def record_failures(self, failures: Iterable[Failure]) -> None:
        """Add to the failure ledger; the same failure again is one row."""
        rows = [(x.source, x.position, x.pmid, x.stage, x.error, x.at or _now()) for x in failures]
        self._database.run_many("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)", list(rows))

    def clear_failures(self, source: str) -> None:
        """Forget the failures of a source that is read again."""
        self._database.run("DELETE FROM failures WHERE source = ?", (source,))

    def failures(self, source: str | None = None) -> list[Failure]:
        """The failure ledger, by source and position."""
        where, values = ("", ()) if source is None else (" WHERE source = ?", (source,))
        sql = f"SELECT source, position, pmid, stage, error, at FROM failures{where} ORDER BY source, position, error"
        return [Failure(*row) for row in self._database.rows(sql, values)]

    def save_search(self, name: str, query: str) -> None:
        """Keep a query under a name, so that it can be run again; a known name gets the new query."""
        if self.searches().get(name, query) != query:
            self._database.run("DELETE FROM watermarks WHERE name = ?", (name,))
        self._database.run("INSERT OR REPLACE INTO searches VALUES (?, ?)", (name, query))

    def save_list(self, name: str) -> None:
        """Keep a name for runs of lists of PMIDs, which have no query."""
        self.save_search(name, "")

    def searches(self) -> dict[str, str]:
        """Saved queries by name; lists of PMIDs are left out."""
        sql = "SELECT name, query FROM searches WHERE query != '' ORDER BY name"
        return cast("dict[str, str]", dict(self._database.rows(sql)))

    def saved_names(self) -> list[str]:
        """Names of all that is saved, queries and lists of PMIDs."""
        return [cast(str, row[0]) for row in self._database.rows("SELECT name FROM searches ORDER BY name")]

    def events(self, since: int) -> Iterator[tuple[int, str]]:
        """(PMID, what became of it) behind a value of the change counter, by PMID, each once."""
        sql = "SELECT DISTINCT pmid, what FROM events WHERE change > ? ORDER BY pmid, what"
        yield from self._database.rows(sql, (since,))

    def notices(self, pmid: int) -> list[tuple[str, int]]:
        """What held records say of this one, as (RefType on the notice, PMID of the notice)."""
        return self._database.rows("SELECT kind, notice FROM notices WHERE target = ? ORDER BY notice, kind", (pmid,))

    def noticed(self) -> dict[int, str]:
        """What held records say of others, in one string for each of them."""
        ordered = "SELECT target, kind || ' ' || notice AS said FROM notices ORDER BY target, notice, kind"
        return dict(self._database.rows(f"SELECT target, group_concat(said) FROM ({ordered}) GROUP BY target"))

    def watermark(self, name: str) -> Watermark | None:
        """How far a saved search has been followed."""
        rows = self._database.rows("SELECT followed, compared FROM watermarks WHERE name = ?", (name,))
        return Watermark(*rows[0]) if rows else None

    def advance(self, name: str, mark: Watermark) -> None:
        """Note how far a saved search has been followed; belongs into the batch that finishes its run."""
        self._database.run("INSERT OR REPLACE INTO watermarks VALUES (?, ?, ?)", (name, mark.followed, mark.compared))

    def record_search_run(self, run: SearchRun, name: str = "", *, complete: bool = False) -> int:
        """Enter a run with the PMIDs it promised; gives the run's number, for finish_search_run."""
        with self._database.transaction():
            number = cast(int, self._database.rows("SELECT coalesce(max(id), 0) + 1 FROM search_runs")[0][0])
            self._database.run(
                "INSERT INTO search_runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    name,
                    run.query,
                    run.run_at,
                    run.translation,
                    json.dumps(run.warnings),
                    run.count,
                    int(complete),
                ),
            )
            results = [(number, place, pmid) for place, pmid in enumerate(run.pmids)]
            self._database.run_many("INSERT INTO search_results VALUES (?, ?, ?)", list(results))
        return number

    def finish_search_run(self, number: int) -> None:
        """Mark a run as complete: everything it promised was delivered or accounted for."""
        self._database.run("UPDATE search_runs SET complete = 1 WHERE id = ?", (number,))

    def last_reading(self, query: str) -> tuple[str, str] | None:
        """(time, translation) of the last run of a query."""
        sql = "SELECT run_at, translation FROM search_runs WHERE query = ? ORDER BY id DESC LIMIT 1"
        rows = self._database.rows(sql, (query,))
        return rows[0] if rows else None

    def search_runs(self, name: str | None = None, *, complete_only: bool = False) -> list[SearchRun]:
        """Runs in order, of one saved search or of all, with their PMIDs."""
        where = " WHERE (?1 IS NULL OR name = ?1) AND complete >= ?2"
        sql = f"SELECT id, query, run_at, translation, warnings, count FROM search_runs{where} ORDER BY id"
        runs = []
        for row in self._database.rows(sql, (name, int(complete_only))):
            number, query, run_at, translation, warnings, count = cast("tuple[int, str, str, str, str, int]", row)
            run = SearchRun(query, run_at, translation, tuple(json.loads(warnings)), count)
            sql = "SELECT pmid FROM search_results WHERE run = ? ORDER BY place"
            pmids = tuple(cast(int, x[0]) for x in self._database.rows(sql, (number,)))
            runs.append(replace(run, pmids=pmids))
        return runs


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
