"""Files and searches -> the article store, resumable at every batch.

A file is known by its digest: one that was read whole is skipped, one that was interrupted goes on behind its
last batch, one that had bad records is read again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import InputError, RecordError, ServiceError
from corpus.files import LocalFile, local_files, open_pubmed, sha256_of
from corpus.ledger import Counts, Failure, Source
from corpus.pubmed_xml import Item, read_items
from corpus.records import Article, Deletion, SearchRun
from corpus.store import CorpusStore

if TYPE_CHECKING:
    from corpus.entrez import EntrezClient, Page

#: Records a batch; a killed run loses at most that many.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a harvest is, for whoever shows it: of files it counts the files, of a search or a list the records."""

    #: file or search being read
    name: str
    #: records of it read so far
    records: int
    #: sources finished before this one, and in all
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class HarvestReport:
    """What a harvest did."""

    #: files or searches taken in now, those that failed included
    sources: int
    #: files skipped because they had been read whole before
    skipped: int
    counts: Counts
    #: bad records, broken or unusable files, missing paths; each names its file and record
    failures: tuple[Failure, ...]
    #: what PubMed left out of a query, or reads differently than the last time
    warnings: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """True when nothing failed."""
        return not self.failures

    @property
    def usable(self) -> bool:
        """False when nothing that came in could be used."""
        return bool(self.skipped or self.counts.records or self.counts.deleted or not self.failures)


@dataclass(slots=True)
class _Run:
    store: CorpusStore
    progress: Callable[[Progress], None]
    total: int = 0
    done: int = 0
    skipped: int = 0
    counts: Counts = field(default_factory=Counts)
    failures: list[Failure] = field(default_factory=list)


def harvest_files(
    paths: Iterable[Path], store: CorpusStore, progress: Callable[[Progress], None] = lambda _: None
) -> HarvestReport:
    """Take in PubMed XML files and folders of them: NLM's by (year, number), the others by name after.

    What cannot be used is in the report's failures and in the store's ledger; only StoreError is raised.
    """
    files, missing = local_files(paths)
    run = _Run(store, progress, total=len(files))
    run.failures += [Failure(str(getattr(x, "path", "")), 0, None, "harvest", str(x)) for x in missing]
    for file in files:
        _read_file(file, run)
        run.done += 1
    return HarvestReport(len(files) - run.skipped, run.skipped, run.counts, tuple(run.failures))


def harvest_search(
    query: str,
    store: CorpusStore,
    client: "EntrezClient",
    name: str = "",
    progress: Callable[[Progress], None] = lambda _: None,
) -> HarvestReport:
    """Take in what a PubMed query finds; with a name the query is kept for the nightly run.

    Raises QueryError, and ServiceError when nothing could be fetched; when the service fails later, what is
    fetched stays, and the report is incomplete. Every run is entered in the store with what it promised.
    """
    search = client.search(query)
    warnings = reading_changed(search, store) + search.warnings
    source = Source(f"search {name or query}", live=True)
    with store.batch():
        if name:
            store.save_search(name, query)
        number = store.record_search_run(search, name)
        store.clear_failures(source.name)
    counts, done = Counts(), 0
    try:
        for page in client.fetch(search.pmids):
            with store.batch():
                counts += store.upsert((x for x in page.items if isinstance(x, Article)), source)
                store.record_failures(page_failures(page, source.name, done))
            done += len(page.items) + len(page.missing)
            progress(Progress(source.name, done, 0, len(search.pmids)))
    except ServiceError as error:
        if not done:
            raise
        store.record_failures([Failure(source.name, 0, None, "fetch", str(error))])
    failures = tuple(store.failures(source.name))
    if done >= search.count:
        store.finish_search_run(number)
    return HarvestReport(1, 0, counts, failures, warnings)


def reading_changed(search: SearchRun, store: CorpusStore) -> tuple[str, ...]:
    """A warning when PubMed translates the query otherwise than in the last run."""
    before = store.last_reading(search.query)
    if before is None or before[1] == search.translation:
        return ()
    return (f"PubMed reads the query as {search.translation!r}, it was {before[1]!r} on {before[0]}",)


def page_failures(page: "Page", source: str, done: int) -> list[Failure]:
    bad = [x for x in page.items if isinstance(x, RecordError)]
    failures = [Failure(source, done + x.position, x.pmid, "parse", str(x)) for x in bad]
    place = done + len(page.items)
    reason = "PubMed found it and does not deliver it: deleted or merged meanwhile"
    return failures + [
        Failure(source, place + i, pmid, "fetch", f"PMID {pmid}: {reason}") for i, pmid in enumerate(page.missing, 1)
    ]


def _read_file(file: LocalFile, run: _Run) -> None:
    source = Source.of_file(file.path)
    try:
        digest = sha256_of(file.path)
    except InputError as error:
        run.failures.append(Failure(str(file.path), 0, None, "harvest", str(error)))
        return
    known = run.store.file(digest)
    if known and known.state == "complete":
        run.skipped += 1
        return
    behind = known.records if known and known.state == "reading" else 0
    if not behind:
        run.store.clear_failures(str(file.path))
    records = behind
    try:
        with open_pubmed(file.path) as stream:
            for batch in _batches(read_items(stream, str(file.path), behind)):
                records = max([records, *(position for position, item in batch if isinstance(item, Article))])
                with run.store.batch():
                    run.counts += _take(batch, source, str(file.path), run.store)
                    run.store.record_file(digest, source, "reading", records)
                run.progress(Progress(file.path.name, records, run.done, run.total))
    except InputError as error:
        run.store.record_failures([Failure(str(file.path), 0, None, "harvest", str(error))])
    failures = run.store.failures(str(file.path))
    run.store.record_file(digest, source, "incomplete" if failures else "complete", records)
    run.failures += failures


def _take(batch: list[tuple[int, Item]], source: Source, name: str, store: CorpusStore) -> Counts:
    counts = store.upsert((item for _, item in batch if isinstance(item, Article)), source)
    bad = [item for _, item in batch if isinstance(item, RecordError)]
    store.record_failures(Failure(name, x.position, x.pmid, "parse", str(x)) for x in bad)
    pmids = [item.pmid for _, item in batch if isinstance(item, Deletion)]
    return counts + store.delete(pmids, source) if pmids else counts


def _batches(items: Iterator[tuple[int, Item]]) -> Iterator[list[tuple[int, Item]]]:
    """Batches that hold either records or deletions; what was read before an error comes out before it."""
    batch: list[tuple[int, Item]] = []
    try:
        for position, item in items:
            if batch and (len(batch) >= BATCH or isinstance(item, Deletion) != isinstance(batch[-1][1], Deletion)):
                yield batch
                batch = []
            batch.append((position, item))
    except InputError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
