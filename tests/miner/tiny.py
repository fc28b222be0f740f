"""A vocabulary of a few dozen concepts, with a matcher of its own, for tests that need no built one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from miner.concepts import Concept, GeneDisease, Hit, Named, NearMatch, SurfaceEntry
from miner.findings import digest
from miner.pipeline import Pipeline, dictionary_pipeline
from miner.span_names import name_keys

#: id, type, kind, name, symbol, synonyms
_ROWS = """
HGNC:3236|gene|gene|epidermal growth factor receptor|EGFR|ERBB1
HGNC:6407|gene|gene|KRAS proto-oncogene, GTPase|KRAS|
HGNC:1100|gene|gene|BRCA1 DNA repair associated|BRCA1|
HGNC:1101|gene|gene|BRCA2 DNA repair associated|BRCA2|
HGNC:1316|gene|gene|EMAP like 4|EML4|
HGNC:427|gene|gene|ALK receptor tyrosine kinase|ALK|
HGNC:1097|gene|gene|B-Raf proto-oncogene|BRAF|
HGNC:7029|gene|gene|MET proto-oncogene|MET|
HGNC:3430|gene|gene|erb-b2 receptor tyrosine kinase 2|ERBB2|HER2
HGNC:17635|gene|gene|CD274 molecule|CD274|PD-L1
HGNC:195|gene|gene|ADAM metallopeptidase domain 17|ADAM17|TACE
HGNC:19751|gene|gene|scavenger receptor class A member 3|SCARA3|CSR
HGNC:11935|gene|gene|CD40 ligand|CD40LG|IgM
HGNC:6188|gene|gene|jagged canonical Notch ligand 1|JAG1|AGS
HGNC:2928|gene|gene|dystrophin|DMD|
HGNC:7436|gene|gene|methylenetetrahydrofolate reductase|MTHFR|
HGNC:2621|gene|gene|cytochrome P450 family 2 subfamily C member 19|CYP2C19|
HGNC:4932|gene|gene|major histocompatibility complex, class I, B|HLA-B|
HGNC:9588|gene|gene|phosphatase and tensin homolog|PTEN|
HGNC:20001|gene|gene|proprotein convertase subtilisin/kexin type 9|PCSK9|
HGNC:30009|gene|gene|wasteful protein|WAS|was
UNII:3C06JJ0Z2O|drug|substance|osimertinib||Tagrisso
UNII:S65743JHBS|drug|substance|gefitinib||Iressa
UNII:2S9ZZM9Q9V|drug|substance|bevacizumab||
UNII:MAY|drug|substance|mayzent||may
TGC:EGFR_TKI|drug|class|EGFR tyrosine kinase inhibitor||EGFR-TKI
TGC:CHEMOTHERAPY|drug|class|chemotherapy||
MONDO:0005233|disease||non-small cell lung carcinoma||non-small cell lung cancer;NSCLC
MONDO:0008903|disease||lung cancer||
MONDO:0007254|disease||breast cancer||
MONDO:0006244|disease||HER2 positive breast carcinoma||HER2-positive breast cancer
MONDO:0010679|disease||Duchenne muscular dystrophy||DMD
MONDO:0008315|disease||prostate cancer||
MONDO:0005301|disease||multiple sclerosis||MS
MONDO:0001516|disease||spinal muscular atrophy||
MONDO:0100999|disease||plague||pest
TGT:WES|test||whole-exome sequencing||
"""


def tiny_concepts(*, extra: str = "") -> list[Concept]:
    """The concepts, with more rows of the same form."""
    found = []
    for row in (_ROWS + extra).strip().splitlines():
        id, type, kind, name, symbol, synonyms = row.split("|")
        names = tuple(s for s in synonyms.split(";") if s)
        xrefs = ("NCBIGene:1956",) if id == "HGNC:3236" else ()
        found.append(Concept(id, type, kind, name, symbol, names, xrefs))
    return found


class TinyMatcher:
    """Finds surfaces by one regular expression each."""

    def __init__(self, surfaces: dict[str, list[SurfaceEntry]]) -> None:
        self._surfaces = surfaces
        names = sorted(map(re.escape, surfaces), key=len, reverse=True)
        self._patterns = [re.compile(rf"(?<![^\W_])(?:{name})(?![^\W_])", re.IGNORECASE) for name in names]

    def find(self, text: str) -> list[Hit]:
        hits = []
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                entries = [e for e in self._surfaces[match[0].lower()] if e.mode == "folded" or e.surface == match[0]]
                if entries and len(match[0].lower()) == len(match[0]):
                    entries.sort(key=lambda e: (-e.prior, e.concept_id))
                    hits.append(Hit(match.start(), match.end(), tuple(entries)))
        return sorted(hits, key=lambda h: (h.start, -h.end))


class TinyTable:
    """The ConceptTable of these concepts."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._concepts = {c.id: c for c in concepts}
        self.digest = digest("tiny", [(c.id, c.name, c.symbol, c.synonyms) for c in concepts])
        self._surfaces: dict[str, list[SurfaceEntry]] = {}
        for concept in concepts:
            for entry in _entries(concept):
                self._surfaces.setdefault(entry.surface.lower(), []).append(entry)
        self._matcher = TinyMatcher(self._surfaces)

    def get(self, concept_id: str) -> Concept | None:
        return self._concepts.get(concept_id)

    def find(self, name: str, types: Sequence[str] = ()) -> list[Concept]:
        entries = self._surfaces.get(name.lower(), [])
        return [self._concepts[e.concept_id] for e in entries if not types or e.type in types]

    def near(self, name: str, types: Sequence[str] = (), limit: int = 5) -> list[NearMatch]:
        return []

    def named(self, key: str, form: int) -> list[Named]:
        ranks = {"name": 0.2, "symbol": 0.2}
        found = {
            e.concept_id: Named(e.concept_id, ranks.get(e.name_kind, 0.6))
            for entries in self._surfaces.values()
            for e in entries
            if (key, form) in name_keys(e.surface)
        }
        return sorted(found.values(), key=lambda n: (n.rank, n.concept_id))

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        return (concept_id,)

    def descendants(self, concept_id: str) -> tuple[str, ...]:
        children = sorted(c.id for c in self._concepts.values() if concept_id in c.parents)
        return (concept_id, *children)

    def concepts(self, type: str, ids: Iterable[str] | None = None) -> Iterator[Concept]:
        return iter([c for c in self._concepts.values() if c.type == type])

    def targeting(self) -> Iterator[Concept]:
        return iter(())

    def gene_diseases(self) -> Iterator[GeneDisease]:
        return iter(())

    def matcher(self) -> TinyMatcher:
        return self._matcher


