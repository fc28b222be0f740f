"""The nightly run of a saved search: what came, what was revised, what left and why; nothing is lost by a bad night.

The watermark goes by create date and revision date, never by entry date: NLM dates the entry of late arrivals back to
their publication (nlm.nih.gov/pubs/techbull/nd08). An overlap covers what arrives late all the same, and all ids are
compared at least once a week, each night where ESearch lists them in one reply.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.entrez import MOST_RESULTS, EntrezClient
from corpus.errors import RecordError
from corpus.harvest import Progress, page_failures, reading_changed
from corpus.ledger import Counts, Failure, Source, Watermark
from corpus.nlm_clock import nlm_day
from corpus.records import Article, SearchRun
from corpus.store import CorpusStore

#: days that are looked at again before the watermark: the floor proposed to ReCiter after papers were lost
#: (github.com/wcmc-its/ReCiter issue 697); what comes later still is found by the comparison of all ids
_OVERLAP = timedelta(days=30)
_COMPARE_EVERY = timedelta(days=7)
#: a result that loses more than this share of its ids in a night, and more than a handful, is not believed
_LOSS, _HANDFUL = 0.2, 10


@dataclass(frozen=True, slots=True)
class SearchRefresh:
    """What a night brought to one saved search."""

    name: str
    run: SearchRun
    #: found now and not in the last complete run, and the other way round, ascending
    entered: tuple[int, ...]
    left: tuple[int, ...]
    #: of those that left, the ones that PubMed no longer delivers
    deleted: tuple[int, ...]
    counts: Counts
    before: Watermark | None
    after: Watermark | None
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """The ids of tonight, and what has to be fetched."""

    run: SearchRun
    pmids: frozenset[int]
    revised: frozenset[int]
    #: all ids were compared
    whole: bool


def refresh_search(
    name: str, store: CorpusStore, client: EntrezClient, progress: Callable[[Progress], None] = lambda _: None
) -> SearchRefresh:
    """Follow one saved search; raises QueryError and ServiceError, after which nothing has advanced."""
    query = store.searches()[name]
    today = nlm_day(client.now())
    mark = store.watermark(name)
    before = next((x for x in reversed(store.run_entries(name)) if x.complete and x.query == query), None)
    last = frozenset(store.run_pmids(before.number)) if before else frozenset[int]()
    followed = mark.followed if mark else before.run_at[:10] if before else ""
    due = mark is None or today - date.fromisoformat(mark.compared) >= _COMPARE_EVERY
    found = _find(query, client, last, followed, due=due)
    warnings = reading_changed(found.run, store) + found.run.warnings
    source = Source(f"search {name}", live=True)
    entered, left = found.pmids - last, last - found.pmids if found.whole else frozenset[int]()
    if len(left) > max(_HANDFUL, _LOSS * len(last)):
        loss = _not_believed(source, len(last), len(left))
        store.record_failures([loss])
        return SearchRefresh(name, found.run, (), (), (), Counts(), mark, mark, (loss,), warnings)
    wanted = sorted({*store.not_held(found.pmids), *found.revised, *left})
    with store.batch():
        store.clear_failures(source.name)
        number = store.record_search_run(replace(found.run, pmids=tuple(sorted(found.pmids))), name)
    counts, missing, failures = _fetch(wanted, left, source, store, client, progress)
    deleted = tuple(sorted(left & missing))
    after = Watermark(today.isoformat(), today.isoformat() if found.whole or mark is None else mark.compared)
    with store.batch():
        if deleted:
            counts += store.delete(deleted, source)
        store.finish_search_run(number)
        store.advance(name, after)
    return SearchRefresh(
        name, found.run, tuple(sorted(entered)), tuple(sorted(left)), deleted, counts, mark, after, failures, warnings
    )


def _find(query: str, client: EntrezClient, last: frozenset[int], followed: str, *, due: bool) -> _Found:
    """Tonight's ids: all of them where that is cheap or due, else those created in the window beside the last ones."""
    first = client.page(query)
    listed = first.count <= MOST_RESULTS
    if not followed:
        run = first if listed else client.search(query)
        return _Found(run, frozenset(run.pmids), frozenset(), whole=True)
    since = date.fromisoformat(followed) - _OVERLAP
    window = f"{since:%Y/%m/%d}:3000"
    revised = frozenset(client.search(f"({query}) AND {window}[mdat]").pmids)
    if listed or due:
        run = first if listed else client.search(query)
        return _Found(run, frozenset(run.pmids), revised & frozenset(run.pmids), whole=True)
    created = client.search(f"({query}) AND {window}[crdt]")
    return _Found(first, last | frozenset(created.pmids), revised, whole=False)


def _fetch(
    wanted: Sequence[int],
    left: frozenset[int],
    source: Source,
    store: CorpusStore,
    client: EntrezClient,
    progress: Callable[[Progress], None],
) -> tuple[Counts, frozenset[int], tuple[Failure, ...]]:
    """Records of the ids, page by page into the store; what was not delivered, and what of it is a failure."""
    counts, done, missing = Counts(), 0, set[int]()
    for page in client.fetch(wanted):
        gone = replace(page, missing=tuple(pmid for pmid in page.missing if pmid not in left))
        with store.batch():
            counts += store.upsert((x for x in page.items if isinstance(x, Article)), source)
            store.record_failures(page_failures(gone, source.name, done))
        missing.update(page.missing)
        missing -= {x.pmid for x in page.items if isinstance(x, RecordError) and x.pmid}
        done += len(page.items) + len(page.missing)
        progress(Progress(source.name, done, 0, len(wanted)))
    return counts, frozenset(missing), tuple(store.failures(source.name))


def _not_believed(source: Source, held: int, lost: int) -> Failure:
    reason = (
        f"PubMed no longer finds {lost:,} of {held:,} records of the last run; such a loss is not believed and nothing "
        "was changed: look at the query with `theragraph corpus searches`, and save it anew if the loss is right"
    )
    return Failure(source.name, 0, None, "compare", reason)
