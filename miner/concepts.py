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


@dataclass(frozen=True, slots=True)
class Named:
    """A concept that bears a name."""

    concept_id: str
    #: 0.2 its own name or symbol, 0.4 brand, code or salt, 0.6 another name, 0.8 a previous symbol; for a learned
    #: name 1 - the share of its annotations that mean the concept
    rank: float


@dataclass(frozen=True, slots=True)
class SurfaceEntry:
    """One reading of a surface form: the concept it may name and how far to trust that."""

    concept_id: str
    #: gene | drug | disease | test
    type: str
    #: the concept's kind: gene|family|complex, substance|class, "" otherwise
    kind: str
    #: "exact" = letter case had to agree, "capital" = had to begin with a capital, "folded" = case ignored
    mode: str
    #: the name as the vocabulary writes it
    surface: str
    #: 0 to 1: 1.0 preferred name or official symbol, lower for aliases, codes and names that several concepts share
    prior: float
    #: name | symbol | alias | previous | brand | code | salt | abbreviation
    name_kind: str = "alias"
    #: several concepts of the vocabulary have this surface
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text (code points, half-open) that is a surface form of at least one concept."""

    start: int
    end: int
    #: best prior first, then by concept id
    entries: tuple[SurfaceEntry, ...]


class SurfaceMatcher(Protocol):
    """Finds vocabulary names in text."""

    def find(self, text: str) -> list[Hit]:
        """All hits that respect word boundaries, by start then longest first; they may overlap."""


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

    def named(self, key: str, form: int) -> Sequence[Named]:
        """Concepts with a name of this key, best first; form: see miner/span_names.py."""

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

    def matcher(self) -> SurfaceMatcher:
        """The matcher over all surface forms; loaded at the first call, then shared."""
