"""Bytes of a PubMed file or reply -> the bytes of its records, one at a time.

The set is cut at the record tags and each record is parsed alone, so that a damaged record costs only
itself and memory stays flat. What stands around the records is checked: root element, nothing foreign
between records, closing root tag. A DOCTYPE is skipped, never loaded.
"""

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from corpus.errors import IncompleteFileError, NotPubMedError, RecordError

ROOT = "PubmedArticleSet"
_CHUNK = 1 << 20
#: Declaration, DOCTYPE, comments and root tag stand within this many bytes.
_HEAD = 1 << 16
#: A record longer than this is not one; the longest of 50,788 measured has 0.53 MB.
_LONGEST_RECORD = 256 << 20
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\b(?:[^\[>]|\[.*?\]\s*(?=>))*>)", re.DOTALL)
_ROOT_TAG = re.compile(rb"\s*<([A-Za-z_][\w.:-]*)[^>]*?(/?)>")
_ITEM = re.compile(rb"<(PubmedArticle|PubmedBookArticle|DeleteCitation|DeleteDocument)(?=[\s/>])[^>]*>")
_COMMENT = re.compile(rb"\s*(?:<!--.*?-->|<\?.*?\?>)", re.DOTALL)
_RESTART = re.compile(rb"<(?:PubmedArticle|PubmedBookArticle)(?=[\s>])")
_PMID = re.compile(rb"<PMID[^>]*>\s*(\d{1,9})\s*</PMID>")
_CLOSE = b"</PubmedArticleSet>"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The bytes of one record, in UTF-8."""

    #: 1 for the first record of the file; a deletion list has the position after the last record
    position: int
    tag: str
    data: bytes


def pmid_in(data: bytes) -> int | None:
    """The first PMID in a record's bytes, for error messages about a record that cannot be parsed."""
    match = _PMID.search(data)
    return int(match[1]) if match else None


def split_records(stream: BinaryIO, name: str) -> Iterator[RawRecord | RecordError]:
    """The records of a set in file order; a damaged stretch comes as a RecordError in its place.

    Raises NotPubMedError before the first record, IncompleteFileError after the last whole one. Several
    sets one after another (pages written to one file) are read as one.
    """
    return _Splitter(stream, name).records()


