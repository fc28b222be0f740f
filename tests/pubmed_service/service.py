"""The service itself: E-utilities with the caps measured in 2026, and the folders of yearly and daily files."""

import hashlib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.pubmed_service.faults import Fault, Reply, spoiled
from tests.pubmed_service.holdings import Holdings
from tests.pubmed_service.queries import BadQuery, Found, find

_XML = (("Content-Type", "text/xml; charset=UTF-8"),)
_SET = b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
_SET += b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
_TOO_FAR = (
    "'retstart' cannot be larger than 9998. For PubMed, ESearch can only retrieve the first 9,999 records matching the "
    "query. To obtain more than 9,999 PubMed records, consider using EDirect"
)


@dataclass
class Service:
    """What stands behind the address; change its holdings, files and faults while it runs."""

    holdings: Holdings = field(default_factory=Holdings)
    #: path below /pubmed/ -> bytes, such as "updatefiles/pubmed21n1298.xml.gz"
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: ids that are found and not delivered, as deleted or merged records are
    undelivered: set[int] = field(default_factory=set)
    #: how many records one query hands out; NLM says 10,000 and means 9,999
    cap: int = 9_999
    #: a page over the edge is cut in silence; without, it is refused
    clamps: bool = True
    edat_is_crdt: bool = False
    #: (service or path, form) of every request
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""
    _history: list[list[int]] = field(default_factory=list)
    _lock: Any = field(default_factory=Lock)

    def publish(self, path: str, data: bytes, *, md5: str | None = None) -> None:
        """Put a file on the server with its .md5 beside it; md5 "" leaves that out."""
        self.files[path] = data
        said = hashlib.md5(data).hexdigest() if md5 is None else md5
        if said:
            self.files[f"{path}.md5"] = f"MD5({path.rsplit('/', 1)[-1]})= {said}\n".encode()
        else:
            self.files.pop(f"{path}.md5", None)

    def answer(self, path: str, form: dict[str, str]) -> Reply:
        """The answer to one request, faults included."""
        service = path.rsplit("/", 1)[-1] if path.endswith((".fcgi", ".cgi")) else path
        with self._lock:
            self.requests.append((service, form))
            struck = next((fault for fault in self.faults if fault.strikes(service)), None)
            right = self._right(path, service, form)
            return spoiled(struck.kind, right, form.get("api_key", "")) if struck else right

    def _right(self, path: str, service: str, form: dict[str, str]) -> Reply:
        answers = {"esearch.fcgi": self._search, "efetch.fcgi": self._fetch, "epost.fcgi": self._post}
        if service in answers:
            return answers[service](form)
        if service == "einfo.fcgi":
            return Reply(200, _XML, self._info())
        return self._file(path)

    def _search(self, form: dict[str, str]) -> Reply:
        try:
            found = find(form.get("term", ""), self.holdings, edat_is_crdt=self.edat_is_crdt)
        except (BadQuery, ValueError) as error:
            return Reply(200, _XML, _result(0, 0, [], "", f"<ERROR>{escape(str(error))}</ERROR>"))
        start, wanted = int(form.get("retstart", "0")), int(form.get("retmax", "20"))
        if start >= self.cap:
            return Reply(200, _XML, _result(0, 0, [], "", f"<ERROR>{_TOO_FAR}</ERROR>"))
        ids = sorted(found.pmids, reverse=True)
        page = ids[start : min(start + wanted, self.cap)]
        if form.get("rettype") == "count":
            page = []
        extra = _complaints(found)
        if start + wanted > self.cap and len(ids) > self.cap:
            extra += "<WarningList><OutputMessage>Restrictions achieved.</OutputMessage></WarningList>"
        if form.get("usehistory") == "y":
            self._history.append(ids)
            extra = f"<QueryKey>1</QueryKey><WebEnv>MCID_{len(self._history)}</WebEnv>" + extra
        return Reply(200, _XML, _result(len(ids), start, page, found.translation, extra))

    def _fetch(self, form: dict[str, str]) -> Reply:
        start, wanted = int(form.get("retstart", "0")), int(form.get("retmax", "10000"))
        # the manual writes WebEnv, Biopython's tutorial webenv
        if history := form.get("WebEnv") or form.get("webenv"):
            ids = self._history[int(history.removeprefix("MCID_")) - 1]
            over = start >= self.cap or (start + wanted > self.cap and not self.clamps and len(ids) > self.cap)
            if over:
                return Reply(400, (), f'{{"error":"{_TOO_FAR}"}}'.encode())
            ids = ids[: self.cap]
        else:
            ids = [int(x) for x in form.get("id", "").split(",") if x.strip().isdigit()]
        if not ids:
            return Reply(400, (), b"Supplied id parameter is empty.\n")
        page = ids[start : start + wanted]
        if form.get("rettype") == "uilist":
            return Reply(200, (), "".join(f"{pmid}\n" for pmid in page).encode())
        held = [self.holdings.records[x].xml for x in page if x in self.holdings.records and x not in self.undelivered]
        return Reply(200, _XML, _SET + b"\n".join(held) + b"\n</PubmedArticleSet>\n")

    def _post(self, form: dict[str, str]) -> Reply:
        self._history.append([int(x) for x in form.get("id", "").split(",") if x.strip().isdigit()])
        key = f"<QueryKey>1</QueryKey><WebEnv>MCID_{len(self._history)}</WebEnv>"
        return Reply(200, _XML, f'<?xml version="1.0"?><ePostResult>{key}</ePostResult>'.encode())

    def _info(self) -> bytes:
        return (
            '<?xml version="1.0"?><eInfoResult><DbInfo><DbName>pubmed</DbName><DbBuild>Build-emulated</DbBuild>'
            f"<Count>{len(self.holdings.records)}</Count><LastUpdate>2026/11/24 00:00</LastUpdate>"
            "</DbInfo></eInfoResult>"
        ).encode()

    def _file(self, path: str) -> Reply:
        name = path.split("/pubmed/", 1)[-1].lstrip("/")
        if name in self.files:
            return Reply(200, (("Content-Type", "application/octet-stream"),), self.files[name])
        inside = sorted({x[len(name) :].split("/")[0] for x in self.files if name and x.startswith(name)})
        if not name.endswith("/") or not inside:
            return Reply(404, (), b"Not Found")
        links = "".join(
            f'<a href="{x}">{x}</a>  2026-11-24 10:00  {len(self.files.get(name + x, b""))}\n' for x in inside
        )
        return Reply(200, (("Content-Type", "text/html"),), f"<html><body><pre>{links}</pre></body></html>".encode())


