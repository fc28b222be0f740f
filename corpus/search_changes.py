"""Which records entered a saved search or left it from run to run, and why as far as the store can tell.

A record created since the run before is new; of an older one only its revision date says that it may have been revised
into the search. Where the query, or PubMed's reading of it, changed between two runs, that is named before a revision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.nlm_clock import nlm_day
from corpus.records import Article
from corpus.store import CorpusStore
from corpus.store_searches import RunEntry


@dataclass(frozen=True, slots=True)
class Change:
    """One record that a run found and the complete run before did not, or the other way round."""

    #: number and time of the later run
    run: int
    run_at: str
    moved: Literal["entered", "left"]
    pmid: int
    why: str


def compared_runs(runs: list[RunEntry], since: str = "") -> list[RunEntry]:
    """The complete runs to compare: those from an ISO day on, and the last one before it as their ground."""
    complete = [run for run in runs if run.complete]
    first = next((place for place, run in enumerate(complete) if run.run_at >= since), len(complete))
    return complete[max(0, first - 1) :]


def search_changes(name: str, store: CorpusStore, since: str = "") -> Iterator[Change]:
    """What changed from each complete run to the next, in order of time and PMID; from an ISO day on."""
    is_list = name not in store.searches()
    for before, after in pairwise(compared_runs(store.run_entries(name), since)):
        for pmid in store.found_only_by(after.number, before.number):
            yield Change(after.number, after.run_at, "entered", pmid, _why_entered(pmid, before, after, store, is_list))
        for pmid in store.found_only_by(before.number, after.number):
            yield Change(after.number, after.run_at, "left", pmid, _why_left(pmid, before, after, store, is_list))


def _why_entered(pmid: int, before: RunEntry, after: RunEntry, store: CorpusStore, is_list: bool) -> str:
    if is_list:
        return "put on the list"
    article = store.get(pmid)
    if article is None:
        deleted = store.deleted_by(pmid)
        return f"found, and deleted by NLM since ({deleted})" if deleted else "found, and could not be taken in"
    day = nlm_day(before.run_at).isoformat()
    if _created(article) >= day:
        return "new in PubMed"
    if other := _read_otherwise(before, after):
        return other
    if article.revised_date >= day:
        return "revised into it"
    return "older record, found for the first time"


def _why_left(pmid: int, before: RunEntry, after: RunEntry, store: CorpusStore, is_list: bool) -> str:
    if deleted := store.deleted_by(pmid):
        return f"deleted by NLM ({deleted})"
    if is_list:
        return "taken off the list"
    if other := _read_otherwise(before, after):
        return other
    return "no longer found: revised out of it, or merged" if store.get(pmid) else "no longer found, and not held"


def _read_otherwise(before: RunEntry, after: RunEntry) -> str:
    if before.query != after.query:
        return "the query was changed"
    return "PubMed reads the query otherwise" if before.translation != after.translation else ""


def _created(article: Article) -> str:
    """The create date, which NLM calls "entrez"; "" where the record has none."""
    return next((x.iso for x in article.history if x.status == "entrez"), "")
