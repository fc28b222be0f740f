"""Texts that nobody meant to be read: what annotate must survive, with every offset right."""

import itertools
import random
from collections.abc import Iterator

from hypothesis import strategies as st

from miner.annotate_input import make_document
from miner.document import Document
from miner.findings import MinedArticle

#: names, notations and phrases that make the rules look closer
SPOKEN = (
    "EGFR", "HER2-positive", "BRCA1/2", "T790M", "p.Leu858Arg", "exon 19 deletion", "EML4-ALK", "c.35G>A", "rs704",
    "HLA-B*44:03", "PD-L1 TPS >= 50%", "MSI-H", "gefitinib", "EGFR-TKIs", "AZD-9291", "lung cancer", "NSCLC",
    "Non-small cell lung cancer (NSCLC)", "(DMD)", "patients with", "resistance to", "improved overall survival",
    "no", "not", "was associated with", "HR 0.46, 95% CI 0.37-0.57", "P<0.001", "METHODS:", "e.g.", "J. Smith",
    "mutation", "mutant and wild-type", "expression of", "the high cost of", "whole-exome sequencing", "versus placebo",
    "(n = 12)", "interferon \u03b3", "MEK1 and 2", "5-fluorouracil", "inhibits", "cells", "+", "/", "-", "CAT", "was",
)  # fmt: skip
#: control, zero-width and combining characters, odd spaces, other directions and scripts, marks of formats
ODD = (
    "\x00", "\x07", "\x1b[0m", "\t", "\r\n", "\n\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\u00a0",
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u0301", "e\u0301", "\u0345", "\u20dd", "\u202e",
    "\u202c", "\u2067", "\u05d0\u05d1", "\u0645\u0631\u0636", "\u7532\u72b6\u817a\u764c", "\u3002", "\u60a3\u8005",
    "\U0001f9ec", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1e9\U0001f1ea", "\ufb01", "\u0130", "\u00df",
    "\u1e9e", "\u01c5", "\u2126", "\u212b", "\u00b5", "\u2011", "\u2212", "\u2032", "\u00bd", "\u2460", "\ufffd",
    "\ue000", "\ufdd0", "<", "&", "<b>", "</sup>", "&lt;", "&#x3b1;", "<!--", "]]>", "<script>alert(1)</script>", "|t|",
    "{", "}", '"', "\\", "%s", "(", ")", "((", "[", "]", ";", ".", "..", "?", "!", ":", "''", "_", "__",
)  # fmt: skip
#: between two pieces
_JOINTS = (" ", "", ". ", ", ", " and ", " ")

fragments = st.one_of(
    st.sampled_from(SPOKEN), st.sampled_from(ODD), st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
)
texts = st.lists(st.tuples(fragments, st.sampled_from(_JOINTS)), max_size=24).map(
    lambda parts: "".join(itertools.chain.from_iterable(parts))
)


def random_text(chance: random.Random) -> str:
    """The same without hypothesis, many times faster."""
    parts = []
    for _ in range(chance.randrange(30)):
        kind = chance.random()
        if kind < 0.55:
            parts.append(chance.choice(SPOKEN))
        elif kind < 0.85:
            parts.append(chance.choice(ODD))
        else:
            points = (chance.randrange(0x110000) for _ in range(chance.randrange(6)))
            parts.append("".join(chr(p) for p in points if not 0xD800 <= p < 0xE000))
        parts.append(chance.choice(_JOINTS))
    return "".join(parts)


def long_texts(size: int) -> Iterator[tuple[str, str]]:
    """(what, text of that many code points): prose, and everything that has no end."""
    prose = (
        "Gefitinib improved survival in patients with EGFR-mutant non-small cell lung cancer (NSCLC). "
        "The T790M mutation caused resistance. "
    )
    endless = {
        "prose": prose,
        "one sentence": prose.replace(". ", ", "),
        "one word": "a",
        "one name": "EGFR ",
        "names without a gap": "EGFR",
        "open brackets": "(",
        "definitions": "lung cancer (LC) ",
        "spaces": " ",
        "stops": ". ",
        "zero-width": "\u200b",
        "combining": "e\u0301",
        "emoji": "\U0001f9ec",
        "chinese": "\u60a3\u8005",
        "markup": "<b>EGFR</b>&amp; ",
        "digits": "1",
        "slashes": "BRCA1/",
        "variants": "V600E, ",
    }
    for what, piece in endless.items():
        yield what, (piece * (size // len(piece) + 1))[:size]


def document(title: str, text: str) -> Document:
    """A document of title and text, either of which may be empty."""
    return make_document("x", title, text)


def check(text: str, mined: MinedArticle) -> None:
    """Every offset lies in the text and every mention says what stands there."""
    for m in mined.mentions:
        assert 0 <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.text
        assert 0 <= m.score <= 1
    for part in (*mined.findings, *mined.challenges, *mined.drops):
        assert 0 <= part.start < part.end <= len(text)
    order = [(m.start, m.end) for m in mined.mentions]
    assert order == sorted(order)
