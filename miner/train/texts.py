"""Unlabelled abstracts for word vectors and silver labels, out of PubMed XML files."""

import gzip
import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, cast
from xml.etree import ElementTree

from miner.annotate_input import make_document
from miner.document import Document


def read_texts(files: Iterable[Path], closed: Collection[str]) -> Iterator[Document]:
    """Title and abstract of every record that has both and whose PMID is not closed, in the order of the files."""
    for path in files:
        with path.open("rb") as raw:
            file = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
            for _, record in ElementTree.iterparse(file):
                if record.tag != "MedlineCitation":
                    continue
                pmid = record.findtext("PMID", "")
                title = _words(record.findall("Article/ArticleTitle"))
                abstract = _words(record.findall("Article/Abstract/AbstractText"))
                record.clear()
                if title and abstract and pmid not in closed:
                    yield make_document(pmid, title, abstract)


def drawn(documents: Iterable[Document], count: int, lengths: tuple[int, int]) -> list[Document]:
    """The documents of a length in code points with the lowest digests of their ids, in that order."""
    fitting = (d for d in documents if lengths[0] <= len(d.text) <= lengths[1])
    return sorted(fitting, key=lambda d: hashlib.sha256(d.id.encode()).hexdigest())[:count]


def _words(elements: Iterable[ElementTree.Element]) -> str:
    return " ".join("".join(element.itertext()).strip() for element in elements)
