"""Chooses the concept that a stretch of text means, and keeps the runners-up.

Evidence, in this order: the vocabulary's prior for the surface, the words beside it (which decide between a gene and
a disease of the same name), and whether the text names the concept elsewhere without doubt.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from miner.concepts import Concept, ConceptTable, SurfaceEntry
from miner.findings import Candidate, EntityType

#: a name in the vocabulary's own spelling is right in 87-96 of 100 gold mentions (exact stage, measured on BC5CDR,
#: NCBI Disease and BioRED training documents)
_EXACT = 0.98
#: the short form of a long form that is one whole name
ABBREVIATION = 0.98
#: the short form of a long form that says more than the name found in it
BROADER = 0.8
#: what one word of context, or a mention elsewhere, moves a reading against another
_CONTEXT = 0.25
_SEEN = 0.2
#: MeSH files proteins under chemicals; where a gene has the same name, the gene is meant
_PROTEIN_AS_CHEMICAL = 0.4
#: readings closer than this are a tie: neither is chosen; an alias and a previous symbol are that close ("MDR1")
_TIE = 0.13
_MOST_RUNNERS_UP = 3
#: what is left of the score where other concepts share the name
_SHARED = 0.9
#: later schemes give way to earlier ones
_SCHEMES = ("HGNC", "FPLX", "MONDO", "UNII", "CHEMBL", "DRUGBANK", "MESH")

_AFTER: dict[str, re.Pattern[str]] = {
    "gene": re.compile(
        r"[\s-]*(?:genes?\b|proteins?\b|mRNAs?\b|mutations?\b|mutant|mutated|(?:over)?express|kinase|receptors?\b|loc(?:us|i)\b|"
        r"promoter|variants?\b|alleles?\b|polymorphism|amplif|fusion|rearrange|knock|silenc|signal+ing|pathway|levels?\b|"
        r"inhibit|antagonist|agonist|deficien|null\b|transcript|copy|[-\u2212+](?:positive|negative)|phosphorylation)"
    ),
    "disease": re.compile(
        r"[\s,-]*(?:patients?\b|syndrome|diseases?\b|cases?\b|risk\b|diagnos|survivors?\b|prevalence|incidence|mortality|"
        r"children|symptoms?\b|severity|onset|progression|treatment|therapy|tumou?rs?\b|cohort)"
    ),
    "drug": re.compile(
        r"[\s,-]*(?:therapy|treat(?:ment|ed)|monotherapy|dos(?:e|es|ing|age)\b|mg\b|administration|resistan|plus\b|\+|"
        r"infusion|injection|tablets?\b|arm\b|group\b|sensitiv|exposure|concentration)"
    ),
    "test": re.compile(r"[\s-]*(?:test|assay|sequencing|panel|platform|data|technolog|analysis)"),
}
_BEFORE: dict[str, re.Pattern[str]] = {
    "gene": re.compile(
        r"(?:\b(?:genes?|proteins?|expression (?:levels? )?of|mutations? (?:in|of)|variants? (?:in|of)|encod\w+|"
        r"levels of|loss of|silencing of|knockdown of|deletion of|amplification of|receptor|phospho\w*|mutant|mutated|"
        r"wild-type|targeting|polymorphisms? (?:in|of)|overexpression of|via|anti)[\s-]+(?:the\s+|both\s+)?)\Z",
        re.IGNORECASE,
    ),
    "disease": re.compile(
        r"(?:\b(?:patients? with|with|of|for|from|have|had|developed|diagnosed with|diagnosis of|risk of|history of|"
        r"(?:metastatic|advanced|recurrent|refractory|severe|acute|chronic|early-stage|relapsed|primary))\s+(?:a\s+|the\s+)?)\Z",
        re.IGNORECASE,
    ),
    "drug": re.compile(
        r"(?:\b(?:treated with|treatment with|therapy with|receiv(?:ed|ing)|administ\w+|given|dos\w+ of|plus|mg of|"
        r"combination with|inhibitor|exposure to|resistan\w+ to|sensitiv\w+ to|efficacy of)\s+(?:the\s+)?)\Z",
        re.IGNORECASE,
    ),
    "test": re.compile(r"(?:\b(?:using|by|via|performed|underwent)\s+(?:the\s+)?)\Z", re.IGNORECASE),
}
#: how far to look for such words, in code points
_LEFT = 32
_RIGHT = 24


@dataclass(frozen=True, slots=True)
class Link:
    """A reading of a stretch of text; concept_id is None where nothing fits well enough."""

    type: EntityType
    kind: str
    concept_id: str | None
    #: symbol of a gene, preferred name of another concept; "" where unlinked
    name: str
    score: float
    runners_up: tuple[Candidate, ...] = ()


def context_words(text: str, start: int, end: int, type: str) -> int:
    """On how many sides (0 to 2) a word of this type's context stands directly beside the range."""
    after = word_behind(text, end, type)
    before = _BEFORE[type].search(text, max(0, start - _LEFT), start) is not None
    return after + before


