"""Yearly and daily files from the emulated server and from a folder."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import ChecksumError, NewYearError, ServiceReplyError, ServiceUnavailableError
from corpus.harvest_nlm import harvest_nlm
from corpus.nlm_server import MirrorFolder, NlmServer, md5_in
from corpus.store import CorpusStore
from tests.corpus.pubmed_records import article_set, record, write_set
from tests.pubmed_service.faults import Fault
from tests.pubmed_service.service import Service, serving

DAY = "updatefiles/pubmed26n{}.xml.gz"


def packed(*records: str, deleted: tuple[int, ...] = ()) -> bytes:
    return gzip.compress(article_set(*records, deleted=deleted), mtime=0)


@pytest.fixture
def nlm() -> Iterator[Service]:
    with serving(Service()) as service:
        service.publish(DAY.format(1335), packed(record(1), record(2)))
        service.publish(DAY.format(1336), packed(record(2, title="Revised."), record(3), deleted=(1,)))
        yield service


@pytest.fixture
def server(nlm: Service, tmp_path: Path) -> Iterator[NlmServer]:
    made = NlmServer(tmp_path / "nlm", f"{nlm.url}/pubmed/", sleep=lambda _: None)
    for adapter in made._session.adapters.values():
        adapter.max_retries = adapter.max_retries.new(backoff_factor=0)  # type: ignore[attr-defined]
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(tmp_path / "corpus.db", create=True) as opened:
        yield opened


def held(store: CorpusStore) -> dict[int, str]:
    return {article.pmid: article.title for article in store.articles()}


def test_days_come_in_order_once(server: NlmServer, store: CorpusStore, nlm: Service, tmp_path: Path) -> None:
    report = harvest_nlm(server, "updatefiles", store)
    assert (report.sources, report.counts.new, report.counts.revised_text, report.counts.deleted) == (2, 3, 1, 1)
    assert held(store)[2] == "Revised."
    assert store.tombstones() == [1]
    assert list((tmp_path / "nlm").iterdir()) == []
    digest, asked = store.digest(), len(nlm.requests)

    again = harvest_nlm(server, "updatefiles", store)
    assert (again.sources, again.skipped, store.digest()) == (0, 2, digest)
    assert len(nlm.requests) - asked == 3  # the listing and the .md5 of two held files


def test_a_replaced_file_is_read_again_and_gives_way_to_later_ones(
    server: NlmServer, store: CorpusStore, nlm: Service
) -> None:
    harvest_nlm(server, "updatefiles", store)
    nlm.publish(DAY.format(1335), packed(record(1), record(2), record(9)))
    report = harvest_nlm(server, "updatefiles", store)
    assert (report.counts.new, held(store)[2], store.tombstones()) == (1, "Revised.", [1])


def test_a_gap_stops_before_it_and_is_told_until_it_is_closed(
    server: NlmServer, store: CorpusStore, nlm: Service
) -> None:
    nlm.publish(DAY.format(1338), packed(record(5)))
    report = harvest_nlm(server, "updatefiles", store)
    assert sorted(held(store)) == [2, 3]
    assert "number 1337" in report.failures[0].error
    assert not report.complete
    nlm.publish(DAY.format(1337), packed(record(4)))
    assert harvest_nlm(server, "updatefiles", store).complete
    assert sorted(held(store)) == [2, 3, 4, 5]


def test_a_new_year_changes_nothing(server: NlmServer, store: CorpusStore, nlm: Service) -> None:
    harvest_nlm(server, "updatefiles", store)
    digest = store.digest()
    nlm.publish("updatefiles/pubmed27n0001.xml.gz", packed(record(8)))
    with pytest.raises(NewYearError, match="build a new one beside"):
        harvest_nlm(server, "updatefiles", store)
    assert store.digest() == digest


def test_a_wrong_md5_lets_nothing_in_and_nothing_past(server: NlmServer, store: CorpusStore, nlm: Service) -> None:
    nlm.publish(DAY.format(1336), packed(record(3)), md5="0" * 32)
    nlm.publish(DAY.format(1337), packed(record(4)))
    report = harvest_nlm(server, "updatefiles", store)
    assert sorted(held(store)) == [1, 2]
    assert "NLM says 00000000" in report.failures[0].error


def test_an_absent_md5_is_taken_as_it_is(server: NlmServer, store: CorpusStore, nlm: Service) -> None:
    nlm.publish(DAY.format(1336), packed(record(3)), md5="")
    assert harvest_nlm(server, "updatefiles", store).complete


@pytest.mark.parametrize("kind", ["502", "reset", "broken off", "truncated", "garbled", "empty"])
def test_a_fault_in_a_file_heals(server: NlmServer, store: CorpusStore, nlm: Service, kind: str) -> None:
    nlm.faults.append(Fault(kind, "n1336.xml.gz", times=1))
    assert harvest_nlm(server, "updatefiles", store).complete
    assert sorted(held(store)) == [2, 3]


def test_a_server_that_is_down_is_told_and_nothing_is_made_of_it(
    server: NlmServer, store: CorpusStore, nlm: Service
) -> None:
    nlm.faults.append(Fault("502", "", times=100))
    with pytest.raises(ServiceUnavailableError, match="HTTP 502"):
        harvest_nlm(server, "updatefiles", store)


def test_a_listing_without_files_is_no_empty_day(server: NlmServer, store: CorpusStore, nlm: Service) -> None:
    nlm.faults.append(Fault("html in 200", "updatefiles/"))
    with pytest.raises(ServiceReplyError, match="names no PubMed file"):
        harvest_nlm(server, "updatefiles", store)


def test_a_mirror_folder_gives_the_same(store: CorpusStore, tmp_path: Path) -> None:
    folder = tmp_path / "mirror" / "updatefiles"
    folder.mkdir(parents=True)
    write_set(folder / "pubmed26n1336.xml.gz", record(3), deleted=(1,))
    path = write_set(folder / "pubmed26n1335.xml.gz", record(1))
    report = harvest_nlm(MirrorFolder(tmp_path / "mirror"), "updatefiles", store)
    assert (report.sources, sorted(held(store)), store.tombstones()) == (2, [3], [1])
    assert path.exists()


def test_a_damaged_file_of_a_mirror_is_told(store: CorpusStore, tmp_path: Path) -> None:
    path = write_set(tmp_path / "pubmed26n1335.xml.gz", record(1))
    path.with_name(f"{path.name}.md5").write_text(f"{'a' * 32}  {path.name}\n")
    with pytest.raises(ChecksumError):
        harvest_nlm(MirrorFolder(tmp_path), "updatefiles", store)


@pytest.mark.parametrize("text", ["MD5(pubmed26n1335.xml.gz)= {}\n", "{}  pubmed26n1335.xml.gz\n", "{}"])
def test_both_forms_of_md5_files(text: str) -> None:
    assert md5_in(text.format("AB" * 16)) == "ab" * 16
