"""From evidence to claims: which claim a piece of evidence bears on and how, what a claim adds up to, how it reads.

Implements docs/definitions.md, sections From sentence to claim, State of a study and Challenge.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graph.rows import NodeRow, RelationRow, Row, Value, present
from graph.schema import OPPOSES, ROLES
from miner.findings import digest

Sign = Literal["supports", "contradicts", "considers"]

#: sorted (role, concept id) pairs
Participants = tuple[tuple[str, str], ...]

SYNTHESES = frozenset({"meta-analysis", "systematic review", "review", "guideline"})
#: neither primary nor synthesis: they enter no aggregate
UNCOUNTED = frozenset({"protocol", "editorial", "notice"})
#: (kind, negative relation) -> the positive relation that it contradicts
_NEGATIVE = {
    ("efficacy", "no_benefit"): "benefit",
    ("predictive", "no_effect"): "sensitivity",
    ("prognostic", "no_effect"): "worse_outcome",
    ("predisposing", "no_effect"): "increased_risk",
    ("diagnostic", "negative"): "positive",
    ("safety", "does_not_cause"): "causes",
}
#: stance of a challenge sentence -> sign
STANCES: dict[str, Sign] = {"barrier": "supports", "absent": "contradicts", "overcome": "considers"}


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """What makes a claim: kind, positive relation, sorted participants."""

    kind: str
    relation: str
    participants: Participants
    #: digest of the three
    id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", digest("claim", self.kind, self.relation, self.participants))


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one piece of evidence brings to a claim."""

    claim: ClaimKey
    evidence_id: str
    pmid: int
    study_key: str
    sign: Sign
    level: str | None
    year: int | None
    #: counts for or against: asserted, of a primary study (any study for a challenge), not retracted
    counted: bool
    synthesis: bool
    retracted: bool


@dataclass(frozen=True, slots=True)
class Aggregates:
    """The numbers of a claim; see the Claim node of graph/schema.py."""

    studyCount: int
    reportCount: int
    supportCount: int
    contradictCount: int
    opposedCount: int
    synthesisCount: int
    backgroundCount: int
    retractedCount: int
    bestLevel: str | None
    conflictIndex: float | None
    firstYear: int | None
    lastYear: int | None

    @property
    def stands(self) -> str:
        """Which way the counted studies point: for, against, mixed or open."""
        against = self.contradictCount + self.opposedCount
        if self.supportCount and against:
            return "mixed"
        return "for" if self.supportCount else "against" if against else "open"


def claim_of(kind: str, relation: str, polarity: str, participants: Participants) -> tuple[ClaimKey, Sign]:
    """The claim a finding bears on, and its sign when asserted.

    A does_not_support on a negative relation would be a double negative; the vocabulary has none, and one is read as
    merely considering the claim.
    """
    positive = _NEGATIVE.get((kind, relation))
    if positive is None:
        return ClaimKey(kind, relation, participants), "supports" if polarity == "supports" else "contradicts"
    if kind == "efficacy" and any(role in ("gene", "variant") for role, _ in participants):
        kind, positive = "predictive", "sensitivity"
    return ClaimKey(kind, positive, participants), "contradicts" if polarity == "supports" else "considers"


def contribution(
    claim: ClaimKey,
    evidence_id: str,
    sign: Sign,
    *,
    pmid: int,
    study_key: str,
    year: int | None,
    design: str,
    status: str,
    level: str | None = None,
) -> Contribution:
    """What this evidence of this study brings to the claim."""
    retracted = status == "retracted"
    eligible = claim.kind == "challenge" or design not in SYNTHESES | UNCOUNTED
    return Contribution(
        claim,
        evidence_id,
        pmid,
        study_key,
        sign,
        level,
        year,
        counted=eligible and sign != "considers" and not retracted,
        synthesis=design in SYNTHESES,
        retracted=retracted,
    )


def opposed(claim: ClaimKey) -> tuple[ClaimKey, ...]:
    """The claims that this one excludes, whether or not anything is reported about them."""
    pairs = OPPOSES.get(claim.kind, ())
    others = [b if a == claim.relation else a for a, b in pairs if claim.relation in (a, b)]
    return tuple(ClaimKey(claim.kind, relation, claim.participants) for relation in others)


