"""What E-utilities answer -> ids and records, or why the answer is no answer (pure)."""

import io
import re
from xml.etree.ElementTree import Element, ParseError, fromstring

from corpus.errors import CorpusError, IncompleteFileError, NotPubMedError, QueryError, RecordError
from corpus.pubmed_xml import Item, read_items
from corpus.records import Article, SearchRun

#: ERROR texts that speak of the server, not of the query (github.com/kblin/ncbi-entrez-error-messages).
_SERVER_SIDE = re.compile(r"backend failed|timed? ?out|unable to|exception|temporar|overload|internal", re.IGNORECASE)
_BREAKS = re.compile(rb"<!DOCTYPE[^\[>]*>")


class UnusableReplyError(CorpusError):
    """A reply that another attempt may better."""


def search_result(body: bytes, query: str, run_at: str) -> SearchRun:
    """The ESearch reply; raises QueryError where PubMed refuses the query, UnusableReplyError."""
    root = _xml(body)
    if root.tag != "eSearchResult":
        raise UnusableReplyError(f"root element {root.tag} instead of eSearchResult{excerpt(body)}")
    error = (root.findtext("ERROR") or "").strip()
    if error and _SERVER_SIDE.search(error):
        raise UnusableReplyError(error)
    if error:
        raise QueryError(query, f"PubMed answers: {error}")
    count = (root.findtext("Count") or "").strip()
    if not count.isdigit():
        raise UnusableReplyError(f"no count{excerpt(body)}")
    ids = [(x.text or "").strip() for x in root.iterfind("IdList/Id")]
    if not all(x.isdigit() for x in ids) or len(set(ids)) != len(ids):
        raise UnusableReplyError("ids that are no PMIDs or stand twice")
    translation = (root.findtext("QueryTranslation") or "").strip()
    return SearchRun(query, run_at, translation, _warnings(root), int(count), tuple(map(int, ids)))


def records(body: bytes) -> tuple[Item, ...]:
    """The records of an EFetch reply; raises UnusableReplyError unless it is whole."""
    _no_error_text(body)
    try:
        items = tuple(item for _, item in read_items(io.BytesIO(body), "EFetch reply"))
    except (NotPubMedError, IncompleteFileError) as error:
        raise UnusableReplyError(str(error)) from None
    foreign = next((x for x in items if isinstance(x, RecordError) and x.pmid is None), None)
    if foreign is not None:
        raise UnusableReplyError(str(foreign))
    return items


def pmids_of(items: tuple[Item, ...]) -> set[int]:
    """PMIDs of the records delivered, readable or not."""
    return {x.pmid for x in items if isinstance(x, Article | RecordError) and x.pmid is not None}


def excerpt(body: bytes) -> str:
    """The beginning of a body in brackets, for a message."""
    text = re.sub(r"<[^>]*>", " ", body[:2000].decode("utf-8", "replace"))
    text = " ".join(text.split())[:200]
    return f" ({text})" if text else ""


def _xml(body: bytes) -> Element:
    _no_error_text(body)
    try:
        return fromstring(_BREAKS.sub(b"", body, count=1))
    except ParseError as error:
        raise UnusableReplyError(f"not well-formed XML, {error}{excerpt(body)}") from None


def _no_error_text(body: bytes) -> None:
    head = body[:4096].lstrip()
    if not head:
        raise UnusableReplyError("an empty reply")
    if head.startswith(b"{"):
        raise UnusableReplyError(" ".join(head[:300].decode("utf-8", "replace").split()))
    if b"<html" in head.lower():
        raise UnusableReplyError(f"an HTML page{excerpt(body)}")


def _warnings(root: Element) -> tuple[str, ...]:
    """What PubMed says it did not find or left out ("PhraseNotFound: xyz")."""
    return tuple(
        f"{item.tag}: {(item.text or '').strip()}"
        for name in ("ErrorList", "WarningList")
        for group in root.iterfind(name)
        for item in group
    )
