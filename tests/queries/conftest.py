"""The hand-made graph on every engine, and the names of what is in it."""

import difflib
from collections.abc import Iterable, Iterator, Sequence

import pytest

from graph.engines import GraphEngine
from miner.concepts import Concept, GeneDisease, NearMatch
from tests.queries import world

TYPES = {"Drug": "drug", "Gene": "gene", "Disease": "disease", "Test": "test", "Challenge": "challenge"}


class WorldConcepts:
    """The concepts of the hand-made graph as a vocabulary."""

    digest = "world"

    def __init__(self) -> None:
        self._all = {
            id_: Concept(
                id_,
                TYPES[label],
                values.get("kind", ""),
                name,
                symbol=values.get("symbol", ""),
                therapy=values.get("therapy", False),
            )
            for id_, (label, name, values) in world.CONCEPTS.items()
            if label in TYPES
        }

    def get(self, concept_id: str) -> Concept | None:
        return self._all.get(concept_id)

    def find(self, name: str, types: Sequence[str] = ()) -> list[Concept]:
        wanted = name.casefold()
        return [
            c
            for c in self._all.values()
            if wanted in (c.id.casefold(), c.name.casefold(), c.symbol.casefold()) and (not types or c.type in types)
        ]

    def near(self, name: str, types: Sequence[str] = (), limit: int = 5) -> list[NearMatch]:
        known = {c.name: c for c in self._all.values() if not types or c.type in types}
        return [NearMatch(known[m].id, m, known[m].type) for m in difflib.get_close_matches(name, known, n=limit)]

    def ancestors(self, concept_id: str) -> tuple[str, ...]:
        return (concept_id,)

    def descendants(self, concept_id: str) -> tuple[str, ...]:
        return (concept_id,)

    def concepts(self, type: str, ids: Iterable[str] | None = None) -> Iterator[Concept]:
        return (c for c in self._all.values() if c.type == type and (ids is None or c.id in set(ids)))

    def targeting(self) -> Iterator[Concept]:
        return iter(())

    def gene_diseases(self) -> Iterator[GeneDisease]:
        return iter(())


@pytest.fixture(scope="session")
def concepts() -> WorldConcepts:
    """Names, symbols and ids of the hand-made graph."""
    return WorldConcepts()


@pytest.fixture(scope="module")
def answering(module_engine: GraphEngine) -> GraphEngine:
    """An engine that holds the hand-made graph."""
    world.write(module_engine, world.rows(world.REPORTS))
    return module_engine
