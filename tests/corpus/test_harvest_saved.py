"""Nights of a saved search against the emulated PubMed: what comes, changes, leaves and is deleted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import harvest_saved
from corpus.entrez import EntrezClient
from corpus.errors import ServiceUnavailableError
from corpus.harvest_saved import refresh_search
from corpus.ledger import Watermark
from corpus.store import CorpusStore
from tests.corpus.pubmed_records import record
from tests.pubmed_service.faults import Fault
from tests.pubmed_service.holdings import Holdings, Record
from tests.pubmed_service.service import Service, serving

DAY = 86_400


def held(
    pmid: int, title: str = "Kinase cancer study.", *, created: str = "2026-11-20", revised: str = "2026-11-20"
) -> Record:
    year, month, day = created.split("-")
    history = (
        f'<PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></PubMedPubDate>'
    )
    xml = record(pmid, title=title, revised=revised).replace("<History>", f"<History>{history}")
    return Record.of(xml.strip().encode())


class Clock:
    now = 1_795_500_000.0  # 2026-11-24 in Bethesda


@pytest.fixture
def pubmed() -> Iterator[Service]:
    with serving(Service(Holdings())) as service:
        service.holdings.put(held(pmid) for pmid in range(1, 31))
        yield service


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(pubmed: Service, tmp_path: Path, clock: Clock) -> Iterator[EntrezClient]:
    made = EntrezClient(tmp_path, base_url=pubmed.url, now=lambda: clock.now, sleep=lambda _: None)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(tmp_path / "corpus.db", create=True) as opened:
        opened.save_search("cancer", "cancer[tiab]")
        yield opened


def night(store: CorpusStore, client: EntrezClient, clock: Clock, days: int = 1) -> harvest_saved.SearchRefresh:
    clock.now += days * DAY
    return refresh_search("cancer", store, client)


def test_the_first_night_takes_everything(store: CorpusStore, client: EntrezClient, clock: Clock) -> None:
    first = night(store, client, clock, 0)
    assert (first.counts.new, len(first.entered), first.left, first.before) == (30, 30, (), None)
    assert first.after == Watermark("2026-11-24", "2026-11-24")
    assert store.search_runs("cancer", complete_only=True)[-1].count == 30


def test_a_night_without_news_asks_three_times_at_most(
    store: CorpusStore, client: EntrezClient, clock: Clock, pubmed: Service
) -> None:
    night(store, client, clock)
    night(store, client, clock, 40)
    asked, digest = len(pubmed.requests), store.digest()
    quiet = night(store, client, clock)
    assert len(pubmed.requests) - asked <= 3
    assert (quiet.entered, quiet.left, quiet.counts.changed, store.digest()) == ((), (), 0, digest)


def test_new_revised_left_and_deleted_are_told_apart(
    store: CorpusStore, client: EntrezClient, clock: Clock, pubmed: Service
) -> None:
    night(store, client, clock)
    pubmed.holdings.put(
        [
            held(40, created="2026-11-25"),
            held(3, "Kinase cancer study, corrected.", revised="2026-11-25"),
            held(5, "Kinase study.", revised="2026-11-25"),
        ]
    )
    pubmed.holdings.remove(7)
    change = night(store, client, clock)
    assert (change.entered, change.left, change.deleted) == ((40,), (5, 7), (7,))
    assert (change.counts.new, change.counts.revised_text, change.counts.deleted) == (1, 2, 1)
    assert store.get(7) is None
    assert [x.title for x in store.articles([5])] == ["Kinase study."]


def test_a_late_arrival_with_an_old_date_is_found_all_the_same(
    store: CorpusStore, client: EntrezClient, clock: Clock, pubmed: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest_saved, "MOST_RESULTS", 10)
    night(store, client, clock)
    pubmed.holdings.put([held(50, created="2019-01-01", revised="2019-01-01")])
    assert night(store, client, clock).entered == ()
    week = night(store, client, clock, 7)
    assert (week.entered, week.after) == ((50,), Watermark("2026-12-03", "2026-12-03"))


def test_a_large_search_is_followed_by_create_date(
    store: CorpusStore, client: EntrezClient, clock: Clock, pubmed: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvest_saved, "MOST_RESULTS", 10)
    night(store, client, clock)
    pubmed.holdings.put([held(40, created="2026-11-25")])
    change = night(store, client, clock)
    assert (change.entered, len(store.search_runs("cancer", complete_only=True)[-1].pmids)) == ((40,), 31)
    assert change.after == Watermark("2026-11-26", "2026-11-25")


@pytest.mark.parametrize("service", ["esearch.fcgi", "efetch.fcgi"])
def test_nothing_advances_on_an_error(
    store: CorpusStore, client: EntrezClient, clock: Clock, pubmed: Service, service: str
) -> None:
    first = night(store, client, clock)
    pubmed.holdings.put([held(40, created="2026-11-25")])
    pubmed.faults.append(Fault("502", service, times=100))
    with pytest.raises(ServiceUnavailableError):
        night(store, client, clock)
    assert store.watermark("cancer") == first.after
    pubmed.faults.clear()
    assert night(store, client, clock).entered == (40,)


def test_a_sudden_loss_is_not_believed(store: CorpusStore, client: EntrezClient, clock: Clock, pubmed: Service) -> None:
    night(store, client, clock)
    pubmed.holdings.remove(*range(1, 16))
    change = night(store, client, clock)
    assert re.search("no longer finds 15 of 30", change.failures[0].error)
    assert (len(list(store.articles())), change.after) == (30, change.before)
    assert len(store.search_runs("cancer", complete_only=True)[-1].pmids) == 30


def test_what_an_interrupted_night_did_not_fetch_is_asked_for_again(
    store: CorpusStore, client: EntrezClient, clock: Clock, pubmed: Service
) -> None:
    pubmed.undelivered.add(9)
    assert night(store, client, clock).failures
    pubmed.holdings.put([held(40, created="2026-11-25")])
    pubmed.faults.append(Fault("502", "efetch.fcgi", times=100))
    with pytest.raises(ServiceUnavailableError):
        night(store, client, clock)
    pubmed.faults.clear()
    pubmed.undelivered.clear()
    assert night(store, client, clock).entered == (40,)
    assert store.not_held([9, 40, 99]) == [99]
