"""The example set of genes."""

from corpus.identifiers import pmid
from queries.examples import MASTER_REGULATORS, example_genes


def test_each_gene_comes_with_the_abstract_that_says_so() -> None:
    genes = example_genes(MASTER_REGULATORS)
    assert 0 < len(genes) <= 10
    assert len({gene.gene_id for gene in genes}) == len(genes)
    for gene in genes:
        assert gene.gene_id.startswith("HGNC:")
        assert pmid(gene.pmid)
        assert gene.role in ("master regulator", "driver")
        assert gene.says.endswith(".")
