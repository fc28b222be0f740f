"""What the statistical recogniser sees of a token: one row of hashed strings and the number of its word vector."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from miner.hashing import string_id
from miner.hints import Hints
from miner.reader import Features

#: the hashed columns of a row, and the rows of each one's hash table
COLUMNS = {
    "norm": 6000,
    "prefix": 2500,
    "suffix": 2500,
    "shape": 1500,
    "passed": 300,
    "stopped": 500,
    "long form": 1000,
}
#: distinct words kept worked out while a corpus is prepared
_KEPT = 50_000
#: all that the features of a token follow from: the word and its three hints
Seen = tuple[str, str, str, str]


def features(text: str, tokens: Sequence[tuple[int, int]], said: Hints, words: Mapping[str, int]) -> Features:
    """One row for each token: COLUMNS, then the row of its word vector (0 = unknown); words: lower case -> row."""
    return rows(list(seen([text[start:end] for start, end in tokens], said)), words)


def seen(words: Sequence[str], said: Hints) -> Iterator[Seen]:
    """What the recogniser sees of each word of a text."""
    return zip(words, said.passed, said.stopped, said.long_form, strict=True)


def rows(tokens: Sequence[Seen], words: Mapping[str, int]) -> Features:
    """The features of each token, as a row."""
    found = [
        (*_word(word), _id(passed), _id(stopped), _id(long_form), words.get(word.lower(), 0))
        for word, passed, stopped, long_form in tokens
    ]
    return np.array(found, dtype=np.uint64).reshape(len(tokens), len(COLUMNS) + 1)


@lru_cache(maxsize=_KEPT)
def _word(word: str) -> tuple[int, int, int, int]:
    lowered = word.lower()
    return string_id(lowered), string_id(lowered[:3]), string_id(lowered[-4:]), string_id(_shape(word))


@lru_cache(maxsize=20_000)
def _id(value: str) -> int:
    return string_id(value)


def _shape(word: str) -> str:
    """Capitals, small letters, digits and others as classes; runs are cut after four."""
    shape, run, last = [], 0, ""
    for letter in word:
        kind = "d" if letter.isdigit() else ("X" if letter.isupper() else ("x" if letter.isalpha() else letter))
        run = run + 1 if kind == last else 1
        last = kind
        if run <= 4:
            shape.append(kind)
    return "".join(shape)
