"""annotate for any input: detects what came in, reads it as a stream, and remembers whether a document failed."""

import gzip
from collections.abc import Iterable, Iterator
from io import BufferedReader
from typing import BinaryIO, cast

from corpus.errors import IncompleteFileError, RecordError
from corpus.pubmed_xml import read_items
from corpus.records import Article
from miner.annotate import Annotation, BadDocument, annotate
from miner.annotate_input import article_documents, detect, read_documents
from miner.annotate_output import write
from miner.document import Document
from miner.executors import local_executor
from theragraph.chain import pipeline
from theragraph.session import Session

_HEAD = 4096
_GZIP = b"\x1f\x8b"


class Annotating:
    """One call of annotate; failed turns true when a document could not be annotated."""

    def __init__(self, session: Session, *, explain: bool, workers: int | None) -> None:
        self._session = session
        self._explain = explain
        self._workers = session.settings.mining_workers if workers is None else workers
        self.failed = False

    def pieces(self, stream: BufferedReader, name: str, format: str) -> Iterator[str]:
        """The output in pieces, in input order."""
        source = pipeline(self._session)
        head = stream.peek(_HEAD)
        kind = detect(head)
        items: Iterable[Document | BadDocument]
        if kind == "xml":
            whole = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if head.startswith(_GZIP) else stream
            items = article_documents(_articles(whole, name))
        else:
            items = read_documents(stream, kind, name)
        concepts = self._session.concepts()
        with local_executor(self._workers) as executor:
            results = self._watched(annotate(items, source, executor))
            yield from write(results, format, concepts, explain=self._explain)

    def _watched(self, results: Iterable[Annotation | BadDocument]) -> Iterator[Annotation | BadDocument]:
        for result in results:
            self.failed |= isinstance(result, BadDocument)
            yield result


def _articles(stream: BinaryIO, name: str) -> Iterator[Article | BadDocument]:
    """The records of a PubMed file; a bad record, or the place where the file breaks off, as such."""
    try:
        for _, item in read_items(stream, name):
            if isinstance(item, RecordError):
                yield BadDocument(str(item.pmid) if item.pmid else None, "input", str(item))
            elif isinstance(item, Article):
                yield item
    except IncompleteFileError as error:
        yield BadDocument(None, "input", str(error))
