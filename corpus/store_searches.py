"""The store's ledger of searches: the runs of each, and which PMIDs differ between two of them (disk)."""

import json
from dataclasses import dataclass
from typing import cast

from corpus.store_ledgers import Ledgers


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One run of a saved search, without its PMIDs."""

    number: int
    query: str
    #: ISO time, UTC
    run_at: str
    translation: str
    warnings: tuple[str, ...]
    #: how many PubMed promised
    count: int
    #: how many PMIDs are kept of it
    listed: int
    #: everything promised was delivered or accounted for
    complete: bool


class SearchLedger(Ledgers):
    """What each search found, and when."""

    def run_entries(self, name: str) -> list[RunEntry]:
        """The runs of a saved search, in order."""
        listed = "(SELECT count(*) FROM search_results WHERE run = search_runs.id)"
        sql = (
            f"SELECT id, query, run_at, translation, warnings, count, {listed}, complete FROM search_runs"
            " WHERE name = ? ORDER BY id"
        )
        return [
            RunEntry(number, query, run_at, translation, tuple(json.loads(warnings)), count, kept, bool(complete))
            for number, query, run_at, translation, warnings, count, kept, complete in self._database.rows(sql, (name,))
        ]

    def run_pmids(self, number: int) -> tuple[int, ...]:
        """What a run found, in its order."""
        sql = "SELECT pmid FROM search_results WHERE run = ? ORDER BY place"
        return tuple(cast(int, row[0]) for row in self._database.rows(sql, (number,)))

    def found_only_by(self, run: int, other: int) -> list[int]:
        """PMIDs of one run that the other does not have, ascending."""
        found = "SELECT pmid FROM search_results WHERE run = ?"
        return [cast(int, row[0]) for row in self._database.rows(f"{found} EXCEPT {found} ORDER BY pmid", (run, other))]
