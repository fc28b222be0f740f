"""What a load is made from: the stores as the loader sees them, vocabulary, judgements and saved searches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Protocol

from corpus.records import Article
from graph.assemble import StudyRows, StudyState, assemble_study
from graph.evidence import EVERYTHING, Thresholds
from graph.vocabulary import Names
from miner.decisions import Judgement
from miner.findings import MinedArticle, digest

#: modules that decide what rows follow from the inputs; a change in them has every study assembled again
_RULES = ("assemble", "claims", "evidence", "kinds", "rows", "schema", "vocabulary")


class StudyRecords(Protocol):
    """What the loader needs of the corpus: live studies, of each PMID the version that counts."""

    def study_digests(self) -> Iterable[tuple[int, str]]:
        """(PMID, digest of the record and its state) of every study that belongs in the graph."""

    def studies(self, pmids: Sequence[int]) -> Iterable[tuple[Article, StudyState]]:
        """These studies, in any order."""


class MinedRecords(Protocol):
    """What the loader needs of the miner's store."""

    def mined_digests(self) -> Iterable[tuple[int, str]]:
        """(PMID, digest of what was mined) of every mined article."""

    def mined(self, pmids: Sequence[int]) -> Iterable[MinedArticle]:
        """What was mined from these, in any order; those not mined are left out."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A saved search and the studies it found."""

    id: str
    name: str
    pmids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the digest of the graph follows from."""

    studies: StudyRecords
    mined: MinedRecords
    names: Names
    judgements: Mapping[str, Judgement]
    searches: tuple[SavedSearch, ...]
    thresholds: Thresholds = EVERYTHING

    def study_inputs(self) -> dict[int, str]:
        """PMID -> digest of all that its rows follow from, judgements apart."""
        mined = dict(self.mined.mined_digests())
        rules = f"{self.rules()} {self.thresholds}"
        return {
            pmid: sha256(f"{rules} {record} {mined.get(pmid, '')}".encode()).hexdigest()[:32]
            for pmid, record in self.studies.study_digests()
        }

    def rules(self) -> str:
        """Digest of what rows follow from besides studies: code, schema and vocabularies."""
        return digest(_rules_digest(), self.names.table.digest)

    def judged(self) -> dict[str, str]:
        """Finding id -> digest of its judgement."""
        return {
            key: digest(value.verdict, value.level, repr(value.correction)) for key, value in self.judgements.items()
        }

    def searches_digest(self) -> str:
        """Digest of the saved searches and what they found."""
        return digest([(search.id, search.name, sorted(search.pmids)) for search in self.searches])

    def assembled(self, pmids: Sequence[int]) -> Iterator[StudyRows]:
        """The rows of these studies, in the order given."""
        mined = {int(item.id): item for item in self.mined.mined(pmids)}
        records = {article.pmid: (article, state) for article, state in self.studies.studies(pmids)}
        for pmid in pmids:
            if pmid in records:
                article, state = records[pmid]
                yield assemble_study(article, state, mined.get(pmid), self.names, self.judgements, self.thresholds)


@cache
def _rules_digest() -> str:
    content = sha256()
    for name in _RULES:
        content.update(files("graph").joinpath(f"{name}.py").read_bytes())
    return content.hexdigest()
