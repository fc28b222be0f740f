"""Everything studies say about a therapy, disease, gene or test: for and against side by side, with their words."""

import difflib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from graph.engines import GraphEngine
from miner.concepts import ConceptTable
from queries.answers import ClaimEvidence, EvidenceAnswer, StudyEvidence
from queries.errors import UnknownSearch
from queries.filters import Filters
from queries.library import internal_rows, release_name
from queries.parameters import resolve

__all__ = ["evidence", "search_id"]

_LEVELS = "ABCDE"
NO_FILTERS = Filters()


def evidence(
    engine: GraphEngine,
    *,
    therapy: str | None = None,
    disease: str | None = None,
    gene: str | None = None,
    variant: str | None = None,
    test: str | None = None,
    filters: Filters = NO_FILTERS,
    limit: int = 50,
    concepts: ConceptTable | None = None,
) -> EvidenceAnswer:
    """Claims about everything that was named together, most studied first, each with its studies.

    A class of therapies includes its members, a disease its subtypes, a gene its variants. Filters act before
    anything is counted, so S, C and the conflict index are those of what is shown. Without a therapy, disease, gene,
    variant or test there is nothing to ask: ValueError.

    Raises UnknownConcept and UnknownSearch with near matches, and the engine's own errors.
    """
    asked = [("therapy", therapy), ("disease", disease), ("gene", gene), ("variant", variant), ("test", test)]
    scope = [
        (kind, name if kind == "variant" else resolve(kind, name, concepts)) for kind, name in asked if name is not None
    ]
    if not scope:
        raise ValueError("name at least a therapy, a disease, a gene, a variant or a test")
    found = search_id(engine, filters.search) if filters.search else None
    ids = _claims_in(engine, scope)
    rows = _rows(engine, ids, found)
    rivals = sorted({rival for row in rows for rival in row["opposes"]} - set(ids))
    rows += _rows(engine, rivals, found)
    claims = _claims(rows, set(ids), filters)
    claims.sort(key=_most_studied)
    return EvidenceAnswer(
        scope=(*scope, *((("search", found),) if found else ())),
        claims=tuple(claims[:limit]),
        release=release_name(engine),
        omitted=max(0, len(claims) - limit),
    )


def search_id(engine: GraphEngine, name: str) -> str:
    """The id of the saved search of that name or id; raises UnknownSearch with near matches."""
    known = {row["name"]: str(row["search_id"]) for row in internal_rows(engine, "searches", {})}
    if name in known.values():
        return name
    if name not in known:
        raise UnknownSearch(name, difflib.get_close_matches(name, known, n=3), sorted(known))
    return known[name]


def _claims_in(engine: GraphEngine, scope: Iterable[tuple[str, str]]) -> list[str]:
    sets = [
        {str(row["claim_id"]) for row in internal_rows(engine, f"claims_of_{kind}", {kind: id_})} for kind, id_ in scope
    ]
    return sorted(set.intersection(*sets))


def _rows(engine: GraphEngine, claims: list[str], search: str | None) -> list[dict[str, Any]]:
    if not claims:
        return []
    return internal_rows(engine, "evidence_of_claims", {"claims": claims, "search": search})


def _claims(rows: list[dict[str, Any]], ids: set[str], filters: Filters) -> list[ClaimEvidence]:
    """The asked claims; rows also hold the evidence of claims they exclude."""

    def keep(study: StudyEvidence) -> bool:
        fits = not filters.designs or study.design in filters.designs
        return fits and (not filters.levels or study.level in filters.levels)

    by_claim: dict[str, list[tuple[dict[str, Any], StudyEvidence]]] = {}
    for row in rows:
        by_claim.setdefault(row["claim_id"], []).append((row, _study(row)))
    claims = []
    for claim_id in sorted(ids & by_claim.keys()):
        first = by_claim[claim_id][0][0]
        pairs = [(row["side"], study) for row, study in by_claim[claim_id] if keep(study)]
        for rival in first["opposes"]:
            pairs += [
                ("CONTRADICTS", replace(study, by_opposition=rival))
                for row, study in by_claim.get(rival, ())
                if row["side"] == "SUPPORTS" and keep(study)
            ]
        if (not filters.kinds or first["kind"] in filters.kinds) and any(
            study.by_opposition is None for _, study in pairs
        ):
            claims.append(_claim(first, pairs))
    return claims


def _study(row: dict[str, Any]) -> StudyEvidence:
    return StudyEvidence(
        evidence_id=row["evidence_id"],
        kind=row["kind"],
        relation=row["relation"],
        polarity=row["polarity"],
        certainty=row["certainty"],
        subject=row["subject"],
        level=row["level"],
        level_trace=tuple(row["level_trace"] or ()),
        confidence=row["confidence"],
        effect=row["effect"],
        comparators=tuple(row["comparators"] or ()),
        sentences=tuple(row["sentences"]),
        study_id=row["study_id"],
        study_key=row["study_key"],
        title=row["title"],
        journal=row["journal"],
        year=row["year"],
        design=row["design"],
        status=row["status"],
        url=row["url"],
    )


def _claim(first: dict[str, Any], pairs: list[tuple[str, StudyEvidence]]) -> ClaimEvidence:
    side: dict[str, list[StudyEvidence]] = {"SUPPORTS": [], "CONTRADICTS": [], "CONSIDERS": []}
    for name, study in pairs:
        side[name].append(study)
    pro, con = side["SUPPORTS"], side["CONTRADICTS"]
    levels = [e.level for e in pro if e.level and e.standing]
    return ClaimEvidence(
        claim_id=first["claim_id"],
        kind=first["kind"],
        relation=first["claim_relation"],
        statement=first["claim"],
        best_level=min(levels, key=_LEVELS.index) if levels else None,
        combination=first["drugs"] > 1,
        supporting=tuple(e for e in pro if e.primary),
        contradicting=tuple(e for e in con if e.primary),
        synthesis=tuple(e for e in pro if e.synthesis),
        synthesis_against=tuple(e for e in con if e.synthesis),
        considered=tuple(side["CONSIDERS"]),
        uncounted=tuple(e for e in pro + con if not e.primary and not e.synthesis),
        support_count=len({e.study_key for e in pro if e.counted}),
        contradict_count=len({e.study_key for e in con if e.counted}),
        study_count=len({e.study_key for e in pro + con if e.counted}),
    )


def _most_studied(claim: ClaimEvidence) -> tuple[bool, int, int, str, str]:
    """Findings before challenges, then by counted studies, syntheses and words."""
    overviews = len(claim.synthesis) + len(claim.synthesis_against)
    return (claim.kind == "challenge", -claim.study_count, -overviews, claim.statement, claim.claim_id)