def aggregate(own: Sequence[Contribution], against: Iterable[Contribution] = ()) -> Aggregates:
    """Add up a claim's contributions, and those of the claims it opposes (against)."""
    counted = [c for c in own if c.counted]
    support = {c.study_key for c in counted if c.sign == "supports"}
    contradict = {c.study_key for c in counted if c.sign == "contradicts"}
    opposing = {c.study_key for c in against if c.counted and c.sign == "supports"}
    live = [c for c in own if c.sign != "considers" and not c.retracted and (c.counted or c.synthesis)]
    years = [c.year for c in live if c.year is not None]
    return Aggregates(
        studyCount=len(support | contradict),
        reportCount=len({c.pmid for c in counted}),
        supportCount=len(support),
        contradictCount=len(contradict),
        opposedCount=len(opposing),
        synthesisCount=len({c.study_key for c in live if c.synthesis}),
        backgroundCount=len({c.study_key for c in own if c.sign == "considers" and not c.retracted}),
        retractedCount=len({c.study_key for c in own if c.retracted}),
        bestLevel=min((c.level for c in live if c.sign == "supports" and c.level), default=None),
        conflictIndex=conflict_index(support, contradict | opposing),
        firstYear=min(years, default=None),
        lastYear=max(years, default=None),
    )


def conflict_index(supporting: set[str], opposing: set[str]) -> float | None:
    """2 min(S, C) / (S + C), 3 decimals; None below two studies."""
    if len(supporting | opposing) < 2:
        return None
    total = len(supporting) + len(opposing)
    return round(2 * min(len(supporting), len(opposing)) / total, 3)


def claim_rows(claim: ClaimKey, numbers: Aggregates, statement: str, opposes: Iterable[ClaimKey]) -> list[Row]:
    """A claim's node, its participants and the OPPOSES edges that start at it; opposes = existing claims only."""
    values: dict[str, Value] = present(
        kind=claim.kind,
        relation=claim.relation,
        statement=statement,
        **{name: getattr(numbers, name) for name in numbers.__slots__},
    )
    rows: list[Row] = [NodeRow("Claim", claim.id, values)]
    for role, concept_id in claim.participants:
        relation, label = ROLES[role]
        rows.append(RelationRow(relation, "Claim", claim.id, label, concept_id))
    rows += [
        RelationRow("OPPOSES", "Claim", claim.id, "Claim", other.id)
        for other in opposes
        if (claim.relation, other.relation) in OPPOSES.get(claim.kind, ())
    ]
    return rows


_WORDING = {
    ("predictive", "sensitivity"): "{drugs}: sensitivity reported{marked}{disease}",
    ("predictive", "resistance"): "{drugs}: resistance reported{marked}{disease}",
    ("predictive", "reduced_sensitivity"): "{drugs}: reduced sensitivity reported{marked}{disease}",
    ("predictive", "adverse_response"): "{drugs}: adverse response reported{marked}{disease}",
    ("efficacy", "benefit"): "{drugs}: benefit reported{marked}{disease}",
    ("target", "inhibits"): "{drugs}: inhibition reported of {markers}{disease}",
    ("target", "activates"): "{drugs}: activation reported of {markers}{disease}",
    ("target", "binds"): "{drugs}: binding reported to {markers}{disease}",
    ("prognostic", "better_outcome"): "{markers}: better outcome reported{disease}",
    ("prognostic", "worse_outcome"): "{markers}: worse outcome reported{disease}",
    ("diagnostic", "positive"): "{markers}: diagnostic value reported{disease}",
    ("predisposing", "increased_risk"): "{markers}: increased risk reported{of_disease}",
    ("predisposing", "decreased_risk"): "{markers}: decreased risk reported{of_disease}",
    ("safety", "causes"): "{drugs}: {event} reported as an adverse event{marked}{disease}",
    ("challenge", "hinders"): "{about}: {challenge} reported as a barrier",
}


def claim_statement(claim: ClaimKey, name: Callable[[str], str]) -> str:
    """The claim in words, always as a report; name gives the name of a participant's id."""
    by_role: dict[str, list[str]] = {}
    for role, concept_id in claim.participants:
        by_role.setdefault(role, []).append(concept_id)
    variants = by_role.get("variant", [])
    bare_genes = [gene for gene in by_role.get("gene", []) if not any(gene in variant for variant in variants)]

    def joined(ids: Iterable[str], otherwise: str = "") -> str:
        return " + ".join(sorted(map(name, ids), key=lambda text: (text.lower(), text))) or otherwise

    markers = joined([*bare_genes, *variants])
    disease = joined(by_role.get("disease", []))
    about = [i for role, ids in by_role.items() if role != "challenge" for i in ids]
    return _WORDING[claim.kind, claim.relation].format(
        drugs=joined(by_role.get("drug", []), "therapy not named"),
        markers=markers or "marker not named",
        marked=f" with {markers}" if markers else "",
        disease=f" in {disease}" if disease else "",
        of_disease=f" of {disease}" if disease else "",
        event=joined(by_role.get("event", []), "event not named"),
        challenge=joined(by_role.get("challenge", [])),
        about=joined(about),
    )
