"""E-utilities client: a query's PMIDs, and their records in checked pages (network).

A page counts only when it is well-formed to its closing tag, is a PubmedArticleSet and holds no record that
was not asked for; HTTP 200 says nothing. Requests are POSTed, so that neither long id lists nor the API key
stand in a URL. Rules of use: ncbi.nlm.nih.gov/books/NBK25497.
"""

import logging
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import requests
from urllib3.exceptions import HTTPError

from corpus import entrez_replies as replies
from corpus.courtesy import courtesy_note
from corpus.entrez_replies import UnusableReplyError
from corpus.errors import QueryError, RecordError, ServiceReplyError, ServiceUnavailableError
from corpus.identifiers import HIGHEST_PMID
from corpus.pubmed_xml import Item
from corpus.rate import SharedPace
from corpus.records import SearchRun

BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
#: PubMed hands out 9,999 ids for one query, though its manual says 10,000 (measured live by four parties in 2026).
MOST_RESULTS = 9_999
#: how often a result that moves while it is listed is listed again
_SETTLE = 3
_PAGE = 200
#: Seconds between requests: 3 a second without key, 10 with one, and a margin; at exactly 0.333 s NCBI
#: sometimes refuses (comment in Biopython's Bio.Entrez).
_INTERVAL, _INTERVAL_WITH_KEY = 0.37, 0.11
_ATTEMPTS = 6
_FIRST_PAUSE_S = 2.0
_CONNECT_TIMEOUT_S, _READ_TIMEOUT_S = 15.0, 90.0
#: A reply that drips on for longer, or is larger, is given up.
_REPLY_DEADLINE_S, _REPLY_BYTES = 300.0, 256 << 20
_HEALS = frozenset((408, 425, 429, 500, 502, 503, 504))

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to one EFetch."""

    #: records, and those of them that cannot be read
    items: tuple[Item, ...]
    #: PMIDs asked for that PubMed does not deliver: deleted, merged or unknown
    missing: tuple[int, ...]


@dataclass(slots=True)
class EntrezClient:
    """Asks PubMed politely; folder holds the pace that all processes share."""

    folder: Path
    base_url: str = BASE_URL
    tool: str = "theragraph"
    email: str = ""
    api_key: str = field(default="", repr=False)
    attempts: int = _ATTEMPTS
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[float, float], float] = random.uniform
    #: requests sent so far, and how many of them were repetitions
    sent: int = field(default=0, init=False)
    repeated: int = field(default=0, init=False)
    _session: requests.Session = field(default_factory=requests.Session, init=False, repr=False)
    _pace: SharedPace = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.base_url = self.base_url.rstrip("/") + "/"
        name = "entrez-key" if self.api_key else "entrez"
        interval = _INTERVAL_WITH_KEY if self.api_key else _INTERVAL
        self._pace = SharedPace(self.folder / name, interval, self.now, self.sleep)

    def close(self) -> None:
        """Drop the connections."""
        self._session.close()

    def search(self, query: str) -> SearchRun:
        """All PMIDs of a query, however many, with how PubMed read it; in PubMed's order up to 9,999, else ascending.

        More than ESearch hands out is asked for in slices of PMIDs (halved until each fits), as NCBI's EDirect does:
        slices by date overlap or stick on a day. Raises QueryError, ServiceUnavailableError and ServiceReplyError.
        """
        if not query.strip():
            raise QueryError(query, "it is empty; name something to look for")
        for _ in range(_SETTLE):
            whole = self.page(query)
            if whole.count <= MOST_RESULTS:
                return whole
            pmids = tuple(sorted(self._sliced(query, (1, HIGHEST_PMID))))
            if len(pmids) == whole.count:
                return replace(whole, pmids=pmids)
            _log.warning("%r: %d ids in slices for a count of %d; asked again", query, len(pmids), whole.count)
        reason = f"the results changed while they were listed ({len(pmids)} ids for a count of {whole.count})"
        raise ServiceUnavailableError(f"{self.base_url}esearch.fcgi", reason, _SETTLE)

    def _sliced(self, query: str, bounds: tuple[int, int]) -> Iterator[int]:
        """PMIDs of the query between two PMIDs, both included."""
        low, high = bounds
        found = self.page(query, f"({query}) AND {low}:{high}[UID]")
        if found.count <= MOST_RESULTS:
            yield from found.pmids
            return
        if low == high:
            raise ServiceReplyError(f"{self.base_url}esearch.fcgi", f"{found.count} records with the one PMID {low}")
        middle = (low + high) // 2
        yield from self._sliced(query, (low, middle))
        yield from self._sliced(query, (middle + 1, high))

    def page(self, query: str, term: str = "") -> SearchRun:
        """One ESearch, of the query or of a term that narrows it; all PMIDs where they are at most MOST_RESULTS."""
        run_at = datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="seconds")

        def read(body: bytes) -> SearchRun:
            found = replies.search_result(body, query, run_at)
            if len(found.pmids) != min(found.count, MOST_RESULTS):
                raise UnusableReplyError(f"{len(found.pmids)} ids for a count of {found.count}")
            return found

        return self._ask("esearch.fcgi", {"term": term or query, "retmax": str(MOST_RESULTS), "retmode": "xml"}, read)

    def fetch(self, pmids: Sequence[int]) -> Iterator[Page]:
        """Records of the given PMIDs, page by page; what is not delivered or cannot be read is asked for once more."""
        if note := courtesy_note(-(-len(pmids) // _PAGE), self.now()):
            _log.warning("%s", note)
        for start in range(0, len(pmids), _PAGE):
            page = self._page(tuple(pmids[start : start + _PAGE]))
            unread = {x.pmid for x in page.items if isinstance(x, RecordError) and x.pmid}
            if lacking := (*page.missing, *sorted(unread)):
                again = self._page(lacking)
                read = tuple(x for x in page.items if not (isinstance(x, RecordError) and x.pmid))
                page = Page(read + again.items, again.missing)
            yield page

    def _page(self, pmids: tuple[int, ...]) -> Page:
        def read(body: bytes) -> Page:
            items = replies.records(body)
            delivered = replies.pmids_of(items)
            if foreign := delivered - set(pmids):
                raise UnusableReplyError(f"records that were not asked for, such as PMID {min(foreign)}")
            return Page(items, tuple(x for x in pmids if x not in delivered))

        return self._ask("efetch.fcgi", {"id": ",".join(map(str, pmids)), "retmode": "xml"}, read)

    def _ask(self, service: str, form: Mapping[str, str], read: Callable[[bytes], _T]) -> _T:
        """One request, repeated while that may help; every attempt keeps the pace."""
        reason = ""
        for attempt in range(self.attempts):
            if attempt:
                self._pause(service, reason, attempt)
            self._pace.wait()
            self.sent += 1
            self.repeated += attempt > 0
            try:
                return read(self._post(service, form))
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
                reason = f"the connection failed ({type(error).__name__})"
            except UnusableReplyError as error:
                reason = self._hide(str(error))
        raise ServiceUnavailableError(f"{self.base_url}{service}", reason, self.attempts)

    def _pause(self, service: str, reason: str, attempt: int) -> None:
        seconds = _FIRST_PAUSE_S * 2 ** (attempt - 1) * self.jitter(0.5, 1.5)
        _log.warning("%s: %s; attempt %d of %d in %.0f s", service, reason, attempt + 1, self.attempts, seconds)
        self.sleep(seconds)

    def _post(self, service: str, form: Mapping[str, str]) -> bytes:
        data = {"db": "pubmed", "tool": self.tool, **form}
        data |= {name: value for name, value in (("email", self.email), ("api_key", self.api_key)) if value}
        timeout = (_CONNECT_TIMEOUT_S, _READ_TIMEOUT_S)
        url = self.base_url + service
        with self._session.post(url, data=data, timeout=timeout, stream=True, allow_redirects=False) as reply:
            body = self._body(reply)
        if reply.status_code == 200:
            return body
        reason = f"HTTP {reply.status_code}{replies.excerpt(body)}"
        if reply.status_code not in _HEALS:
            raise ServiceReplyError(url, self._hide(reason))
        if seconds := _retry_after(reply.headers.get("Retry-After", ""), self.now()):
            self._pace.hold(seconds)
        raise UnusableReplyError(reason)

    def _body(self, reply: requests.Response) -> bytes:
        end = time.monotonic() + _REPLY_DEADLINE_S
        body = bytearray()
        try:
            while chunk := reply.raw.read1(1 << 16, decode_content=True):
                body += chunk
                if len(body) > _REPLY_BYTES or time.monotonic() > end:
                    raise UnusableReplyError("the reply does not end")
        except HTTPError as error:
            raise requests.ConnectionError(error) from None
        return bytes(body)

    def _hide(self, text: str) -> str:
        """Replies echo the API key or the caller's address; neither may reach a log."""
        text = re.sub(r'("api-key"\s*:\s*")[^"]*', r"\1***", text)
        return text.replace(self.api_key, "***") if self.api_key else text


def _retry_after(value: str, now: float) -> float:
    """Seconds that a Retry-After header asks for, given as seconds or as a date; 0 if none."""
    if value.isdigit():
        return float(value)
    try:
        return max(0.0, datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC).timestamp() - now)
    except ValueError:
        return 0.0
