"""The sets that docs/quality.md reports on, as they lie in a data folder, and the documents of each that count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from miner.findings import EntityType
from miner.gold import GoldDocument, read_gold
from miner.train.corpora import CORPORA, SAME, kept_for_scores, shingles, training_samples

#: where a data folder lists the PMIDs that nothing may be drawn from
_HELD_OUT = "held_out_pmids.txt"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A file of mentions with the name of its split."""

    name: str
    file: str
    split: str
    source: str
    #: types that the set annotates as this project understands them
    types: frozenset[EntityType]
    #: only the documents that the recipe's rule keeps out of training
    kept: bool = False
    #: whether scores of mentions (calibration) are judged on it
    own: bool = True


_ENTITIES: frozenset[EntityType] = frozenset(("gene", "variant", "drug", "disease"))
SETS = (
    GoldSet("BC5CDR", "ner/bc5cdr_dev.pubtator", "development", "Li et al. 2016", _ENTITIES),
    GoldSet("BioRED", "ner/biored_dev.pubtator", "development", "Luo et al. 2022", _ENTITIES),
    GoldSet(
        "NCBI Disease",
        "ner/ncbi_disease_train_dev.pubtator",
        "own split: the sixth of train and development whose digest of the id says so",
        "Doğan et al. 2014",
        _ENTITIES,
        kept=True,
    ),
    GoldSet(
        "BC2GM",
        "ner/bc2gm_devel.iob.tsv",
        "development, sentences",
        "Smith et al. 2008",
        frozenset(("gene",)),
        own=False,
    ),
    GoldSet(
        "BioNLP13CG",
        "ner/bionlp13cg_devel.iob.tsv",
        "development, sentences",
        "Pyysalo et al. 2015",
        frozenset(("gene", "drug")),
        own=False,
    ),
)
FINDINGS = ("findings/roles_dev.jsonl",)
CHALLENGES = ("challenges/dev.tsv", "challenges/seed_classes_dev.tsv")


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """The documents of a set that are scored, and how many share their PMID or their text with one that trains."""

    about: GoldSet
    documents: tuple[GoldDocument, ...]
    #: documents of the file that also train or share text with one that does; left out
    left_out: int


class Training:
    """What may train, to tell which documents a score must not be measured on."""

    def __init__(self, documents: Iterable[GoldDocument]) -> None:
        self._ids: set[str] = set()
        self._runs: set[int] = set()
        for document in documents:
            self._ids.add(document.id)
            self._runs |= shingles(document.text)

    def __len__(self) -> int:
        return len(self._ids)

    def shares(self, document: GoldDocument) -> bool:
        """Whether the document, or a twentieth of its shingles, is among what trains."""
        own = shingles(document.text)
        return document.id in self._ids or len(own & self._runs) >= SAME * len(own)


def training(data: Path) -> Training:
    """The documents that the recipe would train on from this data folder; none where its corpora are missing."""

    if not all((data / corpus.file).is_file() for corpus in CORPORA):
        return Training(())
    listed = data / _HELD_OUT
    held_out = listed.read_text(encoding="utf-8").split() if listed.is_file() else []
    return Training(sample.document for sample in training_samples(data, held_out))


def load_set(data: Path, about: GoldSet, trained: Training) -> LoadedSet | None:
    """The set from the data folder; None where its file is missing.

    Raises:
        MinerInputError: the file is broken.
    """
    path = data / about.file
    if not path.is_file():
        return None
    documents = kept_documents(read_gold(path)) if about.kept else list(read_gold(path))
    apart = [_of_types(document, about.types) for document in documents if not trained.shares(document)]
    return LoadedSet(about, tuple(apart), len(documents) - len(apart))


def kept_documents(documents: Iterable[GoldDocument]) -> list[GoldDocument]:
    """Those that the recipe's rule keeps out of training."""

    return [document for document in documents if kept_for_scores(document.id)]


def _of_types(document: GoldDocument, types: frozenset[EntityType]) -> GoldDocument:
    return replace(document, mentions=tuple(m for m in document.mentions if m.type in types))


def mention_counts(documents: Sequence[GoldDocument]) -> dict[str, int]:
    """Gold mentions by type, in name order."""
    types = [m.type for document in documents for m in document.mentions]
    return {type_: types.count(type_) for type_ in sorted(set(types))}
