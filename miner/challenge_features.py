"""What the challenge model sees of a sentence: its words and pairs of words, what the rules read, and word vectors."""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from miner.challenge_rules import challenge_rules, classes_of, near_classes, said_outright
from miner.findings import CHALLENGES

Vector = NDArray[np.float32]
_WORD = re.compile(r"[a-z0-9][a-z0-9-]*|%")
#: a word vector's mean, highest and lowest values stand side by side; weights that bring them to the size of the others
_MEAN, _EXTREMES = 1.5, 0.5
#: code points from which a sentence is no longer than any other
_LONG = 600


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A vector for each of the commonest words."""

    rows: dict[str, int]
    #: one row a word, each of length 1
    values: Vector

    @property
    def size(self) -> int:
        """Numbers of what `pooled` gives."""
        return 3 * self.values.shape[1]

    def pooled(self, words: list[str]) -> Vector:
        """Mean, maximum and minimum of the vectors of the known words; zeros where none is known."""
        known = [self.rows[word] for word in words if word in self.rows]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        found = self.values.take(known, 0)
        mean = np.add.reduce(found) / len(known)
        return np.concatenate(
            (_MEAN * mean, _EXTREMES * np.maximum.reduce(found), _EXTREMES * np.minimum.reduce(found))
        )


def words_of(sentence: str) -> list[str]:
    """The words of a sentence in small letters."""
    return _WORD.findall(sentence.lower())


def grams(words: list[str]) -> dict[str, int]:
    """How often each word and each pair of neighbours stands there."""
    counts: dict[str, int] = {}
    for gram in (*words, *(f"{a} {b}" for a, b in pairwise(words))):
        counts[gram] = counts.get(gram, 0) + 1
    return counts


def rule_features(sentence: str) -> Vector:
    """Which patterns of the rules stand in the sentence, and what they make of it."""
    rules, text = challenge_rules(), sentence.lower()
    classes, score, topic = classes_of(text)
    near, strong = near_classes(text), said_outright(text)
    return np.array(
        [
            *(name in strong for name, _ in rules.strong),
            *(name in near and pattern.search(text) is not None for name, pattern in rules.topic),
            *(name in classes for name in CHALLENGES),
            *(pattern.search(text) is not None for pattern in (rules.hindrance, rules.overcome, rules.absent)),
            rules.neutral.search(text) is not None,
            score,
            topic,
            min(len(sentence), _LONG) / _LONG,
        ],
        dtype=np.float32,
    )
