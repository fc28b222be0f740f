"""PubMed on the loopback: E-utilities and the file server over real HTTP, with NLM's limits and faults on demand."""
