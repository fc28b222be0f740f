"""Which linked chemicals count as therapies: the rows of the committed therapies.tsv.

Classes (TGC:) and the user's own rows (TGD:, or an id of no chemical registry) always count.
"""

import csv
from functools import cache
from importlib.resources import files

_REGISTRIES = ("UNII:", "CHEMBL:", "DRUGBANK:", "MESH:", "CHEBI:")


def is_therapy(concept_id: str | None) -> bool:
    """Whether a drug concept may stand as the therapy of a finding; an unlinked one may."""
    return concept_id is None or not concept_id.startswith(_REGISTRIES) or concept_id in _therapies()


@cache
def _therapies() -> frozenset[str]:
    table = files("miner.vocabularies").joinpath("therapies.tsv").read_text(encoding="utf-8")
    return frozenset(row["id"] for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
