"""What mining makes of an article: mentions, findings, challenges and the study design."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

EntityType = Literal["gene", "variant", "drug", "disease", "test"]
FindingKind = Literal["predictive", "efficacy", "target", "prognostic", "diagnostic", "predisposing", "safety"]
Polarity = Literal["supports", "does_not_support"]
Certainty = Literal["asserted", "speculative", "aim", "background"]
Subject = Literal["patients", "animal", "cell_line", "in_silico", "unknown"]
Stance = Literal["barrier", "overcome", "absent"]
Level = Literal["A", "B", "C", "D", "E"]
DiseaseFrom = Literal["sentence", "title", "none"]

#: kind -> its relations; the fixed vocabulary of docs/annotate.md
RELATIONS: dict[str, tuple[str, ...]] = {
    "predictive": ("sensitivity", "resistance", "reduced_sensitivity", "adverse_response", "no_effect"),
    "efficacy": ("benefit", "no_benefit"),
    "target": ("inhibits", "activates", "binds"),
    "prognostic": ("better_outcome", "worse_outcome", "no_effect"),
    "diagnostic": ("positive", "negative"),
    "predisposing": ("increased_risk", "decreased_risk", "no_effect"),
    "safety": ("causes", "does_not_cause"),
}

CHALLENGE_FAMILIES: dict[str, tuple[str, ...]] = {
    "economic": ("cost",),
    "delivery": ("access", "resources", "expertise"),
    "technical": ("accuracy", "interpretation"),
    "societal": ("ethics", "privacy", "regulation"),
    "clinical": ("evidence", "resistance", "toxicity", "heterogeneity", "prognosis"),
}
#: every class of challenge, family by family
CHALLENGES: tuple[str, ...] = tuple(name for family in CHALLENGE_FAMILIES.values() for name in family)
STANCES: tuple[Stance, ...] = get_args(Stance)

DESIGNS: tuple[str, ...] = (
    "meta-analysis",
    "systematic review",
    "randomised trial",
    "single-arm trial",
    "cohort",
    "case-control",
    "case series",
    "case report",
    "cross-sectional",
    "in vivo",
    "in vitro",
    "computational",
    "review",
    "guideline",
    "protocol",
    "editorial",
    "notice",
    "other",
)


def digest(*parts: object) -> str:
    """32 hex digits that depend on the parts alone, on no platform and no run."""
    line = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=list)
    return hashlib.sha256(line.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Span:
    """Code points into Article.text, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a mention may mean, with the score it reached (0 to 1, 3 decimals)."""

    concept_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Mention:
    """One entity as it stands in the text, linked or not."""

    start: int
    end: int
    text: str
    type: EntityType
    #: substance | class for drugs, gene | family | complex for genes, "" otherwise
    kind: str
    #: None when nothing fits well enough
    concept_id: str | None
    #: preferred name of the concept; the text as written when unlinked
    name: str
    score: float
    #: the sentence denies it ("no EGFR mutation")
    negated: bool = False
    #: gene ids of a variant mention, empty where the gene is unknown or there is none (MSI-H)
    gene_ids: tuple[str, ...] = ()
    runners_up: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """A concept in a role; id is None when unlinked, name is then the text as written."""

    id: str | None
    name: str

    @property
    def key(self) -> str:
        """The id, or the lower-cased name of an unlinked participant."""
        return self.id or f"text:{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one sentence says (definitions: From sentence to claim)."""

    kind: FindingKind
    relation: str
    polarity: Polarity
    certainty: Certainty
    subject: Subject
    #: the sentence, code points into Article.text
    start: int
    end: int
    #: digest of PMID, sentence text, kind, relation, polarity and participants with their role
    id: str
    drugs: tuple[Participant, ...] = ()
    genes: tuple[Participant, ...] = ()
    variants: tuple[Participant, ...] = ()
    disease: Participant | None = None
    disease_from: DiseaseFrom = "none"
    #: adverse event, a disease concept
    event: Participant | None = None
    comparators: tuple[Participant, ...] = ()
    prior: tuple[Participant, ...] = ()
    #: the effect as the sentence states it ("HR 0.46, 95% CI 0.37-0.57"), "" if none
    effect: str = ""
    #: None where the design has no level (narrative review, protocol, editorial)
    level: Level | None = None
    level_trace: tuple[str, ...] = ()
    confidence: float = 0.0
    #: name of the pattern that made it; outside every digest
    method: str = ""

    @property
    def participants(self) -> tuple[tuple[str, str], ...]:
        """Sorted (role, key) pairs: what makes two findings say the same thing."""
        pairs = [("drug", p.key) for p in self.drugs]
        pairs += [("gene", p.key) for p in self.genes]
        pairs += [("variant", p.key) for p in self.variants]
        pairs += [("disease", self.disease.key)] if self.disease else []
        pairs += [("event", self.event.key)] if self.event else []
        return tuple(sorted(set(pairs)))

    @property
    def linked(self) -> bool:
        """Every participant has an id; only such findings are loaded into the graph."""
        return not any(key.startswith("text:") for _, key in self.participants)


def finding_id(
    pmid: str,
    sentence: str,
    kind: str,
    relation: str,
    polarity: str,
    participants: Sequence[tuple[str, str]],
) -> str:
    """The id that a finding keeps across upgrades: no offsets, method or score enter it."""
    return digest("finding", pmid, sentence, kind, relation, polarity, sorted(participants))


@dataclass(frozen=True, slots=True)
class About:
    """What a challenge sentence is about, and whether the sentence or the title names it."""

    id: str | None
    name: str
    scope: Literal["sentence", "study"]


@dataclass(frozen=True, slots=True)
class Challenge:
    """A sentence that states a barrier, its absence, or that it is overcome."""

    start: int
    end: int
    #: sorted class names ("access", "cost")
    classes: tuple[str, ...]
    polarity: Stance
    score: float
    #: digest of PMID, sentence text, classes and polarity
    id: str
    about: tuple[About, ...] = ()
    #: of each class: how probable it is that the sentence states a challenge, of this class, with this stance
    class_scores: tuple[float, ...] = ()

    @property
    def scored_classes(self) -> tuple[tuple[str, float], ...]:
        """Each class with its score; the challenge's own where none is known."""
        return tuple(zip(self.classes, self.class_scores or (self.score,) * len(self.classes), strict=True))


@dataclass(frozen=True, slots=True)
class Design:
    """Study design read from publication types, MeSH and text."""

    design: str = "other"
    #: "1", "1/2", "2", "3", "4" or "" when the record states none
    phase: str = ""
    #: patients; None when not stated
    sample_size: int | None = None
    trial_ids: tuple[str, ...] = ()
    score: float = 0.0
    trace: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Where the design was read: "publication type", "mesh", "text" or "none"."""
        return self.trace[0].split(":")[0] if self.trace else "none"


@dataclass(frozen=True, slots=True)
class Drop:
    """Something that almost became a mention, finding or challenge, and the gate that stopped it."""

    #: mention | finding | challenge
    stage: str
    #: name of the gate ("common word", "no direction word", "comparator only")
    gate: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MinedArticle:
    """Everything mined from one article text; id is the PMID as text, or the id of an annotated document."""

    id: str
    text_digest: str
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    design: Design = Design()
    drops: tuple[Drop, ...] = ()
