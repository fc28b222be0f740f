"""Rows and columns of a gap map: those a user named, else the most studied."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.engines import GraphEngine
from miner.concepts import ConceptTable
from queries.answers import AxisItem
from queries.library import internal_rows
from queries.parameters import resolve

__all__ = ["COLUMN_KINDS", "ROW_KINDS", "SEED_FAMILIES", "Axis", "choose_columns", "choose_rows"]

ROW_KINDS = ("therapy", "class", "test")
COLUMN_KINDS = ("disease", "challenge", "gene")
#: families of the nine classes of the seed; the clinical family is a second map (definitions: Challenge)
SEED_FAMILIES = ("economic", "delivery", "technical", "societal")
#: A disease that contains more than this share of the other candidates says nothing as a column ("cancer").
_TOO_GENERAL = 0.25
#: candidates looked at for each column that is wanted, before the too general ones are left out
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Axis:
    """The rows or the columns."""

    #: one of ROW_KINDS or COLUMN_KINDS
    kind: str
    items: tuple[AxisItem, ...]

    @property
    def ids(self) -> list[str]:
        """Ids in order."""
        return [item.id for item in self.items]


def choose_rows(
    engine: GraphEngine,
    kind: str,
    columns: str,
    names: Sequence[str],
    concepts: ConceptTable | None,
    size: int,
    search: str | None,
    families: Sequence[str],
) -> Axis:
    """The named rows in their order, else those with most evidence on such columns, filled up by mentions."""
    type_ = "test" if kind == "test" else "therapy"
    if names:
        return _axis(engine, kind, type_, [resolve(type_, name, concepts) for name in names], concepts)
    given: dict[str, Any] = {"search": search, "limit": size}
    if type_ == "therapy":
        given["kind"] = "class" if kind == "class" else "substance"
    about: dict[str, Any] = {"families": list(families)} if columns == "challenge" else {}
    if about and type_ == "therapy":
        about["about"] = "challenge"
    ids = _ids(engine, f"gap_top_{type_}", given | about)
    return _axis(engine, kind, type_, _filled(engine, type_, ids, given, size), concepts)


def choose_columns(
    engine: GraphEngine,
    kind: str,
    names: Sequence[str],
    concepts: ConceptTable | None,
    size: int,
    search: str | None,
    families: Sequence[str],
) -> Axis:
    """The named columns in their order, else the challenges of the families or the most studied diseases or genes."""
    if names:
        return _axis(engine, kind, kind, [resolve(kind, name, concepts) for name in names], concepts)
    if kind == "challenge":
        return _axis(engine, kind, kind, _ids(engine, "gap_challenges", {"families": list(families)}), concepts)
    given: dict[str, Any] = {"search": search, "limit": size * _CANDIDATES if kind == "disease" else size}
    ids = _ids(engine, f"gap_top_{kind}", given)
    if kind == "disease" and ids:
        ids = _specific(engine, ids)[:size]
    return _axis(engine, kind, kind, _filled(engine, kind, ids, given | {"limit": size}, size), concepts)


def _ids(engine: GraphEngine, query: str, given: dict[str, Any]) -> list[str]:
    return [str(row["item_id"]) for row in internal_rows(engine, query, given)]


def _filled(engine: GraphEngine, type_: str, ids: list[str], given: dict[str, Any], size: int) -> list[str]:
    """Where evidence names too few, the most mentioned follow: a gap is where evidence is missing."""
    if len(ids) >= size:
        return ids
    more = _ids(engine, f"gap_mentioned_{type_}", given)
    return [*ids, *(id_ for id_ in more if id_ not in ids)][:size]


def _specific(engine: GraphEngine, ids: list[str]) -> list[str]:
    inside = Counter(row["general_id"] for row in internal_rows(engine, "gap_within", {"ids": ids}))
    return [id_ for id_ in ids if inside[id_] <= max(1, _TOO_GENERAL * (len(ids) - 1))]


def _axis(engine: GraphEngine, kind: str, type_: str, ids: Sequence[str], concepts: ConceptTable | None) -> Axis:
    """Names come from the graph, for what it does not hold from the vocabulary."""
    unique = list(dict.fromkeys(ids))
    names = (
        {row["item_id"]: str(row["name"]) for row in internal_rows(engine, f"gap_names_{type_}", {"ids": unique})}
        if unique
        else {}
    )
    return Axis(kind, tuple(AxisItem(id_, names.get(id_) or _name(id_, concepts)) for id_ in unique))


def _name(id_: str, concepts: ConceptTable | None) -> str:
    concept = concepts.get(id_) if concepts else None
    return (concept.symbol or concept.name) if concept else id_