def _result(count: int, start: int, page: list[int], translation: str, extra: str) -> bytes:
    ids = "".join(f"<Id>{pmid}</Id>\n" for pmid in page)
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
        '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
        f"<eSearchResult><Count>{count}</Count><RetMax>{len(page)}</RetMax><RetStart>{start}</RetStart>"
        f"<IdList>{ids}</IdList><TranslationSet/><QueryTranslation>{escape(translation)}</QueryTranslation>{extra}"
        "</eSearchResult>"
    ).encode()


def _complaints(found: Found) -> str:
    items = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in found.errors)
    return f"<ErrorList>{items}</ErrorList>" if items else ""


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """The service at a loopback port of its own; its url says which."""
    with listening(service) as port:
        service.url = f"http://127.0.0.1:{port}"
        yield service


@contextmanager
def listening(service: Service, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """One more loopback port of the service, with TLS where a context is given."""

    class Handler(BaseHTTPRequestHandler):
        def handle(self) -> None:
            with suppress(ConnectionError):
                super().handle()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            self._reply(urlsplit(self.path).query + "&" + body)

        def do_GET(self) -> None:
            self._reply(urlsplit(self.path).query)

        def _reply(self, query: str) -> None:
            form = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
            reply = service.answer(urlsplit(self.path).path, form)
            # one request a connection, as HTTP/1.0 has it
            self.close_connection = True
            if reply.cut == 0:
                self.connection.close()
                return
            self.send_response(reply.status)
            for name, value in (("Content-Length", str(len(reply.body))), *reply.headers):
                self.send_header(name, value)
            self.end_headers()
            if reply.drip:
                self._drip(reply)
            else:
                self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])

        def _drip(self, reply: Reply) -> None:
            """Byte by byte, until the other side has had enough."""
            with suppress(OSError):
                for byte in reply.body:
                    time.sleep(reply.drip)
                    self.wfile.write(bytes((byte,)))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        # the handshake comes with the first read, in the connection's own thread
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
