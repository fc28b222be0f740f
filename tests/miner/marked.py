"""Builds a Document from text with marked entities: "{D erlotinib} in {M EGFR T790M|EGFR} {S lung cancer}".

D drug, C therapy class, K control arm, G gene, M variant (its genes after a bar), S disease, T test.
"""

import re

from miner.document import Document
from miner.findings import EntityType, Mention
from miner.sentences import Sentence

_MARK = re.compile(r"\{([DCKGMST]) ([^{}|]+)(?:\|([^{}]+))?\}")
_TYPES: dict[str, EntityType] = {
    "D": "drug",
    "C": "drug",
    "K": "drug",
    "G": "gene",
    "M": "variant",
    "S": "disease",
    "T": "test",
}


def read_marks(marked: str, offset: int = 0) -> tuple[str, list[Mention]]:
    """Plain text and its mentions, shifted by an offset."""
    text, mentions, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        letter, name, genes = match.groups()
        start = offset + len(text)
        text += name
        kind = "class" if letter in "CK" else "substance" if letter == "D" else ""
        gene_ids = tuple(f"G:{gene.lower()}" for gene in (genes or "").split(",") if gene)
        concept = f"{'D' if letter in 'CK' else letter}:{name.lower()}"
        mentions.append(
            Mention(
                start,
                start + len(name),
                name,
                _TYPES[letter],
                kind,
                concept,
                name,
                1.0,
                name.startswith("not "),
                gene_ids,
            )
        )
        at = match.end()
    return text + marked[at:], mentions


def document(*sentences: str, title: str = "Report", category: str = "", **fields: object) -> Document:
    """A document whose abstract has these marked sentences."""
    text, mentions = read_marks(title)
    plain_title = text
    placed = [Sentence(0, len(text), "TITLE")]
    for marked in sentences:
        start = len(text) + 1
        plain, found = read_marks(marked, start)
        mentions += found
        text = f"{text} {plain}"
        placed.append(Sentence(start, len(text), "", category))
    return Document("1", plain_title, text, tuple(placed), tuple(mentions), **fields)  # type: ignore[arg-type]
