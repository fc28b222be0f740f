"""One cell of a gap map from the evidence in it: its state, badges and flags (definitions: Gap).

Everything here is pure; gaps.py fetches what goes in.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from queries.answers import NOT_PRIMARY, SYNTHESES, WITHDRAWN, AxisItem, CellState, GapCell, Thresholds

__all__ = ["ClaimShape", "Fact", "Scope", "gap_cell"]

#: levels of studies with patients; a cell whose counted evidence has none of them is thin
_CLINICAL = frozenset("ABC")
#: relations that exclude each other, by their pole: what "differs by variant" compares
_POLES = {"sensitivity": "+", "resistance": "-", "reduced_sensitivity": "-"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of evidence in a cell."""

    claim_id: str
    #: members of the row that the claim names
    via: tuple[str, ...]
    #: SUPPORTS | CONTRADICTS | CONSIDERS
    side: str
    polarity: str
    level: str | None
    study_id: str
    study_key: str
    design: str
    year: int | None
    status: str


@dataclass(frozen=True, slots=True)
class ClaimShape:
    """Who takes part in a claim, and which claims it excludes."""

    kind: str
    relation: str
    drugs: tuple[str, ...]
    #: ids of genes and diseases
    others: tuple[str, ...]
    variants: tuple[str, ...]
    opposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the whole map is drawn over."""

    #: the columns are challenges: every design counts, levels do not
    challenges: bool
    thresholds: Thresholds
    #: year of the corpus's newest entry; None in an empty corpus
    newest_year: int | None
    levels: Set[str] = frozenset()
    kinds: Set[str] = frozenset()

    def admits(self, fact: Fact, shape: ClaimShape) -> bool:
        """The filters on evidence let it through; those on studies have acted before."""
        return (not self.levels or fact.level in self.levels) and (not self.kinds or shape.kind in self.kinds)

    def counts(self, fact: Fact) -> bool:
        """It is for or against, of a primary study (for a challenge, of any) that still stands."""
        return (
            fact.side != "CONSIDERS"
            and fact.status not in WITHDRAWN
            and (self.challenges or fact.design not in NOT_PRIMARY)
        )

    def is_old(self, year: int | None) -> bool:
        """More than the allowed years before the corpus's newest entry."""
        return year is None or (self.newest_year is not None and self.newest_year - year > self.thresholds.recent_years)


def gap_cell(
    row: AxisItem,
    column: AxisItem,
    facts: Sequence[Fact],
    shapes: Mapping[str, ClaimShape],
    mentioned: Set[str],
    scope: Scope,
) -> GapCell:
    """The cell of row and column; mentioned holds the reports that name both."""
    shown = [fact for fact in facts if scope.admits(fact, shapes[fact.claim_id])]
    counted = [fact for fact in shown if scope.counts(fact)]
    studies = {fact.study_key for fact in counted}
    pooled = [f for f in shown if f.side != "CONSIDERS" and f.status not in WITHDRAWN and f.design in SYNTHESES]
    alone = {fact.study_key for fact in counted if len(shapes[fact.claim_id].drugs) < 2}
    years = sorted(fact.year for fact in counted if fact.year is not None)
    levels = sorted(fact.level for fact in counted if fact.level)
    unread = mentioned - {fact.study_id for fact in facts}
    state = _state(counted, bool(facts), bool(mentioned), scope)
    return GapCell(
        row=row,
        column=column,
        state=state,
        studies=len(studies),
        reports=len({fact.study_id for fact in counted}),
        comentions=len(mentioned),
        best_level=levels[0] if levels else None,
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        synthesis_studies=len({fact.study_key for fact in pooled}),
        combination_studies=len(studies - alone),
        contradicted_claims=_contradicted(counted, shapes),
        badges=_badges(facts, shown, counted, scope) if state == "thin" else (),
        flags=_flags(shown, counted, pooled, shapes, scope),
        via=tuple(sorted({name for fact in counted for name in fact.via})),
        study_ids=_sorted({fact.study_id for fact in counted}),
        unread_ids=_sorted(unread),
    )


def _state(counted: Sequence[Fact], any_fact: bool, mentioned: bool, scope: Scope) -> CellState:
    clinical = scope.challenges or any(fact.level in _CLINICAL for fact in counted)
    if clinical and len({fact.study_key for fact in counted}) >= scope.thresholds.enough_studies:
        return "evidence"
    if any_fact:
        return "thin"
    return "unread" if mentioned else "none"


def _badges(facts: Sequence[Fact], shown: Sequence[Fact], counted: Sequence[Fact], scope: Scope) -> tuple[str, ...]:
    if counted:
        clinical = scope.challenges or any(fact.level in _CLINICAL for fact in counted)
        return () if clinical else ("preclinical",)
    standing = [fact for fact in shown if fact.status not in WITHDRAWN]
    asserted = [fact for fact in standing if fact.side != "CONSIDERS"]
    present = {
        "synthesis": any(fact.design in SYNTHESES for fact in asserted),
        "considered": any(fact.side == "CONSIDERS" for fact in standing),
        "retracted": any(fact.status in WITHDRAWN for fact in shown),
        "uncounted": any(fact.design not in SYNTHESES for fact in asserted),
        "filtered": len(shown) < len(facts),
    }
    return tuple(name for name, there in present.items() if there)


def _flags(
    shown: Sequence[Fact],
    counted: Sequence[Fact],
    pooled: Sequence[Fact],
    shapes: Mapping[str, ClaimShape],
    scope: Scope,
) -> tuple[str, ...]:
    studies = {fact.study_key for fact in counted}
    years = [fact.year for fact in counted if fact.year is not None]
    flags = []
    if len(studies) >= scope.thresholds.synthesis_studies and all(scope.is_old(fact.year) for fact in pooled):
        flags.append("synthesis")
    if years and scope.is_old(max(years)):
        flags.append("stale")
    if scope.challenges and any(fact.side == "SUPPORTS" for fact in counted):
        solved = any(fact.polarity == "overcome" and fact.status not in WITHDRAWN for fact in shown)
        flags += [] if solved else ["unsolved"]
    if _differs_by_variant(counted, shapes):
        flags.append("differs by variant")
    return tuple(flags)


def _contradicted(counted: Sequence[Fact], shapes: Mapping[str, ClaimShape]) -> int:
    """Claims with counted evidence for them and against them or for a claim they exclude."""
    supported = {fact.claim_id for fact in counted if fact.side == "SUPPORTS"}
    denied = {fact.claim_id for fact in counted if fact.side == "CONTRADICTS"}
    return sum(claim in denied or bool(supported & set(shapes[claim].opposes)) for claim in supported)


def _differs_by_variant(counted: Sequence[Fact], shapes: Mapping[str, ClaimShape]) -> bool:
    """The same drugs, genes and disease meet with response under one variant and failure under another."""
    poles: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, set[tuple[str, ...]]]] = {}
    for fact in counted:
        shape = shapes[fact.claim_id]
        if fact.side == "SUPPORTS" and shape.relation in _POLES and shape.variants:
            here = poles.setdefault((shape.drugs, shape.others), {"+": set(), "-": set()})
            here[_POLES[shape.relation]].add(shape.variants)
    return any(seen["+"] and seen["-"] and seen["+"] != seen["-"] for seen in poles.values())


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    """PMID CURIEs, newest record first: the number grows with time."""
    return tuple(sorted(ids, key=lambda id_: (-int(id_.rpartition(":")[2] or 0), id_)))
