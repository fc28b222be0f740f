"""What the statistical recogniser sees of a token: one row of hashed strings and the number of its word vector."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from spacy.strings import get_string_id

from miner.hints import Hints
from miner.network import Features

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
#: distinct words kept worked out; a corpus has some hundreds of thousands
_KEPT = 200_000


def features(text: str, tokens: Sequence[tuple[int, int]], said: Hints, words: Mapping[str, int]) -> Features:
    """One row for each token: COLUMNS, then the row of its word vector (0 = unknown); words: lower case -> row."""
    rows = np.zeros((len(tokens), len(COLUMNS) + 1), dtype=np.uint64)
    for index, (start, end) in enumerate(tokens):
        word = text[start:end]
        rows[index] = (
            *_word(word),
            _id(said.passed[index]),
            _id(said.stopped[index]),
            _id(said.long_form[index]),
            words.get(word.lower(), 0),
        )
    return rows


@lru_cache(maxsize=_KEPT)
def _word(word: str) -> tuple[int, int, int, int]:
    lowered = word.lower()
    return get_string_id(lowered), get_string_id(lowered[:3]), get_string_id(lowered[-4:]), get_string_id(_shape(word))


@lru_cache(maxsize=20_000)
def _id(value: str) -> int:
    return get_string_id(value) if value else 0


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
