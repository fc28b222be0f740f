"""The abstracts that recognisers are timed on, as lines that `annotate` reads."""

import json
from itertools import islice
from pathlib import Path

from corpus.files import open_pubmed
from corpus.pubmed_xml import read_items
from corpus.records import Article
from miner.annotate_input import make_document
from miner.document import Document
from tests.fetch import pubmed_file


def write_abstracts(path: Path, count: int) -> None:
    """The first records of the PubMed file that have an abstract, one JSON object a line."""
    file = pubmed_file()
    with open_pubmed(file) as stream, path.open("w", encoding="utf-8") as lines:
        articles = (item for _, item in read_items(stream, file.name) if isinstance(item, Article))
        for article in islice((a for a in articles if len(a.text) > len(a.title) + 1), count):
            fields = {"id": str(article.pmid), "title": article.title, "text": article.text[len(article.title) + 1 :]}
            lines.write(json.dumps(fields, ensure_ascii=False) + "\n")


def read_abstracts(path: Path) -> list[Document]:
    """What write_abstracts wrote, parsed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [make_document(f["id"], f["title"], f["text"]) for f in map(json.loads, lines)]


def words_each(documents: list[Document]) -> float:
    """Words of a document, on average: rates mean little without."""
    return sum(len(d.text.split()) for d in documents) / len(documents)
