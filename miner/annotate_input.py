"""Reads documents to annotate: plain text, JSONL and PubTator from bytes, PubMed records as articles.

The text of a document is its title, one space and its abstract; without a title it is the text as it stands.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, Literal

from corpus.records import Article, Passage
from miner.annotate import BadDocument
from miner.document import Document
from miner.errors import MinerInputError
from miner.pipeline import document_of

InputKind = Literal["xml", "jsonl", "pubtator", "text"]

_PUBTATOR_LINE = re.compile(r"([^|\t\r\n]+)\|([ta])\|(.*)\Z", re.DOTALL)
_STAGE = "read"


def detect(head: bytes) -> InputKind:
    """The kind of an input from its first kilobytes; a gzip file counts as XML, which is how NLM ships it."""
    if head.startswith(b"\x1f\x8b"):
        return "xml"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return "jsonl"
    line = start.split(b"\n", 1)[0].decode("utf-8", "replace").rstrip("\r")
    if _PUBTATOR_LINE.match(line):
        return "pubtator"
    return "xml" if re.match(rb"<(?:\?xml|!DOCTYPE|!--|Pubmed|Medline|html)", start, re.IGNORECASE) else "text"


def read_documents(stream: IO[bytes], kind: InputKind, name: str) -> Iterator[Document | BadDocument]:
    """The documents of a text, JSONL or PubTator input, in order; a bad one comes as such in its place.

    Raises:
        MinerInputError: plain text that is no UTF-8, or an input without any document.
    """
    if kind == "text":
        yield _plain(stream.read(), name)
        return
    read = _jsonl(stream) if kind == "jsonl" else _pubtator(stream)
    empty = True
    for item in read:
        empty = False
        yield item
    if empty:
        raise MinerInputError(name, f"no document in it (read as {kind}); give text, JSONL, PubTator or PubMed XML")


def article_documents(items: Iterable[Article | BadDocument]) -> Iterator[Document | BadDocument]:
    """The documents of PubMed records."""
    return (document_of(item) if isinstance(item, Article) else item for item in items)


def make_document(id: str, title: str, text: str) -> Document:
    """A document of title and abstract, or of a text alone."""
    if not title:
        return Document(id, "", text, passages=(Passage("", "", 0, len(text)),) if text else ())
    passages = [Passage("TITLE", "", 0, len(title))]
    whole = f"{title} {text}" if text else title
    if text:
        passages.append(Passage("", "", len(title) + 1, len(whole)))
    return Document(id, title, whole, passages=tuple(passages))


def _plain(data: bytes, name: str) -> Document:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MinerInputError(name, f"is not UTF-8 text ({error}); convert it first") from error
    if not text.strip():
        raise MinerInputError(name, "is empty; give text, JSONL, PubTator or PubMed XML")
    return make_document(name, "", text)


def _jsonl(stream: IO[bytes]) -> Iterator[Document | BadDocument]:
    for number, line in enumerate(stream, start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _json_document(line, number)


def _json_document(line: bytes, number: int) -> Document | BadDocument:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return BadDocument(None, _STAGE, f"line {number}: not UTF-8 ({error.reason} at byte {error.start})")
    except (ValueError, RecursionError) as error:
        return BadDocument(None, _STAGE, f"line {number}: not JSON ({error})")
    if not isinstance(value, dict):
        return BadDocument(None, _STAGE, f"line {number}: a JSON object is wanted, this is {type(value).__name__}")
    return _from_fields(value, number)


def _from_fields(value: dict[str, Any], number: int) -> Document | BadDocument:
    id = value.get("id")
    known = str(id) if isinstance(id, str | int) and not isinstance(id, bool) and id != "" else None
    if known is None:
        return BadDocument(None, _STAGE, f'line {number}: "id" must be a text or a number')
    title, text = value.get("title"), value.get("text")
    for key, part in (("title", title), ("text", text)):
        if part is not None and not isinstance(part, str):
            return BadDocument(known, _STAGE, f'line {number}: "{key}" must be a text, it is {type(part).__name__}')
    if not title and not text:
        return BadDocument(known, _STAGE, f'line {number}: neither "title" nor "text" holds anything')
    if not _encodable(f"{title}{text}"):
        return BadDocument(known, _STAGE, f"line {number}: the text holds half of a surrogate pair")
    return make_document(known, title or "", text or "")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _pubtator(stream: IO[bytes]) -> Iterator[Document | BadDocument]:
    """Documents are blank-line separated; annotation lines of the input are left aside."""
    block: dict[str, str] = {}
    id: str | None = None
    begin = 0
    for number, raw in enumerate([*stream, b""], start=1):
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace").rstrip("\r\n")
        match = _PUBTATOR_LINE.match(line)
        ends = not line.strip() or (match is not None and (match[2] in block or match[1] != id) and id is not None)
        if ends and id is not None:
            yield _pubtator_document(id, block, begin)
            id, block = None, {}
        if match is not None:
            if id is None:
                id, begin = match[1], number
            block[match[2]] = match[3]
        elif line.strip() and id is None:
            yield BadDocument(None, _STAGE, f"line {number}: a document begins with ID|t|TITLE, this is {line[:40]!r}")


def _pubtator_document(id: str, block: dict[str, str], line: int) -> Document | BadDocument:
    title, abstract = block.get("t", ""), block.get("a", "")
    if "\ufffd" in title + abstract:
        return BadDocument(id, _STAGE, f"line {line}: not UTF-8")
    if not title and not abstract:
        return BadDocument(id, _STAGE, f"line {line}: neither a title nor an abstract")
    if not title:
        # PubTator counts the space behind an empty title
        return make_document(id, "", f" {abstract}")
    return make_document(id, title, abstract)
