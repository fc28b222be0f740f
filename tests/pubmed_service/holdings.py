"""What the emulated PubMed holds: records as NLM wrote them, found by id, by date and by word."""

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_BEGIN, _END = b"<PubmedArticle>", b"</PubmedArticle>"
_PMID = re.compile(rb'<PMID Version="(\d+)">(\d+)</PMID>')
_TEXT = re.compile(rb"<(?:ArticleTitle|AbstractText)[^>]*>(.*?)</(?:ArticleTitle|AbstractText)>", re.DOTALL)
_TAG = re.compile(rb"<[^>]+>")
_WORD = re.compile(r"[a-z0-9]+")
_DATE = rb"<Year>(\d+)</Year>\s*<Month>(\d+)</Month>\s*<Day>(\d+)</Day>"
_REVISED = re.compile(rb"<DateRevised>\s*" + _DATE)
#: field tag -> PubStatus of the date it asks for (names as NLM has them: "entrez" is the create date)
STATUS = {"crdt": b"entrez", "edat": b"pubmed", "mhda": b"medline"}
_HISTORY = {
    tag: re.compile(rb'<PubMedPubDate PubStatus="' + status + rb'">\s*' + _DATE) for tag, status in STATUS.items()
}


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one record, as bytes."""

    pmid: int
    version: int
    xml: bytes

    @classmethod
    def of(cls, xml: bytes) -> "Record":
        """The record that a PubmedArticle element is."""
        match = _PMID.search(xml)
        if match is None:
            raise ValueError("no PMID in this record")
        return cls(int(match[2]), int(match[1]), xml)

    def date(self, tag: str) -> str:
        """YYYY/MM/DD of a field tag (crdt, edat, mhda, mdat), "" where the record has none."""
        pattern = _REVISED if tag in ("mdat", "lr") else _HISTORY.get(tag)
        match = pattern.search(self.xml) if pattern else None
        return f"{int(match[1]):04}/{int(match[2]):02}/{int(match[3]):02}" if match else ""

    def words(self) -> set[str]:
        """Words of title and abstract in small letters."""
        text = b" ".join(_TEXT.findall(self.xml))
        return set(_WORD.findall(_TAG.sub(b" ", text).decode("utf-8", "replace").lower()))


def records_in(path: Path) -> Iterator[Record]:
    """The records of a PubMed file, in its order."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return (Record.of(part[part.index(_BEGIN) :] + _END) for part in data.split(_END) if _BEGIN in part)


@dataclass(slots=True)
class Holdings:
    """Records by PMID, of each the highest version; changing them changes what every later request finds."""

    records: dict[int, Record] = field(default_factory=dict)
    _words: dict[str, set[int]] = field(default_factory=dict)

    @classmethod
    def of_files(cls, *paths: Path) -> "Holdings":
        """Everything in these files."""
        held = cls()
        for path in paths:
            held.put(records_in(path))
        return held

    def copy(self) -> "Holdings":
        """The same records, to be changed apart; the index of words is shared until then."""
        self.with_word("")
        return Holdings(dict(self.records), self._words)

    def put(self, records: Iterable[Record]) -> None:
        """Add records, or replace them by the same or a higher version."""
        for record in records:
            held = self.records.get(record.pmid)
            if held is None or record.version >= held.version:
                self.records[record.pmid] = record
        self._words = {}

    def remove(self, *pmids: int) -> None:
        """Delete as NLM does: the API no longer knows the record and does not say so."""
        for pmid in pmids:
            self.records.pop(pmid, None)
        self._words = {}

    def with_word(self, word: str) -> set[int]:
        """PMIDs whose title or abstract has the word."""
        if not self._words:
            for pmid, record in self.records.items():
                for each in record.words():
                    self._words.setdefault(each, set()).add(pmid)
        return set(self._words.get(word.lower(), ()))

    def dated(self, tag: str, first: str, last: str) -> set[int]:
        """PMIDs whose date lies in the range, both ends included; a year or month alone means all of it."""
        top = last + "~"
        return {pmid for pmid, record in self.records.items() if first <= record.date(tag) <= top and record.date(tag)}

    def numbered(self, low: int, high: int) -> set[int]:
        """PMIDs of the range, both ends included."""
        return {pmid for pmid in self.records if low <= pmid <= high}
