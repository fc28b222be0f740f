"""More results than PubMed hands out for one query: 20,783 real records behind the emulated service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.entrez import EntrezClient
from corpus.errors import ServiceUnavailableError
from corpus.records import Article
from tests.fetch import pubmed_file
from tests.pubmed_service.faults import Fault
from tests.pubmed_service.holdings import Holdings
from tests.pubmed_service.service import Service, serving


@pytest.fixture(scope="module")
def holdings() -> Holdings:
    return Holdings.of_files(pubmed_file())


@pytest.fixture
def pubmed(holdings: Holdings) -> Iterator[Service]:
    with serving(Service(holdings.copy())) as service:
        yield service


@pytest.fixture
def client(pubmed: Service, tmp_path: Path) -> Iterator[EntrezClient]:
    now = iter(range(1_800_000_000, 1_900_000_000))
    made = EntrezClient(tmp_path, base_url=pubmed.url, now=lambda: float(next(now)), sleep=lambda _: None)
    yield made
    made.close()


def test_every_record_is_listed_once_whatever_their_number(client: EntrezClient, pubmed: Service) -> None:
    run = client.search("all[sb]")
    assert (run.count, len(run.pmids)) == (20_783, 20_783)
    assert list(run.pmids) == sorted(pubmed.holdings.records)
    assert len(pubmed.requests) < 60


def test_a_part_of_them_is_listed_as_exactly(client: EntrezClient, pubmed: Service) -> None:
    wanted = pubmed.holdings.with_word("the") & pubmed.holdings.dated("crdt", "2021", "2021")
    assert len(wanted) > 9_999
    run = client.search("the[tiab] AND 2021:2021[crdt]")
    assert set(run.pmids) == wanted
    assert run.translation == '"the"[Title/Abstract] AND 2021[Date - Create] : 2021[Date - Create]'


def test_a_query_of_alternatives_keeps_its_meaning_in_slices(client: EntrezClient, pubmed: Service) -> None:
    wanted = pubmed.holdings.with_word("of") | pubmed.holdings.with_word("cancer")
    assert set(client.search("of[tiab] OR cancer[tiab]").pmids) == wanted


def test_records_that_come_while_the_slices_are_asked_for_are_not_lost(
    client: EntrezClient, pubmed: Service, holdings: Holdings
) -> None:
    late = [holdings.records[pmid] for pmid in sorted(holdings.records)[-5:]]
    pubmed.holdings.remove(*(record.pmid for record in late))
    answer = pubmed.answer

    def answer_and_grow(path: str, form: dict[str, str]) -> object:
        reply = answer(path, form)
        if len(pubmed.requests) == 4:
            pubmed.holdings.put(late)
        return reply

    pubmed.answer = answer_and_grow  # type: ignore[method-assign,assignment]
    assert len(client.search("all[sb]").pmids) == 20_783


def test_a_result_that_never_settles_is_no_result(client: EntrezClient, pubmed: Service) -> None:
    answer = pubmed.answer

    def answer_and_shrink(path: str, form: dict[str, str]) -> object:
        reply = answer(path, form)
        pubmed.holdings.remove(max(pubmed.holdings.records))
        return reply

    pubmed.answer = answer_and_shrink  # type: ignore[method-assign,assignment]
    with pytest.raises(ServiceUnavailableError, match="changed while they were listed"):
        client.search("all[sb]")


@pytest.mark.parametrize("kind", ["429", "rate limit in 200", "truncated", "reset"])
def test_a_fault_in_one_slice_heals(client: EntrezClient, pubmed: Service, kind: str) -> None:
    pubmed.faults.append(Fault(kind, "esearch.fcgi", times=2, after=5))
    assert len(client.search("all[sb]").pmids) == 20_783


def test_the_records_of_a_slice_come_as_asked(client: EntrezClient, pubmed: Service) -> None:
    wanted = sorted(pubmed.holdings.records)[:450]
    pubmed.undelivered = set(wanted[7:9])
    pages = list(client.fetch(wanted))
    read = [item.pmid for page in pages for item in page.items if isinstance(item, Article)]
    assert sorted(read) == sorted(set(wanted) - pubmed.undelivered)
    assert {pmid for page in pages for pmid in page.missing} == pubmed.undelivered
