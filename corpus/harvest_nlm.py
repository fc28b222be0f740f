"""NLM's yearly and daily files -> the article store: each file whole or not at all, none behind a gap."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from corpus.errors import ChecksumError, ServiceError
from corpus.files import sha256_of
from corpus.harvest import HarvestReport, Progress, harvest_files
from corpus.ledger import Counts, Failure, FileEntry
from corpus.nlm_order import NlmFile, before_gap, replaced_files, to_read
from corpus.nlm_server import FileSource, Kind
from corpus.store import CorpusStore

#: held files whose MD5 is compared with NLM's anew, newest first: a week of daily files
_WATCHED = 7


def harvest_nlm(
    source: FileSource,
    kind: Kind,
    store: CorpusStore,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    limit: int | None = None,
) -> HarvestReport:
    """Take in the files of a folder that are not held yet, and those that NLM has replaced, in NLM's order.

    A damaged file, a gap in the numbering or a server that falls silent ends the run there, since what lies behind may
    revise what is missing; what was read stays, and the same command goes on. Raises NewYearError and, when nothing
    could be read, ServiceError and InputError.
    """
    held = store.files()
    names = source.names(kind)
    said = {x.name: source.md5(kind, x.name) for x in _newest(held) if x.name in names}
    wanted = to_read(names, held, replaced_files(said, held))
    files, gap = before_gap(wanted, held)
    files = files[:limit]
    unchecked: list[str] = []
    done, counts, failures = 0, Counts(), [] if gap is None else [Failure(gap.name, 0, None, "order", str(gap))]
    for file in files:
        advance = partial(_advance, progress, done, len(files))
        try:
            report, said_now = _read(source, kind, file, store, advance)
        except (ChecksumError, ServiceError) as error:
            if not done:
                raise
            failures = [Failure(file.name, 0, None, "fetch", str(error))]
            break
        done += 1
        counts += report.counts
        failures += report.failures
        if not said_now:
            unchecked.append(f"{file.name}: there is no .md5 beside it, so it was taken as it is")
    store.record_failures(x for x in failures if x.stage in ("order", "fetch"))
    return HarvestReport(done, len(names) - len(wanted), counts, tuple(failures), tuple(unchecked))


def _advance(progress: Callable[[Progress], None], done: int, total: int, at: Progress) -> None:
    progress(replace(at, done=done, total=total))


def _read(
    source: FileSource, kind: Kind, file: NlmFile, store: CorpusStore, progress: Callable[[Progress], None]
) -> tuple[HarvestReport, str]:
    """What became of the file, and its MD5 as NLM says it."""
    md5 = source.md5(kind, file.name)
    with source.fetched(kind, file.name, md5) as path, store.batch():
        store.clear_failures(file.name)
        report = harvest_files([path], store, progress)
        store.note_md5(sha256_of(path), md5)
    return report, md5


def _newest(held: list[FileEntry]) -> list[FileEntry]:
    files = sorted((x for x in held if x.md5), key=lambda x: NlmFile.of(x.name), reverse=True)
    return files[:_WATCHED]
