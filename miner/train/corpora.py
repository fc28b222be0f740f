"""The annotated corpora of the recipe: which documents train, which are kept for scores, and what must not meet.

A document trains only when it shares neither its PMID nor a twentieth of its 12-word shingles with any document that
a reported score is measured on, and is not on the list of PMIDs that are held out.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from miner.findings import EntityType
from miner.gold import GoldDocument, GoldMention, read_gold

#: share of shingles from which two texts count as the same (the bound of docs/quality.md)
SAME = 0.05
_SHINGLE = 12
#: one NCBI Disease document in this many is kept for scores
_KEPT = 6
#: one training document in this many fits the calibration instead of the network
_CALIBRATES = 20


@dataclass(frozen=True, slots=True)
class Corpus:
    """A training file and the types it annotates completely."""

    file: str
    types: frozenset[EntityType]


_GENE: frozenset[EntityType] = frozenset(("gene",))
BIORED = Corpus("ner/biored_train.pubtator", frozenset(("gene", "drug", "disease")))
#: terms of use: SOURCES.toml; all are the work of the U.S. National Library of Medicine or its BioCreative tasks
CORPORA = (
    BIORED,
    Corpus("ner/bc5cdr_train.pubtator", frozenset(("drug", "disease"))),
    Corpus("ner/ncbi_disease_train_dev.pubtator", frozenset(("disease",))),
    Corpus("ner/gnormplus_train.pubtator", _GENE),
    Corpus("ner/nlmgene_train.pubtator", _GENE),
    Corpus("ner/tmvar3_train.pubtator", frozenset(("gene", "disease"))),
)
DRUGPROT = Corpus("relations/drugprot/train_entities.tsv", frozenset(("gene", "drug")))
SCORED = ("ner/biored_dev.pubtator", "ner/bc5cdr_dev.pubtator")
NCBI_DISEASE = "ner/ncbi_disease_train_dev.pubtator"
#: DrugProt's own texts are those of ChemProt where both have the document
_TEXTS = ("relations/chemprot/train_abstracts.tsv", "relations/chemprot/dev_abstracts.tsv")


@dataclass(frozen=True, slots=True)
class Sample:
    """A training document and the corpus that annotates it."""

    document: GoldDocument
    corpus: Corpus

    @property
    def types(self) -> frozenset[EntityType]:
        return self.corpus.types


def kept_for_scores(document_id: str) -> bool:
    """Whether an NCBI Disease document never trains: a sixth of them, drawn by the digest of the id."""
    return int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % _KEPT == 0


def calibrates(document_id: str) -> bool:
    """Whether a training document fits the calibration: a twentieth, drawn by the digest of its id."""
    return int(hashlib.sha256(document_id.encode()).hexdigest(), 16) % _CALIBRATES == 1


def scored_documents(folder: Path) -> dict[str, list[GoldDocument]]:
    """Every document a development score is measured on, by file."""
    scored = {name: list(read_gold(folder / name)) for name in SCORED}
    scored[NCBI_DISEASE] = [d for d in read_gold(folder / NCBI_DISEASE) if kept_for_scores(d.id)]
    return scored


def closed_ids(folder: Path, held_out: Iterable[str]) -> frozenset[str]:
    """Ids from which nothing is learnt, not even word vectors: scored documents and what is held out."""
    return frozenset(d.id for documents in scored_documents(folder).values() for d in documents) | frozenset(held_out)


def training_samples(folder: Path, held_out: Iterable[str]) -> Iterator[Sample]:
    """The documents that may train, in the order of CORPORA; a document of two corpora trains once, in the first."""
    apart = [document for documents in scored_documents(folder).values() for document in documents]
    closed = closed_ids(folder, held_out)
    shingled = set().union(*(shingles(document.text) for document in apart))
    seen: set[str] = set()
    for corpus, documents in _pools(folder):
        for document in documents:
            own = shingles(document.text)
            shared = len(own & shingled) / max(1, len(own))
            if document.id not in closed and document.id not in seen and shared < SAME:
                seen.add(document.id)
                yield Sample(document, corpus)


def _pools(folder: Path) -> Iterator[tuple[Corpus, Iterator[GoldDocument]]]:
    for corpus in CORPORA:
        yield corpus, read_gold(folder / corpus.file)
    yield DRUGPROT, read_drugprot(folder)


def read_drugprot(folder: Path) -> Iterator[GoldDocument]:
    """DrugProt's training documents whose text ChemProt carries, in the order of the entity file."""
    texts = {}
    for name in _TEXTS:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            id_, title, abstract = line.split("\t")
            texts[id_] = (title, f"{title} {abstract}")
    mentions: dict[str, list[GoldMention]] = {}
    for line in (folder / DRUGPROT.file).read_text(encoding="utf-8").splitlines():
        id_, _, label, start, end, written = line.split("\t")
        if id_ in texts and texts[id_][1][int(start) : int(end)] == written:
            type_: EntityType = "drug" if label == "CHEMICAL" else "gene"
            mentions.setdefault(id_, []).append(GoldMention(int(start), int(end), type_))
    for id_, found in mentions.items():
        yield GoldDocument(id_, *texts[id_], tuple(sorted(found, key=lambda m: (m.start, m.end, m.type))))


def shingles(text: str) -> set[int]:
    """Digests of every run of twelve words, in lower case."""
    words = text.lower().split()
    runs = (" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
    return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs}
