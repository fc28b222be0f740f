"""The trained half of the challenge reader: how probable a challenge, each class and each stance are in a sentence.

One logistic regression for each question over the same features (miner/challenge_features.py), their outputs
calibrated on folds they did not see (miner/train/challenges.py; Platt 1999). The rules are among the features.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from miner.challenge_features import Vector, WordVectors, grams, rule_features, words_of
from miner.errors import ModelFileError
from miner.findings import CHALLENGES, STANCES, Stance
from miner.weights import Weights, read_weights

WEIGHTS = Path(__file__).parent / "models" / "challenges.bin"
#: raised when features or outputs change in a way that makes older weights useless
FORMAT = 1
#: the columns of the weights: any challenge, each class, each stance
OUTPUTS = ("any", *CHALLENGES, *STANCES)


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities of one sentence; those of the stances add up to 1."""

    any: float
    classes: dict[str, float]
    stances: dict[Stance, float]


class ChallengeModel:
    """Weights at work; one a process.

    Raises:
        ModelFileError: the weight file was made for another version.
    """

    def __init__(self, weights: Weights, path: Path = WEIGHTS) -> None:
        card, arrays = weights.card, weights.arrays
        if card.get("format") != FORMAT or tuple(card["outputs"]) != OUTPUTS:
            raise ModelFileError(path, "was made for another version of the program")
        self._grams = {gram: row for row, gram in enumerate(card["grams"].split("\n"))}
        self._rarity, self._gram_weights = arrays["rarity"], arrays["grams"]
        self._dense_weights, self._bias = arrays["dense"], arrays["bias"]
        self._vectors = WordVectors({w: r for r, w in enumerate(card["words"].split("\n"))}, arrays["vectors"])
        self._slope, self._shift = arrays["slope"], arrays["shift"]
        self.sha256 = weights.sha256

    def read(self, sentence: str) -> Opinion:
        """What the model holds of a sentence by itself."""
        said = self._slope * self._logits(sentence) + self._shift
        probabilities: Vector = 1 / (1 + np.exp(-said))
        classes, odds = probabilities[1 : 1 + len(CHALLENGES)], probabilities[1 + len(CHALLENGES) :]
        stances = odds / max(float(odds.sum()), 1e-9)
        return Opinion(
            float(probabilities[0]),
            dict(zip(CHALLENGES, map(float, classes), strict=True)),
            dict(zip(STANCES, map(float, stances), strict=True)),
        )

    def _logits(self, sentence: str) -> Vector:
        words = words_of(sentence)
        rows, values = weighted_grams(grams(words), self._grams, self._rarity)
        dense = np.concatenate((rule_features(sentence), self._vectors.pooled(words)))
        logits: Vector = np.asarray(self._bias + dense @ self._dense_weights + values @ self._gram_weights[rows])
        return logits


def weighted_grams(counts: dict[str, int], known: dict[str, int], rarity: Vector) -> tuple[NDArray[np.intp], Vector]:
    """Rows of the known grams and their weights: logarithm of the count times rarity, of length 1 together."""
    found = [(known[gram], count) for gram, count in counts.items() if gram in known]
    rows = np.array([row for row, _ in found], dtype=np.intp)
    values = np.array([_weight(count) for _, count in found], dtype=np.float32) * rarity[rows]
    return rows, values / max(float(np.sqrt(values.dot(values))), 1e-9)


@cache
def _weight(count: int) -> float:
    return 1 + float(np.log(count))


@cache
def challenge_model() -> ChallengeModel:
    """The bundled model, read once.

    Raises:
        ModelFileError: the weight file is missing or damaged.
    """
    return ChallengeModel(read_weights(WEIGHTS))
