"""Which linked chemicals count as therapies: the rows of the committed therapies.tsv.

Classes (TGC:) other than controls such as placebo, and the user's own rows (TGD:, or an id of no chemical registry),
always count.
"""

import csv
import tomllib
from functools import cache
from importlib.resources import files

from miner.folding import look_up_key

_REGISTRIES = ("UNII:", "CHEMBL:", "DRUGBANK:", "MESH:", "CHEBI:")


def is_therapy(concept_id: str | None) -> bool:
    """Whether a drug concept may stand as the therapy of a finding; an unlinked one may."""
    if concept_id is None:
        return True
    return concept_id in _therapies() if concept_id.startswith(_REGISTRIES) else concept_id not in _controls()


def may_treat(concept_id: str | None, name: str) -> bool:
    """Whether a drug concept may have an efficacy: a therapy, or a substance under study that is on no stop list."""
    return is_therapy(concept_id) or (concept_id not in _controls() and look_up_key(name) not in _stopped())


@cache
def _stopped() -> frozenset[str]:
    table = files("miner.vocabularies").joinpath("not_therapies.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return frozenset(look_up_key(row["name"]) for row in rows)


@cache
def _controls() -> frozenset[str]:
    classes = tomllib.loads(files("miner.vocabularies").joinpath("classes.toml").read_text(encoding="utf-8"))
    return frozenset(row["id"] for row in classes["class"] if row.get("control"))


@cache
def _therapies() -> frozenset[str]:
    table = files("miner.vocabularies").joinpath("therapies.tsv").read_text(encoding="utf-8")
    return frozenset(row["id"] for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
