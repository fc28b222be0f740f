"""How sure a finding is: the probability that its direction and main participants are read right.

One logistic regression over what the reading, its participants and the words around them show
(miner/confidence_features.py); miner/models/findings.md says what it was fitted on and how well it holds.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from miner.confidence_features import Features, features
from miner.document import Document
from miner.errors import ModelFileError
from miner.findings import Finding
from miner.weights import Weights, read_weights

WEIGHTS = Path(__file__).parent / "models" / "findings.bin"
#: raised when a feature changes its meaning
FORMAT = 1


class ConfidenceModel:
    """Weights at work; one a process.

    Raises:
        ModelFileError: the weight file was made for another version.
    """

    def __init__(self, weights: Weights, path: Path = WEIGHTS) -> None:
        card, arrays = weights.card, weights.arrays
        if card.get("format") != FORMAT:
            raise ModelFileError(path, "was made for another version of the program")
        self._weights = dict(zip(card["features"], map(float, arrays["weights"]), strict=True))
        self._bias = float(arrays["bias"][0])
        self.sha256 = weights.sha256

    def probability(self, found: Features) -> float:
        """Probability that a finding with these features is right, three decimals; unknown features say nothing."""
        known = (self._weights[name] * value for name, value in found.items() if name in self._weights)
        return round(1 / (1 + math.exp(-math.fsum((self._bias, *known)))), 3)


@cache
def confidence_model() -> ConfidenceModel:
    """The bundled model, read once.

    Raises:
        ModelFileError: the weight file is missing or damaged.
    """
    return ConfidenceModel(read_weights(WEIGHTS))


def with_confidence(document: Document, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a document with their confidence, sentence by sentence."""
    for finding, found in features(document, findings):
        yield replace(finding, confidence=confidence_model().probability(found))
