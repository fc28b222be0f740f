"""The keys under which a span that is no vocabulary name as it stands may still be found.

A name has up to three keys: its letters and digits (what the vocabulary writes), the same with spelling and number
levelled ("oesophageal tumours" = "esophageal tumor"), and its levelled words in alphabetical order ("cancer of the
lung" = "lung cancer").
"""

import re
from functools import lru_cache

from miner.folding import fold, letters_and_digits

#: which key of a name a row of the index holds
EXACT, LEVELLED, SORTED, LEARNED = range(4)

_WORD = re.compile(r"[^\W\d_]+|\d+")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "σ": "sigma", "τ": "tau", "ω": "omega",
}  # fmt: skip
_GREEK_LETTER = re.compile(f"[{''.join(_GREEK)}]")
#: words that carry no meaning in a name of several words
_EMPTY = frozenset(("of", "the", "in", "to", "with", "and", "by", "due", "for", "a", "an", "from", "s", "type"))


@lru_cache(maxsize=100_000)
def _level(word: str) -> str:
    """A lower-case word in the singular and in American spelling."""
    size = len(word)
    if size < 4:
        return word
    if "e" in word or "our" in word or "sulph" in word:
        word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("sulph", "sulf")
    if word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y" if size > 4 else word
    if word.endswith("ses") and word[-4:-3] in ("a", "e", "o", "y") and not word.endswith("eases"):
        return f"{word[:-2]}is"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]


def level(name: str) -> list[str]:
    """The words of a name, levelled, in its order; figures and letters are parted."""
    return _words(fold(name).key)


def _words(key: str) -> list[str]:
    if not key.isascii():
        key = _GREEK_LETTER.sub(lambda match: f" {_GREEK[match[0]]} ", key)
    return [_level(word) for word in _WORD.findall(key)]


def levelled_key(words: list[str]) -> str:
    return "".join(words)


def sorted_key(words: list[str]) -> str:
    """The words in alphabetical order without empty ones; "" for a name of one word and for a formula ("H2S")."""
    kept = sorted({word for word in words if word not in _EMPTY})
    return " ".join(kept) if len(kept) > 1 and max(map(len, kept)) > 2 else ""


def name_keys(name: str) -> list[tuple[str, int]]:
    """(key, which key) of a vocabulary name, each key once; a levelled key that is the exact one is left out."""
    key = fold(name).key
    exact = letters_and_digits(key)
    words = _words(key)
    keys = [(exact, EXACT)] if exact else []
    levelled = levelled_key(words)
    if levelled and levelled != exact:
        keys.append((levelled, LEVELLED))
    ordered = sorted_key(words)
    if ordered:
        keys.append((ordered, SORTED))
    return keys
