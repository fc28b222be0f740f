"""Invented vocabulary, articles and mined results: a small world in which every definition can be tried."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.records import Article, Correction, DataBank, Passage, PublicationDate
from graph.assemble import StudyState
from graph.engines import GraphEngine
from graph.evidence import EVERYTHING, Thresholds
from graph.load import SavedSearch, load_graph
from graph.report import LoadReport
from miner.concepts import Concept, GeneDisease, NearMatch, Target
from miner.decisions import Judgement
from miner.findings import About, Challenge, Design, Finding, Mention, MinedArticle, Participant, digest, finding_id

DRUG, OTHER_DRUG, DRUG_CLASS = "UNII:DRUGA", "UNII:DRUGB", "TGC:kinase-inhibitor"
GENE, FAMILY, RARE_GENE = "HGNC:1", "FPLX:FAM", "HGNC:2"
DISEASE, CANCER, RARE, EVENT = "MONDO:1", "MONDO:2", "MONDO:3", "MONDO:4"
VARIANT, TEST, COST = "TGV:HGNC:1:p.T790M", "TGT:exome", "challenge:cost"

ALPHANIB = Concept(
    *(DRUG, "drug", "substance", "alphanib"),
    parents=(DRUG_CLASS,),
    therapy=True,
    targeted=True,
    targets=(Target(GENE, "inhibits", "curated 1"),),
)
CONCEPTS = (
    ALPHANIB,
    Concept(OTHER_DRUG, "drug", "substance", "betamab", therapy=True),
    Concept(DRUG_CLASS, "drug", "class", "kinase inhibitor", therapy=True, targeted=True),
    Concept(GENE, "gene", "gene", "gene one", symbol="GEN1", parents=(FAMILY,)),
    Concept(FAMILY, "gene", "family", "GEN family"),
    Concept(RARE_GENE, "gene", "gene", "gene two", symbol="GEN2"),
    Concept(DISEASE, "disease", "", "lung adenocarcinoma", parents=(CANCER,), neoplasm=True),
    Concept(CANCER, "disease", "", "cancer", neoplasm=True),
    Concept(RARE, "disease", "", "rare syndrome", rare=True),
    Concept(EVENT, "disease", "", "rash"),
    Concept(TEST, "test", "", "exome sequencing"),
    Concept(COST, "challenge", "", "cost", family="economic", definition="Price and who pays it."),
    Concept("challenge:accuracy", "challenge", "", "accuracy", family="technical", definition="How often it is right."),
    Concept("challenge:resistance", "challenge", "", "resistance", family="clinical", definition="It stops working."),
)


class Vocabulary:
    """A ConceptTable over CONCEPTS, with one retired id."""

    def __init__(self, concepts: Sequence[Concept] = CONCEPTS, digest: str = "vocabulary 1") -> None:
        self.digest = digest
        self._by_id = {concept.id: concept for concept in concepts}

    @classmethod
    def renamed(cls) -> "Vocabulary":
        """A later version: one drug has another name and no class, the rare syndrome is gone."""
        changed = replace(ALPHANIB, name="alphanib mesylate", parents=(), targets=())
        kept = [changed if concept is ALPHANIB else concept for concept in CONCEPTS if concept.id != RARE]
        return cls(kept, "vocabulary 2")

    def get(self, concept_id: str) -> Concept | None:
        return self._by_id.get({"UNII:OLD": DRUG}.get(concept_id, concept_id))

    def find(self, name: str, types: Sequence[str] = ()) -> list[Concept]:
        return [c for c in self._by_id.values() if c.name == name]

    def near(self, name: str, types: Sequence[str] = (), limit: int = 5) -> list[NearMatch]:
        return []

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        above: set[str] = set()
        todo = [concept_id]
        while todo:
            concept = self._by_id.get(todo.pop())
            if concept and concept.id not in above:
                above.add(concept.id)
                todo += concept.parents
        return (concept_id, *sorted(above - {concept_id}))

    def descendants(self, concept_id: str) -> tuple[str, ...]:
        below = {c for c in self._by_id if concept_id in self.ancestors(c)}
        return (concept_id, *sorted(below - {concept_id}))

    def concepts(self, type: str, ids: Iterable[str] | None = None) -> Iterator[Concept]:
        return (c for key, c in sorted(self._by_id.items()) if c.type == type and (ids is None or key in ids))

    def targeting(self) -> Iterator[Concept]:
        return (c for _, c in sorted(self._by_id.items()) if c.targets)

    def gene_diseases(self) -> Iterator[GeneDisease]:
        yield GeneDisease(GENE, CANCER, ("curated 2",))
        yield GeneDisease(RARE_GENE, RARE, ("curated 2",))


@dataclass
class World:
    """The stores of a load: what StudyRecords and MinedRecords give, to be changed between loads."""

    articles: dict[int, Article] = field(default_factory=dict)
    states: dict[int, StudyState] = field(default_factory=dict)
    results: dict[int, MinedArticle] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    searches: tuple[SavedSearch, ...] = ()
    thresholds: Thresholds = EVERYTHING
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def add(self, study: Article, mined: MinedArticle | None = None, state: StudyState | None = None) -> None:
        self.articles[study.pmid] = study
        self.states[study.pmid] = state or StudyState()
        self.results.pop(study.pmid, None)
        if mined:
            self.results[study.pmid] = replace(mined, id=str(study.pmid), text_digest=study.text_digest)

    def remove(self, pmid: int) -> None:
        for store in (self.articles, self.states, self.results):
            store.pop(pmid, None)  # type: ignore[attr-defined]

    def study_digests(self) -> Iterable[tuple[int, str]]:
        return [(pmid, digest(repr(self.articles[pmid]), repr(self.states[pmid]))) for pmid in sorted(self.articles)]

    def studies(self, pmids: Sequence[int]) -> Iterable[tuple[Article, StudyState]]:
        return [(self.articles[pmid], self.states[pmid]) for pmid in pmids]

    def mined_digests(self) -> Iterable[tuple[int, str]]:
        return [(pmid, digest(repr(item))) for pmid, item in sorted(self.results.items())]

    def mined(self, pmids: Sequence[int]) -> Iterable[MinedArticle]:
        return [self.results[pmid] for pmid in pmids if pmid in self.results]

    def load(self, engine: GraphEngine, folder: Path, **options: Any) -> LoadReport:
        return load_graph(
            engine,
            self,
            self,
            self.vocabulary,
            manifest=folder / "manifest.db",
            history=folder / "history.db",
            judgements=self.judgements.values(),
            searches=self.searches,
            thresholds=self.thresholds,
            **options,
        )


def article(
    pmid: int, *sentences: str, title: str = "A title.", year: int | None = 2020, trial: str = "", **more: Any
) -> Article:
    """An article whose abstract is these sentences."""
    text = " ".join((title, *sentences))
    passages = [Passage("TITLE", "", 0, len(title))]
    if sentences:
        passages.append(Passage("", "", len(title) + 1, len(text)))
    return Article(
        pmid=pmid,
        version=1,
        title=title,
        text=text,
        passages=tuple(passages),
        languages=("eng",),
        publication_date=PublicationDate(str(year), year, "year") if year else None,
        data_banks=(DataBank("ClinicalTrials.gov", (trial,)),) if trial else (),
        **more,
    )


def finding(
    study: Article,
    sentence: str,
    kind: str = "efficacy",
    relation: str = "benefit",
    *,
    drugs: Sequence[str] = (DRUG,),
    genes: Sequence[str] = (),
    variants: Sequence[str] = (),
    disease: str | None = DISEASE,
    event: str | None = None,
    **more: Any,
) -> Finding:
    """A finding of this sentence; asserted, in patients, level B unless said otherwise."""

    def people(ids: Sequence[str | None]) -> tuple[Participant, ...]:
        return tuple(Participant(i, _name(i)) if i else Participant(None, "something") for i in ids)

    start = study.text.index(sentence)
    values: dict[str, Any] = {
        "polarity": "supports",
        "certainty": "asserted",
        "subject": "patients",
        "level": "B",
        "confidence": 0.8,
    }
    drafted = Finding(
        kind=kind,  # type: ignore[arg-type]
        relation=relation,
        start=start,
        end=start + len(sentence),
        id="",
        drugs=people(drugs),
        genes=people(genes),
        variants=people(variants),
        disease=people([disease])[0] if disease else None,
        disease_from="sentence" if disease else "none",
        event=people([event])[0] if event else None,
        **(values | more),
    )
    key = finding_id(str(study.pmid), sentence, kind, relation, drafted.polarity, drafted.participants)
    return replace(drafted, id=key)


def challenge(
    study: Article,
    sentence: str,
    stance: str = "barrier",
    *,
    about: Sequence[str] = (TEST,),
    classes: Sequence[str] = ("cost",),
    score: float = 0.9,
) -> Challenge:
    """A challenge sentence."""
    start = study.text.index(sentence)
    things = tuple(About(i, _name(i), "sentence") for i in about)
    key = digest("challenge", study.pmid, sentence, classes, stance)
    return Challenge(start, start + len(sentence), tuple(classes), stance, score, key, things)  # type: ignore[arg-type]


def mention(study: Article, text: str, concept_id: str | None, type: str = "drug", **more: Any) -> Mention:
    """The first mention of a text."""
    start = study.text.index(text)
    return Mention(start, start + len(text), text, type, "", concept_id, text, 1.0, **more)  # type: ignore[arg-type]


def mined(
    *findings: Finding, challenges: Sequence[Challenge] = (), mentions: Sequence[Mention] = (), design: str = "cohort"
) -> MinedArticle:
    """What was mined; World.add completes id and text digest."""
    return MinedArticle("0", "", tuple(mentions), tuple(findings), tuple(challenges), Design(design))


def corrected(study: Article, kind: str, pmid: int) -> Article:
    """The article with one more note about another record."""
    return replace(study, corrections=(*study.corrections, Correction(kind, "J", pmid)))


def _name(concept_id: str) -> str:
    concept = Vocabulary().get(concept_id)
    return concept.name if concept else {VARIANT: "GEN1 T790M"}.get(concept_id, concept_id)
