"""The recipe's parts on data small enough to see through: targets, one network, word vectors."""

import numpy as np
import pytest

from miner.labels import LABELS, OUTSIDE
from miner.network import Shape, get_arrays, predict
from miner.train.prepare import Example, open_labels
from miner.train.teach import train_network
from miner.train.vectors import learn_vectors

SHAPE = Shape(rows=(50,), labels=LABELS, width=16, depth=1, dropout=0.0)
VECTORS = np.zeros((1, 4), dtype=np.float32)
GENE, DRUG = 4, 8


def example(words: list[int], labels: list[int], known: tuple[str, ...] = ("gene", "drug", "disease")) -> Example:
    rows = np.array([[word, 0] for word in words], dtype=np.uint64)
    return Example(rows, np.array(labels), open_labels(known))  # type: ignore[arg-type]


def test_gold_counts_where_it_speaks_and_the_opinion_where_it_is_silent() -> None:
    """A gene corpus says nothing of drugs: a token outside may be a drug, a gene is a gene."""
    partly = example([1, 2], [GENE, OUTSIDE], ("gene",))
    opinion = np.full((2, LABELS), 1 / LABELS, dtype=np.float32)
    wanted = partly.target(opinion)
    assert wanted[0, GENE] == 1
    assert wanted[1, 1:5].sum() == 0
    assert wanted[1, DRUG] == pytest.approx(wanted[1, OUTSIDE])
    silver = opinion.copy()
    silver[1] = 0
    silver[1, DRUG] = 1
    assert partly.taught(silver).target(opinion)[1, DRUG] == 1
    assert example([1, 2], [GENE, OUTSIDE]).target(opinion)[1, OUTSIDE] == 1


def test_a_network_learns_what_words_mean_and_the_same_seed_gives_the_same() -> None:
    examples = [example([7, 8, 9, 7], [GENE, OUTSIDE, DRUG, GENE]) for _ in range(30)]
    networks = [train_network(examples, SHAPE, VECTORS, epochs=80, seed=3, name="test") for _ in range(2)]
    scores = predict(networks[0], np.array([[9, 0], [7, 0], [8, 0]], dtype=np.uint64))
    assert scores.argmax(axis=1).tolist() == [DRUG, GENE, OUTSIDE]
    first, second = map(get_arrays, networks)
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_words_of_the_same_company_have_like_vectors() -> None:
    texts = [[drug, "inhibits", gene, "in", "cells"] for drug in ("alpha", "beta") for gene in ("x", "y")] * 40
    texts += [[word, "the", "sea", "is", str(n)] for n, word in enumerate(("whale", "gull") * 40)]
    words, vectors = learn_vectors(texts, seed=0)
    near = {word: vectors[row] for row, word in enumerate(words, 1)}
    assert near["alpha"] @ near["beta"] > near["alpha"] @ near["whale"]
    assert not vectors[0].any()
