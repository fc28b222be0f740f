"""From the concept table to concept rows: nodes, hierarchy, curated targets and gene-disease pairs."""

import re
from collections.abc import Iterable, Iterator

from graph.rows import NodeRow, RelationRow, Row, present
from graph.schema import CONCEPT_LABELS
from miner.concepts import Concept, ConceptTable

VARIANT_PREFIX = "TGV:"
_GENE_IN_ID = re.compile(r"(?:HGNC|NCBIGene|FPLX):[A-Za-z0-9_-]+")
_HGVS = re.compile(r"[cgmnpr]\..+")
_WITH_CLOSURE = ("Disease", "Drug")
_WITH_HIERARCHY = ("Disease", "Drug", "Gene")


class Names:
    """Ids as the graph uses them: retired ones replaced, unknown ones refused; remembers what it looked up."""

    def __init__(self, concepts: ConceptTable) -> None:
        self.table = concepts
        self._known: dict[str, Concept | None] = {}

    def concept(self, concept_id: str) -> Concept | None:
        """The concept behind an id, retired or not; None if unknown."""
        if concept_id not in self._known:
            self._known[concept_id] = self.table.get(concept_id)
        return self._known[concept_id]

    def place(self, concept_id: str, type: str) -> tuple[str, str] | None:
        """(label, current id) of a concept of this type; None if there is none."""
        if type == "variant":
            return ("Variant", concept_id) if self.is_variant(concept_id) else None
        concept = self.concept(concept_id)
        return (CONCEPT_LABELS[type], concept.id) if concept and concept.type == type else None

    def type_of(self, concept_id: str) -> str | None:
        """Type of a concept or variant; None if unknown."""
        if self.is_variant(concept_id):
            return "variant"
        concept = self.concept(concept_id)
        return concept.type if concept else None

    def gene(self, gene_id: str) -> str | None:
        """Current id of a gene, family or complex; None if unknown."""
        place = self.place(gene_id, "gene")
        return place[1] if place else None

    @staticmethod
    def is_variant(concept_id: str) -> bool:
        """Variants are made from the text and stand in no table."""
        return concept_id.startswith(VARIANT_PREFIX)

    @staticmethod
    def genes_in(variant_id: str) -> tuple[str, ...]:
        """Gene ids that a variant's own id carries: none of rs704, two of a fusion."""
        return tuple(_GENE_IN_ID.findall(variant_id[len(VARIANT_PREFIX) :]))


def always_loaded(table: ConceptTable) -> set[str]:
    """Concepts that stand in the graph whether studied or not, so that an unstudied one can be a gap."""
    ids = {concept.id for concept in table.concepts("challenge")}
    for drug in table.targeting():
        ids.add(drug.id)
        ids |= {gene.id for target in drug.targets if (gene := table.get(target.gene_id))}
    for gene_id, disease_id, _ in rare_pairs(table):
        ids |= {gene_id, disease_id}
    return ids


def rare_pairs(table: ConceptTable) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Curated (gene, rare disease, sources), current ids, in the table's order."""
    for pair in table.gene_diseases():
        gene, disease = table.get(pair.gene_id), table.get(pair.disease_id)
        if gene and disease and gene.type == "gene" and disease.type == "disease" and disease.rare:
            yield gene.id, disease.id, pair.sources


def with_ancestors(ids: Iterable[str], names: Names) -> set[str]:
    """The ids and all their is-a ancestors that the table knows; variants are left out."""
    closed: set[str] = set()
    for concept_id in ids:
        if concept_id not in closed and not names.is_variant(concept_id) and names.concept(concept_id):
            closed.add(concept_id)
            closed.update(c.id for a in names.table.ancestors(concept_id) if (c := names.concept(a)))
    return closed


def concept_node(concept: Concept) -> NodeRow:
    """The node of a concept."""
    values = present(name=concept.name)
    synonyms = tuple(dict.fromkeys(concept.synonyms))
    if concept.type == "drug":
        kind = concept.kind or "substance"
        values |= present(synonyms=synonyms, kind=kind, therapy=concept.therapy, targeted=concept.targeted)
    elif concept.type == "gene":
        values |= present(synonyms=synonyms, symbol=concept.symbol, kind=concept.kind or "gene")
    elif concept.type == "disease":
        values |= present(synonyms=synonyms, rare=concept.rare, neoplasm=concept.neoplasm)
    elif concept.type == "test":
        values |= present(synonyms=synonyms)
    else:
        values |= present(family=concept.family, definition=concept.definition)
    return NodeRow(CONCEPT_LABELS[concept.type], concept.id, values)


def concept_relations(concept: Concept, names: Names, pairs: Iterable[tuple[str, tuple[str, ...]]] = ()) -> list[Row]:
    """IS_A, WITHIN, TARGETS and ASSOCIATED_WITH that start at a concept; pairs = its (disease id, sources)."""
    label = CONCEPT_LABELS[concept.type]
    rows: list[Row] = []
    if label in _WITH_HIERARCHY:
        parents = {p.id for raw in concept.parents if (p := names.concept(raw)) and p.type == concept.type}
        rows += [RelationRow("IS_A", label, concept.id, label, parent) for parent in sorted(parents - {concept.id})]
    if label in _WITH_CLOSURE:
        above = {c.id for a in names.table.ancestors(concept.id) if (c := names.concept(a)) and c.type == concept.type}
        rows += [RelationRow("WITHIN", label, concept.id, label, i) for i in sorted(above | {concept.id})]
    rows += _target_rows(concept, names)
    merged: dict[str, set[str]] = {}
    for disease_id, sources in pairs:
        merged.setdefault(disease_id, set()).update(sources)
    rows += [
        RelationRow("ASSOCIATED_WITH", "Gene", concept.id, "Disease", i, present(sources=tuple(sorted(merged[i]))))
        for i in sorted(merged)
    ]
    return rows


def variant_rows(variant_id: str, uses: Iterable[tuple[str, tuple[str, ...]]]) -> list[Row]:
    """Node and genes of a variant from the (name, gene ids) that studies give; the least name wins."""
    said = list(uses)
    tail = variant_id.rsplit(":", 1)[-1]
    hgvs = tail if _HGVS.fullmatch(tail) else None
    rows: list[Row] = [NodeRow("Variant", variant_id, present(name=variant_name(said), hgvs=hgvs))]
    genes = sorted({gene for _, ids in said for gene in ids})
    rows += [RelationRow("VARIANT_OF", "Variant", variant_id, "Gene", gene) for gene in genes]
    return rows


def variant_name(uses: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The name a variant goes by: the least of those that studies give."""
    return min(name for name, _ in uses)


def _target_rows(concept: Concept, names: Names) -> list[Row]:
    actions: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for target in concept.targets if concept.type == "drug" else ():
        gene = names.gene(target.gene_id)
        if gene:
            actions.setdefault(gene, set()).add(target.action)
            sources.setdefault(gene, set()).add(target.source)
    return [
        RelationRow(
            *("TARGETS", "Drug", concept.id, "Gene", gene),
            present(actions=tuple(sorted(actions[gene])), sources=tuple(sorted(sources[gene]))),
        )
        for gene in sorted(actions)
    ]