class _Splitter:
    """Window over the stream: _buffer holds what is read and not consumed from _at on."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._buffer = b""
        self._at = 0
        self._count = 0
        self._ended = False
        self._decoder: codecs.IncrementalDecoder | None = None

    def records(self) -> Iterator[RawRecord | RecordError]:
        self._begin()
        self._enter_root()
        while True:
            gap = self._skip_gap()
            if gap is not None:
                yield gap
            if self._buffer.startswith(_CLOSE, self._at):
                self._at += len(_CLOSE)
                if self._finished():
                    return
                continue
            yield from self._next_item()

    def _begin(self) -> None:
        self._fill()
        if not self._buffer.strip():
            raise NotPubMedError(self._name, "the file is empty")
        if self._buffer.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._recode("utf-16")
        elif self._buffer.startswith(codecs.BOM_UTF8):
            self._buffer = self._buffer[3:]
        declared = _ENCODING.match(self._buffer)
        if declared and self._decoder is None and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
            self._recode(declared[1].decode("ascii"))

    def _recode(self, encoding: str) -> None:
        try:
            self._decoder = codecs.getincrementaldecoder(encoding)()
        except LookupError:
            raise NotPubMedError(self._name, f"unknown encoding {encoding}") from None
        self._buffer = self._utf8(self._buffer)

    def _utf8(self, chunk: bytes) -> bytes:
        assert self._decoder is not None
        try:
            return self._decoder.decode(chunk, final=not chunk).encode()
        except UnicodeDecodeError as error:
            raise self._break(f"bytes that are not {error.encoding}") from None

    def _enter_root(self) -> None:
        """Move past declaration, DOCTYPE, comments and the root's start tag."""
        self._fill()
        self._skip(_PROLOG)
        match = _ROOT_TAG.match(self._buffer, self._at)
        if match is None or match[1].lower() == b"html":
            raise NotPubMedError(self._name, _what_it_is(self._buffer[self._at :]))
        if match[1] != ROOT.encode():
            raise NotPubMedError(self._name, f"root element {match[1].decode()}{_message_in(self._buffer)}")
        self._at = match.end()
        if match[2]:
            self._buffer = _CLOSE + self._buffer[self._at :]
            self._at = 0

    def _skip(self, pattern: re.Pattern[bytes]) -> None:
        while match := pattern.match(self._buffer, self._at):
            self._at = match.end()

    def _skip_gap(self) -> RecordError | None:
        """Move to the next record or the closing tag; foreign content on the way is reported."""
        foreign = b""
        while True:
            self._skip(_COMMENT)
            found = _ITEM.search(self._buffer, self._at)
            close = self._buffer.find(_CLOSE, self._at, found.start() if found else len(self._buffer))
            stop = close if close >= 0 else found.start() if found else -1
            unclosed = self._buffer.find(b"<!--", self._at, stop if stop >= 0 else len(self._buffer))
            if stop >= 0 and unclosed < 0:
                foreign += self._buffer[self._at : stop].strip()[:200]
                self._at = stop
                break
            if unclosed >= 0 and self._buffer.find(b"-->", unclosed) >= 0:
                foreign += self._buffer[self._at : unclosed].strip()[:200]
                self._at = unclosed
                continue
            if not self._more():
                foreign += self._buffer[self._at :].strip()[:200]
                raise self._break(f"the file breaks off{_quoted(foreign)}, no closing {ROOT} tag")
        if not foreign:
            return None
        return self._bad(f"content that is no record before this one{_quoted(foreign)}", position=self._count + 1)

    def _next_item(self) -> Iterator[RawRecord | RecordError]:
        start = _ITEM.match(self._buffer, self._at)
        assert start is not None
        tag = start[1]
        position = self._count + 1
        closed = start[0].endswith(b"/>")
        end = start.end() if closed else self._find_end(b"</" + tag + b">", position)
        self._count += tag.startswith(b"Pubmed")
        data = self._buffer[self._at : end]
        restart = _RESTART.search(data, len(start[0]))
        if restart:
            self._at += restart.start()
            yield self._bad("its end tag is missing", position, data[: restart.start()])
            return
        self._at = end
        yield RawRecord(position, tag.decode(), data)

    def _find_end(self, close: bytes, position: int) -> int:
        searched = self._at
        while True:
            end = self._buffer.find(close, searched)
            if end >= 0:
                return end + len(close)
            offset = self._at
            searched = max(offset, len(self._buffer) - len(close)) - offset
            if len(self._buffer) - offset > _LONGEST_RECORD or not self._more():
                pmid = pmid_in(self._buffer[offset : offset + 4096])
                raise self._break(f"the file breaks off inside record {position}" + (f" (PMID {pmid})" if pmid else ""))

    def _finished(self) -> bool:
        """True at the end of the stream; False when another set follows."""
        while not self._buffer[self._at :].strip():
            if not self._more():
                return True
        self._skip(_COMMENT)
        rest = self._buffer[self._at : self._at + 4096]
        if not rest.strip() and not self._more():
            return True
        try:
            self._enter_root()
        except NotPubMedError:
            raise self._break(f"foreign content follows the closing tag{_quoted(rest)}") from None
        return False

    def _fill(self) -> None:
        """Have the whole head of a set in the window, however little a read gives."""
        while len(self._buffer) - self._at < _HEAD and self._more():
            pass

    def _more(self) -> bool:
        """Read on, dropping what is consumed; False at the end."""
        if self._ended:
            return False
        try:
            chunk = self._stream.read(_CHUNK)
        except (EOFError, zlib.error) as error:
            raise self._break(f"the gzip data is damaged or cut off ({error})") from None
        except OSError as error:
            raise self._break(f"reading failed ({error.strerror or error})") from None
        self._ended = not chunk
        if self._decoder is not None:
            chunk = self._utf8(chunk)
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return not self._ended

    def _bad(self, reason: str, position: int, data: bytes = b"") -> RecordError:
        return RecordError(reason, name=self._name, position=position, pmid=pmid_in(data))

    def _break(self, reason: str) -> IncompleteFileError:
        return IncompleteFileError(self._name, self._count, reason)


def _what_it_is(head: bytes) -> str:
    text = head[:4096].decode("utf-8", "replace").strip()
    lowered = text.lower()
    if "<html" in lowered or lowered.startswith("<!doctype html"):
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.DOTALL | re.IGNORECASE)
        return "an HTML page" + (f" titled {' '.join(title[1].split())!r}" if title else "") + ", not PubMed XML"
    return f"not XML, it begins {text[:60]!r}"


def _message_in(head: bytes) -> str:
    """The text of an <ERROR> element, which E-utilities send with any root."""
    match = re.search(rb"<ERROR>(.*?)</ERROR>", head[:65536], re.DOTALL)
    return f" with the message {match[1].decode('utf-8', 'replace').strip()[:300]!r}" if match else ""


def _quoted(foreign: bytes) -> str:
    return f" ({foreign.decode('utf-8', 'replace').strip()[:80]!r})" if foreign else ""
