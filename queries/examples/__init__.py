"""Example sets that ship with the library: genes for the questions on targets, each with the abstract behind it."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["MASTER_REGULATORS", "ExampleGene", "example_genes"]

MASTER_REGULATORS = Path(__file__).parent / "master_regulators.tsv"


@dataclass(frozen=True, slots=True)
class ExampleGene:
    """A gene and what one abstract says of it."""

    symbol: str
    gene_id: str
    pmid: str
    #: the word the abstract uses: master regulator | driver
    role: str
    #: in our words
    says: str


def example_genes(path: Path = MASTER_REGULATORS) -> list[ExampleGene]:
    """The genes of an example file, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [ExampleGene(*line.split("\t")) for line in lines if line and not line.startswith("#")]
