import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest

from corpus.entrez import EntrezClient
from corpus.errors import QueryError, ServiceReplyError, ServiceUnavailableError
from corpus.harvest import harvest_search
from corpus.ledger import Counts
from corpus.records import Article
from corpus.store import CorpusStore
from tests.corpus.pubmed_records import article_set, record

KEY = "0123456789abcdef"
Reply = tuple[int, dict[str, str], bytes]


def result(pmids: list[int], count: int | None = None, extra: str = "") -> bytes:
    ids = "".join(f"<Id>{pmid}</Id>" for pmid in pmids)
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">
<eSearchResult><Count>{len(pmids) if count is None else count}</Count><RetMax>9999</RetMax><RetStart>0</RetStart>
<IdList>{ids}</IdList><QueryTranslation>"x"[All Fields]</QueryTranslation>{extra}</eSearchResult>""".encode()


@dataclass
class PubMed:
    """A loopback E-utilities service; faults are answers given before the right one."""

    url: str = ""
    held: list[int] = field(default_factory=lambda: [3, 2, 1])
    found: list[int] | None = None
    search: bytes | None = None
    faults: list[Reply] = field(default_factory=list)
    after: int = 0
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str, form: dict[str, str]) -> Reply:
        self.requests.append((path, form))
        if self.faults and len(self.requests) > self.after:
            return self.faults.pop(0)
        if path == "/esearch.fcgi":
            return 200, {}, self.search or result(self.found or self.held)
        wanted = [int(x) for x in form["id"].split(",")]
        return 200, {}, article_set(*(record(x) for x in wanted if x in self.held))


@pytest.fixture
def pubmed() -> Iterator[PubMed]:
    service = PubMed()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            status, headers, data = service.answer(self.path, form)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(data))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}"
    yield service
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Time:
    now: float = 1_800_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def client(pubmed: PubMed, clock: Time, tmp_path: Path) -> Iterator[EntrezClient]:
    made = EntrezClient(
        tmp_path,
        base_url=pubmed.url,
        email="someone@example.org",
        api_key=KEY,
        now=lambda: clock.now,
        sleep=clock.sleep,
        jitter=lambda low, high: 1.0,
    )
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore.open(tmp_path / "corpus.db", create=True) as opened:
        yield opened


def pmids(client: EntrezClient, wanted: list[int]) -> list[int]:
    return [x.pmid for page in client.fetch(wanted) for x in page.items if isinstance(x, Article)]


def test_search_then_fetch(client: EntrezClient, pubmed: PubMed) -> None:
    run = client.search("egfr AND lung")
    assert (run.pmids, run.count, run.translation) == ((3, 2, 1), 3, '"x"[All Fields]')
    assert run.run_at == "2027-01-15T08:00:00+00:00"
    assert pmids(client, [3, 2, 1]) == [3, 2, 1]
    path, form = pubmed.requests[0]
    assert path == "/esearch.fcgi"
    assert form == {
        "db": "pubmed",
        "term": "egfr AND lung",
        "retmax": "9999",
        "retmode": "xml",
        "tool": "theragraph",
        "email": "someone@example.org",
        "api_key": KEY,
    }
    assert pubmed.requests[1][1]["id"] == "3,2,1"


def test_long_lists_are_fetched_in_pages_at_the_allowed_pace(client: EntrezClient, pubmed: PubMed, clock: Time) -> None:
    pubmed.held = list(range(1, 451))
    assert pmids(client, pubmed.held) == pubmed.held
    assert len(pubmed.requests) == 3
    assert [round(x, 3) for x in clock.slept] == [0.11, 0.11]


def test_without_a_key_the_pace_is_slower(pubmed: PubMed, clock: Time, tmp_path: Path) -> None:
    slow = EntrezClient(tmp_path, base_url=pubmed.url, now=lambda: clock.now, sleep=clock.sleep)
    slow.search("a")
    slow.search("b")
    slow.close()
    assert [round(x, 3) for x in clock.slept] == [0.37]
    assert "api_key" not in pubmed.requests[0][1]


RATE = json.dumps({"error": "API rate limit exceeded", "api-key": KEY, "count": "11", "limit": "10"}).encode()
HTML = b"<!DOCTYPE html><html><head><title>WWW Error 500 Diagnostic</title></head></html>"
TRUNCATED = article_set(record(1), record(2))[:-40]
FAULTS: dict[str, Reply] = {
    "429": (429, {}, RATE),
    "rate at 200": (200, {}, RATE),
    "500 html": (500, {}, HTML),
    "html at 200": (200, {}, HTML),
    "502": (502, {}, b""),
    "empty": (200, {}, b""),
    "truncated": (200, {}, TRUNCATED),
    "appended": (200, {}, article_set(record(1)) + b"HTTP/1.1 502 Bad+Gateway"),
    "in between": (200, {}, article_set(record(1), "Proxy+error", record(2))),
    "cut off": (200, {"Content-Length": "99999", "Connection": "close"}, TRUNCATED),
    "foreign id": (200, {}, article_set(record(1), record(99))),
    "other root": (200, {}, b"<eFetchResult><ERROR>Cannot retrieve</ERROR></eFetchResult>"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_that_heal_are_tried_again(client: EntrezClient, pubmed: PubMed, clock: Time, fault: str) -> None:
    pubmed.faults = [FAULTS[fault], FAULTS[fault]]
    assert pmids(client, [2, 1]) == [2, 1]
    assert len(pubmed.requests) == 3
    assert [x for x in clock.slept if x > 1] == [2.0, 4.0]


@pytest.mark.parametrize("fault", ["429", "rate at 200", "500 html", "502", "empty", "cut off"])
def test_searches_heal_too(client: EntrezClient, pubmed: PubMed, fault: str) -> None:
    pubmed.faults = [FAULTS[fault]]
    assert client.search("x").count == 3


def test_faults_that_stay_end_in_one_error(client: EntrezClient, pubmed: PubMed) -> None:
    pubmed.faults = [FAULTS["500 html"]] * 9
    with pytest.raises(ServiceUnavailableError, match=r"HTTP 500 \(WWW Error 500 Diagnostic\), 6 attempts"):
        client.search("x")
    assert len(pubmed.requests) == 6


def test_nobody_there(clock: Time, tmp_path: Path, pubmed: PubMed) -> None:
    gone = EntrezClient(tmp_path, base_url="http://127.0.0.1:1", now=lambda: clock.now, sleep=clock.sleep)
    with pytest.raises(ServiceUnavailableError, match="the connection failed"):
        gone.search("x")
    gone.close()


def test_retry_after_is_kept_by_everybody(client: EntrezClient, pubmed: PubMed, clock: Time) -> None:
    pubmed.faults = [(429, {"Retry-After": "30"}, RATE)]
    client.search("x")
    assert sum(clock.slept) == pytest.approx(30)


def test_a_refusal_is_final(client: EntrezClient, pubmed: PubMed) -> None:
    pubmed.faults = [(400, {}, b'{"error":"API key invalid","api-key":"%s"}' % KEY.encode())]
    with pytest.raises(ServiceReplyError, match="HTTP 400") as raised:
        client.search("x")
    assert KEY not in str(raised.value)
    assert len(pubmed.requests) == 1


def test_the_key_stays_out_of_logs_errors_and_repr(
    client: EntrezClient, pubmed: PubMed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pubmed.faults = [FAULTS["429"], FAULTS["rate at 200"]] * 3
    with pytest.raises(ServiceUnavailableError) as raised:
        client.search("x")
    ours = [x.getMessage() for x in caplog.records]
    assert any("attempt 2 of 6" in x for x in ours)
    assert KEY not in "".join([*ours, str(raised.value), repr(client)])


def test_9999_results_are_the_most(client: EntrezClient, pubmed: PubMed) -> None:
    pubmed.search = result(list(range(1, 10_000)))
    assert len(client.search("cancer").pmids) == 9_999


@pytest.mark.parametrize("query", ["", "  "])
def test_an_empty_query_is_not_sent(client: EntrezClient, pubmed: PubMed, query: str) -> None:
    with pytest.raises(QueryError, match="empty"):
        client.search(query)
    assert pubmed.requests == []


def test_an_error_at_200_is_no_empty_result(client: EntrezClient, pubmed: PubMed) -> None:
    pubmed.search = b"<eSearchResult><ERROR>Can't parse the query</ERROR></eSearchResult>"
    with pytest.raises(QueryError, match="Can't parse the query"):
        client.search("((")


def test_a_failed_backend_is_tried_again(client: EntrezClient, pubmed: PubMed) -> None:
    pubmed.faults = [(200, {}, b"<eSearchResult><ERROR>Search Backend failed: x</ERROR></eSearchResult>")]
    assert client.search("x").count == 3


def test_fewer_ids_than_counted_are_no_answer(client: EntrezClient, pubmed: PubMed) -> None:
    pubmed.search = result([1, 2], 3)
    with pytest.raises(ServiceUnavailableError, match="2 ids for a count of 3"):
        client.search("x")


def test_harvest_search(client: EntrezClient, pubmed: PubMed, store: CorpusStore) -> None:
    pubmed.search = result([3, 2, 1], extra="<WarningList><PhraseIgnored>the</PhraseIgnored></WarningList>")
    report = harvest_search("the x", store, client, name="mine")
    assert report.complete
    assert report.counts == Counts(new=3)
    assert report.warnings == ("PhraseIgnored: the",)
    assert store.searches() == {"mine": "the x"}
    (run,) = store.search_runs("mine", complete_only=True)
    assert (run.pmids, run.translation, run.warnings) == ((3, 2, 1), '"x"[All Fields]', ("PhraseIgnored: the",))
    again = harvest_search("the x", store, client, name="mine")
    assert again.counts == Counts(unchanged=3)


def test_a_changed_reading_of_the_query_is_told(client: EntrezClient, pubmed: PubMed, store: CorpusStore) -> None:
    harvest_search("x", store, client)
    pubmed.search = result([1]).replace(b'"x"[All Fields]', b'"x"[Title]')
    (warning,) = harvest_search("x", store, client).warnings
    assert warning.startswith("PubMed reads the query as '\"x\"[Title]', it was '\"x\"[All Fields]'")


def test_records_that_are_not_delivered_are_listed(client: EntrezClient, pubmed: PubMed, store: CorpusStore) -> None:
    pubmed.found = [3, 77, 1]
    report = harvest_search("x", store, client)
    assert [(x.pmid, x.stage) for x in report.failures] == [(77, "fetch")]
    assert report.counts.new == 2
    assert [form["id"] for path, form in pubmed.requests if path == "/efetch.fcgi"] == ["3,77,1", "77"]


def test_a_service_that_fails_later_leaves_what_came_before(
    client: EntrezClient, pubmed: PubMed, store: CorpusStore
) -> None:
    pubmed.held = list(range(1, 301))
    pubmed.after, pubmed.faults = 2, [FAULTS["502"]] * 6
    report = harvest_search("x", store, client)
    assert (report.complete, report.counts.new) == (False, 200)
    assert store.search_runs(complete_only=True) == []
    assert harvest_search("x", store, client).complete
    assert store.failures() == []


def test_a_service_that_fails_at_once_is_an_error(client: EntrezClient, pubmed: PubMed, store: CorpusStore) -> None:
    pubmed.after, pubmed.faults = 1, [FAULTS["502"]] * 6
    with pytest.raises(ServiceUnavailableError):
        harvest_search("x", store, client)


def test_nothing_found_is_a_complete_answer(client: EntrezClient, pubmed: PubMed, store: CorpusStore) -> None:
    pubmed.search = result([], extra="<ErrorList><PhraseNotFound>xyzzy</PhraseNotFound></ErrorList>")
    report = harvest_search("xyzzy", store, client)
    assert (report.complete, report.counts, report.warnings) == (True, Counts(), ("PhraseNotFound: xyzzy",))
