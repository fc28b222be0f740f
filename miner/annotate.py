"""Annotates documents as they come: each one, or the reason why not, in input order; no store is touched."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from miner.concepts import ConceptTable
from miner.document import Document
from miner.drop_reasons import reason
from miner.findings import Challenge, Drop, Finding, Mention, MinedArticle, Participant
from miner.pipeline import PipelineSource
from miner.run import Failure, mine_documents


@dataclass(frozen=True, slots=True)
class BadDocument:
    """A document that cannot be read or mined; id is None where it cannot even be told."""

    id: str | None
    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One document with what it says."""

    document: Document
    mined: MinedArticle


def annotate(
    items: Iterable[Document | BadDocument], source: PipelineSource, executor: Executor
) -> Iterator[Annotation | BadDocument]:
    """One result an item, in input order; items are read a few hundred ahead."""
    waiting: deque[Document | BadDocument] = deque()

    def documents() -> Iterator[Document]:
        for item in items:
            waiting.append(item)
            if isinstance(item, Document):
                yield item

    for document, result in mine_documents(documents(), source, executor):
        while isinstance(bad := waiting.popleft(), BadDocument):
            yield bad
        if isinstance(result, Failure):
            yield BadDocument(document.id, result.stage, result.message)
        else:
            yield Annotation(document, result)
    yield from (item for item in waiting if isinstance(item, BadDocument))


class AnnotationJson:
    """Annotations as the JSON objects of docs/annotate.md; other programs depend on names and values."""

    def __init__(self, concepts: ConceptTable, *, explain: bool = False) -> None:
        self._concepts = concepts
        self._explain = explain
        self._xrefs: dict[str, list[str]] = {}

    def object(self, result: Annotation | BadDocument) -> dict[str, Any]:
        """The object of one line."""
        if isinstance(result, BadDocument):
            return {"id": result.id, "error": {"stage": result.stage, "message": result.message}}
        mined, design = result.mined, result.mined.design
        found: dict[str, Any] = {
            "id": mined.id,
            "mentions": [self._mention(m) for m in mined.mentions],
            "challenges": [_challenge(c) for c in mined.challenges],
            "findings": [_finding(f) for f in mined.findings],
            "design": {
                "design": design.design,
                "phase": design.phase or None,
                "sample_size": design.sample_size,
                "trial_ids": list(design.trial_ids),
                "score": design.score,
                "trace": list(design.trace),
            },
        }
        if self._explain:
            found["drops"] = [_drop(d, result.document.text) for d in in_text_order(mined.drops)]
        return found

    def _mention(self, m: Mention) -> dict[str, Any]:
        found: dict[str, Any] = {"start": m.start, "end": m.end, "text": m.text, "type": m.type}
        if m.type == "drug":
            found["kind"] = m.kind
        found |= {"id": m.concept_id, "name": m.name, "xrefs": self._equivalents(m.concept_id)}
        found |= {"score": m.score, "negated": m.negated}
        if self._explain and m.runners_up:
            found["runners_up"] = [{"id": c.concept_id, "score": c.score} for c in m.runners_up]
        return found

    def _equivalents(self, concept_id: str | None) -> list[str]:
        if concept_id is None or concept_id.startswith("TGV:"):
            return []
        if concept_id not in self._xrefs:
            concept = self._concepts.get(concept_id)
            self._xrefs[concept_id] = list(concept.xrefs) if concept else []
        return self._xrefs[concept_id]


def _challenge(c: Challenge) -> dict[str, Any]:
    return {
        "start": c.start,
        "end": c.end,
        "classes": list(c.classes),
        "polarity": c.polarity,
        "score": c.score,
        "about": [{"id": a.id, "name": a.name, "scope": a.scope} for a in c.about],
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "kind": f.kind,
        "relation": f.relation,
        "drugs": _participants(f.drugs),
        "genes": _participants(f.genes),
        "variants": _participants(f.variants),
        "disease": _participant(f.disease),
        "diseaseFrom": f.disease_from,
        "event": _participant(f.event),
        "comparators": _participants(f.comparators),
        "prior": _participants(f.prior),
        "polarity": f.polarity,
        "certainty": f.certainty,
        "subject": f.subject,
        "level": f.level,
        "confidence": f.confidence,
        "start": f.start,
        "end": f.end,
    }


def _participants(parts: Iterable[Participant]) -> list[dict[str, str | None]]:
    return [{"id": p.id, "name": p.name} for p in parts]


def _participant(part: Participant | None) -> dict[str, str | None] | None:
    return {"id": part.id, "name": part.name} if part else None


def in_text_order(drops: Iterable[Drop]) -> list[Drop]:
    """What was dropped as a reader meets it."""
    return sorted(drops, key=lambda d: (d.start, d.end, d.stage, d.gate, d.detail))


def _drop(drop: Drop, text: str) -> dict[str, Any]:
    return {
        "stage": drop.stage,
        "gate": drop.gate,
        "start": drop.start,
        "end": drop.end,
        "text": text[drop.start : drop.end],
        "detail": drop.detail,
        "why": reason(drop.gate),
    }
