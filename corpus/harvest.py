"""Files and searches -> the article store, resumable at every batch.

A file is known by its digest: one that was read whole is skipped, one that was interrupted goes on behind its
last batch, one that had bad records is read again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import InputError, RecordError
from corpus.files import LocalFile, local_files, open_pubmed, sha256_of
from corpus.ledger import Counts, Failure, Source
from corpus.pubmed_xml import Item, read_items
from corpus.records import Article, Deletion
from corpus.store import CorpusStore

#: Records a batch; a killed run loses at most that many, 1,000 take about half a second.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a harvest is, for whoever shows it."""

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
    #: records the search promised and PubMed did not deliver
    missing: tuple[int, ...] = ()

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
