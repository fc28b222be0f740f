"""Mines what is new: text digest, record and pipeline digests decide; interrupted runs go on where they stopped."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import Protocol

from corpus.records import Article
from miner.document import Document
from miner.executors import in_order
from miner.findings import MinedArticle
from miner.pipeline import Pipeline, PipelineSource, Reading, document_of
from miner.store import FailedRow, FindingStore, MinedRow, MiningKey

#: articles a task; fixed, so that the order of writes does not depend on the number of workers
CHUNK = 64
_log = logging.getLogger(__name__)


class TextKey(Protocol):
    """What the corpus says of an article without reading it."""

    @property
    def pmid(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def text_digest(self) -> str: ...
    @property
    def content_hash(self) -> str: ...


class Advance(Protocol):
    """Told how many articles are done, of how many."""

    def __call__(self, done: int, total: int | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class MineReport:
    """What a run did."""

    #: texts that were read, articles whose findings alone were drawn again, articles left as they were
    read: int
    related: int
    unchanged: int
    #: no longer in the corpus
    removed: int
    failures: tuple[FailedRow, ...] = ()
    #: a worker process died; what was finished is kept
    broken: str = ""
    seconds: float = field(default=0.0, compare=False)

    @property
    def complete(self) -> bool:
        """Nothing failed."""
        return not self.failures and not self.broken

    def lines(self) -> list[str]:
        """The report for people."""
        rate = f" ({self.read / self.seconds:.0f} a second)" if self.read and self.seconds >= 1 else ""
        found = [
            f"read {self.read} articles{rate}, drew the findings of {self.related} again, "
            f"{self.unchanged} unchanged, {self.removed} removed"
        ]
        found += [f"failed: PMID {f.pmid} at {f.stage}: {f.message}" for f in self.failures]
        if self.broken:
            found.append(
                f"stopped early: {self.broken}; what was finished is kept, run mine again with fewer --workers"
            )
        return found


@dataclass(frozen=True, slots=True)
class _Task:
    """A chunk of documents for a worker; a reading is given where only the findings must be drawn again."""

    source: PipelineSource
    documents: tuple[tuple[Document, str, Reading | None], ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be mined, and where."""

    id: str
    stage: str
    message: str


def mine(
    keys: Iterable[TextKey],
    fetch: Callable[[Sequence[int]], Iterable[Article]],
    store: FindingStore,
    source: PipelineSource,
    executor: Executor,
    *,
    progress: Advance = lambda done, total=None: None,
) -> MineReport:
    """Bring the store up to date with the corpus.

    Args:
        keys: every article of the corpus, in any order.
        fetch: the articles of some PMIDs.

    A batch of CHUNK articles is written in one transaction: a killed run loses at most the batches at work.
    """
    began = time.monotonic()
    pipeline = pipeline_of(source)
    held = {key.pmid: key for key in store.held()}
    wanted = {key.pmid: _key(key, pipeline) for key in keys}
    gone = sorted((held.keys() | {f.pmid for f in store.failures()}) - wanted.keys())
    if gone:
        store.remove(gone)
    stale = [wanted[pmid] for pmid in sorted(wanted) if held.get(pmid) != wanted[pmid]]
    report = MineReport(0, 0, len(wanted) - len(stale), len(gone))
    progress(0, len(stale))
    done = 0
    tasks = (_task(source, chunk, held, fetch, store) for chunk in _chunks(stale))
    for task, future in in_order(executor, mine_chunk, tasks):
        error = future.exception()
        if isinstance(error, BrokenProcessPool):
            report = replace(report, broken=f"a worker process ended ({error})")
            break
        rows, failed = _outcome(task, future.result(), wanted)
        store.put(rows, failed)
        report = _with_batch(report, task, failed)
        done += len(task.documents)
        progress(done, len(stale))
    return replace(report, seconds=time.monotonic() - began)


def mine_chunk(task: _Task) -> list[MinedArticle | Failure]:
    """Mine a chunk, in its order; runs in a worker, which builds its pipeline once."""
    pipeline = pipeline_of(task.source)
    return [_mine_one(pipeline, *item) for item in task.documents]


