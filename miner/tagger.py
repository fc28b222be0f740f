"""The statistical recogniser's model at work: from what the vocabularies name to labelled spans of the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from miner.calibration import Calibration
from miner.errors import ModelFileError
from miner.features import COLUMNS, Seen, rows, seen
from miner.findings import digest
from miner.hints import hints
from miner.labels import LABELS, OUTSIDE, LabelledSpan, agreeing, decode
from miner.reader import PIECE, Reader, Scores, Shape
from miner.recognise import Named
from miner.tokens import tokenise
from miner.weights import read_weights

if TYPE_CHECKING:
    from miner.network import Network

#: raised when features, labels or network change in a way that makes older weights useless
FORMAT = 1
WEIGHTS = Path(__file__).parent / "models" / "entities.bin"
#: distinct tokens kept embedded (13 MB and their names); of the tokens of 1,600 abstracts 94 of 100 had been before
_KEPT = 32_768


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


def tag(network: "Network", words: Mapping[str, int], named: Named) -> Tagged:
    """The reading of a text by a network that still learns; words: lower case -> row of the word vectors."""
    from miner.network import predict

    return _tagged(named, lambda tokens: predict(network, rows(tokens, words)))


def _tagged(named: Named, read: Callable[[Sequence[Seen]], Scores]) -> Tagged:
    """What label probabilities, read from the tokens of a text, say of it."""
    text, tokens = named.text, tokenise(named.text)
    if not tokens:
        return Tagged((), (), np.zeros((0, LABELS), dtype=np.float32))
    words = [text[start:end] for start, end in tokens]
    said = hints(text, tokens, named.mentions, named.drops, named.abbreviations)
    scores = read(list(seen(words, said)))
    return Tagged(tuple(tokens), tuple(agreeing(words, decode(scores), scores)), scores)


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
        vectors = weights.arrays.pop("vectors")
        self._reader = Reader(shape, weights.arrays, vectors)
        self._words = {word: row for row, word in enumerate(card["words"].split("\n"), 1)}
        self._embedded = np.zeros((_KEPT, shape.width), dtype=np.float32)
        self._places: dict[Seen, int] = {}
        self.calibration = Calibration(card["calibration"])
        self.digest = digest("tagger", weights.sha256, card["calibration"])

    def tag(self, named: Named) -> Tagged:
        """The network's reading of a text whose names the vocabularies gave."""
        return _tagged(named, self._read)

    def _read(self, tokens: Sequence[Seen]) -> Scores:
        """The label probabilities of a text."""
        pieces = [self._embed(tokens[first : first + PIECE]) for first in range(0, len(tokens), PIECE)]
        return self._reader.read(np.concatenate(pieces))

    def _embed(self, tokens: Sequence[Seen]) -> Scores:
        """At most PIECE tokens embedded; most of a text have been before."""
        places = self._places
        new = [token for token in dict.fromkeys(tokens) if token not in places]
        if len(places) + len(new) > _KEPT:
            places.clear()
            new = list(dict.fromkeys(tokens))
        first = len(places)
        places.update(zip(new, range(first, first + len(new)), strict=True))
        self._embedded[first : first + len(new)] = self._reader.embed(rows(new, self._words))
        return self._embedded[[places[token] for token in tokens]]
