"""The statistical recogniser's model at work: from what the vocabularies name to labelled spans of the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from miner.calibration import Calibration
from miner.errors import ModelFileError
from miner.features import COLUMNS, features
from miner.findings import digest
from miner.hints import hints
from miner.labels import LABELS, OUTSIDE, LabelledSpan, agreeing, decode
from miner.network import Network, Scores, Shape, build_network, predict, set_arrays
from miner.recognise import Named
from miner.tokens import tokenise
from miner.weights import read_weights

#: raised when features, labels or network change in a way that makes older weights useless
FORMAT = 1
WEIGHTS = Path(__file__).parent / "models" / "entities.bin"


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the network says of a text; spans count tokens."""

    tokens: tuple[tuple[int, int], ...]
    spans: tuple[LabelledSpan, ...]
    scores: Scores

    def inside(self, start: int, end: int) -> float:
        """Highest probability that a token of text[start:end] belongs to an entity."""
        first = bisect_right(self.tokens, start, key=_end)
        last = bisect_left(self.tokens, end, key=_start)
        return float(1 - self.scores[first:last, OUTSIDE].min()) if first < last else 0.0


def _start(token: tuple[int, int]) -> int:
    return token[0]


def _end(token: tuple[int, int]) -> int:
    return token[1]


def tag(network: Network, words: Mapping[str, int], named: Named) -> Tagged:
    """The network's reading of a text; words: lower case -> row of the word vectors."""
    text, tokens = named.text, tokenise(named.text)
    if not tokens:
        return Tagged((), (), np.zeros((0, LABELS), dtype=np.float32))
    said = hints(text, tokens, named.mentions, named.drops, named.abbreviations)
    scores = predict(network, features(text, tokens, said, words))
    spans = agreeing([text[start:end] for start, end in tokens], decode(scores), scores)
    return Tagged(tuple(tokens), tuple(spans), scores)


class Tagger:
    """The network with its weights; one a process, loaded in some tens of milliseconds.

    Raises:
        ModelFileError: the weight file is missing, damaged or made for another version.
    """

    def __init__(self, path: Path = WEIGHTS) -> None:
        weights = read_weights(path)
        card: dict[str, Any] = weights.card
        if card.get("format") != FORMAT:
            raise ModelFileError(path, "was made for another version of the program")
        shape = Shape(**{**card["shape"], "rows": tuple(card["shape"]["rows"])})
        if shape.labels != LABELS or shape.rows != tuple(COLUMNS.values()):
            raise ModelFileError(path, "was made for another version of the program")
        self._network = build_network(shape, weights.arrays.pop("vectors"))
        set_arrays(self._network, weights.arrays)
        self._words = {word: row for row, word in enumerate(card["words"].split("\n"), 1)}
        self.calibration = Calibration(card["calibration"])
        self.digest = digest("tagger", weights.sha256, card["calibration"])

    def tag(self, named: Named) -> Tagged:
        """The network's reading of a text whose names the vocabularies gave."""
        return tag(self._network, self._words, named)