def mine_documents(
    documents: Iterable[Document], source: PipelineSource, executor: Executor
) -> Iterator[tuple[Document, MinedArticle | Failure]]:
    """Each document with what it says, in input order; nothing is stored."""
    numbered = iter(documents)
    chunks = iter(lambda: tuple((d, "", None) for d in islice(numbered, CHUNK)), ())
    for task, future in in_order(executor, mine_chunk, (_Task(source, chunk) for chunk in chunks)):
        error = future.exception()
        results: Sequence[MinedArticle | Failure]
        if isinstance(error, BrokenProcessPool):
            results = [
                Failure(d.id, "worker", "the worker process ended; try fewer workers") for d, _, _ in task.documents
            ]
        else:
            results = future.result()
        for (document, _, _), result in zip(task.documents, results, strict=True):
            yield document, result


@cache
def pipeline_of(source: PipelineSource) -> Pipeline:
    """The pipeline of a source, built once a process."""
    return source.build()


def _mine_one(pipeline: Pipeline, document: Document, text_digest: str, kept: Reading | None) -> MinedArticle | Failure:
    stage = "recognise"
    try:
        if kept is None:
            read, reading = pipeline.read(document)
        else:
            read, reading = pipeline.resume(document, kept), kept
        stage = "relate"
        return pipeline.conclude(read, reading, text_digest)
    except Exception as error:
        # a bad document is a row of the ledger, whatever is wrong with it
        _log.debug("document %s failed at %s", document.id, stage, exc_info=True)
        return Failure(document.id, stage, f"{type(error).__name__}: {error}")


def _key(key: TextKey, pipeline: Pipeline) -> MiningKey:
    return MiningKey(
        key.pmid, key.version, key.text_digest, key.content_hash, pipeline.entity_digest, pipeline.finding_digest
    )


def _with_batch(report: MineReport, task: _Task, failed: Sequence[FailedRow]) -> MineReport:
    fresh = sum(reading is None for _, _, reading in task.documents)
    return replace(
        report,
        read=report.read + fresh,
        related=report.related + len(task.documents) - fresh,
        failures=(*report.failures, *failed),
    )


def _chunks(stale: Sequence[MiningKey]) -> Iterator[Sequence[MiningKey]]:
    for start in range(0, len(stale), CHUNK):
        yield stale[start : start + CHUNK]


def _task(
    source: PipelineSource,
    chunk: Sequence[MiningKey],
    held: dict[int, MiningKey],
    fetch: Callable[[Sequence[int]], Iterable[Article]],
    store: FindingStore,
) -> _Task:
    """The chunk's documents; with their kept reading where text and recogniser are as they were."""
    same_text = [
        key.pmid
        for key in chunk
        if (old := held.get(key.pmid)) is not None
        and (old.text_digest, old.entity_digest) == (key.text_digest, key.entity_digest)
    ]
    kept = {
        int(m.id): Reading(m.mentions, tuple(d for d in m.drops if d.stage == "mention"))
        for m in store.mined(same_text)
    }
    articles = {article.pmid: article for article in fetch([key.pmid for key in chunk])}
    return _Task(
        source,
        tuple(
            (document_of(articles[key.pmid]), key.text_digest, kept.get(key.pmid))
            for key in chunk
            if key.pmid in articles
        ),
    )


def _outcome(
    task: _Task, results: Sequence[MinedArticle | Failure], wanted: dict[int, MiningKey]
) -> tuple[list[MinedRow], list[FailedRow]]:
    rows: list[MinedRow] = []
    failed: list[FailedRow] = []
    for (document, _, _), result in zip(task.documents, results, strict=True):
        key = wanted[int(document.id)]
        if isinstance(result, Failure):
            failed.append(FailedRow(key.pmid, key.version, key.text_digest, result.stage, result.message))
        else:
            rows.append(MinedRow(key, result))
    return rows, failed
