"""The second voice on study designs: a logistic regression over the words of an article and the kinds of its phrases.

It is asked where no publication type, title, own words or MeSH heading names a design, and only what was observed
tells it (miner/design.py). How it was made: miner/train/designs.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from miner.challenge_features import Vector, grams, words_of
from miner.challenge_model import weighted_grams
from miner.design_words import Weighed, kinds
from miner.errors import ModelFileError
from miner.weights import Weights, read_weights

WEIGHTS = Path(__file__).parent / "models" / "designs.bin"
#: raised when features or outputs change in a way that makes older weights useless
FORMAT = 1
#: what it may say. Randomised trials and syntheses, on which readers rely most, are left to their own words
OUTPUTS = (
    "case report",
    "case series",
    "case-control",
    "cohort",
    "computational",
    "cross-sectional",
    "editorial",
    "in vitro",
    "in vivo",
    "other",
    "review",
)
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class DesignOpinion:
    """The likeliest design, its probability, and the words that speak most for it and against the next likely."""

    design: str
    probability: float
    words: tuple[str, ...]


class DesignModel:
    """Weights at work; one a process.

    Raises:
        ModelFileError: the weight file was made for another version.
    """

    def __init__(self, weights: Weights, path: Path = WEIGHTS) -> None:
        card, arrays = weights.card, weights.arrays
        if card.get("format") != FORMAT or tuple(card["outputs"]) != OUTPUTS or tuple(card["kinds"]) != kinds():
            raise ModelFileError(path, "was made for another version of the program")
        self._names = card["grams"].split("\n")
        self._grams = {gram: row for row, gram in enumerate(self._names)}
        self._rarity, self._gram_weights = arrays["rarity"], arrays["grams"]
        self._kind_weights, self._bias = arrays["kinds"], arrays["bias"]

    def read(self, text: str, weighed: Mapping[str, Weighed]) -> DesignOpinion:
        """What the words say, and the phrases of each kind (miner/design_words.py)."""
        rows, values = weighted_grams(grams(words_of(text)), self._grams, self._rarity)
        told = self._gram_weights[rows] * values[:, None]
        logits = self._bias + kind_features(weighed) @ self._kind_weights + told.sum(0)
        second, first = np.argsort(logits, kind="stable")[-2:]
        odds = np.exp(logits - logits[first])
        speaks = told[:, first] - told[:, second]
        strongest = [at for at in np.argsort(-speaks, kind="stable")[:_SHOWN] if speaks[at] > 0]
        words = tuple(self._names[rows[at]] for at in strongest)
        return DesignOpinion(OUTPUTS[first], float(1 / odds.sum()), words)


def kind_features(weighed: Mapping[str, Weighed]) -> Vector:
    """How strongly each kind of phrase speaks; halved logarithms, which brings them to the size of the words."""
    weights = np.array([weighed[kind].weight for kind in kinds()])
    return np.asarray(0.5 * np.log1p(weights), dtype=np.float32)


@cache
def design_model() -> DesignModel:
    """The bundled model, read once.

    Raises:
        ModelFileError: the weight file is missing or damaged.
    """
    return DesignModel(read_weights(WEIGHTS))
