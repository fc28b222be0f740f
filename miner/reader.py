"""Reads documents with the weights of a trained network: numpy alone, a third of the time that thinc takes.

The same function as miner.network's, up to rounding. Each hash table is multiplied through the layer that mixes the
features when the weights are loaded, so that a token is a sum of few rows; the encoder holds a document with tokens
side by side and the pieces of its maxout one below the other, so that every step runs along memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from miner.hashing import four_keys

Features = NDArray[np.uint64]
Scores = NDArray[np.float32]
#: tokens read at once: memory stays flat on a text of any length
PIECE = 2_048
#: tokens embedded at once: 2 MB of table rows, which stay in the processor's cache
_BATCH = 64
#: what thinc adds to a variance
_LEAST = np.float32(1e-8)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    #: rows of the hash table of each hashed feature; the word vector's row number is the column behind them
    rows: tuple[int, ...]
    labels: int
    width: int = 96
    depth: int = 4
    pieces: int = 3
    dropout: float = 0.35


@dataclass(frozen=True, slots=True)
class _Layer:
    """A maxout layer, its outputs piece by piece, and the scale and shift of the norm behind it."""

    weights: Scores
    bias: Scores
    scale: Scores
    shift: Scores


class Reader:
    """A trained network that no longer learns.

    A token is embedded the same to the last bit whichever others are embedded with it, and a document is read in
    arrays whose sizes depend on that document alone.
    """

    def __init__(self, shape: Shape, arrays: Mapping[str, Scores], vectors: Scores) -> None:
        """arrays: by the names of miner.network.get_arrays, whose numbers count from the output to the input."""
        ordered = sorted(arrays.items(), key=lambda item: int(item[0].split(".")[0]))
        weights, biases, scales, tables = (
            [array for name, array in ordered if name.endswith(end)] for end in (".W", ".b", ".G", ".E")
        )
        self._shape = shape
        self._label, self._label_bias = weights[0], biases[0]
        mix, *self._layers = (
            _layer(matrix, bias, scale, shift)
            for matrix, bias, scale, shift in zip(weights[2:], biases[2::2], scales, biases[3::2], strict=True)
        )
        parts = np.split(mix.weights, len(tables) + 1, axis=1)
        self._table = np.concatenate([table @ part.T for table, part in zip(tables, parts[:-1], strict=True)])
        self._offsets = [sum(shape.rows[:column]) for column in range(len(shape.rows))]
        self._vectors, self._projection = vectors, np.ascontiguousarray((parts[-1] @ weights[1]).T)
        self._mix = _Layer(mix.weights, mix.bias + parts[-1] @ biases[1], mix.scale, mix.shift)
        self._places = lru_cache(maxsize=50_000)(self._hashed)

    def embed(self, tokens: Features) -> Scores:
        """What the encoder starts from, one row a token."""
        batches = [self._embedded(tokens[first : first + _BATCH]) for first in range(0, len(tokens), _BATCH)]
        return np.concatenate(batches) if batches else np.zeros((0, self._shape.width), dtype=np.float32)

    def read(self, embedded: Scores) -> Scores:
        """Label probabilities of a document, one row a token; a long one in pieces with a margin."""
        margin, scores = self._shape.depth, []
        for start in range(0, len(embedded), PIECE):
            first = max(0, start - margin)
            piece = self._read(embedded[first : start + PIECE + margin])
            scores.append(piece[start - first : start - first + PIECE])
        return np.concatenate(scores) if scores else np.zeros((0, self._shape.labels), dtype=np.float32)

    def _embedded(self, tokens: Features) -> Scores:
        width, pieces = self._shape.width, self._shape.pieces
        columns = range(len(self._offsets))
        places = np.array([[r for c in columns for r in self._places(row[c], c)] for row in tokens.tolist()])
        sums = np.add.reduce(self._table[places], axis=1)
        # a product for each token by itself: the last bits of a product of matrices depend on the number of their rows
        sums += np.matmul(self._vectors[tokens[:, -1].astype(np.intp), None], self._projection)[:, 0]
        sums += self._mix.bias
        best: Scores = sums.reshape(len(tokens), pieces, width).max(axis=1)
        best -= best.mean(axis=1, keepdims=True)
        best /= np.sqrt((best * best).mean(axis=1, keepdims=True) + _LEAST)
        best *= self._mix.scale
        best += self._mix.shift
        return best

    def _hashed(self, number: int, column: int) -> tuple[int, ...]:
        """The rows of the table that a feature of a column adds up."""
        rows, offset = self._shape.rows[column], self._offsets[column]
        return tuple(offset + key % rows for key in four_keys(number, column + 1))

    def _read(self, embedded: Scores) -> Scores:
        """Label probabilities of a piece; the encoder sees depth tokens of zeros around it."""
        width, depth, count = self._shape.width, self._shape.depth, len(embedded)
        length = count + 2 * depth
        window = np.zeros((3 * width, length), dtype=np.float32)
        before, here, after = window[:width], window[width : 2 * width], window[2 * width :]
        here[:, depth : depth + count] = embedded.T
        sums = np.empty((self._shape.pieces * width, length), dtype=np.float32)
        for layer in self._layers:
            before[:, 1:], after[:, :-1] = here[:, :-1], here[:, 1:]
            np.matmul(layer.weights, window, out=sums)
            sums += layer.bias[:, None]
            here += _normal(_maxout(sums, width), layer)
        return _softmax(self._label @ here[:, depth : depth + count] + self._label_bias[:, None])


def _layer(matrix: Scores, bias: Scores, scale: Scores, shift: Scores) -> _Layer:
    """From thinc's order, where the pieces of an output stand together."""
    pieces = np.ascontiguousarray(matrix.transpose(1, 0, 2)).reshape(-1, matrix.shape[2])
    return _Layer(pieces, np.ascontiguousarray(bias.T).reshape(-1), scale, shift)


def _maxout(sums: Scores, width: int) -> Scores:
    """The greatest piece of each output, written over the first pieces."""
    best = sums[:width]
    for first in range(width, len(sums), width):
        np.maximum(best, sums[first : first + width], out=best)
    return best


def _normal(values: Scores, layer: _Layer) -> Scores:
    """Each column with mean 0 and variance 1, then scaled and shifted; written over the values."""
    values -= np.add.reduce(values, axis=0) / np.float32(len(values))
    variance = np.einsum("ij,ij->j", values, values) / np.float32(len(values))
    values *= 1 / np.sqrt(variance + _LEAST)
    values *= layer.scale[:, None]
    values += layer.shift[:, None]
    return values


def _softmax(values: Scores) -> Scores:
    """Probabilities of each column, as rows."""
    values -= np.maximum.reduce(values, axis=0)
    np.exp(values, out=values)
    values /= np.add.reduce(values, axis=0)
    return np.ascontiguousarray(values.T)
