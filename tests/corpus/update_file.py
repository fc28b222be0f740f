"""A second and a third daily file made from NLM's real one, by a seed: revised, deleted, returned, retracted."""

import gzip
import itertools
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.pubmed_service.holdings import Record, records_in

SEED = 20261124
REVISED, METADATA, DELETED, RETURNED, RETRACTED = 100, 100, 50, 20, 5
#: the real file is number 1298 of 2021
SECOND, THIRD = "pubmed21n1299.xml.gz", "pubmed21n1300.xml.gz"
_TITLE = re.compile(rb"(<ArticleTitle[^>]*>)")
_COUNTRY = re.compile(rb"(<MedlineJournalInfo>\s*)<Country>[^<]*</Country>")
_TYPES = re.compile(rb"</PublicationTypeList>")
_RETRACTED = b'<PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>'


@dataclass(frozen=True, slots=True)
class Made:
    """The two files, and which PMIDs they were made to change."""

    second: Path
    third: Path
    revised: frozenset[int]
    metadata: frozenset[int]
    deleted: frozenset[int]
    returned: frozenset[int]
    retracted: frozenset[int]


def make(real: Path, folder: Path) -> Made:
    """Both files in the folder; the second brings every change, the third brings some of the deleted back."""
    records = {record.pmid: record for record in records_in(real)}
    fit = sorted(pmid for pmid, record in records.items() if _fit(record))
    drawn = random.Random(SEED).sample(fit, REVISED + METADATA + DELETED + RETRACTED)
    ends = (0, REVISED, REVISED + METADATA, REVISED + METADATA + DELETED, len(drawn))
    revised, metadata, deleted, retracted = (drawn[a:b] for a, b in itertools.pairwise(ends))
    changed = [_TITLE.sub(rb"\1Revised: ", records[pmid].xml, count=1) for pmid in revised]
    changed += [_COUNTRY.sub(rb"\1<Country>Elsewhere</Country>", records[pmid].xml, count=1) for pmid in metadata]
    changed += [_TYPES.sub(_RETRACTED, records[pmid].xml, count=1) for pmid in retracted]
    returned = deleted[:RETURNED]
    return Made(
        _write(folder / SECOND, changed, deleted),
        _write(folder / THIRD, [records[pmid].xml for pmid in returned], []),
        *(frozenset(pmids) for pmids in (revised, metadata, deleted, returned, retracted)),
    )


def _fit(record: Record) -> bool:
    """One version only, with all that is changed in it, and not retracted already."""
    patterns = (_TITLE, _COUNTRY, _TYPES)
    return record.version == 1 and all(p.search(record.xml) for p in patterns) and b"D016441" not in record.xml


def _write(path: Path, records: Iterable[bytes], deleted: list[int]) -> Path:
    pmids = b"".join(b'<PMID Version="1">%d</PMID>' % pmid for pmid in sorted(deleted))
    deletions = b"<DeleteCitation>" + pmids + b"</DeleteCitation>\n" if deleted else b""
    body = b"\n".join(records) + b"\n" + deletions
    path.write_bytes(gzip.compress(b'<?xml version="1.0"?>\n<PubmedArticleSet>\n' + body + b"</PubmedArticleSet>\n"))
    return path
