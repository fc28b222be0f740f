"""Concepts and the table that holds them: genes, drugs, therapy classes, diseases, tests, challenges."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Target:
    """A curated drug-target link."""

    gene_id: str
    #: inhibits, activates, binds, degrades, delivers ...
    action: str
    #: "oncoref 1.20.0 PMID:22586653"
    source: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that text can name. Ids are CURIEs (definitions: Ids)."""

    id: str
    #: gene | drug | disease | test | challenge   (variants are made from the text, see miner/variants.py)
    type: str
    #: gene|family|complex, substance|class, "" otherwise
    kind: str
    name: str
    #: official symbol of a gene, "" otherwise
    symbol: str = ""
    #: surface forms other than name and symbol, in source order
    synonyms: tuple[str, ...] = ()
    #: equivalent ids as CURIEs, without the concept's own
    xrefs: tuple[str, ...] = ()
    #: direct parents (disease is-a; substance -> class; gene -> family)
    parents: tuple[str, ...] = ()
    #: a therapy in the sense of the definitions (stands in therapies.tsv)
    therapy: bool = False
    targeted: bool = False
    rare: bool = False
    neoplasm: bool = False
    targets: tuple[Target, ...] = ()
    #: challenge family; "" otherwise
    family: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class GeneDisease:
    """A curated gene-disease pair."""

    gene_id: str
    disease_id: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A concept offered for a name that was not found."""

    concept_id: str
    name: str
    type: str


class ConceptTable(Protocol):
    """Read-only look-up of concepts; one implementation, opened from the built vocabulary cache."""

    #: digest of every vocabulary file that went in, user rows included
    digest: str

    def get(self, concept_id: str) -> Concept | None:
        """The concept, following the map of retired ids; None if unknown."""

    def find(self, name: str, types: Sequence[str] = ()) -> list[Concept]:
        """Concepts with this id, name, symbol, synonym or xref (case and punctuation folded), best first."""

    def near(self, name: str, types: Sequence[str] = (), limit: int = 5) -> list[NearMatch]:
        """Closest names for an error message, best first."""

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        """Ids of all is-a ancestors, the concept itself first, then sorted."""

    def descendants(self, concept_id: str) -> tuple[str, ...]:
        """Ids of all is-a descendants, the concept itself first, then sorted."""

    def concepts(self, type: str, ids: Iterable[str] | None = None) -> Iterator[Concept]:
        """All concepts of a type in id order, or those of the given ids."""

    def targeting(self) -> Iterator[Concept]:
        """Drugs with at least one curated target, in id order."""

    def gene_diseases(self) -> Iterator[GeneDisease]:
        """Every curated gene-disease pair, sorted by gene then disease."""