def _entries(concept: Concept) -> Iterator[SurfaceEntry]:
    def entry(surface: str, kind: str, prior: float) -> SurfaceEntry:
        mode = "exact" if surface.isupper() or (concept.type == "gene" and len(surface) < 6) else "folded"
        return SurfaceEntry(concept.id, concept.type, concept.kind, mode, surface, prior, kind)

    yield entry(concept.name, "name", 1.0)
    if concept.symbol:
        yield entry(concept.symbol, "symbol", 1.0)
    for name in concept.synonyms:
        yield entry(name, "alias", 0.8)


@dataclass(frozen=True, slots=True)
class TinyPipeline:
    """A pipeline over the tiny vocabulary, for worker processes."""

    extra: str = ""

    def build(self) -> Pipeline:
        return dictionary_pipeline(TinyTable(tiny_concepts(extra=self.extra)))


@dataclass(frozen=True, slots=True)
class FailingPipeline:
    """The tiny pipeline, but a text with the word bomb fails."""

    def build(self) -> Pipeline:
        return Pipeline(_Bomb(TinyPipeline().build()))


class _Bomb:
    def __init__(self, pipeline: Pipeline) -> None:
        self.digest = "bomb"
        self._recogniser = pipeline.recogniser

    def recognise(self, text, sentences):  # type: ignore[no-untyped-def]
        if "bomb" in text:
            raise ValueError("the bomb went off")
        return self._recogniser.recognise(text, sentences)
