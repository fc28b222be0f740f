"""Cuts a text into the tokens that the statistical recogniser reads.

Runs of letters and digits, and every other character alone: measured on the gold spans of eight corpora, spaCy's own
rules cannot represent some 2 of 100 gene and chemical spans, these lose a tenth of that. Histones are cut from the
residue that follows ("H3K36me3").
"""

import re

_TOKEN = re.compile(r"H[1-4](?=[KRST]\d)|[^\W_]+|\S")


def tokenise(text: str) -> list[tuple[int, int]]:
    """Tokens as half-open ranges of code points, in order; white space belongs to none."""
    return [match.span() for match in _TOKEN.finditer(text)]