def word_behind(text: str, end: int, type: str) -> bool:
    """A word of this type's context follows directly."""
    return _AFTER[type].match(text, end, min(len(text), end + _RIGHT)) is not None


class Linker:
    """Links surface readings to concepts; holds the names it has looked up."""

    def __init__(self, concepts: ConceptTable) -> None:
        self._concepts = concepts
        self._known: dict[str, Concept | None] = {}

    def concept(self, concept_id: str) -> Concept | None:
        """The concept of an id, looked up once."""
        if concept_id not in self._known:
            self._known[concept_id] = self._concepts.get(concept_id)
        return self._known[concept_id]

    def name(self, concept_id: str) -> str:
        """Symbol of a gene, preferred name of anything else, the id itself where unknown."""
        concept = self.concept(concept_id)
        return (concept.symbol or concept.name) if concept else concept_id

    def choose(self, entries: Sequence[SurfaceEntry], text: str, span: tuple[int, int], seen: Collection[str]) -> Link:
        """The best reading of text[span], given the concepts that the text names elsewhere."""
        if len(entries) == 1:
            return self._link(entries[0], entries[0].prior, ())
        several_types = len({e.type for e in entries}) > 1
        scored = [(self._weight(e, text, span, seen, context=several_types), e) for e in _distinct(entries)]
        scored.sort(key=lambda pair: (-pair[0], pair[1].concept_id))
        best = scored[0]
        rivals = [pair for pair in scored[1:] if pair[1].type == best[1].type and best[0] - pair[0] < _TIE]
        runners = tuple(
            Candidate(entry.concept_id, round(min(_EXACT, max(0.0, weight) * _EXACT), 3))
            for weight, entry in scored[1:]
        )[:_MOST_RUNNERS_UP]
        if rivals:
            return self._tie([best[1], *(entry for _, entry in rivals)], best, runners)
        return self._link(best[1], best[1].prior * (_SHARED if best[1].ambiguous else 1.0), runners)

    def _weight(
        self, entry: SurfaceEntry, text: str, span: tuple[int, int], seen: Collection[str], *, context: bool
    ) -> float:
        weight = entry.prior
        if context and entry.type == "drug" and entry.concept_id.startswith("MESH:"):
            weight -= _PROTEIN_AS_CHEMICAL
        if context:
            weight += _CONTEXT * context_words(text, *span, entry.type)
        return weight + (_SEEN if entry.concept_id in seen else 0.0)

    def _tie(
        self, entries: list[SurfaceEntry], best: tuple[float, SurfaceEntry], runners: tuple[Candidate, ...]
    ) -> Link:
        """Of tied concepts the one of the preferred vocabulary, that bears the name, or is the others' ancestor.

        Any other tie stays open.
        """
        ids = {e.concept_id for e in entries}
        ranks = {e.concept_id: scheme_rank(e.concept_id) for e in entries}
        first = [e for e in entries if ranks[e.concept_id] == min(ranks.values())]
        surface = best[1].surface.lower()
        bearing = [e for e in first if surface in self.name(e.concept_id).lower()]
        general = [e for e in first if all(e.concept_id in self._concepts.ancestors(o.concept_id) for o in first)]
        for chosen in (first, bearing, general):
            if len(chosen) == 1:
                return self._link(chosen[0], chosen[0].prior * _SHARED, runners)
        entry = best[1]
        candidates = (Candidate(entry.concept_id, round(entry.prior * _EXACT / len(ids), 3)), *runners)
        return Link(_type(entry), entry.kind, None, "", 0.0, candidates[:_MOST_RUNNERS_UP])

    def _link(self, entry: SurfaceEntry, weight: float, runners: tuple[Candidate, ...]) -> Link:
        score = round(min(1.0, weight) * _EXACT, 3)
        return Link(_type(entry), entry.kind, entry.concept_id, self.name(entry.concept_id), score, runners)


def _distinct(entries: Iterable[SurfaceEntry]) -> list[SurfaceEntry]:
    """One entry a concept, the one with the best prior."""
    best: dict[str, SurfaceEntry] = {}
    for entry in entries:
        if entry.concept_id not in best or entry.prior > best[entry.concept_id].prior:
            best[entry.concept_id] = entry
    return list(best.values())


def scheme_rank(concept_id: str) -> int:
    """Place of the id's vocabulary in the order of the definitions (drug UNII > CHEMBL > ..., disease MONDO > MESH)."""
    scheme = concept_id.split(":", 1)[0]
    return _SCHEMES.index(scheme) if scheme in _SCHEMES else 0


def _type(entry: SurfaceEntry) -> EntityType:
    if entry.type not in ("gene", "drug", "disease", "test"):
        raise ValueError(f"the vocabulary has an entry of type {entry.type!r}: {entry.surface!r}")
    return entry.type  # type: ignore[return-value]
