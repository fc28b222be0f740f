"""Whether a concept of ours is what an id of another vocabulary means: for scores and for learning names."""

from collections.abc import Iterable
from functools import lru_cache

from miner.concepts import Concept, ConceptTable
from miner.folding import look_up_key


class ConceptMatch:
    """Answers from one concept table and remembers."""

    def __init__(self, concepts: ConceptTable) -> None:
        self._concepts = concepts
        self.equivalents = lru_cache(maxsize=100_000)(self._equivalents)
        self._holders = lru_cache(maxsize=100_000)(self._found)

    def agrees(self, concept_id: str, ids: Iterable[str]) -> bool:
        """Whether one of the ids means the concept; ids that a source has given up are followed to those in use."""
        own = self.equivalents(concept_id)
        return any(i in own or ((held := self._concepts.get(i)) is not None and held.id == concept_id) for i in ids)

    def _equivalents(self, concept_id: str) -> frozenset[str]:
        """The concept's ids; a disease unknown to MeSH also has the MeSH ids of its nearest ancestors that are known.

        MONDO parts "breast cancer" from "breast neoplasm", which MeSH does not.
        """
        concept = self._concepts.get(concept_id)
        if concept is None:
            return frozenset((concept_id,))
        found = {concept_id, concept.id, *concept.xrefs}
        if concept.type == "disease" and not _mesh(concept):
            found.update(self._climb(concept))
        return frozenset(found)

    def _climb(self, concept: Concept) -> set[str]:
        level = list(concept.parents)
        while level:
            parents = [held for key in level if (held := self._concepts.get(key)) is not None]
            found = {xref for parent in parents for xref in _mesh(parent)}
            if found:
                return found
            level = sorted({key for parent in parents for key in parent.parents})
        return set()

    def concept_of(self, other_id: str, type_: str, name: str) -> str | None:
        """The concept that an id means; of several the one that is called so, then the one whose own id comes first."""
        holders = self._holders(other_id, type_)
        if not holders:
            return None
        key = look_up_key(name)
        return min(holders, key=lambda c: (look_up_key(c.name) != key, c.id)).id

    def _found(self, other_id: str, type_: str) -> tuple[Concept, ...]:
        found = self._concepts.find(other_id, (type_,))
        return tuple(c for c in found if other_id in (c.id, *c.xrefs))


def _mesh(concept: Concept) -> list[str]:
    return [i for i in (concept.id, *concept.xrefs) if i.startswith("MESH:")]
