"""A list of PMIDs -> the article store: each id is fetched, held or not, and each that does not come is explained."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import IdListError, RecordError, ServiceError
from corpus.harvest import HarvestReport, Progress
from corpus.id_lists import IdList
from corpus.ledger import Counts, Failure, Source
from corpus.records import Article, SearchRun
from corpus.store import CorpusStore

if TYPE_CHECKING:
    from corpus.entrez import EntrezClient, Page


def harvest_ids(
    wanted: IdList,
    store: CorpusStore,
    client: "EntrezClient",
    name: str = "",
    progress: Callable[[Progress], None] = lambda _: None,
) -> HarvestReport:
    """Take in the records of a list; with a name the list is kept as a search of its own.

    Raises IdListError where the name is that of a PubMed search, and ServiceError when nothing could be fetched; when
    the service fails later, what is fetched stays, and the report is incomplete.
    """
    if name in store.searches():
        raise IdListError(wanted.name, f"{name!r} is a saved PubMed search already; save the list under another name")
    source = Source(f"list {name or wanted.name}", live=True)
    run_at = datetime.fromtimestamp(client.now(), UTC).isoformat(timespec="seconds")
    number = _begin(wanted, store, source.name, name, run_at)
    counts, done = Counts(), 0
    try:
        for page in client.fetch(wanted.pmids):
            with store.batch():
                store.record_failures(_page_failures(page, source.name, done, store))
                counts += store.upsert((x for x in page.items if isinstance(x, Article)), source)
            done += len(page.items) + len(page.missing)
            progress(Progress(source.name, done, 0, len(wanted.pmids)))
    except ServiceError as error:
        if not done:
            raise
        store.record_failures([Failure(source.name, 0, None, "fetch", str(error))])
    else:
        store.finish_search_run(number)
    said = (f"{wanted.repeated:,} PMIDs stand in the list more than once",) if wanted.repeated else ()
    return HarvestReport(1, 0, counts, tuple(store.failures(source.name)), said)


def _begin(wanted: IdList, store: CorpusStore, source: str, name: str, run_at: str) -> int:
    """Enter the run with what it asks for, and the lines that give no PMID; the run's number."""
    run = SearchRun(f"PMIDs of {wanted.name}", run_at, count=len(wanted.pmids), pmids=wanted.pmids)
    with store.batch():
        if name:
            store.save_list(name)
        store.clear_failures(source)
        store.record_failures(
            Failure(source, x.line, None, "read", f"{wanted.name}, line {x.line}: {x.reason}") for x in wanted.bad
        )
        return store.record_search_run(run, name)


def _page_failures(page: "Page", source: str, done: int, store: CorpusStore) -> list[Failure]:
    bad = [x for x in page.items if isinstance(x, RecordError)]
    failures = [Failure(source, done + x.position, x.pmid, "parse", str(x)) for x in bad]
    place = done + len(page.items)
    return failures + [
        Failure(source, place + i, pmid, "fetch", f"PMID {pmid}: {_why_missing(pmid, store)}")
        for i, pmid in enumerate(page.missing, 1)
    ]


def _why_missing(pmid: int, store: CorpusStore) -> str:
    """PubMed answers a deleted, a merged and an unknown id alike, with silence; what is held tells some apart."""
    deleted = store.deleted_by(pmid)
    if deleted is not None:
        return f"deleted by NLM ({deleted})"
    if store.get(pmid) is not None:
        return "held here, and PubMed no longer delivers it: deleted, or merged into another record"
    return "unknown to PubMed: never given out, or deleted or merged before it was held here"
