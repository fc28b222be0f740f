"""The emulated PubMed keeps the limits that were measured live in 2026; without them it would prove nothing."""

import urllib.request
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from tests.fetch import pubmed_file
from tests.pubmed_service.holdings import Holdings
from tests.pubmed_service.service import Service, serving


@pytest.fixture(scope="module")
def pubmed() -> Iterator[Service]:
    with serving(Service(Holdings.of_files(pubmed_file()))) as service:
        yield service


def ask(service: Service, name: str, **form: str) -> str:
    data = urlencode({"db": "pubmed", **form}).encode()
    with urllib.request.urlopen(f"{service.url}/entrez/eutils/{name}.fcgi", data, timeout=30) as reply:
        return str(reply.read().decode())


def ids(reply: str) -> int:
    return reply.count("<Id>")


def test_ten_thousand_asked_for_are_9999_with_a_warning(pubmed: Service) -> None:
    reply = ask(pubmed, "esearch", term="all[sb]", retmax="10000")
    assert ids(reply) == 9_999
    assert "<Count>20783</Count>" in reply
    assert "Restrictions achieved" in reply


def test_the_last_place_of_a_page_is_9998(pubmed: Service) -> None:
    assert ids(ask(pubmed, "esearch", term="all[sb]", retstart="9998", retmax="10")) == 1
    assert "cannot be larger than 9998" in ask(pubmed, "esearch", term="all[sb]", retstart="9999", retmax="10")


def test_a_page_of_records_over_the_edge_is_cut_in_silence(pubmed: Service) -> None:
    env = ask(pubmed, "esearch", term="all[sb]", usehistory="y").split("<WebEnv>")[1].split("<")[0]
    page = {"WebEnv": env, "query_key": "1", "retmode": "xml"}
    assert ask(pubmed, "efetch", **page, retstart="9900", retmax="200").count("<PubmedArticle>") == 99
    with pytest.raises(HTTPError, match="400"):
        ask(pubmed, "efetch", **page, retstart="9999", retmax="10")


def test_the_history_is_named_as_the_manual_does_and_as_biopython_does(pubmed: Service) -> None:
    env = ask(pubmed, "esearch", term="all[sb]", usehistory="y").split("<WebEnv>")[1].split("<")[0]
    page = {"query_key": "1", "retmax": "3", "rettype": "uilist"}
    assert ask(pubmed, "efetch", WebEnv=env, **page) == ask(pubmed, "efetch", webenv=env, **page)


def test_all_but_the_books_is_every_article(pubmed: Service) -> None:
    assert "<Count>20783</Count>" in ask(pubmed, "esearch", term="all [SB] NOT pubmed books [SB]")


def test_unknown_tags_are_dropped_in_silence(pubmed: Service) -> None:
    reply = ask(pubmed, "esearch", term="cancer[tiabb]")
    assert '"cancer"[All Fields]' in reply.replace("&quot;", '"')
    assert "ErrorList" not in reply


def test_entry_dates_lie_before_create_dates_for_late_arrivals(pubmed: Service) -> None:
    entered = pubmed.holdings.dated("edat", "2021/06", "2021/06")
    created = pubmed.holdings.dated("crdt", "2021/06", "2021/06")
    assert created - entered


def test_both_ends_of_a_range_are_included(pubmed: Service) -> None:
    some = sorted(pubmed.holdings.records)[100:103]
    assert ids(ask(pubmed, "esearch", term=f"{some[0]}:{some[2]}[UID]")) == 3
