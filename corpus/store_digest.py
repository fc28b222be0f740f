"""A digest of the store's content that does not depend on the order it came in (pure).

The digest of a set is the sum of its members' digests modulo 2**128 (Bellare & Micciancio 1997, AdHash), so
that each batch adds and subtracts what it changes and nobody has to read the store to know whether it changed.
It tells states apart; it is no protection against forgery.
"""

import hashlib

_MODULUS = 1 << 128


def article_term(pmid: int, version: int, content_hash: str) -> int:
    """What one held version adds to the sum."""
    return _term(f"article {pmid}.{version} {content_hash}")


def tombstone_term(pmid: int, year: int, number: int) -> int:
    """What one tombstone adds to the sum."""
    return _term(f"deleted {pmid} {year}.{number}")


def combined(articles: int, tombstones: int) -> str:
    """The store's digest from its two sums."""
    return hashlib.sha256(f"{articles % _MODULUS} {tombstones % _MODULUS}".encode()).hexdigest()[:32]


def _term(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16])
