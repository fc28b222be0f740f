"""`python -m miner.train.challenges TEXTS --reader NAME`: make the weights of the challenge model anew.

It learns from the sentences of miner/train/labels/challenges*.tsv, which are looked up in a PubMed file. Ten folds by
abstract fit the calibration and give the scores that are logged; the weights come from all sentences.
"""

import argparse
import gzip
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, BinaryIO, cast

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from corpus.records import Article
from miner.challenge_features import Vector, WordVectors, grams, rule_features, words_of
from miner.challenge_model import FORMAT, OUTPUTS, WEIGHTS, weighted_grams
from miner.findings import STANCES
from miner.tagger import WEIGHTS as ENTITIES
from miner.train.labelled import read_labelled, with_text
from miner.weights import read_weights, write_weights

_log = logging.getLogger(__name__)
LABELS = tuple(Path(__file__).parent / "labels" / name for name in ("challenges.tsv", "challenges_second.tsv"))
#: words whose vectors are kept, commonest first; sentences a gram must stand in; inverse strength of the regression
_WORDS, _SEEN, _STRENGTH = 20_000, 2, 1.0
_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence; pmid is that of its abstract."""

    pmid: int
    text: str
    #: 1 for each output that is true of it
    wanted: Vector
    #: its stance is known, because it states a challenge
    stated: bool


def main() -> None:
    """Train, log the scores of the folds, and write the weight file."""
    parser = argparse.ArgumentParser(prog="python -m miner.train.challenges", description=main.__doc__)
    parser.add_argument(
        "texts", type=Path, nargs="+", help="PubMed XML files, the abstracts of the sentences among them"
    )
    parser.add_argument("--reader", required=True, type=resolve_name, help="corpus.pubmed_xml:read_items")
    parser.add_argument("--labels", type=Path, nargs="+", default=LABELS)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sentences = list(_labelled(options.labels, options.texts, options.reader))
    entities = read_weights(ENTITIES)
    words = entities.card["words"].split("\n")[:_WORDS]
    values = entities.arrays["vectors"][1 : _WORDS + 1]
    vectors = WordVectors(
        {word: row for row, word in enumerate(words)},
        values / np.linalg.norm(values, axis=1, keepdims=True).clip(1e-6),
    )
    card, arrays = learn(sentences, vectors)
    write_weights(options.out, {**card, "words": "\n".join(words)}, {**arrays, "vectors": vectors.values})


def _labelled(
    labels: Sequence[Path], texts: Sequence[Path], reader: Callable[[BinaryIO, str], Any]
) -> Iterator[Sentence]:
    rows = [row for path in labels for row in read_labelled(path)]
    for path in texts:
        with gzip.open(path) as stream:
            read = (item for _, item in reader(cast(BinaryIO, stream), path.name))
            for row, article, sentence in with_text(rows, (item for item in read if isinstance(item, Article))):
                said = {*row.values["classes"], row.values["stance"]} | ({"any"} if row.values["classes"] else set())
                wanted = np.array([name in said for name in OUTPUTS], dtype=np.float32)
                yield Sentence(article.pmid, sentence, wanted, bool(row.values["classes"]))


def learn(sentences: Sequence[Sentence], vectors: WordVectors) -> tuple[dict[str, Any], dict[str, Vector]]:
    """Card and arrays of the model, without the word vectors."""
    known, rarity = _vocabulary(sentences)
    rows = _matrix(sentences, known, rarity, vectors)
    wanted = np.array([s.wanted for s in sentences])
    stated = np.array([s.stated for s in sentences])
    groups = [s.pmid for s in sentences]
    logits = np.zeros(wanted.shape, dtype=np.float32)
    for train, test in GroupKFold(_FOLDS).split(rows, groups=groups):
        weights, bias = _regressions(rows[train], wanted[train], stated[train])
        logits[test] = rows[test] @ weights + bias
    slope, shift = _calibrated(logits, wanted, stated)
    weights, bias = _regressions(rows, wanted, stated)
    width = len(known)
    card = {"format": FORMAT, "outputs": list(OUTPUTS), "grams": "\n".join(known), "sentences": len(sentences)}
    arrays = {
        "rarity": rarity, "grams": weights[:width], "dense": weights[width:], "bias": bias, "slope": slope,
        "shift": shift,
    }  # fmt: skip
    return card, arrays


def _vocabulary(sentences: Sequence[Sentence]) -> tuple[dict[str, int], Vector]:
    """The grams of at least _SEEN sentences, and the rarity of each (smoothed inverse document frequency)."""
    seen = Counter(gram for s in sentences for gram in grams(words_of(s.text)))
    kept = sorted(gram for gram, count in seen.items() if count >= _SEEN)
    rarity = [np.log((1 + len(sentences)) / (1 + seen[gram])) + 1 for gram in kept]
    return {gram: row for row, gram in enumerate(kept)}, np.array(rarity, dtype=np.float32)


def _matrix(sentences: Sequence[Sentence], known: dict[str, int], rarity: Vector, vectors: WordVectors) -> csr_matrix:
    sparse, dense = [], []
    for sentence in sentences:
        words = words_of(sentence.text)
        rows, values = weighted_grams(grams(words), known, rarity)
        sparse.append(csr_matrix((values, ([0] * len(rows), list(rows))), shape=(1, len(known))))
        dense.append(np.concatenate((rule_features(sentence.text), vectors.pooled(words))))
    return cast(csr_matrix, hstack([vstack(sparse), csr_matrix(np.array(dense))]).tocsr())


def _regressions(rows: csr_matrix, wanted: Vector, stated: Any) -> tuple[Vector, Vector]:
    """Weights and bias of each output; the stances learn from sentences that state a challenge."""
    weights = np.zeros((rows.shape[1], len(OUTPUTS)), dtype=np.float32)
    bias = np.zeros(len(OUTPUTS), dtype=np.float32)
    for column, name in enumerate(OUTPUTS):
        chosen = stated if name in STANCES else np.ones(len(stated), dtype=bool)
        fitted = LogisticRegression(C=_STRENGTH, max_iter=1_000).fit(rows[chosen], wanted[chosen, column])
        weights[:, column], bias[column] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def _calibrated(logits: Vector, wanted: Vector, stated: Any) -> tuple[Vector, Vector]:
    """Slope and shift of each output that make probabilities of the folds' outputs (Platt 1999)."""
    slope, shift = np.ones(len(OUTPUTS), dtype=np.float32), np.zeros(len(OUTPUTS), dtype=np.float32)
    for column, name in enumerate(OUTPUTS):
        chosen = stated if name in STANCES else np.ones(len(stated), dtype=bool)
        fitted = LogisticRegression(C=1.0).fit(logits[chosen, column : column + 1], wanted[chosen, column])
        slope[column], shift[column] = fitted.coef_[0, 0], fitted.intercept_[0]
    return slope, shift


if __name__ == "__main__":
    main()
