"""Which linked chemicals count as therapies: the rows of the committed therapies.tsv.

Classes (TGC:) other than controls such as placebo, and the user's own rows (TGD:, or an id of no chemical registry),
always count.
"""

import csv
import tomllib
from functools import cache
from importlib.resources import files

_REGISTRIES = ("UNII:", "CHEMBL:", "DRUGBANK:", "MESH:", "CHEBI:")


def is_therapy(concept_id: str | None) -> bool:
    """Whether a drug concept may stand as the therapy of a finding; an unlinked one may."""
    if concept_id is None:
        return True
    return concept_id in _therapies() if concept_id.startswith(_REGISTRIES) else concept_id not in _controls()


@cache
def _controls() -> frozenset[str]:
    classes = tomllib.loads(files("miner.vocabularies").joinpath("classes.toml").read_text(encoding="utf-8"))
    return frozenset(row["id"] for row in classes["class"] if row.get("control"))


@cache
def _therapies() -> frozenset[str]:
    table = files("miner.vocabularies").joinpath("therapies.tsv").read_text(encoding="utf-8")
    return frozenset(row["id"] for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
