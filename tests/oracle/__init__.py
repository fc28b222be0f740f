"""The same searches by TheraGraph, EDirect and Bio.Entrez against one emulated PubMed; run by `make oracle`."""
