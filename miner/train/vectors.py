"""Word vectors from unlabelled abstracts: the leading singular vectors of shifted pointwise mutual information.

Source of the method: Levy & Goldberg, "Neural word embedding as implicit matrix factorization", NIPS 2014. On 8.7
million words they take a minute; the nearest words of "nephrotoxicity" are cardiotoxicity and hepatotoxicity.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

_WORDS = 45_000
_LEAST = 4
_CONTEXTS = 8_000
_WINDOW = 3
_SIZE = 64
#: context counts are smoothed by this power (Levy, Goldberg & Dagan 2015)
_SMOOTHING = 0.75
#: length of a vector; the hashed features beside it have this scale
_LENGTH = 2.0
_BATCH = 500_000


def learn_vectors(texts: Sequence[Sequence[str]], seed: int) -> tuple[list[str], NDArray[np.float32]]:
    """Words, most frequent first, and their vectors; row 0 of the vectors is that of every unknown word."""
    counts = Counter(word for text in texts for word in text)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    words = [word for word, count in ordered[:_WORDS] if count >= _LEAST]
    numbers = {word: row for row, word in enumerate(words)}
    together = sparse.csr_matrix((len(words), 2 * _CONTEXTS), dtype=np.float32)
    for batch in _batches(texts, numbers):
        together = together + _counted(batch, len(words))
    left, values, _ = randomized_svd(_information(together), _SIZE, n_iter=4, random_state=seed)
    vectors = left * np.sqrt(values)
    vectors *= _LENGTH / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-6)
    return words, np.vstack([np.zeros((1, vectors.shape[1])), vectors]).astype(np.float32)


def _batches(texts: Iterable[Sequence[str]], numbers: dict[str, int]) -> Iterator[NDArray[np.int64]]:
    """Word numbers, -1 for unknown words and between texts."""
    batch: list[int] = []
    for text in texts:
        batch.extend(numbers.get(word, -1) for word in text)
        batch.extend([-1] * _WINDOW)
        if len(batch) > _BATCH:
            yield np.array(batch)
            batch = []
    yield np.array(batch)


def _counted(batch: NDArray[np.int64], words: int) -> "sparse.csr_matrix":
    """How often each word stands left and right of each frequent word, weighted by nearness."""
    rows, columns, weights = [], [], []
    for distance in range(1, _WINDOW + 1):
        left, right = batch[:-distance], batch[distance:]
        known = (left >= 0) & (right >= 0)
        for word, context, shift in ((left, right, 0), (right, left, _CONTEXTS)):
            kept = known & (context < _CONTEXTS)
            rows.append(word[kept])
            columns.append(context[kept] + shift)
            weights.append(np.full(int(kept.sum()), 1 / distance, dtype=np.float32))
    cells = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.coo_matrix(cells, shape=(words, 2 * _CONTEXTS)).tocsr()


def _information(together: "sparse.csr_matrix") -> "sparse.csr_matrix":
    """Positive pointwise mutual information of words and contexts."""
    of_word = np.asarray(together.sum(axis=1)).ravel()
    of_context = np.asarray(together.sum(axis=0)).ravel() ** _SMOOTHING
    of_context /= of_context.sum()
    cells = together.tocoo()
    values = np.log(cells.data / (of_word[cells.row] * of_context[cells.col]))
    kept = values > 0
    return sparse.csr_matrix(
        (values[kept].astype(np.float32), (cells.row[kept], cells.col[kept])), shape=together.shape
    )
