"""Faults on demand: what the emulated service answers instead of, or does to, its right answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

RATE = b'{"error":"API rate limit exceeded","api-key":"%s","count":"4","limit":"3"}'
HTML = b"<html><head><title>WWW Error 500 Diagnostic</title></head><body>Error</body></html>"

#: what a reply lists: an id of a search, or a record
_ITEM = re.compile(rb"<Id>\d+</Id>|<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status, headers, body; cut closes the connection after so many bytes, drip waits before each."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: int | None = None
    #: seconds before every byte of the body
    drip: float = 0.0


@dataclass(slots=True)
class Fault:
    """One kind of fault, for so many requests of a service, after letting some pass."""

    kind: str
    #: esearch.fcgi, efetch.fcgi, ... or the end of a file's path; "" for any
    service: str = ""
    times: int = 1
    after: int = 0
    #: what happens when it strikes, before the answer goes out
    does: Callable[[], None] = lambda: None
    #: requests of that service seen so far
    seen: int = field(default=0, init=False)

    def strikes(self, service: str) -> bool:
        """Whether this request is to fail; counts it."""
        if not service.endswith(self.service):
            return False
        self.seen += 1
        struck = self.after < self.seen <= self.after + self.times
        if struck:
            self.does()
        return struck


def spoiled(kind: str, right: Reply, key: str) -> Reply:
    """The right answer with the fault in it; raises KeyError for a kind that is not known."""
    body = right.body
    half = len(body) // 2
    made = {
        "429": Reply(429, (("Content-Type", "application/json"),), RATE % (key or "127.0.0.1").encode()),
        "429 retry-after": Reply(429, (("Retry-After", "7"),), RATE % key.encode()),
        "rate limit in 200": Reply(200, (), RATE % (key or "127.0.0.1").encode()),
        "500 html": Reply(500, (), HTML),
        "html in 200": Reply(200, (), HTML),
        "502": Reply(502, (), b"Bad Gateway"),
        "reset": Reply(cut=0),
        "broken off": Reply(200, right.headers, body, cut=half),
        "truncated": Reply(200, (), body[:half]),
        "proxy text": Reply(200, (), body[:half] + b"+Error+reading+from+remote+server+"),
        "empty": Reply(200, (), b""),
        "invalid json": Reply(200, (), b'{"esearchresult":{"ERROR":"Search Backend failed:\nretstart"}}'),
        "backend failed": Reply(200, (), _search_error("Search Backend failed: Couldn't resolve #1")),
        "not found": Reply(404, (), b"Not Found"),
        "garbled": Reply(200, right.headers, body[:half] + b"\0\0\0" + body[half + 3 :]),
        "slow drip": Reply(200, right.headers, body, drip=0.02),
        "count drifting": Reply(200, right.headers, re.sub(rb"<Count>(\d+)<", _one_more, body, count=1)),
        "ids missing": Reply(200, right.headers, _ITEM.sub(b"", body, count=1)),
        "ids twice": Reply(200, right.headers, _ITEM.sub(_twice, body, count=1)),
        "extra ids": Reply(200, right.headers, _ITEM.sub(_and_another, body, count=1)),
        "right": right,
    }
    return made[kind]


def _search_error(text: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><eSearchResult><Count>0</Count><RetMax>0</RetMax>'
        f"<RetStart>0</RetStart><IdList/><ERROR>{text}</ERROR></eSearchResult>"
    ).encode()


def _one_more(match: re.Match[bytes]) -> bytes:
    return b"<Count>%d<" % (int(match[1]) + 1)


def _twice(match: re.Match[bytes]) -> bytes:
    return match[0] * 2


def _and_another(match: re.Match[bytes]) -> bytes:
    """The item, and the same under a PMID that nobody has."""
    return match[0] + re.sub(rb"(<Id>|<PMID[^>]*>)\d+", rb"\g<1>99999998", match[0], count=1)
